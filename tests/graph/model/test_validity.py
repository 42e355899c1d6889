"""Whether records hold at a date, in three values."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.model.records import Agreement, Observation, Roster
from citydiplomacy.graph.model.schema import REGISTRY, Record
from citydiplomacy.graph.model.validity import (
    ACTIVE,
    DATED,
    ENDED,
    UNDER_WAY,
    UNKNOWN,
    Held,
    Span,
    Tie,
    as_of,
    begun,
    between,
    held,
    stands,
)
from citydiplomacy.graph.model.values import Date

from ..conftest import sister
from ..strategies import dates, records

SPANS = st.one_of(dates().map(Span.of), st.dates().map(lambda day: Span(day, day)))
DATED_RECORDS = st.one_of([records(REGISTRY[cls.__name__]) for cls in DATED])
UNVERIFIED = "status/unverified"
OPEN = (UNVERIFIED, UNKNOWN)
DOWN = (ENDED, "status/dormant")
TIES = tuple(entry.cls for entry in REGISTRY.values() if entry.is_tie)
TODAY = dt.date(2026, 11, 26)
TIE_RECORDS = st.one_of([records(REGISTRY[cls.__name__]) for cls in TIES])


def span(text: str) -> Span:
    return Span.of(parse_date(text))


def tie(**fields: str) -> Agreement:
    """An agreement whose dates are given as people write them."""
    values = {name: text if name == "status" else parse_date(text) for name, text in fields.items()}
    return sister("lahore", "mashhad", **values)


@pytest.mark.parametrize(
    ("fields", "at", "expected"),
    [
        ({"start": "2000", "end": "2015"}, "2010", "yes"),
        ({"start": "2000", "end": "2015"}, "1392 SH", "yes"),
        ({"start": "2000", "end": "2015"}, "1999", "no"),
        ({"start": "2000", "end": "2015"}, "2016-01-01", "no"),
        ({"start": "2000", "end": "2015"}, "2000-06-01", "unknown"),
        ({"start": "2000", "end": "2015"}, "2000", "yes"),
        ({"start": "2000", "status": ACTIVE}, "2010", "yes"),
        ({"start": "2000", "attested": "2020", "status": ACTIVE}, "2010", "yes"),
        ({"start": "2000", "attested": "2020", "status": ACTIVE}, "2021", "yes"),
        ({"start": "2000", "attested": "2020", "end": "before 2025", "status": ACTIVE}, "2010", "yes"),
        ({"start": "2000", "attested": "2020", "end": "before 2025", "status": ACTIVE}, "2021", "unknown"),
        ({"start": "2030", "status": ACTIVE}, "2026-11-26", "no"),
        ({"start": "2030", "status": ACTIVE}, "2030", "yes"),
        ({"attested": "2030", "status": ACTIVE}, "2026-11-26", "yes"),
        ({"status": ACTIVE}, "2026-11-25", "unknown"),
        ({"status": ACTIVE}, "2026-11-26", "yes"),
        ({"status": ACTIVE}, "2026", "yes"),
        ({"status": ACTIVE}, "2040", "yes"),
        ({"status": UNVERIFIED, "start": "2000", "attested": "2020"}, "2010", "unknown"),
        ({"attested": "2016", "status": ACTIVE}, "2016", "yes"),
        ({"attested": "2016", "status": ACTIVE}, "2016-05", "unknown"),
        ({"attested": "2016-05-01", "status": ACTIVE}, "اردیبهشت ۱۳۹۵", "yes"),
        ({"attested": "2016", "status": ACTIVE}, "2010/2020", "yes"),
        ({"status": ACTIVE}, "2010", "unknown"),
        ({"status": ENDED}, "2010", "unknown"),
        ({"start": "2000", "attested": "2020", "status": ENDED}, "2010", "unknown"),
        ({"start": "2000", "attested": "2020", "status": ENDED}, "2021", "no"),
        ({"start": "2000", "attested": "2020", "status": "status/dormant"}, "2010", "unknown"),
        ({"start": "2000", "attested": "2020", "status": "status/dormant"}, "2021", "no"),
        ({"start": "2000", "status": ENDED}, "2026", "unknown"),
        ({"start": "2000", "status": ENDED}, "2026-11-26", "no"),
        ({"start": "2000", "end": "2015", "status": ENDED}, "2010", "yes"),
        ({"start": "2000", "end": "2015", "status": "status/planned"}, "2010", "no"),
        ({"end": "before 1979"}, "1990", "no"),
        ({"start": "2000"}, "before 1979", "no"),
    ],
)
def test_a_tie_holds_from_its_start_to_its_end(fields: dict[str, str], at: str, expected: str) -> None:
    assert held(tie(**fields), span(at), TODAY) == expected


@given(DATED_RECORDS, SPANS)
def test_a_record_of_exact_dates_holds_just_within_them(record: Record, asked: Span) -> None:
    days = [getattr(record, name, None) for name in ("start", "end")]
    if not isinstance(record, TIES) or record.status in UNDER_WAY:
        return
    if record.status in OPEN or (record.status in DOWN and asked.first >= TODAY):
        return
    exact = all(day and day.earliest and day.earliest == day.latest for day in days)
    if exact and days[0].earliest <= days[1].earliest:
        within = days[0].earliest <= asked.last and days[1].earliest >= asked.first
        assert held(record, asked, TODAY) is (Held.YES if within else Held.NO)


@given(st.dates(), st.dates(), SPANS)
def test_exact_intervals_are_decided_by_comparison(one: dt.date, other: dt.date, asked: Span) -> None:
    start, end = sorted((one, other))
    record = sister(
        "a", "b", start=Date(start.isoformat(), start, start), end=Date(end.isoformat(), end, end), status=ACTIVE
    )
    within = start <= asked.last and end >= asked.first
    assert held(record, asked, TODAY) is (Held.YES if within else Held.NO)


@given(DATED_RECORDS, SPANS, st.integers(0, 4000), st.integers(0, 4000))
def test_what_held_within_a_stretch_held_within_a_longer_one(record: Record, asked: Span, less: int, more: int) -> None:
    first = dt.date.fromordinal(max(1, asked.first.toordinal() - less))
    last = dt.date.fromordinal(min(dt.date.max.toordinal(), asked.last.toordinal() + more))
    wider = Span(first, last)
    if held(record, asked, TODAY) is Held.YES:
        assert held(record, wider, TODAY) is Held.YES
    if held(record, wider, TODAY) is Held.NO:
        assert held(record, asked, TODAY) is Held.NO


@given(TIE_RECORDS, SPANS)
def test_a_view_shows_what_held_as_standing_and_what_may_have_as_unknown(record: Record, asked: Span) -> None:
    state, shown = held(record, asked, TODAY), as_of(record, asked, TODAY)
    assert isinstance(record, TIES)
    if shown is None:
        assert state is Held.NO
        assert begun(record, asked, TODAY) is Held.NO
        return
    assert isinstance(shown, TIES)
    if record.status in UNDER_WAY or asked.first >= TODAY:
        assert shown == record
    elif state is Held.YES:
        assert shown.status not in (*OPEN, *DOWN)
    elif state is Held.UNKNOWN:
        assert shown.status == (UNVERIFIED if record.status == UNVERIFIED else UNKNOWN)
    else:
        assert shown == record, "what was over is told as it is"


@given(TIE_RECORDS, st.dates(), st.dates())
def test_today_is_asked_alike_with_a_date_and_without(record: Tie, today: dt.date, later: dt.date) -> None:
    assert held(record, Span(today, today), today) is stands(record, today)
    assert as_of(record, Span(today, today), today) is record
    day = max(today, later)
    assert held(record, Span(day, day), today) is stands(record, day), "a day to come is asked as it will be"


@given(DATED_RECORDS, SPANS, st.dates(), st.dates())
def test_what_is_known_looking_back_is_not_otherwise_when_asked_later(
    record: Record, asked: Span, one: dt.date, other: dt.date
) -> None:
    earlier, later = sorted((one, other))
    if isinstance(record, TIES) and record.status in DOWN and record.end and (record.end.latest or later) >= earlier:
        return  # told as ended while its end is still to come: today goes by the word, who looks back by the date
    seen = getattr(record, "attested", None)
    if seen and seen.earliest and seen.earliest >= earlier:
        return  # seen on a day that had not come: only who asks later can have heard of it
    before, after = held(record, asked, earlier), held(record, asked, later)
    assert after in (before, Held.UNKNOWN), "looking back asks for more, and never says the contrary"


@pytest.mark.parametrize(
    ("status", "end", "day", "expected"),
    [
        (ACTIVE, "2035", TODAY, "yes"),
        (ACTIVE, "2035", dt.date(2034, 12, 31), "yes"),
        (ACTIVE, "2035", dt.date(2035, 1, 1), "yes"),
        (ACTIVE, "2035", dt.date(2035, 1, 2), "unknown"),
        (ACTIVE, "2035", dt.date(2035, 12, 31), "unknown"),
        (ACTIVE, "2035", dt.date(2036, 1, 1), "no"),
        (ACTIVE, "2026", TODAY, "unknown"),
        (ACTIVE, "2026-11-26", TODAY, "yes"),
        (ACTIVE, "2026-11-25", TODAY, "no"),
        (ACTIVE, "2015", TODAY, "no"),
        (ACTIVE, None, TODAY, "yes"),
        (None, None, TODAY, "yes"),
        (None, "2035", TODAY, "yes"),
        (None, "2026", TODAY, "unknown"),
        (None, "2015", TODAY, "no"),
        (UNVERIFIED, None, TODAY, "unknown"),
        (UNVERIFIED, "2035", TODAY, "unknown"),
        (UNVERIFIED, "2015", TODAY, "no"),
        (ENDED, "2035", TODAY, "no"),
        (ENDED, "2026", TODAY, "no"),
        ("status/planned", "2035", TODAY, "no"),
        ("status/dormant", None, TODAY, "no"),
        (ACTIVE, "1405 SH", TODAY, "unknown"),  # 21 March 2026 to 20 March 2027
        (ACTIVE, "1405 SH", dt.date(2026, 3, 21), "yes"),
        (ACTIVE, "1405 SH", dt.date(2027, 3, 20), "unknown"),
        (ACTIVE, "1405 SH", dt.date(2027, 3, 21), "no"),
        (ACTIVE, "۵ آذر ۱۴۰۵", TODAY, "yes"),  # 26 November 2026
        (ACTIVE, "۵ آذر ۱۴۰۵", dt.date(2026, 11, 27), "no"),
        (ACTIVE, "before 2030", TODAY, "unknown"),
        (ACTIVE, "before 2020", TODAY, "no"),
        (ACTIVE, "2030/..", TODAY, "yes"),
        (ACTIVE, "2020/..", TODAY, "unknown"),
    ],
)
def test_a_tie_stands_by_its_status_until_its_end(
    status: str | None, end: str | None, day: dt.date, expected: str
) -> None:
    fields = {name: value for name, value in (("status", status), ("end", end)) if value}
    assert stands(tie(**fields), day) == expected


@given(TIE_RECORDS, st.dates(), st.dates())
def test_what_is_over_does_not_stand_again(record: Tie, one: dt.date, other: dt.date) -> None:
    order = (Held.YES, Held.UNKNOWN, Held.NO)
    earlier, later = sorted((one, other))
    if begun(record, Span(earlier, earlier), earlier) is Held.NO:
        return
    assert order.index(stands(record, earlier)) <= order.index(stands(record, later))


def test_a_view_keeps_figures_until_the_date_and_lists_that_are_surely_not_later() -> None:
    def shown(record: Record) -> bool:
        return as_of(record, span("2010"), TODAY) is not None

    figure = Observation(id="observation/a", area="city/a", measure="measure/population", value=Decimal(1))
    assert shown(figure)
    assert shown(replace(figure, period=parse_date("2001")))
    assert not shown(replace(figure, period=parse_date("2011")))
    members = Roster(id="roster/a", organization="organization/a", coverage="coverage/whole")
    assert not shown(members), "absence from it would count as a checked no"
    assert shown(replace(members, date=parse_date("2009")))
    assert not shown(replace(members, date=parse_date("2020")))


def test_a_tie_can_live_between_two_dates() -> None:
    short = tie(start="2006", end="2008", status=ENDED)
    assert between(short, span("2005"), span("2010"), TODAY)
    assert between(short, span("2010"), span("2005"), TODAY)
    assert not between(short, span("2007"), span("2010"), TODAY)
    assert not between(short, span("2009"), span("2010"), TODAY)
