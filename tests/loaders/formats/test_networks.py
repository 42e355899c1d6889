"""Networks of other programs, read by the mapping that is proposed for them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import Agreement, City, Observation
from citydiplomacy.loaders.formats.networks import read_network
from citydiplomacy.loaders.proposal.propose import propose
from citydiplomacy.loaders.report import LoadReport
from citydiplomacy.loaders.tables.folder import load_tables

GEPHI = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
  <graph defaultedgetype="undirected" mode="static">
    <attributes class="node" mode="static">
      <attribute id="lat" title="Latitude" type="double"/>
      <attribute id="lng" title="lng" type="double"/>
      <attribute id="pop" title="Population" type="integer"/>
      <attribute id="country" title="country" type="string"/>
    </attributes>
    <nodes>
      <node id="n0" label="Köln"><attvalues><attvalue for="lat" value="50.94"/><attvalue for="lng" value="6.96"/>
        <attvalue for="pop" value="1073096"/><attvalue for="country" value="Germany"/></attvalues>
        <viz:size value="10.0"/><viz:color r="1" g="2" b="3"/></node>
      <node id="n1" label="Lille"/>
    </nodes>
    <edges><edge id="0" source="n0" target="n1"/><edge id="1" source="n1" target="n1"/></edges>
  </graph>
</gexf>
"""


def test_a_network_of_gephi(tmp_path: Path) -> None:
    (tmp_path / "net.gexf").write_text(GEPHI, encoding="utf-8")
    (tmp_path / "net.toml").write_text(propose(tmp_path / "net.gexf"), encoding="utf-8")
    report = LoadReport()
    found = load_tables(tmp_path / "net.toml", report).sources[0].records
    koln, lille = (each for each in found if isinstance(each, City))
    assert (koln.id, koln.label("und"), koln.country) == ("city/net-n0", "Köln", "country/de")
    assert (koln.latitude, koln.longitude) == (Decimal("50.94"), Decimal("6.96"))
    assert (lille.label("und"), lille.latitude) == ("Lille", None)
    assert [each.parties for each in found if isinstance(each, Agreement)] == [("city/net-n0", "city/net-n1")]
    assert [each.value for each in found if isinstance(each, Observation)] == [Decimal(1073096)]
    assert [(each.kind, each.reason) for each in report.reasons()] == [
        ("refused", "has one value twice"),
        ("left out", "Population tells nothing"),
    ]


def test_graphml_with_items_and_kinds(tmp_path: Path) -> None:
    graph: Any = nx.Graph()
    graph.add_node("Q1", name="A", lat=1.5, long=2.0)
    graph.add_node("Q2", name="B")
    graph.add_edge("Q1", "Q2", kind="friendship", since=1990)
    nx.write_graphml(graph, tmp_path / "net.graphml")
    (tmp_path / "net.toml").write_text(propose(tmp_path / "net.graphml"), encoding="utf-8")
    found = load_tables(tmp_path / "net.toml", LoadReport(strict=True)).sources[0].records
    (tie,) = (each for each in found if isinstance(each, Agreement))
    assert (tie.id, tie.start and tie.start.edtf) == ("agreement/friendship/q1--q2", "1990")
    one, _ = (each for each in found if isinstance(each, City))
    assert (one.label("und"), one.exact_match) == ("A", ("http://www.wikidata.org/entity/Q1",))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BAD = {
    "entities without bound": (f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><gexf>&l9;</gexf>', "document type"),
    "an entity of another file": (
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><gexf>&f;</gexf>',
        "document type",
    ),
    "cut in the middle": (GEPHI[:900], "not well-formed"),
    "no network": ("<html><body/></html>", "not a network"),
    "nothing": ("", "not well-formed"),
    "a number that is none": (GEPHI.replace('value="50.94"', 'value="north"'), "not a network"),
}


@pytest.mark.parametrize("suffix", [".gexf", ".graphml"])
@pytest.mark.parametrize("case", BAD.values(), ids=BAD.keys())
def test_bad_networks(tmp_path: Path, case: tuple[str, str], suffix: str) -> None:
    path = tmp_path / f"net{suffix}"
    path.write_text(case[0], encoding="utf-8")
    if suffix == ".graphml" and "north" in case[0]:
        pytest.skip("a network of the other kind")
    with pytest.raises(InputError, match=case[1]) as caught:
        read_network(path, "nodes")
    assert caught.value.file == path
