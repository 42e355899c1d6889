"""The tables of a text in Markdown: rows with bars between their cells, below a heading; and its lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from .. import bounds
from .bulleted import bulleted_rows, is_list
from .delimited import likely_encoding, untaken

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_STRESS = re.compile(r"(\*\*\*|\*\*|__|~~|`|(?<!\w)[*_](?=\S))(.+?)\1")


def read_text_tables(path: Path) -> dict[str, list[list[str]]]:
    """The rows of each table of a text, by the heading or the line above it or its number; a table is what stands below
    and above a rule, `|---|---|`. The items of its lists, if it has several, make one more."""
    data = bounds.read_bytes(path, bounds.WHOLE)
    text = data.decode(likely_encoding(data) or "utf-8", errors="replace").removeprefix("\ufeff")
    lines = text.splitlines()
    found: dict[str, list[list[str]]] = {}
    listed: list[str] = []
    title, above = "", ""
    at = 0
    while at < len(lines):
        line = lines[at]
        if "|" in line and at + 1 < len(lines) and _RULE.fullmatch(lines[at + 1]):
            end = at + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            rows = [list(_cells(each)) for each in (line, *lines[at + 2 : end])]
            name = above or title or f"table {len(found) + 1}"
            found[untaken(name, found, len(found) + 1)] = rows
            at, above = end, ""
            continue
        if plain := _plain(line.strip().lstrip("#").strip()):
            listed.append(_plain(line.strip()))
            above = plain
            title = plain if line.startswith("#") else title
        at += 1
    if is_list(listed):
        found[untaken(title or "list", found, len(found) + 1)] = [cells for _, cells in bulleted_rows(listed)]
    return found


def _cells(line: str) -> Iterator[str]:
    """The cells of a row, without the bars at its ends and the marks of emphasis and links."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return (_plain(cell.replace("\\|", "|").strip()) for cell in _BAR.split(inner))


def _plain(text: str) -> str:
    text = re.sub(r"<br\s*/?>", "\n", text, flags=re.IGNORECASE)
    text = _STRESS.sub(r"\2", _STRESS.sub(r"\2", _LINK.sub(r"\1", text)))
    return unescape(text).strip()
