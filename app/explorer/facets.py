"""What a list can be narrowed by: the values of its columns, and of the cities and ties that its rows name: where these
lie, and how many voices tell them. How many rows have each, and what they are called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.model.schema import by_folder
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store import scan
from citydiplomacy.graph.store.once import once
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table

if TYPE_CHECKING:
    from ..data_package import PackedTable
    from ..naming import IdNames
    from .address import PageWanted

MOST_VALUES = 300
"""A column with more values than this is no facet."""
SHOWN_VALUES = 12


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet: how many rows have it."""

    label: str
    rows: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A column by whose values rows can be chosen."""

    title: str
    choices: tuple[FacetValue, ...]
    more: int
    """Values that are not offered."""
    whole: str
    """Where all are."""


@dataclass(frozen=True)
class FacetColumn:
    """A column by whose values rows can be chosen: of the table, or of what its rows name."""

    name: str
    title: str
    keys: Sequence[Sequence[str]]
    """Of each row the values: ids, yes and no, a decade, which are the same in both languages, or a text; none where it
    is not told.
    """
    labels: Mapping[str, str]
    """Of each value what it is called; of none if it is no facet."""


def columns_of(part: PackedTable, shown: Table, named: IdNames, lang: str) -> Iterator[FacetColumn]:
    """The columns of a table, shown as people read it, and after them what its rows name, where it tells that not."""
    say = Speech(lang)
    types = dict(zip(part.table.names, part.types or [""] * len(part.table.names), strict=True))
    for place, (name, title) in enumerate(zip(shown.names, shown.titles, strict=True)):
        values = [row[place] for row in shown.rows]
        raw_place = part.table.names.index(name if name in part.table.names else f"{name}_name")
        raw = [row[raw_place] for row in part.table.rows]
        type_ = types.get(name, "")
        if type_ == "boolean3":  # yes, no and unknown, whatever they are called
            keys: list[Sequence[str]] = [(str(each),) if each else () for each in raw]
        else:
            keys = [_keys(one, value) for one, value in zip(raw, values, strict=True)]
        is_facet = name in _GRADED or (type_ in _SORTING and not any(map(_is_number, values)) and name != "sources")
        labels: dict[str, str] = {}
        if is_facet and _are_few(keys, of_texts=type_ == "text"):
            for value, told in zip(values, keys, strict=True):
                for key in told:
                    if key not in labels:
                        labels[key] = named.of(key) if isinstance(value, tuple) else _label(value, say)
        yield FacetColumn(name, title, keys, labels)
    yield from _of_what_is_named(part, named, say, frozenset(shown.names))


def _of_what_is_named(part: PackedTable, named: IdNames, say: Speech, own: frozenset[str]) -> Iterator[FacetColumn]:
    """Country and region of the cities that rows name, and by how many voices their ties are told."""
    places = [place for place, type_ in enumerate(part.types) if type_ in ("id", "ids")]
    rows = [[each for place in places for each in _ids(row[place])] for row in part.table.rows]
    of_city: dict[str, Mapping[str, str | None]] = {}
    if any(each.startswith("city/") for row in rows for each in row):
        from citydiplomacy.queries.standing.peer_groups import groups

        found = once(named.store, groups)
        of_city = {"country": found.country, "region": found.region}
    titles = {"country": say("Country", "کشور"), "region": say("Region of the world", "منطقهٔ جهان")}
    for name, where in of_city.items():
        if own.isdisjoint({name, f"{name}s", f"world_{name}"}):
            keys = [tuple(dict.fromkeys(land for each in row if (land := where.get(each)))) for row in rows]
            known = {key for row in keys for key in row} if _are_few(keys) else ()
            yield FacetColumn(name, str(titles[name]), keys, {key: named.of(key) for key in known})
    if "voices" not in own and any(_is_tie(each) for row in rows for each in row):
        voices = once(named.store, scan.voices)
        keys = [tuple({str(voices[each]) for each in row if _is_tie(each) and each in voices}) for row in rows]
        known = {key for row in keys for key in row} if _are_few(keys) else ()
        yield FacetColumn(
            "voices", str(say("Voices", "صداها")), keys, {key: str(_voices(say, int(key))) for key in known}
        )


def facets_of(
    wanted: PageWanted,
    part: PackedTable,
    columns: Iterable[FacetColumn],
    numbers: Sequence[int],
    wished: Mapping[str, str],
) -> Iterator[Facet]:
    """The columns that sort the rows into few kinds: their values with the number of rows that would be left."""
    for column in columns:
        name, label = column.name, column.labels
        if not label and name not in wished:
            continue
        counts = Counter(key for each in numbers for key in column.keys[each])
        chosen = wished.get(name)
        order = sorted((key for key in {*counts, *filter(None, (chosen,))}), key=lambda key: (-counts[key], key))
        choices = [
            FacetValue(
                label.get(key, key),
                counts[key],
                _facet(wanted, part, name, None if key == chosen else key).address(),
                key == chosen,
            )
            for key in (order if wanted.value("all") == name else order[:SHOWN_VALUES])
        ]
        if choices:
            more = wanted.asking({**dict(wanted.query), "all": name}).address()
            yield Facet(column.title, tuple(choices), len(order) - len(choices), more)


_SORTING = frozenset({"text", "id", "ids", "class", "boolean3", "date", ""})
"""Types of columns whose values can sort rows into kinds."""
_GRADED = frozenset({"voices", "reliability", "grade", "stands", "status"})
"""Columns of numbers that grade: how strongly a thing is told."""


def _facet(wanted: PageWanted, part: PackedTable, name: str, value: str | None) -> PageWanted:
    table = {"table": part.key} if wanted.value("table") else {}
    return wanted.asking({**dict(wanted.query), **table, f"f.{name}": value, "page": None})


def _voices(say: Speech, number: int) -> Phrase:
    return say(counted(number, "voice"), "{n} صدا", n=number)


def _are_few(keys: Sequence[Sequence[str]], *, of_texts: bool = False) -> bool:
    """Whether values sort rows into kinds; texts do if each is on two rows or more on average: others are sentences."""
    most = sum(map(bool, keys)) / 2 if of_texts else 0.75 * len(keys)
    return 2 <= len({key for row in keys for key in row}) <= min(MOST_VALUES, most)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _is_tie(record_id: str) -> bool:
    schema = by_folder(record_id)
    return schema is not None and schema.is_tie


def _ids(cell: Any) -> Sequence[str]:
    """The ids in a cell."""
    return [each for each in (cell if isinstance(cell, tuple) else (cell,)) if isinstance(each, str) and "/" in each]


def _keys(raw: Any, value: Any) -> Sequence[str]:
    """By what the values of a cell are chosen. raw: the same as data."""
    if isinstance(raw, tuple):
        return [str(each) for each in raw]
    if isinstance(raw, str) and "/" in raw and not isinstance(value, Date):  # a stretch of time has a slash too
        return (raw,)
    key = _key(value)
    return (key,) if key else ()


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
