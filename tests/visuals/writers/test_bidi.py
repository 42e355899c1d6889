"""Persian documents: what runs from left to right is set apart in every form, and digits are those of the language."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from openpyxl import load_workbook

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.queries.wording.evidence import Label, Named
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table
from citydiplomacy.visuals.document.blocks import (
    Document,
    Entry,
    Heading,
    Note,
    Paragraph,
    Picture,
    Points,
    Reference,
    Sheet,
    Told,
)
from citydiplomacy.visuals.drawing.network_figure import draw_network
from citydiplomacy.visuals.pages.network_page import write_page
from citydiplomacy.visuals.svg.frame import Caption, KeyLine, framed
from citydiplomacy.visuals.svg.svg import Svg
from citydiplomacy.visuals.writers import pdf

from .conftest import DAY, written

FOREIGN = [
    "United Cities and Local Governments (UCLG)",
    "2012-05-04",
    "1,234-5,678",
    "2013/2014",
    "city/mashhad",
    "https://example.org/a?b=c&d=(e)",
    "[UCLG-MEWA]",
    "P190",
    "C40",
    "user@example.org",
    "CC-BY-SA-4.0",
    "São Paulo",
]
"""What runs from left to right."""
WORDS = "شهر مشهد در {} عضو است؛ «{}» (چنین) گفته شده: {}."
HARD = [WORDS.format(*(FOREIGN[(place + step) % len(FOREIGN)] for step in range(3))) for place in range(len(FOREIGN))]
NUMBERS = [1234, 2012.5, 0, 98]


def drawing(text: str) -> Svg:
    caption = Caption(text, text, [KeyLine(text, lambda *_: None)], [text])
    svg, _ = framed(caption, 40, lang="fa")
    return svg


@pytest.fixture(scope="module")
def hard() -> Document:
    """A document with hard texts in each place that a text can have."""
    say = Speech("fa")
    name = Named("Łódź (PL)", "city/lodz", Label("city/lodz"))
    told = [say("x", "شهر {name} و {text}", name=name, text=text) for text in HARD]
    table = Table(
        ("a_name", "number", "date", "several", "sources"),
        ("نام", "شمار", "روز", "چند", "منبع‌ها"),
        tuple(
            (text, NUMBERS[at % 4], from_edtf("2012-05-04"), (text, FOREIGN[at]), ("[۱]",))
            for at, text in enumerate(HARD)
        ),
    )
    blocks = [
        Heading(HARD[0], "k"),
        *map(Paragraph, told),
        Points(tuple(told)),
        Note(Phrase(HARD[1])),
        Sheet("s", HARD[2], table, Phrase(HARD[3]), HARD[4]),
        Picture("p", drawing(HARD[5]), HARD[5]),
    ]
    entry = Entry(
        1,
        HARD[6],
        '{"question": "x", "parameters": {}}',
        table,
        (Told(HARD[7], 1, (FOREIGN[4],), (HARD[8],)),),
        HARD[9],
    )
    source = Reference(1, "source/x", HARD[10], HARD[11], from_edtf("2012"), FOREIGN[5], FOREIGN[10])
    return Document(HARD[0], HARD[1], "fa", "x", DAY, 1, blocks, (entry,), (source,), lambda _: (1,))


PERSIAN = re.compile(r"[\u0600-\u06ef\u06fa-\u08ff]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ0-9]")


def assert_apart(text: str, where: object = "") -> None:
    """A text that nothing sets apart has letters and digits of Persian alone, or none of Persian; but an address."""
    assert text.startswith("http") or not (PERSIAN.search(text) and LATIN.search(text)), (text, where)


def outside(text: str) -> str:
    """A text without its isolates, all of which end."""
    depth, kept = 0, []
    for letter in text:
        depth += letter in "\u2066\u2067\u2068"
        if not depth:
            kept.append(letter)
        depth -= letter == "\u2069"
        assert depth >= 0, text
    assert depth == 0, text
    return "".join(kept)


class Parts(HTMLParser):
    """The texts of a page, each with the direction that the nearest element gives it."""

    UNSEEN = frozenset({"script", "style", "title", "desc"})
    EMPTY = frozenset({"meta", "br", "input", "link", "img", "hr", "path", "rect", "circle", "polygon"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self._open: list[tuple[str, str]] = [("", "ltr")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.EMPTY:
            given = dict(attrs).get("dir") or ("" if tag == "bdi" else self._open[-1][1])
            self._open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        while tag not in self.EMPTY and len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, direction = self._open[-1]
        if data.strip() and not self.UNSEEN & {tag for tag, _ in self._open}:
            self.found.append((data, direction, tag))


def assert_page(page: str) -> None:
    parts = Parts()
    parts.feed(page)
    assert len(parts.found) > 10
    for text, direction, tag in parts.found:
        if tag == "text":
            assert text[0] == "\u2067", text
            assert text[-1] == "\u2069", text
            continue
        assert_apart(outside(text), tag)
        if LATIN.search(outside(text)) and not text.strip().isalnum():  # one word alone turns nothing round
            assert direction != "rtl", (text, tag)


def in_html(document: Document) -> None:
    assert_page(written(document, ".html").decode())


def in_paper(document: Document) -> None:
    """The pieces that Typst sets: what is Latin stands in an isolate, or alone in an element of its own direction."""

    def pieces(value: object) -> Iterator[dict[str, str]]:
        if isinstance(value, dict):
            if {"t", "d"} <= set(value):
                yield value
            else:
                yield from pieces([each for key, each in value.items() if key != "svg"])
        elif isinstance(value, list | tuple):
            for each in value:
                yield from pieces(each)

    found = list(pieces(json.loads(json.dumps(pdf._data(document)))))
    assert len(found) > 100
    for piece in found:
        assert_apart(piece["t"])
        if LATIN.search(piece["t"]):
            assert piece["d"] == "ltr", piece


def in_word(document: Document) -> None:
    """No run has letters of both directions, and none of Persian lacks the mark of its own."""
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(written(document, ".docx"))) as packed:
        root = ET.fromstring(packed.read("word/document.xml"))
    checked = 0
    for run in root.iter(f"{w}r"):
        text = "".join(each.text or "" for each in run.iter(f"{w}t"))
        mark = run.find(f"{w}rPr/{w}rtl")
        rtl = mark is not None and mark.get(f"{w}val") not in ("0", "false")
        assert_apart(text)
        if LATIN.search(text) or PERSIAN.search(text):
            assert rtl == bool(PERSIAN.search(text) and not text.startswith("http")), text
            checked += 1
    assert checked > 100
    for paragraph in root.iter(f"{w}p"):
        assert paragraph.find(f"{w}pPr/{w}bidi") is not None or not "".join(paragraph.itertext()).strip()
    assert all(table.find(f"{w}tblPr/{w}bidiVisual") is not None for table in root.iter(f"{w}tbl"))


def in_excel(document: Document) -> None:
    texts = 0
    for sheet in load_workbook(io.BytesIO(written(document, ".xlsx"))).worksheets:
        assert sheet.sheet_view.rightToLeft
        for cell in (each for row in sheet.iter_rows() for each in row if isinstance(each.value, str)):
            assert_apart(outside(cell.value), cell.coordinate)
            if PERSIAN.search(cell.value):
                assert cell.alignment.readingOrder == 2, cell.value
            elif re.search("[A-Za-z]", cell.value):
                assert cell.alignment.readingOrder == 1, cell.value
            texts += 1
    assert texts > 50


def in_markdown(document: Document) -> None:
    for line in written(document, ".md").decode().splitlines():
        code = re.sub(r"`[^`]*`|<https?:[^>]*>|^\d+\. ", "", line)
        for cell in re.split(r"(?<!\\)\|", code):
            assert_apart(outside(cell))


def in_svg(document: Document) -> None:
    drawn = [block.svg for block in document.blocks if isinstance(block, Picture)]
    assert drawn
    for svg in drawn:
        root = ET.fromstring(svg.markup())
        texts = [each for each in root.iter() if each.tag.endswith("text")]
        assert texts
        for each in texts:
            assert "direction" not in each.attrib
            assert (each.text or "")[0] == "\u2067"
            assert (each.text or "")[-1] == "\u2069"


FORMS: dict[str, Callable[[Document], None]] = {
    "html": in_html,
    "pdf": in_paper,
    "docx": in_word,
    "xlsx": in_excel,
    "md": in_markdown,
    "svg": in_svg,
}


@pytest.mark.parametrize("form", FORMS)
def test_hard_sentences_are_set_apart(hard: Document, form: str) -> None:
    FORMS[form](hard)


@pytest.mark.parametrize("form", FORMS)
def test_so_is_all_of_the_dossier(document: Document, form: str) -> None:
    if document.lang != "fa":
        pytest.skip("English runs as its pages do")
    FORMS[form](document)


def test_a_page_of_a_network_and_its_figure(tmp_path) -> None:
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for text in (*FOREIGN, "مشهد"):
        graph.add_node(text, label=text, kind=text, kind_label=text, region=text, region_label=text)
        graph.add_edge(text, "مشهد", kind=text, kind_label=text)
    assert_page(write_page(graph, tmp_path / "x.html", title="پیوندهای مشهد", lang="fa").read_text("utf-8"))
    for text in draw_network(graph, title=HARD[0], lang="fa").texts()[2:]:
        assert (text[0], text[-1]) == ("\u2067", "\u2069")
