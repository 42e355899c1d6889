"""The mapping of a network: nodes and edges of GEXF and its like, sheets of Kumu, a table of APOC, node-link JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from citydiplomacy.graph.language.text import fold

from ..cells.concept_words import KINDS
from ..formats.networks import SPELLS
from ..layout.cell_kinds import all_cells, cells_of, is_item, is_number
from ..list_words.cell_words import BODIES, MEMBERSHIPS, tie_of
from ..list_words.column_names import FIRST
from .life import begin, by_ours, kind, life
from .lists import ListPart
from .recognition import recognize
from .sides import Side, populations
from .writing import Doubt, MappingText, quoted, table

_ENDS = (
    ("source", "target"),
    ("from", "to"),
    ("_start", "_end"),
    (":START_ID", ":END_ID"),
    ("start", "end"),
    ("tail", "head"),
    ("start.id", "end.id"),
)
_ITEM: dict[str, object] = {"pattern": r"[Qq]\d+", "slug": True}


@dataclass(frozen=True, slots=True)
class ListedNetwork:
    """Nodes and edges, and the columns that join them."""

    nodes: ListPart
    edges: ListPart
    id: str
    one: str
    other: str
    body: str
    """Of nodes: the column of what they are, empty if there is none."""
    kind: str
    """Of edges: the column of what they are."""

    def bodies(self) -> dict[str, str]:
        """What each node is, by its id: `city`, `organization`, or the word of the list for anything else."""
        at = self.nodes.header.index(self.id)
        if not self.body:
            return {row[at].strip(): "city" for row in self.nodes.rows}
        of = self.nodes.header.index(self.body)
        return {row[at].strip(): body(row[of]) for row in self.nodes.rows}

    def kinds(self) -> Iterator[tuple[str, str, str]]:
        """Of each edge its kind and its two ends."""
        indexes = [self.edges.header.index(name) if name else -1 for name in (self.kind, self.one, self.other)]
        for row in self.edges.rows:
            told = [row[at].strip() if at >= 0 else "" for at in indexes]
            yield told[0], told[1], told[2]


def body(word: str) -> str:
    """What a word for a node says: `city`, `organization`, or itself."""
    for part in [word, *re.split(r"[:;,|]", word)]:
        if found := BODIES.get(fold(part)):
            return found
    return word.strip()


def network(parts: Sequence[ListPart]) -> ListedNetwork | None:
    """The network that the parts of a file make, None if they make none."""
    for edges in parts:
        for one, other in _ends(edges):
            for nodes in parts:
                if found := _joined(nodes, edges, one, other):
                    return found
    return None


def _ends(edges: ListPart) -> Iterator[tuple[str, str]]:
    """The columns that may be the two ends of edges."""
    lowered = {name.lower().rpartition(".")[2]: name for name in reversed(edges.header)}
    lowered |= {name.lower(): name for name in edges.header}
    for one, other in _ENDS:
        if one.lower() in lowered and other.lower() in lowered:
            yield lowered[one.lower()], lowered[other.lower()]


def numbered(part: ListPart) -> bool:
    """Whether a list is one of edges between numbers: what these are stands elsewhere."""
    return any(
        all_cells([cell for name in ends for cell in cells_of(part.rows, part.header.index(name))], is_number, 1)
        for ends in _ends(part)
        if fold(ends[0]) not in ("start", "from")  # these may be years
    )


def edges_alone(part: ListPart, source: str, text: MappingText) -> bool:
    """Write the tables of a list of edges without nodes, some of which say that a city is a member of a body. Returns
    whether it is one."""
    one, other = next(_ends(part), ("", ""))
    column = _kind(part, one, other) if one else ""
    if not column or part.found.get("partner city") != other:
        return False
    part.found["kind"] = column
    words = set(cells_of(part.rows, part.header.index(column)))
    members = sorted(word for word in words if fold(word) in MEMBERSHIPS)
    if not members:
        return False
    tied = sorted(word for word in words - set(members) if tie_of(word))  # of others nobody knows what is at their ends
    ties, joins = part.where(column, tied), part.where(column, members)
    own: dict[str, object] = {"slug": True, "prefix": f"{source}-"}
    for rows, name in ((ties, one), (ties, other), (joins, one)):
        if "where" in rows.settings:
            begin(rows, "cities", text)
            text.add("columns.id", table({"column": name, **own}))
            text.add("columns.label_und", quoted(name), Doubt.LANGUAGE)
    begin(joins, "organizations", text)
    text.add("columns.id", table({"column": other, "slug": True}), Doubt.NETWORK)
    text.add("columns.label_und", quoted(other), Doubt.LANGUAGE)
    text.add("constants.kind", quoted("city-network"), Doubt.BODIES)
    if "where" in ties.settings:
        at = part.header.index(column)
        ties = replace(ties, rows=[row for row in part.rows if row[at].strip() in tied])
        begin(ties, "agreements", text)
        text.add("columns.parties", table({"columns": [one, other], **own}))
        life(ties, text)
        kind(ties, text)
    begin(joins, "memberships", text)
    text.add("columns.member", table({"column": one, **own}))
    text.add("columns.organization", table({"column": other, "slug": True}))
    life(joins, text, "joined")
    text.add("constants.role", quoted("member"), Doubt.ROLE)
    text.add("constants.locators", quoted("row {row}"))
    return True


def _joined(nodes: ListPart, edges: ListPart, one: str, other: str) -> ListedNetwork | None:
    """Nodes and edges, if a column of the nodes holds what the ends of the edges name."""
    at = [edges.header.index(name) for name in (one, other)]
    told = {row[end].strip() for row in edges.rows for end in at} - {""}
    if not told or (nodes is edges and not any(name in ("_id", ":ID") for name in nodes.header)):
        return None
    for column, name in enumerate(nodes.header):
        known = {row[column].strip() for row in nodes.rows} - {""}
        if name in (one, other) and nodes is edges:
            continue
        if len(told & known) >= 0.8 * len(told):
            rows = nodes.rows, edges.rows
            if nodes is edges:
                rows = (
                    [row for row in nodes.rows if row[column].strip()],
                    [row for row in edges.rows if row[at[0]].strip()],
                )
            nodes, edges = replace(nodes, rows=rows[0], found={}), replace(edges, rows=rows[1], found={})
            _recognise_again(nodes, edges, name, one, other)
            return ListedNetwork(nodes, edges, name, one, other, _body(nodes), _kind(edges, one, other))
    return None


def _recognise_again(nodes: ListPart, edges: ListPart, node: str, one: str, other: str) -> None:
    """Columns of nodes and of edges alone: x and y are places of a picture, the ends of edges are known."""
    both = {node} | {name for name in nodes.header if fold(name) in ("label", "labels")}
    for part, known in (
        (nodes, {node}),
        (edges, {one, other, "id", "_id", "label", "Label"} | (both if nodes.header == edges.header else set())),
    ):
        names = [name for name in part.header if name not in known or (part is nodes and name in both)]
        rows = [[row[part.header.index(name)] for name in names] for row in part.rows]
        found = recognize(names, rows, network=True)
        part.found.update(found)
    for side in [
        what for what in edges.found if what.startswith("partner ") or what in ("city", "country", "wikidata")
    ]:
        del edges.found[side]


def _body(nodes: ListPart) -> str:
    """The column of what nodes are: called so and knowing one of our words, or full of them."""
    for name in nodes.header:
        cells = [body(cell) for cell in cells_of(nodes.rows, nodes.header.index(name))]
        ours = [cell for cell in cells if cell in ("city", "organization")]
        if ours and (fold(name) in _BODIES or (len(ours) == len(cells) and "organization" in ours)):
            return name
    return ""


_BODIES = frozenset({"type", "labels", "label", "kind", "group", "category", "class", "elementtype", "نوع"})


def _kind(edges: ListPart, one: str, other: str) -> str:
    for name in edges.header:
        words = {fold(row[edges.header.index(name)]) for row in edges.rows} - {""}
        if name not in (one, other) and words & (KINDS.keys() | MEMBERSHIPS):
            return name
    return ""


def tables(found: ListedNetwork, source: str, text: MappingText) -> None:
    """Write the tables of a network: its cities and bodies, agreements between cities, memberships of cities."""
    nodes, bodies = found.nodes, found.bodies()
    items = all_cells(list(bodies), is_item, 1)
    if "city" not in nodes.found and not all_cells(list(bodies), lambda cell: bool(re.fullmatch(r"\w?\d+", cell)), 0.5):
        nodes.found["city"] = found.id
    by_label = found.id == nodes.found.get("city")
    ids: dict[str, dict[str, object]] = {
        "city": _ITEM if items else {"slug": True, "prefix": f"{source}-"},
        "organization": {"slug": True} if by_label else {"slug": True, "prefix": f"{source}-"},
    }
    words = {what: _words_of(nodes, found.body, what) for what in ("city", "organization")}
    cities = nodes.where(found.body, words["city"])
    one = Side(cities, FIRST, source, table({"column": found.id, **ids["city"]}))
    begin(cities, "cities", text)
    one.write(text, items=items)
    if items and "wikidata" not in nodes.found:
        address = {"column": found.id, "pattern": r"Q\d+", "prefix": "http://www.wikidata.org/entity/"}
        text.add("columns.exact_match", table(address))
    populations(cities, one, items, text)
    if words["organization"]:
        begin(nodes.where(found.body, words["organization"]), "organizations", text)
        text.add("columns.id", table({"column": found.id, **ids["organization"]}), Doubt.NETWORK)
        text.add("columns.label_und", quoted(nodes.found.get("city", found.id)), Doubt.LANGUAGE)
        text.add("constants.kind", quoted("city-network"), Doubt.BODIES)
    ends: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for edge in found.kinds():
        ends.setdefault((bodies.get(edge[1], ""), bodies.get(edge[2], "")), []).append(edge)
    if between := ends.get(("city", "city")):
        _agreements(found, between, ids["city"], text)
    for member, organization, which in (("city", "organization", 2), ("organization", "city", 1)):
        if edges := ends.get((member, organization)):
            _memberships(found, edges, which, ids, text)


def _agreements(
    found: ListedNetwork, between: Sequence[tuple[str, str, str]], own: dict[str, object], text: MappingText
) -> None:
    kinds = sorted({kind for kind, _, _ in between if fold(kind) not in MEMBERSHIPS})
    others = [edge for edge in found.kinds() if (not found.kind or edge[0] in kinds) and edge not in set(between)]
    unless = {
        name: sorted({edge[at] for edge in others if edge[at] and edge[at] not in {each[at] for each in between}})
        for at, name in ((1, found.one), (2, found.other))
    }
    part = found.edges.where(found.kind, kinds)
    part = replace(
        part,
        settings={
            **part.settings,
            **({"unless": {k: v for k, v in unless.items() if v}} if any(unless.values()) else {}),
        },
    )
    if found.kind:
        part.found["kind"] = found.kind
        part = replace(part, rows=[row for row in part.rows if row[part.header.index(found.kind)].strip() in kinds])
    begin(part, "agreements", text)
    text.add("columns.parties", table({"columns": [found.one, found.other], **own}))
    life(part, text)
    if SPELLS in part.header:
        text.add("columns.note_und", quoted(SPELLS), Doubt.SPELLS)
    kind(part, text)


def _memberships(
    found: ListedNetwork,
    edges: Sequence[tuple[str, str, str]],
    which: int,
    ids: dict[str, dict[str, object]],
    text: MappingText,
) -> None:
    """which: the end of the edges at which the bodies are."""
    kinds = sorted({kind for kind, _, _ in edges})
    names = {1: found.one, 2: found.other}
    part = found.edges.where(found.kind, kinds)
    settings = dict(part.settings)
    where = settings.get("where")
    settings["where"] = {
        **(where if isinstance(where, dict) else {}),
        names[which]: sorted({edge[which] for edge in edges}),
    }
    part = replace(part, settings=settings)
    begin(part, "memberships", text)
    text.add("columns.member", table({"column": names[3 - which], **ids["city"]}))
    text.add("columns.organization", table({"column": names[which], **ids["organization"]}))
    life(part, text)
    text.add("constants.role", quoted("member"), Doubt.ROLE)
    text.add("constants.locators", quoted("row {row}"))


def _words_of(nodes: ListPart, column: str, what: str) -> list[str]:
    """The words of a list for a kind of nodes."""
    if not column:
        return []
    at = nodes.header.index(column)
    return sorted(by_ours(sorted({row[at].strip() for row in nodes.rows}), body).get(what, []))
