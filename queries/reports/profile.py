"""One city as its records show it: what comparison and gaps are made of, each part by a question of the library."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes

from ..library import catalogue
from ..library.questions import run
from ..measures.influence import service_values
from ..wording.speech import Speech

Row = Mapping[str, Any]
"""A row of an answer by column name."""

MEMBER_GRADE = 2
LEADING_GRADE = 3
HOSTING_BONUS = 2
OTHER_AGREEMENTS = ("agreement-kind/memorandum", "agreement-kind/friendship", "agreement-kind/cooperation")


@dataclass(frozen=True)
class Figure:
    """The claim that stands for a measure of a city: the best of all that are told, whatever their period."""

    value: Decimal
    upper: Decimal | None
    qualifier: str | None
    period: Date | None
    sources: int
    reliability: int
    """Of its best source, 1 (weak) to 5."""
    disputed: bool
    """Sources that cannot be reconciled speak of this measure, or a reader marked them as disagreeing."""
    lowest: Decimal
    highest: Decimal
    """Of all figures told of the measure."""


@dataclass(frozen=True)
class Role:
    """A place in an organisation that stands."""

    organization: str
    organization_name: str
    role: str
    role_name: str
    grade: int
    bonus: int
    since: Date | None
    sources: tuple[str, ...]

    @property
    def height(self) -> tuple[int, int]:
        """Roles in order: by grade, then as their scheme lists them, the highest last."""
        return self.grade, list(schemes()["role"]).index(self.role)


@dataclass(frozen=True)
class CityProfile:
    """A city, in one language. A count is None where nothing of its kind is told: unknown, not none."""

    id: str
    name: str
    country: str | None
    sister_cities: tuple[Row, ...]
    """Standing ones, with their country and world region."""
    balance: tuple[Row, ...]
    """Agreements, missions and flights by kind and status."""
    countries: tuple[Row, ...]
    """Foreign countries reached."""
    memberships: tuple[Row, ...]
    """All that are told, also those that do not stand: rows of `memberships`."""
    statistics: tuple[Row, ...]
    needs: tuple[Row, ...]
    unaddressed: tuple[Row, ...]
    studies: tuple[Row, ...]
    barriers: frozenset[str]
    sources: tuple[Row, ...]
    disagreements: tuple[Row, ...]
    unknowns: tuple[Row, ...]
    claims: int
    single_source: int
    disputed: int

    def ties(self, record_kind: str, kinds: Iterable[str] = (), statuses: Iterable[str] = ()) -> int | None:
        """How many ties of some kinds there are: those that count, or those in one of the statuses."""
        return _sum(self._ties(record_kind, kinds), "ties", set(statuses))

    def destinations(self) -> int | None:
        """How many cities there are direct flights to or from."""
        return _sum(self._ties("route"), "partners")

    def behind(self, record_kind: str, kinds: Iterable[str] = ()) -> int | None:
        """How many sources tell of the ties of some kinds that count."""
        ties = self._ties(record_kind, kinds)
        return len({source for row in ties if _chosen(row) for source in row["sources"]}) or None

    def _ties(self, record_kind: str, kinds: Iterable[str] = ()) -> list[Row]:
        wanted = set(kinds)
        return [
            row for row in self.balance if row["record_kind"] == record_kind and (not wanted or row["kind"] in wanted)
        ]

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """Those of the memberships that stand."""
        return tuple(_role(row) for row in self.memberships if row["stands"] == "yes")

    @cached_property
    def networks(self) -> dict[str, str]:
        """Organisations that the city is a member of: id, name."""
        return {role.organization: role.organization_name for role in self.roles if role.grade >= MEMBER_GRADE}

    @cached_property
    def leading(self) -> tuple[Role, ...]:
        """Roles of the highest grade, the highest first."""
        leading = (role for role in self.roles if role.grade >= LEADING_GRADE)
        return tuple(sorted(leading, key=lambda role: role.height, reverse=True))

    @cached_property
    def hosting(self) -> tuple[Role, ...]:
        """Roles of a host."""
        return tuple(role for role in self.roles if role.bonus & HOSTING_BONUS)

    @cached_property
    def weight(self) -> int | None:
        """The service value of all roles together (influence.RoleWeights)."""
        held = [(self.id, role.organization, role.grade, role.bonus) for role in self.roles]
        return round(sum(service_values(held).values())) if held else None

    @cached_property
    def undated(self) -> int | None:
        """Ties without any date."""
        ties = [row for row in self.unknowns if row["record_kind"] != "observation"]
        return sum(row["no_date"] for row in ties) if ties else None

    @cached_property
    def _reliability(self) -> dict[str, int]:
        return {row["source"]: row["reliability"] for row in self.sources}

    def figure(self, measure: str) -> Figure | None:
        """The best figure of a measure of the whole city: by the reliability of its sources, then the later period,
        then how many tell it."""
        figures = [row for row in self.statistics if row["measure"] == f"measure/{measure}" and row["topic"] is None]
        if not figures:
            return None

        def reliability(row: Row) -> int:
            return max((self._reliability.get(source, 1) for source in row["sources"]), default=1)

        def rank(row: Row) -> tuple[int, str, int]:
            period = date(row["period"])
            latest = period.latest.isoformat() if period and period.latest else ""
            return reliability(row), latest, len(row["sources"])

        best = max(figures, key=rank)
        marked = any((row["claim"] or "").startswith(f"observation/{measure}/") for row in self.disagreements)
        return Figure(
            value=best["value"],
            upper=best["upper"],
            qualifier=best["qualifier_name"],
            period=date(best["period"]),
            sources=len(best["sources"]),
            reliability=reliability(best),
            disputed=marked or any(row["disputed"] == "yes" for row in figures),
            lowest=min(row["value"] for row in figures),
            highest=max(row["upper"] or row["value"] for row in figures),
        )


def profile(store: Store, city: str, lang: str) -> CityProfile:
    """Everything the store shows of a city. Raises UsageError if it does not have it."""

    def asked(question: str) -> tuple[Row, ...]:
        return ask(store, question, lang, city=city)

    (located,) = asked("city-place")[:1]
    needs, unaddressed = asked("needs"), asked("needs-unaddressed")
    return CityProfile(
        id=city,
        name=located["place_name"],
        country=located["country"],
        sister_cities=distinct(asked("sister-cities-by-place"), "partner"),
        balance=asked("tie-balance"),
        countries=asked("countries-reached"),
        memberships=asked("memberships"),
        statistics=asked("statistics"),
        needs=distinct(needs, "need"),
        unaddressed=distinct(unaddressed, "need"),
        studies=asked("studies"),
        barriers=frozenset(row["barrier"] for row in asked("barriers")),
        sources=asked("sources-of-city"),
        disagreements=asked("disagreements"),
        unknowns=asked("unknowns"),
        claims=asked("claim-count")[0]["claims"],
        single_source=len(asked("single-source")),
        disputed=len({row["claim"] for row in asked("disputed-claims")}),
    )


def ask(store: Store, question: str, lang: str, **values: str) -> tuple[Row, ...]:
    """The rows of a saved question, named; the language goes to those that have names to give."""
    if "lang" in catalogue.question(question).by_name:
        values["lang"] = lang
    return tuple(run(store, question, values).records())


def distinct(rows: Iterable[Row], key: str) -> tuple[Row, ...]:
    """The first row of each value of a column: a need scored by two panels is one need."""
    first: dict[Any, Row] = {}
    for row in rows:
        first.setdefault(row[key], row)
    return tuple(first.values())


def date(edtf: str | None) -> Date | None:
    """A date of an answer."""
    return parse_date(edtf) if edtf else None


def status(say: Speech, row: Row) -> str | None:
    """What a row tells of a tie's status and of its end; None where it tells neither."""
    end = date(row.get("end"))
    told = [row["status_name"] or "", say(f"until {say.date(end)}", f"تا {say.date(end)}") if end else ""]
    return say(", ", "، ").join(filter(None, told)) or None


def _sum(ties: Collection[Row], column: str, statuses: Collection[str] = ()) -> int | None:
    """The sum of a column over what is chosen: unknown where nothing is told, or only what may stand and may not."""
    number: int = sum(row[column] for row in ties if _chosen(row, statuses))
    unsure = not statuses and any(row["stands"] == "unknown" for row in ties)
    return number if number or (ties and not unsure) else None


def _chosen(row: Row, statuses: Collection[str] = ()) -> bool:
    return row["status"] in statuses if statuses else row["stands"] == "yes"


def _role(row: Row) -> Role:
    concept = schemes()["role"][row["role"]]
    return Role(
        organization=row["organization"],
        organization_name=row["organization_name"],
        role=row["role"],
        role_name=row["role_name"],
        grade=concept.grade or 0,
        bonus=concept.bonus or 0,
        since=date(row["start"]),
        sources=row["sources"],
    )
