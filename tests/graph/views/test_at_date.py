"""A store as it was at a date."""

from __future__ import annotations

import datetime as dt
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from citydiplomacy.errors import StoreError
from citydiplomacy.graph.export import rdf
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.model.holding import Held
from citydiplomacy.graph.model.records import Agreement, City, Link, Membership
from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.validity import Span, held
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.views import kept as kept_views
from citydiplomacy.graph.views.at_date import Counts, StoreAt

from ...conftest import copied
from ..conftest import METROPOLIS, member, sister, source, told

VIEW = """
import sys
from pathlib import Path
from citydiplomacy.graph.views.at_date import StoreAt
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.store.reader import Store
with Store.open_folder(Path(sys.argv[1])) as store, StoreAt.of(store, parse_date("2010")) as view:
    print(view.counts.held)
"""
Build = Callable[[list[SourceRecords]], Path]
TIES = tuple(entry.cls for entry in REGISTRY.values() if entry.is_tie)


@pytest.fixture
def desk(shipped: Path, tmp_path: Path) -> Path:
    """A store of the shipped data to write below."""
    return copied(shipped, tmp_path / "store")


@pytest.fixture
def small() -> list[SourceRecords]:
    """Ties that held, may have held, were meant, were over, and began later than 2010."""
    start, end, early, late = (parse_date(text) for text in ("2000", "2015", "2005", "2020"))
    ended = sister("a", "b", start=start, end=end, status="status/ended")
    over = sister("a", "c", start=start, end=early, status="status/ended")
    coming = member("a", "metropolis", start=late, status="status/active")
    records = [
        *(City(id=f"city/{letter}") for letter in "abcd"),
        METROPOLIS,
        ended,
        over,
        sister("a", "d", status="status/active"),
        sister("b", "c", status="status/planned"),
        coming,
        member("b", "metropolis", attested=parse_date("2010-05"), status="status/active"),
        Link(id="link/1", subject=coming.id, relation="about", object="city/b"),
        Link(id="link/2", subject="city/b", relation="agreesWith", object="link/1"),
        Link(id="link/3", subject=ended.id, relation="about", object="city/b"),
        Link(id="link/4", subject=over.id, relation="about", object="city/b"),
    ]
    return [told(source("press", "press"), *records)]


def at(folder: Path, text: str) -> StoreAt:
    """The view at a date; the store itself is closed again."""
    with Store.open_folder(folder) as store:
        return StoreAt.of(store, parse_date(text))


def views(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "at").iterdir() if path.is_dir())


def exported(store: Store, file: Path) -> bytes:
    with file.open("w", encoding="utf-8") as out:
        rdf.write_turtle(store, out)
    return file.read_bytes()


# --- what a view shows ------------------------------------------------------------------------------------------------


def test_a_view_has_what_held_or_may_have(build: Build, small: list[SourceRecords]) -> None:
    folder = build(small)
    with at(folder, "2010") as view:
        assert view.counts == Counts(held=2, unknown=1, meant=1, over=1, left_out=1)
        ids = {letters: sister(*letters).id for letters in ("ab", "ac", "ad", "bc")}
        assert [view.held(ids[one]) for one in ("ab", "ac", "ad", "bc")] == [Held.YES, Held.NO, Held.UNKNOWN, Held.NO]
        ended = view.get(ids["ab"])
        assert isinstance(ended, Agreement)
        assert (ended.status, ended.end) == ("status/active", parse_date("2015"))
        over = view.get(ids["ac"])
        assert isinstance(over, Agreement)
        assert (over.status, over.end) == ("status/ended", parse_date("2005"))
        assert [record.member for record in view.records(Membership)] == ["city/b"]
        twins = "SELECT ?a ?b { ?a cd:twinnedWith ?b } ORDER BY ?a"
        assert len(list(view.query(twins))) == 2  # type: ignore[arg-type]
        assert [record.id for record in view.records(Link)] == [
            "link/3",
            "link/4",
        ], "a judgement goes with what it is about"
        assert len(list(view.query("SELECT ?s { ?s cd:about ?o }"))) == 2  # type: ignore[arg-type]
        assert view.manifest.counts["Agreement"] == 4
        assert view.claims(member("a", "metropolis").id), "evidence stays whatever the date"


