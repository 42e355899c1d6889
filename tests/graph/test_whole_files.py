"""Files and folders that are written whole: what was there stays until then, and nothing of ours is left over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from citydiplomacy.errors import CityDiplomacyError, UsageError
from citydiplomacy.graph import whole_files

KILLED = """
import os, signal, sys
from citydiplomacy.graph import whole_files
with getattr(whole_files, sys.argv[1])(sys.argv[2]) as made:
    made.write(b"half") if sys.argv[1] == "writing" else (made / "half").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""

KILLED_IN_THREE = """
import os, signal
from citydiplomacy.graph import whole_files
with whole_files.writing("a"), whole_files.folder("b"), whole_files.writing("c [*]"):
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


def test_what_killed_writers_left_goes_with_the_next_of_any_name(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED_IN_THREE], cwd=tmp_path, check=False)
    (tmp_path / ".mine.12345678.part").touch()
    assert len(names(tmp_path)) == 4
    whole_files.write(tmp_path / "d", b"whole")
    assert names(tmp_path) == [".mine.12345678.part", "d"]


def test_writers_side_by_side_do_not_take_what_another_begins(tmp_path: Path) -> None:
    def write(number: int) -> None:
        for turn in range(40):
            if number % 2:
                whole_files.write(tmp_path / f"{number}", f"{turn}")
            else:
                fill(tmp_path / f"{number}", f"{turn}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert names(tmp_path) == [str(number) for number in range(8)]
    assert [(tmp_path / str(number)).is_file() for number in range(8)] == [False, True] * 4


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


def test_folders_on_the_way_are_made_and_go_again_after_a_failure(tmp_path: Path) -> None:
    whole_files.write(tmp_path / "a" / "b" / "c", b"whole")
    with pytest.raises(ZeroDivisionError), whole_files.writing(tmp_path / "a" / "x" / "y" / "c"):
        raise ZeroDivisionError
    assert names(tmp_path / "a") == ["b"]


def test_a_check_of_a_place_that_can_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("before")
    (tmp_path / "near").symlink_to("file")
    (tmp_path / "astray").symlink_to("missing")
    os.mkfifo(tmp_path / "pipe")
    fill(tmp_path / "ours", "a")
    before = sorted(tmp_path.rglob("*"))
    for file in ("new", "a/b/c", "file", "near", "astray", "pipe", "/dev/null", "/dev/stdout"):
        whole_files.check(tmp_path / file)
    for folder in ("new", "a/b/c", "empty", "ours"):
        whole_files.check(tmp_path / folder, is_folder=True)
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file").read_text() == "before"


def test_a_check_removes_what_a_killed_writer_left(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, "writing", str(tmp_path / "one")], check=False)
    assert names(tmp_path) != []
    whole_files.check(tmp_path / "one")
    assert names(tmp_path) == []


def test_a_link_to_nowhere_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "astray").symlink_to("missing/file")
    with pytest.raises(CityDiplomacyError, match="No such file"):
        whole_files.check(tmp_path / "astray")
    (tmp_path / "near").symlink_to(".")
    with pytest.raises(UsageError, match="is a folder"):
        whole_files.check(tmp_path / "near")


def test_the_whole_tree_of_others_is_not_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home" / "much").mkdir(parents=True)
    monkeypatch.setattr(Path, "rglob", lambda *_: pytest.fail("looked through"))
    with pytest.raises(UsageError, match="'much'"):
        whole_files.check(tmp_path / "home", is_folder=True)
