"""Questions in Cypher: their headers and twins, what they refuse, the one that SPARQL cannot tell, and their page."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph.model.records import LINK_TERMS
from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.graph.neo4j.asking import run as ask_server
from citydiplomacy.graph.neo4j_exchange.push import push
from citydiplomacy.graph.property.declared import declared
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.property.projection import relationship_type, types_of
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library import catalogue, header, in_cypher
from citydiplomacy.queries.library.in_cypher import CypherEngine
from citydiplomacy.queries.library.insertions import inserted
from citydiplomacy.queries.library.questions import denominator, run

from ...conftest import ROOT, copied
from ..conftest import SOURCES

if TYPE_CHECKING:
    from neo4j import Driver

FOLDER = ROOT / "queries" / "library" / "cypher"
DOCS = ROOT / "docs"
VALUES: dict[str, object] = {
    "city": "ayla",
    "other": "bosra",
    "need": "fairs",
    "organization": "net",
    "other_organization": "fund",
    "date": "2012-06-01",
}
OWN = """\
//+ title: {en: Partners, fa: طرف‌ها}
//+ description: {en: Whom a city is tied to., fa: شهر با که پیوند دارد.}
//+ view: merged
//+ parameters:
//+   - {name: city, type: city, description: {en: The city, fa: شهر}}
//+ columns:
//+   - {name: partner, type: id, title: {en: Partner, fa: طرف}}
//+   - {name: number, type: integer, title: {en: Number, fa: شمار}}
// RETURN and $nothing in a comment are no query.
MATCH (:City {id: $city})-[t:TWINNED_WITH]-(p)
RETURN p.id AS partner, count(CASE WHEN t.stands THEN 1 END) AS number
ORDER BY partner
"""


@pytest.fixture(scope="module")
def graph(store: Store) -> Iterator[CypherEngine]:
    """The small world in the embedded engine."""
    with EmbeddedGraph.open(store) as opened:
        yield CypherEngine.embedded(opened)


@pytest.fixture(scope="module")
def shipped_store(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The shipped data, in a folder of its own: the embedded graph is made below it."""
    folder = tmp_path_factory.mktemp("shipped") / "store"
    copied(shipped, folder)
    with Store.open_folder(folder) as opened:
        yield opened


# --- headers and twins ------------------------------------------------------------------------------------------------


def test_every_shipped_text_belongs_to_a_question_and_holds() -> None:
    for file in sorted(FOLDER.iterdir()):
        name, *engine, suffix = file.name.split(".")
        assert suffix == "cypher"
        assert engine in ([], ["embedded"], ["neo4j"])
        question = catalogue.question(name)
        text = in_cypher.text(question, engine[0] if engine else "neo4j")
        if engine or "sparql" in question.languages:
            assert text == inserted(file.read_text(encoding="utf-8"), file.name)
            assert header.twin(text, file.name) == name


def test_the_languages_of_a_question() -> None:
    assert catalogue.question("sister-cities").languages == ("sparql", "cypher")
    assert catalogue.question("evidence").languages == ("sparql",)
    assert catalogue.question("shortest-path").languages == ("cypher",)
    assert catalogue.names() == sorted({*catalogue.names("sparql"), *catalogue.names("cypher")})


