"""Countries that stand with names in one cell: `Lahore, Pakistan`, `Lahore (Pakistan)`, `Lahore – Pakistan`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..cells.known_places import lies_in
from .cell_kinds import all_cells, is_country

MARK = "†‡*§#¶"
"""Marks of footnotes before or after a name, in a class of a pattern."""
MARKED = re.compile(rf"^[{MARK}]+\s*|\s*[{MARK}]+$")
PLAIN_NAME = rf"^[{MARK}\s]*(.+?)[{MARK}\s]*$"

_BRACKETS = re.compile(r"[^,(]+(?:,[^,(]+)*(?:,\s*|\()([^,()]+)\)?")
_SIGNS = (r"\s*/\s*", r"\s*[–—|]\s*|\s+-\s+", r"\s*[,،:]\s*")
"""What else stands between a name and its country."""


@dataclass(frozen=True, slots=True)
class Inside:
    """How names and countries of a column are taken apart."""

    name: str
    """The pattern of the names."""
    country: str
    """That of the countries."""

    def parts(self, cell: str) -> tuple[str, str]:
        """The name and the country in a cell, the second empty if there is none."""
        told = [re.search(pattern, cell) for pattern in (self.name, self.country)]
        name, country = ((found[1] or "").strip() if found else "" for found in told)
        return name, country


BETWEEN = r"^([^,(]+,\s*[^,()]+?\s*[,(].*)?"
"""The pattern of a cell with something between a name and its country: `Mobile, Alabama (USA)`."""
_AFTER_COMMA = Inside(
    rf"^[{MARK}\s]*([^,(]+?)\s*(?:[,(]|$)",
    rf"(?:[,(]\s*([^,()]+?)\s*\)?[{MARK}\s]*)?$",
)


def inside(cells: Sequence[str]) -> Inside | None:
    """How names with their countries are taken apart, if at least half of some cells are such, or nearly all that have
    something in brackets or after a comma; None of others."""
    plain = [MARKED.sub("", cell) for cell in cells]
    after = [found[1].strip() if (found := _BRACKETS.fullmatch(cell)) else "" for cell in plain]
    some = list(filter(None, after))  # others stand alone
    if all_cells(after, is_named, 0.5) or (len(some) > 1 and all_cells(some, is_named)) or _are_codes(plain, after):
        return _AFTER_COMMA
    for sign in _SIGNS:
        parts = [re.split(sign, cell) for cell in plain]
        if all_cells([part[-1] if len(part) > 1 else "" for part in parts], is_named, 0.5):
            whole = sorted({re.escape(cell) for cell, part in zip(plain, parts, strict=True) if not is_named(part[-1])})
            kept = f"(?:{'|'.join(whole)})(?=[{MARK}\\s]*$)" if whole else "(?!)"
            names = rf"^[{MARK}\s]*({kept}|.+?)(?:(?:{sign})(?:(?!{sign}).)+)?[{MARK}\s]*$"
            country = rf"(?:^(?!{kept}).*(?:{sign})((?:(?!{sign}).)+?)[{MARK}\s]*)?$"
            return Inside(names, country)
    return None


def _are_codes(names: Sequence[str], after: Sequence[str]) -> bool:
    """Whether two letters after names are codes of countries, not of states: so the cities tell that are known."""
    codes = [(re.split(r"[,(]", name)[0].strip(), code) for name, code in zip(names, after, strict=True)]
    if not all_cells(after, lambda cell: is_country(cell) and len(cell) == 2 and cell.isupper()):
        return False
    lies = [lies_in(*each) for each in set(codes)]
    return lies.count(True) > 1 and lies.count(True) > 4 * lies.count(False)


def is_named(cell: str) -> bool:
    """Whether what stands after a name is a country: two letters are more often a state, `Athens, GA`."""
    return is_country(cell) and (len(cell) > 3 or cell == "UK" or (len(cell) == 3 and cell.isupper()))
