"""The dossier in all its forms: every number opens what it rests on, nothing is fetched, nothing is cut."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.wording.phrases import Mark, Phrase
from citydiplomacy.queries.wording.tables import Table
from citydiplomacy.visuals.document.blocks import Block, Document, Heading, Note, Paragraph, Points, Sheet
from citydiplomacy.visuals.document.dossier import dossier
from citydiplomacy.visuals.writers import formats

DAY = from_edtf("2026-11-27")
CITIES = ["city/mashhad", "city/tehran"]


@pytest.fixture(scope="module")
def store(shipped: Path) -> Iterator[Store]:
    with Store.open_folder(shipped) as opened:
        yield opened


@pytest.fixture(scope="module", params=["en", "fa"])
def document(store: Store, request: pytest.FixtureRequest) -> Document:
    return dossier(store, CITIES, request.param, date=DAY)


def written(document: Document, suffix: str) -> bytes:
    return formats.of(Path(f"x{suffix}"))(document)


@pytest.mark.parametrize("suffix", formats.WRITERS)
def test_the_same_store_gives_the_same_bytes(store: Store, document: Document, suffix: str) -> None:
    again = dossier(store, CITIES, document.lang, date=DAY)
    assert written(document, suffix) == written(again, suffix)


def test_every_number_of_every_sentence_rests_on_an_entry(document: Document) -> None:
    entries = {entry.number for entry in document.entries}
    sentences = [text for block in document.blocks for text in _sentences(block)]
    assert len(sentences) > 30
    for sentence in sentences:
        for part in sentence.parts:
            if isinstance(part, Mark):
                named = isinstance(part.value, str)
                assert named or (entries.issuperset(document.numbers(part)) and document.numbers(part)), sentence
            else:
                assert not re.search(r"\d", part), sentence


def _sentences(block: Block) -> Sequence[Phrase]:
    match block:
        case Points():
            return block.items
        case Paragraph() | Note():
            return [block.text]
    return []


def test_every_entry_says_in_words_what_it_is(document: Document) -> None:
    for entry in document.entries:
        assert " " in entry.title, entry.title
        if document.lang == "fa":
            assert re.search("[\u0600-\u06ff]{3}", entry.title), entry.title


def test_each_row_of_an_answer_names_its_sources(document: Document) -> None:
    listed = {reference.number for reference in document.references}
    assert listed == set(range(1, len(listed) + 1))
    first = document.entries[0]
    assert first.table is not None
    assert first.table.names[-1] == "sources"
    assert all(first.table.rows)
    assert {told.source for entry in document.entries for told in entry.told} <= listed


def test_the_page_opens_offline_and_a_number_opens_its_card(
    document: Document, tmp_path: Path, visit: Callable[[Path], Any]
) -> None:
    path = tmp_path / "dossier.html"
    path.write_bytes(written(document, ".html"))
    seen = visit(path)
    page = seen.page
    assert seen.requests == []
    assert (seen.complaints, seen.dialogs) == ([], [])
    assert page.evaluate("document.documentElement.dir") == ("rtl" if document.lang == "fa" else "ltr")
    page.locator("a.mark").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("dialog[open] article table tr").count() > 5
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    for width in (1400, 820, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_paper_is_searchable_and_every_city_is_in_it(document: Document) -> None:
    with pypdfium2.PdfDocument(written(document, ".pdf")) as paper:
        text = " ".join(page.get_textpage().get_text_bounded() for page in paper)
        assert paper.get_metadata_dict()["Title"] == document.title
    plain = _plain(text)
    for block in document.blocks:
        if isinstance(block, Sheet) and block.key.startswith("sisters"):
            for row in block.table.rows:
                assert _plain(str(row[0])) in plain


def _plain(text: str) -> str:
    """The letters alone, in one form; brackets are told mirrored by some readers, and lam-alef turned round by all."""
    folded = unicodedata.normalize("NFKC", text)
    plain = "".join(letter for letter in folded if letter.isalnum())
    return re.sub("[ال]+", lambda found: "".join(sorted(found[0])), plain)


def test_json_and_markdown_say_the_same_sentences(document: Document) -> None:
    told = json.loads(written(document, ".json"))
    sentences = [item["text"] for block in told["blocks"] if block["kind"] == "points" for item in block["items"]]
    markdown = re.sub(r"\\|\s*\[[\d۰-۹, ،]+\]", "", written(document, ".md").decode())
    for sentence in sentences:
        assert re.sub(r"\\|\s*\[[\d۰-۹, ،]+\]", "", sentence) in markdown


@pytest.mark.parametrize("cities", [["city/mashhad", "city/mashhad"], ["city/atlantis"], ["city/mashhad"] * 3, []])
def test_what_cannot_be_told_is_one_error(store: Store, cities: list[str]) -> None:
    with pytest.raises(UsageError):
        dossier(store, cities, "en", date=DAY)


def test_another_suffix_is_refused() -> None:
    with pytest.raises(UsageError, match=r"\.html, \.pdf"):
        formats.of(Path("x.odt"))


def test_the_workbook_runs_as_the_language_does_and_holds_no_formula(document: Document) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(written(document, ".xlsx")))
    assert book.properties.title == document.title
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert {bool(sheet.sheet_view.rightToLeft) for sheet in book.worksheets} == {document.lang == "fa"}
    assert len(book.sheetnames) == 3 + sum(isinstance(block, Sheet) for block in document.blocks)
    assert book.worksheets[0].freeze_panes == "A2"
    links = [cell.hyperlink.target for row in book.worksheets[-1].iter_rows() for cell in row if cell.hyperlink]
    assert links
    assert all(link.startswith(("http://", "https://")) for link in links)


def test_what_begins_like_a_formula_stays_text(document: Document) -> None:
    from openpyxl import load_workbook

    hostile = ("=1+1", "@SUM(A1)", "+1", "-2+3", "\t=1", '=HYPERLINK("http://x")')
    table = Table(("a",), ("=A1",), tuple((text,) for text in hostile))
    made = replace(document, title="=x", blocks=[Sheet("k", "=title/[x]:*?", table)], entries=(), references=())
    book = load_workbook(io.BytesIO(written(made, ".xlsx")))
    for sheet in book.worksheets:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_word_file_knows_its_headings_direction_and_language(document: Document) -> None:
    import docx

    word = docx.Document(io.BytesIO(written(document, ".docx")))
    assert (word.core_properties.title, word.core_properties.author) == (document.title, "citydiplomacy")
    headings = [each.text for each in word.paragraphs if each.style and each.style.name == "Heading 1"]
    assert headings[:2] == [block.text for block in document.blocks if isinstance(block, Heading)][:2]
    xml = word.element.body.xml
    assert ("<w:bidi/>" in xml) == (document.lang == "fa")
    assert ("<w:bidiVisual/>" in xml) == (document.lang == "fa")
