"""The embedded property graph on its real engine: what it holds, when it is built, what it refuses, what stops it."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from citydiplomacy.errors import StoreError, UsageError
from citydiplomacy.graph.limited.store import LimitedStore
from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.property.declared import declared
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.property.projection import project
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store

from ...conftest import copied
from ..conftest import MASHHAD, source, told

pytest.importorskip("ladybug", reason="the extra `embedded` is not installed")

ALL = 1_000_000
BUILD = """
import sys
from pathlib import Path
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.store.reader import Store
with Store.open_folder(Path(sys.argv[1])) as store, EmbeddedGraph.open(store) as graph:
    print(graph.run("MATCH (c:City) RETURN count(*) AS n").rows[0][0])
"""
RUNAWAY_SPARQL = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i) }"
RUNAWAY = "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN sum(x * y) AS n"


@pytest.fixture(scope="module")
def store(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = copied(shipped, tmp_path_factory.mktemp("embedded") / "store")
    with Store.open_folder(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def graph(store: Store) -> Iterator[EmbeddedGraph]:
    with EmbeddedGraph.open(store) as opened:
        yield opened


def cities(letter: str, size: int) -> SourceRecords:
    """A source of many cities."""
    return told(
        source("many", "dataset"),
        *(City(id=f"city/{letter}{n:06}", labels=(Text(f"{letter}{n}", "en"),)) for n in range(size)),
    )


def graphs(store: Path) -> list[str]:
    """What stands in the folder of the graphs, besides the lock."""
    return sorted(path.name for path in (store / "cypher").iterdir() if path.is_dir())


# --- what it holds ----------------------------------------------------------------------------------------------------


def test_holds_the_projection_and_nothing_else(store: Store, graph: EmbeddedGraph) -> None:
    expected = project(store)
    nodes = graph.run("MATCH (n) RETURN n", limit=ALL).rows
    assert sorted((n["_label"], n["id"]) for (n,) in nodes) == [(n.label, n.id) for n in expected.nodes]
    properties = {(n.label, n.id): n.properties for n in expected.nodes}
    for (node,) in nodes:
        label = node.pop("_label")
        assert node == properties[label, node["id"]]
    ties = graph.run("MATCH (a)-[r]->(b) RETURN a.id AS a, r, b.id AS b", limit=ALL).rows
    found = [(r.pop("_type"), a, b, sorted(r.items())) for a, r, b in ties]
    wanted = [(r.type, r.start[1], r.end[1], sorted(r.properties.items())) for r in expected.relationships]
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_what_is_not_carried_is_counted_and_told(build: Callable[[list[SourceRecords]], Path]) -> None:
    fine = City(id="city/a", latitude=Decimal("36.12345678901234567890"))
    told: list[Mapping[str, int]] = []
    with Store.open_folder(build([SourceRecords(source("many", "dataset"), [fine])])) as store:
        for _ in range(2):
            EmbeddedGraph.open(store, told.append).close()
        assert told == [{"digits of a number beyond a double's": 1}] == [project(store).lost]
        (claim,) = [node for node in project(store).nodes if node.label == "Claim"]
    assert claim.properties["says"] == ["latitude: 36.1234567890123456789"]


def test_claims_have_the_words_of_dates_and_the_languages_of_names(store: Store) -> None:
    says = {told for node in project(store).nodes if node.label == "Claim" for told in node.properties["says"]}  # type: ignore[union-attr]
    assert "aliases: Meshed (en)" in says
    assert any(re.fullmatch(r"attested: 2016-03-20/2017-03-20 \(.*1395.*\)", told) for told in says)


def test_the_declared_model_covers_the_shipped_data(store: Store) -> None:
    model, graph = declared(), project(store)
    assert {n.label for n in graph.nodes} <= model.nodes.keys()
    for node in graph.nodes:
        for name, value in node.properties.items():
            assert model.nodes[node.label][name] is type(value), (node.label, name)
    for tie in graph.relationships:
        ends = model.ends[tie.type]
        assert not ends or (tie.start[0], tie.end[0]) in ends or "reason_en" in model.relationships[tie.type], tie
        for name, value in tie.properties.items():
            assert model.relationships[tie.type][name] is type(value), (tie.type, name)


def test_what_no_source_tells_can_be_asked_for(build: Callable[[list[SourceRecords]], Path]) -> None:
    with Store.open_folder(build([cities("a", 2)])) as store, EmbeddedGraph.open(store) as graph:
        for type_ in declared().relationships:
            asked = f"MATCH (a:City)-[r:{type_}]-(b:Need) RETURN r"
            assert graph.run(asked).rows == []
        assert graph.run("MATCH (c:City) RETURN c.label_fa AS fa, c.latitude AS lat LIMIT 1").rows == [(None, None)]


NASTY = (
    "`a``b`",
    'it\'s "so"',
    "two\nlines\r\nthree",
    "مشهدِ مقدّس‌ها، «شهر»",
    "a,b;[c]{d}\\",
    "\\N",
    "null",
    " x ",
    "٪\x1f%",
)


def test_texts_come_back_as_they_are(build: Callable[[list[SourceRecords]], Path]) -> None:
    records = [
        City(
            id=f"city/مشهد-{number}",
            labels=(Text(text, "en"), Text(text, "zh-hant")),
            aliases=tuple(sorted(Text(other, "fa") for other in NASTY)) if number else (),
        )
        for number, text in enumerate(NASTY)
    ]
    with (
        Store.open_folder(build([told(source("nasty", "press"), *records)])) as store,
        EmbeddedGraph.open(store) as graph,
    ):
        rows = graph.run(
            "MATCH (c:City) RETURN c.label_en AS en, c.label_zh_hant AS zh, c.aliases AS fa ORDER BY c.id"
        ).rows
        assert [row[:2] for row in rows] == [(text, text) for text in NASTY]
        assert rows[0][2] is None
        assert rows[1][2] == sorted(text.replace("\x1f", " ") for text in NASTY)
        for text in NASTY:
            assert graph.run("MATCH (c:City) WHERE c.label = $text RETURN count(*) AS n", {"text": text}).rows == [(1,)]


def test_values_are_of_python(graph: EmbeddedGraph) -> None:
    asked = "RETURN 1 AS i, 1.5 AS f, true AS t, null AS n, ['a', null] AS l, {a: 1} AS m, sum(2) AS s"
    (row,) = graph.run(asked).rows
    assert row == (1, 1.5, True, None, ["a", None], {"a": 1}, 2)
    assert [type(value) for value in row] == [int, float, bool, type(None), list, dict, int]


def test_parameters(graph: EmbeddedGraph) -> None:
    asked = "MATCH (c:City) WHERE c.id IN $ids RETURN c.id AS id ORDER BY id LIMIT $n"
    assert graph.run(asked, {"ids": ["city/mashhad", "city/tehran"], "n": 1}).rows == [("city/mashhad",)]
    assert graph.run(asked, {"ids": [], "n": 1}).rows == []
    with pytest.raises(UsageError, match="missing parameter: n; unknown parameter: m"):
        graph.run(asked, {"ids": [], "m": 1})


@pytest.mark.parametrize(
    "value",
    [
        ["1", 1], ["a", True], [1, True], [[1], None], [[1], ["a"]], [{"a": 1}, {"a": "x"}], [{"a": 1}, {}], ["a", [1]],
        [None], [[]], {"a": None}, {"a": []}, {1: "a"}, {"a"}, b"a", [Decimal(1)],
    ],
)  # fmt: skip
def test_a_parameter_that_the_engine_would_misread_is_refused(graph: EmbeddedGraph, value: object) -> None:
    with pytest.raises(UsageError, match=r"^x: .*kind|^x: .*no texts"):
        graph.run("RETURN $x AS x", {"x": value})


@pytest.mark.parametrize(
    "value",
    [[[], [1]], [[1], [None]], {"a": {"b": [None, 1]}}, [{"a": 1}, {"a": 2}], {"a": {}}, [], {}, None, ["a", None]],
)
def test_a_parameter_of_one_kind_is_taken_as_it_is(graph: EmbeddedGraph, value: object) -> None:
    assert graph.run("RETURN $x AS x", {"x": value}).rows == [(value,)]


def test_tuples_are_lists(graph: EmbeddedGraph) -> None:
    """The values of records are tuples: `{"parties": tie.parties}`."""
    assert graph.run("RETURN $x AS x, $y AS y", {"x": ("a", "b"), "y": ()}).rows == [(["a", "b"], [])]


def test_traps_of_the_engine(graph: EmbeddedGraph) -> None:
    """What questions must be written around; when one of these fails, the library of questions can be simpler."""
    back = "MATCH (a:City {id: 'city/mashhad'})-[:TWINNED_WITH*2..2]-(b) WHERE b.id = a.id RETURN count(*) AS n"
    assert graph.run(back).rows[0][0] > 0, "paths are walks"
    assert graph.run(back.replace("*2..2", "* TRAIL 2..2")).rows == [(0,)]
    assert graph.run("RETURN substring('abc', 1, 1) AS s").rows == [("a",)], "substring counts from 1"
    empty = "MATCH (c:City) WHERE c.id = 'no' RETURN "
    assert graph.run(empty + "sum(c.latitude) AS n").rows == [(None,)], "a sum over nothing is null"
    assert graph.run(empty + "coalesce(sum(c.latitude), 0.0) AS n").rows == [(0.0,)]
    for word in ("end", "order"):
        with pytest.raises(UsageError, match="backticks"):
            graph.run(f"RETURN 1 AS {word}")
        assert graph.run(f"RETURN 1 AS `{word}`").columns == (word,)


# --- when it is built -------------------------------------------------------------------------------------------------


def test_is_built_again_when_the_revision_moves(
    build: Callable[[list[SourceRecords]], Path], world: list[SourceRecords]
) -> None:
    folder = build(world)
    count = "MATCH (c:City) RETURN count(*) AS n"
    with Store.open_folder(folder) as before, EmbeddedGraph.open(before) as old:
        assert old.run(count).rows == [(3,)]
        (first,) = graphs(folder)
        made = (folder / "cypher" / first / "graph").stat().st_mtime_ns
        with EmbeddedGraph.open(before):
            assert (folder / "cypher" / first / "graph").stat().st_mtime_ns == made, "built twice"
        writer.load(folder, [told(source("more", "press"), City(id="city/kabul", labels=(Text("Kabul", "en"),)))])
        with Store.open_folder(folder) as after, EmbeddedGraph.open(after) as new:
            assert new.run(count).rows == [(4,)]
            assert old.run(count).rows == [(3,)]
            assert len(graphs(folder)) == 2, "one that is read was swept"
    writer.load(folder, [told(source("more", "press"), replace(MASHHAD, aliases=()))])
    with Store.open_folder(folder) as last, EmbeddedGraph.open(last) as new:
        assert new.run(count).rows == [(3,)]
    assert len(graphs(folder)) == 1
    assert first not in graphs(folder)


def test_a_store_made_anew_does_not_find_the_old_graph(build: Callable[[list[SourceRecords]], Path]) -> None:
    for letter, size in (("a", 2), ("b", 3)):
        folder = build([cities(letter, size)])
        with Store.open_folder(folder) as store, EmbeddedGraph.open(store) as graph:
            assert store.manifest.revision == 1
            assert graph.run("MATCH (c:City) RETURN count(*) AS n").rows == [(size,)]
        shutil.rmtree(folder / "generations")
        (folder / "manifest.json").unlink()


def test_a_killed_build_leaves_the_old_one(build: Callable[[list[SourceRecords]], Path]) -> None:
    folder = build([cities("a", 10)])
    with Store.open_folder(folder) as before:
        with EmbeddedGraph.open(before) as old:
            assert old.run("MATCH (c:City) RETURN count(*) AS n").rows == [(10,)]
        (first,) = graphs(folder)
        writer.load(folder, [cities("b", 5000)])
        builder = subprocess.Popen([sys.executable, "-c", BUILD, str(folder)], stdout=subprocess.DEVNULL)
        database = folder / "cypher" / "building" / "graph"
        while not database.exists():
            assert builder.poll() is None, "too late to kill it"
            time.sleep(0.001)
        builder.kill()
        assert builder.wait() == -signal.SIGKILL
        assert graphs(folder) == [first, "building"]
        with EmbeddedGraph.open(before) as old:
            assert old.run("MATCH (c:City) RETURN count(*) AS n").rows == [(10,)]
    with Store.open_folder(folder) as after, EmbeddedGraph.open(after) as new:
        assert new.run("MATCH (c:City) RETURN count(*) AS n").rows == [(5000,)]
    assert len(graphs(folder)) == 1
    assert first not in graphs(folder)


def test_two_processes_at_once_build_one_graph(build: Callable[[list[SourceRecords]], Path]) -> None:
    folder = build([cities("a", 2000)])
    command = [sys.executable, "-c", BUILD, str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate(timeout=120)[0] for process in both] == ["2000\n", "2000\n"]
    assert len(graphs(folder)) == 1


def test_a_folder_that_cannot_be_written_is_told(build: Callable[[list[SourceRecords]], Path]) -> None:
    folder = build([cities("a", 1)])
    (folder / "cypher").write_text("in the way")
    with Store.open_folder(folder) as store, pytest.raises(StoreError, match="could not be written"):
        EmbeddedGraph.open(store)


# --- what it refuses, and how it is stopped ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (c:City {id: 'city/x'})",
        "MATCH (c:City) SET c.label = 'x'",
        "COPY (MATCH (c:City) RETURN c.id) TO '{place}'",
        "LOAD FROM '{place}' RETURN *",
        "EXPORT DATABASE '{place}'",
        "INSTALL json",
        "CALL threads = 1",
        "CHECKPOINT",
    ],
)
def test_refuses_what_does_more_than_read(graph: EmbeddedGraph, cypher: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="line 1"):
        graph.run(cypher.replace("{place}", str(tmp_path / "file.csv")))
    assert list(tmp_path.iterdir()) == []


def test_the_database_is_read_only_too(graph: EmbeddedGraph) -> None:
    with pytest.raises(UsageError, match="read-only database"):
        graph._worker.ask("CREATE (c:City {id: 'city/x'})", {}, 1, seconds=10)


@pytest.mark.parametrize(
    ("cypher", "message"),
    [
        ("MATCH (c:City RETURN c", "line 1, column 15: not Cypher"),
        ("MATCH (c:City)\nRETURN c..id", "line 2, column 9: not Cypher"),
        ("MATCH (c:Town) RETURN c", "Town does not exist"),
        ("MATCH (c:City) RETURN c.size", "Cannot find property size"),
    ],
)
def test_errors_tell_their_place(graph: EmbeddedGraph, cypher: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        graph.run(cypher)


def test_the_row_limit_says_that_it_cut(graph: EmbeddedGraph) -> None:
    for limit, cut in ((2, True), (3, False), (4, False)):
        answer = graph.run("UNWIND [1, 2, 3] AS x RETURN x", limit=limit)
        assert (len(answer.rows), answer.truncated) == (min(limit, 3), cut)


def test_a_runaway_query_is_stopped(graph: EmbeddedGraph) -> None:
    graph.run("RETURN 1 AS n")
    before = graph._worker._process
    with pytest.raises(StoreError, match="longer than 1 s"):
        graph.run(RUNAWAY, timeout=1)
    assert graph.run("RETURN 1 AS n").rows == [(1,)]
    assert graph._worker._process is before, "the engine stops this one by itself, nobody had to be killed"


def test_a_runaway_sparql_query_is_stopped(store: Store) -> None:
    with LimitedStore(store.folder) as limited:
        with pytest.raises(StoreError, match="longer than 1 s"):
            limited.query(RUNAWAY_SPARQL, seconds=1)
        answer = limited.query("SELECT ?c { ?c a schema:City } ORDER BY ?c", limit=3)
        assert (answer.columns, len(answer.rows), answer.truncated) == (("c",), 3, True)
        assert limited.query("ASK { ?c a schema:City }").rows == [(True,)]
        with pytest.raises(UsageError, match="INSERT writes"):
            limited.query("INSERT DATA { <x:a> <x:b> <x:c> }")
        with pytest.raises(UsageError, match="not SPARQL"):
            limited.query("SELECT ?c { ?c a }")


def test_a_worker_that_dies_is_told_and_replaced(graph: EmbeddedGraph) -> None:
    graph.run("RETURN 1 AS n")
    process = graph._worker._process
    assert process is not None
    process.kill()
    with pytest.raises(StoreError, match="SIGKILL"):
        graph.run("RETURN 1 AS n")
    assert graph.run("RETURN 1 AS n").rows == [(1,)]


def test_whole_numbers_beyond_64_bits_and_bytes_that_are_no_text_are_refused(graph: EmbeddedGraph) -> None:
    for value in (2**63, -(2**63) - 1, [2**64], {"a": 2**64}):
        with pytest.raises(UsageError, match="x: a number beyond the whole numbers of Cypher"):
            graph.run("RETURN $x AS x", {"x": value})
    with pytest.raises(UsageError, match="line 2: 9223372036854775809 is beyond"):
        graph.run("RETURN 1 AS y,\n9223372036854775809 AS x")
    with pytest.raises(UsageError, match="line 1: 9223372036854775808 is beyond"):
        graph.run("RETURN 9223372036854775808 AS x")
    with pytest.raises(UsageError, match="no text"):
        graph.run("RETURN $x AS x", {"x": "\ud800"})
    with pytest.raises(UsageError, match="line 1: the query holds bytes that are no text"):
        graph.run("RETURN '\ud800' AS x")
    assert graph.run("RETURN $x AS x, $y AS y", {"x": 2**63 - 1, "y": -(2**63)}).rows == [(2**63 - 1, -(2**63))]
    assert graph.run("RETURN 99999999999999999999.5 AS x, 99999999999999999999e1 AS y").rows == [(1e20, 1e21)]


def test_an_error_that_is_none_of_ours_is_told_and_the_worker_goes_on(graph: EmbeddedGraph) -> None:
    before = graph._worker._process
    with pytest.raises(StoreError, match="the query cannot be answered: ValueError"):
        graph._worker.ask("RETURN $x AS x", {"x": [1, "a"]}, 1, seconds=30)  # the engine's own error
    assert graph.run("RETURN 1 AS n").rows == [(1,)]
    assert graph._worker._process is before


WITHIN = """
import resource
from pathlib import Path
from citydiplomacy.errors import StoreError
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.store.reader import Store
with Store.open_folder(Path({store!r})) as store:
    for gigabytes in (4, 0.4):
        resource.setrlimit(resource.RLIMIT_AS, (int(gigabytes * 2**30),) * 2)
        try:
            with EmbeddedGraph.open(store) as graph:
                print(graph.run("MATCH (c:City) RETURN count(*) AS n", timeout=10).rows[0][0])
        except StoreError as error:
            print(error.message)
"""


def test_a_limit_of_memory_is_kept_or_named(build: Callable[[list[SourceRecords]], Path]) -> None:
    folder = build([cities("a", 3)])
    ran = subprocess.run(
        [sys.executable, "-c", WITHIN.format(store=str(folder))], capture_output=True, text=True, check=True
    )
    enough, little = ran.stdout.splitlines()
    assert enough == "3"
    # Where the engine gets no memory for a thread of its own, it ends, or waits for ever and is stopped.
    assert re.search(r"memory|ended unexpectedly|took longer than", little)
    assert "Traceback" not in ran.stderr
