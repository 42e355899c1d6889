"""Which lines of a file are the header of a list, of a second one below it, and which are none of its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from citydiplomacy.graph.language.text import ascii_digits, fold

from ..cells.known_places import is_city
from ..formats.delimited import Row, told_apart
from ..list_words.cell_words import CONTINENTS, FOOTERS, SUMS, tie_of
from ..list_words.headers import meaning
from .cell_kinds import SAMPLE, all_cells, cells_of, is_country, is_item, is_number, is_place, is_rule

TOP = 15
"""Rows among which the header is looked for."""
BOTTOM = 5
"""Rows at the end among which sums and footers are looked for."""


def no_rows(
    names: Sequence[str], cells: Sequence[Sequence[str]], written: Sequence[Sequence[str]]
) -> dict[str, list[str]]:
    """Cells of rows that are none of a list, by their column: its header once more, numbers of pages, what heads the
    rows below, and at the end sums and footers. written: the rows before marks of footnotes were taken out."""
    found: dict[str, list[str]] = {}
    if cells and is_rule(cells[0]):
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
                and (any(fold(first).startswith(footer) for footer in FOOTERS) or before[at].strip()[:1] in _NOTED)
            )
        ):
            found.setdefault(names[at], []).append(first)
    return found


_NOTED = "*†‡§©[¹²³⁴⁵⁶⁷⁸⁹"
"""How a footnote below a list begins."""
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


def width_of(rows: list[Row]) -> int:
    """How many cells the rows have in which most cells of the list are, without those that are empty at their end."""
    widths = Counter(_length(cells) for _, cells in rows[:SAMPLE])
    widths.pop(0, None)
    return max(widths, key=lambda width: (widths[width] > 1, widths[width] * width), default=0)


def _length(cells: Sequence[str]) -> int:
    return max((at for at, cell in enumerate(cells, 1) if cell.strip()), default=0)


def begins(cells: Sequence[str], width: int) -> bool:
    """Whether a list can begin with a row: a title has fewer cells, or one text in all of them."""
    told = [cell for cell in cells if cell.strip()]
    return bool(told) and (width <= 1 or (len(told) > width / 2 and len(set(told)) > 1))


def is_header(rows: list[Row], place: int) -> bool:
    """Whether a row names columns: one name at least is known, or no cell of it looks as what stands below it."""
    cells = [cell.strip() for cell in rows[place][1]]
    if not may_be_header(cells):
        return False
    if any(meaning(cell) for cell in cells):
        return True
    below = [row for _, row in rows[place + 1 : place + SAMPLE]]
    if len(cells) > 1 and all(map(is_city, filter(None, cells))) and _are_cities(below):
        return False
    return not any(
        cell and is_country(cell) and all_cells(cells_of(below, at), is_country) for at, cell in enumerate(cells)
    )


def _are_cities(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first two columns are most often names of cities that are known."""
    return all(all_cells(cells_of(rows, at), is_city, 0.5) for at in (0, 1))


def may_be_header(cells: Sequence[str]) -> bool:
    """Whether a row can name columns: no cell of it is a number, a place or a Wikidata item, but for years beside names
    that are known."""
    kinds = is_number, is_place, is_item
    told = [cell.strip() for cell in cells if cell.strip()]
    years = [cell for cell in told if re.fullmatch(r"(?:1[2-9]|20)\d\d", ascii_digits(cell))]
    if len(set(years)) == len(years) > 1 and any(map(meaning, told)):
        told = [cell for cell in told if cell not in years]
    return bool(told) and not any(is_one(cell) for is_one in kinds for cell in told)


def double_header(first: Sequence[str], body: list[Row]) -> Sequence[str]:
    """The names of a header over two lines, of which the upper names groups; empty if it is none."""
    if len(body) < 2 or not any(not name.strip() or name in first[:at] for at, name in enumerate(first)):
        return []
    second = [cell.strip() for cell in body[0][1]]
    if is_rule(second) or not may_be_header(second):
        return []
    groups, joined = "", []
    for at in range(max(len(first), len(second))):
        upper = first[at].strip() if at < len(first) else ""
        lower = second[at] if at < len(second) else ""
        groups = upper or groups
        joined.append(" ".join(dict.fromkeys(filter(None, (groups, lower)))))
    # Where cells are merged over both lines, both say the same.
    told = [at for at, lower in enumerate(second) if lower and lower not in first[at : at + 1]]
    if len(told) > 1 and all(meaning(joined[at]) for at in told):
        return joined
    if not _names_columns(second):
        return []
    # What names a group is not understood: what stands below it does.
    return told_apart([second[at] if at in told and not meaning(name) else name for at, name in enumerate(joined)])


def further_headers(rows: Sequence[Row]) -> list[int]:
    """Where further lists begin below the first of a file, by their places among its rows: at the title of each, or at
    its header if it has none. A header stands below a gap or a title, and most of its cells name columns, two at
    least; the same once more heads a list of its own only if a title says of which kind of ties."""
    found = []
    first = next((at for at, (_, cells) in enumerate(rows) if _names_columns(cells)), len(rows))
    for at in range(first + 2, len(rows) - 1):
        line, cells = rows[at]
        if not _names_columns(cells):
            continue
        begin = at
        while begin > first + 2 and _length(rows[begin - 1][1]) <= 1:
            begin -= 1
        title = " ".join(cell for _, row in rows[begin:at] for cell in _told(row))
        if _told(cells) == _told(rows[first][1]) and not tie_of(title):
            continue  # the header once more
        before, above = rows[begin - 1]
        if begin < at or line > before + 1 + sum(cell.count("\n") for cell in above):
            found.append(begin)
            first = at
    return found


def _names_columns(cells: Sequence[str]) -> bool:
    """Whether two cells of a row at least, and most of them, name columns by more than a letter."""
    told = [cell for cell in _told(cells) if len(cell) > 1]
    known = [cell for cell in told if meaning(cell)]
    return len(set(known)) > 1 and len(known) * 3 >= len(_told(cells)) * 2 and may_be_header(told)