@pytest.mark.parametrize("name", catalogue.names("cypher"))
def test_every_kind_of_tie_is_asked_for(name: str) -> None:
    """An agreement may be a node: who asks for that asks for the relationships of all kinds, too."""
    text = in_cypher.text(catalogue.question(name), "neo4j")
    if "HAS_PARTY" in text and ":ADDRESSES]" not in text:
        assert set(types_of(REGISTRY["Agreement"]).values()) <= set(re.findall(r"\w+", text))
    if "l:FACES|" in text:
        assert {relationship_type(term) for term in LINK_TERMS} <= set(re.findall(r"\w+", text))


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("//+ title", "// title", 2, "the header is interrupted"),
        ("//+ view: merged", "//+ view: union", 3, "unknown view (found 'union'; expected merged, sources)"),
        ("$city}", "$town}", 10, "this parameter is not declared in the header (found '$town')"),
        ("$city}", "'city/ayla'}", 5, "this parameter is declared and never used (found '$city')"),
        ("AS partner,", "AS other,", 11, "the columns returned are not those declared (found 'other, number'"),
        ("p.id AS partner, ", "", 11, "(found 'number'; expected partner, number)"),
        ("ORDER BY partner\n", "", 11, "RETURN has no ORDER BY"),
        ("MATCH (:City", "MERGE (:City", None, "line 10: MERGE writes"),
        ("RETURN p.id AS partner, count(CASE WHEN t.stands THEN 1 END) AS number", "FINISH", None, "must RETURN"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(old: str, new: str, line: int | None, message: str) -> None:
    assert old in OWN
    with pytest.raises(InputError) as caught:
        catalogue.parse(OWN.replace(old, new, 1), "partners", "partners.cypher", ("cypher",))
    place = f"partners.cypher, line {line}: " if line else "partners.cypher: "
    assert str(caught.value).startswith(place), str(caught.value)
    assert message in str(caught.value)


def test_a_twin_has_no_other_header() -> None:
    assert header.twin("//+ twin: needs\nMATCH (n) RETURN n", "needs.cypher") == "needs"
    assert header.twin(OWN, "own.cypher") is None
    for text, message in (
        ("//+ twin: needs\n//+ view: merged\n", "line 2: unknown key in the header of a twin"),
        ("//+ twin: []\n", "line 1: twin must be a text"),
        ("MATCH (n) RETURN n", "line 1: there is no header"),
    ):
        with pytest.raises(InputError, match=re.escape(message)):
            header.twin(text, "needs.cypher")


def test_a_question_of_ones_own(tmp_path: Path, graph: CypherEngine) -> None:
    file = tmp_path / "sister-cities.cypher"
    file.write_text(OWN, encoding="utf-8")
    question = catalogue.read(file)
    assert (question.name, question.languages) == ("sister-cities", ("cypher",))
    rows = run(graph, question, {"city": "ayla"}).rows
    assert rows == [("city/cana", 1), ("city/dura", 1), ("city/edessa", 0)]
    file.write_text(OWN.replace("p.id AS partner", "1 AS partner"), encoding="utf-8")
    with pytest.raises(InputError, match="an answer is not what the header declares: partner of 1: '1' is no id"):
        run(graph, catalogue.read(file), {"city": "ayla"})


# --- asking -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("sister-cities", {"city": "atlantis"}, "city: the graph has no city/atlantis."),
        ("sister-cities", {"city": "country/aa"}, "city: 'country/aa' is not of type city"),
        ("sister-cities", {}, "sister-cities needs a value for city."),
        ("sister-cities", {"city": "ayla", "town": "bosra"}, "sister-cities has no parameter 'town'."),
        ("sister-cities", {"city": "ayla", "lang": "de"}, "lang: 'de': in Cypher, names are in en or fa."),
        (
            "sister-cities",
            {"city": "ayla'}) DETACH DELETE (n"},
            "city: the graph has no city/ayla'}) DETACH DELETE (n.",
        ),
        ("cities-by-ties", {"limit": -1}, "limit: -1 is not of type integer"),
        ("evidence", {"record": "city/ayla"}, "evidence is told in SPARQL only."),
    ],
)
def test_what_cannot_be_asked_is_refused(
    graph: CypherEngine, name: str, values: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        run(graph, name, values)
    assert caught.value.message.startswith(message)


def test_a_question_in_cypher_alone_is_refused_by_a_store(store: Store) -> None:
    asked = catalogue.parse(OWN, "mine", "mine.cypher", ("cypher",))
    with pytest.raises(UsageError, match="mine is told in Cypher only"):
        run(store, asked, {"city": "ayla"})


def test_denominators_are_asked_of_the_same_graph(graph: CypherEngine) -> None:
    values = {"city": "ayla", "other": "bosra"}
    found = {name: denominator(graph, name, values) for name in ("needs-hindered", "networks-missing", "needs")}
    assert found == {"needs-hindered": 4, "networks-missing": 3, "needs": None}


def test_a_graph_without_most_classes_is_asked_all_the_same(tmp_path: Path) -> None:
    """The embedded engine knows a label or a type only if it was declared."""
    writer.build(tmp_path / "store", SOURCES[:1])
    with Store.open_folder(tmp_path / "store") as store, EmbeddedGraph.open(store) as opened:
        bare = CypherEngine.embedded(opened)
        for name in catalogue.names("cypher"):
            question = catalogue.question(name)
            values = {each: VALUES[each] for each in question.by_name if each in VALUES}
            if "need" in values:
                continue  # there is none to ask of
            answer = run(bare, question, values)
            if "sparql" in question.languages:
                assert answer == run(store, question, values)


# --- shortest paths ---------------------------------------------------------------------------------------------------


def layers(ties: nx.Graph[str], city: str, other: str) -> list[tuple[int, str]]:
    """Step and city of all that lie on a shortest path, by breadth-first search."""
    if city == other or city not in ties or other not in ties or not nx.has_path(ties, city, other):
        return []
    here = nx.single_source_shortest_path_length(ties, city)
    there = nx.single_source_shortest_path_length(ties, other)
    whole = here[other]
    return sorted((step, node) for node, step in here.items() if step + there.get(node, whole + 1) == whole)


PAIRS = [
    ("mashhad", "isfahan"),
    ("mashhad", "tehran"),
    ("tehran", "isfahan"),
    ("mashhad", "karachi"),
    ("mashhad", "mashhad"),
    ("mashhad", "gqeberha"),
    ("shiraz", "tabriz"),
]


def twinned(store: Store) -> nx.Graph[str]:
    """The standing sister-city ties."""
    rows: Any = store.query("SELECT ?one ?other { ?one cd:twinnedWith ?other }")
    pairs = [[term.value.removeprefix("https://w3id.org/citydiplomacy/") for term in row] for row in rows]
    return nx.Graph(pairs)


def check_paths(store: Store, graph: CypherEngine) -> int:
    """Hold the answers against a search of our own; the number of pairs with a path."""
    ties = twinned(store)
    found = 0
    for city, other in PAIRS:
        if store.get(f"city/{other}") is None:
            continue
        answer = run(graph, "shortest-path", {"city": city, "other": other}).records()
        assert run(store, "shortest-path", {"city": city, "other": other}).records() == answer, "walked in the store"
        assert sorted((row["step"], row["actor"]) for row in answer) == layers(ties, f"city/{city}", f"city/{other}")
        found += bool(answer)
    return found


def test_embedded_shortest_paths(shipped_store: Store) -> None:
    with EmbeddedGraph.open(shipped_store) as opened:
        assert check_paths(shipped_store, CypherEngine.embedded(opened)) >= 3


def test_shortest_paths_on_a_neo4j_server(shipped_store: Store, neo4j: Driver) -> None:
    push(shipped_store, neo4j)
    assert check_paths(shipped_store, CypherEngine.neo4j(neo4j)) >= 3


@pytest.mark.parametrize(
    "text",
    [
        "MATCH ({id: 'city/ayla'})-[:TWINNED_WITH*1..2]-(p) RETURN p.id AS n",
        "MATCH (c {id: 'city/ayla'})-[t:TWINNED_WITH*..2]-(p) WHERE p.id = 'x' OR p.id STARTS WITH 'city/' "
        "RETURN size(t) AS n",
        "MATCH (c:City) OPTIONAL MATCH (c)-[:TWINNED_WITH*2]-(p)-[:IN_COUNTRY*0..1]->(k) RETURN c.id AS c, k.id AS n",
        "MATCH (c:City) WITH c.id AS c, COUNT { (c)-[:TWINNED_WITH*1..2]-() } AS n RETURN c, n",
        "MATCH (a:City {id: 'city/ayla'}), (b:City {id: 'city/cana'}) "
        "MATCH w = allShortestPaths((a)-[:TWINNED_WITH*..4]-(b)) RETURN length(w) AS n",
    ],
)
def test_copies_of_others_make_no_further_way(store: Store, neo4j: Driver, text: str) -> None:
    push(store, neo4j)
    asked = CypherEngine.neo4j(neo4j)
    before = asked.ask(text, {}).rows
    assert before
    copied = (
        "MATCH (a:City)-[r:TWINNED_WITH|IN_COUNTRY]->(b) CREATE (a)-[copy:$(type(r))]->(b) SET copy = properties(r)"
    )
    assert neo4j.execute_query(copied).summary.counters.relationships_created
    assert sorted(map(repr, asked.ask(text, {}).rows)) == sorted(map(repr, before))
    assert asked.ask_all is not None
    assert len(asked.ask_all(text, {}).rows) > len(before) or "COUNT" in text


# --- the page ---------------------------------------------------------------------------------------------------------

GENERATOR = runpy.run_path(str(DOCS / "generate_cypher.py"))


def test_the_page_has_the_model_and_the_answers(shipped_store: Store) -> None:
    written = (DOCS / "cypher.md").read_text(encoding="utf-8")
    with EmbeddedGraph.open(shipped_store) as opened:
        assert written == GENERATOR["page"](opened, written), "run: python docs/generate_cypher.py"
    assert (DOCS / "citydiplomacy.cypher").read_text(encoding="utf-8") == GENERATOR["saved"]()


def test_the_page_says_which_questions_have_no_twin() -> None:
    text = (DOCS / "cypher.md").read_text(encoding="utf-8")
    table = text[text.index("| Question | Why |") :].partition("\n\n")[0]
    told = re.findall(r"`([a-z-]+)`", "\n".join(row.split("|")[1] for row in table.splitlines()[2:]))
    assert sorted(told) == sorted({*catalogue.names("sparql")} - {*catalogue.names("cypher")})


def test_the_style_knows_only_what_there_is() -> None:
    styled = re.findall(
        r"^(node|relationship)\.(\w+) ", (DOCS / "citydiplomacy.grass").read_text("utf-8"), re.MULTILINE
    )
    model = declared()
    assert len(styled) > 15
    assert {name for kind, name in styled if kind == "node"} <= model.nodes.keys()
    assert {name for kind, name in styled if kind == "relationship"} <= model.relationships.keys()


def test_what_the_page_asks_of_a_server_alone_has_answers(shipped_store: Store, neo4j: Driver) -> None:
    push(shipped_store, neo4j)
    neo4j.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    page = (DOCS / "cypher.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```cypher server\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(examples) == 2
    assert all(ask_server(neo4j, text).rows for text in examples)
    assert ask_server(neo4j, examples[1]).rows[0][0] == "city/mashhad"
    folded = examples[1].replace("مشهد OR Mashad~", "كراچي")
    assert [row[0] for row in ask_server(neo4j, folded).rows] == ["city/karachi"]
    phrases = re.findall(r"^\| [^|`]+ \| `(MATCH .*)` \|$", page, re.MULTILINE)
    assert len(phrases) == 5
    for phrase in phrases:
        asked = phrase.replace("\\|", "|")
        values = {"city": "Mashhad"} | ({"year": 2000} if "$year" in asked else {})
        assert ask_server(neo4j, asked, values).rows, asked


def test_examples_and_saved_questions_on_a_neo4j_server(shipped_store: Store, neo4j: Driver) -> None:
    push(shipped_store, neo4j)
    page = (DOCS / "cypher.md").read_text(encoding="utf-8")
    tables = {match["text"]: match["table"] for match in GENERATOR["EXAMPLE"].finditer(page)}
    examples = re.findall(r"^```cypher\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(examples) == 11
    for text in examples:
        if "* ALL SHORTEST" in text:  # the embedded engine's form
            continue
        answer = ask_server(neo4j, text)
        assert answer.rows
        cells = [[GENERATOR["_cell"](value) for value in row] for row in answer.rows]
        if text in tables:
            assert [row.strip("| ").split(" | ") for row in tables[text].splitlines()[2:]] == [
                " | ".join(row).strip("| ").split(" | ") for row in cells
            ]
    saved = (DOCS / "citydiplomacy.cypher").read_text(encoding="utf-8")
    values = neo4j.execute_query("RETURN " + saved[saved.index("{") : saved.index("}") + 1] + " AS given").records[0][0]
    for statement in saved.partition("};\n")[2].split(";\n"):
        if statement.strip():
            given = {name: value for name, value in values.items() if f"${name}" in statement}
            assert ask_server(neo4j, statement, given).rows, statement
