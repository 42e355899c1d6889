"""Files and folders that are written whole: what was there stays until then, and nothing of ours is left over."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from citydiplomacy.errors import UsageError
from citydiplomacy.graph import whole_files

KILLED = """
import os, signal, sys
from citydiplomacy.graph import whole_files
with getattr(whole_files, sys.argv[1])(sys.argv[2]) as made:
    made.write(b"half") if sys.argv[1] == "writing" else (made / "half").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def fill(place: Path, *files: str) -> None:
    with whole_files.folder(place) as folder:
        for file in files:
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(file)


@pytest.mark.parametrize("kind", ["writing", "folder"])
def test_what_a_killed_writer_left_goes_with_the_next(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "one[1]*.nq"
    ended = subprocess.run([sys.executable, "-c", KILLED, kind, str(place)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert len(names(tmp_path)) == 1, "what it began"
    if kind == "writing":
        whole_files.write(place, b"whole")
    else:
        fill(place, "whole")
    assert names(tmp_path) == [place.name]


def test_what_a_living_writer_makes_is_left_alone(tmp_path: Path) -> None:
    with whole_files.writing(tmp_path / "one") as file:
        file.write(b"first")
        whole_files.write(tmp_path / "one", b"second")
    assert names(tmp_path) == ["one"]
    assert (tmp_path / "one").read_bytes() == b"first", "who ends last"


def test_a_folder_of_ours_is_replaced_whole(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()  # an empty one is taken
    fill(tmp_path / "tables", "a/old.csv", "both.csv")
    fill(tmp_path / "tables", "a\u2028b.csv", "both.csv")
    fill(tmp_path / "tables", "new.csv", "both.csv")
    assert names(tmp_path / "tables") == [whole_files.MARK, "both.csv", "new.csv"]
    assert names(tmp_path) == ["tables"]


@pytest.mark.parametrize("ours_before", [True, False])
def test_a_folder_with_files_of_others_is_refused(tmp_path: Path, ours_before: bool) -> None:
    place = tmp_path / "tables"
    if ours_before:
        fill(place, "old.csv")
    place.mkdir(exist_ok=True)
    (place / "thesis.docx").write_text("years of work")
    before = names(place)
    with pytest.raises(UsageError, match=r"thesis\.docx"):
        fill(place, "new.csv")
    assert names(place) == before
    assert names(tmp_path) == ["tables"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "tables").touch()
    with pytest.raises(UsageError, match="not a folder"):
        fill(tmp_path / "tables", "new.csv")


@pytest.mark.parametrize("kind", ["writing", "folder"])
def test_a_failure_leaves_what_was_there(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "place"
    if kind == "writing":
        place.write_text("before")
    else:
        fill(place, "before")
    with pytest.raises(ZeroDivisionError), getattr(whole_files, kind)(place):
        raise ZeroDivisionError
    assert names(tmp_path) == ["place"]
    assert place.read_text() == "before" if place.is_file() else "before" in names(place)


def test_a_folder_behind_a_link_is_filled_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "near").symlink_to("far")
    fill(tmp_path / "near", "new.csv")
    assert (tmp_path / "near").is_symlink()
    assert "new.csv" in names(tmp_path / "far")
