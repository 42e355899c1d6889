"""Countries by what others call them: their ISO codes, the names of the shipped ones, and names in many languages."""

from __future__ import annotations

import csv
import re
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
    name = " ".join(name.replace("_", " ").split())
    known = [_own_names(), _list_names(), _other_names()]
    if name.isascii() and (name.isupper() or name.islower()):
        known.insert(0, _codes())
    keys = [fold(each) for each in _forms(name)]
    for names in known:
        for key in keys:
            if key in names:
                return names[key]
    raise UnknownWord("unknown country", name, _own_names(), "an ISO code, or a name of a country")


def _forms(name: str) -> Iterator[str]:
    """A name as it is and as other lists write it: without the article, and the other way round from its comma."""
    yield name
    plain = re.sub(r"(?i)^the\s+|,\s*the$", "", name)
    yield plain
    before, comma, after = plain.partition(", ")
    if comma:
        yield f"{after} {before}"
        yield f"{after} of {before}"
    spelled = " ".join(_SHORT.get(word.lower().rstrip("."), word) for word in plain.replace(",", " , ").split())
    yield spelled.replace(" , ", ", ")
    before, comma, after = spelled.partition(" , ")
    if comma:
        yield f"{after} of {before}"
        yield f"{after} {before}"
    # A republic is a country's long name but where two share the short one, which lists of names tell before.
    if (
        found := re.fullmatch(r"(?i)(?:republic|kingdom|state|principality|commonwealth) of (?:the )?(.+)", spelled)
    ) and (fold(found[1]) not in _SHARED):
        yield found[1]
    if comma and fold(after) in _LONG and fold(before) not in _SHARED:
        yield before


_SHORT = {
    "rep": "Republic", "dem": "Democratic", "fed": "Federated", "sts": "States", "is": "Islands", "st": "Saint",
    "isl": "Islamic",    "&": "and", "utd": "United", "arab": "Arab", "pr": "People's Republic",
}  # fmt: skip
"""What is shortened in names of countries."""
_LONG = frozenset(map(fold, (
    "Republic", "Islamic Republic", "Arab Republic", "Bolivarian Republic", "Kingdom", "United Republic", "Republic of",
    "Federated States", "Islamic Republic of", "State of", "Plurinational State of", "Federal Republic of",
)))  # fmt: skip
_SHARED = frozenset(
    map(fold, ("China", "Korea", "Congo", "the Congo", "Guinea", "Ireland and Great Britain", "Vietnam", "Yemen"))
)
"""Short names that two countries have or had; which of them a long name means is said one by one."""


_DOUBTFUL = frozenset(
    map(fold, (
        "Congo", "Georgia", "Guinea", "Ireland", "Korea", "Macedonia", "Micronesia", "Palestine", "Samoa",
        "Saint Martin", "St. Martin", "Virgin Islands", "کنگو", "کره", "گینه", "ایرلند", "مقدونیه", "فلسطین", "ساموآ",
        "Kongo", "Georgien", "Guinée", "Irland", "Irlande", "Corée", "Mazedonien", "Macédoine", "Palästina",
    ))
)  # fmt: skip
"""Names that also a neighbour, a part or a state elsewhere has."""


def is_doubtful(name: str) -> bool:
    """Whether a name may be another than the country that it is usually taken for.

    >>> is_doubtful("Georgia"), is_doubtful("Guinea-Bissau")
    (True, False)
    """
    return fold(name) in _DOUBTFUL


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
def _list_names() -> dict[str, str]:
    """As everyday and official lists write them: parts of the United Kingdom, names of the World Bank and of FIFA."""
    return _unshared(
        (name, row["id"]) for row in _rows("country-list-names.csv") for name in split_values(row["names"])
    )


@cache
def _other_names() -> dict[str, str]:
    """In other languages, from Unicode CLDR (docs/generate_country_names.py)."""
    return _unshared((name, row["id"]) for row in _rows("country-names.csv") for name in split_values(row["names"]))


@cache
def written() -> frozenset[str]:
    """All names of countries in lower case, letter for letter as they are written."""
    files = ("countries/countries.csv", "country-list-names.csv", "country-names.csv")
    columns = (*_NAMES, "names")
    rows = (row for file in files for row in _rows(file))
    return frozenset(
        name.casefold() for row in rows for column in columns for name in split_values(row.get(column) or "")
    )


def _unshared(names: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Ids by folded name. A name that two countries share is none of theirs."""
    found: dict[str, str | None] = {}
    for name, code in names:
        country = f"country/{code}"
        if found.setdefault(fold(name), country) != country:
            found[fold(name)] = None
    return {name: country for name, country in found.items() if name and country}
