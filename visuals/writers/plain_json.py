"""A document as JSON, for programs: its blocks, each text with its parts, and the appendix."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from citydiplomacy.graph.model.values import Date
from citydiplomacy.queries.wording.phrases import Mark, Phrase
from citydiplomacy.queries.wording.tables import Table

from ..document.blocks import Block, Document, Heading, Note, Paragraph, Picture, Points, Sheet


def as_json(document: Document) -> bytes:
    """The document as JSON. The same document gives the same bytes."""
    told = {
        "title": document.title,
        "subtitle": document.subtitle,
        "lang": document.lang,
        "author": document.author,
        "date": document.date.edtf,
        "revision": document.revision,
        "blocks": [_block(block, document) for block in document.blocks],
        "evidence": [
            {
                "number": entry.number,
                "title": entry.title,
                "asked": json.loads(entry.asked),
                "note": entry.note,
                "rows": _rows(entry.table) if entry.table else [],
                "told": [vars(told) for told in entry.told],
            }
            for entry in document.entries
        ],
        "sources": [{**vars(each), "date": each.date.edtf if each.date else None} for each in document.references],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _block(block: Block, document: Document) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "key": block.key, "text": block.text}
        case Paragraph() | Note():
            return {"kind": type(block).__name__.lower(), **_text(block.text, document)}
        case Points():
            return {"kind": "points", "items": [_text(item, document) for item in block.items]}
        case Picture():
            told = {"kind": "picture", "key": block.key, "alt": block.alt}
            return {**told, "rows": _rows(block.table)} if block.table else told
        case Sheet():
            return {
                "kind": "table",
                "key": block.key,
                "title": block.title,
                "rows": _rows(block.table),
                "note": block.note,
            }


def _text(text: Phrase, document: Document) -> dict[str, Any]:
    """A text, and its parts: each number with the entries that it rests on."""
    parts = [
        {**part.as_json(), "evidence": list(document.numbers(part))} if isinstance(part, Mark) else part
        for part in text.parts
    ]
    return {"text": str(text), "parts": parts}


def _rows(table: Table) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in table.records()]


def _plain(value: Any) -> Any:
    match value:
        case Date():
            return value.edtf
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case tuple():
            return [_plain(one) for one in value]
        case _:
            return value
