"""How influential is a city: the measures by name, for networks of ties and for memberships with graded roles."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from citydiplomacy.errors import UsageError

if TYPE_CHECKING:  # whoever only ranks what was measured needs no arrays, and starts sooner
    import networkx as nx

    from .centrality import Array, Ties

Node = TypeVar("Node", bound=Hashable)


@dataclass(frozen=True)
class Measure:
    """A measure of influence: its names, where its formula comes from, what its values mean."""

    name: str
    title_en: str
    title_fa: str
    reference: str
    """Where the formula comes from."""
    values: str
    """Range and unit of its values, and where there is none (None)."""
    lowest_first: bool = False
    """The lowest value is the most influential."""
    exact_up_to: float = math.inf
    """Nodes times ties, with which the work grows, up to which it is exact; beyond, it is one of `estimates`."""
    two_mode: bool = False
    """For networks of cities and organisations only, tied by service values (`RoleWeights.value`)."""

    def title(self, lang: str) -> str:
        """Its name in a language."""
        return self.title_fa if lang == "fa" else self.title_en

    def of(self, ties: Ties) -> Array:
        """Its values, by the function of its name in `centrality`."""
        from . import centrality

        function: Callable[[Ties], Array] = getattr(centrality, self.name)
        return function(ties)


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("degree", "Degree", "درجه", "Freeman 1978", "0 to N - 1 neighbours"),
        Measure(
            "strength",
            "Strength",
            "درجهٔ وزنی",
            "Barrat et al. 2004",
            "0 or more, in the unit of the weights",
        ),
        Measure(
            "betweenness",
            "Betweenness",
            "مرکزیت بینابینی",
            "Freeman 1977; Brandes 2001",
            "0 to 1, share of shortest paths",
            exact_up_to=1_000_000_000,  # some 25,000 cities with 40,000 ties
        ),
        Measure(
            "harmonic",
            "Harmonic closeness",
            "نزدیکی هارمونیک",
            "Marchiori and Latora 2000; Rochat 2009",
            "0 to N - 1, sum of 1/steps",
            exact_up_to=10_000_000_000,
        ),
        Measure(
            "eigenvector",
            "Eigenvector centrality",
            "مرکزیت بردار ویژه",
            "Bonacich 1972",
            "0 to 1, on the giant component only; None elsewhere",
        ),
        Measure(
            "pagerank",
            "PageRank",
            "پیج‌رنک",
            "Brin and Page 1998",
            "0 to 1, all together 1",
        ),
        Measure(
            "core",
            "Core number",
            "عدد هسته",
            "Seidman 1983; Batagelj and Zaversnik 2003",
            "0 to N - 1, the largest k of a k-core",
        ),
        Measure(
            "constraint",
            "Burt's constraint",
            "محدودیت ساختاری برت",
            "Burt 1992, eq. 2.4; Burt 2004",
            "above 0, seldom above 1, low is brokerage; None for isolates",
            lowest_first=True,
        ),
        Measure(
            "clustering",
            "Local clustering",
            "ضریب خوشه‌بندی",
            "Watts and Strogatz 1998",
            "0 to 1, share of pairs of neighbours that are tied; None with fewer than two",
            lowest_first=True,
        ),
        Measure(
            "interlocking",
            "Interlocking connectivity",
            "پیوستگی در شبکهٔ درهم‌تنیده",
            "Taylor 2001",
            "0 or more, squared service values",
            two_mode=True,
        ),
    )
}
"""All measures by name."""


def influence(graph: nx.Graph[Node], measures: Sequence[str] | None = None) -> dict[str, dict[Node, float | None]]:
    """The exact values of measures (by default all that are not two-mode) of all nodes: measure, node, value.

    Ties count in both directions and once a pair (see `Ties.of`); `MEASURES` says what the values mean. Nodes come
    sorted. None is a value that is not defined. A two-mode measure takes a bipartite graph whose `weight` is the
    service value, and gives organisations a value too: how far they are interlocked by shared cities.

    Raises UsageError for an unknown measure or a two-mode one on a graph that is not bipartite, ValueError for a weight
    that is not positive and finite.
    """
    import networkx as nx

    from .centrality import Ties

    names = [m.name for m in MEASURES.values() if not m.two_mode] if measures is None else measures
    for name in names:
        if name not in MEASURES:
            raise UsageError(f"unknown measure {name!r}", hint=f"Measures: {', '.join(MEASURES)}.")
        if MEASURES[name].two_mode and not nx.is_bipartite(graph):
            raise UsageError(f"{name} needs a network of cities and organisations, without ties among cities")
    ties = Ties.of(graph)
    nodes: tuple[Any, ...] = ties.nodes
    return {name: dict(zip(nodes, told(MEASURES[name].of(ties)), strict=True)) for name in names}


@dataclass(frozen=True)
class RoleWeights:
    """What a place in an organisation is worth: by grade of the role, and added for its bonuses.

    Grades (`cd:grade`): 0 none, 1 observer, 2 full, 3 privileged. Bonuses (`cd:bonus`): 1 founder, 2 host, 3 both.
    Raises ValueError if a weight is negative or not finite.
    """

    none: float = 0
    observer: float = 1
    full: float = 2
    privileged: float = 3
    founder: float = 1
    host: float = 2

    def __post_init__(self) -> None:
        for field in fields(self):
            weight = getattr(self, field.name)
            if not 0 <= weight < math.inf:
                raise ValueError(f"the weight of {field.name} is {weight}: it must be 0 or more, and finite")

    def value(self, grade: int, bonus: int = 0) -> float:
        """The service value of a place. Raises ValueError for a grade or bonus out of range."""
        if grade not in range(4) or bonus not in range(4):
            raise ValueError(f"grade {grade} with bonus {bonus}: both must be whole numbers from 0 to 3")
        by_grade = (self.none, self.observer, self.full, self.privileged)
        return by_grade[grade] + self.founder * (bonus & 1) + self.host * (bonus >> 1)


DEFAULT_WEIGHTS = RoleWeights()

RoleHeld = tuple[Node, Hashable, int] | tuple[Node, Hashable, int, int]
"""City, organisation, grade of the role, and its bonus (0 if left out)."""


def service_values(
    roles: Iterable[RoleHeld[Node]], *, weights: RoleWeights = DEFAULT_WEIGHTS
) -> dict[tuple[Node, Hashable], float]:
    """What each city's places in each organisation are worth together: (city, organisation), value.

    Of several roles in one organisation the highest grade counts, plus each kind of bonus once: a founder who hosts two
    offices has 2 + 1 + 2 by the default weights.
    """
    best: dict[tuple[Node, Hashable], tuple[int, int]] = {}
    for city, organization, grade, *rest in roles:
        bonus = rest[0] if rest else 0
        weights.value(grade, bonus)  # refuses what is out of range before it is merged
        old_grade, old_bonus = best.get((city, organization), (0, 0))
        best[city, organization] = max(grade, old_grade), bonus | old_bonus
    return {pair: weights.value(*graded) for pair, graded in best.items()}


def interlocking(triples: Iterable[RoleHeld[Node]], *, weights: RoleWeights = DEFAULT_WEIGHTS) -> dict[Node, float]:
    """Connectivity of cities in the interlocking network of their organisations, in squared service values.

    Taylor 2001, Geographical Analysis 33, 181-194: with v_aj the service value of city a in organisation j,
    r_ab = sum_j v_aj v_bj, and the connectivity of a is N_a = sum over b other than a of r_ab. Taylor's values 0 to 5
    are those of a firm's office; here they are of graded roles (`RoleWeights`, `service_values`), 0 to 6.

    `triples` are (city, organisation, grade) or (city, organisation, grade, bonus), in any order. Cities come sorted; a
    city that shares no organisation has 0.
    """
    from .centrality import interlock
    from .projections import TwoMode

    two_mode = TwoMode.of(service_values(triples, weights=weights))
    return dict(zip(two_mode.cities, interlock(two_mode.value).tolist(), strict=True))


def ranks(values: Mapping[Node, float | None], *, lowest_first: bool = False) -> dict[Node, int]:
    """Competition ranks (1, 2, 2, 4), the highest value first unless told otherwise; what has no value has no rank.

    Values that differ by a 10^9th part or less are equal, so that the last digits of a computation decide nothing.
    """
    known = [(value, node) for node, value in values.items() if value is not None and not math.isnan(value)]
    known.sort(key=itemgetter(0), reverse=not lowest_first)
    result: dict[Node, int] = {}
    first, rank = math.nan, 0
    for position, (value, node) in enumerate(known, start=1):
        if not math.isclose(value, first, rel_tol=1e-9, abs_tol=1e-13):
            first, rank = value, position
        result[node] = rank
    return result


def rank_ranges(bounds: Mapping[Node, tuple[float, float]]) -> dict[Node, tuple[int, int]]:
    """The best and the worst competition rank that each node may have, the highest value first.

    bounds: between what each value lies; that of others may be as good as the bounds let it be.
    """
    lowest, highest = (sorted(ends) for ends in zip(*bounds.values(), strict=True)) if bounds else ([], [])
    size = len(bounds)
    return {
        node: (
            1 + size - bisect_right(lowest, upper),
            1 + size - bisect_right(highest, lower) - (upper > lower),
        )
        for node, (lower, upper) in bounds.items()
    }


def told(values: Array) -> list[float | None]:
    """Values as plain numbers; None where there is none."""
    return [None if math.isnan(value) else value for value in values.tolist()]
