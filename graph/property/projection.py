"""The property graph: a projection of the merged view in the idiom of Cypher, by the one declaration in schema.py.

Records become nodes with one label (their class) and `id`, `label_en`, `label_fa`; ties with two ends become
relationships with properties, and are nodes too where something else speaks of them; concepts become `Concept` nodes;
what each source says becomes a `Claim` that is `STATED_BY` its `Source`. docs/cypher.md shows the model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.ontology.terms import BASE, CD, PROV

from ..model.ids import last
from ..model.schema import REGISTRY, Kind, Property, Record, RecordClass, by_folder
from ..rdf import triples
from ..store import scan
from ..store.reader import Store
from ..views.subset import is_relationship
from . import gc_pause
from .values import NAMES, Properties, claim_id, known_by, properties_of, says


class Node(NamedTuple):
    """A node: its one label, its id, and its properties (`id` among them)."""

    label: str
    id: str
    properties: Properties


class Relationship(NamedTuple):
    """A relationship between two nodes, each told by label and id."""

    type: str
    start: tuple[str, str]
    end: tuple[str, str]
    properties: Properties


@dataclass
class PropertyGraph:
    """All nodes and relationships, sorted, and what the projection could not carry."""

    nodes: list[Node] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    """What was lost, in words, and how often."""


@dataclass(frozen=True, slots=True)
class Support:
    """What the merged view adds to a record."""

    sources: list[str]
    voices: int
    disputed: list[str]
    stands: bool | None
    """Whether a tie stands; None where that is unknown, and for what has no life."""
    voice: str | None
    """Of a source: whose voice it is."""

    def properties(self) -> Properties:
        """As properties of a node or relationship."""
        told: Properties = {"sources": self.sources, "agreed_by": self.voices, "disputed": self.disputed}
        if self.stands is not None:
            told["stands"] = self.stands
        if self.voice is not None:
            told["voice"] = self.voice
        return told


@gc_pause.paused()
def project(store: Store) -> PropertyGraph:
    """The property graph of a store's merged view, with the claims of its sources."""
    graph = PropertyGraph()
    support = _support(store)
    records = {record.id: record for record in scan.records(store)}
    ties: set[str] = set()
    for concept_node in _concepts(graph):
        graph.nodes.append(concept_node)
    for record in records.values():
        relationship = _tie(record, support[record.id], graph.lost)
        if relationship is not None:
            graph.relationships.append(relationship)
            ties.add(record.id)
        else:
            _add_node(graph, record, support[record.id])
    for tie_id in sorted(_spoken_of(graph, ties)):
        _add_node(graph, records[tie_id], support[tie_id])
        ties.remove(tie_id)
    _claims(store, graph, records, support, ties)
    graph.nodes.sort(key=lambda node: (node.label, node.id))
    graph.relationships.sort(key=lambda tie: (tie.type, tie.start, tie.end, str(tie.properties.get("id", ""))))
    return graph


def stream(store: Store, lost: Counter[str]) -> Iterator[Node | Relationship]:
    """The same graph without its claims, one thing after the other, so that it need not fit into memory.

    Records come by class and id, each with its relationships; a tie that something else speaks of comes once more at
    the end, as a node. Nodes name what they refer to once (a city its `country`) also among their properties. `lost`
    counts what the projection could not carry.
    """
    concepts = PropertyGraph()
    yield from _concepts(concepts)
    yield from concepts.relationships
    spoken_of: set[str] = set()
    for schema in REGISTRY.values():
        for record_id in store.ids(schema.cls):
            record, support = _supported(store, record_id)
            relationship = _tie(record, support, lost)
            for thing in _node(record, support, lost) if relationship is None else (relationship,):
                yield thing
                if isinstance(thing, Relationship):
                    spoken_of.update(node_id for _, node_id in (thing.start, thing.end) if is_relationship(node_id))
    for record_id in sorted(spoken_of):
        record, support = _supported(store, record_id)
        if _tie(record, support, Counter()) is not None:
            yield from _node(record, support, lost)


def _node(record: Record, told: Support, lost: Counter[str]) -> Iterator[Node | Relationship]:
    """A node and its relationships, its references among its properties."""
    properties = _node_properties(record, told, lost)
    for prop in references(record.schema):
        if (value := getattr(record, prop.name)) is not None:
            properties[prop.name] = value
    yield Node(record.schema.name, record.id, properties)
    yield from _edges(record)


def references(schema: RecordClass) -> Iterator[Property]:
    """The properties that refer to one other record, and become relationships."""
    yield from (p for p in schema.properties if p.kind is Kind.REFERENCE and p.edge and not p.many)


def _supported(store: Store, record_id: str) -> tuple[Record, Support]:
    """A record of the merged view, and what that adds to it."""
    pairs = store.pairs(record_id)
    record = triples.read(record_id, pairs)
    assert record is not None
    sources = sorted(term.value.removeprefix(BASE) for name, term in pairs if name == PROV.hadPrimarySource)
    disputed = {term.value for name, term in pairs if name == CD.disputed}
    names = {prop.name for prop in record.schema.properties if prop.predicate in disputed}
    values = {name: term.value for name, term in pairs if name in (CD.support, CD.standing, CD.voice)}
    stands, voice = values.get(CD.standing), values.get(CD.voice)
    return record, Support(
        sources,
        int(values[CD.support]),
        sorted(NAMES.get(name, name) for name in names),
        None if stands is None else stands == "true",
        voice and voice.removeprefix(BASE),
    )


