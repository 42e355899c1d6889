"""What is on a Neo4j server and was not pushed so: the work of analysts, or of whoever else uses our words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import ids
from ..model.schema import REGISTRY, Record
from ..neo4j.marks import DIGEST, MARK, Key, Nameless, drawn_anew, name, native
from ..neo4j.on_server import OnServer
from ..neo4j.unproject import edge_types, key_of, tie_types

if TYPE_CHECKING:
    import neo4j

    from .pulled import Made


class ServerTie(NamedTuple):
    """A relationship, its ends told by their ids; an end without an id by the server's own."""

    type: str
    start: str
    end: str
    properties: dict[str, Any]
    pushed: int = 0
    """The digest of what was pushed; 0 for one that was not."""
    element: str = ""
    """The server's own id, of one that was not pushed."""


def runs_between(ends: Collection[str], there: Iterable[str], made: Mapping[str, Made]) -> bool:
    """Whether a relationship runs between two records, by what tells its ends on the server.

    made: what pulls took, some of it without an id.
    """
    return {*there} <= {*ends, *(made[end].element for end in ends if end in made)}


class NewNode(NamedTuple):
    """A node of a label of ours that was not pushed."""

    label: str
    properties: dict[str, Any]
    element: str


@dataclass
class ServerEdits:
    """What is on the server and was not pushed so."""

    database: str = ""
    """The server's own id of the database."""
    held: OnServer = field(default_factory=OnServer)
    edited_nodes: dict[str, tuple[dict[str, Any], int]] = field(default_factory=dict)
    """Id -> the properties now, and the digest of those that were pushed."""
    edited_ties: list[ServerTie] = field(default_factory=list)
    new_nodes: list[NewNode] = field(default_factory=list)
    doubles: list[NewNode] = field(default_factory=list)
    """Nodes with an id that another has."""
    nameless: list[NewNode] = field(default_factory=list)
    """Nodes that have a name and no id of ours."""
    new_ties: list[ServerTie] = field(default_factory=list)
    unedited: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What was asked for and is as it was pushed: its properties by id."""

    @staticmethod
    def of(held: OnServer, things: Collection[str | Key] | None = None) -> ServerEdits:
        """What was changed of what is held, or of some of it."""
        found = ServerEdits(held=held)
        for thing in held.edited if things is None else things:
            if isinstance(thing, Key):
                tie = ServerTie(thing.type, thing.start, thing.end, held.edited[thing], held.ties[thing].pushed)
                found.edited_ties.append(tie)
            else:
                found.edited_nodes[thing] = held.edited[thing], held.nodes[thing].pushed
        return found

    @property
    def without_id(self) -> list[Nameless]:
        """Nodes with our label and no id, but those that have a name and could have one."""
        named = {node.element for node in self.nameless}
        return [node for node in self.held.nameless if node.element not in named]

    def has_made(self, record: Record, made: Mapping[str, Made]) -> bool:
        """Whether what a pull took as a record is still where somebody made it: a server gives its own ids anew.

        made: of the same source.
        """
        element = made[record.id].element
        ends = record.schema.ends_of(record)
        if not ends:
            return any(
                node.element == element and node.properties.get("id") == record.id for node in self.new_nodes
            ) or (any(node.element == element for node in self.nameless))
        return any(tie.element == element and runs_between(ends, (tie.start, tie.end), made) for tie in self.new_ties)

    @property
    def held_ids(self) -> set[str]:
        """Ids of all nodes and ties that are there."""
        return {*self.held.nodes, *(tie.id for tie in self.held.ties)}

    @property
    def foreign(self) -> Counter[str]:
        """Properties that our records do not have, as `mayor of City`, and on how many things of ours they are."""
        return self.held.counted_properties()


def database(transaction: neo4j.ManagedTransaction) -> str:
    """The server's own id of the database; "" where nothing was pushed."""
    found = transaction.run("MATCH (state:CityDipState) RETURN elementId(state)").value()
    return str(found[0]).split(":")[1] if found else ""


def look(transaction: neo4j.ManagedTransaction, asked: Collection[str]) -> ServerEdits:
    """Look through the whole graph for it. asked: ids of things whose properties are wanted, edited or not."""
    held = OnServer.whole(transaction)
    found = ServerEdits.of(held)
    found.database = database(transaction)
    made: set[str] = set()
    for label in REGISTRY:
        of_ours = f"{REGISTRY[label].folder}/"
        for properties, element, marked in transaction.run(
            f"MATCH (n:{name(label)}) WHERE n.{DIGEST} IS NULL "
            f"RETURN properties(n), elementId(n) AS element, n:{MARK} ORDER BY element"
        ).values():
            native(properties)
            node_id = str(properties.get("id", ""))
            if node_id.startswith(of_ours):
                is_double = node_id in made or (node_id in held.nodes and not marked)
                (found.doubles if is_double else found.new_nodes).append(NewNode(label, properties, element))
                made.add(node_id)
            elif _called(properties):
                found.nameless.append(NewNode(label, properties, element))
    for tie_type in sorted(edge_types() | tie_types().keys()):
        found.new_ties += [
            ServerTie(*one.tie[:3], one.properties, 0, one.element)
            for one in held.copies
            if one.tie.type == tie_type and not one.exact
        ]
        for row in transaction.run(
            f"MATCH (a)-[r:{name(tie_type)}]->(b) WHERE r.{DIGEST} IS NULL OR NOT a:{MARK} OR NOT b:{MARK} "
            "RETURN type(r), coalesce(toStringOrNull(a.id), elementId(a)) AS start, "
            "coalesce(toStringOrNull(b.id), elementId(b)) AS end, properties(r), 0, elementId(r) ORDER BY start, end"
        ).values():
            native(row[3])
            tie = ServerTie(*row)
            if DIGEST in row[3] and key_of(*tie[:3], str(row[3].get("id", ""))) in held.ties:
                continue  # of a node that has lost our label
            found.new_ties.append(tie._replace(properties=drawn_anew(row[3])) if DIGEST in row[3] else tie)
    for of in (f"MATCH (n:{MARK}) WHERE n.id IN $ids", f"MATCH (:{MARK})-[n]->(:{MARK}) WHERE n.id IN $ids"):
        for (properties,) in transaction.run(f"{of} RETURN properties(n)", ids=sorted(asked)).values():
            found.unedited[properties["id"]] = native(properties)
    edited = found.edited_nodes.keys() | {str(tie.properties.get("id")) for tie in found.edited_ties}
    found.unedited = {one: said for one, said in found.unedited.items() if one not in edited}
    return found


def _called(properties: dict[str, Any]) -> str:
    """What a node of others is called."""
    names = (properties.get(one) for one in ("label_en", "label", "name", "label_fa"))
    return next((one.strip() for one in names if isinstance(one, str) and one.strip()), "")


class Proposed(NamedTuple):
    """A node that somebody made without an id, and the id that it could have."""

    node: NewNode
    name: str
    id: str


def proposals(nodes: Collection[NewNode]) -> list[Proposed]:
    """Ids for nodes without one, by their names."""
    found = []
    for node in nodes:
        called = _called(node.properties)
        if slug := ids.slug(called):
            found.append(Proposed(node, called, f"{REGISTRY[node.label].folder}/{slug}"))
    return found
