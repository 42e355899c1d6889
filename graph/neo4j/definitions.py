"""What a push defines on a server before it sends anything: constraints, indexes, names; and how older marks go."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from ..model import schema
from ..property.projection import PropertyGraph
from .on_server import BATCH, KEPT, name
from .push_lock import State, Turn
from .server import DIGEST, MARK, OURS

if TYPE_CHECKING:
    import neo4j

LABELS = (*schema.REGISTRY, "Concept", "Claim")
LAYOUT = 2
"""The version of the marks: what was pushed with an older one is marked anew."""

_OLDER = "CityDip"
"""Our label in layouts before 2, which had no mark on relationships."""


def define(session: neo4j.Session, graph: PropertyGraph) -> None:
    """One node an id, among ours; an index for those who look by label and id; and the names that a graph needs.

    Nothing that binds others. Names are made beforehand, so that it can be counted afterwards who wrote.
    """
    asked = [label for label in LABELS if label != "Claim"]  # nobody looks for claims by their ids, and they are many
    indexes = [f"CREATE INDEX citydip_{name(label)} IF NOT EXISTS FOR (n:{name(label)}) ON (n.id)" for label in asked]
    in_one(session, f"CREATE CONSTRAINT citydip_id IF NOT EXISTS FOR (n:{MARK}) REQUIRE n.id IS UNIQUE", *indexes)
    session.run("CALL db.awaitIndexes(300)").consume()
    labels = {MARK, KEPT, *(node.label for node in graph.nodes)}
    types = {tie.type for tie in graph.relationships}
    keys = {
        DIGEST,
        OURS,
        *(told.name for told in fields(State)),
        *(called for node in graph.nodes for called in node.properties),
    }
    keys |= {called for tie in graph.relationships for called in tie.properties}
    for what, names in (("Label", labels), ("RelationshipType", types), ("Property", keys)):
        session.run(f"UNWIND $names AS name CALL db.create{what}(name)", names=sorted(names)).consume()


def in_one(session: neo4j.Session, *statements: str) -> None:
    """In a transaction that is tried again: two pushes that begin at once can be in each other's way here."""

    def work(transaction: neo4j.ManagedTransaction) -> None:
        for statement in statements:
            transaction.run(statement).consume()

    session.execute_write(work)


def mark_anew(session: neo4j.Session, turn: Turn) -> None:
    """Bring what was pushed with older marks to those of today."""
    ours = f"{_OLDER}) WHERE n.{DIGEST} IS NOT NULL WITH n LIMIT {BATCH}"
    for work in (
        f"MATCH (n:{_OLDER}Kept) WITH n LIMIT {BATCH} SET n:{KEPT} REMOVE n:{_OLDER}Kept RETURN count(*)",
        f"MATCH (n:{ours} SET n:{MARK} REMOVE n:{_OLDER} RETURN count(*)",
        f"MATCH (:{MARK})-[r]->(:{MARK}) WHERE r.{DIGEST} IS NOT NULL AND r.{OURS} IS NULL "
        f"WITH r LIMIT {BATCH} SET r.{OURS} = true RETURN count(*)",
    ):
        while turn.transaction(lambda tx, asked=work: tx.run(asked).single(strict=True)[0]):  # type: ignore[misc]
            pass
    named = f"SHOW CONSTRAINTS YIELD name, labelsOrTypes WHERE labelsOrTypes = ['{_OLDER}'] RETURN name"
    in_one(session, *(f"DROP CONSTRAINT `{one.replace('`', '``')}`" for one in session.run(named).value()))
