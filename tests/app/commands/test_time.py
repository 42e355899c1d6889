"""`--at` and `diff` on the command line."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from ...conftest import copied
from ..conftest import Run


@pytest.fixture
def desk(shipped: Path, tmp_path: Path) -> Path:
    """A store of the shipped data to write below."""
    return copied(shipped, tmp_path / "store")


@pytest.fixture
def citydip(citydip: Run, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, asking that store, in the folder that it is in."""
    monkeypatch.setenv("CITYDIPLOMACY_STORE", str(desk))
    monkeypatch.chdir(tmp_path)
    return citydip


SISTERS = ("query", "sister-cities", "city=Mashhad")


def test_rows_say_whether_their_tie_held(citydip: Run) -> None:
    ran = citydip(*SISTERS, "--at", "2014", "--format", "csv")
    held = {row["partner"]: row["held"] for row in csv.DictReader(io.StringIO(ran.out))}
    assert held["city/karachi"] == "yes"
    assert held["city/lahore"] == "unknown"
    assert held["city/mecca"] == "no", "it is only proposed"
    assert ran.err == (
        "At 2014: 171 ties held, 810 may have (nobody tells), 18 only planned, 15 over by then, "
        "400 left out (began later).\n"
    )
    assert "Held at 2014" in citydip(*SISTERS, "--at", "2014").out
    assert "held" not in citydip(*SISTERS, "--format", "csv").out.splitlines()[0]


@pytest.mark.parametrize("date", ["1392 SH", "۱۳۹۲", "۱۳۹۲ ه‍.ش", "2013-03-21/2014-03-20"])
def test_both_calendars(citydip: Run, desk: Path, date: str) -> None:
    ran = citydip("query", "memberships", "city=مشهد", "--at", date, "--lang", "fa")
    assert "برقرار در ۱۳۹۲" in ran.out
    assert "نامعلوم" in ran.out
    assert ran.err.startswith("در ۱۳۹۲: ۱۴۵ پیوند برقرار بود، برقراری ۸۳۴ پیوند دانسته نیست")
    assert len([path for path in (desk / "at").iterdir() if path.is_dir()]) == 1


def test_bare_years_are_of_the_calendar_of_the_language(citydip: Run) -> None:
    assert "برقرار در ۱۳۹۲" in citydip(*SISTERS, "--at", "1392", "--lang", "fa").out
    assert "برقرار در ۲۰۱۰ م" in citydip(*SISTERS, "--at", "2010", "--lang", "fa").out
    refused = citydip(*SISTERS, "--at", "1392")
    assert (refused.code, refused.out) == (2, "")
    assert "write '1392 SH' or '1392 AD'" in refused.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "--cypher", "MATCH (c:City) RETURN count(*) AS n"),
        ("query", "sister-cities", "city=Mashhad", "--engine", "embedded"),
        ("query", "-"),
        ("compare", "Mashhad", "Tehran"),
        ("gaps", "Mashhad"),
        ("recommend", "Mashhad"),
        ("influence",),
        ("show", "Mashhad"),
        ("export", "gexf", "out.gexf"),
        ("export", "turtle", "out.ttl"),
        ("draw", "network", "out.svg", "Mashhad"),
        ("draw", "map", "out.svg", "Mashhad"),
    ],
    ids=" ".join,
)
def test_every_question_takes_a_date(citydip: Run, arguments: tuple[str, ...]) -> None:
    ran = citydip(*arguments, "--at", "2010", stdin="SELECT ?t { ?t a cd:Agreement ; cd:status ?s }")
    assert ran.code == 0, ran.err
    assert ran.err.startswith("At 2010: 85 ties held, 860 may have")


