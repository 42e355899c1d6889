"""How what a server holds of ours differs from what it should hold, and what a push would do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from citydiplomacy.errors import VALUE, in_a_line

from ..property.projection import Node, PropertyGraph, Relationship
from .last_push import Before, WasPushed
from .marks import Copy, Key, Nameless, digest, key, tie_digest, trace, trace_of
from .on_server import OnServer, label_of


class Count(NamedTuple):
    """How many nodes of a label, or relationships of a type, a push adds, changes and removes."""

    kind: str
    """`node` or `relationship`."""
    name: str
    new: int
    changed: int
    gone: int


class Thing(NamedTuple):
    """A node or relationship as it is told to people."""

    id: str
    name: str = ""
    """Of a node: what it is called."""
    type: str = ""
    ends: tuple[str, ...] = ()
    """Of a relationship: its type, and the ids of what it runs between."""

    def __str__(self) -> str:
        told = f"{self.id} ({self.name})" if self.name not in ("", self.id) else self.id
        return in_a_line(told, VALUE)

    @property
    def trace(self) -> int:
        """See `marks.trace`."""
        return trace(self.id, self.type, self.ends)


def with_their_nodes(things: Iterable[Thing]) -> list[tuple[Thing, list[Thing]]]:
    """Things that are missing, the relationships of a node that is missing too with that: who deletes it takes them."""
    listed = list(things)
    found: dict[str, tuple[Thing, list[Thing]]] = {thing.id: (thing, []) for thing in listed if not thing.ends}
    for thing in listed:
        if thing.ends:
            node = next((end for end in thing.ends if end in found and not found[end][0].ends), "")
            if node:
                found[node][1].append(thing)
            else:
                found[thing.id] = (thing, [])
    return list(found.values())


class Adopted(NamedTuple):
    """A node that somebody made on the server, and that becomes ours."""

    node: Node
    element: str
    """The server's own id."""
    foreign: dict[str, Any]
    """Its properties that our records do not have."""


