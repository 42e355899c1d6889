"""What the last push put on a server, as far as it is known: what is missing of it was deleted by somebody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from ..model.values import Text
from ..property.projection import Node, PropertyGraph, Relationship
from ..property.values import claim_id, statement
from .marks import key, texts, tie_digest, trace_of
from .on_server import OnServer
from .push_lock import State
from .unproject import edge_property, schema_of


class Before(NamedTuple):
    """What a server said of the last push."""

    unchanged: set[str]
    """The sources that tell what they told then, by the same program: another can make more of them."""
    sources: Collection[str]
    """All sources of which it told."""
    held: Mapping[str, int]
    """How many things of each label and type there were."""
    decided: Collection[str] = ()
    """Sources that tell anew what persons did and decided: what they tell is sent, though somebody deleted it."""
    absent: Collection[int] = frozenset()
    """Where a push was cut off since, traces of what somebody had deleted before that."""
    touched: Collection[int] = frozenset()
    """Where a push was cut off since, traces of what it was to make or to take away: that may be missing by itself."""

    same_program: bool = True

    @staticmethod
    def of(state: State, wanted: State) -> Before:
        """From what a server says, and what it is to say."""
        same = state.projection == wanted.projection
        unchanged = {name for name, _ in state.sources.items() & wanted.sources.items()} if same else set[str]()
        touched = state.touched or frozenset()
        return Before(
            unchanged, state.sources.keys(), state.held, absent=state.absent, touched=touched, same_program=same
        )


class WasPushed:
    """Whether a thing of the projection had been pushed before: what is missing then was deleted by somebody.

    Where as many of a label or type are there unchanged as were pushed, nothing of it was deleted. Else a thing had
    been pushed if a source tells it that tells just what it told at the last push, or if a claim of it is on the
    server; where another program pushed last, only the latter. After a push that was cut off the same is reckoned
    without what that was about; what had been deleted before it was noted then.
    """

    def __init__(self, graph: PropertyGraph, held: OnServer, before: Before) -> None:
        self._unchanged, self._held, self._decided = before.unchanged, held, set(before.decided)
        self._same_program, self._sources_then = before.same_program, before.sources
        self.absent, self._touched = before.absent, before.touched
        pushed = held.unedited
        if before.touched:
            unedited = (held.nodes.keys() - held.kept | held.ties.keys()) - held.edited.keys()
            pushed -= held.counted(one for one in unedited if trace_of(one) in before.touched)
        self._fewer = (Counter(before.held) - pushed).keys()
        self._related: defaultdict[str, set[int]] = defaultdict(set)
        for tie, there in held.ties.items():
            self._related[tie.id].add(there.pushed)
        self._new: set[str] = set()
        self._sources = {node.id: self._told_by(node) for node in graph.nodes}

    def node(self, node: Node) -> bool:
        """A node; concepts are as old as the projection, and a tie becomes a node when something speaks of it.

        Of a source itself there is no claim: it is known by name.
        """
        if trace_of(node.id) in self.absent:
            return True
        known = trace_of(node.id) not in self._touched
        as_old = node.id in self._sources_then or (node.label == "Concept" and self._same_program)
        known = known and (as_old or self._of(node.id, self._sources[node.id], some=True))
        if not known or node.id in self._related or node.label not in self._fewer:
            self._new.add(node.id)
        return node.id not in self._new

    def tie(self, tie: Relationship) -> bool:
        """A relationship: a tie with sources of its own, or a property of the node that it starts from."""
        known_as = key(tie)
        if trace_of(known_as) in self.absent:
            return True
        if trace_of(known_as) in self._touched:
            return False
        if tie.type not in self._fewer or not self._new.isdisjoint((tie.start[1], tie.end[1])):
            return False
        if "id" in tie.properties:
            sources = texts(tie.properties["sources"])
            # There is one between others or of another kind, and it was not this one, which somebody has moved.
            otherwise = (
                known_as.id in self._related
                and tie_digest(known_as, tie.properties) not in self._related[known_as.id]
                and not self._said_between(tie, sources)
            )
            return not otherwise and self._of(known_as.id, sources, some=True)
        label, start = tie.start
        sources = self._sources.get(start, [])
        told = label == "Claim" or (label == "Concept" and self._same_program) or self._said(tie, sources)
        return told or self._of(start, sources, some=False)

    def decided(self, thing: Node | Relationship) -> bool:
        """Whether persons have decided on a thing since."""
        return not self._decided.isdisjoint(texts(thing.properties.get("sources")))

    def _said(self, tie: Relationship, sources: list[str]) -> bool:
        """Whether a source told at the last push that a node refers to another so."""
        schema = schema_of(tie.start[0])
        prop = edge_property(tie.type, schema, tie.end[0]) if schema else None
        says = statement(prop.name, tie.end[1]) if prop else ""
        return any(says in self._held.said.get(claim_id(source, tie.start[1]), ()) for source in sources)

    def _said_between(self, tie: Relationship, sources: list[str]) -> bool:
        """Whether a source told at the last push that a tie runs between these ends."""
        known_as, schema = str(tie.properties["id"]), schema_of(tie.type)
        ends = {tie.start[1], tie.end[1]}
        told = (self._held.said.get(claim_id(source, known_as), ()) for source in sources)
        return schema is not None and any(
            {end for end in ends for name in schema.ends if statement(name, end) in lines} == ends for lines in told
        )

    def _of(self, record: str, sources: list[str], *, some: bool) -> bool:
        kept = [source in self._unchanged for source in sources]
        claimed = some and any(claim_id(source, record) in self._held.nodes for source in sources)
        return claimed or (any(kept) if some else bool(kept) and all(kept))

    def _told_by(self, node: Node) -> list[str]:
        if node.label == "Claim":
            about = f"/{node.properties['about']}"
            return [f"source/{node.id.removeprefix('claim/').removesuffix(about)}"]
        return texts(node.properties.get("sources"))


class SaidAtPush:
    """What sources said of each thing at the last push, told by the claims that it put on the server."""

    def __init__(self, claims: Mapping[str, Iterable[str]]) -> None:
        """claims: what each says, in words, by its id."""
        self._said: defaultdict[str, list[str]] = defaultdict(list)
        for claim, lines in claims.items():
            self._said[claim.split("/", 2)[-1]] += lines

    def unsaid(self, thing: str, told: Mapping[str, Any]) -> dict[str, Any]:
        """Of what is told of a thing now, what no source told then: what people wrote."""
        found = {}
        for name, value in told.items():
            if isinstance(value, tuple):
                if new := tuple(one for one in value if not self._has(thing, name, one)):
                    found[name] = new
            elif not self._has(thing, name, value):
                found[name] = value
        return found

    def _has(self, thing: str, name: str, value: Any) -> bool:
        words = statement(name, getattr(value, "value", None) or getattr(value, "edtf", value))
        if isinstance(value, Text) and value.lang != "und":
            return f"{words} ({value.lang})" in self._said[thing]
        return any(line == words or line.startswith(f"{words} (") for line in self._said[thing])
