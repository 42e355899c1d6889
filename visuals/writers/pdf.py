"""A document as PDF, set by Typst: A4, tagged for readers that are listened to (PDF/UA-1), searchable in Persian."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import zip_longest
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

from citydiplomacy.errors import MissingExtraError
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table

from ..document.blocks import Block, Document, Entry, Heading, Note, Paragraph, Picture, Points, Reference, Sheet
from ..document.inline import LinePiece, pieces
from ..document.words import DocumentWords
from ..svg.plain_text import WHOLE, clean_within, safe_link
from ..svg.printable import LACKING, lacking, printable
from ..svg.text_layer import findable
from ..svg.text_width import FONTS
from .claims import MOST_ROWS, MOST_SHOWN, first, lines, more
from .columns import ROW_LETTERS, UNBROKEN, cell, fitted, whole
from .properties import revision

FEW_POINTS = 5
"""Points of a list that stays with the figure or table after it."""
FLOATS = 1.0
"""Height, in widths of the text, from which on a figure stands at the end of the next page that has room for it, and
the text goes on before it; a figure that ends its part stays where it is."""
TEMPLATE = Path(__file__).parent / "templates" / "document.typ"

Set = Callable[[str], list[dict[str, Any]]]


def as_pdf(document: Document) -> bytes:
    """The document as a PDF file. The same document gives the same bytes.

    Raises MissingExtraError without Typst or pikepdf.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtraError("typst", "pdf", "Writing .pdf") from None
    data = _data(document)
    drawn = [text for block in document.blocks if isinstance(block, Picture) for text in block.svg.texts()]
    data["blocks"] += _lacking(document, lacking(_texts(data)) | lacking(drawn, drawn=True))
    made = typst.compile(  # type: ignore[call-overload]
        TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_printable(data), ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)
    return findable(made)


