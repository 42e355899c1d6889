"""What a command leaves that is really killed while it writes: nothing half, and the next writer removes the rest."""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from ...conftest import copied
from ..conftest import CITYDIP, Run


def killed(seen: Callable[[], Iterable[object]], *arguments: object, tries: int = 5) -> None:
    """Kill a command as soon as something new is seen; again if it was done before."""
    for _ in range(tries):
        before = set(seen())
        process = subprocess.Popen([CITYDIP, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while process.poll() is None and set(seen()) <= before:
            time.sleep(0.001)
        process.kill()
        _, said = process.communicate(timeout=60)
        if process.returncode < 0:
            return
    pytest.fail(f"never killed in time: {said!r}")


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob(".*citydip-part"))


def begun(folder: Path) -> list[str]:
    """The hidden ones in which something stands: an empty one only tries whether the place can be written."""
    told = []
    for path in folder.glob(".*citydip-part"):
        with contextlib.suppress(FileNotFoundError):
            if any(path.iterdir()) if path.is_dir() else path.stat().st_size:
                told.append(path.name)
    return told


@pytest.mark.parametrize("form", ["nquads", "csv"])
def test_an_export(shipped: Path, tmp_path: Path, citydip: Run, form: str) -> None:
    for turn in range(3):  # each to a name of its own, which nobody writes to again
        killed(lambda: begun(tmp_path), "export", form, tmp_path / f"x{turn}", "--store", shipped)
        assert len(hidden(tmp_path)) == 1, "what the one before left is gone"
        assert len(list(tmp_path.iterdir())) == 1, "nothing stands in its place"
    assert citydip("draw", "bars", tmp_path / "other.svg", "Mashhad").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["other.svg"]


@pytest.mark.parametrize("command", ["build", "load"])
def test_a_writer_of_the_store(shipped: Path, tmp_path: Path, citydip: Run, command: str) -> None:
    store = copied(shipped, tmp_path / "store")
    source = tmp_path / "mine"
    source.mkdir()
    (source / "source.toml").write_text('[source]\nid = "mine"\nkind = "blog"\ntitle_en = "Mine"\n')
    (source / "cities.csv").write_text("id,label_en\n" + "".join(f"x{n},X {n}\n" for n in range(2000)))
    arguments = (command, source, "--store", store, *(("--no-shipped",) if command == "build" else ()))
    for _ in range(3):
        killed((store / "generations").iterdir, *arguments)
        assert len(list((store / "generations").iterdir())) == 2, "the current one, and what was begun last"
        assert citydip("info", "--store", store).code == 0
    assert citydip(*arguments).code == 0
    assert len(list((store / "generations").iterdir())) == 1
    assert hidden(store) == []
