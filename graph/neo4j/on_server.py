"""What a server holds of ours: as it was pushed, and as it is now.

A node of ours carries the label MARK beside its own, a relationship of ours runs between two such nodes, and each
carries DIGEST, that of its properties as they were pushed, of a relationship also of its ends. A node that has lost its
labels is still ours. What lacks more is somebody else's; so is a property that our records do not have, also on a node
of ours, and a second relationship with the marks of a first, which somebody has copied.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from citydiplomacy.ontology.terms import BASE

from ..property.projection import node_label
from .definitions import LABELS
from .marks import (
    DIGEST,
    KEPT,
    MARK,
    OURS,
    REVISION,
    Copy,
    Key,
    Nameless,
    batches,
    by_type,
    digest,
    native,
    texts,
    tie_digest,
)
from .unproject import between_equals, is_told, key_of, schema_of, ties_between_ours

if TYPE_CHECKING:
    import neo4j


def label_of(node_id: str) -> str:
    """The label of a node of ours, told from its id."""
    return "Claim" if node_id.startswith("claim/") else node_label(node_id)


class HeldThing(NamedTuple):
    """A thing of ours on a server: the digest of what was pushed, and that of what it says now."""

    pushed: int
    now: int

    @property
    def edited(self) -> bool:
        """Whether somebody has changed it since it was pushed."""
        return self.pushed != self.now


@dataclass
class OnServer:
    """What a server holds of ours, all or in part."""

    nodes: dict[str, HeldThing] = field(default_factory=dict)
    ties: dict[Key, HeldThing] = field(default_factory=dict)
    edited: dict[str | Key, dict[str, Any]] = field(default_factory=dict)
    """What the things say now that somebody has changed."""
    foreign: dict[str | Key, dict[str, Any]] = field(default_factory=dict)
    """Properties on things of ours that our records do not have: they are somebody else's."""
    said: dict[str, list[str]] = field(default_factory=dict)
    """What each claim says, in words."""
    unmarked: set[str | Key] = field(default_factory=set)
    """What has lost the label or a mark that it was pushed with."""
    unlabelled: set[str] = field(default_factory=set)
    """Ids of nodes without the label of their class."""
    mislabelled: set[str] = field(default_factory=set)
    """Ids of nodes with the label of another class of ours."""
    freed: dict[str, str] = field(default_factory=dict)
    """The server's own ids of nodes that have lost our label, by id."""
    copies: list[Copy] = field(default_factory=list)
    """Relationships that somebody has copied, marks and all: they are somebody else's."""
    nameless: list[Nameless] = field(default_factory=list)
    """Nodes with our label and no id: they are somebody else's, and so is what hangs on them."""
    kept: set[str] = field(default_factory=set)
    """Ids of the nodes that no source tells any more, and that relationships of others hang on."""

    @staticmethod
    def whole(transaction: neo4j.ManagedTransaction) -> OnServer:
        """All of it."""
        held = OnServer()
        if held._add_nodes(transaction.run(f"MATCH (n:{MARK}) RETURN labels(n), properties(n)")):
            without = f"MATCH (n:{MARK}) WHERE n.id IS NULL OR NOT n.id IS :: STRING"
            for row in transaction.run(f"{without} RETURN elementId(n) AS id, labels(n), properties(n) ORDER BY id"):
                held.nameless.append(Nameless(*row.values()))
        again = held._add_ties(transaction.run(f"MATCH (a:{MARK})-[r]->(b:{MARK}) {_TIE}"))
        held._see_copies(transaction, again)
        held._see_freed(transaction)
        held._see_kept(transaction)
        return held

    @staticmethod
    def copied(transaction: neo4j.ManagedTransaction) -> list[Copy]:
        """Relationships that somebody has copied, marks and all, found without reading what each tells."""
        held = OnServer()
        asked = (
            f"MATCH (a:{MARK})-[r]->(b:{MARK}) WHERE r.{DIGEST} IS NOT NULL "
            "WITH type(r) AS type, CASE WHEN type(r) IN $equals AND b.id < a.id THEN [b.id, a.id] ELSE [a.id, b.id] "
            "END AS e, coalesce(toStringOrNull(r.id), '') AS id, count(*) AS n WHERE n > 1 RETURN type, e[0], e[1], id"
        )
        again = transaction.run(asked, equals=[*between_equals()]).values()
        held._see_copies(transaction, [Key(*row) for row in again])
        return held.copies

    @staticmethod
    def part(transaction: neo4j.ManagedTransaction, nodes: Collection[str], ties: Collection[str]) -> OnServer:
        """Nodes by their ids, what they refer to, and ties by their ids."""
        held = OnServer()
        for ids in batches(sorted(nodes)):
            these = f"UNWIND $ids AS id MATCH (a:{MARK} {{id: id}})"
            held._add_nodes(transaction.run(f"{these} WITH a AS n RETURN labels(n), properties(n)", ids=ids))
            held._add_ties(transaction.run(f"{these} MATCH (a)-[r]->(b:{MARK}) WHERE r.id IS NULL {_TIE}", ids=ids))
        if ties:
            held._add_ties(
                transaction.run(f"MATCH (a:{MARK})-[r]->(b:{MARK}) WHERE r.id IN $ids {_TIE}", ids=sorted(ties))
            )
        held._see_kept(transaction)
        return held

    def counted_properties(self) -> Counter[str]:
        """Properties that are somebody else's, as `mayor of City`, and on how many things of ours they are."""
        return Counter(
            f"{called} of {thing.type if isinstance(thing, Key) else label_of(thing)}"
            for thing, properties in self.foreign.items()
            for called in properties
        )

    @property
    def counts(self) -> Counter[str]:
        """How many nodes of each label and relationships of each type there are."""
        return self.counted([*(self.nodes.keys() - self.kept), *self.ties])

    @property
    def unedited(self) -> Counter[str]:
        """How many of these are as they were pushed: what was changed may have been another."""
        return self.counts - self.counted(self.edited)

    def as_pushed(self, counts: Mapping[str, int]) -> bool:
        """Whether this is just what was pushed, so many of each label and type."""
        return not (self.edited or self.copies or self.nameless) and self.counts == Counter(counts)

    def counted(self, things: Iterable[str | Key]) -> Counter[str]:
        """Things by label and type."""
        return Counter(one.type if isinstance(one, Key) else label_of(one) for one in things)

    def _see_kept(self, transaction: neo4j.ManagedTransaction) -> None:
        hung = f"MATCH (n:{KEPT}) WHERE EXISTS {{ (n)-[r]-() WHERE r.{DIGEST} IS NULL }} RETURN n.id"
        self.kept.update(node_id for (node_id,) in transaction.run(hung).values() if node_id in self.nodes)

    def _see_freed(self, transaction: neo4j.ManagedTransaction) -> None:
        """Note nodes that somebody has taken our label from, and what hangs on them."""
        elements = transaction.run(_FREED).value()
        for labels, properties, element in transaction.run(_THESE, elements=elements).values() if elements else ():
            node_id = properties.get("id")
            if not isinstance(node_id, str):
                self.nameless += [Nameless(element, labels, properties)] if _OF_OURS.intersection(labels) else []
            elif node_id in self.nodes:
                continue
            elif label_of(node_id) in labels or properties.get("iri") == BASE + node_id:
                self.freed[node_id] = element
                self._add_nodes([(labels, properties)])
        if self.freed:
            of_freed = {"elements": [*self.freed.values()]}
            again = self._add_ties(transaction.run(f"{_FREED_TIES} {_TIE}", of_freed))
            if again:
                rows = transaction.run(f"{_FREED_TIES} {_COPIES}", of_freed).values()
                self._tell_apart(row for row in rows if key_of(*row[:4]) in again)

    def _add_nodes(self, found: Iterable[Any]) -> bool:
        """Note nodes; returns whether there are any without an id."""
        nameless = False
        for labels, properties in found:
            pushed, node_id = properties.pop(DIGEST, None), properties.get("id")
            if not isinstance(node_id, str):
                nameless = True
                continue
            label = label_of(node_id)
            if label == "Claim":
                self.said[node_id] = texts(properties.get("says"))
            native(properties)
            unlabelled = KEPT not in labels and label not in labels
            mislabelled = any(one in _OF_OURS and one != label for one in labels)
            if unlabelled:
                self.unlabelled.add(node_id)
            if mislabelled:
                self.mislabelled.add(node_id)
            marked = MARK in labels and not (unlabelled or mislabelled)
            self.nodes[node_id] = self._held(node_id, label, properties, pushed, marked)
        return nameless

    def _add_ties(self, found: Iterable[Any]) -> set[Key]:
        """Note relationships; returns the keys of those that are there more than once."""
        again = set()
        for type_, start, end, properties in found:
            if not isinstance(start, str) or not isinstance(end, str):
                continue
            tie = key_of(type_, start, end, str(properties.get("id", "")))
            if tie in self.ties:
                again.add(tie)
            self._add_tie(tie, properties)
        return again

    def _add_tie(self, tie: Key, properties: dict[str, Any]) -> None:
        pushed, marked = properties.pop(DIGEST), properties.pop(OURS, False)
        self.ties[tie] = self._held(tie, tie.type, native(properties), pushed, marked is True)

    def _see_copies(self, transaction: neo4j.ManagedTransaction, keys: Iterable[Key]) -> None:
        """Tell what is there more than once from its copies: it is as it was pushed, if any of them is."""
        for type_, ties in by_type(keys).items():
            asked = ties_between_ours(type_) + _COPIES
            self._tell_apart(transaction.run(asked, rows=[one.row for one in ties]).values())

    def _tell_apart(self, rows: Iterable[list[Any]]) -> None:
        """Note relationships that are there more than once, given in the order of the server's own ids."""
        found: defaultdict[Key, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
        for *tie, element, properties in rows:
            found[key_of(*tie)].append((element, properties))
        for one, several in found.items():
            first = next((n for n, (_, each) in enumerate(several) if _as_pushed(one, each)), 0)
            _, original = several.pop(first)
            told = _told(original)
            self.edited.pop(one, None)
            self.foreign.pop(one, None)
            self.unmarked.discard(one)
            self._add_tie(one, original)
            for element, properties in several:
                said = _told(properties)
                self.copies.append(Copy(one, element, said, said == told))

    def _held(self, thing: str | Key, called: str, properties: dict[str, Any], pushed: Any, marked: bool) -> HeldThing:
        marked = properties.pop(REVISION, None) is None and marked
        if not properties.keys() <= _ours(called) and (foreign := foreign_of(called, properties)):
            self.foreign[thing] = foreign
            properties = {name: value for name, value in properties.items() if name not in foreign}
        if not isinstance(pushed, int):
            pushed, marked = 0, False
        told = tie_digest(thing, properties) if isinstance(thing, Key) else digest(properties)
        if told != pushed and isinstance(thing, Key) and digest(properties) == pushed:
            told = pushed  # layout 3 told nothing of the ends
        if not marked:
            # What lost its label is no longer what was pushed, whatever its properties say.
            self.unmarked.add(thing)
            told = ~pushed
        if told != pushed:
            self.edited[thing] = properties
        return HeldThing(pushed, told)


_OF_OURS = frozenset(LABELS)
_TIE = f"WITH a, r, b WHERE r.{DIGEST} IS NOT NULL RETURN type(r), a.id, b.id, properties(r)"
_FREED = f"MATCH (n) WHERE NOT n:{MARK} AND n.{DIGEST} IS NOT NULL RETURN elementId(n)"
_THESE = "MATCH (n) WHERE elementId(n) IN $elements RETURN labels(n), properties(n), elementId(n) AS id ORDER BY id"
_FREED_TIES = f"""
MATCH (n)-[r]-() WHERE elementId(n) IN $elements WITH DISTINCT r, startNode(r) AS a, endNode(r) AS b
WHERE all(n IN [a, b] WHERE n:{MARK} OR elementId(n) IN $elements)"""
_COPIES = f"""
WITH r, coalesce(toStringOrNull(r.id), '') AS id, elementId(r) AS element WHERE r.{DIGEST} IS NOT NULL
RETURN type(r), startNode(r).id, endNode(r).id, id, element, properties(r) ORDER BY element"""


def _told(properties: Mapping[str, Any]) -> dict[str, Any]:
    """What a relationship tells beside its marks."""
    return native({called: value for called, value in properties.items() if called not in (DIGEST, OURS)})


def _as_pushed(tie: Key, properties: Mapping[str, Any]) -> bool:
    """Whether a relationship is as it was pushed."""
    looked = OnServer()
    looked._add_tie(tie, dict(properties))
    return not looked.edited


def foreign_of(called: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties that our things of a label or type do not have."""
    return {name: value for name, value in properties.items() if not _is_ours(called, name)}


@cache
def _ours(called: str) -> set[str]:  # noqa: ARG001 - grows by each name that was looked at
    """Names that are known to be ours, on nodes of a label or relationships of a type."""
    return set()


def _is_ours(called: str, name: str) -> bool:
    """Whether our things of a label or type can have a property."""
    known = _ours(called)
    if name not in known:
        schema = schema_of(called)
        if called in ("Claim", "Concept") or (schema is not None and is_told(schema, name)):
            known.add(name)
    return name in known