@dataclass
class GraphChange:
    """What a push has to do, what is changed with its digest; and what it leaves as others made it."""

    new_nodes: list[Node] = field(default_factory=list)
    changed_nodes: list[tuple[Node, int]] = field(default_factory=list)
    gone_nodes: list[str] = field(default_factory=list)
    new_ties: list[Relationship] = field(default_factory=list)
    changed_ties: list[tuple[Relationship, int]] = field(default_factory=list)
    gone_ties: list[Key] = field(default_factory=list)
    adopted_nodes: list[Adopted] = field(default_factory=list)
    """What is new and stands on the server already: see `adoption`."""
    replaced_ties: dict[str, Key] = field(default_factory=dict)
    """The server's ids of relationships of others, with the new ones that take their place."""
    copies: list[Copy] = field(default_factory=list)
    """Relationships that somebody has copied, and that lose our marks."""
    doubles: list[Copy] = field(default_factory=list)
    """Such as are taken away."""
    nameless: list[Nameless] = field(default_factory=list)
    """Nodes with our label and no id, that lose our marks."""
    labelled: list[str] = field(default_factory=list)
    """The server's ids of nodes that get back our label."""
    freed: set[str] = field(default_factory=set)
    """Ids of nodes that somebody has taken our label from, and that stay so."""
    mislabelled: set[str] = field(default_factory=set)
    """Ids of nodes that lose the label of another class of ours."""
    drawn: list[Key] = field(default_factory=list)
    """New relationships that somebody may have drawn already."""
    foreign: Mapping[str | Key, Mapping[str, Any]] = field(default_factory=dict)
    """Properties of others on what is held, which stay."""
    in_the_way: list[str | Key] = field(default_factory=list)
    """What this would change or remove, and somebody has changed on the server since it was pushed."""
    reset: list[Thing] = field(default_factory=list)
    """What somebody has changed, and this puts back."""
    restored: list[Thing] = field(default_factory=list)
    """What somebody has deleted, and this puts back, or a push did that was cut off."""
    taking: list[str] = field(default_factory=list)
    """Of what this takes of what people made or changed, lines for the state node: see `takings`."""
    taken: list[str] = field(default_factory=list)
    """Such lines of what a push took that was cut off."""
    left: list[Thing] = field(default_factory=list)
    """What somebody has changed, and this has nothing to say about."""
    deleted: list[Thing] = field(default_factory=list)
    """What somebody has deleted, and this does not put back."""

    @staticmethod
    def between(
        graph: PropertyGraph, held: OnServer, before: Before | None, *, restore: bool = False, reset: bool = False
    ) -> GraphChange:
        """What makes of what is held what the projection says.

        before: None where nobody has written since the last push, or nothing is known of it: what is missing is new.
        restore: put back what somebody has deleted. reset: that, and what was changed or copied.
        """
        found = GraphChange(foreign=held.foreign, nameless=held.nameless)
        (found.doubles if reset else found.copies).extend(held.copies)
        restore = restore or reset
        was_pushed = before and WasPushed(graph, held, before)
        gone_nodes, gone_ties = dict(held.nodes), dict(held.ties)
        for node in graph.nodes:
            there = gone_nodes.pop(node.id, None)
            thing = partial(Thing, node.id, str(node.properties.get("label", "")))
            if there is None:
                known = was_pushed is not None and was_pushed.node(node)
                decided = was_pushed is not None and was_pushed.decided(node)
                if found._missing(thing, known, restore=restore or decided):
                    found.new_nodes.append(node)
                continue
            if was_pushed is not None and trace_of(node.id) in was_pushed.absent:
                found.restored.append(thing())
            told = digest(node.properties)
            pushed = there.pushed or (told if digest(held.edited.get(node.id, {})) == told else 0)  # its digest is lost
            if found._differs(node.id, thing, pushed, there.now, told, reset=reset) or node.id in held.kept:
                found.changed_nodes.append((node, told))
        back = {one.id for one in found.restored}
        for tie in graph.relationships:
            known_as = key(tie)
            there = gone_ties.pop(known_as, None)
            thing = partial(Thing, known_as.told, type=known_as.type, ends=(known_as.start, known_as.end))
            if there is None:
                known = was_pushed is not None and was_pushed.tie(tie)
                wanted = not back.isdisjoint((known_as.start, known_as.end)) or (
                    was_pushed is not None and was_pushed.decided(tie)
                )
                if found._missing(thing, known, restore=restore or wanted):
                    found.new_ties.append(tie)
                continue
            if was_pushed is not None and trace_of(known_as) in was_pushed.absent:
                found.restored.append(thing())
            told = tie_digest(known_as, tie.properties)
            if found._differs(known_as, thing, there.pushed, there.now, told, reset=reset):
                found.changed_ties.append((tie, told))
        found.gone_nodes = sorted(gone_nodes.keys() - held.kept)
        found.gone_ties = sorted(gone_ties)
        found.in_the_way += [one for one in found.gone if one in held.edited]
        sent = {node.id for node, _ in found.changed_nodes} | {*found.gone_nodes}
        found.mislabelled = held.mislabelled & sent
        found.labelled = [held.freed[one] for one in sorted(held.freed.keys() & sent)]
        found.freed = held.freed.keys() - sent
        return found

    def _missing(self, thing: Callable[[], Thing], known: bool, *, restore: bool) -> bool:
        """Whether to send what is not there."""
        if known:
            (self.restored if restore else self.deleted).append(thing())
        return restore or not known

    def _differs(
        self, key: str | Key, thing: Callable[[], Thing], pushed: int, now: int, told: int, *, reset: bool
    ) -> bool:
        """Whether to send what is there."""
        if pushed == now:
            return told != now
        if reset and told != now:
            self.reset.append(thing())
        elif told == pushed:
            self.left.append(thing())
            return False
        elif told != now:
            self.in_the_way.append(key)
        return True

    def __len__(self) -> int:
        nodes: list[Sized] = [self.new_nodes, self.adopted_nodes, self.changed_nodes, self.gone_nodes, self.nameless]
        ties: list[Sized] = [self.new_ties, self.changed_ties, self.gone_ties, self.copies, self.doubles]
        return sum(map(len, nodes + ties))

    @property
    def untouched(self) -> bool:
        """Whether nothing is left as others made it."""
        return not (self.left or self.deleted)

    @property
    def gone(self) -> list[str | Key]:
        """What no source tells any more."""
        return [*self.gone_nodes, *self.gone_ties]

    def made(self) -> Iterator[int]:
        """Traces of what is not there and is sent."""
        yield from (trace_of(node.id) for node in (*self.new_nodes, *(one.node for one in self.adopted_nodes)))
        yield from (trace_of(key(tie)) for tie in self.new_ties)

    def unreadable(self) -> Iterator[str]:
        """What would be changed, and holds a value of others that the driver can neither read nor send back."""
        changed: list[str | Key] = [node.id for node, _ in self.changed_nodes]
        changed += [key(tie) for tie, _ in self.changed_ties]
        for thing in changed:
            if any(hasattr(value, "raw_data") for value in self.foreign.get(thing, {}).values()):
                yield thing.told if isinstance(thing, Key) else thing

    def touched(self, nodes: Iterable[str]) -> list[str]:
        """Of nodes, by their ids, those that relationships run from or to which this makes, changes or takes away."""
        ties = [*map(key, self.new_ties), *(key(tie) for tie, _ in self.changed_ties), *self.gone_ties]
        return sorted({end for tie in ties for end in (tie.start, tie.end)} & {*nodes})

    def counts(self) -> list[Count]:
        """By label and type."""
        found: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        new = [*self.new_nodes, *(one.node for one in self.adopted_nodes)]
        for column, nodes in enumerate((new, [node for node, _ in self.changed_nodes])):
            for node in nodes:
                found["node", node.label][column] += 1
        for node_id in self.gone_nodes:
            found["node", label_of(node_id)][2] += 1
        for column, ties in enumerate((self.new_ties, [tie for tie, _ in self.changed_ties])):
            for tie in ties:
                found["relationship", tie.type][column] += 1
        for gone in self.gone_ties:
            found["relationship", gone.type][2] += 1
        return [Count(*what, *numbers) for what, numbers in sorted(found.items())]
