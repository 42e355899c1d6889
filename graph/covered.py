"""Whether what a source tells agrees with what it says of itself: whose ties it collected, whose members it lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple

from .language.plurals import counted
from .model.records import Agreement, City, Membership, Source
from .store.reader import Store
from .store.rows import select

EXAMPLES = 3


class Contradiction(NamedTuple):
    """What a source tells and says of itself, and that the two differ."""

    record: str
    property: str
    message: str
    value: str


def disagreements(store: Store) -> Iterator[Contradiction]:
    """Ties of cities that a source does not say it covers, whole lists of members that are not told whole, and two of
    one date that differ."""
    yield from _ties_of_others(store)
    yield from _lists(store)
    yield from _lists_apart(store)


def _ties_of_others(store: Store) -> Iterator[Contradiction]:
    sources = list(store.records(Source))
    lands = {city.id: city.country for city in store.records(City)}
    for whole in (each for each in sources if each.collects):
        outside: dict[str, list[str]] = {}
        ties: Counter[str] = Counter()
        for source in (each.id for each in sources if whole.id in (each.id, each.collection)):
            for kind, tie, actors in _collected(store, source, whole.collects):
                cities = [actor for actor in actors if actor in lands]
                ties[kind] += 1
                if cities and not any({city, lands[city]} & set(whole.covers) for city in cities):
                    outside.setdefault(kind, []).append(tie)
        for kind, found in sorted(outside.items()):
            some = ", ".join(sorted(found)[:EXAMPLES]) + ", ..." * (len(found) > EXAMPLES)
            yield Contradiction(
                whole.id, "covers", f"{counted(len(found), kind)} of {ties[kind]} of no city that it covers", some
            )


def _collected(store: Store, source: str, kinds: Collection[str]) -> Iterator[tuple[str, str, Collection[str]]]:
    """The ties of some kinds that a source tells: the kind's name, the id, the actors."""
    if "tie-kind/agreement" in kinds:
        yield from (("agreement", tie.id, tie.parties) for tie in store.records(Agreement, source=source))
    elif "tie-kind/sister-city" in kinds:
        for tie in store.records(Agreement, source=source):
            if tie.kind == "agreement-kind/sister-city":
                yield "agreement", tie.id, tie.parties
    if "tie-kind/membership" in kinds:
        for place in store.records(Membership, source=source):
            if place.member:
                yield "membership", place.id, (place.member,)


_LISTS = """
SELECT ?source ?roster ?listed ?total ?told ?standing WHERE {
  {
    SELECT ?source ?roster (COUNT(DISTINCT ?member) AS ?told) (COUNT(DISTINCT ?now) AS ?standing) WHERE {
      GRAPH ?source {
        ?roster a cd:Roster ; org:organization ?body ; cd:coverage <https://w3id.org/citydiplomacy/coverage/whole> .
        OPTIONAL { ?roster dcterms:spatial ?only }
      }
      OPTIONAL {
        GRAPH ?source { ?tie a org:Membership ; org:organization ?body ; org:member ?member }
        BIND(IF(EXISTS { GRAPH ?source { ?tie cd:status ?over } ?over cd:stands false }, ?none, ?member) AS ?now)
        FILTER(!BOUND(?only) || EXISTS { ?member schema:containedInPlace ?only })
      }
    } GROUP BY ?source ?roster
  }
  OPTIONAL { GRAPH ?source { ?roster cd:listed ?listed } }
  OPTIONAL { GRAPH ?source { ?roster cd:total ?total } }
} ORDER BY ?source ?roster"""


def _lists(store: Store) -> Iterator[Contradiction]:
    for source, roster, listed, total, *told in select(store, _LISTS):
        of = f"{roster} in {source}"
        number, standing = (int(each or 0) for each in told)
        if listed is not None and total is not None and int(listed) != int(total):
            yield Contradiction(of, "total", f"a whole list of {counted(int(listed), 'member')} of {total}", total)
        if listed is not None and standing > int(listed):
            yield Contradiction(
                of,
                "listed",
                f"a whole list of {counted(int(listed), 'member')}, and {standing} are told",
                str(standing),
            )
        elif listed is not None and number < int(listed):
            members = counted(int(listed), "member")
            less = f"a whole list of {members}, and {number} are told: the others count as checked no"
            yield Contradiction(of, "listed", less, str(number))


_APART = """
SELECT ?source ?roster ?other ?twin ?member WHERE {
  GRAPH ?source {
    ?roster a cd:Roster ; org:organization ?body ; cd:coverage <https://w3id.org/citydiplomacy/coverage/whole> ;
      cd:attested ?date .
    OPTIONAL { ?roster dcterms:spatial ?only }
  }
  GRAPH ?other {
    ?twin a cd:Roster ; org:organization ?body ; cd:coverage <https://w3id.org/citydiplomacy/coverage/whole> ;
      cd:attested ?date .
    OPTIONAL { ?twin dcterms:spatial ?other_only }
  }
  FILTER(?source != ?other && COALESCE(?only, ?body) = COALESCE(?other_only, ?body))
  GRAPH ?source { ?tie org:organization ?body ; org:member ?member }
  FILTER NOT EXISTS { GRAPH ?source { ?tie cd:status ?over } ?over cd:stands false }
  FILTER(!BOUND(?only) || EXISTS { ?member schema:containedInPlace ?only })
  FILTER NOT EXISTS { GRAPH ?other { ?told org:organization ?body ; org:member ?member } }
} ORDER BY ?source ?roster ?other ?twin ?member"""


def _lists_apart(store: Store) -> Iterator[Contradiction]:
    apart: dict[tuple[str | None, ...], list[str]] = {}
    for *lists, member in select(store, _APART):
        apart.setdefault(tuple(lists), []).append(str(member))
    for (source, roster, other, twin), told in apart.items():
        members = list(dict.fromkeys(told))
        some = ", ".join(members[:EXAMPLES]) + ", ..." * (len(members) > EXAMPLES)
        number = counted(len(members), "member")
        lacking = f"{number} that {twin} ({other}), a whole list of the same date, does not name"
        yield Contradiction(f"{roster} in {source}", "organization", lacking, some)
