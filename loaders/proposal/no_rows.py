"""What stands between and below the rows of a list and is none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from citydiplomacy.graph.language.text import ascii_digits, fold

from ..cells.known_places import is_city
from ..list_words.cell_words import CONTINENTS, FOOTERS, SUMS
from .cell_kinds import is_country

BOTTOM = 5
"""Rows at the end among which sums and footers are looked for."""


def no_rows(
    names: Sequence[str], cells: Sequence[Sequence[str]], written: Sequence[Sequence[str]]
) -> dict[str, list[str]]:
    """Cells of rows that are none of a list, by their column: its header once more, numbers of pages, what heads the
    rows below, and at the end sums and footers. written: the rows before marks of footnotes were taken out."""
    found: dict[str, list[str]] = {}
    if (
        cells and any(cells[0]) and all(re.fullmatch(r"[-:=\s]*", cell) for cell in cells[0])
    ):  # the rule of a table in text
        at = next(at for at, cell in enumerate(cells[0]) if cell.strip())
        found[names[at]] = [cells[0][at].strip()]
    header = _told(re.sub(r" \(\d+\)$|^column\d+$", "", name) for name in names)
    for row, below in pairwise([*cells, []]):
        told = _told(row)
        page = told and _PAGE.fullmatch(ascii_digits(told[0]))
        if told == header or (len(set(told)) == 1 < len(names) and (page or _heads(told[0], _told(below), header))):
            at = next(at for at, cell in enumerate(row) if cell.strip())
            if told[0] not in found.setdefault(names[at], []):
                found[names[at]].append(told[0])
    for row, before in zip(cells[-BOTTOM:], written[-BOTTOM:], strict=True):
        there = [at for at, cell in enumerate(row[: len(names)]) if cell.strip()]
        at, first = (there[0], row[there[0]].strip()) if there else (0, "")
        alone = len(there) == 1 < len(names)
        word = re.split(r"[\s:：(0-9۰-۹]", first, maxsplit=1)[0]
        if (
            fold(first.rstrip(":：")) in SUMS
            or (fold(word) in SUMS and len(there) < max(len(names), 2))
            or (
                alone
                and (any(fold(first).startswith(footer) for footer in FOOTERS) or before[at].strip()[:1] in "*†‡©[")
            )
        ):
            found.setdefault(names[at], []).append(first)
    return found


_PAGE = re.compile(
    r"[-–]?\s*(?:(?:page|seite|pagina|página|sayfa|strona|страница|стр\.|صفحه(?:ٔ|ی)?|第)\s*)?\d+"
    r"(?:\s*(?:of|/|von|sur|de|di|z|из|از)\s*\d+)?\s*(?:頁|页|ページ)?\s*[-–]?",
    re.IGNORECASE,
)
"""The number of a page, which stands between the rows of a list that was printed."""


def _told(cells: Iterable[str]) -> list[str]:
    """The cells that say anything."""
    return [told for cell in cells if (told := cell.strip())]


def _heads(cell: str, below: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a cell that stands alone in its row is no city but heads those below: it is a continent, or a country
    that no city is called by, or what heads the header, told once more."""
    if below == header or fold(cell) in CONTINENTS:
        return True
    return len(below) > 1 and is_country(cell) and not is_city(cell)
