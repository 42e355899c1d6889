"""The dossier in all its forms: every number opens what it rests on, nothing is fetched, nothing is cut."""

from __future__ import annotations

import html
import io
import json
import re
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model.schema import class_title
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.wording.phrases import Mark, Phrase
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table
from citydiplomacy.visuals.document.blocks import Block, Document, Heading, Note, Paragraph, Picture, Points, Sheet
from citydiplomacy.visuals.document.dossier import dossier
from citydiplomacy.visuals.document.words import DocumentWords
from citydiplomacy.visuals.svg.text_width import FONTS
from citydiplomacy.visuals.writers import formats
from citydiplomacy.visuals.writers.claims import lines
from citydiplomacy.visuals.writers.columns import FEW_ROWS
from citydiplomacy.visuals.writers.embedded_font import DIGITS, hidden

from .conftest import CITIES, DAY, Written, written


@pytest.mark.parametrize("suffix", formats.WRITERS)
def test_the_same_store_gives_the_same_bytes(
    store: Store, document: Document, dossier_in: Written, suffix: str
) -> None:
    again = dossier(store, CITIES, document.lang, date=DAY)
    assert dossier_in(suffix) == written(again, suffix)


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


def test_no_two_rows_of_an_entry_read_alike(document: Document) -> None:
    """They say what each is about; what is told several times is one row with its number."""
    tables = {entry.title: entry.table for entry in document.entries if entry.table}
    assert [title for title, table in tables.items() if len(set(table.rows)) < len(table.rows)] == []
    told = {name for table in tables.values() for name in table.names}
    assert {"claim", "property", "alike"} <= told
    cells = [str(row[0]) for table in tables.values() if table.names[0] == "claim" for row in table.rows]
    assert [cell for cell in cells if "/" in cell] == [], "an id is no name"
    assert any("is not or has not" in cell or "نیست یا ندارد" in cell for cell in cells), "a lack is no trait"


def test_entries_tell_classes_in_words(document: Document) -> None:
    """The kind of a record is called as its class is, not by the folder of its ids."""
    tables = [entry.table for entry in document.entries if entry.table and "record_kind" in entry.table.names]
    told = {row[table.names.index("record_kind")] for table in tables for row in table.rows}
    assert told & {class_title("agreement", document.lang)}
    assert not told & {"agreement", "membership", "mission"}


def test_json_and_markdown_say_the_same_sentences(dossier_in: Written) -> None:
    told = json.loads(dossier_in(".json"))
    sentences = [item["text"] for block in told["blocks"] if block["kind"] == "points" for item in block["items"]]
    markdown = re.sub(r"\\|\s*\[[\d۰-۹, ،]+\]", "", dossier_in(".md").decode())
    for sentence in sentences:
        assert re.sub(r"\\|\s*\[[\d۰-۹, ،]+\]", "", sentence) in markdown


@pytest.mark.parametrize("cities", [["city/mashhad", "city/mashhad"], ["city/atlantis"], ["city/mashhad"] * 3, []])
def test_what_cannot_be_told_is_one_error(store: Store, cities: list[str]) -> None:
    with pytest.raises(UsageError):
        dossier(store, cities, "en", date=DAY)


def test_another_suffix_is_refused() -> None:
    with pytest.raises(UsageError, match=r"\.html, \.pdf"):
        formats.of(Path("x.odt"))


def test_the_workbook_runs_as_the_language_does_and_holds_no_formula(document: Document, dossier_in: Written) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(dossier_in(".xlsx")))
    assert book.properties.title == document.title
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert {bool(sheet.sheet_view.rightToLeft) for sheet in book.worksheets} == {document.lang == "fa"}
    assert len(book.sheetnames) == 4 + sum(isinstance(block, Sheet) for block in document.blocks), (
        "and one for the standing"
    )
    assert book.worksheets[0].freeze_panes == "A2"
    links = [cell.hyperlink.target for row in book.worksheets[-1].iter_rows() for cell in row if cell.hyperlink]
    assert links
    assert all(link.startswith(("http://", "https://")) for link in links)


def test_the_cells_of_a_workbook_begin_where_a_line_does(document: Document, dossier_in: Written) -> None:
    """A number at the end of its column would touch the text of the next: 13 beside 26 reads 1326."""
    from openpyxl import load_workbook

    sheets = load_workbook(io.BytesIO(dossier_in(".xlsx"))).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(isinstance(cell.value, int) for cell in cells)
    assert {cell.alignment.horizontal for cell in cells} == {"right" if document.lang == "fa" else "left"}
    assert sheets[0].page_setup.orientation == "portrait"


