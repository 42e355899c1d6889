"""What was gathered of Wikidata as records: cities, their figures, ties and memberships, and the bodies and countries
that these name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Agreement, City, Country, Membership, Observation, Organization, Source
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Date, Text

from ..formats.delimited import read_delimited
from ..report import LoadReport
from .gathered import END, MEMBER, POINT, POPULATION, START, TWIN, Gathered, Item, Statement
from .values import ENTITY

T = TypeVar("T")

_SISTER, _MEMBER, _POPULATION = "agreement-kind/sister-city", "role/member", "measure/population"


def tell(gathered: Gathered, source: Source, report: LoadReport, file: str) -> SourceRecords:
    """The records of a source, sorted by id. What had to be chosen or left out is noted in the report.

    file: what the report calls the whole.
    """
    telling = _Telling(gathered, source, report, file)
    records = {record.id: record for part in telling.parts() for record in part}
    return SourceRecords(source, [records[name] for name in sorted(records)])


class _Telling:
    def __init__(self, gathered: Gathered, source: Source, report: LoadReport, file: str) -> None:
        self.gathered, self.report, self.file = gathered, report, file
        self.seen = source.retrieved or source.date
        self.countries: dict[str, set[str]] = defaultdict(set)
        self.statements: dict[str, list[Statement]] = defaultdict(list)
        for told in sorted(gathered.statements.values(), key=lambda one: (not one.preferred, one.id)):
            self.statements[told.property].append(told)

    def parts(self) -> Iterator[Iterator[Record]]:
        """The records, class by class; the countries come last, as cities name them."""
        yield self._cities()
        yield self._organizations()
        yield self._populations()
        yield self._agreements()
        yield self._memberships()
        yield self._countries()

    def _cities(self) -> Iterator[City]:
        for number in self.gathered.cities:
            item = self.gathered.items.get(number) or Item()
            latitude, longitude = self._one(number, "place", item.places) or (None, None)
            yield City(
                id=_city(number),
                labels=_texts(item.labels.values()),
                aliases=_texts(item.aliases),
                country=self._country(number, item),
                latitude=latitude,
                longitude=longitude,
                exact_match=(ENTITY + number,),
            )

    def _country(self, number: str, item: Item) -> str | None:
        """The country of a city, if it has one that we know."""
        codes = {self.gathered.codes.get(country, "") for country in item.countries}
        known = {code for code in codes if code in _codes()}
        for country in sorted(item.countries):
            if (code := self.gathered.codes.get(country, "")) not in known:
                self.report.note(self.file, "a country without a code of ISO 3166-1", f"{number}: {country} {code}")
        if len(known) != 1:
            if known:
                self.report.note(self.file, "several countries, left open", f"{number}: {', '.join(sorted(known))}")
            return None
        (code,) = known
        self.countries[code].update(
            country for country in item.countries if self.gathered.codes.get(country) == code and country != code
        )
        return _codes()[code]

    def _countries(self) -> Iterator[Country]:
        for code, items in self.countries.items():
            yield Country(id=_codes()[code], code=code, exact_match=tuple(sorted(ENTITY + item for item in items)))

    def _organizations(self) -> Iterator[Organization]:
        for number in self.gathered.organizations:
            item = self.gathered.items.get(number) or Item()
            yield Organization(
                id=_organization(number),
                labels=_texts(item.labels.values()),
                aliases=_texts(item.aliases),
                exact_match=(ENTITY + number,),
            )

    def _populations(self) -> Iterator[Observation]:
        told: set[str] = set()
        for one in self.statements[POPULATION]:
            values: dict[str, Any] = {
                "area": _city(one.teller),
                "measure": _POPULATION,
                "value": one.value,
                "unit": "unit/persons",
                "period": self._date(one, POINT),
            }
            record_id = ids.derive("Observation", values) or ""
            if record_id in told:
                self.report.note(self.file, "another population of the same time, left out", f"{record_id} {one.value}")
                continue
            told.add(record_id)
            yield Observation(id=record_id, **values, locators=(f"{one.teller} {POPULATION}",), cited=_cited([one]))

    def _agreements(self) -> Iterator[Agreement]:
        ties: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
        for one in self.statements[TWIN]:
            ties[tuple(sorted((one.teller, str(one.value))))].append(one)
        for pair, told in ties.items():
            parties = tuple(sorted(map(_city, pair)))
            shared = self._tie(told)
            tellers = {one.teller for one in told}
            silent = next((number for number in pair if number not in tellers), None)
            if silent and silent in self.gathered.heard:
                teller = next(iter(tellers))
                self.report.note(self.file, "a one-sided tie", f"{teller} names {silent}, which does not name it")
                one_sided = (
                    Text(f"One-sided: {teller} names {silent}, which does not name it.", "en"),
                    Text(f"یک‌سویه: {teller} از {silent} نام می‌برد، ولی {silent} از آن نام نمی‌برد.", "fa"),
                )
                shared["notes"] = _texts((*shared["notes"], *one_sided))
            yield Agreement(id=ids.agreement(_SISTER, parties), kind=_SISTER, parties=parties, **shared)

    def _memberships(self) -> Iterator[Membership]:
        ties: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for one in self.statements[MEMBER]:
            ties[one.teller, str(one.value)].append(one)
        for (city, body), told in ties.items():
            member, organization = _city(city), _organization(body)
            yield Membership(
                id=ids.membership(member, organization, _MEMBER),
                member=member,
                organization=organization,
                role=_MEMBER,
                **self._tie(told),
            )

    def _tie(self, told: list[Statement]) -> dict[str, Any]:
        """What its statements say of any tie, by property. One without an end is attested when Wikidata was seen."""
        start, end, notes = self._period(told)
        return {
            "start": start,
            "end": end,
            "attested": None if end else self.seen,
            "status": self._status(end),
            "notes": _texts(notes),
            "locators": _locators(told),
            "cited": _cited(told),
        }

    def _status(self, end: Date | None) -> str | None:
        """A tie whose end has come has ended; Wikidata says nothing of whether others are lived."""
        over = end and end.latest and self.seen and self.seen.latest and end.latest <= self.seen.latest
        return "status/ended" if over else None

    def _period(self, told: list[Statement]) -> tuple[Date | None, Date | None, tuple[Text, ...]]:
        """Start and end of a tie, and notes of what else its statements say of them.

        Of one side's statements the standing one counts, then the one that began last. Of the two sides' dates the more
        precise one counts, else the first.
        """
        sides: dict[str, tuple[Date | None, Date | None]] = {}
        other: list[str] = []
        for one in told:
            start, end = self._date(one, START), self._date(one, END)
            if start is None and (point := self._date(one, POINT)) and point.latest:
                start = from_edtf(f"/{point.edtf}")  # it stood then, so it began by then
            period = start, end
            held = sides.setdefault(one.teller, period)
            if held != period:
                sides[one.teller] = max(held, period, key=_standing)
                other.append(_shown(min(held, period, key=_standing)))
        chosen: list[Date | None] = []
        for ends in zip(*sides.values(), strict=True):
            claims = [date for date in ends if date]
            best = next((date for date in claims if all(one.contains(date) for one in claims)), None)
            chosen.append(best or next(iter(claims), None))
            if claims and best is None:
                other.extend(date.edtf for date in claims[1:])
        start, end = chosen
        about = " ".join(_locators(told)[:1])
        if other:
            self.report.note(self.file, "a tie with several periods; the others are in its note", about)
        if start and end and not start.can_precede(end):
            self.report.note(self.file, "a start after the end, left out; it is in the note", about)
            other.append(_shown((start, end)))
            start = None
        return (
            start,
            end,
            tuple(
                text
                for period in other
                for text in (Text(f"Also told: {period}.", "en"), Text(f"نیز گفته شده است: {period}.", "fa"))
            ),
        )

    def _date(self, one: Statement, qualifier: str) -> Date | None:
        dates = one.dates.get(qualifier, ())
        return self._one(f"{one.teller} {one.property} {one.value} {qualifier}", "date", sorted(dates, key=_edtf))

    def _one(self, of: str, what: str, found: Iterable[T]) -> T | None:
        """The first of several values where one may be; that there were more is noted."""
        values = sorted(found, key=str)
        if len(values) > 1:
            self.report.note(self.file, f"more than one {what}; the first stands", f"{of}: {len(values)}")
        return values[0] if values else None


def _city(number: str) -> str:
    return f"city/{number.lower()}"


def _organization(number: str) -> str:
    return f"organization/{number.lower()}"


def _texts(texts: Iterable[Text]) -> tuple[Text, ...]:
    return tuple(sorted(set(texts)))


def _locators(told: Iterable[Statement]) -> tuple[str, ...]:
    """Where statements stand, in the direction in which they are told: `Q3616 P190 Q43631`."""
    return tuple(sorted({f"{one.teller} {one.property} {one.value}" for one in told}))


def _cited(told: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(sorted({address for one in told for address in one.cited}))


def _edtf(date: Date) -> str:
    return date.edtf


def _standing(period: tuple[Date | None, Date | None]) -> tuple[bool, str]:
    start, end = period
    return end is None, start.edtf if start else ""


def _shown(period: tuple[Date | None, Date | None]) -> str:
    return " – ".join(date.edtf if date else "?" for date in period)


@cache
def _codes() -> dict[str, str]:
    """The ids of countries by their codes of ISO 3166-1."""
    table = read_delimited(Path(str(files("citydiplomacy.loaders") / "data" / "countries" / "countries.csv")))
    code = table.header.index("code")
    return {cells[code]: f"country/{cells[0]}" for _, cells in table.rows if cells[code]}
