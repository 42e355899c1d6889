"""The rule of the merged view: which claim stands, what is united, what is disputed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.merged.rule import Claim, Merged, merge
from citydiplomacy.graph.model.records import Agreement, City, Membership, Observation
from citydiplomacy.graph.model.schema import REGISTRY, Merge, Record
from citydiplomacy.graph.model.values import Text

from ..conftest import MASHHAD, sister, year
from ..strategies import records

TIE = sister("mashhad", "lahore")


def claim(source: str, reliability: int, record: Record, said: int | None = None, voice: str = "") -> Claim:
    said_on = dt.date(said, 1, 1) if said else None
    return Claim(f"source/{source}", f"source/{voice or source}", reliability, said_on, record)


# --- which claim stands -----------------------------------------------------------------------------------------------


def test_the_more_reliable_source_stands() -> None:
    merged = merge([claim("a", 2, replace(TIE, start=year(2006)), 2024), claim("b", 5, replace(TIE, start=year(2012)))])
    assert (merged.record.start, merged.disputed) == (year(2012), ("start",))  # type: ignore[attr-defined]


def test_among_equals_the_later_claim_stands() -> None:
    merged = merge(
        [claim("a", 4, replace(TIE, start=year(2006)), 2010), claim("b", 4, replace(TIE, start=year(2012)), 2020)]
    )
    assert merged.record.start == year(2012)  # type: ignore[attr-defined]


def test_a_claim_is_of_the_day_when_its_source_saw_the_thing() -> None:
    merged = merge(
        [
            claim("old-page-seen-2025", 4, replace(TIE, status="status/ended", attested=year(2025)), 1990),
            claim("page-of-2020", 4, replace(TIE, status="status/active"), 2020),
        ]
    )
    assert merged.record.status == "status/ended"  # type: ignore[attr-defined]


def test_then_more_voices_and_then_the_id_decide() -> None:
    several = [claim(name, 4, replace(TIE, start=year(number))) for name, number in (("a", 1), ("b", 2), ("c", 2))]
    assert merge(several).record.start == year(2)  # type: ignore[attr-defined]
    assert merge(several[:2]).record.start == year(1)  # type: ignore[attr-defined]


def test_sources_of_one_voice_are_one_that_agrees() -> None:
    copies = [claim(name, 4, replace(TIE, start=year(2)), voice="encyclopedia") for name in ("b", "c", "d")]
    merged = merge([claim("a", 4, replace(TIE, start=year(1))), *copies])
    assert merged.record.start == year(1)  # type: ignore[attr-defined]
    assert (merged.sources, merged.voices) == (("source/a", "source/b", "source/c", "source/d"), 2)
    assert merge(copies).voices == merge(copies[:1]).voices == 1


# --- what is united, and what disputed --------------------------------------------------------------------------------


def test_the_same_date_said_less_precisely_is_no_dispute() -> None:
    exact, rough = parse_date("2014-02-27"), parse_date("2014")
    merged = merge([claim("a", 4, replace(TIE, start=exact)), claim("b", 4, replace(TIE, start=rough))])
    assert merged.disputed == ()
    solar = parse_date("1392 SH")
    merged = merge(
        [
            claim("a", 4, replace(TIE, start=solar)),
            claim("b", 4, replace(TIE, start=parse_date("2013-03-21/2014-03-20"))),
        ]
    )
    assert merged.disputed == (), "one date in two calendars"
    merged = merge([claim("a", 4, replace(TIE, start=exact)), claim("b", 4, replace(TIE, start=year(2015)))])
    assert merged.disputed == ("start",)


def test_figures_that_differ_are_disputed() -> None:
    figure = Observation(id="observation/x", area="city/mashhad", measure="measure/area", value=Decimal(328))
    merged = merge([claim("a", 4, figure), claim("b", 3, replace(figure, value=Decimal(351)))])
    assert merged.disputed == ("value",)
    assert merged.record.value == 328  # type: ignore[attr-defined]


def test_a_name_that_does_not_stand_becomes_another_name() -> None:
    other = replace(MASHHAD, labels=(Text("Mashad", "en"),))
    merged = merge([claim("a", 5, MASHHAD), claim("b", 1, other)])
    assert Text("Mashhad", "en") in merged.record.labels
    assert Text("Mashad", "en") in merged.record.aliases
    assert Text("مشهد", "fa") in merged.record.labels, "each language by itself"


def test_the_last_day_of_those_who_tell_the_status_that_stands() -> None:
    """A plan that was seen in 2025 does not say that the tie was seen in 2025."""
    merged = merge(
        [
            claim("official", 5, replace(TIE, status="status/active", attested=year(2016))),
            claim("atlas", 5, replace(TIE, status="status/active", attested=year(2019))),
            claim("blog", 1, replace(TIE, status="status/planned", attested=year(2025))),
        ]
    )
    assert merged.record.attested == year(2019)  # type: ignore[attr-defined]


def test_absence_is_no_dispute() -> None:
    merged = merge([claim("a", 5, TIE), claim("b", 1, replace(TIE, start=year(2006)))])
    assert (merged.record.start, merged.disputed) == (year(2006), ())  # type: ignore[attr-defined]


# --- properties -------------------------------------------------------------------------------------------------------


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    """What one to four sources say of one record of some class."""
    entry = REGISTRY[draw(st.sampled_from(sorted(REGISTRY)))]
    said = draw(st.lists(records(entry), min_size=1, max_size=4))
    return [
        Claim(
            f"source/{number}",
            f"source/{draw(st.integers(0, number))}",
            draw(st.integers(1, 3)),
            draw(st.one_of(st.none(), st.dates(dt.date(2000, 1, 1), dt.date(2001, 1, 1)))),
            replace(record, id=f"{entry.folder}/x"),
        )
        for number, record in enumerate(said)
    ]


def without_sources(record: Record) -> dict[str, object]:
    return {p.name: getattr(record, p.name) for p in record.schema.properties if p.merge is not Merge.SOURCE}


@given(claims(), st.randoms())
def test_the_order_of_claims_means_nothing(told: list[Claim], random: object) -> None:
    shuffled = list(told)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(shuffled) == merge(told)


@given(claims())
def test_merging_again_changes_nothing(told: list[Claim]) -> None:
    merged = merge(told)
    assert merge([claim("m", 1, merged.record)]) == Merged(merged.record, ("source/m",), 1, ())


@given(claims())
def test_a_source_that_says_the_same_adds_nothing_but_its_support(told: list[Claim]) -> None:
    """An echo weighs nothing in reliability or age: the record stays, unless it settles a tie by number."""
    best = max(told, key=lambda each: (each.reliability, each.said_on()))
    if sum((each.reliability, each.said_on()) == (best.reliability, best.said_on()) for each in told) > 1:
        return
    merged = merge(told)
    again = merge([*told, replace(best, source="source/z")])
    assert without_sources(again.record) == without_sources(merged.record)
    assert again.sources == tuple(sorted((*merged.sources, "source/z")))
    assert again.disputed == merged.disputed


@given(claims())
def test_what_stands_was_told(told: list[Claim]) -> None:
    merged = merge(told)
    assert merged.sources == tuple(sorted({each.source for each in told}))
    for prop in merged.record.schema.properties:
        stands = getattr(merged.record, prop.name)
        values = [getattr(each.record, prop.name) for each in told]
        if prop.merge is Merge.SOURCE:
            assert stands == ()
        elif prop.name == "aliases":
            names = {name for each in told for name in (*each.record.labels, *each.record.aliases)}
            assert set(stands) <= names
        elif isinstance(stands, tuple):
            assert set(stands) <= {item for value in values for item in value}
            if prop.merge is Merge.UNION:
                assert set(stands) == {item for value in values for item in value}
        else:
            assert (stands is None) == all(value is None for value in values)
            assert stands is None or stands in values
    assert set(merged.disputed) <= set(merged.record.schema.by_name)


@pytest.mark.parametrize("cls", [City, Agreement, Membership])
def test_one_claim_stands_as_it_is_but_for_its_page_numbers(cls: type[Record]) -> None:
    record = cls.schema.record(f"{cls.schema.folder}/x", {"locators": ("page 3",), "labels": (Text("X", "en"),)})
    merged = merge([claim("a", 1, record)])
    assert merged == Merged(replace(record, locators=()), ("source/a",), 1, ())
