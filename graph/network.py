"""NetworkX graphs by projection of the merged view, for people and for the measures.

Nodes are ids; each has `kind` (its record class) and `labels` (language -> name). Nodes and edges come in sorted order,
so that whatever depends on the order (layouts, communities) is the same at every run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import combinations
from typing import TYPE_CHECKING

from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.ontology.terms import BASE

from .schema import by_folder
from .selecting import select

if TYPE_CHECKING:
    import networkx as nx

    from .endpoint import Endpoint
    from .store import Store

    Readable = Store | Endpoint

CITY_TIES = ("agreement-kind/sister-city", "agreement-kind/friendship", "agreement-kind/memorandum")
"""Kinds of agreement that tie cities."""


def city_ties(store: Readable, kinds: Collection[str] = CITY_TIES, *, standing: bool = True) -> nx.Graph[str]:
    """Cities and their agreements, undirected: one edge a pair, with `ties` (ids), `kinds` and `weight` (how many).

    standing: only ties that stand, or of which nobody says that they do not; else all that are told.
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for tie, (kind, status, ended, parties) in sorted(_agreements(store).items()):
        if kind not in kinds or (standing and not _counts(status, ended)):
            continue
        cities = sorted(party for party in parties if party.startswith("city/"))
        for pair in combinations(cities, 2):
            pairs.setdefault(pair, []).append((tie, kind))
    _add_nodes(graph, store, (node for pair in pairs for node in pair))
    for (one, other), ties in sorted(pairs.items()):
        graph.add_edge(
            one, other, weight=len(ties), ties=tuple(t for t, _ in ties), kinds=tuple(sorted({k for _, k in ties}))
        )
    return graph


def memberships(store: Readable, *, standing: bool = True) -> list[tuple[str, str, str]]:
    """(member, organisation, role) of every membership, sorted; members of any kind."""
    rows = select(
        store,
        """SELECT ?member ?organization ?role ?status ?end WHERE {
             ?m a org:Membership ; org:member ?member ; org:organization ?organization ; org:role ?role .
             OPTIONAL { ?m cd:status ?status } OPTIONAL { ?m schema:endDate ?end } }""",
    )
    return sorted(
        (str(member), str(organization), str(role))
        for member, organization, role, status, end in rows
        if not standing or _counts(status, end is not None)
    )


def two_mode(store: Readable, *, standing: bool = True) -> nx.Graph[str]:
    """Cities and the organisations they belong to: bipartite (0 cities, 1 organisations), edges with `roles`."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    roles: dict[tuple[str, str], list[str]] = {}
    for member, organization, role in memberships(store, standing=standing):
        if member.startswith("city/"):
            roles.setdefault((member, organization), []).append(role)
    _add_nodes(graph, store, (node for pair in roles for node in pair))
    for node in graph:
        graph.nodes[node]["bipartite"] = 0 if node.startswith("city/") else 1
    for (member, organization), held in sorted(roles.items()):
        graph.add_edge(member, organization, roles=tuple(sorted(held)), weight=1)
    return graph


def actors(store: Readable, *, standing: bool = True) -> nx.MultiGraph[str]:
    """All actors and all ties between them: agreements, memberships, missions, flights.

    A multigraph: parallel ties stay apart, keyed by the id of the tie, with `kind` (record class), `detail` (the id of
    its kind or role), `status` and `since` (EDTF); None where unknown.
    """
    import networkx as nx

    graph: nx.MultiGraph[str] = nx.MultiGraph()
    edges = []
    for name, pattern in _TIES.items():
        ends: dict[tuple[str, ...], set[str]] = {}
        for tie, end, detail, status, since, until in select(store, pattern):
            if not standing or _counts(status, until is not None):
                ends.setdefault((str(tie), name, detail or "", status or "", since or ""), set()).add(str(end))
        edges += [(one, other, *tie) for tie, found in ends.items() for one, other in combinations(sorted(found), 2)]
    _add_nodes(graph, store, (node for edge in edges for node in edge[:2]))
    for one, other, tie, name, detail, status, since in sorted(edges):
        data = {"kind": name, "detail": detail or None, "status": status or None, "since": since or None}
        graph.add_edge(one, other, key=tie, **data)
    return graph


_TIES = {
    name: f"""SELECT ?tie ?end ?detail ?status ?since ?until WHERE {{
        ?tie a {type_} ; {ends} ?end .
        OPTIONAL {{ ?tie {detail} ?detail }} OPTIONAL {{ ?tie cd:status ?status }}
        OPTIONAL {{ ?tie schema:startDate ?since }} OPTIONAL {{ ?tie schema:endDate ?until }} }}"""
    for name, type_, ends, detail in (
        ("Agreement", "cd:Agreement", "cd:party", "cd:kind"),
        ("Membership", "org:Membership", "(org:member|org:organization)", "org:role"),
        ("Mission", "cd:Mission", "(cd:sender|cd:host)", "cd:kind"),
        ("Route", "cd:Route", "(cd:origin|cd:destination)", "cd:kind"),
    )
}


def _agreements(store: Readable) -> dict[str, tuple[str, str | None, bool, list[str]]]:
    """Agreement -> (kind, status, whether it ended, parties)."""
    found: dict[str, tuple[str, str | None, bool, list[str]]] = {}
    rows = select(
        store,
        """SELECT ?tie ?kind ?party ?status ?end WHERE {
             ?tie a cd:Agreement ; cd:kind ?kind ; cd:party ?party .
             OPTIONAL { ?tie cd:status ?status } OPTIONAL { ?tie schema:endDate ?end } }""",
    )
    for tie, kind, party, status, end in rows:
        entry = found.setdefault(str(tie), (str(kind), status, end is not None, []))
        entry[3].append(str(party))
    return found


def _counts(status: str | None, ended: bool) -> bool:
    """The rule of deriving.counts, on a status and an end."""
    if status is None:
        return not ended
    concept = schemes()["status"].get(status)
    return bool(concept and concept.stands) and not ended


def _add_nodes(graph: nx.Graph[str], store: Readable, nodes: Iterable[str]) -> None:
    wanted = set(nodes)
    labels: dict[str, dict[str, str]] = {node: {} for node in wanted}
    types = " ".join(f"<{schema.types[0]}>" for folder in _folders(wanted) if (schema := by_folder(folder + "/")))
    query = f"SELECT ?node ?label WHERE {{ VALUES ?type {{ {types} }} ?node a ?type ; skos:prefLabel ?label }}"
    for solution in store.query(query):  # type: ignore[union-attr]
        node, label = solution["node"].value.removeprefix(BASE), solution["label"]
        if node in labels:
            labels[node][label.language or "und"] = label.value
    for node in sorted(wanted):
        schema = by_folder(node)
        graph.add_node(node, kind=schema.name if schema else "", labels=labels[node])


def _folders(nodes: Collection[str]) -> list[str]:
    return sorted({node.partition("/")[0] for node in nodes})
