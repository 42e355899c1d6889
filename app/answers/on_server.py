"""What was seen on a Neo4j server, told: what went there with its relationships, and what a pull does not bring."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from citydiplomacy.graph.language.plurals import counted

from ..output import not_carried, say

if TYPE_CHECKING:
    from citydiplomacy.graph.neo4j.difference import Thing
    from citydiplomacy.graph.neo4j_exchange.report import PullReport


def with_relationships(things: list[Thing]) -> list[str]:
    """Things that are missing, each node with how many relationships went with it."""
    from citydiplomacy.graph.neo4j.difference import with_their_nodes

    return [_and_hung(thing, len(hung)) for thing, hung in with_their_nodes(things)]


def _and_hung(thing: Thing, hung: int) -> str:
    return f"{thing}, and with it {counted(hung, 'relationship')}" if hung else str(thing)


def tell_taking(things: list[str], most: int) -> None:
    """What a push that has not ended is to take, or has taken, of what people made or changed; so many by name."""
    for thing in things[:most]:
        say(f"Made or changed there, and an unfinished push was to overwrite it or take it away: {thing}")
    if len(things) > most:
        taken = counted(len(things), "thing")
        say(
            f"The unfinished push was to overwrite or take away {taken}; named are the first {most}. All of them: "
            "citydip neo4j pull --dry-run"
        )


def tell_taken(taken: list[tuple[str, str]], most: int) -> None:
    """What pushes have taken of what people made or changed, each with when; the last ones by name."""
    for when, thing in taken[-most:]:
        say(f"Made or changed there, and overwritten or taken away by a push of {when} UTC: {thing}")
    if len(taken) > most:
        taken_so = counted(len(taken), "thing")
        say(f"Of what pushes overwrote or took away, the server remembers {taken_so}; named are the last {most}.")


def tell_copies(copied: list[str]) -> None:
    """What stands on the server more than once, since somebody has copied it with our marks."""
    for thing, copies in Counter(copied).items():
        say(
            f"Stands {copies + 1} times on the server, copied with our marks: {thing}. To take the copies away: "
            "citydip neo4j push --reset"
        )


def tell_rest(report: PullReport) -> None:
    """What was seen and is not brought, and what a person has to decide."""
    for refused, reason in report.refused:
        say(f"Refused: {refused}: {reason}")
    for known in report.also_changed:
        say(f"Changed in the store too since the push, look at it again: {known}")
    for tie in report.redrawn:
        say(f"Deleted there and drawn anew, without our marks: {tie}. To mark it again: citydip neo4j push --reset")
    for deletion in report.deleted:
        sources, what = ", ".join(deletion.sources), _and_hung(deletion.thing, len(deletion.hung))
        if deletion.is_tie:
            say(
                f"Deleted there: {what}, told by {sources}. Has it ended: citydip neo4j pull --ended "
                f"{deletion.thing.id}. Did it never stand: correct the sources. Else: citydip neo4j push --reset"
            )
        elif sources:
            say(
                f"Deleted there: {what}, told by {sources}. Is it wrong: correct the sources. Else: citydip "
                "neo4j push --reset"
            )
        else:
            say(f"Deleted there: {what}. To put it back: citydip neo4j push --reset")
    for proposed in report.proposed:
        where = f"{proposed.node.label} {proposed.name!r} ({proposed.node.element})"
        if proposed.id:
            say(f"Without an id, not brought: {where}. Proposed is {proposed.id}; to take it: --take-ids")
        else:
            say(
                f"Without an id, not brought: {where}. The store knows one of this name; its id says whether it is "
                "that."
            )
    not_carried(report.lost)
    for what, things in sorted(report.lost_on.items()):
        named = ", ".join(map(str, things))
        say(f"That is, {what}: {named}")
