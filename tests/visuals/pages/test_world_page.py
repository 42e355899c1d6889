"""The page of the world in a real browser: what is on it, what is filtered, what a link restores."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select
from citydiplomacy.visuals.pages import world_scene
from citydiplomacy.visuals.pages.world_page import write_world_page

from ...conftest import copied

DAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module", params=["en", "fa"])
def lang(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def page(shipped_store: Store, lang: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "world.html"
    write_world_page(shipped_store, path, title="پیوندها" if lang == "fa" else "Ties", lang=lang, date=DAY)
    return path


@pytest.fixture(scope="module")
def content(page: Path) -> dict:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.read_text("utf-8"))
    return json.loads(found[1])


def test_it_holds_the_ties_of_the_store(content, shipped_store):
    rows = select(
        shipped_store,
        """SELECT ?tie WHERE { ?tie a cd:Agreement ; cd:party ?one, ?other . ?one a schema:City . ?other a schema:City
             FILTER(STR(?one) < STR(?other)) }""",
    )
    assert len(content["ties"]) // 4 == len(rows) > 100
    degree = Counter(end for at in range(0, len(content["ties"]), 4) for end in content["ties"][at : at + 2])
    assert len(degree) == len(content["ids"]), "no city without a tie"


def test_it_is_drawn_and_quiet_in_both_languages(page, visit, lang, content):
    seen = visit(page)
    seen.assert_quiet()
    names = {label.strip("\u2068\u2069") for label in seen.labels()}
    assert names & set(content["names"][:20])
    box = seen.page.locator("aside").bounding_box()
    assert (box["x"] > 600) is (lang == "fa")
    if lang == "fa":
        texts = seen.page.locator("header p").inner_text()
        assert "۲ آذر ۱۴۰۵" in texts
        assert not re.search("[0-9]", seen.page.locator("#shown").inner_text())


def test_a_city_is_found_and_told_with_its_ties_and_sources(page, visit, content):
    seen = visit(page)
    seen.page.fill("#name", "مشهد ")
    seen.page.keyboard.press("Enter")
    card = seen.page.locator("#card")
    mashhad = content["ids"].index("mashhad")
    ties = [content["ties"][at : at + 4] for at in range(0, len(content["ties"]), 4)]
    own = [tie for tie in ties if mashhad in tie[:2]]
    assert card.locator("h2").inner_text() == content["names"][mashhad]
    assert card.locator("ul.ties > li").count() == len(own)
    links = card.locator("a").evaluate_all("all => all.map((one) => one.protocol)")
    assert set(links) <= {"http:", "https:"}
    assert links
    assert "city=mashhad" in seen.page.url
    seen.page.keyboard.press("Escape")
    assert card.is_hidden()
    seen.assert_quiet()


def test_a_link_restores_what_was_chosen_and_filtered(page, visit, content):
    seen = visit(page)
    country = content["countries"][content["country"][content["ids"].index("mashhad")]][0]
    seen.page.select_option("#country", country)
    seen.page.select_option("#degree", "3")
    seen.page.click("#as-network")
    seen.page.fill("#name", "mashhad")
    seen.page.keyboard.press("Enter")
    told = seen.page.locator("#shown").inner_text()
    seen.page.wait_for_timeout(300)
    url = seen.page.url
    seen.page.goto("about:blank")
    seen.page.unroute_all()
    seen.page.context.unroute_all()
    seen.page.goto(url)
    seen.settle()
    assert seen.page.locator("#country").input_value() == country
    assert seen.page.locator("#shown").inner_text() == told
    assert seen.page.locator("#card h2").inner_text() == content["names"][content["ids"].index("mashhad")]
    assert seen.page.locator("#as-network").get_attribute("aria-pressed") == "true"


def test_filters_leave_no_city_without_a_tie(page, visit, content):
    seen = visit(page)
    seen.page.select_option("#body", "0")
    seen.settle()
    assert seen.page.evaluate(
        "() => { const tied = new Set(picture.look.ties.flatMap((tie) => [tie.one, tie.other]));"
        "return [...picture.look.shown].every((shown, city) => Boolean(shown) === tied.has(city)); }"
    )
    members = set(content["bodies"][0][1])
    matches = seen.page.evaluate("() => [...picture.order()]")
    assert set(matches) <= members
    seen.page.click("#reset")
    seen.settle()
    assert seen.page.evaluate("() => [...picture.order()].length") == len(content["ids"])


def test_ties_are_filtered_by_kind_and_by_who_tells_them(page, visit, content):
    seen = visit(page)
    ties = [content["ties"][at : at + 4] for at in range(0, len(content["ties"]), 4)]
    kind = content["details"][0][0]
    seen.page.select_option("#kind", kind)
    of_kind = [tie for tie in ties if content["details"][tie[3]][0] == kind]
    assert 0 < len(of_kind) < len(ties)
    assert seen.page.evaluate("() => picture.look.ties.length") == len(of_kind)
    seen.page.select_option("#told", "2")
    agreed = [tie for tie in of_kind if content["details"][tie[3]][4] > 1]
    assert 0 < len(agreed) < len(of_kind)
    assert seen.page.evaluate("() => picture.look.ties.length") == len(agreed)
    evidence = content["sources"][content["bundles"][agreed[0][2]][0]][2]
    seen.page.select_option("#told", evidence)
    told = [tie for tie in of_kind if any(content["sources"][s][2] == evidence for s in content["bundles"][tie[2]])]
    assert seen.page.evaluate("() => picture.look.ties.length") == len(told)
    assert "told=" in seen.page.url


@pytest.mark.parametrize("entered", ["Mashad", "Mashhhad", "مشهد مقدس", "مشحد"])
def test_a_city_is_found_by_other_names_and_by_names_that_are_almost_so(page, visit, content, entered):
    seen = visit(page)
    seen.page.fill("#name", entered)
    assert content["names"][content["ids"].index("mashhad")] in seen.page.locator("#found").inner_text()


def test_voices_and_figures_are_those_of_the_store(content, shipped_store):
    rows = select(shipped_store, "SELECT ?tie WHERE { ?tie a cd:Agreement ; cd:support ?n FILTER(?n > 1) }")
    agreements = sum(content["details"][place][4] > 1 for place in content["ties"][3::4])
    assert 0 < agreements <= len(rows)
    mashhad = content["ids"].index("mashhad")
    assert content["people"][mashhad] > 3_000_000
    assert content["bundles"][content["counted"][mashhad]], "the source of the figure is told"
    assert all(content["bundles"][each] for each in content["counted"] if each >= 0)


def test_hostile_names_are_told_as_text(shipped_store, visit, tmp_path, monkeypatch):
    evil = '</script><img src=x onerror="alert(1)">\u202e=1+1'
    columns = world_scene.columns

    def hostile(*args: Any, **more: Any) -> dict[str, Any]:
        told = columns(*args, **more)
        told["names"] = [evil + name for name in told["names"]]
        told["others"] = [evil] * len(told["names"])
        told["aliases"] = {city: [evil] for city in range(len(told["names"]))}
        told["countries"] = [[evil + part for part in each] for each in told["countries"]]
        told["bodies"] = [[evil, members] for _, members in told["bodies"]]
        told["details"] = [[evil, evil, evil, *rest] for _, _, _, *rest in told["details"]]
        told["sources"] = [[evil, address, evil, evil] for _, address, _, _ in told["sources"]]
        return told

    monkeypatch.setattr(world_scene, "columns", hostile)
    path = tmp_path / "hostile.html"
    write_world_page(shipped_store, path, title=evil, date=DAY)
    seen = visit(path)
    seen.page.locator("#world").focus()
    seen.page.keyboard.press("Enter")
    assert evil.replace("\u202e", "") in seen.page.locator("#card h2").inner_text().replace("\u202e", "")
    seen.page.click("#as-table")
    for form in ("csv", "svg"):
        with seen.page.expect_download() as download:
            seen.page.click(f"#save-{form}")
        download.value.save_as(tmp_path / f"hostile.{form}")
    assert ElementTree.parse(tmp_path / "hostile.svg").getroot().find(".//{*}img") is None
    assert seen.page.locator("img").count() == 0
    seen.assert_quiet()


def test_cities_without_a_place_are_in_the_network_and_the_table(shipped, visit, tmp_path, monkeypatch):
    monkeypatch.setattr(world_scene, "points", lambda _: {})
    path = tmp_path / "nowhere.html"
    with Store.open_folder(copied(shipped, tmp_path / "store")) as store:  # what it keeps is for no other
        found = write_world_page(store, path, title="Ties", date=DAY)
    assert found["placed"] == 0
    seen = visit(path)
    assert f"{found['cities']} of these cities have no place on the map" in seen.page.locator("#shown").inner_text()
    seen.page.fill("#name", "Mashhad")
    seen.page.keyboard.press("Enter")
    assert "No source here gives its place" in seen.page.locator("#card").inner_text()
    assert seen.page.locator("#as-network").get_attribute("aria-pressed") == "true"
    seen.assert_quiet()


def test_a_store_without_ties_gives_a_page_that_says_so(visit, tmp_path):
    writer.build(tmp_path / "store", [])
    with Store.open_folder(tmp_path / "store") as store:
        found = write_world_page(store, tmp_path / "empty.html", title="Ties", date=DAY)
    assert found["cities"] == 0
    seen = visit(tmp_path / "empty.html")
    assert "0 of 0 cities" in seen.page.locator("#shown").inner_text()
    seen.page.click("#as-network")
    seen.page.click("#as-table")
    seen.assert_quiet()


def test_the_table_turns_its_pages(page, visit, content):
    seen = visit(page)
    seen.page.click("#as-table")
    rows = seen.page.locator("#table tbody tr")
    assert rows.count() == 100
    assert rows.first.locator("button").inner_text() == content["names"][0]
    seen.page.locator("#table p button").last.click()
    assert rows.first.locator("button").inner_text() == content["names"][100]


def test_what_is_seen_is_saved(page, visit, content, tmp_path):
    seen = visit(page)
    seen.page.select_option("#degree", "5")
    files = {}
    for form in ("csv", "svg", "png"):
        with seen.page.expect_download() as download:
            seen.page.click(f"#save-{form}")
        files[form] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[form])
    rows = list(csv.reader(io.StringIO(files["csv"].read_text("utf-8-sig"))))
    assert len(rows) - 1 == seen.page.evaluate("() => picture.look.ties.length")
    assert {row[0] for row in rows[1:]} <= set(content["names"])
    root = ElementTree.parse(files["svg"]).getroot()
    assert len(root.findall(".//{*}circle")) > 20
    written = {text.text.strip("\u2066\u2067\u2069") for text in root.findall(".//{*}text")}
    assert written & set(content["names"]), "cities are named in the figure"
    assert any(name in line for line in written for name in content["continents"]), "the key is in it"
    assert content["title"] in "".join(root.itertext())
    assert files["png"].read_bytes().startswith(b"\x89PNG")
    seen.assert_quiet()