def _printable(value: Any) -> Any:
    """The same with texts that the fonts have letters for."""
    if isinstance(value, dict):
        return {key: each if key in ("svg", "link") else _printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    return UNBROKEN.sub("\\g<0>\u200b", printable(clean_within(value))) if isinstance(value, str) else value


def _texts(value: Any) -> Iterator[str]:
    """All texts that are set, as `_printable` finds them."""
    if isinstance(value, dict):
        value = [each for key, each in value.items() if key != "svg"]
    if isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield clean_within(value)


def _lacking(document: Document, letters: set[str]) -> list[dict[str, Any]]:
    """A note of how many letters the paper cannot show, and where they can be read; none if it shows all."""
    if not letters:
        return []
    say = Speech(document.lang)
    note = say(
        "Letters and marks that the fonts of this paper or of its figures lack: {n}. The nearest letters, or {sign}, "
        "stand in their place; this document as HTML has them as they are written.",
        "حروف و نشانه‌هایی که قلم‌های این نسخهٔ چاپی یا شکل‌هایش ندارند: {n}. نزدیک‌ترین حروف، یا {sign}، به جایشان آمده "
        "است؛ همین سند به صورت HTML آن‌ها را همان‌گونه که نوشته شده‌اند دارد.",
        n=len(letters),
        sign=LACKING,
    )
    return [{"kind": "note", "text": [_piece(piece, document.lang) for piece in pieces(note, document.lang)]}]


def _data(document: Document) -> dict[str, Any]:
    """What the template sets: texts as pieces, nothing that it would have to decide."""
    say = Speech(document.lang)
    seen: set[int] = set()

    def set_(text: str) -> list[dict[str, Any]]:
        found = pieces(text, document.lang, document.numbers)
        return [{**_piece(piece, document.lang), "first": first(piece.entries, seen)} for piece in found]

    date, words = document.date.earliest, DocumentWords.of(document.lang)
    return {
        "title": document.title,
        "subtitle": set_(document.subtitle),
        "lang": document.lang,
        "author": document.author,
        "description": revision(document),
        "day": [date.year, date.month, date.day] if date else None,
        "words": asdict(words),
        "blocks": list(_blocks(document, set_, say)),
        "entries": [_entry(entry, set_, document.lang, entry.number in seen) for entry in document.entries],
        "references": [_reference(each, set_, say) for each in document.references],
    }


def _piece(piece: LinePiece, lang: str) -> dict[str, Any]:
    """A piece, set apart by its direction where that is needed."""
    apart = "" if _all_letters(piece.text, lang) else piece.direction
    return {"t": piece.text, "d": apart, "e": piece.entries}


def _all_letters(text: str, lang: str) -> bool:
    """Whether a text has only letters of the language: it needs no isolate then, which a search would meet."""
    strong = ("R", "AL") if lang == "fa" else ("L",)
    return all(letter in f" {WHOLE}\u200c" or bidirectional(letter) in strong for letter in text)


def _blocks(document: Document, set_: Set, say: Speech) -> Iterator[dict[str, Any]]:
    """The blocks; the title of a table stands one level under the heading before it."""
    level, parts = 1, 0
    for block, after in zip_longest(document.blocks, document.blocks[1:]):
        made = _block(block, set_, say)
        level = made.get("level", level)
        parts += isinstance(block, Heading) and block.level == 1
        begins = isinstance(block, Heading) and block.level == 1 and parts == 2
        few = not isinstance(block, Points) or len(block.items) <= FEW_POINTS
        sticky = isinstance(block, Paragraph | Points) and few and isinstance(after, Picture | Sheet)
        ends = after is None or (isinstance(after, Heading) and after.level == 1)
        floats = isinstance(block, Picture) and not ends and block.share * block.svg.height > FLOATS * block.svg.width
        where = {"begins-contents": begins, "sticky": sticky, "floats": floats}
        yield {**made, "level": level + isinstance(block, Sheet), **where}


def _block(block: Block, set_: Set, say: Speech) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": set_(block.text), "key": block.key}
        case Paragraph():
            return {"kind": "paragraph", "text": set_(block.text)}
        case Note():
            return {"kind": "note", "text": set_(block.text)}
        case Points():
            return {"kind": "points", "items": [set_(item) for item in block.items]}
        case Picture():
            return {"kind": "picture", "svg": block.svg.printable_markup(), "alt": block.alt, "share": block.share}
        case Sheet():
            note = set_(block.note) if block.note else []
            return {
                "kind": "sheet",
                "title": set_(block.title),
                **_table(block.table, MOST_SHOWN, set_, say),
                "note": note,
            }


def _table(table: Table, most: int, set_: Set, say: Speech) -> dict[str, Any]:
    rows = [[cell(value, say) for value in row] for row in table.rows[:most]]
    texts = [table.titles, *rows]
    size, widths = fitted(texts)
    return {
        "titles": [set_(title) for title in table.titles],
        "whole": whole(texts),
        "rows": [{"cells": [set_(text) for text in row], "long": sum(map(len, row)) > ROW_LETTERS} for row in rows],
        "size": size,
        "weights": widths,
        "more": set_(more(table.rows, most, say)),
    }


def _entry(entry: Entry, set_: Set, lang: str, cited: bool) -> dict[str, Any]:
    say, told = Speech(lang), lines(entry, lang)
    return {
        "number": entry.number,
        "title": set_(entry.title),
        "asked": entry.request,
        "note": set_(entry.note),
        "table": _table(entry.table, MOST_ROWS, set_, say) if entry.table and entry.table.rows else None,
        "told": [{"source": line.source, "text": set_(line.text)} for line in told[:MOST_ROWS]],
        "more": set_(more(told, MOST_ROWS, say)),
        "cited": cited,
    }


def _reference(each: Reference, set_: Set, say: Speech) -> dict[str, Any]:
    about = [text for text in (each.kind, say.date(each.date) if each.date else "", each.licence) if text]
    link = safe_link(each.address)
    return {
        "number": each.number,
        "text": set_(say(", ", "، ").join([each.name, *about])),
        "address": each.address,
        "link": link,
    }
