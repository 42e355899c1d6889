"""What a push takes of what people made or changed on a server: noted there before it is done, told when it was done.

A push that is cut off tells nothing itself. So the state node holds a line for each thing that it was to take: what
that was like, and what people know it by. The next push tells those that are no longer so.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..neo4j.difference import GraphChange
from ..neo4j.marks import Key, trace_of
from ..neo4j.on_server import OnServer


def takings(held: OnServer, difference: GraphChange) -> list[str]:
    """What a difference takes if it is sent, a line each."""
    named, in_the_way = {thing.trace: str(thing) for thing in difference.reset}, {*difference.in_the_way}
    found = []
    for one in held.edited:
        if one in in_the_way or trace_of(one) in named:
            found.append(f"{_like(held, one)} {named.get(trace_of(one), one.told if isinstance(one, Key) else one)}")
    found += [f"{element} {thing.told}" for element, thing in difference.replaced_ties.items() if thing in in_the_way]
    found += [f"{one.element} {one.node.id}" for one in difference.adopted_nodes if one.node.id in in_the_way]
    return found + [f"{copy.element} {copy.tie.told}" for copy in difference.doubles]


def taken(lines: Iterable[str], held: OnServer, difference: GraphChange) -> list[str]:
    """Of what a push was to take that was cut off, the lines of what is no longer as somebody had made it."""
    stands = {_like(held, one) for one in held.edited}.union(difference.replaced_ties)
    stands.update(one.element for one in difference.adopted_nodes)
    stands.update(copy.element for copy in (*difference.copies, *difference.doubles))
    return [line for line in lines if line.partition(" ")[0] not in stands]


def _like(held: OnServer, thing: str | Key) -> str:
    """Of a thing of ours that somebody has changed, which and what it is like."""
    there = held.ties[thing] if isinstance(thing, Key) else held.nodes[thing]
    return f"{trace_of(thing)}:{there.now}"
