"""What people made on a server, and a pull brought into the store: a push takes it for ours and makes no second one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..model.schema import REGISTRY
from ..neo4j.definitions import unique
from ..neo4j.difference import Adopted, GraphChange
from ..neo4j.marks import DIGEST, MARK, batches, digest, drawn_anew, key, name, native
from ..neo4j.on_server import foreign_of
from ..neo4j.unproject import key_of
from ..property.projection import Node
from ..store.reader import Store
from .pulled import Made, made, pulled
from .server_edits import database, runs_between

if TYPE_CHECKING:
    import neo4j

_NODES = (
    f"MATCH (n) WHERE elementId(n) = row.element AND n.{DIGEST} IS NULL RETURN row.id, labels(n), [n.id], properties(n)"
)
_WHOLE = "RETURN n.id, elementId(n), properties(n)"
_MARKED = (
    f"MATCH (n)-[r]-() WHERE elementId(n) IN $elements AND r.{DIGEST} IS NOT NULL WITH DISTINCT r RETURN type(r), "
    "startNode(r).id, endNode(r).id, coalesce(toStringOrNull(r.id), ''), elementId(r)"
)
_TIES = (
    f"MATCH (a)-[n]->(b) WHERE elementId(n) = row.element AND (n.{DIGEST} IS NULL OR NOT a:{MARK} OR NOT b:{MARK}) "
    "RETURN row.id, [type(n)], [end IN [a, b] | coalesce(toStringOrNull(end.id), elementId(end))], properties(n)"
)


def adopt(transaction: neo4j.ManagedTransaction, store: Store, difference: GraphChange) -> set[str]:
    """Of what is new, take what stands on the server already, since a pull found it there; returns what no longer does.

    What somebody has changed since it was pulled is in the way: it would be lost.
    """
    told = list(pulled(store))
    found = {one: where for one, where in made(told).items() if where.element}
    nodes = {node.id: node for node in difference.new_nodes if node.id in found}
    ties = {str(tie.properties.get("id", "")): tie for tie in difference.new_ties}
    gone = found.keys() & (nodes.keys() | ties.keys())
    for thing, labels, (there,), properties in _there(transaction, _NODES, nodes, found):
        label = nodes[thing].label
        if label in labels and (there == thing or not str(there).startswith(f"{REGISTRY[label].folder}/")):
            gone.discard(thing)
            difference.adopted_nodes.append(Adopted(nodes[thing], found[thing].element, foreign_of(label, properties)))
            if digest(properties) != found[thing].said:
                difference.in_the_way.append(thing)
    for thing, labels, there, properties in _there(transaction, _TIES, ties.keys() & found.keys(), found):
        new = key(ties[thing])
        if new.type in labels and runs_between((new.start, new.end), there, found):
            gone.discard(thing)
            difference.replaced_ties[found[thing].element] = new
            if digest(properties) != found[thing].said:
                difference.in_the_way.append(new)
    adopted = {one.node.id for one in difference.adopted_nodes}
    difference.new_nodes = [node for node in difference.new_nodes if node.id not in adopted]
    brought = {record.id for one in told for record in one.records}
    difference.drawn = [
        key(tie) for tie in difference.new_ties if "id" not in tie.properties and tie.start[1] in brought
    ]
    here = database(transaction)
    return {thing for thing in gone if found[thing].database == here}


def stand_aside(transaction: neo4j.ManagedTransaction, difference: GraphChange) -> None:
    """Of what is new, take what stands on the server already under an id that can be there but once.

    Nobody has pulled it, so that it is in the way: it would be lost.
    """
    new: defaultdict[str, dict[str, Node]] = defaultdict(dict)
    for node in difference.new_nodes:
        new[node.label][node.id] = node
    taken: dict[str, Adopted] = {}
    for label in sorted(unique(transaction) & new.keys()):
        others = f"MATCH (n:{name(label)}) WHERE n.id IN $ids AND n.{DIGEST} IS NULL AND NOT n:{MARK}"
        for ids in batches(sorted(new[label])):
            for thing, element, properties in transaction.run(f"{others} {_WHOLE}", ids=ids).values():
                taken[thing] = Adopted(new[label][thing], element, foreign_of(label, native(properties)))
    difference.adopted_nodes += taken.values()
    difference.in_the_way += taken
    drawn = {key(tie) for tie in difference.new_ties}
    elements = [one.element for one in taken.values()]
    for *tie, element in transaction.run(_MARKED, elements=elements).values():
        if key_of(*tie) in drawn:
            difference.replaced_ties[element] = key_of(*tie)
    difference.new_nodes = [node for node in difference.new_nodes if node.id not in taken]


def _there(
    transaction: neo4j.ManagedTransaction, asked: str, things: Iterable[str], found: dict[str, Made]
) -> Iterator[tuple[str, list[str], list[Any], dict[str, Any]]]:
    """What of some things is on the server and nobody's push made: labels or type, its id or its ends, properties."""
    rows = [{"id": thing, "element": found[thing].element} for thing in sorted(things)]
    for some in batches(rows):
        for thing, labels, there, properties in transaction.run(f"UNWIND $rows AS row {asked}", rows=some).values():
            native(properties)
            yield thing, labels, there, drawn_anew(properties) if DIGEST in properties else properties
