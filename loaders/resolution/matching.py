"""New cities against known ones and against each other: which surely are one, and which may be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from math import inf

from citydiplomacy.graph.model.ids import slug

from ..names.kind_words import MUNICIPALITY
from ..names.place_names import PlaceName
from .background import Background, background
from .candidates import pairs
from .clusters import Clusters
from .profiles import ToldCity
from .scoring import SURE, WAITING, Level, Score, score

Pair = tuple[str, str]


@dataclass
class Matching:
    """What came of a comparison. compared: pairs scored. same: id -> (id by which it is known, score). waiting: pairs
    of ids that may be one, each with its best score.
    """

    compared: int = 0
    same: dict[str, tuple[str, Score]] = field(default_factory=dict)
    waiting: dict[tuple[str, str], Score] = field(default_factory=dict)


def match(
    known: Iterable[ToldCity],
    new: Iterable[ToldCity],
    tied: Collection[Pair] = (),
    taken: Collection[str] = (),
    told: Collection[Pair] = (),
    sure: float = SURE,
) -> Matching:
    """Compare cities. Pairs of ids are sorted.

    tied: pairs that have a tie with each other, so are not one. taken: ids that no group of new cities may be given,
    unless one of it has it. told: pairs that wait already. sure: the weight from which a match is made;
    with infinity none is.
    """
    cities = [*known, *(_alike(new) if sure < inf else sorted(new, key=lambda city: city.ids))]
    seen = background(cities, tied)
    scores, groups, joined = _joined(cities, seen, sure)
    regions = _regions([cities[position] for position in group] for group in joined)
    if joined and (tied or regions):  # once more, with partners that turned out to be one as one, and known regions
        same = {one: cities[group[0]].ids[0] for group in joined for position in group for one in cities[position].ids}
        again = replace(background(cities, tied, same), regions=regions)
        scores, groups, joined = _joined(cities, again, sure, seen.ties)
    found = Matching(len(scores))
    group_of = {position: group for group in joined for position in group}
    name_of: dict[int, str] = {}
    given: set[str] = set()
    for position in range(len(cities)):
        group = group_of.get(position, [position])
        if position == group[0]:
            name = _name([cities[i] for i in group], taken, given)
            given.add(name)
            name_of.update(dict.fromkeys(group, name))
    likely = {pair: scored for pair, scored in scores.items() if scored is not None and scored.weight >= WAITING}
    best = _best(likely, group_of)
    for position, city in enumerate(cities):
        for record_id in city.ids:
            if record_id != name_of[position]:
                found.same[record_id] = name_of[position], best.get(position) or _itself(city)
    waiting = []
    for (one, other), scored in likely.items():
        if groups.of(one) is groups.of(other) or groups.are_tied(one, other):
            continue
        objected = scored.but_taken() if groups.bear_different_numbers(one, other) else scored
        if objected.weight >= WAITING:
            waiting.append((-objected.weight, one, other, objected))
    for _, one, other, scored in sorted(waiting, key=lambda pair: pair[:3]):
        ids = name_of[other], name_of[one]
        if found.waiting.keys().isdisjoint((ids, ids[::-1])) and (min(ids), max(ids)) not in told:
            found.waiting[ids] = scored
    return found


def _joined(
    cities: Sequence[ToldCity], seen: Background, sure: float, partners: Mapping[str, Iterable[str]] | None = None
) -> tuple[dict[tuple[int, int], Score | None], Clusters, list[list[int]]]:
    """The scores of all pairs compared, and the groups of those that surely are one."""
    scores = {pair: score(cities[pair[0]], cities[pair[1]], seen) for pair in pairs(cities, seen)}
    groups = Clusters(cities, partners or seen.ties)
    weights = {pair: scored.weight for pair, scored in scores.items() if scored and scored.weight >= sure}
    for pair in _through_a_third(cities, scores, weights, sure):
        del weights[pair]
    joined = groups.join((weight, *pair) for pair, weight in weights.items())
    return scores, groups, joined


def _through_a_third(
    cities: Sequence[ToldCity],
    scores: Mapping[tuple[int, int], Score | None],
    weights: Mapping[tuple[int, int], float],
    sure: float,
) -> set[tuple[int, int]]:
    """Of pairs that surely are one those that would join two rows of a list which their partners alone tell apart.

    Where no place is told either may be that third: it is the likelier, and neither if both are as likely.
    """
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in weights:
        near[one].add(other)
        near[other].add(one)
    found: set[tuple[int, int]] = set()
    for (one, other), scored in scores.items():
        if cities[one].place or cities[other].place or scored is None or scored.weight >= sure:
            continue
        if scored.weight - scored.of(Level.NO_PARTNERS) < sure:
            continue
        for third in near[one] & near[other]:
            claims = [(min(row, third), max(row, third)) for row in (one, other)]
            best = max(weights[pair] for pair in claims)
            likelier = [pair for pair in claims if weights[pair] == best]
            found.update(pair for pair in claims if len(likelier) > 1 or pair not in likelier)
    return found


def _regions(groups: Iterable[Sequence[ToldCity]]) -> dict[str, dict[str, tuple[float, float]]]:
    """By the region that a list tells of a row without a place the known cities that such rows were found to be."""
    regions: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    for group in groups:
        places = {city.ids[0]: city.place for city in group if city.known and city.place}
        for region in {city.region for city in group if city.region and not city.known and not city.place}:
            regions[region].update(places)
    return dict(regions)


def _alike(new: Iterable[ToldCity]) -> list[ToldCity]:
    """Cities of which all is the same, the place too, as one: lists repeat a city once for each of its rows."""
    groups: dict[ToldCity, list[ToldCity]] = defaultdict(list)
    for city in new:
        groups[replace(city, ids=(), lists=frozenset()) if city.place else city].append(city)
    return sorted(
        (
            replace(
                city,
                ids=tuple(sorted(one for each in several for one in each.ids)),
                lists=frozenset().union(*(each.lists for each in several)),
            )
            for city, several in groups.items()
        ),
        key=lambda city: city.ids,
    )


def _itself(city: ToldCity) -> Score:
    scored = score(city, city)
    assert scored is not None
    return scored


def _best(scores: dict[tuple[int, int], Score], group_of: dict[int, list[int]]) -> dict[int, Score]:
    """For each position the best score of a pair within its group."""
    best: dict[int, Score] = {}
    for pair, scored in scores.items():
        if group_of.get(pair[0]) is group_of.get(pair[1]) is not None:
            for position in pair:
                if position not in best or best[position].weight < scored.weight:
                    best[position] = scored
    return best


def _name(group: Sequence[ToldCity], taken: Collection[str], given: Collection[str]) -> str:
    """The id of a group: that of its known city, of its only one, or a readable one that is free."""
    ids = [record_id for city in group for record_id in city.ids]
    for city in group:
        if city.known:
            return city.ids[0]
    if len(ids) == 1:
        return ids[0]
    spelled = Counter(_written(name) for city in group for name in city.spelled for _ in city.ids if not name.halved)
    if not spelled:
        return ids[0]
    name = slug(min(spelled, key=lambda latin: (-spelled[latin], len(latin), latin)))
    country = next((city.country.partition("/")[2] for city in group if city.country), "")
    plain = f"city/{name}"
    longer = f"{plain}-{country}" if country else plain
    tries = chain((plain, longer), (f"{longer}-{number}" for number in count(2)))
    return next(one for one in tries if one not in given and (one not in taken or one in ids))


def _written(name: PlaceName) -> str:
    """A name in Latin letters, as an id is made of it; what it says of its kind and in brackets belongs to it."""
    return " ".join(part.latin for part in (name.head, *name.rest)) if name.kinds <= {MUNICIPALITY} else name.whole
