"""What must be true of a record by itself, and of the records of one source together, as the declaration says it.

Loaders refuse what fails here; `citydip validate` looks again at everything that a store holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

from citydiplomacy.ontology.schemes import Concept, schemes

from .properties import Rule
from .schema import REGISTRY, Kind, Property, Record
from .values import Date


class Problem(NamedTuple):
    """What is wrong with a property of a record: the value found, and what is expected."""

    record: str
    property: str
    message: str
    value: str
    expected: str
    other: str = ""
    """The property that it does not fit, which may be the wrong one as well."""


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
        if prop.rule != NO_RULE:
            yield from (Problem(record.id, prop.name, *found) for found in _breaches(record, prop, several))
        if prop.kind is Kind.TEXT and not prop.many:
            langs = [text.lang for text in several]
            doubled = sorted({lang for lang in langs if langs.count(lang) > 1})
            for lang in doubled:
                values = " and ".join(repr(text.value) for text in several if text.lang == lang)
                yield Problem(
                    record.id, prop.name, f"has two values in one language ({lang})", values, "one a language"
                )


NO_RULE = Rule()
Found = tuple[str, str, str]
"""Message, value, what is expected."""


def _reference(prop: Property, value: str) -> Iterator[Found]:
    if prop.takes_anything:
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


def _is_finite(value: Any) -> bool:
    return not isinstance(value, Decimal) or value.is_finite()


def _finite(_: Property, value: Decimal) -> Iterator[Found]:
    if not _is_finite(value):
        yield "is not a number", str(value), "a finite number"


_KINDS: Mapping[Kind, Callable[[Property, Any], Iterator[Found]]] = {
    Kind.DECIMAL: _finite,
    Kind.REFERENCE: _reference,
    Kind.CONCEPT: _concept,
    Kind.TERM: _term,
}


def _breaches(record: Record, prop: Property, values: tuple[Any, ...]) -> Iterator[Found | tuple[str, str, str, str]]:
    """What the values of a property are against its rule."""
    rule = prop.rule
    if not all(map(_is_finite, values)):
        return  # what is no number is told as that
    for value in values:
        if isinstance(value, int | Decimal) and not _within(rule, value):
            yield f"is out of range{_swapped(record, prop)}", str(value), rule.words.en
        elif rule.whole_by and value != value.to_integral_value() and (concept := _counted(record, rule)):
            yield "is not a whole number", str(value), f"a whole number, since {concept.id} counts one by one"
        elif rule.pattern and not re.fullmatch(rule.pattern, value):
            yield "is not in its form", str(value), rule.words.en
    if rule.several > 1 and len(set(values)) < max(rule.several, len(values)):
        why = "has too few values" if len(values) < rule.several else "has one value twice"
        yield why, " | ".join(values), f"{rule.several} or more different ones"
    if rule.along_with and not getattr(record, rule.along_with):
        told = " | ".join(map(str, values))
        yield "says nothing alone", told, f"{record.schema.by_name[rule.along_with].name} beside it", rule.along_with
    for name, fits, expected in (
        (rule.at_most, _at_most, "at most"),
        (rule.at_least, lambda value, other: _at_most(other, value), "at least"),
        (rule.other_than, lambda value, other: value != other, "another than"),
    ):
        other = getattr(record, name) if name else None
        if other is not None and not all(fits(value, other) for value in values):
            limit = f"{expected} {_shown(other)}, which is its {record.schema.by_name[name].label('en')}"
            yield "does not fit what else is told", str(_shown(values[0])), limit, name


def _counted(record: Record, rule: Rule) -> Concept | None:
    """What a number of a record counts one by one; None where it measures, or nobody can tell."""
    told = next((value for name in rule.whole_by if (value := getattr(record, name))), "")
    concept = schemes().get(told.partition("/")[0], {}).get(told)
    return concept if concept and concept.whole else None


def _within(rule: Rule, number: int | Decimal) -> bool:
    return (rule.least is None or rule.least <= number) and (rule.most is None or number <= rule.most)


def _swapped(record: Record, prop: Property) -> str:
    """Whether a latitude may be the longitude."""
    other = getattr(record, "longitude", None) if prop.name == "latitude" else None
    value = getattr(record, prop.name)
    return "; swapped with the longitude?" if other is not None and abs(value) <= 180 and abs(other) <= 90 else ""


def _at_most(value: Any, other: Any) -> bool:
    """Whether a number does not exceed another; whether a date can begin before another is over."""
    if isinstance(value, Date):
        return value.can_precede(other)
    return not (_is_finite(value) and _is_finite(other)) or bool(value <= other)


def _shown(value: Any) -> Any:
    return value.edtf if isinstance(value, Date) else value


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
        for prop in record.schema.hierarchies:
            value = getattr(record, prop.name) or ()
            for wider in (value,) if isinstance(value, str) else value:
                graph.add_edge(record.id, wider)
    return sorted(tuple(sorted(part)) for part in nx.strongly_connected_components(graph) if len(part) > 1) + sorted(
        (node,) for node in nx.nodes_with_selfloops(graph)
    )
