"""What a store and a server tell, by the names under which reports tell of it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from citydiplomacy.graph.neo4j.marks import key
from citydiplomacy.graph.neo4j.unproject import key_of
from citydiplomacy.graph.property.projection import project
from citydiplomacy.graph.store.reader import Store

from .content import frozen

if TYPE_CHECKING:
    from neo4j import Driver

Told = dict[str, list[str]]
"""What is told of each thing; a copy of a relationship tells it once more."""


def of_store(folder: Path) -> Told:
    """The projection of a store."""
    with Store.open_folder(folder) as store:
        graph = project(store)
    found = {node.id: [f"{node.label} {frozen(node.properties)}"] for node in graph.nodes}
    return found | {key(tie).told: [f"{key(tie)} {frozen(tie.properties)}"] for tie in graph.relationships}


def of_server(driver: Driver) -> Told:
    """What is ours on a server; what our records have no property for is left out."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    ours = "MATCH (n) WHERE n:_CityDip OR n._digest IS NOT NULL RETURN labels(n), properties(n)"
    for labels, properties in driver.execute_query(ours).records:
        properties.pop("mayor", None)
        label = " ".join(sorted(one for one in labels if not one.startswith("_CityDip")))
        mark = "" if "_digest" in properties and "_CityDip" in labels else "without a mark "
        if "_CityDipKept" not in labels:
            found[properties["id"]].append(f"{mark}{label} {frozen(properties)}")
    asked = "MATCH (a)-[r]->(b) WHERE r._digest IS NOT NULL RETURN type(r), a.id, b.id, properties(r)"
    for type_, start, end, properties in driver.execute_query(asked).records:
        tie = key_of(type_, start, end, properties.get("id", ""))
        found[tie.told].append(f"{tie} {frozen(properties)}")
    return {thing: sorted(told) for thing, told in found.items()}
