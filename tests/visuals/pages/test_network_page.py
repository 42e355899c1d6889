"""The interactive page, in a real browser: offline, safe, and right in both languages."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.errors import CityDiplomacyError
from citydiplomacy.visuals.drawing.scene import around
from citydiplomacy.visuals.pages.network_page import write_page
from citydiplomacy.visuals.pages.offline import as_json

DAY = dt.date(2026, 11, 23)
BLUE, ORANGE, GREEN = "#0072b2", "#e69f00", "#009e73"
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '"></script><script>alert(2)</script>',
    "<a href='javascript:alert(3)'>href</a>",
    "{{ 7 * 7 }} {% raw %} </textarea><svg onload=alert(4)>",
    "quotes \" ' ` and \\ and \u2028 line\nfeed\ttab\x00nul",
    "turned \u202e over \u2066 and \u2069 out",
    "<!--<script>alert(5)",
    "__proto__",
]


@pytest.fixture
def page(network, tmp_path):
    def make(lang="en", **options):
        given = {"title": "The ties of Mashhad", "lang": lang, "date": DAY} | options
        return write_page(network(lang), tmp_path / f"{lang}.html", **given)

    return make


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_page_is_drawn_offline(page, visit, lang):
    seen = visit(page(lang))
    assert {BLUE, ORANGE, GREEN} <= seen.colours()
    seen.assert_quiet()


def test_the_policy_allows_the_pages_own_scripts_only(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page().read_text("utf-8"))[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_script_that_gets_in_would_not_run(page, visit):
    path = page()
    path.write_text(path.read_text("utf-8").replace("</main>", "</main><script>alert(1)</script>"), "utf-8")
    seen = visit(path)
    assert seen.dialogs == []
    assert any("Content Security Policy" in text for text in seen.complaints)


def test_english_words(page, visit):
    seen = visit(page(caption="From the study"))
    assert seen.page.locator("html").get_attribute("dir") == "ltr"
    assert seen.page.locator("header p").inner_text() == "From the study · 7 nodes · 6 ties · 23 November 2026"
    legend = [" ".join(text.split()) for text in seen.page.locator("fieldset label").all_inner_texts()]
    assert legend == [
        *("City 5", "Country 1", "Organization 1"),
        *("Sister city 4", "Member of 1", "Memorandum 1"),
        *("in force", "proposed or planned", "dormant or ended", "not known whether in force"),
    ]
    assert "\u2068Mashhad\u2069" in seen.labels()


def test_persian_words(page, visit):
    seen = visit(page("fa", title="پیوندهای مشهد"))
    root = seen.page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("fa", "rtl")
    assert seen.page.locator("#network").get_attribute("dir") == "ltr"
    assert seen.page.locator("header p").inner_text() == "۷ گره · ۶ پیوند · ۲ آذر ۱۴۰۵"
    assert seen.page.locator(".count").first.inner_text() == "۵"
    assert not re.search(r"[0-9]", seen.page.locator("body").inner_text())
    assert "\u2068مشهد\u2069" in seen.labels()
    assert seen.page.evaluate("() => [...document.fonts].map((font) => font.family + ' ' + font.status)") == [
        "Vazirmatn loaded"
    ]
    box = seen.page.locator("aside").bounding_box()
    assert box["x"] > 600, "the legend stands on the right, where a Persian reader begins"


def test_hostile_texts_stay_texts(tmp_path, visit):
    graph = nx.MultiGraph()
    for place, text in enumerate(HOSTILE):
        graph.add_node(text, label=text, kind=text, kind_label=text, size=place, facts=[text], sources=[text])
        graph.add_edge(
            text, HOSTILE[0], kind=text, kind_label=text, status=text, status_label=text, since=text, sources=[text]
        )
    title = " ".join(HOSTILE)
    seen = visit(write_page(graph, tmp_path / "page.html", title=title, caption=title, lang='fa"><script>', date=DAY))
    seen.assert_quiet()
    for text in HOSTILE:
        words = re.sub(r"[\u202e\u2066\u2069\x00]", "", text)
        shown = re.sub(r"\s+", " ", words).strip()
        assert shown in seen.page.title()
        assert shown in seen.page.locator("h1").inner_text()
        assert shown in seen.page.locator("header p").inner_text()
        assert shown[:1].upper() + shown[1:] in seen.page.locator("fieldset label bdi").all_inner_texts()
        seen.page.fill("#name", words.replace("\n", " "))
        seen.page.locator("#found button bdi", has_text=shown).first.click()
        assert seen.page.locator("#card h2").inner_text() == shown
        assert seen.page.locator("#card p").all_inner_texts()[1] == shown
        assert shown in seen.page.locator("#card > small").inner_text()
        drawn = seen.labels()
        assert all(label.startswith("\u2068") and label.endswith("\u2069") for label in drawn)
        assert any(shown.startswith(label[1:-1]) for label in drawn), (shown, drawn)
    assert seen.page.locator("img, a, #card script, #picture svg").count() == 0
    seen.assert_quiet()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("كراچي", "کراچی"),  # Arabic kaf and yeh
        ("مشـهد", "مشهد"),  # tatweel
        ("حکومت های", "شهرها و حکومت\u200cهای محلی متحد"),  # a space for the half-space
        ("حكومتهاي محلي", "شهرها و حکومت\u200cهای محلی متحد"),
    ],
)
def test_search_folds_persian(page, visit, typed, name):
    seen = visit(page("fa"))
    seen.page.fill("#name", typed)
    assert seen.page.locator("#found bdi").all_inner_texts()[0] == name
    seen.page.keyboard.press("Enter")
    assert seen.page.locator("#card h2").inner_text() == name


def test_search_folds_case_and_finds_nothing_too(page, visit):
    seen = visit(page())
    seen.page.fill("#name", "mASh")
    assert seen.page.locator("#found bdi").all_inner_texts() == ["Mashhad", "City"]
    seen.page.fill("#name", "Atlantis")
    assert seen.page.locator("#found").inner_text() == "Nothing found"


def test_the_card_tells_kind_facts_and_sources_and_only_neighbours_are_named(page, visit):
    seen = visit(page())
    seen.page.fill("#name", "karachi")
    seen.page.keyboard.press("Enter")
    card = seen.page.locator("#card")
    assert card.locator("p").all_inner_texts() == ["City · neighbours: 1", "Population: 3,001,184"]
    assert card.locator("h3").all_inner_texts() == ["Ties shown here: 2", "Who tells of it"]
    assert [" | ".join(text.split("\n")) for text in card.locator("li").all_inner_texts()] == [
        "Mashhad | sister city · active · began 2013 | The study, table 3",
        "Mashhad | memorandum · unverified | The study, table 3",
    ]
    assert card.locator(":scope > small").inner_text() == "Statistics, table 4"
    seen.labels()
    seen.page.mouse.move(600, 500)
    seen.page.mouse.wheel(0, 10)
    assert set(seen.labels()) == {"\u2068Mashhad\u2069", "\u2068Karachi\u2069"}
    card.locator(".close").click()
    assert card.is_hidden()


def test_pointing_shows_a_node_and_a_tie(tmp_path, visit):
    graph = nx.Graph()
    graph.add_node("a", label="Mashhad", kind="City", kind_label="City", x=-200, y=0, sources=["Atlas"])
    graph.add_node("b", label="Karachi", kind="City", kind_label="City", x=200, y=0)
    graph.add_edge(
        "a", "b", kind="sister-city", kind_label="Sister city", status_label="signed", since="2012", sources=["Page 4"]
    )
    seen = visit(write_page(graph, tmp_path / "page.html", title="Two", lang="fa", date=DAY))
    box = seen.page.locator("#network").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    card = seen.page.locator("#card")
    seen.page.mouse.move(*middle)
    card.wait_for(state="visible")
    assert card.locator("h2").inner_text() == "Mashhad – Karachi"
    assert card.locator("p").inner_text() == "Sister city · signed · آغاز: ۲۰۱۲"
    assert card.locator("small").inner_text() == "Page 4"
    seen.page.mouse.move(middle[0], middle[1] + 200)
    card.wait_for(state="hidden")
    seen.page.mouse.move(middle[0] - 320, middle[1])  # 200 units left, at the zoom of 1.6 that fits so small a network
    card.wait_for(state="visible")
    assert card.locator("h2").inner_text() == "Mashhad"
    assert card.locator("small").inner_text() == "Atlas"
    seen.assert_quiet()


def test_the_legend_filters(page, visit):
    seen = visit(page())
    whole = seen.colours()
    for box in seen.page.locator("fieldset input").all():
        box.uncheck()
        assert seen.colours() != whole
        box.check()
    assert seen.colours() == whole
    seen.page.locator("input.kind").first.uncheck()
    seen.labels()
    seen.page.locator("#whole").click()
    assert set(seen.labels()) == {"\u2068Pakistan\u2069"}, "what is tied to cities alone goes with them"
    assert BLUE not in seen.colours()
    assert seen.page.locator("#shown").inner_text().startswith("1 of 7 nodes and 0 of 6 ties")
    seen.page.fill("#name", "lahore")
    seen.page.keyboard.press("Enter")
    assert seen.page.locator("input.kind").first.is_checked(), "who looks for a city wants to see cities"
    assert BLUE in seen.colours()
    seen.assert_quiet()


def _sight(seen) -> list[float]:
    """What of the network is seen: the point in the middle, and pixels to its unit."""
    return seen.page.evaluate(
        "() => { const { x, y } = picture.network.getViewPosition(); const scale = picture.network.getScale();"
        "return [x, y, scale].map((value) => Math.round(value * 1000) / 1000); }"
    )


def test_the_whole_picture_stays_whole_when_the_window_changes(page, visit):
    seen = visit(page())
    for size in ({"width": 1500, "height": 420}, {"width": 760, "height": 900}):
        seen.page.set_viewport_size(size)
        seen.page.wait_for_timeout(1500)  # the library looks at its size once a second
        after = _sight(seen)
        seen.page.click("#whole")
        assert _sight(seen) == after
    box = seen.page.locator("#network").bounding_box()
    seen.page.mouse.move(box["x"] + 120, box["y"] + 20)
    seen.page.mouse.down()
    seen.page.mouse.move(box["x"] + 220, box["y"] + 90, steps=5)
    seen.page.mouse.up()
    seen.page.set_viewport_size({"width": 1200, "height": 700})
    seen.page.wait_for_timeout(1500)
    own = _sight(seen)
    seen.page.click("#whole")
    assert _sight(seen) != own, "a view of one's own is kept"
    seen.assert_quiet()


def _content(path: Path) -> dict:
    return json.loads(
        re.search(r'<script type="application/json" id="data">(.*?)</script>', path.read_text("utf-8"))[1]
    )


def test_parallel_ties_are_all_there_and_bent_apart(page):
    edges = _content(page())["edges"]
    assert len(edges) == 6
    assert [(edge["turn"], edge["line"]) for edge in edges if edge["from"] == 0 and edge["to"] == 1] == [
        *((0, "standing"), (1, "unverified"))
    ]


def test_marks_grow_with_influence(page, network):
    sizes = [node["size"] for node in _content(page())["nodes"]]
    cities = [size for size, node in zip(sizes, network("en"), strict=True) if node.startswith("city/")]
    assert cities == sorted(cities, reverse=True)
    assert cities[0] > 1.2 * cities[-1]
    assert max(sizes) == sizes[0]  # an organisation is the largest of its kind, as a city is of its own


def test_an_empty_network_and_bare_nodes_make_pages(tmp_path, visit):
    empty = visit(write_page(nx.Graph(), tmp_path / "empty.html", title="Empty", date=DAY))
    assert "0 nodes" in empty.page.locator("header p").inner_text()
    empty.assert_quiet()
    bare = nx.Graph([("a", "b")])
    bare.nodes["a"]["size"] = float("nan")
    seen = visit(write_page(bare, tmp_path / "bare.html", title="Bare", date=DAY))
    assert {"\u2068a\u2069", "\u2068b\u2069"} <= set(seen.labels())
    seen.assert_quiet()


def test_the_same_network_gives_the_same_page(page):
    assert page().read_bytes() == page().read_bytes()


def test_a_page_that_cannot_be_written_leaves_the_old_one(network, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CityDiplomacyError, match="file: not a folder"):
        write_page(network("en"), tmp_path / "file" / "page.html", title="x")
    (tmp_path / "page.html").mkdir()
    with pytest.raises(CityDiplomacyError, match=r"page\.html is a folder"):
        write_page(network("en"), tmp_path / "page.html", title="x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "page.html"]


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_in_a_script_element_cannot_end_it(value):
    text = as_json(value)
    assert not set("<>&") & set(text)
    assert json.loads(text) == value


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_regions_of_the_world_filter_and_whom_it_is_round_stays(network, tmp_path, visit, lang):
    graph = network(lang)
    regions = {"city/karachi": "Southern Asia", "city/lahore": "Southern Asia", "city/najaf": "<b>Western</b> Asia"}
    for node, region in regions.items():
        graph.nodes[node].update(region=region, region_label=region)
    graph.nodes["city/mashhad"].update(focus=True)
    seen = visit(write_page(graph, tmp_path / "page.html", title="x", lang=lang, date=DAY))
    boxes = seen.page.locator("input.region")
    last = {"en": "no region told", "fa": "بی منطقهٔ گفته\u200cشده"}[lang]
    assert seen.page.locator("label:has(input.region) bdi").all_inner_texts() == [
        "<b>Western</b> Asia",
        "Southern Asia",
        last,
    ]
    shown = "() => [...picture.shown.nodes].map((id) => page.data.nodes[id].key).sort()"
    seen.page.click("#no-regions")
    assert seen.page.evaluate(shown) == [], "without a tie there is nothing round it"
    boxes.nth(1).check()
    assert seen.page.evaluate(shown) == ["city/karachi", "city/lahore", "city/mashhad"]
    link = seen.page.evaluate("() => location.hash")
    seen.page.click("#all-regions")
    assert len(seen.page.evaluate(shown)) == len(graph)
    seen.page.evaluate("(link) => { location.hash = link; }", link)
    seen.settle()
    assert seen.page.evaluate(shown) == ["city/karachi", "city/lahore", "city/mashhad"], "a link restores it"
    seen.assert_quiet()


OVERLAPS = """() => {
  const { width, height } = picture.network.canvas.frame.canvas.getBoundingClientRect();
  const canvas = document.createElement("canvas").getContext("2d");
  const at = picture.onScreen(width, height);
  const placed = picture.labels(canvas, width, height, at, picture.look.about);
  const told = (label) => label.text.join(" ").replace(/[\\u2068\\u2069]/g, "");
  const found = [];
  for (const label of placed) {
    for (const { id, name, group } of page.data.nodes) {
      if (picture.look.about && !picture.look.about.nodes.has(id)) continue;
      const { x, y, radius } = at(id);
      const dx = Math.max(label.x - x, 0, x - label.x - label.w);
      const dy = Math.max(label.y - y, 0, y - label.y - label.h);
      const away = page.data.options.groups[group].shape === "dot" ? Math.hypot(dx, dy) : Math.max(dx, dy);
      if (away < radius) found.push([told(label), name]);
    }
    for (const other of placed) {
      if (other !== label && label.x < other.x + other.w && other.x < label.x + label.w
          && label.y < other.y + other.h && other.y < label.y + label.h) found.push([told(label), told(other)]);
    }
  }
  return { found, names: placed.map(told) };
}"""


@pytest.mark.parametrize(
    ("width", "named"), [(1400, {"Mashhad", "Tehran"}), (820, {"Mashhad", "Tehran"}), (390, {"Tehran"})]
)
def test_no_name_lies_over_a_mark_or_another_name(shipped_store, tmp_path, visit, width, named):
    scene = around(shipped_store, ["city/mashhad", "city/tehran"], "en")
    seen = visit(write_page(scene, tmp_path / "two.html", title="Two cities"))
    seen.page.set_viewport_size({"width": width, "height": 900})
    seen.page.wait_for_timeout(1500)  # the library looks at its size once a second
    drawn = seen.page.evaluate(OVERLAPS)
    assert drawn["found"] == []
    assert named <= set(drawn["names"])
    seen.page.evaluate("picture.enlarge(2)")
    assert seen.page.evaluate(OVERLAPS)["found"] == []
    seen.page.locator("#network").focus()
    for _ in range(4):
        seen.page.keyboard.press("ArrowRight")
        seen.settle()
        assert seen.page.evaluate(OVERLAPS)["found"] == []
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "Sister cities" in seen.page.locator("#paper").text_content(), "regions have no sign in the drawing's key"
    seen.assert_quiet()
