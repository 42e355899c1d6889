"""Drawings in the dark: what is paper and ink turns, and what is written is read on either ground."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.visuals.charts.bars import draw_bars
from citydiplomacy.visuals.charts.matrix import draw_matrix
from citydiplomacy.visuals.charts.needs import draw_needs
from citydiplomacy.visuals.charts.standing import draw_standing
from citydiplomacy.visuals.charts.timeline import draw_timeline
from citydiplomacy.visuals.drawing.network_figure import draw_network
from citydiplomacy.visuals.drawing.scene import around
from citydiplomacy.visuals.drawing.style import NODE_STYLES
from citydiplomacy.visuals.maps.map_figure import draw_map
from citydiplomacy.visuals.maps.scene import scene
from citydiplomacy.visuals.pages.figure_page import write_figure_page
from citydiplomacy.visuals.svg.colors import contrast, more_contrast
from citydiplomacy.visuals.svg.frame import Caption
from citydiplomacy.visuals.svg.svg import Svg

CITY, TITLE = ["city/mashhad"], Caption("A title")
DRAWN: dict[str, Callable[[Store], Svg]] = {
    "bars": lambda store: draw_bars(store, CITY, TITLE, lang="en"),
    "map": lambda store: draw_map(scene(store, CITY, "fa"), TITLE, lang="fa"),
    "matrix": lambda store: draw_matrix(store, CITY, TITLE, lang="fa"),
    "needs": lambda store: draw_needs(store, CITY, TITLE, lang="en"),
    "network": lambda store: draw_network(around(store, CITY, "en"), title="A title"),
    "standing": lambda store: draw_standing(store, CITY, TITLE, lang="en"),
    "timeline": lambda store: draw_timeline(store, CITY, TITLE, lang="fa"),
}
GROUND = """() => [document.body, document.querySelector('svg > rect')].map((each, place) =>
  getComputedStyle(each)[place ? 'fill' : 'backgroundColor'])"""
WRITTEN = """() => [...document.querySelectorAll('svg text:not([font-size="11"][font-weight])')]
  .map((each) => getComputedStyle(each).fill)"""
"""The colours of all letters but of the numbers within marks."""


@pytest.fixture(scope="module", params=["light", "dark"])
def looked(request: pytest.FixtureRequest, browser: Any) -> Iterator[tuple[str, Any]]:
    context = browser.new_context(color_scheme=request.param)
    yield request.param, context.new_page()
    context.close()


@pytest.mark.parametrize("kind", DRAWN)
def test_a_page_of_a_figure_is_as_dark_as_the_reader_wants(
    shipped_store: Store, looked: tuple[str, Any], kind: str, tmp_path: Path
) -> None:
    scheme, page = looked
    page.goto(write_figure_page(DRAWN[kind](shipped_store), tmp_path / "figure.html").as_uri())
    ground, paper = page.evaluate(GROUND)
    assert ground == paper, "the drawing lies on the page as if on paper of another colour"
    assert (_contrast(paper, "rgb(255, 255, 255)") < 2) == (scheme == "light")
    written = set(page.evaluate(WRITTEN))
    assert written
    assert {each for each in written if _contrast(each, paper) < 4.5} == set()


def test_a_number_within_a_mark_is_read_on_each_colour() -> None:
    assert {color for color, _ in NODE_STYLES.values() if contrast(more_contrast(color), color) < 4.5} == set()


def _contrast(*colors: str) -> float:
    one, other = ("#" + "".join(f"{int(part):02x}" for part in each[4:-1].split(",")) for each in colors)
    return contrast(one, other)
