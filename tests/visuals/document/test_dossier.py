"""The dossier: every number of it is taken again from its question; what cannot be one is one error."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from citydiplomacy import cli
from citydiplomacy.errors import UsageError
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model.records import Agreement, City, Source
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.wording.phrases import Mark, Phrase
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.visuals.document.blocks import Document, Heading, Note, Paragraph, Picture, Points, Sheet
from citydiplomacy.visuals.document.dossier import dossier

from ...queries.again.recomputed import Recomputed

DAY = from_edtf("2026-11-23")
CASES = {
    "two": ("city/mashhad", "city/tehran"),
    "one": ("city/mashhad",),
    "five": ("city/mashhad", "city/tehran", "city/isfahan", "city/istanbul", "city/lahore"),
    "none of its own collected": ("city/kandahar",),
}


@pytest.fixture(scope="module", params=[(case, lang) for case in CASES for lang in ("en", "fa")], ids="-".join)
def made(request: pytest.FixtureRequest, shipped_store: Store) -> Document:
    case, lang = request.param
    return dossier(shipped_store, CASES[case], lang, date=DAY)


def phrases(document: Document) -> Iterator[Phrase]:
    """All texts that can have marks."""
    for block in document.blocks:
        match block:
            case Paragraph() | Note():
                yield block.text
            case Points():
                yield from block.items
            case Picture():
                yield from block.svg.phrases
            case Sheet():
                yield from (cell for row in block.table.rows for cell in row if isinstance(cell, Phrase))
                yield Phrase(block.note)


def test_every_number_is_that_of_its_question(made: Document, recomputed: Recomputed) -> None:
    entries = {entry.number for entry in made.entries}
    checked = 0
    for text in phrases(made):
        for part in text.parts:
            if isinstance(part, Mark):
                recomputed.check(part.as_json(), made.lang)
                if not isinstance(part.value, str):
                    assert set(made.numbers(part)) <= entries
                    assert made.numbers(part), part
                    checked += 1
    assert checked > 20 or "kandahar" in made.entries[0].asked


def test_each_entry_is_called_by_words_and_asked_again_by_a_command(made: Document) -> None:
    for entry in made.entries:
        assert not re.match(r"[a-z]+-[a-z-]+", entry.title), entry.title  # the key of a measure is no name
        assert "{" not in entry.request
        says = entry.table or entry.note or re.search(r": .*[0-9۰-۹]", entry.title)
        assert says, entry.title  # what a rule sets stands in its title
        asked = json.loads(entry.asked)
        if all(isinstance(value, str) for value in asked.get("parameters", {"": None}).values()):
            given = [f"{name}={value}" for name, value in asked["parameters"].items()]
            assert entry.request.split() == ["citydip", "query", asked["question"], *given]


def test_sentences_on_two_cities_stand_under_what_they_are_of(made: Document) -> None:
    keys = [(at, block.key) for at, block in enumerate(made.blocks) if isinstance(block, Heading)]
    topics = [(at, key) for at, key in keys if re.fullmatch(r"against-.+-(ties|networks|standing|presence|known)", key)]
    assert bool(topics) == any(key.startswith("against-") for _, key in keys)
    assert all(isinstance(made.blocks[at + 1], Points) for at, _ in topics)


RULES = {"en": "from 1 (weak) to 5", "fa": "از ۱ (سست) تا ۵"}
"""What is said of a scale is no figure."""


def test_no_sentence_has_a_number_of_no_question(made: Document) -> None:
    for block in made.blocks:
        texts = {
            Paragraph: lambda block: [block.text],
            Note: lambda block: [block.text],
            Points: lambda block: block.items,
        }.get(type(block))
        for text in texts(block) if texts else []:
            assert not re.search(r"\d", words(Phrase(text)).replace(RULES[made.lang], "")), text


NAMED = {"body", "condition", "disagreement", "notes", "organization_name", "since", "source", "sources", "voice"}
NAMED |= {"claim", "for", "against"}
"""Columns of names and titles of the data, of a claim with the time that it holds for, and of what sources and rules
say in their words; a day that one source tells otherwise; reasons, whose numbers the measure under the table opens."""


def test_no_cell_has_a_number_of_no_question(made: Document) -> None:
    """A digit in a table is that of a mark, or one of rows that a mark in the note under the table opens."""
    for block in made.blocks:
        if not isinstance(block, Sheet):
            continue
        note = Phrase(block.note)
        opened = any(made.numbers(mark) for mark in note.marks)
        assert not re.search(r"\d", words(note).replace(RULES[made.lang], "")), block.note
        for row in block.table.rows:
            for name, cell in zip(block.table.names, row, strict=True):
                told = words(cell) if isinstance(cell, Phrase) else Speech(made.lang).shown(cell)
                assert opened or name in NAMED or not re.search(r"\d", told), (block.key, name, told)
                if isinstance(cell, str):
                    assert name in NAMED or not re.search(r"\d", told), (block.key, name, told)


def words(text: Phrase) -> str:
    """A text without its marks."""
    return "".join(part for part in text.parts if isinstance(part, str))


def test_it_is_made_of_the_parts_that_a_reader_expects(made: Document) -> None:
    keys = [block.key for block in made.blocks if isinstance(block, Heading) and block.level == 1]
    wanted = ["minute", "ties", "networks", "against", "needs", "next", "standing", "unknown", "method"]
    assert [key for key in wanted if key in keys] == keys
    assert len(keys) >= len(wanted) - 1
    first = next(block for block in made.blocks if isinstance(block, Points))
    assert 1 <= len(first.items) <= 5
    titles = [block.title for block in made.blocks if isinstance(block, Sheet)]
    assert len(titles) == len(set(titles)) or len(CASES["five"]) > 1
    keys = [block.key for block in made.blocks if isinstance(block, Heading | Sheet | Picture)]
    assert len(keys) == len(set(keys)), "each has an address of its own"


def test_no_sentence_is_told_twice(made: Document) -> None:
    """What is of one city stands once on the first page and side by side, and once from there to the advice."""
    part, told = "", dict[str, list[str]]()
    for block in made.blocks:
        if isinstance(block, Heading) and block.level == 1:
            part = block.key
        elif isinstance(block, Points):
            told.setdefault(part, []).extend(block.items)
    minute, against = told["minute"], told.get("against", [])
    later = [each for key in ("against", "needs", "next") for each in told.get(key, [])]
    assert later
    for together in (minute + against, later):
        assert len(together) == len(set(together))


def test_a_partner_of_the_same_name_is_told(tmp_path: Path) -> None:
    spain, ohio = (City(id=f"city/{each}", labels=(Text("Toledo", "en"),)) for each in ("toledo", "toledo-ohio"))
    pact = Agreement(id="agreement/a", kind="agreement-kind/memorandum", parties=(spain.id, ohio.id))
    source = Source(id="source/x", kind="evidence-kind/dataset", labels=(Text("x", "en"),))
    writer.build(tmp_path / "store", [SourceRecords(source, [spain, ohio, pact])])
    with Store.open_folder(tmp_path / "store") as store:
        made = dossier(store, [spain.id], "en", date=DAY)
    table = next(each.table for each in made.blocks if isinstance(each, Sheet) and each.key.startswith("agreements-"))
    assert [row["parties"] for row in table.records()] == [("Toledo",)]


def test_no_table_shows_an_id_or_an_empty_column(made: Document) -> None:
    for block in made.blocks:
        if isinstance(block, Sheet):
            assert block.table.rows
            for row in block.table.rows:
                assert len(row) == len(block.table.titles)
                for cell in row:
                    assert not (
                        isinstance(cell, str) and re.match(r"(city|agreement|source|organization)/\S+$", cell)
                    ), cell


@pytest.mark.parametrize(
    ("cities", "message"),
    [
        (["city/mashhad", "city/mashhad"], "told against itself"),
        (
            [f"city/{name}" for name in ["mashhad", "tehran", "isfahan", "shiraz", "tabriz", "qom"]],
            "1 to 5 cities, not of 6",
        ),
        (["city/atlantis"], "has no city/atlantis"),
        ([], "not of 0"),
    ],
)
def test_what_is_no_dossier_is_one_error(shipped_store: Store, cities: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        dossier(shipped_store, cities, "en", date=DAY)


def run(monkeypatch: pytest.MonkeyPatch, shipped: Path, *arguments: str) -> None:
    monkeypatch.setattr("sys.argv", ["citydip", "report", *arguments, "--store", str(shipped)])
    cli.main()


def test_both_languages_are_two_files(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(
        monkeypatch,
        shipped,
        "Mashhad",
        "--against",
        "Tehran",
        "--against",
        "Isfahan",
        "--lang",
        "both",
        "-o",
        str(tmp_path / "m.md"),
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.en.md", "m.fa.md"]
    assert "در یک دقیقه" in (tmp_path / "m.fa.md").read_text("utf-8")
    assert "Isfahan" in (tmp_path / "m.en.md").read_text("utf-8")


def test_what_is_ruled_out_and_what_is_weak_is_left_out_and_told(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = {name: tmp_path / f"{name}.json" for name in ("all", "some", "firm")}
    run(monkeypatch, shipped, "Mashhad", "-o", str(paths["all"]))
    first = _networks(paths["all"])[0]
    run(monkeypatch, shipped, "Mashhad", "--not", first, "-o", str(paths["some"]))
    assert first not in _networks(paths["some"])
    assert "At the wish of those who ask these data 1 network or body is left out" in paths["some"].read_text("utf-8")
    run(monkeypatch, shipped, "Mashhad", "--at-least", "2", "-o", str(paths["firm"]))
    assert "2 voices or more" in json.loads(paths["firm"].read_text("utf-8"))["title"]


def _networks(path: Path) -> list[str]:
    blocks = json.loads(path.read_text("utf-8"))["blocks"]
    table = next(block for block in blocks if block.get("key") == "networks-mashhad")
    return [next(iter(row.values())) for row in table["rows"]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Mashhad", "-o", "x.odt"], ".html, .pdf"),
        (["Mashhad", "-o", "."], ".html, .pdf"),
        (["Mashhad", "--against", "مشهد", "-o", "x.md"], "told against itself"),
        (["Mashhad", "--against", "Atlantis", "-o", "x.md"], "Atlantis"),
        (["Mashhad", "--lang", "de", "-o", "x.md"], "de"),
    ],
)
def test_a_wrong_call_leaves_nothing(shipped, tmp_path, monkeypatch, capsys, arguments, message) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        run(monkeypatch, shipped, *arguments)
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