@pytest.mark.parametrize("date", ["1990", "2010", "1392 SH", "2016-05-01", "2024", "before 1979", "2005/2015"])
def test_counts_of_the_shipped_data_are_all_ties(desk: Path, date: str) -> None:
    asked = Span.of(parse_date(date))
    with Store.open_folder(desk) as store, StoreAt.of(store, parse_date(date)) as view:
        ties = [record for cls in TIES for record in store.records(cls)]
        counts = view.counts
        states = {tie.id: held(tie, asked, store.day) for tie in ties}
        assert counts.held + counts.unknown + counts.meant + counts.over + counts.left_out == len(ties)
        assert {tie for tie, state in states.items() if state is Held.UNKNOWN} == view.unknown
        assert sum(state is Held.YES for state in states.values()) == counts.held
        shown = {record.id for cls in TIES for record in view.records(cls)}
        assert {tie for tie, state in states.items() if state is not Held.NO} <= shown
        assert len(shown) == len(ties) - counts.left_out
        for name, number in view.manifest.counts.items():
            assert len(list(view.records(REGISTRY[name].cls))) == number


def test_a_view_is_what_a_store_of_its_records_would_be(build: Build, tmp_path: Path) -> None:
    """The short-cuts of a view are those of a store that was told only what held."""
    pair = [City(id="city/a"), City(id="city/b")]
    tie = sister("a", "b", start=parse_date("2000"), end=parse_date("2015"), status="status/ended")
    folder = build([told(source("press", "press"), *pair, tie)])
    writer.build(
        tmp_path / "other",
        [told(source("press", "press"), *pair, replace(tie, status="status/active"))],
        day=dt.date(2010, 1, 1),
    )
    other = Store.open_folder(tmp_path / "other", day=dt.date(2010, 1, 1))
    with at(folder, "2010") as view, other:
        assert exported(view, tmp_path / "a.ttl") == exported(other, tmp_path / "b.ttl")


def test_today_is_the_same_with_a_date_and_without(desk: Path) -> None:
    with Store.open_folder(desk) as store, StoreAt.of(store, parse_date(str(store.day))) as view:
        assert {str(quad) for quad in view.quads()} == {str(quad) for quad in store.quads()}
        assert view.manifest.counts == store.manifest.counts
        assert view.counts.left_out == 0


# --- how it is kept ---------------------------------------------------------------------------------------------------


def test_the_store_itself_is_untouched_and_two_views_are_the_same(desk: Path, tmp_path: Path) -> None:
    with Store.open_folder(desk) as store:
        before = exported(store, tmp_path / "before.ttl")
        with StoreAt.of(store, parse_date("2010")) as view:
            first = exported(view, tmp_path / "first.ttl")
        shutil.rmtree(desk / "at")
        with StoreAt.of(store, parse_date("2010")) as view:
            assert exported(view, tmp_path / "second.ttl") == first != before
    with Store.open_folder(desk) as store:
        assert exported(store, tmp_path / "after.ttl") == before
        assert sorted(path.name for path in desk.iterdir()) == ["at", "generations", "manifest.json", "writer.lock"]


def test_one_view_a_date_however_it_is_written(desk: Path) -> None:
    for text in ("1392 SH", "۱۳۹۲ ه‍.ش", "2013-03-21/2014-03-20"):
        at(desk, text).close()
    assert len(views(desk)) == 1


def test_few_views_are_kept_those_used_last_and_none_of_an_older_revision(
    build: Build, small: list[SourceRecords]
) -> None:
    folder = build(small)
    years = range(1990, 1990 + kept_views.KEPT + 3)
    for year in years:
        at(folder, str(year)).close()
        at(folder, "1990").close()
    kept = [name[-10:-6] for name in views(folder)]
    assert kept == ["1990", *map(str, years[-kept_views.KEPT + 1 :])]
    with at(folder, "1990") as old:
        writer.load(folder, [told(source("more", "press"), City(id="city/kabul"))])
        at(folder, "2010").close()
        assert len(views(folder)) == 2, "one that is read was swept"
        assert old.counts.held == 0
    at(folder, "2011").close()
    assert {name[:6] for name in views(folder)} == {"000002"}


def test_a_killed_build_leaves_nothing_half(desk: Path) -> None:
    builder = subprocess.Popen([sys.executable, "-c", VIEW, str(desk)], stdout=subprocess.DEVNULL)
    while not (desk / "at" / "building" / "generations").exists():
        assert builder.poll() is None, "too late to kill it"
        time.sleep(0.001)
    builder.kill()
    assert builder.wait() == -signal.SIGKILL
    assert views(desk) == ["building"]
    with at(desk, "2010") as view:
        assert view.counts.held > 0
    assert len(views(desk)) == 1


def test_two_processes_at_once_build_one_view(desk: Path) -> None:
    both = [
        subprocess.Popen([sys.executable, "-c", VIEW, str(desk)], stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    one, other = (process.communicate(timeout=120)[0] for process in both)
    assert one == other != ""
    assert len(views(desk)) == 1


def test_a_place_that_cannot_be_written_is_told(build: Build, small: list[SourceRecords]) -> None:
    folder = build(small)
    (folder / "at").write_text("in the way")
    with pytest.raises(StoreError, match="the view at a date could not be written"):
        at(folder, "2010")
