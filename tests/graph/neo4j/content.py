"""What a server holds of ours and of others, in a form that can be compared with a store's projection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from neo4j.time import Date

from citydiplomacy.graph.neo4j.push_lock import read_state
from citydiplomacy.graph.neo4j.unproject import key_of
from citydiplomacy.graph.property.projection import project
from citydiplomacy.graph.store.reader import Store

if TYPE_CHECKING:
    from neo4j import Driver

Node = tuple[frozenset[str], str]
Tie = tuple[str, str, str, str]


def frozen(properties: Mapping[str, Any]) -> str:
    """Properties as a text, without what only tells of pushes."""
    told = ((name, value) for name, value in properties.items() if name not in ("_digest", "_citydip", "revision"))
    return repr(sorted((name, value.to_native() if isinstance(value, Date) else value) for name, value in told))


def of_store(folder: Path) -> tuple[Counter[Node], Counter[Tie]]:
    """The projection of a store: nodes with labels and properties, relationships with ends and properties."""
    with Store.open_folder(folder) as store:
        graph = project(store)
    nodes = Counter((frozenset({node.label, "_CityDip"}), frozen(node.properties)) for node in graph.nodes)
    ties = Counter((tie.type, tie.start[1], tie.end[1], frozen(tie.properties)) for tie in graph.relationships)
    return nodes, ties


def of_server(driver: Driver) -> tuple[Counter[Node], Counter[Tie]]:
    """What is ours on a server, in the same form."""
    with driver.session() as session:
        nodes = session.run("MATCH (n:_CityDip) RETURN labels(n), properties(n)").values()
        ties = session.run(
            "MATCH (a:_CityDip)-[r]->(b:_CityDip) WHERE r._digest IS NOT NULL RETURN type(r), a.id, b.id, properties(r)"
        ).values()
    return (
        Counter((frozenset(labels), frozen(properties)) for labels, properties in nodes),
        Counter((*key_of(type_, start, end, "")[:3], frozen(properties)) for type_, start, end, properties in ties),
    )


def of_others(driver: Driver) -> list[list[Any]]:
    """Everything that is not ours, with the database's own ids."""
    with driver.session() as session:
        nodes = session.run(
            "MATCH (n) WHERE n._digest IS NULL AND NOT n:CityDipState "
            "RETURN elementId(n) AS id, labels(n), properties(n) ORDER BY id"
        ).values()
        ties = session.run(
            "MATCH (a)-[r]->(b) WHERE r._digest IS NULL "
            "RETURN elementId(r) AS id, type(r), elementId(a), elementId(b), properties(r) ORDER BY id"
        ).values()
    return [*nodes, *ties]


def assert_holds(driver: Driver, folder: Path) -> None:
    """The server holds a store's projection, nothing missing and nothing more, and says so."""
    wanted_nodes, wanted_ties = of_store(folder)
    nodes, ties = of_server(driver)
    assert nodes == wanted_nodes
    assert ties == wanted_ties
    with driver.session() as session:
        state = read_state(session)
    assert state is not None
    assert state.complete
    assert not state.push


def bookmark(driver: Driver) -> str:
    """Names the database's last transaction that wrote; reading leaves it as it is."""
    with driver.session(default_access_mode="READ") as session:
        session.run("RETURN 1").consume()
        return "".join(session.last_bookmarks().raw_values)
