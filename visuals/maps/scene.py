"""What a map shows: some cities, those that they have ties with, and where each lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citydiplomacy.graph.model.records import Organization
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.standing.locations import points

from ..drawing import scene as network_scene
from ..drawing.style import line_of, name_of

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class MapPlace:
    """Something at a place: its id, name, degrees north and east, and what it is here: focus, partner or seat."""

    id: str
    name: str
    north: float
    east: float
    kind: str

    @property
    def point(self) -> tuple[float, float]:
        """Degrees north and east."""
        return self.north, self.east


@dataclass(frozen=True, order=True)
class MapTie:
    """A tie from a city in the middle to a place: ids, its kind and the kind's name, and how its line looks."""

    one: str
    other: str
    kind: str
    kind_label: str
    line: str


@dataclass(frozen=True)
class MapScene:
    """Places and ties; and the names of those that no source gives a place to."""

    places: tuple[MapPlace, ...]
    ties: tuple[MapTie, ...]
    nowhere: tuple[str, ...]


def scene(
    store: Store, focus: Sequence[str], lang: str, *, standing: bool = False, graph: nx.MultiGraph[str] | None = None
) -> MapScene:
    """The ties of some cities to other cities, and to organisations at the city of their seat; or of all cities.

    graph: what `drawing.scene` made of the same, if it did already.
    """
    graph = graph or (
        network_scene.around(store, focus, lang, standing=standing)
        if focus
        else network_scene.cities(store, lang, standing=standing, told=False)
    )
    where, sits_in = points(store), seats(store)
    places: dict[str, MapPlace] = {}
    nowhere: set[str] = set()
    for node in graph:
        kind = "focus" if node in focus else {"city": "partner", "organization": "seat"}.get(node.partition("/")[0])
        point = where.get(sits_in.get(node, "") if kind == "seat" else node)
        if kind and point:
            places[node] = MapPlace(node, name_of(graph, node), *point, kind)
        elif kind:
            nowhere.add(name_of(graph, node))
    ties = {
        MapTie(one, other, str(data["kind"]), str(data["kind_label"]), line_of(data))
        for here, there, data in graph.edges(data=True)
        for one, other in [sorted((here, there), key=lambda node: (node not in focus, node))]
        if one in places and other in places and (one in focus or not focus)
    }
    in_order = [*(node for node in focus if node in places), *(node for node in places if node not in focus)]
    return MapScene(tuple(places[node] for node in in_order), tuple(sorted(ties)), tuple(sorted(nowhere)))


def seats(store: Store) -> dict[str, str]:
    """Organisation -> the city of its seat, where one is told."""
    return {record.id: record.seat for record in store.records(Organization) if record.seat}
