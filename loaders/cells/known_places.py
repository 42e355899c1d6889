"""The cities and the bodies that the package knows: of a list that does not say whose country a column tells, or what
its columns are, they may."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import StringIO

from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.model.table_cells import split_values

from .cells import UnknownWord
from .countries import country_id

_FILES = ("cities/cities.csv", "members/cities.csv", "world/cities-2022.csv")
_BODIES = ("cities/organizations.csv", "members/organizations.csv")
_NAMES = ("label", "label_en", "label_fa", "alias_en", "alias_fa", "acronym")


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


@cache
def written() -> frozenset[str]:
    """All names of known cities in lower case, letter for letter as they are written."""
    return frozenset(name.casefold() for _, names in _named(_FILES, folded=False) for name in names)


def is_city(name: str) -> bool:
    """Whether a city of this name is known.

    >>> is_city("Lahore"), is_city("✓")
    (True, False)
    """
    return fold(name) in _countries()


def is_body(name: str) -> bool:
    """Whether a network or another organisation of this name is known.

    >>> is_body("Eurocities"), is_body("متروپلیس"), is_body("Renewed")
    (True, True, False)
    """
    return fold(name) in _bodies()


@cache
def _countries() -> dict[str, frozenset[str]]:
    """The countries in which a city of a name is known, by the name folded."""
    found: dict[str, set[str]] = {}
    for row, names in _named(_FILES):
        if row["country"]:
            for name in names:
                found.setdefault(name, set()).add(row["country"])
    return {name: frozenset(countries) for name, countries in found.items()}


@cache
def _bodies() -> frozenset[str]:
    return frozenset(name for _, names in _named(_BODIES) for name in names)


def _named(files_of_data: tuple[str, ...], *, folded: bool = True) -> Iterator[tuple[dict[str, str], list[str]]]:
    """The rows of tables, each with its names, folded or as they are written."""
    for file in files_of_data:
        text = files("citydiplomacy.loaders").joinpath("data", *file.split("/")).read_text(encoding="utf-8")
        for row in csv.DictReader(StringIO(text)):
            names = [told for column in _NAMES for told in split_values(row.get(column) or "")]
            yield row, list(filter(None, map(fold, names))) if folded else names
