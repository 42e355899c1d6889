"""How values stand in the cells of a table, for who writes tables and for who reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .properties import Kind, Property
from .schema import RecordClass

SINGULAR = {"labels": "label", "aliases": "alias", "notes": "note"}
"""How a column names one value of a property of texts: `label_en`."""


ASIDE = "# "
"""How the name of a sheet of a workbook begins that is for people, and no table."""
MAPPING = f"{ASIDE}mapping"
"""The sheet with the mapping that a workbook brings, a line of TOML a row."""
OWN_SHEET = {"en": "source", "fa": "این منبع"}
"""The sheet that says whose words a workbook is."""
NAMES_SHEET = {"en": f"{ASIDE}names", "fa": f"{ASIDE}نام‌ها"}
"""The sheet of a workbook that an export wrote which says what the ids in it are called."""

_OWN = {"id": {"en": "id of the record", "fa": "شناسهٔ رکورد"}, "source": {"en": "source", "fa": "منبع"}}
_WORDING = {"en": "{} (as the source writes it)", "fa": "{} (به نوشتهٔ منبع)"}


def column_titles(entry: RecordClass, lang: str) -> Iterator[tuple[str, str]]:
    """The columns of a class's table, each with what it is called; one of texts, `label`, without its language."""
    for name, told in _OWN.items():
        if not (name == "source" and entry.name == "Source"):
            yield name, told[lang]
    for prop in entry.properties:
        yield (SINGULAR.get(prop.name, prop.name) if prop.kind is Kind.TEXT else prop.name), prop.label(lang)
        if prop.kind is Kind.DATE:
            yield f"{prop.name}_original", wording_title(prop, lang)


def wording_title(prop: Property, lang: str) -> str:
    """What the words of a source for a date are called, beside the date."""
    return _WORDING[lang].format(prop.label(lang))


def split_values(cell: str) -> list[str]:
    r"""The values of a cell with `|` between them; `\|` is a bar and `\\` a backslash. The inverse of `join_values`.

    >>> split_values(r"page 3 | table 2|a\|b")
    ['page 3', 'table 2', 'a|b']
    """
    if "|" not in cell and "\\" not in cell:
        return [cell]
    parts = [""]
    for token in _TOKENS.findall(cell):
        if token == "|":
            parts.append("")
        else:
            parts[-1] += token[1] if token in ("\\|", "\\\\") else token
    return [part for part in map(str.strip, parts) if part]


_TOKENS = re.compile(r"\\[\\|]|[|\\]|[^\\|]+")


def join_values(values: Iterable[str]) -> str:
    r"""Several values as one cell, `|` between them."""
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)
