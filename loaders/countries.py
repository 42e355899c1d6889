"""Countries by what others call them: the names of the shipped countries, and their ISO codes."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from io import StringIO

from citydiplomacy.graph.text import fold

from .cells import UnknownWord, split_values

_NAMES = ("label_en", "label_fa", "alias_en", "alias_fa")


def country_id(name: str) -> str:
    """The id of a country by its ISO 3166-1 alpha-2 code, or by a name in English or Persian. Raises UnknownWord.

    >>> country_id("United States of America"), country_id("IR"), country_id("آلمان")
    ('country/us', 'country/ir', 'country/de')
    """
    found = _countries().get(fold(name)) or _countries().get(fold(name.removeprefix("The ")))
    if found is None:
        raise UnknownWord("unknown country", name, _countries(), "an ISO code, or a name in English or Persian")
    return found


@cache
def _countries() -> dict[str, str]:
    """Ids by code and by folded name. A name that two countries share is none of theirs."""
    found: dict[str, str | None] = {}
    text = (files(__package__) / "data" / "countries" / "countries.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(StringIO(text)):
        country = f"country/{row['id']}"
        for name in {fold(each) for column in _NAMES for each in split_values(row[column])} | {row["id"]}:
            if found.setdefault(name, country) != country:
                found[name] = None
    return {name: country for name, country in found.items() if name and country}
