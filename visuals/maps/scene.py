"""What a map shows: some cities, those that they have ties with, and where each lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from citydiplomacy.graph.model.records import Organization
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select

from ..drawing import scene
from ..drawing.style import line_of


@dataclass(frozen=True)
class Place:
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


@dataclass(frozen=True)
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

    places: tuple[Place, ...]
    ties: tuple[MapTie, ...]
    nowhere: tuple[str, ...]


def around(store: Store, focus: Sequence[str], lang: str, *, standing: bool = False) -> MapScene:
    """The ties of some cities to other cities, and to organisations at the city of their seat."""
    graph = scene.around(store, focus, lang, standing=standing)
    where = coordinates(store)
    seats = {record.id: record.seat for record in store.records(Organization) if record.seat}
    places: dict[str, Place] = {}
    ties: set[tuple[str, str, str, str, str]] = set()
    nowhere: set[str] = set()

    def put(node: str, kind: str) -> bool:
        data: dict[str, Any] = graph.nodes[node]
        point = where.get(seats.get(node, "") if kind == "seat" else node)
        if point is None:
            nowhere.add(str(data["label"]))
            return False
        places.setdefault(node, Place(node, str(data["label"]), *point, kind))
        return True

    for node in focus:
        put(node, "focus")
    for one, other, data in graph.edges(data=True):
        for here, there in ((one, other), (other, one)):
            if here not in focus or (there in focus and here > there):
                continue
            kind = {"city": "partner", "organization": "seat"}.get(there.partition("/")[0])
            if kind and put(there, "focus" if there in focus else kind) and here in places:
                ties.add((here, there, str(data["kind"]), str(data["kind_label"]), line_of(data)))
    return MapScene(tuple(places.values()), tuple(MapTie(*tie) for tie in sorted(ties)), tuple(sorted(nowhere)))


def coordinates(store: Store) -> dict[str, tuple[float, float]]:
    """City -> degrees north and east."""
    query = "SELECT ?city ?north ?east WHERE { ?city a schema:City ; wgs84:lat ?north ; wgs84:long ?east }"
    return {str(city): (float(str(north)), float(str(east))) for city, north, east in select(store, query)}
