"""One city as its records show it: what comparison and gaps are made of, each part by a question of the library."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from citydiplomacy.graph.language.dates import told_date
from citydiplomacy.graph.model.records import Observation
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes

from ..measures.influence import service_values
from ..standing import coverage
from ..standing.best_figure import BestFigure, best
from ..standing.tie_strength import of_cities
from ..wording.evidence import Figure, MeasureValue, Named
from ..wording.rows import Row, Rows, ask
from ..wording.speech import Speech
from .roles import Role, role_of, told_on

MEMBER_GRADES = (2, 3)
LEADING_GRADE = 3
HOSTING_BONUS = 2
SISTER = "agreement-kind/sister-city"
OTHER_AGREEMENTS = ("agreement-kind/memorandum", "agreement-kind/friendship", "agreement-kind/cooperation")


@dataclass(frozen=True)
class CityProfile:
    """A city, in one language. A count is None where nothing of its kind is told: unknown, not none."""

    place: Rows
    """One row: its id, name and country."""
    sister_cities: Rows
    """Standing ones, with their country and world region."""
    strength: Rows
    """Ties with each voice that tells them: rows of `tie-strength`."""
    agreements: Rows
    """All that are told, also those that do not stand."""
    balance: Rows
    """Agreements, missions and flights by kind and status."""
    countries: Rows
    """Countries reached but its own; with no country told of it, all: one of them may be its own."""
    memberships: Rows
    """All that are told, also those that do not stand: rows of `memberships`."""
    statistics: Rows
    needs: Rows
    unaddressed: Rows
    studies: Rows
    barriers: frozenset[str]
    sources: Rows
    """Those behind the claims."""
    disagreements: Rows
    unknowns: Rows
    claims: Figure
    """Records that tell of the city: ties, figures, needs and judgements, without the record of the city itself."""
    single_source: Figure
    """Those of the claims that one voice alone tells."""
    disputed: Figure
    """Those of the claims on which sources cannot be reconciled."""
    contested: Mapping[str, tuple[Decimal, ...]]
    """Measure of the whole city -> all numbers that sources which cannot be reconciled say of one time."""
    covering: Rows
    """Who set out to collect its ties: rows of `coverage`."""
    uncollected: frozenset[str]
    """Kinds of ties that nobody set out to collect of it, though somebody did of others."""

    @property
    def id(self) -> str:
        """Its id."""
        city: str = self.place[0]["place"]
        return city

    @property
    def named(self) -> Named:
        """Its name, as a mark."""
        return self.place.name("place")

    @property
    def name(self) -> str:
        """Its name."""
        return self.named.name

    @property
    def abroad(self) -> Rows:
        """The foreign countries reached; none where its own is not told, since then nobody knows which are foreign."""
        return self.countries if self.country else self.countries.where(country=())

    @property
    def country(self) -> str | None:
        """The id of its country."""
        country: str | None = self.place[0]["country"]
        return country

    def ties(self, record_kind: str, kinds: Collection[str] = (), statuses: Collection[str] = ()) -> Figure | None:
        """How many ties of some kinds there are: those that count, or those in one of the statuses."""
        return _sum(self._ties(record_kind, kinds), "ties", statuses)

    def sisters(self, stands: str) -> Rows:
        """The sister-city ties with cities that stand (`yes`) or may (`unknown`): rows of `tie-strength`."""
        return of_cities(self.strength.where(kind=SISTER, stands=stands))

    @cached_property
    def sisters_known(self) -> bool:
        """Whether it is known if sister cities stand: some do, or some are told and none of them does."""
        told = of_cities(self.strength.where(kind=SISTER))
        return bool(self.sister_cities or (told and not told.where(stands="unknown")))

    def destinations(self) -> Figure | None:
        """How many cities there are direct flights to or from."""
        return _sum(self._ties("route"), "partners")

    def behind(self, record_kind: str, kinds: Collection[str] = ()) -> int | None:
        """How many sources tell of the ties of some kinds that count."""
        ties = _chosen(self._ties(record_kind, kinds))
        return len({source for row in ties for source in row["sources"]}) or None

    def _ties(self, record_kind: str, kinds: Collection[str] = ()) -> Rows:
        of_kind = self.balance.where(record_kind=record_kind)
        return of_kind.where(kind=kinds) if kinds else of_kind

    @cached_property
    def places(self) -> Rows:
        """Those of the memberships that stand; of roles that exclude one another in a body the one that counts."""
        return self.memberships.where(counts="yes")

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """What is held in the places that stand."""
        return tuple(map(role_of, self.places))

    @cached_property
    def networks(self) -> Figure:
        """How many organisations the city is a member of."""
        return self.places.where(grade=MEMBER_GRADES).distinct("organization")

    @cached_property
    def leading(self) -> Rows:
        """Places in a role of the highest grade, the highest first."""
        leading = self.places.where(grade=LEADING_GRADE)
        return leading.ordered(lambda row: role_of(row).height, reverse=True)

    @cached_property
    def offices(self) -> Rows:
        """Places in a role of the highest grade that stand or may, the highest first: of a body without those that were
        last told before one of which it is not known whether it is over."""
        held = self.memberships.where(grade=LEADING_GRADE, counts=("yes", "unknown"))
        perhaps = held.where(counts="unknown").without(end=None)
        latest = {row["organization"]: told_on(row) for row in perhaps}
        last = [
            row["membership"]
            for row in (*held.where(counts="yes"), *perhaps)
            if told_on(row) >= latest.get(row["organization"], "")
        ]
        return held.where(membership=sorted(last)).ordered(
            lambda row: (*role_of(row).height, told_on(row), row["membership"]), reverse=True
        )

    @cached_property
    def hosting(self) -> Rows:
        """Places of a host."""
        hosts = [role for role, concept in schemes()["role"].items() if (concept.bonus or 0) & HOSTING_BONUS]
        return self.places.where(role=hosts)

    @cached_property
    def weight(self) -> Figure | None:
        """The service value of all roles together (influence.RoleWeights)."""
        held = [(self.id, role.organization, role.grade, role.bonus) for role in self.roles]
        if not held:
            return None
        value = round(sum(service_values(held).values()))
        return Figure(value, MeasureValue("role-weight", (self.id,), "memberships"))

    @cached_property
    def undated(self) -> int | None:
        """Ties without any date."""
        ties = [row for row in self.unknowns if row["record_kind"] != "observation"]
        return sum(row["no_date"] for row in ties) if ties else None

    @cached_property
    def _voices(self) -> dict[str, str]:
        return {row["source"]: row["voice"] for row in self.sources}

    @cached_property
    def _reliability(self) -> dict[str, int]:
        return {row["source"]: row["reliability"] for row in self.sources}

    def figure(self, measure: str) -> BestFigure | None:
        """The figure of a measure of the whole city that stands by `figure_rank`."""
        figures = self.statistics.where(measure=f"measure/{measure}", topic=None)
        marked = any((row["claim"] or "").startswith(f"observation/{measure}/") for row in self.disagreements)
        contested = self.contested.get(f"measure/{measure}", ())
        return best(figures, self._reliability, self._voices, contested=contested, marked=marked) if figures else None


def profile(store: Store, city: str, lang: str) -> CityProfile:
    """Everything the store shows of a city. Raises UsageError if it does not have it."""

    def asked(question: str) -> Rows:
        return ask(store, question, lang, city=city)

    disputed = asked("disputed-claims")
    return CityProfile(
        place=asked("city-place").first_of("place"),
        sister_cities=asked("sister-cities-by-place").first_of("partner"),
        strength=asked("tie-strength"),
        agreements=asked("agreements"),
        balance=asked("tie-balance"),
        countries=asked("countries-reached"),
        memberships=asked("memberships"),
        statistics=asked("statistics"),
        needs=asked("needs").first_of("need"),
        unaddressed=asked("needs-unaddressed").first_of("need"),
        studies=asked("studies"),
        barriers=frozenset(row["barrier"] for row in asked("barriers")),
        sources=asked("sources-of-city").without(claims=0),
        disagreements=asked("disagreements"),
        unknowns=asked("unknowns"),
        claims=asked("claim-count").value("claims"),
        single_source=asked("single-source").distinct("claim"),
        disputed=disputed.without(claim=city).distinct("claim"),
        contested=_contested(store, disputed),
        covering=asked("coverage"),
        uncollected=coverage.uncollected(
            store, city, (coverage.SISTER_CITIES, coverage.MEMBERSHIPS, coverage.AGREEMENTS)
        ),
    )


def _contested(store: Store, disputed: Rows) -> dict[str, tuple[Decimal, ...]]:
    found: dict[str, tuple[Decimal, ...]] = {}
    for row in disputed.where(property=("cd:value", "cd:upper")):
        figure = store.get(row["claim"])
        if isinstance(figure, Observation) and figure.topic is None:
            found[figure.measure] = (*found.get(figure.measure, ()), row["value_text"])
    return found


def status(say: Speech, row: Row) -> str | None:
    """What a row tells of a tie's status and of its end; None where it tells neither."""
    end = told_date(row.get("end"))
    told = [row["status_name"] or "", say.until(end) if end else ""]
    return say(", ", "، ").join(filter(None, told)) or None


def _sum(ties: Rows, column: str, statuses: Collection[str] = ()) -> Figure | None:
    """The sum of a column over what is chosen: unknown where nothing is told, or only what may stand and may not."""
    number = _chosen(ties, statuses).sum(column)
    unsure = not statuses and ties.where(stands="unknown")
    return number if number or (ties and not unsure) else None


def _chosen(ties: Rows, statuses: Collection[str] = ()) -> Rows:
    return ties.where(status=statuses) if statuses else ties.where(stands="yes")