def test_cypher_sees_the_ties_of_the_date(citydip: Run) -> None:
    cypher = "MATCH (:City {id: 'city/mashhad'})-[t:TWINNED_WITH]-(c) WHERE t.stands RETURN c.id AS city ORDER BY city"
    assert citydip("query", "--cypher", cypher, "--at", "2010", "-f", "csv").out == "city\ncity/kuala-lumpur\n"
    assert citydip("query", "--cypher", cypher, "--at", "2014", "-f", "csv").out == (
        "city\ncity/karachi\ncity/kuala-lumpur\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((*SISTERS, "--at", "2010-13"), "not a date"),
        ((*SISTERS, "--at", "yesterday"), "'yesterday' is not a date that can be read"),
        ((*SISTERS, "--at", "2010", "--engine", "neo4j"), "--at asks a store, not a server"),
        ((*SISTERS, "--at", "2010", "--endpoint", "http://127.0.0.1:1/"), "--at asks a store, not a server"),
        (("export", "nquads", "x.nq", "--at", "2010"), "nquads takes no --at"),
        (("export", "csv", "x", "--at", "2010"), "These do: turtle, jsonld"),
        (("export", "turtle", "x.ttl", "--source", "mashhad-study", "--at", "2010"), "what sources say"),
        (("diff", "2010", "store"), "one is a folder, the other is not"),
        (("diff", "2010", "20100"), "not a date"),
        (("diff", "2005", "2015", "--city", "Nowhereville"), "nothing is called"),
        (("diff", "store", "store", "--city", "Nowhereville"), "nothing is called"),
    ],
)
def test_a_wrong_call_says_the_way_out(citydip: Run, desk: Path, arguments: tuple[str, ...], words: str) -> None:
    ran = citydip(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert not (desk / "at").exists()


# --- diff -------------------------------------------------------------------------------------------------------------


def test_what_began_between_two_dates(citydip: Run) -> None:
    ran = citydip("diff", "2005", "2015", "--city", "Mashhad", "--format", "json")
    rows = {row["record"]: row for row in json.loads(ran.out)}
    karachi = rows["agreement/sister-city/karachi--mashhad"]
    assert [karachi[key] for key in ("change", "before", "after", "since")] == ["appeared", "no", "yes", "2012"]
    assert "mashhad-study" in karachi["sources"]
    figures = [row for row in rows.values() if row["class"] == "Observation"]
    assert {(row["change"], row["before"], row["after"]) for row in figures} == {("dated", None, None)}
    assert "Agreement: 3 appeared, 1 may have changed, 17 known at neither date, 6 the same.\n" in ran.err
    table = citydip("diff", "1384", "۱۳۹۴", "--city", "مشهد", "--lang", "fa")
    assert re.search("برقرار در ۱۳۸۴ +برقرار در ۱۳۹۴", table.out)
    assert "کراچی – مشهد (خواهرخواندگی)" in table.out
    assert "agreement/" not in table.out
    assert "توافق: ۲ پدید آمده" in table.err


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_what_two_builds_differ_in(citydip: Run, desk: Path, tmp_path: Path, lang: str) -> None:
    shutil.copytree(desk, tmp_path / "later")
    page = tmp_path / "page"
    page.mkdir()
    (page / "source.toml").write_text('[source]\nid = "page"\nkind = "official"\ntitle_en = "Page"\n')
    (page / "agreements.csv").write_text(
        "kind,parties,status,start\nsister-city,lahore|mashhad,active,2006\nsister-city,istanbul|lahore,active,1975\n"
    )
    assert citydip("load", page, "--store", "later").code == 0
    rows = list(csv.DictReader(io.StringIO(citydip("diff", "store", "later", "--format", "csv").out)))
    found = [(row["change"], row["record"], row["property"], row["after"]) for row in rows]
    assert found == [
        ("appeared", "agreement/sister-city/istanbul--lahore", "", ""),
        ("changed", "agreement/sister-city/lahore--mashhad", "start", "2006"),
        ("appeared", "source/page", "", ""),
    ]
    (page / "agreements.csv").write_text("kind,parties,status,start\nsister-city,lahore|mashhad,active,2007\n")
    shutil.copytree(tmp_path / "later", tmp_path / "last")
    assert citydip("load", page, "--store", "last").code == 0
    ran = citydip("diff", "later", "last", "--lang", lang)
    assert "agreement/" not in ran.out
    assert ("gone" if lang == "en" else "از میان رفته") in ran.out
    assert ("statements" if lang == "en" else "شمار گزاره‌ها") in ran.out
    assert (citydip("diff", "store", "store").err, citydip("diff", "store", "store", "-f", "json").out) == (
        "Nothing changed.\n",
        "[]\n",
    )
