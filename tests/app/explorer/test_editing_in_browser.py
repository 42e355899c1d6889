"""Deciding and entering as people do it: in a real browser, by keyboard, without script, narrow, in both directions."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ...conftest import copied
from ..conftest import CITYDIP
from .conftest import Served, assert_for_everyone, opening, serving
from .test_editing import MEMBERS

PAGES = (
    "/edit",
    "/edit/pairs",
    "/edit/decisions",
    "/edit/fact",
    "/edit/fact/agreement",
    "/edit/fact/city",
    "/edit/facts",
)


@pytest.fixture(scope="module")
def edited(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The shipped data and a pair that waits, served to be edited."""
    place = tmp_path_factory.mktemp("edited")
    store, members = copied(shipped, place / "store"), place / "members"
    members.mkdir()
    (members / "source.toml").write_text('[source]\nid = "members"\nkind = "dataset"\ntitle_en = "Members"\n')
    (members / "cities.csv").write_text(MEMBERS)
    subprocess.run([CITYDIP, "load", str(members), "--store", str(store)], check=True, capture_output=True)
    with serving(store, "--edit", "--who", "Sara") as server:
        yield server


@pytest.fixture
def opened(browser: Any, edited: Served) -> Iterator[Callable[..., Any]]:
    """Opens a page; whatever it asks of others, or complains of, is an error at the end."""
    with opening(browser, edited.address, edited.address) as open_page:
        yield open_page


@pytest.mark.parametrize("lang", ["", "/fa"])
@pytest.mark.parametrize("path", PAGES)
def test_a_screen_reader_finds_its_way_and_nothing_is_cut_off(opened: Callable[..., Any], path: str, lang: str) -> None:
    assert_for_everyone(opened(lang + path), "rtl" if lang else "ltr")


def test_a_fact_is_entered_by_keyboard_with_names_suggested_and_taken_back(opened: Callable[..., Any]) -> None:
    page = opened("/fa/edit/fact?about=city/lahore")
    page.click("text=توافق")
    assert page.locator("input[name=parties]").first.input_value() == "city/lahore"
    page.focus("input[name=parties] >> nth=1")
    page.keyboard.type("کراچی")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("input[name=parties]").nth(1).input_value() == "city/karachi"
    page.select_option("select[name=kind]", label="خواهرخواندگی")
    page.fill("input[name=start]", "۱۳۹۲")
    page.fill("input[name=source_title]", "صفحهٔ شهرداری لاهور")
    page.select_option("select[name=source_kind]", index=1)
    page.fill("input[name=locators]", "ردیف ۴")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")
    assert "لاهور" in page.locator("[role=status]").inner_text()
    assert_for_everyone(page, "rtl")
    page.click("[role=status] a")
    assert "صفحهٔ شهرداری لاهور" in page.locator("main").inner_text()
    page.goto(page.url.partition("/fa/")[0] + "/fa/edit/facts")
    page.click("text=پس بگیر")
    page.wait_for_selector("[role=status]")
    assert "۰" in page.locator("main p").nth(1).inner_text()


def test_what_is_wrong_is_told_beside_its_field(browser: Any, edited: Served) -> None:
    page = browser.new_page()  # the browser itself complains of the status of the answer
    page.goto(f"{edited.address}/edit/fact/agreement")
    page.evaluate("document.querySelector('form.fields').noValidate = true")
    page.fill("input[name=start]", "long ago")
    page.click("text=Enter it")
    page.wait_for_selector("[role=alert]")
    wrong = page.locator("[aria-invalid=true]")
    names = {wrong.nth(number).get_attribute("name") for number in range(wrong.count())}
    assert names == {"kind", "parties", "start", "source_title", "source_kind", "source_address"}
    described = page.locator("input[name=start]").get_attribute("aria-describedby")
    assert "not a date" in page.locator(f"#{described}").inner_text()
    assert page.locator("input[name=start]").input_value() == "long ago"
    assert_for_everyone(page, "ltr")
    page.close()


def test_without_script_a_pair_is_decided_and_the_decision_undone(opened: Callable[..., Any]) -> None:
    page = opened("/", script=False)
    page.click("text=Pairs that wait")
    assert "Frankfurt am Main" in page.locator("main h2").inner_text()
    assert page.locator("main figure svg").count() == 1
    page.fill("input[name=reason]", "A part of it")
    page.click("button:text-is('Different')")
    assert "are told apart" in page.locator("[role=status]").inner_text()
    assert page.locator("main h2").count() == 0, "it waits no longer"
    page.click("text=What was decided, and undoing it")
    assert "A part of it" in page.locator("main").inner_text()
    page.click("text=Take it back")
    page.click("text=Pairs that wait >> nth=1")
    assert "Frankfurt am Main" in page.locator("main h2").inner_text()


def test_another_page_cannot_send_a_form(browser: Any, edited: Served, tmp_path: Path) -> None:
    trap = tmp_path / "trap.html"
    trap.write_text(
        f'<form action="{edited.address}/edit/pairs" method="post"><input name="one" value="city/m-3">'
        '<input name="other" value="city/frankfurt-am-main"><button name="verdict" value="same">Win</button></form>'
    )
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{edited.address}/edit/pairs")
    assert any(each["sameSite"] == "Strict" for each in context.cookies())
    page.goto(trap.as_uri())
    with page.expect_response("**/edit/pairs") as answer:
        page.click("button")
    assert answer.value.status == 403
    page.goto(f"{edited.address}/edit/decisions")
    assert page.locator("text=Take it back").count() == 0
    context.close()
