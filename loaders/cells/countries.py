"""Countries by what others call them: their ISO codes, the names of the shipped ones, and names in many languages."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import StringIO

from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.model.table_cells import split_values

from .cells import UnknownWord

_NAMES = ("label_en", "label_fa", "alias_en", "alias_fa")


def country_id(name: str) -> str:
    """The id of a country by its ISO 3166-1 code of two or three letters, or by a name. Raises UnknownWord.

    A code is written in ASCII, in capitals or without any: Áo and Nga are Austria and Russia in Vietnamese, not AO and
    NGA. A name in English or Persian comes before one in another language.

    >>> country_id("United States of America"), country_id("IRN"), country_id("آلمان"), country_id("Frankreich")
    ('country/us', 'country/ir', 'country/de', 'country/fr')
    """
    keys = fold(name), fold(name.removeprefix("The "))
    known = [_own_names(), _other_names()]
    if name.isascii() and (name.isupper() or name.islower()):
        known.insert(0, _codes())
    for names in known:
        for key in keys:
            if key in names:
                return names[key]
    raise UnknownWord("unknown country", name, _own_names(), "an ISO code, or a name of a country")


def _rows(file: str) -> Iterator[dict[str, str]]:
    text = files("citydiplomacy.loaders").joinpath("data", file).read_text(encoding="utf-8")
    return csv.DictReader(StringIO(text))


@cache
def _codes() -> dict[str, str]:
    return {
        code.lower(): f"country/{row['id']}" for row in _rows("country-names.csv") for code in (row["id"], row["code3"])
    }


@cache
def _own_names() -> dict[str, str]:
    return _unshared(
        (name, row["id"])
        for row in _rows("countries/countries.csv")
        for column in _NAMES
        for name in split_values(row[column])
    )


@cache
def _other_names() -> dict[str, str]:
    """In other languages, from Unicode CLDR (docs/generate_country_names.py)."""
    return _unshared((name, row["id"]) for row in _rows("country-names.csv") for name in split_values(row["names"]))


def _unshared(names: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Ids by folded name. A name that two countries share is none of theirs."""
    found: dict[str, str | None] = {}
    for name, code in names:
        country = f"country/{code}"
        if found.setdefault(fold(name), country) != country:
            found[fold(name)] = None
    return {name: country for name, country in found.items() if name and country}
