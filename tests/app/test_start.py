"""What a command imports before it answers: counted, so that what a start does without cannot creep back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from citydiplomacy import cli
from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.rdf import sparql
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology import schemes
from citydiplomacy.queries.library import catalogue, compiled, insertions, question
from citydiplomacy.queries.understanding import making, names, vocabulary, wordings, words

PROGRAM = """
import sys
sys.argv = ["citydip", *{!r}]
from citydiplomacy.start import main
try:
    main()
except SystemExit:
    pass
with open({!r}, "w") as file:
    file.write(" ".join(sys.modules))
"""
NEVER = {
    "yaml",
    "tomllib",
    "numpy",
    "rdflib",
    "rapidfuzz",
    "networkx",
    "zoneinfo",
    "citydiplomacy.graph.language.written_dates",
}


def imported(store: Path, place: Path, *arguments: str) -> set[str]:
    """The modules that a command has imported when it ends, at its second run: shipped questions are kept then."""
    program = PROGRAM.format(arguments, str(place / "modules"))
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"CITYDIPLOMACY_STORE": str(store), "PYTHONPYCACHEPREFIX": str(place / "compiled")}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, env=environment)
    return set((place / "modules").read_text().split())


@pytest.mark.parametrize(
    ("arguments", "ours", "all_"),
    [
        (["--help"], 45, 215),
        (["query", "sister-cities", "city=Mashhad"], 77, 259),
        (["query", "sister-cities", "city=مشهد", "--lang", "fa"], 81, 290),
        (["show", "Mashhad"], 80, 290),
        (["ask", "sister cities of Mashhad"], 92, 275),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_start_imports_little(shipped: Path, tmp_path: Path, arguments: list[str], ours: int, all_: int) -> None:
    found = imported(shipped, tmp_path, *arguments)
    assert not found & NEVER
    assert len([name for name in found if name.startswith("citydiplomacy")]) <= ours
    assert len(found) <= all_


@pytest.mark.parametrize("command", ["recommend Mashhad", "compare Mashhad Istanbul", "gaps Mashhad"])
def test_a_report_that_is_kept_imports_no_library_for_a_step_of_it(shipped: Path, tmp_path: Path, command: str) -> None:
    """The cities around a city and approximate dates are found without them: they were a third of a kept advice."""
    never = {"scipy.spatial", "scipy.linalg", "networkx", "edtf"}
    assert not imported(shipped, tmp_path, *command.split()) & never


def test_plain_words_find_their_vocabulary_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its making, which reads all questions and cuts all phrases and titles, was a sixth of a plain start."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    cut: list[str] = []
    for module in (making, wordings):
        monkeypatch.setattr(module, "words", lambda text: (cut.append(text), words.words(text))[1])
    first = vocabulary.vocabulary.__wrapped__()
    titles = [title for each in catalogue.questions() for title in each.title.values()]
    titles += [title for each in catalogue.questions() for column in each.columns for title in column.title.values()]
    assert 0 < len(cut) <= len(set(cut)) + len(titles)
    cut.clear()
    monkeypatch.setattr(catalogue, "question", pytest.fail)
    assert vocabulary.vocabulary.__wrapped__() == first
    assert cut == []


@pytest.mark.parametrize("changed", [making.__file__, vocabulary.__file__, schemes.__file__, catalogue.__file__])
def test_the_vocabulary_is_made_anew_when_what_it_is_made_of_changes(changed: str) -> None:
    assert changed in vocabulary.readers()
    assert {str(file) for folder in catalogue.SHIPPED.values() for file in folder.iterdir()} < {*vocabulary.readers()}


def test_plain_words_open_the_store_once_and_look_among_kept_names(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is spelt as it is needs no list of all names, which is read where a letter is amiss."""
    plain = ["ask", "sister cities of Mashhad", "--store", str(shipped)]
    CliRunner().invoke(cli.app(), plain)  # makes what is kept
    opened: list[Path] = []
    read: list[str] = []
    open_folder, kept = Store.open_folder.__func__, names.kept  # type: ignore[attr-defined]
    monkeypatch.setattr(Store, "open_folder", classmethod(lambda cls, at: (opened.append(at), open_folder(cls, at))[1]))
    monkeypatch.setattr(names, "kept", lambda store, name, make: (read.append(name), kept(store, name, make))[1])
    assert CliRunner().invoke(cli.app(), plain).exit_code == 0
    assert (len(opened), read) == (1, ["named"])


