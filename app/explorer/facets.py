"""What a list can be narrowed by: the values of its columns, how many rows have each, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from citydiplomacy.graph.model.values import Date
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table

if TYPE_CHECKING:
    from ..data_package import Part
    from .address import Wanted

MOST_VALUES = 300
"""A column with more values than this is no facet."""
SHOWN_VALUES = 12


@dataclass(frozen=True)
class Choice:
    """A value of a facet: how many rows have it."""

    label: str
    rows: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A column by whose values rows can be chosen."""

    title: str
    choices: tuple[Choice, ...]
    more: int
    """Values that are not offered."""
    whole: str
    """Where all are."""


def facets_of(
    wanted: Wanted,
    part: Part,
    shown: Table,
    keys: Mapping[str, Sequence[str]],
    numbers: Sequence[int],
    wished: dict[str, str],
) -> Iterator[Facet]:
    """The columns that sort the rows into few kinds: their values with the number of rows that would be left."""
    say, texts = Speech(wanted.lang), {"text", "id", "class", "boolean3", "date", ""}
    types = dict(zip(part.table.names, part.types or [""] * len(part.table.names), strict=True))
    for place, (name, title) in enumerate(zip(shown.names, shown.titles, strict=True)):
        values = [row[place] for row in shown.rows]
        if types.get(name, "") not in texts and name not in _GRADED:
            continue
        if name not in _GRADED and any(map(_is_many_or_number, values)):
            continue
        known = {key for key in keys[name] if key}
        if name not in wished and not (2 <= len(known) <= min(MOST_VALUES, 0.75 * len(values))):
            continue
        counts = Counter(keys[name][each] for each in numbers)
        label = {key: _label(value, say) for key, value in zip(keys[name], values, strict=True)}
        order = sorted(
            (key for key in known if counts[key] or wished.get(name) == key), key=lambda key: (-counts[key], label[key])
        )
        choices = [
            Choice(
                label[key],
                counts[key],
                _facet(wanted, part, name, None if wished.get(name) == key else key).address(),
                wished.get(name) == key,
            )
            for key in (order if wanted.value("all") == name else order[:SHOWN_VALUES])
        ]
        if choices:
            more = wanted.asking({**dict(wanted.query), "all": name}).address()
            yield Facet(title, tuple(choices), len(order) - len(choices), more)


_GRADED = frozenset({"voices", "reliability", "grade", "stands", "status"})
"""Columns of numbers that grade: how strongly a thing is told."""


def _facet(wanted: Wanted, part: Part, name: str, value: str | None) -> Wanted:
    table = {"table": part.key} if wanted.value("table") else {}
    return wanted.asking({**dict(wanted.query), **table, f"f.{name}": value, "page": None})


def _is_many_or_number(value: Any) -> bool:
    return isinstance(value, tuple | int | float | Decimal) and not isinstance(value, bool)


def keys_of(part: Part, name: str, values: Sequence[Any]) -> Iterator[str]:
    """By what the values of a column are chosen: the ids behind names, which are the same in both languages."""
    place = part.table.names.index(name if name in part.table.names else f"{name}_name")
    for row, value in zip(part.table.rows, values, strict=True):
        raw = row[place]
        yield raw if isinstance(raw, str) and "/" in raw else _key(value)


def _key(value: Any) -> str:
    """By what a value is chosen that has no id: the decade of a date, or its text."""
    match value:
        case None | "" | ():
            return ""
        case Date():
            year = value.earliest or value.latest
            return f"{year.year // 10 * 10}s" if year else ""
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


def _label(value: Any, say: Speech) -> str:
    if isinstance(value, Date) and (year := value.earliest or value.latest):
        decade = say.number(year.year // 10 * 10).replace(",", "").replace("٬", "")
        return str(say(f"{decade}s", f"دههٔ {decade} میلادی"))
    return str(say.shown(value))
