"""What must be true of a record by itself, and of the records of one source together.

Loaders refuse what fails here; `citydip validate` looks again at everything that a store holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

from citydiplomacy.ontology.schemes import schemes

from .records import Agreement, Assessment, City, Link, Membership, Observation, Roster, Route
from .schema import REGISTRY, Kind, Property, Record


class Problem(NamedTuple):
    """What is wrong with a property of a record: the value found, and what is expected."""

    record: str
    property: str
    message: str
    value: str
    expected: str


def problems(record: Record) -> Iterator[Problem]:
    """Everything that is wrong with a record by itself."""
    for prop in record.schema.properties:
        value = getattr(record, prop.name)
        if value is None or value == ():
            if prop.required:
                yield Problem(record.id, prop.name, "is missing", "", prop.description)
            continue
        several = value if isinstance(value, tuple) and not hasattr(value, "lang") else (value,)
        check = _KINDS.get(prop.kind)
        if check:
            yield from (Problem(record.id, prop.name, *found) for one in several for found in check(prop, one))
        if prop.kind is Kind.TEXT and not prop.many:
            langs = [text.lang for text in several]
            doubled = sorted({lang for lang in langs if langs.count(lang) > 1})
            for lang in doubled:
                values = " and ".join(repr(text.value) for text in several if text.lang == lang)
                yield Problem(
                    record.id, prop.name, f"has two values in one language ({lang})", values, "one a language"
                )
    yield from (Problem(record.id, *found) for found in _own_problems(record))


Found = tuple[str, str, str]


def _reference(prop: Property, value: str) -> Iterator[Found]:
    if prop.range == ("*",):
        return
    folders = [REGISTRY[name].folder for name in prop.range]
    if value.partition("/")[0] not in folders:
        yield "refers to the wrong kind of thing", value, " or ".join(f"{folder}/…" for folder in folders)


def _concept(prop: Property, value: str) -> Iterator[Found]:
    known = schemes()[prop.range[0]]
    if value not in known:
        yield f"is not in the scheme {prop.range[0]}", value, ", ".join(known)


def _term(prop: Property, value: str) -> Iterator[Found]:
    if value not in prop.range:
        yield "is no known relation", value, ", ".join(prop.range)


_KINDS: Mapping[Kind, Callable[[Property, Any], Iterator[Found]]] = {
    Kind.REFERENCE: _reference,
    Kind.CONCEPT: _concept,
    Kind.TERM: _term,
}


def _own_problems(record: Record) -> Iterator[Found | tuple[str, str, str, str]]:
    match record:
        case Agreement(parties=parties) if parties and (len(parties) < 2 or len(set(parties)) < len(parties)):
            yield "parties", "a tie needs two or more different parties", " | ".join(parties), "two different actors"
        case Membership(member=member, organization=organization) if member and member == organization:
            yield "member", "a body cannot be a member of itself", member, "another actor"
        case Route(origin=origin, destination=destination) if origin and origin == destination:
            yield "destination", "a flight leads to another city", origin, "another city"
        case Link(subject=subject, object=object_) if subject and subject == object_:
            yield "object", "a thing cannot be linked to itself", subject, "another id"
        case Assessment(score=int(score), panel_size=int(size)) if not 0 <= score <= size:
            yield "score", "the score is outside the panel's size", str(score), f"0 to {size}"
        case City(latitude=latitude, longitude=longitude):
            if latitude is not None and not -90 <= latitude <= 90:
                swapped = abs(latitude) <= 180 and longitude is not None and abs(longitude) <= 90
                message = "is no latitude" + ("; swapped with the longitude?" if swapped else "")
                yield "latitude", message, str(latitude), "-90 to 90"
            if longitude is not None and not -180 <= longitude <= 180:
                yield "longitude", "is no longitude", str(longitude), "-180 to 180"
        case Observation(value=value, upper=upper) if value is not None and upper is not None and upper < value:
            yield "upper", "the upper bound is below the value", str(upper), f"at least {value}"
        case Roster(listed=int(listed), total=int(total)) if listed > total:
            yield "listed", "the list names more than there are", str(listed), f"at most {total}"


HIERARCHIES: Mapping[str, str] = {"Organization": "parents", "Theme": "broader"}
"""The classes whose records stand above one another, and the property that names those directly above."""


def circle(above: Mapping[str, Iterable[str]]) -> list[str]:
    """A way from a record along its hierarchy back to itself, with it at both ends; empty if there is none.

    above: the records directly above each. Of the records on the way the first by its id begins.
    """
    try:
        TopologicalSorter(above).prepare()
    except CycleError as error:
        way = error.args[1][:0:-1]  # it tells each before those that it is above
        first = way.index(min(way))
        return [*way[first:], *way[:first], way[first]]
    return []


def cycles(records: Iterable[Record]) -> list[tuple[str, ...]]:
    """Circles of records that are part of one another, or wider than one another; each once, sorted."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for record in records:
        value = getattr(record, HIERARCHIES.get(record.schema.name, ""), None) or ()
        for wider in (value,) if isinstance(value, str) else value:
            graph.add_edge(record.id, wider)
    return sorted(tuple(sorted(part)) for part in nx.strongly_connected_components(graph) if len(part) > 1) + sorted(
        (node,) for node in nx.nodes_with_selfloops(graph)
    )
