"""The still figure: the same bytes, texts that stay text, every name told."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest

from citydiplomacy.errors import MissingExtraError
from citydiplomacy.graph.network import actors
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.visuals.drawing import scene
from citydiplomacy.visuals.drawing.network_figure import draw_network
from citydiplomacy.visuals.svg.printed import write_drawing
from citydiplomacy.visuals.svg.svg import Svg

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: Svg) -> list[str]:
    return [(element.text or "")[1:-1] for element in ET.fromstring(svg.markup()).iter(f"{SVG}text")]


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
@pytest.mark.parametrize("lang", ["en", "fa"])
def test_the_same_network_gives_the_same_bytes(network, tmp_path, lang, suffix):
    first, second = (
        write_drawing(draw_network(network(lang), title="مشهد", lang=lang), tmp_path / f"{n}{suffix}", dpi=72)
        for n in "ab"
    )
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith({".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF"}[suffix])


def test_another_process_gives_the_same_bytes(tmp_path):
    program = (
        "import sys, networkx as nx; from pathlib import Path\n"
        "from citydiplomacy.visuals.drawing.network_figure import draw_network\n"
        "Path(sys.argv[1]).write_text(draw_network(nx.les_miserables_graph(), title='x').file())"
    )
    for seed in "12":
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", program, str(tmp_path / f"{seed}.svg")], check=True, env=environment)
    assert (tmp_path / "1.svg").read_bytes() == (tmp_path / "2.svg").read_bytes()


def test_a_part_of_the_network_has_the_order_of_the_whole(shipped_store: Store) -> None:
    whole = actors(shipped_store, standing=True)
    part = scene.around(shipped_store, ["city/mashhad", "city/tehran"], "en", standing=True)
    assert list(part) == [node for node in whole if node in part]
    kept = [tie for tie in whole.edges(keys=True) if tie[0] in part and tie[1] in part]
    assert [key for *_, key in part.edges(keys=True)] == [key for *_, key in kept]


def test_hostile_labels_stay_text_and_the_svg_well_formed():
    graph = nx.Graph()
    hostile = ("<script>alert(1)</script>", "--> ]]> &amp;", "two\nlines\x07\x00", "\u202eover\ud800", '" onload="x')
    for text in hostile:
        graph.add_edge("hub", text, kind=text, kind_label=text, status=text)
        graph.add_node(text, label=text, kind=text, kind_label=text)
    drawn = draw_network(graph, title="<b>$\\bad$ -- 'title'\x00", caption="</svg>")
    root = ET.fromstring(drawn.file())
    assert {element.tag for element in root.iter()} >= {f"{SVG}path", f"{SVG}text"}
    assert f"{SVG}script" not in {element.tag for element in root.iter()}
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


def test_all_names_are_told_and_none_is_cut(network):
    for lang in ("en", "fa"):
        graph = network(lang)
        told = " ".join(texts(draw_network(graph, title="x", lang=lang)))
        assert "…" not in told
        for _, data in graph.nodes(data=True):
            assert data["label"] in told


def test_names_without_room_are_numbered_and_listed():
    crowd = nx.star_graph(120)
    nx.set_node_attributes(crowd, {node: f"The city with the very long name {node}" for node in crowd}, "label")
    told = texts(draw_network(crowd, title="x"))
    first = next(place for place, text in enumerate(told) if text.startswith("By number"))
    listed = " ".join(told[first:])  # a line of the list may end anywhere
    numbers = {text for text in told if text.isdecimal()}
    assert len(numbers) > 10
    for number in numbers:
        assert re.search(rf"(By number:|;) {number} The city with the very long name \d+", listed)


def test_the_key_names_what_occurs(network):
    drawn = draw_network(network("en"), title="Ties of Mashhad", caption="The study", date=dt.date(2026, 11, 23))
    told = texts(drawn)
    for words in (
        *("Ties of Mashhad", "The study · 7 nodes · 6 ties · 23 November 2026", "City", "Sister city"),
        *("in force", "proposed or planned", "dormant or ended", "not known whether in force"),
    ):
        assert words in told
    assert "proposed or planned" not in texts(draw_network(nx.Graph([("a", "b")]), title="x"))


def test_statuses_are_told_apart_by_dashes(network):
    root = ET.fromstring(draw_network(network("en"), title="x").markup())
    assert {"6 4", "1.5 4", "8 3 1.5 3"} <= {path.get("stroke-dasharray") for path in root.iter(f"{SVG}path")}


def test_organisations_and_cities_have_each_their_own_scale():
    graph = nx.Graph()
    graph.add_node("a", kind="City", size=4.0)
    graph.add_node("b", kind="City", size=1.0)
    graph.add_node("c", kind="Organization", size=100.0)
    root = ET.fromstring(draw_network(graph, title="x").markup())
    assert len({circle.get("r") for circle in root.iter(f"{SVG}circle")} - {"7"}) == 2


def test_a_network_of_two_is_no_higher_than_it_needs():
    two, many = nx.Graph([("a", "b")]), nx.complete_graph(30)
    assert draw_network(two, title="x").height < draw_network(many, title="x").height / 2


def test_an_empty_network_is_a_figure(tmp_path):
    assert write_drawing(draw_network(nx.Graph(), title="Empty"), tmp_path / "x.png").stat().st_size > 1000


def test_without_typst_the_extra_is_named(tmp_path):
    program = (
        "import sys; sys.modules['typst'] = None; import networkx as nx; from pathlib import Path\n"
        "from citydiplomacy.errors import MissingExtraError\n"
        "from citydiplomacy.visuals.drawing.network_figure import draw_network\n"
        "from citydiplomacy.visuals.svg.printed import write_drawing\n"
        "try: write_drawing(draw_network(nx.Graph(), title='x'), Path(sys.argv[1]))\n"
        "except MissingExtraError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(Path(tmp_path) / "x.png")], check=True, capture_output=True, text=True
    )
    assert "citydiplomacy[pdf]" in done.stdout
    assert not list(tmp_path.iterdir())
    assert MissingExtraError.exit_code == 1
