"""What sources dispute: each side stands in every form of a dossier, with its value, its source and its date."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.reports.difference import title
from citydiplomacy.queries.wording.rows import ask
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.visuals.document.blocks import Document, Sheet
from citydiplomacy.visuals.document.dossier import dossier
from citydiplomacy.visuals.writers import formats

CITY = "city/tehran"


@pytest.fixture(scope="module", params=["en", "fa"])
def made(request: pytest.FixtureRequest, shipped_store: Store) -> Document:
    return dossier(shipped_store, [CITY], request.param, date=from_edtf("2026-11-27"))


def sheet(document: Document, key: str) -> Sheet:
    return next(block for block in document.blocks if isinstance(block, Sheet) and block.key.startswith(key))


def test_each_claim_is_a_side_with_what_it_says(made: Document, shipped_store: Store) -> None:
    rows, say = ask(shipped_store, "disagreements", made.lang, city=CITY), Speech(made.lang)
    told = sheet(made, "disputes-").table.records()
    assert len(
        {(side["disagreement"], str(side["says"]), side["source"], side["date"], side["notes"]) for side in told}
    ) == (len(told)), "what a source says alike stands in one row"
    figures = 0
    for row in rows:
        record = shipped_store.get(str(row["claim"]))
        name = title(shipped_store, record, made.lang).partition(" (")[0] if record else ""
        sides = [
            side
            for side in told
            if (side["source"], side["disagreement"]) == (row["source_name"], row["disagreement_name"])
            and name in str(side["claim"])
            and (row["value"] is None or say.number(row["value"]) in str(side["says"]))
            and (row["upper"] is None or say.number(row["upper"]) in str(side["says"]))
            and (row["status_name"] is None or row["status_name"] in str(side["says"]))
            and (row["start"] is None or say.date(from_edtf(row["start"])) in str(side["says"]))
            and side["date"] == (from_edtf(row["date"]) if row["date"] else None)
            and side["published"] == (from_edtf(row["published"]) if row["published"] else None)
        ]
        assert len(sides) == 1, row
        figures += row["value"] is not None
    assert figures > 5
    assert len(told) < len(rows)
    together = next(str(side["claim"]) for side in told if say("; ", "؛ ") in str(side["claim"]))
    assert together.count(" (") == 1, "a kind that all have is said once"


def test_what_cannot_be_reconciled_shows_what_stands_and_who_says_otherwise(made: Document) -> None:
    say, told = Speech(made.lang), sheet(made, "irreconcilable-").table.records()
    sides = [
        (say.shown(side["says"]), side["stands"], side["sources"])
        for side in told
        if str(side["claim"]).startswith(say("Beijing – Tehran", "پکن – تهران"))
    ]
    assert [side[:2] for side in sides[:2]] == [
        (say("27 February 2014", "۸ اسفند ۱۳۹۲"), True),
        (say("2006", "۲۰۰۶ م"), False),
    ]
    assert say("(13 May 2020)", "(۲۴ اردیبهشت ۱۳۹۹)") in str(sides[0][2])
    assert len({(side["claim"], side["property"], str(side["says"])) for side in told}) == len(told)


def _packed(data: bytes, part: str) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return re.sub(r"<[^>]+>", "", archive.read(part).decode())


def _cells(data: bytes) -> str:
    sheets = load_workbook(BytesIO(data)).worksheets
    return " ".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)


def _pages(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as paper:
        return " ".join(page.get_textpage().get_text_bounded() for page in paper)


READ: dict[str, Callable[[bytes], str]] = {
    ".html": lambda data: re.sub(r"<[^>]+>", "", data.decode()),
    ".md": bytes.decode,
    ".json": bytes.decode,
    ".docx": lambda data: _packed(data, "word/document.xml"),
    ".xlsx": _cells,
    ".pdf": _pages,
}


@pytest.mark.parametrize("suffix", READ)
def test_each_form_shows_values_sources_and_dates(made: Document, suffix: str) -> None:
    say = Speech(made.lang)
    text = READ[suffix](formats.of(Path(f"x{suffix}"))(made))
    text = re.sub(r"[\s\u2066-\u2069]+", " ", text)
    for value in (617.73, 730, 700, 735, 8154051, 12000000):
        assert say.number(value) in text, value
    for words in (("square kilometres", "کیلومتر مربع"), ("Financial Tribune", "فایننشال تریبیون")):
        assert say(*words) in text, words
