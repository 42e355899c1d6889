"""A document as Markdown: for a wiki, a mail, a repository. Figures are named as not drawn, with their tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table

from ..document.blocks import Block, Document, Heading, Note, Paragraph, Picture, Points, Sheet
from ..document.inline import apart, pieces
from ..document.words import DocumentWords
from ..svg.plain_text import clean_within, safe_link
from .claims import lines, shown


def as_markdown(document: Document) -> bytes:
    """The document as Markdown (CommonMark with tables). The same document gives the same bytes."""
    return "\n\n".join(_parts(document)).encode() + b"\n"


def _parts(document: Document) -> Iterator[str]:
    say, words = Speech(document.lang), DocumentWords.of(document.lang)

    def line(text: str) -> str:
        return _marked(text, document, say)

    yield f"# {line(document.title)}"
    yield line(document.subtitle)
    for block in document.blocks:
        yield from _block(block, document, say, words)
    yield f"## {words.evidence}"
    for entry in document.entries:
        yield f"### {say.number(entry.number)}. {line(entry.title)}"
        if entry.request:
            yield f"{words.asked}: `{entry.request.replace('`', '')}`"
        if entry.note:
            yield line(entry.note)
        if entry.table and entry.table.rows:
            yield _table(entry.table, say, document)
        if told := lines(entry, document.lang):
            yield "\n".join(f"- {line(shown(each, say))}" for each in told)
    yield f"## {words.sources}"
    for each in document.references:
        about = [each.name, each.kind, say.date(each.date) if each.date else "", each.licence]
        text = line(say(", ", "، ").join(part for part in about if part))
        address = f" <{each.address}>" if safe_link(each.address) and not re.search(r"[<>\s]", each.address) else ""
        yield f"{each.number}. {text}{address}"


def _block(block: Block, document: Document, say: Speech, words: DocumentWords) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {_marked(block.text, document, say)}"
        case Paragraph():
            yield _marked(block.text, document, say)
        case Note():
            yield f"*{_marked(block.text, document, say)}*"
        case Points():
            yield "\n".join(f"- {_marked(item, document, say)}" for item in block.items)
        case Picture():
            yield f"*{words.not_drawn}: {_marked(block.alt, document, say)}*"
            if block.table:
                yield _table(block.table, say, document)
        case Sheet():
            yield f"**{_marked(block.title, document, say)}**"
            yield _table(block.table, say, document)
            if block.note:
                yield _marked(block.note, document, say)


def _marked(text: str, document: Document, say: Speech) -> str:
    """A text with the numbers of the entries that its numbers rest on, in brackets."""
    made, told = [], list(pieces(text, document.lang, document.numbers))
    for piece in told:
        written = escaped(piece.text)
        made.append(apart(piece, document.lang, written) if len(told) > 1 else written)
        if piece.entries:
            made.append(f" [{say(', ', '، ').join(map(say.number, piece.entries))}]")
    return "".join(made)


def _table(table: Table, say: Speech, document: Document) -> str:
    rows = [table.titles, *([say.shown(value) for value in row] for row in table.rows)]
    lines = [f"| {' | '.join(_marked(text, document, say) or ' ' for text in row)} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * len(table.titles)}", *lines[1:]])


def escaped(text: str) -> str:
    """Text whose letters mean nothing to Markdown or HTML; its spaces at both ends stay."""
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", clean_within(text))
