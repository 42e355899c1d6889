"""Kills, interrupts, full disks and locked folders: the old store or the new one, never a mixture."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.errors import InputError, StoreError, UsageError
from citydiplomacy.graph.model.records import Agreement, City, Source
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.store import locks, manifest, writer
from citydiplomacy.graph.store.reader import Store

from .writer_process import cities

FAILED, INTERRUPTED = 3, 4
SIZE = 300


def start_writer(write: str, folder: Path, letter: str, size: int = SIZE, fault: str = "") -> subprocess.Popen[str]:
    """A process that writes a store, just before it begins."""
    script = str(Path(__file__).with_name("writer_process.py"))
    arguments = [sys.executable, script, write, str(folder), letter, str(size), *([fault] if fault else [])]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.communicate()[1]
    return process


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """How a writer ended and what it said."""
    _, said = process.communicate(timeout=60)
    return process.returncode, said


def content(folder: Path) -> set[str]:
    """The first letters of the cities in the merged view and in the source's own graph, with their numbers."""
    with Store.open_folder(folder) as store:
        merged = [city.id for city in store.records(City)]
        own = [city.id for city in store.records(City, source="source/cities")]
        assert merged == own
        assert store.manifest.counts["City"] == len(merged)
        return {f"{name.removeprefix('city/')[0]}" for name in merged} | {str(len(merged))}


@pytest.mark.parametrize("write", ["build", "load"])
def test_fifty_kills_leave_the_old_store_or_the_new(tmp_path: Path, write: str) -> None:
    folder = tmp_path / "store"
    writer.build(folder, [cities("a", SIZE)])
    process = start_writer(write, folder, "b")
    begun = time.monotonic()
    assert ended(process) == (0, "")
    length = time.monotonic() - begun
    rng = random.Random(7)
    seen = set()
    for turn in range(50):
        process = start_writer(write, folder, "ab"[turn % 2])
        time.sleep(rng.uniform(0, length))
        process.kill()
        code, _ = ended(process)
        found = content(folder)
        assert found in ({"a", str(SIZE)}, {"b", str(SIZE)})
        seen.add((code, "ab"[turn % 2] in found))
    assert any(code < 0 for code, _ in seen), "no kill came in time"
    writer.load(folder, [cities("c", SIZE)])
    assert content(folder) == {"c", str(SIZE)}
    assert len(list((folder / "generations").iterdir())) == 1, "what killed writers left is swept"


@pytest.mark.parametrize("write", ["build", "load"])
def test_an_interrupt_leaves_the_store_as_it_was(tmp_path: Path, write: str) -> None:
    folder = tmp_path / "store"
    writer.build(folder, [cities("a", 10)])
    assert ended(start_writer(write, folder, "b", fault="interrupt"))[0] == INTERRUPTED
    assert content(folder) == {"a", "10"}


@pytest.mark.parametrize("write", ["build", "load"])
def test_a_full_disk_is_one_clear_error(tmp_path: Path, write: str) -> None:
    folder = tmp_path / "store"
    writer.build(folder, [cities("a", 10)])
    code, said = ended(start_writer(write, folder, "b", size=3000, fault="no-room"))
    assert code == FAILED
    assert "could not be written" in said
    assert content(folder) == {"a", "10"}


