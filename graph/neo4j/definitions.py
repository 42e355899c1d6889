"""What a push defines on a server before it sends anything: constraints, indexes, names; and how older marks go."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from ..model import schema
from ..property.projection import PropertyGraph
from .marks import BATCH, DIGEST, KEPT, MARK, OURS, REVISION, name
from .push_lock import State, Turn

if TYPE_CHECKING:
    import neo4j

LABELS = (*schema.REGISTRY, "Concept", "Claim")
LAYOUT = 4
"""The version of the marks: what was pushed with an older one is marked anew."""

NAMES = "citydip_names"
"""The full-text index of names: Persian letters are folded, a half-space parts words."""

_BY_ID = (
    "SHOW INDEXES YIELD name, labelsOrTypes, properties, owningConstraint, entityType, type "
    "WHERE type = 'RANGE' AND entityType = 'NODE' AND properties = ['id'] "
    "RETURN labelsOrTypes[0], name, owningConstraint"
)
_OLDER = "CityDip"
"""Our label in layouts before 2, which had no mark on relationships."""


class NotHeldApart(NamedTuple):
    """A label of which a push holds no ids apart."""

    label: str
    by: str
    """The server's own index of ids, which stands in the place of ours; "" where others have nodes of the label."""


def define(session: neo4j.Session, graph: PropertyGraph) -> list[NotHeldApart]:
    """One node an id, among ours, and of each label; an index of names; and the words that a graph needs.

    What binds others is left out where they have nodes of a label already, or a definition of their own: that is
    returned. Words are made beforehand, so that it can be counted afterwards who wrote.
    """
    in_one(session, f"CREATE CONSTRAINT citydip_id IF NOT EXISTS FOR (n:{MARK}) REQUIRE n.id IS UNIQUE")
    others = _each_label(session)
    in_one(
        session,
        f"CREATE FULLTEXT INDEX {NAMES} IF NOT EXISTS FOR (n:{MARK}) "
        "ON EACH [n.label, n.label_en, n.label_fa, n.aliases, n.acronym] OPTIONS {indexConfig: "
        "{`fulltext.analyzer`: 'persian', `fulltext.eventually_consistent`: true}}",
    )
    session.run("CALL db.awaitIndexes(300)").consume()
    labels = {MARK, KEPT, *(node.label for node in graph.nodes)}
    types = {tie.type for tie in graph.relationships}
    keys = {
        DIGEST,
        OURS,
        REVISION,
        *(told.name for told in fields(State)),
        *(called for node in graph.nodes for called in node.properties),
    }
    keys |= {called for tie in graph.relationships for called in tie.properties}
    for what, names in (("Label", labels), ("RelationshipType", types), ("Property", keys)):
        session.run(f"UNWIND $names AS name CALL db.create{what}(name)", names=sorted(names)).consume()
    return others


def _each_label(session: neo4j.Session) -> list[NotHeldApart]:
    """Hold ids apart by label, for those who look by label and id; returns where others are in the way of that."""
    others, made, replaced = list[NotHeldApart](), [], []
    defined = {label: (called, owner) for label, called, owner in session.run(_BY_ID).values()}
    for label in LABELS:
        own = f"citydip_{name(label)}"
        called, owner = defined.get(label, ("", None))
        if label == "Claim" or owner == own:  # nobody looks for claims by their ids, and they are many
            continue
        if called and called != own:
            others.append(NotHeldApart(label, called))
        elif session.run(f"MATCH (n:{name(label)}) WHERE n.{DIGEST} IS NULL RETURN 1 LIMIT 1").peek() is not None:
            others.append(NotHeldApart(label, ""))
            made.append(f"CREATE INDEX {own} IF NOT EXISTS FOR (n:{name(label)}) ON (n.id)")
        else:
            replaced += [f"DROP INDEX {own}"] if called else []
            made.append(f"CREATE CONSTRAINT {own} IF NOT EXISTS FOR (n:{name(label)}) REQUIRE n.id IS UNIQUE")
    in_one(session, *replaced)
    in_one(session, *made)
    return others


def unique(transaction: neo4j.ManagedTransaction) -> set[str]:
    """The labels of which there can be but one node with an id, whoever said so."""
    return {label for label, _, owner in transaction.run(_BY_ID).values() if owner} & {*LABELS}


def in_one(session: neo4j.Session, *statements: str) -> None:
    """In a transaction that is tried again: two pushes that begin at once can be in each other's way here."""

    def work(transaction: neo4j.ManagedTransaction) -> None:
        for statement in statements:
            transaction.run(statement).consume()

    session.execute_write(work)


def mark_anew(session: neo4j.Session, turn: Turn) -> None:
    """Bring what was pushed with older marks to those of today."""
    ours = f"{_OLDER}) WHERE n.{DIGEST} IS NOT NULL WITH n LIMIT {BATCH}"
    ties = f"MATCH (:{MARK})-[r]->(:{MARK}) WHERE r.{DIGEST} IS NOT NULL AND"
    revision = f"{REVISION} = {turn.state.revision:d} RETURN count(*)"
    for work in (
        f"MATCH (n:{_OLDER}Kept) WITH n LIMIT {BATCH} SET n:{KEPT} REMOVE n:{_OLDER}Kept RETURN count(*)",
        f"MATCH (n:{ours} SET n:{MARK} REMOVE n:{_OLDER} RETURN count(*)",
        f"{ties} r.{OURS} IS NULL WITH r LIMIT {BATCH} SET r.{OURS} = true RETURN count(*)",
        f"MATCH (n:{MARK}) WHERE n.{REVISION} IS NULL WITH n LIMIT {BATCH} SET n.{revision}",
        f"{ties} r.{REVISION} IS NULL WITH r LIMIT {BATCH} SET r.{revision}",
    ):
        while turn.transaction(lambda tx, asked=work: tx.run(asked).single(strict=True)[0]):  # type: ignore[misc]
            pass
    named = f"SHOW CONSTRAINTS YIELD name, labelsOrTypes WHERE labelsOrTypes = ['{_OLDER}'] RETURN name"
    in_one(session, *(f"DROP CONSTRAINT `{one.replace('`', '``')}`" for one in session.run(named).value()))
