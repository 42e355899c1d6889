"""What a picture shows: the actors round some cities, or a whole network of cities, ready for a page or a figure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from citydiplomacy.graph import network
from citydiplomacy.graph.language.date_words import format_date
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model.records import Source
from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select
from citydiplomacy.graph.views.subset import lots
from citydiplomacy.ontology.schemes import schemes

if TYPE_CHECKING:
    import networkx as nx


class Cited(NamedTuple):
    """A source as a picture names it: its title, and where it can be read."""

    title: str
    address: str | None = None


def around(
    store: Store, focus: Sequence[str], lang: str, *, depth: int = 1, standing: bool = False
) -> nx.MultiGraph[str]:
    """The ties of some actors (ids): to their partners, networks and missions, and those among these.

    depth: how many steps from the focus. standing: leave out what is not known to stand. Sizes are degrees in the
    whole network, so that a partner's weight shows.
    """
    scene, sizes = network.near(store, focus, depth=depth, standing=standing)
    for actor in focus:
        if actor not in scene:
            record = store.get(actor)
            labels = {text.lang: text.value for text in record.labels} if record else {}
            scene.add_node(actor, kind=record.schema.name if record else "", labels=labels)
    return _dressed(store, scene, lang, sizes, focus)


def cities(store: Store, lang: str, *, standing: bool = True, told: bool = True) -> nx.MultiGraph[str]:
    """All cities of the store and the agreements between them; sizes are degrees. told: with countries and sources."""
    whole = network.actors(store, standing=standing)
    scene = _within(whole, {node for node in whole if node.startswith("city/")})
    scene.remove_edges_from([edge for edge in scene.edges(keys=True) if not edge[2].startswith("agreement/")])
    scene.remove_nodes_from([node for node in scene if not scene.degree(node)])
    return _dressed(store, scene, lang, {node: len(set(scene[node])) for node in scene}, (), told=told)


def _within(whole: nx.MultiGraph[str], nodes: Collection[str]) -> nx.MultiGraph[str]:
    """Some nodes and the ties among them, in the order of the whole, which `subgraph` does not keep: the same store
    gives the same drawing, to the byte."""
    import networkx as nx

    scene: nx.MultiGraph[str] = nx.MultiGraph()
    scene.add_nodes_from((node, told) for node, told in whole.nodes(data=True) if node in nodes)
    for one, other, tie, told in whole.edges(keys=True, data=True):
        if one in nodes and other in nodes:
            scene.add_edge(one, other, tie, **told)
    return scene


def _dressed(
    store: Store,
    scene: nx.MultiGraph[str],
    lang: str,
    sizes: Mapping[str, float],
    focus: Collection[str],
    *,
    told: bool = True,
) -> nx.MultiGraph[str]:
    """The scene with everything that a picture writes, in one language."""
    sources: Mapping[str, list[Cited]] = {}
    countries: Mapping[str, str] = {}
    regions: Mapping[str, str] = {}
    if told:
        sources = _sources(store, {*scene, *(edge[2] for edge in scene.edges(keys=True))}, lang)
        countries, regions = _countries(store, scene, lang), _regions(store, scene)
    for node, data in scene.nodes(data=True):
        labels = data.pop("labels", {})
        kind = data.get("kind") or "Actor"
        data["label"] = labels.get(lang) or labels.get("en") or next(iter(labels.values()), node)
        data["others"] = sorted(set(labels.values()) - {data["label"]})
        data["kind_label"] = REGISTRY[kind].title(lang) if kind in REGISTRY else kind
        data["size"] = float(sizes.get(node, 0))
        data["facts"] = [countries[node]] if node in countries else []
        data["sources"] = sources.get(node, [])
        if node in regions:
            data["region"] = regions[node]
            data["region_label"] = _label(regions[node], lang)
        if node in focus:
            data["focus"] = True
    for _, _, key, data in scene.edges(keys=True, data=True):
        detail, status, since = data.pop("detail", None), data.get("status"), data.get("since")
        schema = REGISTRY[data["kind"]]
        if schema.edge:
            data["kind_label"] = schema.title(lang)
            data["kind"] = schema.edge.lower().replace("_", "-")  # as the styles call it
            data["role"] = _label(detail, lang)
        else:
            data["kind"] = (detail or "").partition("/")[2]
            data["kind_label"] = _label(detail, lang)
        state = schemes()["status"].get(status) if status else None
        data["status_label"] = state.label(lang) if state else ""
        data["since"] = format_date(from_edtf(since), lang) if since else ""
        data["sources"] = sources.get(key, [])
    return scene


def _label(concept_id: str | None, lang: str) -> str:
    """The name of a concept, empty if it is none."""
    concept = schemes().get((concept_id or "").partition("/")[0], {}).get(concept_id or "")
    return concept.label(lang) if concept else ""


def _sources(store: Store, ids: Collection[str], lang: str) -> dict[str, list[Cited]]:
    cited = {source.id: Cited(source.label(lang), source.address) for source in store.records(Source)}
    found: dict[str, list[Cited]] = {}
    for things in lots(ids):
        query = f"SELECT ?thing ?source WHERE {{ VALUES ?thing {{ {things} }} ?thing prov:hadPrimarySource ?source }}"
        for thing, source in select(store, query):
            found.setdefault(str(thing), []).append(cited.get(str(source), Cited(str(source))))
    return {thing: sorted(several, key=lambda one: one.title) for thing, several in found.items()}


def _countries(store: Store, cities: Collection[str], lang: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for some in lots(cities):
        query = f"""SELECT ?city ?name (LANG(?name) AS ?lang) WHERE {{ VALUES ?city {{ {some} }}
            ?city a schema:City ; schema:containedInPlace ?country . ?country skos:prefLabel ?name }}"""
        for city, name, spoken in select(store, query):
            if spoken == lang or str(city) not in names:
                names[str(city)] = str(name)
    return names


def _regions(store: Store, nodes: Collection[str]) -> dict[str, str]:
    """The world region of each city by its country, and of each country."""
    found: dict[str, str] = {}
    for some in lots(nodes):
        query = f"""SELECT ?node ?region WHERE {{ VALUES ?node {{ {some} }}
            {{ ?node a schema:City ; schema:containedInPlace/schema:containedInPlace ?region }}
            UNION {{ ?node a schema:Country ; schema:containedInPlace ?region }} }}"""
        found |= {str(node): str(region) for node, region in select(store, query)}
    return found