def test_the_library_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder a language, for all questions: it was once for each question and language."""
    looked: list[Path] = []
    listing = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda folder: (looked.append(folder), listing(folder))[1])
    catalogue._names.cache_clear()
    catalogue.question.cache_clear()
    catalogue.questions()
    assert len(looked) <= len(catalogue.SHIPPED)


def test_names_are_read_without_the_records_that_bear_them(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record has ten times as much to read as its names, and the first of a class has its making compiled."""
    with Store.open_folder(shipped) as store:
        for record in store.records(City):
            store._read.clear()
            assert [store.name(record.id, lang) for lang in ("en", "fa", "xx")] == [
                record.label(lang) for lang in ("en", "fa", "xx")
            ]
        assert store.name("city/nowhere") == "city/nowhere"
    monkeypatch.setattr(Store, "get", lambda *_: pytest.fail("a record was read"))
    asked = CliRunner().invoke(cli.app(), ["query", "sister-cities", "city=Mashhad", "--store", str(shipped)])
    assert asked.exit_code == 0
    assert "Urumqi" in asked.stdout


def test_a_command_imports_no_other(shipped: Path, tmp_path: Path) -> None:
    found = imported(shipped, tmp_path, "--lang", "en", "query", "sister-cities", "city=Mashhad")
    assert {name for name in found if name.startswith("citydiplomacy.commands.")} == {"citydiplomacy.commands.query"}


def test_all_commands_are_there_for_who_asks_no_one_by_name() -> None:
    assert len(cli.app().registered_commands) + len(cli.app().registered_groups) == len(cli.MODULES)


@pytest.mark.parametrize("name", catalogue.names())
def test_what_is_kept_of_a_question_is_what_its_file_says(name: str) -> None:
    kept = catalogue.question(name)
    told = catalogue.parse(kept.text, name, kept.file, kept.languages)
    assert kept == told
    assert kept.pieces == told.pieces


def test_a_kept_question_is_cut_at_its_parameters_already(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pattern of tokens took as long to compile as a fiftieth of the start; what a question takes in may change."""
    kept = catalogue.question.__wrapped__("sister-cities")
    cut: list[str] = []
    monkeypatch.setattr(question, "tokens", lambda text: (cut.append(text), sparql.tokens(text))[1])
    assert "$" not in kept.bind({"city": "city/mashhad"})
    assert cut == []
    monkeypatch.setattr(compiled, "inserted", lambda text, file: insertions.inserted(text, file) + "# changed")
    changed = catalogue.question.__wrapped__("sister-cities")
    assert changed.pieces == kept.pieces
    assert cut[-1] == changed.text


def test_a_question_is_read_anew_when_its_file_changes(tmp_path: Path) -> None:
    file = tmp_path / "sister-cities.rq"
    text = catalogue.question("sister-cities").text
    titles = []
    for title in ("One", "Two"):  # of one length, and within the same second
        file.write_text(text.replace("#+ title: {en: ", f"#+ title: {{en: {title} "), encoding="utf-8")
        found = compiled.load("sister-cities", str(file), ("sparql",), lambda text: catalogue.parse(text, "", ""))
        titles.append(found.title["en"].split()[0])
    assert titles == ["One", "Two"]


COMPILED = """
import sys
texts = []
sys.addaudithook(lambda event, given: event == "exec" and "__create_fn__" in given[0].co_names and texts.append(event))
sys.argv = ["citydip", "query", "sister-cities", "city=Mashhad", "--store", {!r}]
from citydiplomacy.start import main
try:
    main()
except SystemExit:
    pass
print(len(texts), file=sys.stderr)
"""


def test_a_start_compiles_little(shipped: Path) -> None:
    """What dataclasses write for themselves is compiled text by text at every start: 257 of them were a sixth of it."""
    program = COMPILED.format(str(shipped))
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert int(done.stderr.split()[-1]) <= 100
