"""The site as people open it: from a disk, in a real browser, without a server and without the network."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.explorer import static
from citydiplomacy.explorer.making import Maker
from citydiplomacy.explorer.site import beside
from citydiplomacy.explorer.site.plan import SitePlan
from citydiplomacy.queries.understanding.names import all_names
from citydiplomacy.queries.understanding.search import search

from ..conftest import CITYDIP, Run
from .conftest import assert_for_everyone, opening
from .test_pages import made

SPELLINGS = [tuple(row.values()) for row in csv.DictReader(Path(__file__).with_name("spellings.csv").open())]
PAGES = (
    "index.html",
    "city/urumqi.html",
    "city.html",
    "agreement.html",
    "question.html",
    "question/organizations.html",
    "dossier/urumqi.html",
    "map/urumqi.html",
    "query.html",
    "changes.html",
    "search.html?q=urumchi",
)


@pytest.fixture(scope="module")
def site(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a city with few ties."""
    folder = tmp_path_factory.mktemp("site") / "pages"
    command = [CITYDIP, "site", str(folder), "--store", str(shipped), "--only", "urumqi"]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return folder


@pytest.fixture
def opened(browser: Any, site: Path) -> Iterator[Callable[..., Any]]:
    """Opens a file; whatever it asks of others, or complains of, is an error at the end."""
    with opening(browser, f"{site.as_uri()}/", ("file:", "blob:"), "requestfailed") as open_file:
        yield open_file


@pytest.mark.parametrize("lang", ["", "fa/"])
@pytest.mark.parametrize("path", PAGES)
def test_a_file_opens_from_a_disk_for_everyone(opened, path, lang):
    assert_for_everyone(opened(lang + path), "rtl" if lang else "ltr", preload=False)


@pytest.mark.parametrize("path", ["world.html", "network/urumqi.1.html"])
def test_pictures_are_looked_through_from_a_disk(opened, path):
    page = opened(path)
    page.wait_for_selector("canvas")
    page.fill("#name", "urum")
    page.wait_for_selector("#found li, #found button")


def test_names_are_suggested_and_taken_by_the_keyboard(opened, site):
    page = opened("fa/index.html")
    page.focus("header input[name=q]")
    page.keyboard.type("ارومچي")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.as_uri()}/fa/city/urumqi.html")


def test_the_page_of_the_search_finds_and_says_when_it_does_not(opened):
    page = opened("index.html")
    page.fill("header input[name=q]", "urumchi")
    page.press("header input[name=q]", "Enter")
    page.wait_for_selector("[data-found] a")
    assert page.locator("[data-found] a").first.inner_text() == "Urumqi"
    page = opened("search.html?q=xyzzyplugh")
    page.wait_for_selector("[data-none]:visible")


def test_a_table_is_sorted_and_filtered_by_a_script_and_whole_without_it(opened):
    page = opened("city.html")
    rows = page.locator("tbody tr").count()
    page.click("th button >> text=Country")
    told = page.locator("tbody tr td:nth-child(2)").all_inner_texts()
    known = [name for name in told if name != "–"]
    assert known == sorted(known, key=str.casefold)
    page.fill("input.filter", "CHINA")
    assert 0 < page.locator("tbody tr:visible").count() < rows
    assert opened("city.html", script=False).locator("tbody tr:visible").count() == rows


def test_a_number_opens_what_it_rests_on(opened):
    page = opened("gaps/urumqi.html")
    page.locator("main a.mark").first.click()
    assert page.locator("dialog[open]").count() == 1


@pytest.fixture(scope="module")
def find(
    browser: Any, shipped_store: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., list[str]]]:
    """Finds in the names of the whole store, as files do."""
    folder = tmp_path_factory.mktemp("names")
    names = next(beside.files(SitePlan(shipped_store), [], ""))
    (folder / "static").mkdir()
    (folder / names.path).write_bytes(names.content)
    found = static.file("search.js")
    assert found
    (folder / "search.js").write_bytes(found[1])
    page_text = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><script src="search.js" data-start=""></script>'
    (folder / "index.html").write_text(page_text)
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())

    def in_files(text: str, most: int = 1) -> list[str]:
        asked = "([text, most]) => window.findInFiles(text, most).then((found) => found.map((each) => each.id))"
        ids: list[str] = page.evaluate(asked, [text, most])
        return ids

    yield in_files
    page.close()


def test_forty_spellings_find_the_same_in_files_the_explorer_and_the_command(find, shipped, citydip: Run):
    maker = Maker(str(shipped))
    apart = []
    for typed, expected in SPELLINGS:
        in_explorer = json.loads(made(maker, f"/suggest?q={typed}").content)[0]["id"]
        in_files = find(typed)[0]
        by_command = re.search(r"\((\w[\w-]*/[\w-]+)\): told by", citydip("ask", typed).err)
        if {in_explorer, in_files, by_command and by_command[1]} != {expected}:
            apart.append((typed, expected, in_explorer, in_files, by_command and by_command[1]))
    assert len(SPELLINGS) == 40
    assert apart == []


def test_files_find_what_the_search_finds_in_the_same_order(find, shipped_store):
    known = {thing[0] for thing in json.loads(_names(shipped_store))["things"]}
    for name in all_names(shipped_store).names[::37]:
        for typed in (name.text, name.text[: len(name.text) // 2 + 1], name.text[:1] + name.text[2:]):
            hits = search(shipped_store, typed, "en", 10_000)
            ids = [f"{hit.kind}/{hit.id}" if hit.kind in ("question", "report") else hit.id for hit in hits]
            assert find(typed, 20) == [each for each in ids if each in known][:20], typed


def _names(store: Any) -> str:
    return next(beside.files(SitePlan(store), [], "")).content.decode().partition("NAMES = ")[2].rstrip(";\n")
