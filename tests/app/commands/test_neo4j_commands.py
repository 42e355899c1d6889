"""The commands round a real Neo4j server, as users type them."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ...conftest import ROOT, copied
from ...neo4j_server.server import Login
from ..conftest import Run

if TYPE_CHECKING:
    from neo4j import Driver


@pytest.fixture
def store(shipped: Path, tmp_path: Path) -> Path:
    """A store of one's own."""
    copied(shipped, tmp_path / "store")
    return tmp_path / "store"


Command = Callable[..., subprocess.CompletedProcess[str]]
"""Runs `citydip` on a store and the server."""


@pytest.fixture
def alone(neo4j_server: Login) -> Command:
    """In a process of its own, as users do."""

    def run(store: Path, *words: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-c", "from citydiplomacy.cli import main; main()", *words],
            env={**os.environ, **neo4j_server.environment, "CITYDIPLOMACY_STORE": str(store)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert neo4j_server.password not in done.stdout + done.stderr
        return done

    return run


@pytest.fixture
def here(neo4j_server: Login, citydip: Run, monkeypatch: pytest.MonkeyPatch) -> Command:
    """In the process of the tests, which takes a tenth of the time."""
    for name, value in neo4j_server.environment.items():
        monkeypatch.setenv(name, value)

    def run(store: Path, *words: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setenv("CITYDIPLOMACY_STORE", str(store))
        code, out, err = citydip(*words)
        assert neo4j_server.password not in out + err
        return subprocess.CompletedProcess(words, code, out, err)

    return run


def neo4j_command(run: Command, store: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`citydip neo4j ...`, which ends well."""
    done = run(store, "neo4j", *words)
    assert done.returncode == 0, done.stderr
    return done


def test_push_status_pull(neo4j: Driver, alone: Command, store: Path) -> None:
    assert "Nothing was pushed here." in neo4j_command(alone, store, "status").stderr
    would = neo4j_command(alone, store, "push", "--dry-run", "--format", "json").stdout
    assert "Nothing was pushed here." in neo4j_command(alone, store, "status").stderr
    pushed = neo4j_command(alone, store, "push", "--format", "json").stdout
    assert json.loads(pushed) == json.loads(would)
    assert "Nothing to send" in neo4j_command(alone, store, "push").stderr

    with neo4j.session() as session:
        session.run("CREATE (:Person {name: 'Ali'})-[:LIVES_IN]->(:City {name: 'Qom'})").consume()
    told = neo4j_command(alone, store, "status", "--format", "json")
    assert "Revision 1, whole" in told.stderr
    assert "Of others: 2 nodes, 1 relationship." in told.stderr
    held = {(row["kind"], row["name"]): row["number"] for row in json.loads(told.stdout)}
    assert held == {(row["kind"], row["name"]): row["new"] for row in json.loads(pushed)}

    with neo4j.session() as session:
        session.run("MATCH (c:_CityDip {id: 'city/mashhad'}) SET c.label_ar = 'مشهد المقدسة', c.mayor = 'x'").consume()
    would_pull = neo4j_command(alone, store, "pull", "--who", "Maryam", "--dry-run")
    assert would_pull.stdout == "city/mashhad\n"
    assert "Not carried: mayor of City" in would_pull.stderr
    assert "source/neo4j-maryam" in neo4j_command(alone, store, "pull", "--who", "Maryam").stderr
    assert "Nothing to bring" in neo4j_command(alone, store, "pull", "--who", "Maryam").stderr
    neo4j_command(alone, store, "push", "--lang", "fa")
    assert "Revision 2, whole" in neo4j_command(alone, store, "status").stderr


@pytest.mark.parametrize("page", ["README.md", "docs/cypher.md"])
@pytest.mark.usefixtures("neo4j")
def test_the_commands_of_the_pages_run(here: Command, store: Path, page: str) -> None:
    lines = re.findall(r"^    (citydip .*?)(?:  +#.*)?$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    asked = [line for line in lines if re.search(r"citydip neo4j |--engine neo4j", line)]
    assert any("push" in line for line in asked)
    for line in asked:
        done = here(store, *shlex.split(line)[1:])
        assert done.returncode == 0, f"{line}: {done.stderr}"
        if " query " in line:
            rows = done.stdout.splitlines()[2:]
            assert any(row.startswith("agreement/sister-city/karachi--mashhad ") for row in rows)


def test_what_others_wrote_for_a_date_is_shown_as_it_is_and_told(neo4j: Driver, here: Command, store: Path) -> None:
    neo4j_command(here, store, "push")
    tie = "agreement/sister-city/karachi--mashhad"
    for written in ("spring 2012", "2012-13", "۱۳۹۲/۰۵/۱۲"):
        with neo4j.session() as session:
            session.run("MATCH ()-[t:TWINNED_WITH {id: $id}]->() SET t.since = $since", id=tie, since=written).consume()
        done = here(store, "query", "sister-cities", "city=city/mashhad", "--engine", "neo4j")
        assert done.returncode == 0, done.stderr
        assert f"Not a date, shown as it is: start of {tie}: {written!r}" in done.stderr
        assert written in done.stdout
    with neo4j.session() as session:
        ends = "MATCH (a:_CityDip {id: 'city/mashhad'}), (b:_CityDip {id: 'city/qom'})"
        session.run(f"{ends} CREATE (a)-[:TWINNED_WITH {{since: 'long ago'}}]->(b)").consume()
    done = here(store, "query", "sister-cities", "city=city/mashhad", "--engine", "neo4j", "--with-others")
    assert "Not a date, shown as it is: start of what has no id, beside city/qom: 'long ago'" in done.stderr

    with neo4j.session() as session:  # as after a bulk import, or after somebody tidied up
        session.run("MATCH (state:CityDipState) DELETE state").consume()
    told = neo4j_command(here, store, "status").stderr
    assert "No push tells of this" in told
    assert "Nothing was pushed here" not in told


SISTERS = ("query", "sister-cities", "city=city/mashhad", "--engine", "neo4j", "--format", "json")


def test_an_answer_is_the_stores_or_says_why_not(neo4j: Driver, here: Command, store: Path, tmp_path: Path) -> None:
    def refused() -> str:
        done = here(store, *SISTERS)
        assert (done.returncode, done.stdout) == (1, ""), done.stderr
        return done.stderr

    assert "nothing was pushed to this server" in refused()
    neo4j_command(here, store, "push")
    plain = here(store, *SISTERS)
    told = plain.stderr.strip().splitlines()
    assert not [line for line in told if "pushed" in line or "others" in line], told
    free = ("query", "--cypher", "MATCH (c:City) RETURN count(c) AS n", "--engine", "neo4j")
    assert "as it stands" not in here(store, *free).stderr

    with neo4j.session() as session:
        session.run(
            "MATCH (c:_CityDip {id: 'city/mashhad'}), (k:Country {id: 'country/ir'}) "
            "CREATE (c)-[:TWINNED_WITH {id: 'x'}]->(:City {id: 'city/x', label: 'X'})-[:IN_COUNTRY]->(k)"
        ).consume()
    done = here(store, *SISTERS)
    assert done.stdout == plain.stdout
    assert "Left out: 1 row of others. To ask over these too: --with-others" in done.stderr
    assert "Others have written to this database since the push" in done.stderr
    assert "as it stands, also over what others have" in here(store, *free).stderr
    both = json.loads(here(store, *SISTERS, "--with-others").stdout)
    assert next(row for row in both if row not in json.loads(plain.stdout))["agreement"] == "x"
    count = ("query", "sister-city-count", "city=city/mashhad", "--engine", "neo4j")
    assert "left out" not in here(store, *count).stderr.lower()

    source = tmp_path / "more"
    source.mkdir()
    (source / "source.toml").write_text('[source]\nid = "more"\nkind = "press"\ntitle_en = "More"\n')
    (source / "cities.csv").write_text("id,label_en\nnew-town,New Town\n")
    loaded = here(store, "load", str(source))
    assert loaded.returncode == 0, loaded.stderr
    assert "The server holds revision 1, the store here is at 2: 1 source only here" in (here(store, *SISTERS).stderr)
    with neo4j.session() as session:
        session.run("MATCH (state:CityDipState) SET state.sources = state.sources + 'source/else x'").consume()
    assert "another store" in here(store, *SISTERS).stderr
    with neo4j.session() as session:
        session.run("MATCH (state:CityDipState) SET state.complete = false").consume()
    assert "not whole" in refused()
    cut_off = here(store, *free)
    assert (cut_off.returncode, "not whole" in cut_off.stderr) == (0, True)


def test_questions_go_to_the_database_that_is_named(here: Command, store: Path) -> None:
    for words in (["sister-cities", "city=Mashhad"], ["--cypher", "MATCH (c:City) RETURN count(*) AS n"]):
        done = here(store, "query", *words, "--engine", "neo4j", "--database", "nowhere")
        assert done.returncode == 1
        assert "no such database on the server" in done.stderr
        assert "nowhere" in done.stderr


@pytest.mark.usefixtures("neo4j")
def test_a_server_is_asked_by_name_without_a_store(here: Command, store: Path, tmp_path: Path) -> None:
    neo4j_command(here, store, "push")
    asked = ("query", "sister-cities", "--engine", "neo4j", "--format", "csv")
    for name in ("مشهد", "MASHHAD", "city/mashhad", "Q121157", "https://www.wikidata.org/entity/Q121157"):
        done = here(tmp_path / "none", *asked, f"city={name}")
        assert (done.returncode, "agreement/sister-city/karachi--mashhad" in done.stdout) == (0, True), done.stderr
    for name in ("Mashhadd", "Pakistan", "city/atlantis"):
        there = here(tmp_path / "none", *asked, f"city={name}")
        known = here(store, *asked[:2], f"city={name}")
        assert (there.returncode, there.stderr) == (known.returncode, known.stderr) == (2, known.stderr)
    beyond = here(tmp_path, "query", "--cypher", "RETURN $x AS x", "-p", f"x={2**63}", *asked[2:])
    assert (beyond.returncode, "beyond the whole numbers" in beyond.stderr) == (2, True)


def test_a_build_carries_over_what_was_pulled(neo4j: Driver, here: Command, store: Path) -> None:
    neo4j_command(here, store, "push")
    with neo4j.session() as session:
        session.run(
            "MATCH (c:_CityDip {id: 'city/mashhad'}) SET c.label_ar = 'مشهد المقدسة' "
            "CREATE (c)-[:HAS_MEMORANDUM_WITH {since: '2011'}]->(:City {id: 'city/rasht-e-no', label_en: 'New Rasht'})"
        ).consume()
    would = neo4j_command(here, store, "pull", "--who", "Maryam", "--dry-run").stderr
    told = neo4j_command(here, store, "pull", "--who", "Maryam").stderr
    assert "Made there: city/rasht-e-no (New Rasht)" in would
    assert "Changed there: city/mashhad" in would
    assert [line for line in told.splitlines() if " there: " in line] == [
        line for line in would.splitlines() if " there: " in line
    ]
    built = here(store, "build", "--no-world")
    assert built.returncode == 0, built.stderr
    assert "Carried over: source/neo4j-maryam, 3 records pulled from Neo4j." in built.stderr
    neo4j_command(here, store, "push")
    with neo4j.session() as session:
        assert session.run("MATCH (c:City {id: 'city/rasht-e-no'}) RETURN c:_CityDip").value() == [True]
    assert "Nothing to bring" in neo4j_command(here, store, "pull", "--who", "Ali").stderr
