"""The pages as people use them: in a real browser, by keyboard, without script, narrow, in both directions, printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

PAGES = (
    "/",
    "/city/mashhad",
    "/city",
    "/question/sister-cities?city=city/mashhad",
    "/compare/mashhad/tehran",
    "/gaps/mashhad",
    "/dossier/mashhad",
    "/map/mashhad",
    "/query",
    "/search?q=mashad",
)


@pytest.fixture
def opened(browser: Any, served) -> Iterator[Callable[..., Any]]:
    """Opens a page; whatever it asks of others, or complains of, is an error at the end."""
    contexts, wrong = [], []

    def open_page(path: str, *, script: bool = True, width: int = 1200) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda one: wrong.append(one.url) if not one.url.startswith(served.address) else None)
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(served.address + path, timeout=90_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.mark.parametrize("lang", ["", "/fa"])
@pytest.mark.parametrize("path", PAGES)
def test_a_screen_reader_finds_its_way_and_nothing_is_cut_off(opened, path, lang):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(lang + path)
    assert page.evaluate("getComputedStyle(document.body).direction") == ("rtl" if lang else "ltr")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Vazirmatn'))")
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.Axe().run(page).response["violations"]
    bad = [(each["id"], each["nodes"][0]["html"][:200]) for each in found if each["impact"] in ("serious", "critical")]
    assert bad == []


@pytest.mark.parametrize("path", ["/world", "/network/mashhad?look=1"])
def test_pictures_are_looked_through_under_the_same_policy(opened, path):
    page = opened(path)
    page.wait_for_selector("canvas")
    page.fill("#name", "mash")
    page.wait_for_selector("#found li, #found button")


def test_names_are_suggested_and_taken_by_the_keyboard(opened, served):
    page = opened("/fa/")
    page.focus("header input[name=q]")
    page.keyboard.type("مشه")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    assert page.locator("[aria-selected=true]").inner_text().startswith("مشهد")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.address}/fa/city/mashhad", timeout=60_000)


def test_without_script_a_person_finds_needs_networks_and_the_dossier(opened):
    page = opened("/fa/", script=False)
    page.fill("header input[name=q]", "مشهد")
    page.click("header button")
    page.click("main td a >> text=مشهد >> nth=0")
    page.click("text=نیازها و شکاف‌ها")
    assert "بی‌پاسخ" in page.inner_text("main")
    page.go_back()
    page.click("text=به که روی آورد")
    assert page.locator("#t-networks ~ div table").count() or page.locator("#t-networks").count()
    page.go_back()
    page.click("nav.row >> text=پرونده")
    with page.expect_download(timeout=90_000) as download:
        page.click("main nav a >> text=.docx")
    assert download.value.suggested_filename.endswith(".docx")


def test_without_script_a_table_is_sorted_and_filtered_by_links(opened):
    page = opened("/question/sister-cities?city=city/mashhad", script=False)
    page.click("th a >> text=Partner")
    names = page.locator("tbody tr td:first-child").all_inner_texts()
    assert names == sorted(names)
    page.click(".facet a >> text=Pakistan")
    assert set(page.locator("tbody tr td:nth-child(2)").all_inner_texts()) == {"Pakistan"}
    page.click("text=Without filters")
    assert page.locator("tbody tr").count() == len(names)


def test_a_number_opens_what_it_rests_on(opened):
    page = opened("/gaps/mashhad")
    page.locator("main a.mark").first.click()
    assert page.locator("dialog[open] table, dialog[open] .asked").count() > 0
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_printing_leaves_out_what_cannot_be_clicked(opened):
    page = opened("/city/mashhad")
    page.emulate_media(media="print")
    assert not page.locator("header.bar").is_visible()
    assert page.locator("main table").first.is_visible()
    assert len(page.pdf()) > 10_000
