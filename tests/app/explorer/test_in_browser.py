"""The pages as people use them: in a real browser, by keyboard, without script, narrow, in both directions, printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ...in_browser import broken_words
from .conftest import assert_for_everyone, opening

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
    with opening(browser, served.address, served.address) as open_page:
        yield open_page


@pytest.mark.parametrize("lang", ["", "/fa"])
@pytest.mark.parametrize("path", PAGES)
def test_a_screen_reader_finds_its_way_and_nothing_is_cut_off(opened, path, lang):
    assert_for_everyone(opened(lang + path), "rtl" if lang else "ltr")


@pytest.mark.parametrize("path", ["/world", "/network/mashhad?look=1"])
def test_pictures_are_looked_through_under_the_same_policy(opened, path):
    page = opened(path)
    page.wait_for_selector("canvas")
    page.fill("#name", "mash")
    page.wait_for_selector("#found li, #found button")


@pytest.mark.parametrize("path", ["/", "/fa/question/needs-by-axis?city=city/mashhad"])
def test_who_likes_it_dark_gets_it_dark_and_readable(opened, path):
    page = opened(path)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(20, 24, 31)"
    assert_for_everyone(page, "rtl" if path.startswith("/fa") else "ltr")


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


@pytest.mark.parametrize(
    ("address", "text", "offered", "taken"),
    [
        ("/query", "SELECT * { ?tie party", "cd:party", "SELECT * { ?tie cd:party"),
        ("/fa/query?language=cypher", "MATCH (c)-[:MEMBER_", "MEMBER_OF", "MATCH (c)-[:MEMBER_OF"),
    ],
)
def test_a_query_is_written_with_the_words_of_the_model(opened, address, text, offered, taken):
    page = opened(address)
    page.fill("textarea", "")
    page.focus("textarea")
    page.keyboard.type(text)
    page.wait_for_selector("[role=option]")
    assert page.locator("[role=option]").first.inner_text().startswith(offered)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("textarea") == taken
    assert page.locator("[role=option]:visible").count() == 0
    page.keyboard.press("Enter")
    assert page.input_value("textarea") == taken + "\n"


@pytest.mark.parametrize(
    "path",
    [
        "/city/mashhad",
        "/fa/city/mashhad",
        "/city/tehran",
        "/compare/mashhad/tehran",
        "/fa/organization/metropolis",
        "/influence",
        "/fa/question/sister-cities?city=city/mashhad",
        "/question/evidence?record=city/mashhad",
    ],
)
def test_printing_leaves_out_what_cannot_be_clicked_and_squeezes_nothing(opened, path):
    page = opened(path, width=672)  # of A4 between its margins
    page.emulate_media(media="print")
    for gone in ("header.bar", "main form", ".facet", "nav.row"):
        assert not any(each.is_visible() for each in page.locator(gone).all()), gone
    assert page.locator("main table").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 672
    assert broken_words(page, "main th, main td") == []
    assert len(page.pdf()) > 10_000
