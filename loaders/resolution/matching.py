"""New cities against known ones and against each other: which surely are one, and which may be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from citydiplomacy.graph.model.ids import slug

from .candidates import pairs
from .clusters import are_tied, clusters
from .profiles import CityProfile
from .scoring import SURE, WAITING, Score, frequencies, score

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
    known: Iterable[CityProfile],
    new: Iterable[CityProfile],
    tied: Collection[Pair] = (),
    taken: Collection[str] = (),
    told: Collection[Pair] = (),
) -> Matching:
    """Compare cities. Pairs of ids are sorted.

    tied: pairs that have a tie with each other, so are not one. taken: ids that no group of new cities may be given,
    unless one of it has it. told: pairs that wait already.
    """
    cities = [*known, *_alike(new)]
    counted = frequencies(cities)
    found = Matching()
    scores: dict[tuple[int, int], Score] = {}
    for one, other in pairs(cities):
        found.compared += 1
        scored = score(cities[one], cities[other], counted)
        if scored is not None and scored.weight >= WAITING:
            scores[one, other] = scored
    groups = clusters(
        cities, [(scored.weight, *pair) for pair, scored in scores.items() if scored.weight >= SURE], tied
    )
    group_of = {position: group for group in groups for position in group}
    name_of: dict[int, str] = {}
    given: set[str] = set()
    for position in range(len(cities)):
        group = group_of.get(position, [position])
        if position == group[0]:
            name = _name([cities[i] for i in group], taken, given)
            given.add(name)
            name_of.update(dict.fromkeys(group, name))
    best = _best(scores, group_of)
    for position, city in enumerate(cities):
        for record_id in city.ids:
            if record_id != name_of[position]:
                found.same[record_id] = name_of[position], best.get(position) or _itself(city)
    for (one, other), scored in sorted(scores.items(), key=lambda item: -item[1].weight):
        first, second = group_of.get(one, [one]), group_of.get(other, [other])
        if first is second or are_tied([cities[i] for i in first], [cities[i] for i in second], tied):
            continue
        ids = name_of[other], name_of[one]
        if found.waiting.keys().isdisjoint((ids, ids[::-1])) and (min(ids), max(ids)) not in told:
            found.waiting[ids] = scored
    return found


def _alike(new: Iterable[CityProfile]) -> list[CityProfile]:
    """Cities of which all is the same, the place too, as one: lists repeat a city once for each of its rows."""
    groups: dict[CityProfile, list[str]] = defaultdict(list)
    for city in new:
        groups[replace(city, ids=() if city.place else city.ids)].extend(city.ids)
    return sorted((replace(city, ids=tuple(sorted(ids))) for city, ids in groups.items()), key=lambda city: city.ids)


def _itself(city: CityProfile) -> Score:
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


def _name(group: Sequence[CityProfile], taken: Collection[str], given: Collection[str]) -> str:
    """The id of a group: that of its known city, of its only one, or a readable one that is free."""
    ids = [record_id for city in group for record_id in city.ids]
    for city in group:
        if city.known:
            return city.ids[0]
    if len(ids) == 1:
        return ids[0]
    spelled = Counter(name.latin for city in group for name in city.spelled for _ in city.ids)
    if not spelled:
        return ids[0]
    name = slug(min(spelled, key=lambda latin: (-spelled[latin], len(latin), latin)))
    country = next((city.country.partition("/")[2] for city in group if city.country), "")
    plain = f"city/{name}"
    longer = f"{plain}-{country}" if country else plain
    tries = chain((plain, longer), (f"{longer}-{number}" for number in count(2)))
    return next(one for one in tries if one not in given and (one not in taken or one in ids))
