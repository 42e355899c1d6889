"""NetworkX graphs by projection of the merged view, for people and for the measures.

Nodes are ids; each has `kind` (its record class) and `labels` (language -> name). Nodes and edges come in sorted order,
so that whatever depends on the order (layouts, communities) is the same at every run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import combinations
from sys import intern
from typing import TYPE_CHECKING

from .model.schema import REGISTRY, by_folder
from .rdf.triples import compact
from .store.once import once
from .store.reader import Store
from .store.rows import stream, told_pairs, told_values
from .views.subset import lots, part

if TYPE_CHECKING:
    import networkx as nx

    from .rdf.endpoint import Endpoint
    from .store.reader import Store

    Readable = Store | Endpoint

CITY_TIES = ("agreement-kind/sister-city", "agreement-kind/friendship", "agreement-kind/memorandum")
"""Kinds of agreement that tie cities."""


def city_ties(store: Readable, kinds: Collection[str] = CITY_TIES, *, standing: bool = True) -> nx.Graph[str]:
    """Cities and their agreements, undirected: one edge a pair, with `ties` (ids), `kinds` and `weight` (how many).

    standing: only ties that stand; else all that are told.
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    kind_of, counted = told_values(store, "cd:kind"), _counted(store, standing=standing)
    cities: dict[str, list[str]] = {}
    for tie, party in told_pairs(store, "cd:party"):
        if party.startswith("city/"):
            cities.setdefault(tie, []).append(party)
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for tie, parties in sorted(cities.items()):
        kind = kind_of.get(tie, "")
        if kind in kinds and counted(tie):
            for pair in combinations(sorted(parties), 2):
                pairs.setdefault(pair, []).append((tie, kind))
    _add_nodes(graph, store, (node for pair in pairs for node in pair))
    for (one, other), ties in sorted(pairs.items()):
        graph.add_edge(
            one, other, weight=len(ties), ties=tuple(t for t, _ in ties), kinds=tuple(sorted({k for _, k in ties}))
        )
    return graph


def memberships(store: Readable, *, standing: bool = True) -> list[tuple[str, str, str]]:
    """(member, organisation, role) of every membership, sorted; members of any kind."""
    ties = _told_once(store, standing=standing)
    return sorted(ties.values())


def _told_once(store: Readable, *, standing: bool) -> dict[str, tuple[str, str, str]]:
    return once(store, membership_ties) if standing else membership_ties(store, standing=False)


def membership_ties(store: Readable, *, standing: bool = True) -> dict[str, tuple[str, str, str]]:
    """Membership -> (member, organisation, role)."""
    member, organization, role = (told_values(store, f"org:{end}") for end in ("member", "organization", "role"))
    counted = _counted(store, standing=standing)
    told = member.keys() & organization.keys() & role.keys()
    return {tie: (member[tie], organization[tie], role[tie]) for tie in told if counted(tie)}


