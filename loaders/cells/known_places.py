"""Where cities lie that the package knows: of a list that does not say whose country a column tells, this may."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from io import StringIO

from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.model.table_cells import split_values

from .cells import UnknownWord
from .countries import country_id

_FILES = ("cities/cities.csv", "members/cities.csv", "world/cities-2022.csv")
_NAMES = ("label", "label_en", "label_fa", "alias_en", "alias_fa")


def lies_in(city: str, country: str) -> bool | None:
    """Whether a city of this name is known in the country that a cell names; None if no city of the name is known.

    >>> lies_in("Lahore", "Pakistan"), lies_in("مشهد", "پاکستان"), lies_in("Nowhere", "Pakistan")
    (True, False, None)
    """
    try:
        known = _countries().get(fold(city))
        return None if known is None else country_id(country).partition("/")[2] in known
    except UnknownWord:
        return None


def is_city(name: str) -> bool:
    """Whether a city of this name is known."""
    return fold(name) in _countries()


@cache
def _countries() -> dict[str, frozenset[str]]:
    """The countries in which a city of a name is known, by the name folded."""
    found: dict[str, set[str]] = {}
    for name in _FILES:
        text = files("citydiplomacy.loaders").joinpath("data", *name.split("/")).read_text(encoding="utf-8")
        for row in csv.DictReader(StringIO(text)):
            if row["country"]:
                for column in _NAMES:
                    for told in split_values(row.get(column) or ""):
                        found.setdefault(fold(told), set()).add(row["country"])
    return {name: frozenset(countries) for name, countries in found.items()}
