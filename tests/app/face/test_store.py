"""The face for Python: names in either language, typed records, questions, reports and networks, and letting go."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import citydiplomacy as cd
from citydiplomacy import records
from citydiplomacy.graph.store import locks
from citydiplomacy.queries.library import questions

from ...conftest import copied

TIE = "agreement/sister-city/karachi--mashhad"
SOURCE = '[source]\nid = "mine"\nkind = "blog"\ntitle_en = "Mine"\n'


@pytest.fixture(scope="module")
def store(shipped: Path) -> Iterator[cd.Store]:
    with cd.open(shipped) as opened:
        yield opened


def tables(folder: Path, **files: str) -> Path:
    """A folder of tables that can be loaded."""
    folder.mkdir()
    (folder / "source.toml").write_text(SOURCE, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


# --- the door ---------------------------------------------------------------------------------------------------------


def test_the_door_lists_what_it_offers() -> None:
    assert dir(cd) == sorted(cd.__all__)
    assert all(getattr(cd, name) is not None for name in cd.__all__)
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        _ = cd.nothing_of_ours  # type: ignore[attr-defined]


def test_the_door_opens_without_loading_what_is_behind_it() -> None:
    """Else the command line, which starts from it, would start later."""

    def loaded(program: str) -> set[str]:
        command = [sys.executable, "-c", f"{program}; import sys; print(*sys.modules)"]
        return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())

    assert loaded("import citydiplomacy") - loaded("import __future__, typing, importlib") == {"citydiplomacy"}


# --- records ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Mashhad", "مشهد", "mashhad", "city/mashhad", "Q121157"])
def test_a_record_is_found_by_any_of_its_names(store: cd.Store, name: str) -> None:
    assert store.find(name, cd.records.City) == store.get(cd.records.City, name).id == "city/mashhad"


def test_a_record_is_of_the_class_that_is_asked(store: cd.Store) -> None:
    tie = store.get(cd.records.Agreement, TIE)
    assert tie.parties == ("city/karachi", "city/mashhad")
    with pytest.raises(cd.errors.UsageError, match="among organization records"):
        store.get(cd.records.Organization, TIE)
    with pytest.raises(cd.errors.UsageError, match="nothing is called"):
        store.get(cd.records.City, "Mashadd")


def test_what_a_source_says_is_told_apart(store: cd.Store) -> None:
    tie = store.get(cd.records.Agreement, TIE)
    claims = store.claims(tie)
    assert claims["source/mehr-1603927"].status == "status/signed"
    assert store.get(cd.records.Agreement, TIE, source="source/mehr-1603927") == claims["source/mehr-1603927"]
    with pytest.raises(cd.errors.UsageError, match="source/geonames tells nothing of agreement") as refused:
        store.get(cd.records.Agreement, TIE, source="source/geonames")
    assert "source/mehr-1603927" in str(refused.value)
    ids = [city.id for city in store.records(cd.records.City, source="source/mashhad-study")]
    assert ids == sorted(ids)
    assert 0 < len(ids) < sum(1 for _ in store.records(cd.records.City))


# --- questions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("city", ["Mashhad", "مشهد", "city/mashhad"])
def test_a_question_takes_names_in_either_language(store: cd.Store, city: str) -> None:
    asked = questions.run(store._reader, "sister-cities", {"city": "city/mashhad", "lang": "fa"})
    answer = store.ask("sister-cities", city=city, lang="fa")
    assert answer.rows == tuple(asked.rows)
    assert answer.records() == asked.records()
    assert len(answer) == len(list(answer)) > 10
    assert answer.title == "خواهرخوانده‌ها با هر طرف و وضعیت"


def test_parameters_may_be_values_of_python(store: cd.Store) -> None:
    by_text = store.ask("valid-at", city="Mashhad", date="2016-01-01")
    assert store.ask("valid-at", city="Mashhad", date=date(2016, 1, 1)) == by_text
    assert by_text.rows


def test_a_wrong_parameter_is_said_so(store: cd.Store) -> None:
    with pytest.raises(cd.errors.UsageError, match="no parameter 'town'"):
        store.ask("sister-cities", town="Mashhad")
    with pytest.raises(cd.errors.UsageError, match=r"needs a value for city"):
        store.ask("sister-cities")
    with pytest.raises(cd.errors.UsageError, match="no question is called"):
        store.ask("sister-citys", city="Mashhad")


def test_a_question_that_is_told_in_cypher_alone_is_asked_there(store: cd.Store) -> None:
    assert [row[1] for row in store.ask("shortest-path", city="مشهد", other="Lahore")] == [
        "city/mashhad",
        "city/lahore",
    ]


@pytest.mark.parametrize("lang", ["en", "fa"])
@pytest.mark.parametrize(("city", "other"), [("Mashhad", "Lahore"), ("Tabriz", "Barcelona"), ("Qom", "Konya")])
def test_plain_words_walk_the_paths_that_cypher_tells(store: cd.Store, city: str, other: str, lang: str) -> None:
    told = store.answer(f"shortest path from {city} to {other}", lang=lang)
    assert isinstance(told, cd.Table)
    assert told.rows == store.ask("shortest-path", city=city, other=other, lang=lang).rows


def test_a_question_of_ones_own(store: cd.Store, tmp_path: Path) -> None:
    shipped = questions.catalogue.question("sister-cities")
    own = tmp_path / "own.rq"
    own.write_text(shipped.text, encoding="utf-8")
    assert store.ask(own, city="Mashhad").rows == store.ask("sister-cities", city="Mashhad").rows
    own.write_text("#+ nothing\nSELECT *", encoding="utf-8")
    with pytest.raises(cd.errors.InputError, match=r"own\.rq"):
        store.ask(own)


def test_results_of_sparql_are_values_of_python(store: cd.Store) -> None:
    values = """SELECT * { VALUES (?a ?b ?c ?d ?e ?f ?g ?h) {
        (id:city\\/mashhad schema:City <https://example.org/x> 3 1.5 "مشهد"@fa "2010-02-03"^^xsd:date
         "abc"^^xsd:integer)
        (true 2.5e0 false "2012"^^xsd:gYear UNDEF "false"^^xsd:boolean "2010-02-30"^^xsd:date "city/x") } }"""
    assert store.sparql(values).rows == (
        ("city/mashhad", "schema:City", "https://example.org/x", 3, Decimal("1.5"), "مشهد", date(2010, 2, 3), "abc"),
        (True, 2.5, False, "2012", None, False, "2010-02-30", "city/x"),
    )
    assert [type(value) for value in store.sparql("SELECT (1 AS ?n) (1.0 AS ?d) (1e0 AS ?f) {}").rows[0]] == [
        int,
        Decimal,
        float,
    ]
    assert store.sparql("ASK { id:city\\/mashhad a schema:City }").records() == [{"answer": True}]
    told = store.sparql("CONSTRUCT { ?c a schema:City } WHERE { VALUES ?c { id:city\\/mashhad } }")
    assert told.records() == [{"subject": "city/mashhad", "predicate": "rdf:type", "object": "schema:City"}]
    with pytest.raises(cd.errors.UsageError, match="not SPARQL"):
        store.sparql("SELECT")
    with pytest.raises(cd.errors.UsageError, match="writes"):
        store.sparql("DELETE WHERE { ?s ?p ?o }")


def test_cypher_gives_plain_values(store: cd.Store) -> None:
    found = store.cypher(
        "MATCH (c:City {id: $id}) RETURN c.label_fa AS name, c, size(c.aliases) AS n", {"id": "city/mashhad"}
    )
    ((name, node, number),) = found.rows
    assert (name, node["_label"], node["id"], number) == ("مشهد", "City", "city/mashhad", len(node["aliases"]))
    with pytest.warns(UserWarning, match="lose rows"):
        store.cypher("MATCH (a:City)-[t:TWINNED_WITH]-(b:City)-[u:TWINNED_WITH]-(c) WHERE t.stands RETURN a.id LIMIT 1")
    with pytest.raises(cd.errors.UsageError, match="missing parameter"):
        store.cypher("RETURN $x")


# --- networks and reports ---------------------------------------------------------------------------------------------


def test_networks_are_graphs_of_networkx_that_one_may_change(store: cd.Store) -> None:
    ties = store.network()
    assert ties.has_edge("city/karachi", "city/mashhad")
    ties.remove_node("city/mashhad")
    assert "city/mashhad" in store.network("agreements")
    assert len(store.network("agreements", standing=False)) > len(store.network("agreements"))
    assert nx.is_bipartite(store.network("memberships"))
    assert isinstance(store.network("actors"), nx.MultiGraph)
    assert store.network("newman").number_of_edges() > store.network("backbone").number_of_edges()
    with pytest.raises(cd.errors.UsageError, match="unknown network 'roads'"):
        store.network("roads")  # type: ignore[arg-type]


def test_reports_take_names_and_speak_both_languages(store: cd.Store) -> None:
    for report in (
        store.compare("Mashhad", "تهران", lang="fa"),
        store.gaps("مشهد", lang="fa"),
        store.recommend("Mashhad", top=3, lang="fa"),
        store.influence(measures=["degree"], lang="fa"),
        store.influence("Mashhad", "Tehran", measures=["degree"], lang="fa"),
    ):
        assert report.headlines
        assert report.tables
        for table in report.tables.values():
            assert len(table.to_pandas()) == len(table)
            assert list(table.to_pandas().columns) == list(table.names)
        assert 'dir="rtl"' in report._repr_html_()
    assert len(store.recommend("Mashhad", top=3).tables["networks"]) == 3
    with pytest.raises(cd.errors.UsageError, match="nothing is called 'Masshad'"):
        store.gaps("Masshad")


def test_places_of_cities_are_those_of_the_ranking(store: cd.Store) -> None:
    ranking = {row["id"]: row for row in store.influence(measures=["degree"]).tables["ranking"].records()}
    report = store.influence("Mashhad", "Tehran", measures=["degree"])
    world = {row["city"]: row for row in report.tables["positions"].records() if row["scope"] == "all"}
    assert world.keys() == {"city/mashhad", "city/tehran"}
    for city, row in world.items():
        assert (row["rank"], row["value"]) == (ranking[city]["rank"], ranking[city]["degree"])
        assert row["city_name"] in {"Mashhad", "Tehran"}


def test_a_city_without_a_tie_is_named(store: cd.Store) -> None:
    in_network = set(store.network())
    alone = next(city for city in store.records(cd.records.City) if city.id not in in_network)
    report = store.influence(alone.id, measures=["degree"])
    assert not report.tables["positions"].rows
    assert (
        f"No standing tie of {alone.label('en')} is known in these data, so it has no place in the network."
        in report.headlines
    )


# --- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", ["1390 SH", "۱۳۹۰"])
def test_a_view_at_a_date_tells_what_held_then(shipped: Path, tmp_path: Path, at: str) -> None:
    folder = copied(shipped, tmp_path / "store")
    with cd.open(folder, at=at) as view:
        answer = view.ask("sister-cities", city="Lahore", lang="fa")
        assert view.at is not None
        assert (view.folder, view.at.edtf) == (folder, "2011-03-21/2012-03-19")
    held = {row["partner"]: row["held"] for row in answer.records()}
    assert held == {"city/isfahan": "yes", "city/amol": "yes", "city/mashhad": "unknown"}
    assert "آری" in answer._repr_html_()
    with pytest.raises(cd.errors.UsageError, match="not a date"):
        cd.open(folder, at="soon")


# --- opening, building, loading, letting go ---------------------------------------------------------------------------


def test_a_store_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(cd.errors.StoreError, match="no store here"):
        cd.open(tmp_path)


def test_building_and_loading_tell_what_became_of_rows(tmp_path: Path) -> None:
    folder, mine = tmp_path / "store", tables(tmp_path / "mine", cities="id,label_en\natlantis,Atlantis\n")
    made = cd.build(folder, mine, shipped=False)
    assert (made.revision, made.sources, made.records) == (1, 2, 253)  # with the countries
    assert cd.load(folder, mine).revision == 1, "nothing changed"
    (mine / "cities.csv").write_text("id,label_en\natlantis,Atlantis\nys,Ys\n", encoding="utf-8")
    loaded = cd.load(folder, mine)
    assert repr(loaded) == "Loaded(revision=2, sources=2, records=254)"
    assert sum(tally.read for tally in loaded.report.files.values()) == 2
    with cd.open(folder) as store:
        assert store.find("Ys") == "city/ys"
    (mine / "cities.csv").write_text("id,label_en\natlantis,Atlantis\nys\n", encoding="utf-8")
    with pytest.raises(cd.errors.InputError, match="as many cells"):
        cd.load(folder, mine)
    with cd.open(folder) as store:
        assert store.revision == 2


def test_a_closed_store_answers_nothing(shipped: Path) -> None:
    with cd.open(shipped) as store:
        revision = store.revision
    asked: dict[str, Callable[[], object]] = {
        "find": lambda: store.find("Mashhad"),
        "get": lambda: store.get(cd.records.City, "city/mashhad"),
        "records": lambda: list(store.records(cd.records.City)),
        "ask": lambda: store.ask("sister-cities", city="Mashhad"),
        "sparql": lambda: store.sparql("ASK { ?a ?b ?c }"),
        "cypher": lambda: store.cypher("RETURN 1 AS x"),
        "compare": lambda: store.compare("Mashhad", "Tehran"),
        "network": lambda: store.network("agreements"),
    }
    for ask in asked.values():
        with pytest.raises(cd.errors.StoreError, match="the store is closed"):
            ask()
    assert (store.revision, "revision" in repr(store)) == (revision, True)


@pytest.mark.parametrize("end", ["forgotten", "closed"])
def test_a_store_that_is_let_go_is_swept_by_the_next_writer(shipped: Path, tmp_path: Path, end: str) -> None:
    folder = copied(shipped, tmp_path / "store")
    store = cd.open(folder)
    store.cypher("RETURN 1 AS one")  # its graph and the process that answers go too
    graph = next((folder / "cypher").glob("0*"))
    worker = store._graph._worker._process if store._graph else None
    assert worker is not None
    assert worker.poll() is None
    cd.load(folder, tables(tmp_path / "mine", cities="id,label_en\natlantis,Atlantis\n"))
    cd.load(folder, tmp_path / "mine")
    assert (folder / "generations" / "000001").exists(), "what is read stays"
    assert not locks.unread(graph)
    if end == "closed":
        store.close()
        store.close()
    del store
    gc.collect()
    (tmp_path / "mine" / "cities.csv").write_text("id,label_en\nys,Ys\n", encoding="utf-8")
    cd.load(folder, tmp_path / "mine")
    assert not (folder / "generations" / "000001").exists()
    assert locks.unread(graph)
    assert worker.poll() is not None


def test_an_endpoint_has_a_door_of_its_own() -> None:
    assert cd.endpoint("http://localhost:1/query").address == "http://localhost:1/query"
    with pytest.raises(cd.errors.UsageError, match="no address"):
        cd.endpoint("citydiplomacy-store")
    with pytest.raises(cd.errors.StoreError, match="does not answer"):
        cd.endpoint("http://localhost:1/query").ask("sister-cities", city="city/mashhad")


# --- as people write it -----------------------------------------------------------------------------------------------


def test_one_name_stands_where_several_may(store: cd.Store) -> None:
    degree = store.influence("Mashhad", measures="degree").tables["positions"]
    assert degree.rows == store.influence("Mashhad", measures=["degree"]).tables["positions"].rows
    advice = store.recommend("Mashhad", without="UNESCO Creative Cities Network").tables["networks"]
    assert "organization/uccn" not in {row["organization"] for row in advice.records()}


def test_a_record_is_a_value_of_a_question(store: cd.Store) -> None:
    mashhad = store.get(cd.records.City, "Mashhad")
    assert store.ask("sister-cities", city=mashhad).rows == store.ask("sister-cities", city="Mashhad").rows


def test_a_year_is_a_date(shipped: Path) -> None:
    with cd.open(shipped, at=2010) as numbered, cd.open(shipped, at="2010") as written:
        assert numbered.at == written.at


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.ask("sister-cities", city="Mashhad", lang="de"),
        lambda store: store.answer("sister cities of Mashhad", lang="de"),
        lambda store: store.compare("Mashhad", "Tehran", lang="de"),
        lambda store: store.gaps("Mashhad", lang="de"),
        lambda store: store.recommend("Mashhad", lang="de"),
        lambda store: store.influence(measures=["degree"], lang="de"),
        lambda store: store.draw("map", "Mashhad", lang="de"),
        lambda store: store.search("Mash", lang="de"),
    ],
)
def test_a_language_that_is_none_of_ours_is_never_taken_for_english(
    store: cd.Store, ask: Callable[[cd.Store], object]
) -> None:
    with pytest.raises(cd.errors.UsageError, match="unknown language 'de'"):
        ask(store)


@pytest.mark.parametrize("number", [0, -1])
def test_none_and_less_are_no_numbers_of_rows(store: cd.Store, number: int) -> None:
    with pytest.raises(cd.errors.UsageError, match="no number of rows"):
        store.recommend("Mashhad", top=number)
    with pytest.raises(cd.errors.UsageError, match="no number of rows"):
        store.search("Mash", limit=number)


WRONG: dict[str, tuple[Callable[[Any], object], str]] = {
    "a name": (lambda store: store.find(5), "5 is no name"),
    "a city": (lambda store: store.gaps(None), "None is no name"),
    "a class": (lambda store: store.get("City", "Mashhad"), "'City' is no class of records"),
    "a class of all": (lambda store: store.records(dict), "is no class of records"),
    "a question": (lambda store: store.ask(5), "5 is no text"),
    "a query": (lambda store: store.sparql(b"ASK {}"), "is no text"),
    "plain words": (lambda store: store.answer(5), "5 is no text"),
    "a source": (lambda store: store.records(records.City, source="nothing"), "no source 'nothing'"),
    "a weight": (lambda store: cd.load(store.folder, merge_at=float("nan")), "merge_at: nan is no number"),
    "no weight": (lambda store: cd.load(store.folder, merge_at="high"), "merge_at: 'high' is no number"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("what", WRONG)
def test_a_value_of_another_type_is_said_so(store: cd.Store, what: str) -> None:
    ask, told = WRONG[what]
    with pytest.raises(cd.errors.UsageError, match=told):
        ask(store)


def test_what_a_view_leaves_out_is_not_said_to_be_nowhere(shipped: Path, tmp_path: Path) -> None:
    with cd.open(copied(shipped, tmp_path / "store"), at="1000") as then:
        with pytest.raises(cd.errors.UsageError, match=f"{TIE} is in the store, and left out of the view") as caught:
            then.get(records.Agreement, TIE)
        assert "what began later" in caught.value.told(str)
        with pytest.raises(cd.errors.UsageError, match="nothing is called 'Xyzzyq' here"):
            then.find("Xyzzyq")
