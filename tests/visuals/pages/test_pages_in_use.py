"""The pages as people use them: with the keyboard alone, with a screen reader, on a phone, in the dark, on paper."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.visuals.pages.network_page import write_page
from citydiplomacy.visuals.pages.world_page import write_world_page

DAY = dt.date(2026, 11, 23)
PAGES = [(name, lang) for name in ("network", "world") for lang in ("en", "fa")]


@pytest.fixture(params=PAGES, ids="-".join)
def page(request: pytest.FixtureRequest, network: Any, shipped_store: Store, tmp_path: Path) -> Path:
    name, lang = request.param
    path = tmp_path / f"{name}.{lang}.html"
    title = "پیوندهای مشهد" if lang == "fa" else "The ties of Mashhad"
    if name == "network":
        return write_page(network(lang), path, title=title, lang=lang, date=DAY)
    write_world_page(shipped_store, path, title=title, lang=lang, date=DAY)
    return path


def test_a_screen_reader_finds_its_way(page, visit):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    seen = visit(page)
    for scheme in ("light", "dark"):
        seen.page.emulate_media(color_scheme=scheme)
        seen.page.fill("#name", "ma")
        seen.page.locator("#network, #world").focus()
        seen.page.keyboard.press("Enter")
        assert seen.page.locator("#card").is_visible()
        found = axe.Axe().run(seen.page).response["violations"]
        bad = [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]
        assert bad == [], scheme


def test_the_keyboard_alone_reaches_every_control(page, visit):
    seen = visit(page)
    seen.page.locator("#network, #world").focus()
    seen.page.keyboard.press("Enter")
    controls = seen.page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, a[href], summary, [tabindex='0']")]
          .filter((one) => one.checkVisibility({ visibilityProperty: true }))
          .map((one, place) => (one.dataset.place = place))"""
    )
    seen.page.evaluate("document.activeElement.blur()")
    reached = set()
    for _ in range(len(controls) + 8):
        seen.page.keyboard.press("Tab")
        reached.add(seen.page.evaluate("document.activeElement.dataset.place"))
    assert {str(place) for place in controls} <= reached
    seen.page.keyboard.press("Escape")
    assert seen.page.locator("#card").is_hidden()
    seen.assert_quiet()


@pytest.mark.parametrize("width", [1400, 820, 390])
def test_nothing_is_wider_than_the_window(page, visit, width):
    seen = visit(page)
    seen.page.set_viewport_size({"width": width, "height": 800})
    seen.settle()
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.page.locator("#network, #world").focus()
    seen.page.keyboard.press("Enter")
    card, picture = seen.page.locator("#card").bounding_box(), seen.page.locator("#picture").bounding_box()
    assert card["x"] >= 0
    assert card["x"] + card["width"] <= width + 1
    assert card["width"] * card["height"] < 0.6 * picture["width"] * picture["height"], "the picture is still seen"
    seen.page.click("#as-table")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints_as_it_is_drawn(page, visit):
    pdfium = pytest.importorskip("pypdfium2")
    seen = visit(page)
    document = pdfium.PdfDocument(seen.page.pdf(format="A4", landscape=True, print_background=True))
    assert 1 <= len(document) <= 3
    first = document[0].get_textpage().get_text_range()
    assert seen.page.title().split()[-1] in first


def test_a_network_on_paper_is_its_drawing_with_the_key_and_round_marks(network, visit, tmp_path):
    seen = visit(write_page(network("fa"), tmp_path / "page.html", title="پیوندها", lang="fa", date=DAY))
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen.page.emulate_media(media="print", color_scheme="dark")
    assert seen.page.locator("#network").is_hidden()
    paper = seen.page.locator("#paper")
    told = paper.locator("text").all_text_contents()
    assert {"\u2068مشهد\u2069", "\u2067Sister city\u2069"} <= set(told)
    swatch, name = (paper.locator(one).last.bounding_box() for one in ("g[color]", "g[color] + text"))
    assert name["x"] + name["width"] <= swatch["x"], "in Persian the name stands left of its line"
    mark = paper.locator("circle").first.bounding_box()
    assert mark["width"] == pytest.approx(mark["height"], rel=0.02)
    ground = paper.locator("rect").first.evaluate("(one) => getComputedStyle(one).fill")
    assert ground == "rgb(255, 255, 255)", "paper is white, also of a dark screen"
    seen.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert paper.count() == 0
    seen.assert_quiet()


@pytest.mark.parametrize("width", [1400, 820, 390])
@pytest.mark.parametrize("lang", ["en", "fa"])
def test_the_card_covers_neither_what_is_chosen_nor_its_neighbours(network, visit, tmp_path, lang, width):
    """Chosen by a click at whatever is under the card's place, and by the keyboard."""
    seen = visit(write_page(network(lang), tmp_path / "page.html", title="x", lang=lang, date=DAY))
    seen.page.set_viewport_size({"width": width, "height": 800})
    seen.settle()
    where = """() => {
      const room = document.getElementById("network").getBoundingClientRect();
      const at = picture.onScreen(room.width, room.height);
      const ids = picture.look.about ? [...picture.look.about.nodes] : [...picture.shown.nodes];
      return ids.map(at).map(({ x, y, radius }) => [x + room.x, y + room.y, radius]);
    }"""
    number = len(seen.page.evaluate(where))
    for place in range(number):
        seen.page.keyboard.press("Escape")
        seen.page.keyboard.press("0")
        seen.settle()
        x, y, _ = seen.page.evaluate(where)[place]
        seen.page.mouse.click(x, y)
        seen.settle()
        assert_uncovered(seen, where)
    seen.page.locator("#network").focus()
    seen.page.keyboard.press("Enter")
    assert_uncovered(seen, where)


def assert_uncovered(seen, where):
    card, room = seen.page.locator("#card").bounding_box(), seen.page.locator("#network").bounding_box()
    for x, y, radius in seen.page.evaluate(where):
        assert room["x"] <= x - radius
        assert x + radius <= room["x"] + room["width"]
        beside = x + radius <= card["x"] + 1 or x - radius >= card["x"] + card["width"] - 1
        assert beside or y + radius <= card["y"] + 1 or y - radius >= card["y"] + card["height"] - 1


def test_on_a_phone_all_buttons_of_the_picture_are_seen_without_scrolling(page, visit):
    seen = visit(page)
    seen.page.set_viewport_size({"width": 390, "height": 844})
    seen.settle()
    bottoms = seen.page.locator("#zoom button").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().bottom)"
    )
    assert len(bottoms) == 3
    assert max(bottoms) <= 844


def test_a_persian_source_that_begins_with_a_latin_name_runs_from_right_to_left(network, visit, tmp_path):
    graph = network("fa")
    for _, data in graph.nodes(data=True):
        data["sources"] = ["edu-live.com: ۷۲ شهر", "Atlas"]
    seen = visit(write_page(graph, tmp_path / "page.html", title="x", lang="fa", date=DAY))
    seen.page.locator("#network").focus()
    seen.page.keyboard.press("Enter")
    directions = {
        text: seen.page.locator("#card bdi", has_text=text).last.evaluate("(one) => getComputedStyle(one).direction")
        for text in ("edu-live", "Atlas")
    }
    assert directions == {"edu-live": "rtl", "Atlas": "ltr"}
