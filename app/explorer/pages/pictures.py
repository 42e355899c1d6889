"""Pictures as pages: a city's ties on the map and as a network, and the world to look through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citydiplomacy.graph.model.validity import day_of
from citydiplomacy.queries.standing import coverage
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.sections import MOST_CITIES
from citydiplomacy.queries.wording.tables import Cell, Table
from citydiplomacy.visuals.document.blocks import Picture, Points
from citydiplomacy.visuals.drawing import scene, titles
from citydiplomacy.visuals.drawing.foot import foot
from citydiplomacy.visuals.drawing.network_figure import draw_network
from citydiplomacy.visuals.maps.map_figure import draw_map
from citydiplomacy.visuals.maps.scene import scene as map_scene
from citydiplomacy.visuals.pages.network_page import network_page
from citydiplomacy.visuals.pages.world_page import world_page
from citydiplomacy.visuals.svg.frame import Caption
from citydiplomacy.visuals.svg.svg import Svg

from ...data_package import PackedTable
from ..desk import Desk
from ..page import Field, Menu, OnPage, Page, PageForm, PageLink

if TYPE_CHECKING:
    import networkx as nx


def map_(desk: Desk, names: tuple[str, ...]) -> Page:
    """The ties of some cities on a map; without one, the form that asks for it."""
    cities, title = _about(desk, names)
    if not cities:
        return _form(desk, "map", title)
    notes = foot(desk.store, cities, desk.say)
    graph = scene.around(desk.store, cities, desk.wanted.lang)
    graph.remove_edges_from([edge for edge in [*graph.edges(keys=True)] if not {edge[0], edge[1]} & {*cities}])
    places = map_scene(desk.store, cities, desk.wanted.lang, graph=graph)
    drawn = draw_map(places, Caption(title, notes=notes), lang=desk.wanted.lang)
    return _page(desk, cities, drawn, title, _ties(desk, graph))


def network(desk: Desk, names: tuple[str, ...]) -> Page:
    """The ties of some cities as a network: drawn, or to look through."""
    cities, title = _about(desk, names)
    if not cities:
        return _form(desk, "network", title)
    depth = 2 if desk.wanted.value("depth") == "2" else 1
    graph = scene.around(desk.store, cities, desk.wanted.lang, depth=depth)
    if desk.wanted.value("look"):
        looked = network_page(graph, name="network", title=title, lang=desk.wanted.lang)
        return Page(desk.wanted, title, (), looked=looked, appendix=desk.appendix)
    notes = foot(desk.store, cities, desk.say)
    drawn = draw_network(graph, title=title, lang=desk.wanted.lang, notes=notes)
    ties = _ties(desk, graph)
    here = desk.wanted.to("network", *names)
    ways = (
        PageLink(str(desk.say("Look through it", "گشت در آن")), here.but(look="1").address()),
        PageLink(str(desk.say("Two steps", "دو گام")), here.but(look="1", depth="2").address()),
    )
    return _page(desk, cities, drawn, title, ties, Menu(ways))


def world(desk: Desk) -> Page:
    """All cities with ties, on the map, as a network and as a table, to look through."""
    title = str(desk.say(*titles.EVERYWHERE))
    looked = world_page(desk.store, name="world", title=title, lang=desk.wanted.lang)
    return Page(desk.wanted, title, (), looked=looked, appendix=desk.appendix)


def _about(desk: Desk, names: tuple[str, ...]) -> tuple[list[str], str]:
    asked = [*names, *(value for key, value in desk.wanted.query if key == "city")]
    cities = desk.cities(asked, MOST_CITIES) if asked else []
    named = desk.say.names([desk.named.of(city) for city in cities])
    return cities, str(desk.say(*titles.TIES, cities=named)) if cities else str(desk.say("Ties", "پیوندها"))


def _page(desk: Desk, cities: list[str], drawn: Svg, title: str, ties: PackedTable, *more: OnPage) -> Page:
    caveats = [sentence for city in cities for sentence in coverage.of_city(desk.say, desk.store, city)]
    for phrase in drawn.phrases:
        desk.appendix.add(phrase)
    ways = Menu(tuple(PageLink(desk.named.of(city), desk.wanted.record(city)) for city in cities))
    told = [Points(tuple(map(Phrase, caveats)))] if caveats else []
    return Page(
        desk.wanted,
        title,
        [ways, *more, *told, Picture("picture", drawn, title), desk.listing(ties)],
        parts=[ties],
        asked={"command": "draw", "cities": ", ".join(cities)},
        caveats=caveats,
        things=tuple(cities),
        appendix=desk.appendix,
        picture=drawn.file(),
    )


def _ties(desk: Desk, graph: nx.MultiGraph[str]) -> PackedTable:
    """What is drawn, as a table: a row a tie."""
    say = desk.say
    titles = (say("Tie", "پیوند"), say("One", "یکی"), say("Other", "دیگری"), say("Kind", "گونه"))
    rows: list[tuple[Cell, ...]] = []
    for one, other, tie, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2]):
        record = desk.store.get(tie)
        day = day_of(record) if record else None
        rows.append(
            (tie, *sorted((one, other)), data["kind_label"], getattr(record, "status", None), day.edtf if day else None)
        )
    table = Table(
        ("tie", "one", "other", "kind", "status", "since"),
        (*titles, say("Status", "وضعیت"), say("Since", "از")),
        tuple(rows),
    )
    return PackedTable("ties", str(say("Ties", "پیوندها")), table, ("id", "id", "id", "text", "id", "date"))


def _form(desk: Desk, command: str, title: str) -> Page:
    action = desk.wanted.to(command).address().partition("?")[0]
    field = Field("city", desk.say("City", "شهر"), required=True, suggest="city")
    form = PageForm(action, (field,), desk.say("Show", "نشان بده"), needs_server=True)
    return Page(desk.wanted, title, [form], appendix=desk.appendix)
