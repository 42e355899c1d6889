"""The page of a document as people use it: by keyboard, listened to, on a phone, printed, with hostile text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from citydiplomacy.queries.wording.evidence import AnswerRows
from citydiplomacy.queries.wording.phrases import Mark, Phrase
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
from citydiplomacy.visuals.svg.svg import Svg

from ...in_browser import assert_readable, broken_words
from .conftest import DAY, Written, written

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=http://evil.example/x onerror=alert(2)>",
    '"><svg onload=alert(3)>',
    "{{ 7*7 }} {% raise %} ${x} #panic() \\u{0} $sum$ @cite",
    "\u202eevil\u202c \u2067 \u2069\u2069 \x00\x08",
    "javascript:alert(4)",
    "م" * 10_000,
)


@pytest.fixture(scope="module")
def page_file(dossier_in: Written, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "dossier.html"
    path.write_bytes(dossier_in(".html"))
    return path


def test_the_page_opens_offline_and_the_keyboard_opens_and_closes_a_card(
    page_file: Path, visit: Callable[[Path], Any]
) -> None:
    seen = visit(page_file)
    page = seen.page
    mark = page.locator("a.mark").first
    mark.focus()
    page.keyboard.press("Enter")
    assert page.locator("dialog[open] article table tr").count() > 5
    assert page.locator("dialog[open] ol.sources li").count() > 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert mark.evaluate("one => one === document.activeElement")
    for width in (1400, 820, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    seen.assert_quiet()


def test_on_a_phone_tables_and_figures_are_moved_not_squeezed(page_file: Path, visit: Callable[[Path], Any]) -> None:
    page = visit(page_file).page
    page.set_viewport_size({"width": 390, "height": 900})
    figure, widest, tallest = page.evaluate(
        """() => [
          document.querySelector("figure svg").getBoundingClientRect().width,
          Math.max(...[...document.querySelectorAll("main table")].map((each) => each.scrollWidth)),
          Math.max(...[...document.querySelectorAll("#sisters-mashhad + .wide tr")].map((each) => each.offsetHeight)),
        ]"""
    )
    assert figure > 500
    assert widest > 600
    assert 0 < tallest < 300


def test_every_card_has_its_question_and_the_addresses_of_its_sources(
    document: Document, page_file: Path, visit: Callable[[Path], Any]
) -> None:
    page = visit(page_file).page
    cards = page.evaluate(
        """() => [...document.querySelectorAll("a.mark")].map((mark) => {
          mark.click();
          const card = document.querySelector("dialog[open]");
          const told = [...card.querySelectorAll("div a[href^='#s']")].map((link) => link.hash);
          const listed = [...card.querySelectorAll("ol.sources li")].map((one) => "#" + one.dataset.of);
          const made = [mark.dataset.entries, card.querySelectorAll("code").length, told, listed];
          card.close();
          return made;
        })"""
    )
    assert len(cards) > 60
    addresses = {f"#s{each.number}": each.address for each in document.references}
    asks_again = {str(each.number) for each in document.entries if each.request}
    for entries, questions, told, listed in cards:
        assert questions == len(asks_again & set(entries.split()))
        assert set(told) == set(listed) <= addresses.keys()


def test_the_page_runs_in_its_direction(document: Document, page_file: Path, visit: Callable[[Path], Any]) -> None:
    """The first letter of a heading, the bullets and the first column stand on the side where a line begins."""
    page = visit(page_file).page
    left, right = page.evaluate(
        """() => {
          const cells = document.querySelector("main tbody tr").cells;
          return [cells[0], cells[1]].map((cell) => cell.getBoundingClientRect().x);
        }"""
    )
    assert (left > right) == (document.lang == "fa")
    heading, body = page.evaluate(
        """() => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector("h2"));
          const words = range.getBoundingClientRect(), body = document.querySelector("main").getBoundingClientRect();
          return [[words.left, words.right], [body.left, body.right]];
        }"""
    )
    side = 1 if document.lang == "fa" else 0
    assert abs(heading[side] - body[side]) < 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_screen_reader_finds_its_way(page_file: Path, visit: Callable[[Path], Any], scheme: str) -> None:
    page = visit(page_file).page
    page.emulate_media(color_scheme=scheme)
    page.locator("a.mark").first.press("Enter")
    # The dark page is the light one in other colours, so that one rule can tell them apart.
    rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    for part in ("dialog[open]", "html"):  # The card, then without it the page.
        assert page.locator(part).count() == 1
        assert_readable(page, part, **rules)
        page.keyboard.press("Escape")


def test_printed_by_a_browser_nothing_is_squeezed_or_cut(page_file: Path, visit: Callable[[Path], Any]) -> None:
    page = visit(page_file).page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 670, "height": 900})  # what the margins of A4 leave
    widths = page.evaluate(
        """() => [...document.querySelectorAll("table")].map((table) =>
          [table.scrollWidth, table.parentElement.clientWidth])"""
    )
    assert [(table, room) for table, room in widths if table > room + 1] == []
    assert broken_words(page) == []
    with pypdfium2.PdfDocument(page.pdf(format="A4")) as paper:
        assert len(paper) > 10
        for sheet in paper:
            text = sheet.get_textpage()
            for place in range(text.count_rects()):
                left, _, right, _ = text.get_rect(place)
                assert left >= 0
                assert right <= sheet.get_width()


def hostile(text: str, lang: str) -> Document:
    """A document with a text in all its fields."""
    mark = Mark(text, 1, AnswerRows("ties", {"city": text}))
    table = Table((text, "sources"), (text, text), ((text, ("[1]",)),))
    svg = Svg(100, 50, lang=lang, title=text, description=text)
    return Document(
        *(text, text, lang, text, DAY, 1),
        blocks=[
            Heading(text, "k1"),
            Paragraph(Phrase(text, mark)),
            Points((Phrase(text, mark),)),
            Note(Phrase(text)),
            Sheet("k2", text, table, text),
            Picture("k3", svg, text),
        ],
        entries=[
            Entry(
                1,
                text,
                json.dumps({"question": text, "parameters": {text: text}}),
                table,
                (Told(text, 1, (text,), (text,)),),
                text,
            )
        ],
        references=[Reference(1, "source/x", text, text, None, text, text)],
        numbers=lambda _: (1,),
    )


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_hostile_text_in_every_field_stays_text(lang: str, tmp_path: Path, visit: Callable[[Path], Any]) -> None:
    for number, text in enumerate(HOSTILE):
        path = tmp_path / f"{number}.html"
        path.write_bytes(written(hostile(text, lang), ".html"))
        seen = visit(path)
        seen.page.locator("a.mark").first.press("Enter")
        assert seen.page.locator("script").count() == 1
        assert seen.page.evaluate("document.querySelectorAll('img, svg[onload], a[href^=javascript]').length") == 0
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 1200
        seen.assert_quiet()


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx", ".md", ".json"])
def test_hostile_text_is_written_in_the_other_forms_too(suffix: str) -> None:
    for text in HOSTILE:
        assert written(hostile(text, "fa"), suffix)
