"""Maps: each name is on the map or in its list, ties reach from mark to mark, and what has no place is named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.visuals.maps.map_figure import draw_map
from citydiplomacy.visuals.maps.scene import MapPlace, MapScene, MapTie, scene
from citydiplomacy.visuals.svg.frame import Caption
from citydiplomacy.visuals.svg.printed import printed

SVG = "{http://www.w3.org/2000/svg}"


def texts(markup: str) -> list[str]:
    return [(element.text or "")[1:-1] for element in ET.fromstring(markup).iter(f"{SVG}text")]


def paths(markup: str, stroke: str) -> list[str]:
    return [
        element.get("d", "") for element in ET.fromstring(markup).iter(f"{SVG}path") if element.get("stroke") == stroke
    ]


@pytest.mark.parametrize(("lang", "title"), [("en", "The ties"), ("fa", "پیوندها")])
@pytest.mark.parametrize("cities", [["city/mashhad"], ["city/mashhad", "city/tehran"], ["city/zanjan"]])
def test_all_names_are_told(shipped: Path, lang: str, title: str, cities: list[str], browser: Any) -> None:
    with Store.open_folder(shipped) as store:
        found = scene(store, cities, lang)
    drawn = draw_map(found, Caption(title), lang=lang)
    told = " ".join(texts(drawn.markup()))
    for name in (*(place.name for place in found.places), *found.nowhere):
        assert all(word in told for word in name.split()), name
    page = browser.new_page()
    page.set_content(f"<body style='margin:0'>{drawn.file().partition('?>')[2]}</body>")
    page.evaluate("document.fonts.load('11px Vazirmatn')")
    outside = page.evaluate(
        """[...document.querySelectorAll('text')].filter(t => { const b = t.getBoundingClientRect();
        return b.left < 0 || b.right > innerWidth }).map(t => t.textContent)"""
    )
    page.close()
    assert outside == []


def scene_of(*places: tuple[str, float, float], tied: bool = True) -> MapScene:
    made = [
        MapPlace(name, name, north, east, "partner" if n else "focus") for n, (name, north, east) in enumerate(places)
    ]
    ties = [MapTie(made[0].id, other.id, "sister-city", "sister cities", "standing") for other in made[1:]]
    return MapScene(tuple(made), tuple(ties) if tied else (), ())


def test_over_the_pacific_the_map_is_turned_and_the_way_is_one_line() -> None:
    markup = draw_map(scene_of(("Tokyo", 35.7, 139.7), ("Los Angeles", 34.1, -118.2)), Caption("T"), lang="en").markup()
    (way,) = [path for path in paths(markup, "#0072B2") if "q" in path]
    assert way.count("M") == 1


def test_what_crosses_the_edge_is_drawn_on_both_sides() -> None:
    """Round the whole world there is no gap, so some way crosses the edge of the map."""
    world = scene_of(
        ("A", 0, 0), ("B", 0, 90), ("C", 0, 179), ("D", 0, -91), ("E", 0, -45), ("F", 0, -135), ("G", 0, 135)
    )
    ties = tuple(
        MapTie(one, other, "sister-city", "sister cities", "standing")
        for one, other in zip("ABCDEFG", "BCDEFGA", strict=True)
    )
    markup = draw_map(MapScene(world.places, ties, ()), Caption("T"), lang="en").markup()
    ways = [path for path in paths(markup, "#0072B2") if "q" in path]
    assert max(path.count("M") for path in ways) == 2


def test_many_at_one_place_are_counted_and_listed() -> None:
    crowd = [(f"City number {n}", 36.0 + n / 1000, 59.0) for n in range(200)]
    markup = draw_map(scene_of(("Mashhad", 36.3, 59.6), *crowd), Caption("T"), lang="en").markup()
    told = " ".join(texts(markup))
    listed = re.findall(r"City number \d+", told)
    more = re.search(r"(\d+) more are marked without a name", told)
    assert more is not None
    assert len(set(listed)) + int(more[1]) == 200


def test_a_crowd_has_small_marks_few_names_and_a_count_of_the_rest() -> None:
    crowd = [(f"City number {n}", -60.0 + n / 10, -150.0 + n / 3) for n in range(900)]
    markup = draw_map(scene_of(("Mashhad", 36.3, 59.6), *crowd), Caption("T"), lang="en").markup()
    told = texts(markup)
    named = [text for text in told if text == "Mashhad" or text.startswith("City number")]
    assert "Mashhad" in named
    assert f"{901 - len(named)} more are marked without a name." in told
    assert len([path for path in paths(markup, "#0072B2") if "q" in path]) == 1


def test_a_map_of_nothing_is_the_world() -> None:
    assert "Nothing here" in draw_map(MapScene((), (), ("X",)), Caption("Nothing here"), lang="en").markup()


def test_it_is_printed_with_its_words(shipped: Path) -> None:
    with Store.open_folder(shipped) as store:
        svg = draw_map(scene(store, ["city/mashhad"], "fa"), Caption("پیوندهای مشهد"), lang="fa")
    assert printed(svg, "pdf") == printed(svg, "pdf")
    with pypdfium2.PdfDocument(printed(svg, "pdf")) as document:
        assert "پیوندهای مشهد" in document[0].get_textpage().get_text_bounded()
    assert printed(svg, "png", dpi=72)[:8] == b"\x89PNG\r\n\x1a\n"
