"""What changed between two dates, and between two stores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.model.records import Organization
from citydiplomacy.graph.model.schema import Tie
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.validity import DATED
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.reports.difference import Changes, Differing, between_dates, between_stores, title

from ..conftest import ENDED, SOURCES, both, link, member, source, twin, year

SWAPPED = {Differing.APPEARED: Differing.GONE, Differing.GONE: Differing.APPEARED}


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small world, in which one source says something else, one is gone, and one is new."""
    folder = tmp_path_factory.mktemp("later") / "store"
    first, *others = SOURCES
    renamed = Organization(id="organization/net", labels=both("The New Net", "شبکهٔ نو"), founded=year(1985))
    records = [renamed if record.id == renamed.id else record for record in first.records]
    short = twin("city/cana", "city/nameless", start=year(2006), end=year(2008), status=ENDED)
    new = SourceRecords(source("new", "press"), [short, member("city/dura", "organization/ring")])
    writer.build(folder, [replace(first, records=records), *others, new])
    with Store.open_folder(folder) as opened:
        yield opened


def told(found: Changes) -> list[tuple[str, str, str]]:
    return [(change.how.value, change.record.id, change.property) for change in found.listed]


def mirrored(found: Changes) -> list[tuple[object, ...]]:
    """What the difference the other way round should be."""
    return [
        (SWAPPED.get(change.how, change.how), change.record.id, change.property, change.after, change.before)
        for change in found.listed
    ]


# --- dates ------------------------------------------------------------------------------------------------------------


def test_ties_begin_and_end_between_two_dates(store: Store) -> None:
    found = between_dates(store, parse_date("1995"), parse_date("2014"), "city/bosra")
    assert [(change.how, change.record.id, change.before, change.after) for change in found.listed] == [
        ("gone", "agreement/sister-city/bosra--cana", "yes", "no"),
        ("appeared", "membership/net/bosra", "no", "yes"),
    ]
    assert found.counts["Agreement"]["undated"] == 3
    assert found.listed[0].sources == ("source/press",)


def test_a_tie_that_lived_in_between_is_told(later: Store) -> None:
    short = "agreement/sister-city/cana--nameless"
    for dates in (("2005", "2010"), ("2010", "2005")):
        found = between_dates(later, *map(parse_date, dates), "city/nameless")
        assert [change for change in told(found) if change[1] == short] == [("between", short, "")]


@pytest.mark.parametrize("dates", [("2005", "2015"), ("1392 SH", "2020-05"), ("before 1979", "2000/2010")])
def test_every_dated_record_is_counted_once_and_the_other_way_round_is_the_mirror(
    shipped_store: Store, dates: tuple[str, str]
) -> None:
    one, other = map(parse_date, dates)
    there, back = between_dates(shipped_store, one, other), between_dates(shipped_store, other, one)
    counted = Counter({name: counts.total() for name, counts in there.counts.items()})
    assert counted == {cls.__name__: len(list(shipped_store.records(cls))) for cls in DATED}
    assert mirrored(there) == [
        (change.how, change.record.id, change.property, change.before, change.after) for change in back.listed
    ]


def test_only_a_tie_appears_or_goes_and_what_has_a_day_is_of_it(shipped_store: Store) -> None:
    for dates in (("2005", "2015"), ("2015", "2005")):
        found = between_dates(shipped_store, *map(parse_date, dates)).listed
        hows = {(change.how, change.before, change.after) for change in found if not isinstance(change.record, Tie)}
        assert hows == {("dated", None, None), ("perhaps dated", None, None)}


def test_a_date_does_not_differ_from_itself(shipped_store: Store) -> None:
    assert between_dates(shipped_store, parse_date("2010"), parse_date("2010")).listed == []


# --- stores -----------------------------------------------------------------------------------------------------------


def test_a_store_does_not_differ_from_itself(store: Store) -> None:
    found = between_stores(store, store)
    assert found.listed == []
    assert {name: counts["same"] for name, counts in found.counts.items()} == store.manifest.counts


def test_stores_differ_record_by_record(store: Store, later: Store) -> None:
    found = between_stores(store, later)
    assert {change[:2] for change in told(found) if change[0] == "appeared"} == {
        ("appeared", "agreement/sister-city/cana--nameless"),
        ("appeared", member("city/dura", "organization/ring").id),
        ("appeared", "source/new"),
    }
    changed = [change for change in found.listed if change.record.id == "organization/net"]
    names = next(change for change in changed if change.property == "labels")
    assert names.before == both("The Net", "شبکه")
    assert names.after == both("The New Net", "شبکهٔ نو")
    assert len(names.sources) == 1
    acronym = next(change for change in changed if change.property == "acronym")
    assert (acronym.before, acronym.after, acronym.sources) == ("NET", None, names.sources)
    first = SOURCES[0].source.id
    assert [change.property for change in found.listed if change.record.id == first] == ["statements"]


def test_the_difference_of_stores_the_other_way_round_is_the_mirror(store: Store, later: Store) -> None:
    there, back = between_stores(store, later), between_stores(later, store)
    assert there.listed
    assert mirrored(there) == [
        (change.how, change.record.id, change.property, change.before, change.after) for change in back.listed
    ]


def test_one_city_has_its_own_difference(store: Store, later: Store) -> None:
    found = between_stores(store, later, "city/dura")
    assert told(found) == [("appeared", member("city/dura", "organization/ring").id, "")]


def test_a_tie_is_called_by_what_it_ties(store: Store) -> None:
    tie = store.get("agreement/sister-city/ayla--cana")
    place = store.get("membership/net/ayla/board-member")
    assert tie is not None
    assert place is not None
    assert title(store, tie, "en") == "Ayla – Cana (sister cities)"
    meant, over = (replace(tie, status=f"status/{status}") for status in ("proposed", "ended"))
    assert title(store, meant, "fa") == "آیلا – قانا (خواهرخواندگی، پیشنهادشده)"
    assert title(store, replace(over, end=year(2012)), "en") == "Ayla – Cana (sister cities, ended, until 2012)"
    assert title(store, place, "fa") == "آیلا – شبکه (عضو هیئت‌مدیره)"


def test_a_judgement_is_called_by_what_it_says_of_its_ends(store: Store) -> None:
    lacks = link("city/ayla", "lacksTrait", "city-trait/coast")
    assert title(store, lacks, "en") == "Ayla – on the coast (is not or has not)"
    assert title(store, lacks, "fa") == "آیلا – شهر ساحلی (نیست یا ندارد)"