def test_no_permission_to_write_is_one_clear_error(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    writer.build(folder, [cities("a", 2)])
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    owned = [parent for parent in (tmp_path, *tmp_path.parents) if parent.owner() == tmp_path.owner()]
    for parent in owned[:4]:  # pytest's folders are closed to the unprivileged user of this test
        parent.chmod(parent.stat().st_mode | 0o055)
    code, said = ended(start_writer("load", folder, "b", size=2, fault="nobody"))
    assert code == FAILED
    assert "permission" in said.lower()
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    assert content(folder) == {"a", "2"}


def changed(**entries: object) -> Callable[[dict[str, Any]], object]:
    return lambda data: {**data, **entries}


BROKEN: dict[str, Callable[[dict[str, Any]], object]] = {
    "no object": lambda _: [],
    "no keys": lambda _: {"format": manifest.FORMAT},
    "a format in words": changed(format=str(manifest.FORMAT)),
    "a format that is a truth value": changed(format=True),
    "no format": changed(format=None),
    "an unknown key": changed(colour="red"),
    "a source that is none": changed(sources={"source/a": []}),
    "a source without keys": changed(sources={"source/a": {}}),
    "sources that are none": changed(sources=[]),
    "a revision in words": changed(revision="one"),
    "a revision that is a truth value": changed(revision=True),
    "counts in words": changed(counts={"City": "many"}),
    "a generation elsewhere": changed(generation="generations/../../elsewhere"),
    "no generation": changed(generation=""),
}


def is_broken(folder: Path) -> None:
    """Check that a manifest is told as broken, and that a store can be built anew over it."""
    with pytest.raises(StoreError, match=r"manifest\.json: not a manifest"):
        Store.open_folder(folder)
    with pytest.raises(StoreError, match="not a manifest"):
        writer.load(folder, [cities("b", 1)])
    writer.build(folder, [cities("b", 2)])
    assert content(folder) == {"b", "2"}
    assert len(list((folder / "generations").iterdir())) == 1


@pytest.mark.parametrize("why", BROKEN)
def test_a_broken_manifest_is_said_so(tmp_path: Path, why: str) -> None:
    folder = tmp_path / "store"
    writer.build(folder, [cities("a", 1)])
    path = folder / manifest.NAME
    path.write_text(json.dumps(BROKEN[why](json.loads(path.read_text()))))
    is_broken(folder)


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000, "9" * 10_000, "\0", '{"format": 3, "format": 3}'])
def test_a_manifest_that_is_no_json(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "store"
    writer.build(folder, [cities("a", 1)])
    (folder / manifest.NAME).write_text(text)
    is_broken(folder)


def test_a_manifest_that_is_no_text_or_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    writer.build(folder, [cities("a", 1)])
    (folder / manifest.NAME).write_bytes(b"\xff")
    is_broken(folder)
    (folder / manifest.NAME).unlink()
    (folder / manifest.NAME).mkdir()
    with pytest.raises(StoreError, match="cannot be read"):
        Store.open_folder(folder)


def test_a_build_over_a_broken_manifest_that_fails_removes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    writer.build(folder, [cities("a", 1)])
    whole = (folder / manifest.NAME).read_text()
    (folder / manifest.NAME).write_text("{")
    with pytest.raises(InputError, match="two sources have the id"):
        writer.build(folder, [cities("b", 1), cities("b", 1)])
    (folder / manifest.NAME).write_text(whole)
    assert content(folder) == {"a", "1"}


@pytest.mark.parametrize("theirs", ["manifest.json", "generations/000001/data.txt", "at/mine.txt", "notes.txt"])
def test_a_folder_with_files_of_others_is_no_place_for_a_store(tmp_path: Path, theirs: str) -> None:
    folder = tmp_path / "web"
    (folder / theirs).parent.mkdir(parents=True)
    (folder / theirs).write_text('{"name": "a web application"}')
    with pytest.raises(UsageError, match="holds what no build wrote there"):
        writer.build(folder, [cities("a", 1)])
    assert [path for path in folder.rglob("*") if path.is_file()] == [folder / theirs]
    assert (folder / theirs).read_text() == '{"name": "a web application"}'


def test_a_store_is_known_by_its_manifest_or_by_the_lock_of_its_writers(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    writer.build(folder, [cities("a", 1)])
    (folder / locks.WRITER).unlink()
    writer.build(folder, [cities("b", 1)])
    (folder / manifest.NAME).unlink()  # as a killed first build leaves it
    writer.build(folder, [cities("c", 1)])
    assert content(folder) == {"c", "1"}


@pytest.mark.parametrize("write", [writer.build, writer.load])
def test_a_refused_writer_leaves_no_files(tmp_path: Path, write: Callable[..., object]) -> None:
    """The engine goes on writing as long as its database is open; so it happens in most of several tries."""
    folder = tmp_path / "store"
    writer.build(folder, [cities("a", 2)])
    before = sorted(folder.rglob("*"))
    tie = Agreement(
        id="agreement/friendship/x", kind="agreement-kind/friendship", parties=("city/a000000", "city/gone")
    )
    source = Source(id="source/ties", kind="evidence-kind/dataset")
    for _ in range(6):
        with pytest.raises(InputError, match="nothing defines"):
            write(folder, [SourceRecords(source, [tie])])
        assert sorted(folder.rglob("*")) == before
