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