def two_mode(store: Readable, *, standing: bool = True) -> nx.Graph[str]:
    """Cities and organisations they belong to: bipartite (0 cities, 1 organisations), edges with `ties`, `roles`."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    held: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for tie, (member, organization, role) in sorted(_told_once(store, standing=standing).items()):
        if member.startswith("city/"):
            held.setdefault((member, organization), []).append((tie, role))
    _add_nodes(graph, store, (node for pair in held for node in pair))
    for node in graph:
        graph.nodes[node]["bipartite"] = 0 if node.startswith("city/") else 1
    for (member, organization), several in sorted(held.items()):
        ties, roles = zip(*several, strict=True)
        graph.add_edge(member, organization, ties=ties, roles=tuple(sorted(roles)), weight=1)
    return graph


def actors(store: Readable, *, standing: bool = True) -> nx.MultiGraph[str]:
    """All actors and all ties between them: agreements, memberships, missions, flights.

    A multigraph: parallel ties stay apart, keyed by the id of the tie, with `kind` (record class), `detail` (the id of
    its kind or role), `status`, `standing` (whether it stands) and `since` (EDTF); None where unknown.
    """
    import networkx as nx

    graph: nx.MultiGraph[str] = nx.MultiGraph()
    status, since = told_values(store, "cd:status"), told_values(store, "schema:startDate")
    stands = once(store, _standing)
    edges = []
    for name, schema in REGISTRY.items():
        if not schema.is_tie:
            continue
        folder, details = f"{schema.folder}/", told_values(store, compact(schema.kind.predicate)) if schema.kind else {}
        ends: dict[str, set[str]] = {}
        for end_property in schema.ends:
            for tie, end in told_pairs(store, compact(schema.by_name[end_property].predicate)):
                if tie.startswith(folder) and (not standing or stands.get(tie)):
                    ends.setdefault(tie, set()).add(end)
        edges += [
            (one, other, tie, name, details.get(tie), status.get(tie), stands.get(tie), since.get(tie))
            for tie, found in ends.items()
            for one, other in combinations(sorted(found), 2)
        ]
    _add_nodes(graph, store, (node for edge in edges for node in edge[:2]))
    for one, other, tie, name, *told in sorted(edges, key=lambda edge: edge[:4]):
        graph.add_edge(one, other, key=tie, kind=name, **dict(zip(_TOLD, told, strict=True)))
    return graph


def near(
    store: Store, focus: Collection[str], *, depth: int = 1, standing: bool = True
) -> tuple[nx.MultiGraph[str], dict[str, int]]:
    """The actors within some steps of others and the ties among them, as `actors` tells them; and how many neighbours
    each has in the whole network. What is farther away is not read.
    """
    found = set(focus)
    for _ in range(depth):
        found |= {end for ends in _touching(store, found, standing=standing).values() for end in ends}
    touching = _touching(store, found, standing=standing)
    among = {tie for tie, ends in touching.items() if ends <= found}
    graph = actors(part(store, among | found, claims=False), standing=standing)
    neighbours: dict[str, set[str]] = {actor: set() for actor in found}
    for ends in touching.values():
        for actor in ends & found:
            neighbours[actor] |= ends - {actor}
    return graph, {actor: len(others) for actor, others in neighbours.items()}


def _touching(store: Store, ids: Collection[str], *, standing: bool) -> dict[str, set[str]]:
    """The ties of some actors, each with all its ends."""
    classes = [schema for schema in REGISTRY.values() if schema.is_tie]
    ends = "|".join({compact(schema.by_name[end].predicate): None for schema in classes for end in schema.ends})
    stands = "?tie cd:standing true ." if standing else ""
    found: dict[str, set[str]] = {}
    for values in lots(ids):  # a path: of a variable among predicates, the engine would look through all that is told
        query = (
            f"SELECT ?tie ?end WHERE {{ VALUES ?actor {{ {values} }} ?tie {ends} ?actor . {stands} ?tie {ends} ?end }}"
        )
        for tie, end in stream(store, query):
            schema = by_folder(str(tie))
            if schema and schema.is_tie:
                found.setdefault(str(tie), set()).add(str(end))
    return found


_TOLD = ("detail", "status", "standing", "since")
"""What an edge of all actors tells of its tie."""


def _counted(store: Readable, *, standing: bool) -> Callable[[str], bool]:
    """Which ties are taken: those that stand, by their ids, or all."""
    if not standing:
        return lambda _: True
    stands = once(store, _standing)
    return lambda tie: stands.get(tie, False)


def _standing(store: Readable) -> dict[str, bool]:
    """Which ties stand, and which do not; those of which that is unknown are left out."""
    return {tie: value == "true" for tie, value in told_values(store, "cd:standing").items()}


def _add_nodes(graph: nx.Graph[str], store: Readable, nodes: Iterable[str]) -> None:
    labels = once(store, _labels)
    for node in sorted(set(nodes)):
        schema = by_folder(node)
        graph.add_node(node, kind=schema.name if schema else "", labels=labels.get(node, {}))


def _labels(store: Readable) -> dict[str, dict[str, str]]:
    """The names of all that has one: id, language, name."""
    labels: dict[str, dict[str, str]] = {}
    query = "SELECT ?node (LANG(?label) AS ?lang) ?label WHERE { ?node skos:prefLabel ?label }"
    for node, lang, label in stream(store, query):
        labels.setdefault(str(node), {})[intern(lang or "und")] = str(label)
    return labels
