"""The headers of the saved questions: all of them hold, and none of the ways to get one wrong passes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.ontology.terms import BASE, PREFIXES
from citydiplomacy.queries.library import catalogue
from citydiplomacy.queries.library.insertions import inserted

ROOT = Path(__file__).parents[3]
GOOD = """\
#+ title: {en: Partners, fa: طرف‌ها}
#+ description: {en: Whom a city is tied to., fa: شهر با که پیوند دارد.}
#+ view: merged
#+ parameters:
#+   - {name: city, type: city, description: {en: The city, fa: شهر}}
#+   - {name: limit, type: integer, default: 5, description: {en: How many, fa: چند تا}}
#+ columns:
#+   - {name: partner, type: id, title: {en: Partner, fa: طرف}}
#+   - {name: number, type: integer, title: {en: Number, fa: شمار}}

# A comment may speak of $nothing.
SELECT ?partner (COUNT(DISTINCT ?tie) AS ?number)
WHERE {
  ?tie cd:party $city, ?partner .
}
GROUP BY ?partner
ORDER BY DESC(?number) ?partner
LIMIT $limit
"""


def test_every_shipped_question_holds() -> None:
    found = catalogue.questions()
    assert len(found) >= 25
    assert [question.name for question in found] == catalogue.names()


@pytest.mark.parametrize("name", catalogue.names())
def test_a_question_asks_for_a_name_by_one_pattern(name: str) -> None:
    """That of `#= name of` or `#= word of`: a pattern for each language took the engine twice as long to read."""
    text = Path(catalogue.question(name).file).read_text(encoding="utf-8")
    assert not re.findall(r"(?:\?\w+|;) skos:prefLabel \?(\w+)\b.*LANG\(\?\1\)", text)
    for rule in ("name", "word"):
        assert len(re.findall(r"prefLabel|OPTIONAL|UNION", inserted(f"#= {rule} of ?x as ?y\n", ""))) == 2


@pytest.mark.parametrize("name", catalogue.names())
def test_every_shipped_question_is_told_well(name: str) -> None:
    question = catalogue.question(name)
    persian = [question.title["fa"], question.description["fa"]]
    persian += [parameter.description["fa"] for parameter in question.parameters]
    persian += [column.title["fa"] for column in question.columns]
    for text in persian:
        assert re.search(r"[\u0600-\u06ff]", text), text
        # The digits of a code such as M49 are its own.
        foreign = re.search(r"[يكة٠-٩,;?]|(?<![A-Z0-9])[0-9]", text)
        assert not foreign, f"Arabic letters, foreign digits, signs: {text}"
    assert question.description["en"].endswith(".")
    assert question.description["fa"].endswith(".")
    assert len({column.title["fa"] for column in question.columns}) == len(question.columns)
    assert len({column.title["en"] for column in question.columns}) == len(question.columns)


def test_the_docs_list_every_question() -> None:
    lines = [f"| `{each.name}` | {each.title['en']} | {each.title['fa']} |" for each in catalogue.questions()]
    page = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    table, _, _ = page.partition("\n## ")  # the tables below tell of other things
    assert [line for line in table.splitlines() if line.startswith("| `")] == lines


def test_a_good_question() -> None:
    question = catalogue.parse(GOOD, "partners", "partners.rq")
    assert [str(each) for each in question.parameters] == ["city (city, required)", "limit (integer, default 5)"]
    assert [column.name for column in question.columns] == ["partner", "number"]
    text = question.bind({"city": "mashhad"})
    assert "cd:party <https://w3id.org/citydiplomacy/city/mashhad>, ?partner" in text
    assert text.rstrip().endswith("LIMIT 5")
    assert "$" not in text
    assert list(ox.Store().query(text, prefixes=PREFIXES)) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("#+ title", "# title", 2, "the header is interrupted"),
        (GOOD, "SELECT ?x { ?x ?y ?z } ORDER BY ?x", 1, "there is no header"),
        (GOOD[: GOOD.index("SELECT")], "#+ - a\n#+ - b\n", 1, "the header must be keys with values"),
        ("{en: Partners, fa: طرف‌ها}", "{en: Partners", 2, "the header is not YAML"),
        ("#+ view: merged\n", "", 1, "the header lacks view"),
        ("view: merged", "view: union", 3, "unknown view (found 'union'; expected merged, sources)"),
        ("view: merged", "view: merged\n#+ colour: red", 4, "unknown key in the header (found 'colour'"),
        ("view: merged", "view: merged\n#+ view: merged", 4, "a key twice in the header (found 'view')"),
        ("view: merged", "view: merged\n#+ drawing: pie partner", 4, "a drawing that cannot be (found 'pie partner'"),
        ("view: merged", "view: merged\n#+ drawing: map number", 4, "a drawing that cannot be (found 'map number'"),
        ("view: merged", "view: merged\n#+ drawing: bars partner number", 4, "a drawing that cannot be"),
        ("view: merged", "view: merged\n#+ drawing: map friend", 4, "map with columns of type id, or network"),
        ("{en: Partners, fa: طرف‌ها}", "Partners", 1, "title must be keys with values (expected en, fa)"),
        ("{en: Partners, fa: طرف‌ها}", "{en: Partners}", 1, "title lacks fa"),
        ("{en: Partners, fa: طرف‌ها}", "{en: Partners, fa: ''}", 1, "title in fa must be a text"),
        ("{en: Partners, fa: طرف‌ها}", "{en: Partners, fa: [x]}", 1, "title in fa must be a text"),
        ("parameters:\n", "parameters: none\n#+ x:\n", 5, "unknown key in the header (found 'x'"),
        ("name: city,", "name: the city,", 5, "not a name (found 'the city'"),
        ("name: limit,", "name: city,", 6, "declared twice (found 'city')"),
        ("type: city", "type: town", 5, "unknown parameter type (found 'town'; expected lang, date"),
        ("type: city", "type: 'concept:colour'", 5, "unknown parameter type (found 'concept:colour'"),
        ("default: 5", "default: few", 6, "the default cannot be: limit: 'few' is not of type integer"),
        ("default: 5", "fallback: 5", 6, "unknown key in a parameter (found 'fallback'"),
        ("type: id", "type: name", 8, "unknown column type (found 'name'; expected id, ids"),
        ("?partner (COUNT", "?partner ?tie (COUNT", 12, "this column is projected and not declared (found '?tie')"),
        ("?partner (COUNT(DISTINCT ?tie) AS ?number)", "?partner", 9, "declared and not projected (found '?number')"),
        ("?partner (COUNT", "* (COUNT", 8, "declared and not projected (found '?partner')"),
        (
            "?partner (COUNT(DISTINCT ?tie) AS ?number)",
            "(COUNT(DISTINCT ?tie) AS ?number) ?partner",
            8,
            "columns are declared in another order than projected (expected number, partner)",
        ),
        ("$city, ?partner", "$town, ?partner", 14, "this parameter is not declared in the header (found '$town')"),
        ("LIMIT $limit", "LIMIT 5 # $limit", 6, "this parameter is declared and never used (found '$limit')"),
        ("$city, ?partner", "$city, ?city", 14, "a variable has the name of a parameter (found '?city')"),
        ("ORDER BY DESC(?number) ?partner\n", "", 12, "the outermost SELECT has no ORDER BY"),
        (
            "?tie cd:party $city, ?partner .",
            "GRAPH ?g { ?tie cd:party $city, ?partner }",
            3,
            "the view is 'sources' just",
        ),
        ("view: merged", "view: sources", 3, "the view is 'sources' just where the query uses GRAPH"),
        ("SELECT ?partner", "CONSTRUCT ?partner", None, "a question must be a SELECT (found 'CONSTRUCT')"),
        ("WHERE {", "FROM <http://example.org/> WHERE {", None, "line 13: FROM"),
        ("?tie cd:party", "SERVICE <http://example.org/> { ?a ?b ?c } ?tie cd:party", None, "line 14: SERVICE"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(old: str, new: str, line: int | None, message: str) -> None:
    assert old in GOOD
    with pytest.raises(InputError) as caught:
        catalogue.parse(GOOD.replace(old, new, 1), "partners", "partners.rq")
    place = f"partners.rq, line {line}: " if line else "partners.rq: "
    assert str(caught.value).startswith(place), str(caught.value)
    assert message in str(caught.value)


def test_an_order_inside_a_subselect_is_no_order_of_the_answer() -> None:
    inner = "{ SELECT ?tie { ?tie ?p ?o } ORDER BY ?tie }\n}"
    text = GOOD.replace("\n}", f"\n{inner}", 1).replace("ORDER BY DESC(?number) ?partner\n", "")
    with pytest.raises(InputError, match="has no ORDER BY"):
        catalogue.parse(text, "partners", "partners.rq")


def test_denominators_must_be_one_number_with_the_same_parameters() -> None:
    share = catalogue.parse(GOOD.replace("#+ view", "#+ denominator: all\n#+ view"), "share", "share.rq")
    count = re.sub(r"#\+   - \{name: (limit|partner).*\n", "", GOOD)
    count = count.replace("?partner (COUNT", "(COUNT").replace("GROUP BY ?partner\n", "").replace("LIMIT $limit\n", "")
    count = count.replace("DESC(?number) ?partner", "?number")
    catalogue.check_denominators([share, catalogue.parse(count, "all", "all.rq")])
    for others, message in (
        ([], "the denominator is no question"),
        ([catalogue.parse(GOOD, "all", "all.rq")], "one integer column"),
        ([catalogue.parse(count.replace("type: city", "type: region"), "all", "all.rq")], "declared the same"),
    ):
        with pytest.raises(InputError, match=message):
            catalogue.check_denominators([share, *others])


def test_a_question_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(GOOD, encoding="utf-8")
    assert catalogue.read(file).name == "mine"
    file.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(InputError, match=r"mine\.rq: not UTF-8"):
        catalogue.read(file)
    with pytest.raises(InputError, match=r"none\.rq: cannot be read \(No such file"):
        catalogue.read(tmp_path / "none.rq")


@pytest.mark.parametrize("name", ["../catalogue", "", "sister-cities.rq"])
def test_names_are_names_and_not_paths(name: str) -> None:
    with pytest.raises(UsageError, match="no question is called"):
        catalogue.question(name)


def test_the_catalogue_starts_without_heavy_libraries() -> None:
    code = """
