"""What is made of a store is made once a revision, day and view, by one process; and never told of another."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from citydiplomacy.graph import software
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.merged.strength import strength
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Agreement, City, Source
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Date, Text
from citydiplomacy.graph.network import city_ties
from citydiplomacy.graph.store import once as module
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.once import FOLDER, kept
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.views.at_date import StoreAt
from citydiplomacy.graph.views.at_least import StoreAtLeast

BUILT, LATER = dt.date(2024, 6, 1), dt.date(2040, 6, 1)
SISTERS = "agreement-kind/sister-city"
MAKE = """
import os, signal, sys, time
from pathlib import Path
from citydiplomacy.graph.store.once import kept
from citydiplomacy.graph.store.reader import Store

folder, log, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def make(store):
    with log.open("a") as file:
        file.write(f"{os.getpid()}\\n")
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.5)
    return [os.getpid()]

with Store.open_folder(folder) as store:
    print(*kept(store, "maker", make))
"""


def told(source: str, *ties: tuple[str, str, Date | None, Date | None]) -> SourceRecords:
    """A source of sister cities from a beginning to an end."""
    cities = {end: City(id=end, labels=(Text(end, "en"),)) for tie in ties for end in tie[:2]}
    agreements = [
        Agreement(
            id=ids.agreement(SISTERS, (one, other)), kind=SISTERS, parties=(one, other),
            status="status/active", start=start, end=end,
        )
        for one, other, start, end in ties
    ]  # fmt: skip
    by = Source(id=f"source/{source}", kind="evidence-kind/press", labels=(Text(source, "en"),))
    return SourceRecords(by, [*cities.values(), *agreements])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two ties: from 2000 until 2050, and from 2010 until 2030."""
    dates = [parse_date(year) for year in ("2000", "2050", "2010", "2030")]
    ties = ("city/a", "city/b", *dates[:2]), ("city/a", "city/c", *dates[2:])
    writer.build(tmp_path / "store", [told("one", *ties)], day=BUILT)
    return tmp_path / "store"


def tied(store: Store) -> list[list[str]]:
    """The pairs of tied cities."""
    return [list(edge) for edge in city_ties(store).edges]


def never(_: Store) -> list[list[str]]:
    raise AssertionError("it was kept")


AB, AC, BC = ["city/a", "city/b"], ["city/a", "city/c"], ["city/b", "city/c"]


def test_it_is_made_once_a_revision(folder: Path) -> None:
    with Store.open_folder(folder, day=BUILT) as store:
        assert kept(store, "ties", tied) == [AB, AC]
        assert kept(store, "ties", never) == [AB, AC]
        assert kept(store, "number", lambda store: len(tied(store))) == 2
    with Store.open_folder(folder, day=BUILT) as before:
        assert kept(before, "ties", never) == [AB, AC]
        with Store.open_folder(folder, day=BUILT) as old:
            writer.load(folder, [told("two", ("city/b", "city/c", None, None))], day=BUILT)
            with Store.open_folder(folder, day=BUILT) as after:
                assert kept(after, "ties", tied) == [AB, AC, BC]
            assert len(list((folder / FOLDER).glob("000001-*"))) == 0, "what is of the past goes"
            assert kept(old, "ties", tied) == [AB, AC], "whoever reads the past is told of it"
    with Store.open_folder(folder, day=BUILT) as after:
        assert kept(after, "ties", never) == [AB, AC, BC]


def test_a_store_made_anew_is_not_the_one_before(folder: Path) -> None:
    with Store.open_folder(folder, day=BUILT) as store:
        kept(store, "ties", tied)
    writer.build(folder, [told("one", ("city/b", "city/c", None, None))], day=BUILT)
    with Store.open_folder(folder, day=BUILT) as store:
        assert kept(store, "ties", tied) == [BC]