def test_what_begins_like_a_formula_stays_text(document: Document) -> None:
    from openpyxl import load_workbook

    hostile = ("=1+1", "@SUM(A1)", "+1", "-2+3", "\t=1", '=HYPERLINK("http://x")')
    table = Table(("a",), ("=A1",), tuple((text,) for text in hostile))
    made = replace(document, title="=x", blocks=[Sheet("k", "=title/[x]:*?", table)], entries=(), references=())
    book = load_workbook(io.BytesIO(written(made, ".xlsx")))
    for sheet in book.worksheets:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_word_file_knows_its_headings_direction_and_language(document: Document, dossier_in: Written) -> None:
    import docx

    word = docx.Document(io.BytesIO(dossier_in(".docx")))
    assert (word.core_properties.title, word.core_properties.author) == (document.title, "citydiplomacy")
    headings = [each.text for each in word.paragraphs if each.style and each.style.name == "Heading 1"]
    assert headings[:2] == [block.text for block in document.blocks if isinstance(block, Heading)][:2]
    xml = word.element.body.xml
    assert ("<w:bidi/>" in xml) == (document.lang == "fa")
    assert ("<w:bidiVisual/>" in xml) == (document.lang == "fa")


def test_every_form_tells_where_in_its_sources_an_entry_stands(document: Document, dossier_in: Written) -> None:
    """Each line of an entry, the question, and the address of each source; on paper the first lines of many."""
    import docx
    from openpyxl import load_workbook

    told = [line.text for entry in document.entries for line in lines(entry, document.lang)[:20]]
    disputes = [line for line in told if DocumentWords.of(document.lang).disputed in line]
    assert len(told) > 50
    assert disputes
    assert not [line for line in told if "#" in line or "observation/" in line], "names in words"
    word = docx.Document(io.BytesIO(dossier_in(".docx")))
    book = load_workbook(io.BytesIO(dossier_in(".xlsx")))
    page = re.sub(r"<[^>]+>", "", dossier_in(".html").decode())
    forms = {
        ".docx": "\n".join(each.text for each in word.paragraphs),
        ".xlsx": "\n".join(str(cell.value) for row in book.worksheets[-2].iter_rows() for cell in row),
        ".md": dossier_in(".md").decode().replace("\\", ""),
        ".html": html.unescape(page),
    }
    for suffix, isolated in forms.items():
        text = re.sub("[\u2068\u2069]", "", isolated)
        assert [line for line in told if line not in text] == [], suffix
        assert [entry.request for entry in document.entries if entry.request not in text] == [], suffix


def test_the_numbers_of_the_word_file_lead_to_the_evidence_and_back(document: Document, dossier_in: Written) -> None:
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(io.BytesIO(dossier_in(".docx"))).element.body
    places = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    links = {anchor for each in body.iter(qn("w:hyperlink")) if (anchor := each.get(qn("w:anchor")))}
    assert len(places) == len(set(places))
    assert links <= set(places)
    assert {f"e{entry.number}" for entry in document.entries} <= set(places)
    assert sum(link.startswith("m") for link in links) > 20


def test_the_word_file_carries_its_font() -> None:
    key = uuid.uuid5(uuid.NAMESPACE_URL, "x")
    font = (FONTS / "Vazirmatn-Regular.ttf").read_bytes()
    assert hidden(font, key)[:4] != font[:4]
    assert hidden(hidden(font, key), key) == font


def test_word_counts_pages_in_the_digits_of_the_language(document: Document, dossier_in: Written) -> None:
    import docx
    from docx.oxml.ns import qn

    word = docx.Document(io.BytesIO(dossier_in(".docx")))
    named = [font.get(qn("w:name")) for font in font_table(word).iter(qn("w:font"))]
    for foot in (word.sections[0].footer, word.sections[0].first_page_footer):
        (field,) = foot._element.iter(qn("w:fldSimple"))
        fonts = [each.get(qn("w:cs")) for each in field.iter(qn("w:rFonts"))]
        assert fonts == ([DIGITS] if document.lang == "fa" else [])
    assert (DIGITS in named) == (document.lang == "fa")
    assert {each.get(qn("w:bidi")) for each in word.styles.element.iter(qn("w:lang"))} == {"fa-IR"}


def font_table(word: Any) -> Any:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml

    return parse_xml(word.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE).blob)


def test_a_small_table_of_word_stays_with_its_title_on_one_page(document: Document, dossier_in: Written) -> None:
    import docx

    word = docx.Document(io.BytesIO(dossier_in(".docx")))
    sheet = next(each for each in document.blocks if isinstance(each, Sheet) and each.key == "by-kind")
    assert len(sheet.table.rows) <= FEW_ROWS
    (heading,) = (each for each in word.paragraphs if each.text == sheet.title)
    table = next(each for each in word.tables if each._tbl.getprevious() is heading._p)
    kept = [[cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells] for row in table.rows]
    assert all(all(row) for row in kept[:-1])
    assert not any(kept[-1])


