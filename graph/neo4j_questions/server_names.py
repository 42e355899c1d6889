"""Names to records on a Neo4j server, as `store.lookup` asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..language.text import fold
from ..limited import MOST_ROWS
from ..limited.deadline import Deadline
from ..neo4j.asking import run
from ..neo4j.marks import MARK

if TYPE_CHECKING:
    import neo4j

_NAMES = f"""
MATCH (n:{MARK})
WITH n, [key IN keys(n) WHERE key STARTS WITH 'label_' | n[key]] + coalesce(n.aliases, [])
  + CASE WHEN n.acronym IS NULL THEN [] ELSE [n.acronym] END AS names
WHERE size(names) > 0
RETURN n.id AS id, names
"""


class ServerNames:
    """The names of what was pushed to a server. The server has no folded ones: all are read once, and folded here."""

    def __init__(self, driver: neo4j.Driver, database: str | None, deadline: Deadline) -> None:
        self._driver, self._database, self._deadline = driver, database, deadline

    def has(self, record_id: str) -> bool:
        """Whether there is a node with an id."""
        return bool(self._rows(f"MATCH (n:{MARK} {{id: $id}}) RETURN n.id AS id LIMIT 1", id=record_id))

    def named(self, name: str) -> list[str]:
        """Ids of the nodes that have this name or other name in any language, spelling folded; sorted."""
        wanted = fold(name)
        return sorted({node for key, node in self._folded if key == wanted})

    def matched(self, iri: str) -> list[str]:
        """Ids of the nodes that say they are the same as a thing elsewhere; sorted."""
        listed = f"MATCH (n:{MARK}) WHERE n.exact_match IS :: LIST<ANY>"
        asked = f"{listed} AND $iri IN n.exact_match RETURN n.id AS id ORDER BY id"
        return [node for (node,) in self._rows(asked, iri=iri)]

    def folded_names(self) -> Iterator[tuple[str, str]]:
        """All (folded name, id) pairs."""
        return iter(self._folded)

    def name(self, record_id: str, lang: str = "en") -> str:
        """The name of a node in a language, else in English, else another, else its id."""
        asked = f"MATCH (n:{MARK} {{id: $id}}) RETURN n.label AS label, n.label_fa AS label_fa LIMIT 1"
        rows = self._rows(asked, id=record_id)
        return str((lang == "fa" and rows[0][1]) or rows[0][0]) if rows else record_id

    def country(self, record_id: str) -> str:
        """The id of the country that a node lies in; empty if none is told."""
        asked = f"MATCH (n:{MARK} {{id: $id}})-[:IN_COUNTRY]->(c) RETURN c.id AS id LIMIT 1"
        return next((country for (country,) in self._rows(asked, id=record_id)), "")

    @cached_property
    def _folded(self) -> list[tuple[str, str]]:
        named = ((name, node) for node, names in self._rows(_NAMES) for name in names)
        return [(fold(name), node) for name, node in named if isinstance(name, str) and isinstance(node, str)]

    def _rows(self, asked: str, **values: Any) -> list[tuple[Any, ...]]:
        deadline, limit = self._deadline, MOST_ROWS
        return run(self._driver, asked, values, database=self._database, timeout=deadline, limit=limit).rows
