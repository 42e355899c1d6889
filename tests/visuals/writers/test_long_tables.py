"""Tables of thousands of rows: on a page and on paper the first, with a sentence; in the other forms all."""

from __future__ import annotations

import io
import json
import re

import pypdfium2
import pytest
from docx import Document as Word
from openpyxl import load_workbook

from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table
from citydiplomacy.visuals.document.blocks import Document, Entry, Heading, Sheet, Told
from citydiplomacy.visuals.writers.claims import MOST_ROWS, MOST_SHOWN, more

from .conftest import DAY, written

ROWS = 5_000
ALL = {
    "en": ("These are the first {} of 5,000 rows", "as Excel or JSON"),
    "fa": ("این‌ها {} سطر نخست از ۵٬۰۰۰ سطر است", "JSON"),
}


def long(lang: str, rows: int = ROWS) -> Document:
    """A table, and an entry with a table and lines, each of so many rows."""
    table = Table(("city",), ("City",), tuple((f"row{number}x",) for number in range(rows)))
    told = tuple(Told(f"row{number}x", 0, (), (f"p{number}",)) for number in range(rows))
    blocks = [Heading("h", "h"), Sheet("s", "Sheet", table)]
    return Document(
        "t", "s", lang, "a", DAY, 1, blocks, [Entry(1, "e", '{"measure": "degree"}', table, told)], (), lambda _: ()
    )


def told(text: str, lang: str, most: int) -> int:
    """How often a text says that so many rows are shown of all, and where the rest is."""
    number = Speech(lang).number(most)
    begin, end = ALL[lang]
    plain = re.sub(r"[\u2066-\u2069]|<[^>]+>", "", " ".join(text.split()))
    found = [sentence for sentence in re.findall(rf"{begin.format(number)}[^.]*", plain) if end in sentence]
    return len(found)


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_page_shows_the_first_rows_and_says_of_how_many(lang: str) -> None:
    page = written(long(lang), ".html").decode()
    assert page.count("<td>") == 2 * MOST_SHOWN
    assert told(page, lang, MOST_SHOWN) == 3
    assert f"row{MOST_SHOWN - 1}x" in page
    assert f"row{MOST_SHOWN}x" not in page


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_word_does_too_and_shows_fewer_in_an_entry(lang: str) -> None:
    book = Word(io.BytesIO(written(long(lang), ".docx")))
    assert [len(table.rows) - 1 for table in book.tables] == [MOST_SHOWN, MOST_ROWS]
    text = "\n".join(paragraph.text for paragraph in book.paragraphs)
    assert (told(text, lang, MOST_SHOWN), told(text, lang, MOST_ROWS)) == (1, 2)


def test_paper_shows_as_many_as_word() -> None:
    with pypdfium2.PdfDocument(io.BytesIO(written(long("en"), ".pdf"))) as paper:
        printed = " ".join(page.get_textpage().get_text_bounded() for page in paper)
    assert f"row{MOST_SHOWN - 1}x" in printed
    assert f"row{MOST_SHOWN}x" not in printed
    assert (told(printed, "en", MOST_SHOWN), told(printed, "en", MOST_ROWS)) == (1, 2)


def test_the_other_forms_hold_all_rows() -> None:
    document = long("en")
    book = load_workbook(io.BytesIO(written(document, ".xlsx")))
    cells = [str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value]
    assert sum(cell == f"row{ROWS - 1}x" for cell in cells) == 2
    assert sum(cell.startswith("row") for cell in cells) == 2 * ROWS
    markdown = written(document, ".md").decode()
    assert len(re.findall(r"^\| +row\d+x \|", markdown, re.MULTILINE)) == 2 * ROWS
    (entry,) = json.loads(written(document, ".json"))["evidence"]
    assert len(entry["rows"]) == len(entry["told"]) == ROWS


def test_a_table_that_is_whole_says_nothing() -> None:
    assert not more(range(MOST_SHOWN), MOST_SHOWN, Speech("en"))
    assert "first" not in written(long("en", MOST_SHOWN), ".html").decode().partition("<main>")[2]
