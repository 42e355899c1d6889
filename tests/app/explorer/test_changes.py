"""What has changed since a day or a revision: the page, its data and its feed say the same as the comparison."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest

from citydiplomacy.explorer.address import parse
from citydiplomacy.explorer.making import Maker
from citydiplomacy.explorer.pages.changes import TOLD
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.queries.reports import difference

from ...conftest import copied
from .conftest import load_agreement

ATOM = "{http://www.w3.org/2005/Atom}"


def made(maker: Maker, address: str):
    path, _, query = address.partition("?")
    return maker.made(parse(path, query))


@pytest.fixture(scope="module")
def maker(shipped) -> Maker:
    return Maker(str(shipped))


@pytest.mark.parametrize("since", ["1990", "2015", "2020-03", "2024-12-31"])
def test_the_page_tells_what_the_comparison_of_all_records_tells(maker, shipped_store, since):
    told = json.loads(made(maker, f"/changes.json?since={since}").content)
    changes = difference.between_dates(shipped_store, from_edtf(since), from_edtf(told["date"]))
    listed = {each.record.id for each in changes.listed if each.how in TOLD}
    assert {row["record"] for row in told["tables"]["changes"]["data"]} == listed
    assert listed
    rows = list(csv.DictReader(io.StringIO(made(maker, f"/fa/changes.csv?since={since}").content.decode())))
    assert {row["record"] for row in rows} == listed


@pytest.mark.parametrize("lang", ["", "/fa"])
def test_the_feed_is_atom_and_its_entries_lead_to_pages(maker, lang):
    feed = ET.fromstring(made(maker, f"{lang}/changes.atom?since=2015").content)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{name}") is not None
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids)) > 20
    days = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert days == sorted(days, reverse=True)
    for entry in entries[::10]:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert made(maker, link.attrib["href"]).status == 200


def test_since_a_revision_it_tells_which_records_the_store_has_got_and_lost(shipped, tmp_path):
    store = copied(shipped, tmp_path / "store")
    maker = Maker(str(store))
    first = maker.store().manifest.revision
    assert made(maker, "/changes").status == 200
    agreement = load_agreement(store, tmp_path / "tables")
    told = json.loads(made(maker, f"/changes.json?since=r{first}").content)["tables"]["changes"]["data"]
    new = {row["record"] for row in told if row["change"] == "appeared"}
    assert {agreement, "source/mine"} <= new
    assert all(maker.store().has(each) for each in new)
    page = made(maker, f"/fa/changes?since=r{first}").content.decode()
    assert "پدید آمده" in page
    assert f"since=r{first}" in made(maker, "/changes").content.decode()


def test_what_is_no_day_and_what_is_not_remembered_are_refused(maker):
    assert made(maker, "/changes?since=whenever").status == 400
    unknown = made(maker, "/changes?since=r4711")
    assert unknown.status == 400
    assert "Revision 4711 is not remembered here." in unknown.content.decode()
    assert "به یاد" in made(maker, "/fa/changes?since=r4711").content.decode()