def _add_node(graph: PropertyGraph, record: Record, told: Support) -> None:
    graph.nodes.append(Node(record.schema.name, record.id, _node_properties(record, told, graph.lost)))
    graph.relationships += _edges(record)


def _spoken_of(graph: PropertyGraph, ties: set[str]) -> set[str]:
    """Ties that something else speaks of (an agreement that addresses a theme): they are nodes too."""
    return {end for tie in graph.relationships for _, end in (tie.start, tie.end) if end in ties}


def node_label(node_id: str) -> str:
    """The label of the node that has an id: the record's class, or `Concept`."""
    schema = by_folder(node_id)
    scheme = node_id.partition("/")[0]
    return "Concept" if schema is None or node_id in schemes().get(scheme, {}) else schema.name


def relationship_type(term: str) -> str:
    """A term of the ontology as a relationship type.

    >>> relationship_type("sameThemeAs")
    'SAME_THEME_AS'
    """
    return re.sub(r"-|(?<=[a-z])(?=[A-Z])", "_", term).upper()


def _end(node_id: str) -> tuple[str, str]:
    return node_label(node_id), node_id


def _tie(record: Record, told: Support, lost: Counter[str]) -> Relationship | None:
    """The relationship that a tie with two ends becomes; None for a record that stays a node."""
    schema = record.schema
    ends = schema.ends_of(record)
    if len(ends) != 2:
        return None
    properties = {**known_by(record.id), **properties_of(record, lost), **told.properties()}
    role = schemes()["role"].get(getattr(record, "role", "") or "")
    if role is not None:
        properties |= {"grade": role.grade or 0, "bonus": role.bonus or 0}
    return Relationship(_type(record), _end(ends[0]), _end(ends[1]), properties)


def _type(record: Record) -> str:
    """The relationship type of a tie: that of its class, else of its kind."""
    schema = record.schema
    return schema.edge or types_of(schema)[getattr(record, schema.kind.name) if schema.kind else ""]


@cache
def types_of(schema: RecordClass) -> dict[str, str]:
    """The relationship types of ties by what their kind says; none for a class without kinds."""
    kind = schema.kind
    if kind is None:
        return {}
    if kind.kind is Kind.TERM:
        return {term: relationship_type(term) for term in kind.range}
    concepts = schemes()[kind.range[0]].values()
    return {concept.id: concept.relationship or relationship_type(last(concept.id)) for concept in concepts}


def _node_properties(record: Record, told: Support, lost: Counter[str]) -> Properties:
    return {**known_by(record.id), "label": record.label("en"), **properties_of(record, lost), **told.properties()}


def _edges(record: Record) -> Iterator[Relationship]:
    """Relationships from a node to what its properties refer to."""
    here = (record.schema.name, record.id)
    for prop in record.schema.properties:
        if prop.edge is None:
            continue
        value = getattr(record, prop.name)
        for other in (value,) if isinstance(value, str) else value or ():
            yield Relationship(prop.edge, here, _end(other), {})


def _concepts(graph: PropertyGraph) -> Iterator[Node]:
    for scheme, concepts in schemes().items():
        for concept in concepts.values():
            properties = {**known_by(concept.id), "scheme": scheme, "label": concept.label("en")}
            properties |= {f"label_{lang}": text for lang, text in concept.labels.items()}
            for name in ("grade", "bonus", "rung", "stands", "reliability"):
                if (value := getattr(concept, name)) is not None:
                    properties[name] = value
            if concept.broader:
                graph.relationships.append(
                    Relationship("BROADER", ("Concept", concept.id), ("Concept", concept.broader), {})
                )
            yield Node("Concept", concept.id, properties)


def _support(store: Store) -> dict[str, Support]:
    disputed, standing = scan.disputed(store), scan.standing(store)
    voices, voice = scan.voices(store), scan.voice(store)
    return {
        record_id: Support(
            sources,
            voices[record_id],
            sorted(NAMES.get(name, name) for name in disputed.get(record_id, ())),
            standing.get(record_id),
            voice.get(record_id),
        )
        for record_id, sources in scan.support(store).items()
    }


def _claims(
    store: Store, graph: PropertyGraph, records: dict[str, Record], support: dict[str, Support], ties: set[str]
) -> None:
    """Who says what: a node for each record of each source, tied to its source and, if it is a node, to the record."""
    details = scan.details(store)
    for record in records.values():
        sources = support[record.id].sources
        # The merged view holds what a record's only source says; only what several say must be looked up.
        told = store.claims(record.id) if len(sources) > 1 else dict.fromkeys(sources, record)
        for source, claim in told.items():
            if record.id == source:
                continue
            known_as = claim_id(source, record.id)
            properties = _claim(known_as, claim) | details.get((source, record.id), {})
            graph.nodes.append(Node("Claim", known_as, properties))
            graph.relationships.append(Relationship("STATED_BY", ("Claim", known_as), ("Source", source), {}))
            if record.id not in ties:
                about = (record.schema.name, record.id)
                graph.relationships.append(Relationship("CLAIMS", ("Claim", known_as), about, {}))


def _claim(known_as: str, record: Record) -> Properties:
    """`about` names the record; `says` lists what the source says of it as `property: value (language or wording)`."""
    return {"id": known_as, "about": record.id, "class": record.schema.name, "says": says(record)}