def test_other_software_makes_it_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open_folder(folder, day=BUILT) as store:
        kept(store, "ties", lambda _: [["wrong"]])
    monkeypatch.setattr(software, "digest", lambda *_: "mended")
    for make in (tied, never):
        with Store.open_folder(folder, day=BUILT) as store:
            assert kept(store, "ties", make) == [AB, AC]


def test_days_dates_and_strengths_are_kept_apart(folder: Path) -> None:
    views: dict[str, tuple[Callable[[], Store], list[list[str]]]] = {
        "built": (lambda: Store.open_folder(folder, day=BUILT), [AB, AC]),
        "later": (lambda: Store.open_folder(folder, day=LATER), [AB]),
        "2005": (lambda: StoreAt.of(Store.open_folder(folder, day=BUILT), parse_date("2005")), [AB]),
        "2015": (lambda: StoreAt.of(Store.open_folder(folder, day=BUILT), parse_date("2015")), [AB, AC]),
        "two voices": (lambda: StoreAtLeast.of(Store.open_folder(folder, day=BUILT), strength("2")), []),
    }
    for _ in range(2):
        for name, (opened, expected) in views.items():
            for make in (tied, never):
                with opened() as store:
                    assert kept(store, "ties", make) == expected, name


@pytest.mark.parametrize("broken", [b"", b'[["city/a",', b"\xff"])
def test_what_cannot_be_read_is_made_anew(folder: Path, broken: bytes) -> None:
    with Store.open_folder(folder, day=BUILT) as store:
        kept(store, "ties", tied)
    (file,) = (folder / FOLDER).glob("*-ties/*")
    file.write_bytes(broken)
    for make in (tied, never):
        with Store.open_folder(folder, day=BUILT) as store:
            assert kept(store, "ties", make) == [AB, AC]


def test_where_nothing_can_be_kept_it_is_made(folder: Path) -> None:
    (folder / FOLDER).write_text("in the way")
    for _ in range(2):
        with Store.open_folder(folder, day=BUILT) as store:
            assert kept(store, "ties", tied) == [AB, AC]


def test_no_more_stay_than_are_of_use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 3)
    with Store.open_folder(folder, day=BUILT) as store:
        for number in range(6):
            kept(store, str(number), tied)
    assert sorted(path.name[-1] for path in (folder / FOLDER).iterdir() if path.is_dir()) == ["3", "4", "5"]


def start(folder: Path, log: Path, how: str = "") -> subprocess.Popen[str]:
    """A process that asks for something kept."""
    return subprocess.Popen([sys.executable, "-c", MAKE, folder, log, how], stdout=subprocess.PIPE, text=True)


def test_one_process_makes_it_and_others_wait(folder: Path, tmp_path: Path) -> None:
    asking = [start(folder, tmp_path / "log") for _ in range(3)]
    told_by = {process.communicate()[0] for process in asking}
    assert len(told_by) == 1
    assert (tmp_path / "log").read_text() in told_by


def test_who_asks_for_one_thing_does_not_wait_for_another(folder: Path) -> None:
    long, found = threading.Event(), list[object]()

    def stands_back() -> None:
        with Store.open_folder(folder, day=BUILT) as store:
            found.append(kept(store, "measured", lambda _: long.wait(60)))

    other = threading.Thread(target=stands_back)
    other.start()
    try:
        while other.is_alive() and not (folder / FOLDER / "building-measured").exists():
            time.sleep(0.01)
        with Store.open_folder(folder, day=BUILT) as store:
            assert kept(store, "ties", tied) == [AB, AC]
        assert found == []
    finally:
        long.set()
        other.join()
    assert found == [True]


def test_a_process_killed_while_making_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    killed = start(folder, tmp_path / "log", "killed")
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    next_ = start(folder, tmp_path / "log")
    assert next_.communicate()[0] == f"{next_.pid}\n"
    (made,) = (path for path in (folder / FOLDER).iterdir() if path.is_dir())
    assert [path.name for path in made.iterdir()] == ["made.json"]