def test_the_sentences_of_the_workbook_lead_to_their_evidence(document: Document, dossier_in: Written) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(dossier_in(".xlsx")))
    evidence = book.worksheets[-2]
    linked = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.hyperlink]
    assert len(linked) > 20
    for cell in linked:
        row = int(str(cell.hyperlink.location).rpartition("A")[2])
        first = Speech(document.lang).number(evidence.cell(row, 1).value)
        assert str(cell.value).split(", ")[0] == first
        assert book.worksheets[0].cell(cell.row, 1).comment is not None


@pytest.mark.parametrize("suffix", [".html", ".pdf", ".docx", ".xlsx", ".md", ".json"])
def test_a_name_of_ten_thousand_letters_is_written(document: Document, suffix: str) -> None:
    """In the properties of office files it is cut where they end, and there alone."""
    name = "long name " * 1000
    made = written(replace(document, title=name, author=name, subtitle=name), suffix)
    if suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            core = archive.read("docProps/core.xml").decode()
        assert [len(text) for text in re.findall(r"<dc:(?:title|creator)[^>]*>([^<]+)", core)] == [255, 255]


def test_the_names_of_sheets_say_of_which_city_they_are(document: Document, dossier_in: Written) -> None:
    """Each is whole, within what Excel takes, and of one sheet."""
    openpyxl = pytest.importorskip("openpyxl")
    names = openpyxl.load_workbook(io.BytesIO(dossier_in(".xlsx"))).sheetnames
    assert all(len(name) <= 31 for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    cities = ("مشهد", "تهران") if document.lang == "fa" else ("Mashhad", "Tehran")
    of_one = [block for block in document.blocks if isinstance(block, Sheet) and block.key != "by-kind"]
    assert [block.short for block in of_one] == [name for name in names if re.match(f"({'|'.join(cities)}) – ", name)]


def test_sheets_of_names_alike_are_told_apart() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    table = Table(("a",), ("a",), (("b",),))
    long = "Constantinople the second – networks and bodies that it might join"
    sheets = [Sheet(f"k{number}", long, table, "", long.upper() if number % 2 else long) for number in range(12)]
    whole = Document("t", "s", "en", "a", DAY, 1, sheets, (), (), lambda _: ())
    names = openpyxl.load_workbook(io.BytesIO(written(whole, ".xlsx"))).sheetnames
    assert len({name.casefold() for name in names if name.casefold().startswith("constantinople the second")}) == 12
    assert all(len(name) <= 31 for name in names)


@pytest.mark.parametrize("suffix", [".md", ".xlsx", ".json"])
def test_a_figure_that_no_table_tells_is_one_where_nothing_is_drawn(
    document: Document, dossier_in: Written, suffix: str
) -> None:
    made = dossier_in(suffix)
    if suffix == ".xlsx":
        book = pytest.importorskip("openpyxl").load_workbook(io.BytesIO(made))
        made = " ".join(str(cell.value) for sheet in book.worksheets for cell in sheet[1]).encode()
    for word in ("سنجه", "صدک") if document.lang == "fa" else ("Measure", "Percentile"):
        assert word in made.decode() or (suffix == ".json" and '"percentile"' in made.decode())
    figure = next(block for block in document.blocks if isinstance(block, Picture) and block.key == "standing-figure")
    assert figure.table
    assert len(figure.table.rows) % 2 == 0
    ranks = [row[figure.table.names.index("rank")] for row in figure.table.rows]
    assert all(document.numbers(mark) for rank in ranks if isinstance(rank, Phrase) for mark in rank.marks)


def test_markdown_says_of_each_figure_that_it_is_not_drawn(document: Document, dossier_in: Written) -> None:
    figures = [block for block in document.blocks if isinstance(block, Picture)]
    said = (
        "نمودار، که در قالب‌های دیگر کشیده شده است: "
        if document.lang == "fa"
        else "Figure, drawn in the other formats: "
    )
    assert len(figures) > 3
    assert dossier_in(".md").decode().count(f"*{said}") == len(figures)


def test_no_style_of_word_tears_letters_apart_and_the_first_page_is_one(dossier_in: Written) -> None:
    docx = pytest.importorskip("docx")
    word = docx.Document(io.BytesIO(dossier_in(".docx")))
    for style in word.styles:
        for tag in ("spacing", "i", "iCs"):
            found = style.element.xpath(f"./w:rPr/w:{tag}")
            assert not found, style.name
    for size in word.element.body.xpath("//w:r/w:rPr[w:sz or w:szCs]"):
        assert size.xpath("string(w:sz/@w:val)") == size.xpath("string(w:szCs/@w:val)")  # of both scripts
    section = word.sections[0]
    room = section.page_height - section.top_margin - section.bottom_margin
    drawn = sum(shape.height for shape in list(word.inline_shapes)[:2])
    assert 0.4 * room < drawn < 0.68 * room
    assert all(word.styles[name].paragraph_format.line_spacing == 1 for name in ("Normal", "List Bullet"))