import sys
import citydiplomacy.queries.library.questions
early = {"yaml", "rdflib", "networkx", "difflib"} & set(sys.modules)
from citydiplomacy.queries.library import catalogue
catalogue.question("sister-cities")
late = {"rdflib", "networkx"} & set(sys.modules)
print(sorted(early | late))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


# --- what a question takes in -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["sparql/valid-at.rq", "cypher/valid-at.cypher"])
def test_valid_at_takes_the_rule_from_its_place(file: str) -> None:
    """Its text names no status: which of them tell what is said by the rule and the scheme alone."""
    text = (ROOT / "queries/library" / file).read_text(encoding="utf-8")
    body = text[re.search(r"^(SELECT|UNWIND)", text, re.MULTILINE).start() :]  # type: ignore[union-attr]
    names = {status.partition("/")[2] for status in schemes()["status"]}
    assert names.isdisjoint(re.findall(r"['\"/](\w+)['\"]", body))
    taken = inserted(text, file)
    assert taken.count("\n") == text.count("\n"), "errors name the lines of the file"
    for status, concept in schemes()["status"].items():
        if concept.stands is False:
            assert status.partition("/")[2] in taken


@pytest.mark.parametrize(
    ("hole", "lang", "found"),
    [
        ("name", "fa", {"both": "دو", "english": "two", "others": "zwei"}),
        ("name", "en", {"both": "two", "english": "two", "others": "zwei"}),
        ("word", "fa", {"both": "دو", "english": "two", "others": None}),
        ("word", "en", {"both": "two", "english": "two", "others": None}),
    ],
)
def test_a_name_is_in_the_language_else_in_english(hole: str, lang: str, found: dict[str, str | None]) -> None:
    graph = ox.Store()
    called = {"both": ("دو@fa", "two@en"), "english": ("two@en", "deux@fr"), "others": ("zwei@de", "deux@fr")}
    for each, names in called.items():
        for name in names:
            label = ox.Literal(name[:-3], language=name[-2:])
            graph.add(ox.Quad(ox.NamedNode(f"{BASE}{each}"), ox.NamedNode(f"{PREFIXES['skos']}prefLabel"), label))
    text = f"SELECT DISTINCT ?x ?y WHERE {{ ?x skos:prefLabel ?first OPTIONAL {{\n  #= {hole} of ?x as ?y\n}} }}"
    rows: Any = graph.query(inserted(text, "x.rq").replace("$lang", f'"{lang}"'), prefixes=PREFIXES)
    told = [(row["x"].value.removeprefix(BASE), row["y"] and row["y"].value) for row in rows]
    assert sorted(told) == sorted(found.items())


@pytest.mark.parametrize("name", catalogue.names("sparql"))
def test_no_question_says_by_itself_which_of_the_names_is_told(name: str) -> None:
    own = Path(catalogue.question(name).file).read_text(encoding="utf-8")
    assert not re.search(r"skos:prefLabel (\?\w+)\s+FILTER\(LANG\(\1\) = \$lang \|\|", own)


def test_only_what_there_is_can_be_taken_in() -> None:
    with pytest.raises(InputError, match="nothing to insert is called so") as caught:
        catalogue.parse(GOOD.replace("  ?tie cd:party", "  #= stood\n  ?tie cd:party"), "one", "one.rq")
    assert caught.value.line == 14
