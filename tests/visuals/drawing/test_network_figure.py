"""The still figure: the same bytes, well-formed, with Persian joined."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest

from citydiplomacy.errors import MissingExtraError, UsageError
from citydiplomacy.visuals.drawing import network_figure
from citydiplomacy.visuals.drawing.network_figure import write_figure

pytest.importorskip("matplotlib")

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"


@pytest.mark.parametrize("suffix", [".svg", ".png"])
@pytest.mark.parametrize("lang", ["en", "fa"])
def test_the_same_network_gives_the_same_bytes(network, tmp_path, lang, suffix):
    first, second = (
        write_figure(network(lang), tmp_path / f"{name}{suffix}", title="مشهد", lang=lang).read_bytes() for name in "ab"
    )
    assert first == second
    assert first.startswith(b"<?xml" if suffix == ".svg" else b"\x89PNG")


def test_another_process_gives_the_same_bytes(tmp_path):
    program = (
        "import sys, networkx as nx; from citydiplomacy.visuals.drawing.network_figure import write_figure;"
        "graph = nx.les_miserables_graph(); write_figure(graph, sys.argv[1], title='x')"
    )
    for seed in "12":
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", program, str(tmp_path / f"{seed}.svg")], check=True, env=environment)
    assert (tmp_path / "1.svg").read_bytes() == (tmp_path / "2.svg").read_bytes()


def test_hostile_labels_stay_text_and_the_svg_well_formed(tmp_path):
    graph = nx.Graph()
    for text in (
        "<script>alert(1)</script>",
        "$\\frac{1}$ and $x$",
        "--> ]]> &amp;",
        "two\nlines\x07\x00",
        "\u202eover\ud800",
    ):
        graph.add_edge("hub", text, kind=text, kind_label=text, status=text)
        graph.add_node(text, label=text, kind=text, kind_label=text)
    path = write_figure(graph, tmp_path / "x.svg", title="<b>$\\bad$ -- 'title'\x00", caption="</svg>")
    tags = {element.tag for element in ET.parse(path).iter()}
    assert SVG + "script" not in tags
    assert SVG + "path" in tags


def test_persian_letters_are_joined(tmp_path):
    """The middle letter of «مشهد» is drawn as its joined form, not as the letter alone."""
    from matplotlib.ft2font import FT2Font

    root = ET.parse(write_figure(nx.Graph(), tmp_path / "x.svg", title="مشهد")).getroot()
    used = {use.get(LINK) for use in root.iter(SVG + "use")}
    bold = {name for name in used if name and name.startswith("#Vazirmatn-Bold")}
    font = FT2Font(str(network_figure.FONTS / "Vazirmatn-Bold.ttf"))
    alone = {f"#Vazirmatn-Bold-{font.get_char_index(ord(letter)):x}" for letter in "مشه"}
    assert len(bold) >= 4
    assert not alone & bold


def test_the_key_names_what_occurs(network, tmp_path):
    text = write_figure(
        network("en"), tmp_path / "x.svg", title="Ties of Mashhad", caption="The study", date=dt.date(2026, 11, 23)
    ).read_text("utf-8")
    for words in (
        *("Ties of Mashhad", "The study · 7 nodes · 6 ties · 23 November 2026", "City", "sister city"),
        *("in force", "proposed or planned", "dormant or ended", "not known whether in force"),
    ):
        assert f"<!-- {words} -->" in text
    assert "date>" not in text
    whole = nx.Graph([("a", "b")])
    assert "proposed" not in write_figure(whole, tmp_path / "y.svg", title="x").read_text("utf-8")


def test_statuses_are_told_apart_by_dashes(network, tmp_path):
    root = ET.parse(write_figure(network("en"), tmp_path / "x.svg", title="x")).getroot()
    lines = [path.get("style") or "" for path in root.iter(SVG + "path")]
    dashes = {style.split("stroke-dasharray: ")[1].split(";")[0] for style in lines if "stroke-dasharray" in style}
    assert {"4.5,3", "1.125,3", "6,2.25,1.125,2.25"} <= dashes


def test_an_empty_network_is_a_figure(tmp_path):
    assert write_figure(nx.Graph(), tmp_path / "x.png", title="Empty").stat().st_size > 1000


def test_a_figure_of_another_format_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"\.svg or \.png"):
        write_figure(nx.Graph(), tmp_path / "x.pdf", title="x")
    assert not list(tmp_path.iterdir())


def test_without_matplotlib_the_extra_is_named(tmp_path):
    program = (
        "import sys; sys.modules['matplotlib'] = None; import networkx as nx;"
        "from citydiplomacy.errors import MissingExtraError;"
        "from citydiplomacy.visuals.drawing.network_figure import write_figure\n"
        "try: write_figure(nx.Graph(), sys.argv[1], title='x')\n"
        "except MissingExtraError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(Path(tmp_path) / "x.svg")], check=True, capture_output=True, text=True
    )
    assert "citydiplomacy[figures]" in done.stdout
    assert MissingExtraError.exit_code == 1
