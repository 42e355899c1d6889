"""A table on a page: its rows put in order, filtered and counted by links, so that it needs no script.

The fields of an address that say how: `sort=-start` (a minus for the last first), `find=text`, `f.country=country/ir`
(a facet), `page=2`; on a page with several tables `table=key` says which one they are about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from citydiplomacy.graph.language.text import alphabetical, fold
from citydiplomacy.graph.model.values import Date
from citydiplomacy.queries.wording.evidence import Label
from citydiplomacy.queries.wording.phrases import Mark, Phrase
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table

from ..errors import UsageError
from ..face import tables
from ..naming import has_form_of_id, is_id
from .facets import Facet, FacetColumn, columns_of, facets_of

if TYPE_CHECKING:
    from ..data_package import PackedTable
    from ..naming import IdNames
    from .address import PageWanted

SHORT, ROWS, ON_FILE = 20, 100, 500
"""Rows that a table shows among others on a page, and alone; and on a page that is a file."""
MOST_DESCRIBED = 2000
"""Rows whose things one file of Turtle describes."""


@dataclass(frozen=True)
class Head:
    """The head of a column, and where a click on it leads."""

    title: str
    address: str
    order: str
    """`ascending` or `descending` if the rows are in its order, else empty."""


@dataclass(frozen=True)
class Listing:
    """A table as one sees it: some of its rows, and the ways to others."""

    part: PackedTable
    """The rows that are asked for, as data, on whichever page of the table they stand."""
    key: str
    title: str
    table: Table
    """For people: names in place of ids, each a mark that leads to its page."""
    heads: tuple[Head, ...]
    rows: int
    """How many there are after filters."""
    of: int
    """How many there are."""
    whole: str
    """Where the table stands alone; empty if it does here."""
    facets: tuple[Facet, ...] = ()
    find: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    """Fields that a search in it keeps."""
    pages: tuple[tuple[str, str], ...] = ()
    """(Text, address) of its other pages; an empty address for this one."""
    forms: tuple[tuple[str, str], ...] = ()
    """(Form, address) of the table as data."""
    clear: str = ""
    """Where no filter is; empty if none is."""
    note: str = ""
    chosen: bool = False
    """Whether the address is about this table: it then shows what it can be filtered by."""


@dataclass(frozen=True)
class Chosen:
    """The rows of a part that are asked for, in their order: as data, and as people read them."""

    part: PackedTable
    people: Table
    of: int
    facets: tuple[Facet, ...]


@dataclass(frozen=True)
class Prepared:
    """A table as people read it, and by what each cell is chosen: what is the same whichever rows are asked for."""

    part: PackedTable
    table: Table
    named: IdNames
    lang: str

    @staticmethod
    def of(part: PackedTable, named: IdNames, lang: str) -> Prepared:
        """Prepare a table."""
        return Prepared(part, people(part, named, lang), named, lang)

    @cached_property
    def columns(self) -> Mapping[str, FacetColumn]:
        """What rows can be chosen by."""
        return {each.name: each for each in columns_of(self.part, self.table, self.named, self.lang)}


def people(part: PackedTable, named: IdNames, lang: str) -> Table:
    """A table for people: names in place of ids, which are marks, so that each leads to its page.

    A column goes by the name of its ids: `status` where their names stand in `status_name`.
    """
    made = tables.Table(part.table.names, part.table.titles, part.table.rows, part.title, part.types, lang)
    order = made.for_people(names=named)
    places = {name: place for place, name in enumerate(part.table.names)}
    beside = [places.get(name.removesuffix("_name")) if name.endswith("_name") else None for name in order.names]
    rows = tuple(
        tuple(
            _linked(cell, raw[place] if place is not None else raw[places[name]], named)
            for cell, place, name in zip(row, beside, order.names, strict=True)
        )
        for row, raw in zip(order.rows, part.table.rows, strict=True)
    )
    return Table(tuple(name.removesuffix("_name") for name in order.names), order.titles, rows)


def listing(
    wanted: PageWanted,
    part: PackedTable,
    named: IdNames,
    *,
    alone: bool = False,
    note: str = "",
    whole: str = "",
    prepared: Prepared | None = None,
) -> Listing:
    """A table on the page that is wanted. alone: it is the page's only one. whole: where else it stands alone."""
    mine = alone or wanted.value("table") == part.key
    chosen = choose(wanted, part, named, whole=mine, prepared=prepared)
    here = wanted if alone else wanted.asking({**_kept(wanted), "table": part.key})
    rows = chosen.people.rows
    step = ON_FILE if wanted.files else ROWS if mine else SHORT
    page, last = wanted.page_of(len(rows), step) if mine else (1, 1)
    sort = wanted.value("sort") if mine else ""
    say = Speech(wanted.lang)
    away = whole if whole and not mine else "" if mine else here.address()
    forms = ("json", "csv", "ttl", "xlsx") if mine else ()
    told = describable(part, len(rows))
    ways = [(form, replace(here, form=form).address()) for form in forms if form != "ttl" or told]
    return Listing(
        chosen.part,
        part.key,
        part.title,
        Table(chosen.people.names, chosen.people.titles, rows[(page - 1) * step : page * step]),
        tuple(
            Head(title, _sorted(here, name, sort).address(), _order(name, sort))
            for name, title in zip(chosen.people.names, chosen.people.titles, strict=True)
        )
        if not wanted.files and not (whole and not mine)
        else tuple(Head(title, "", "") for title in chosen.people.titles),
        len(rows),
        chosen.of,
        away if away and (len(rows) > step or whole) else "",
        chosen.facets,
        wanted.value("find") if mine else "",
        tuple((name, value) for name, value in here.query if name not in ("find", "page")),
        tuple(_pages(here, page, last, say)),
        tuple((form, to) for form, to in ways if to),
        here.asking({**_kept(here), **({} if alone else {"table": part.key})}).address()
        if mine and _filtered(wanted)
        else "",
        note,
        mine and not wanted.files,
    )


def choose(
    wanted: PageWanted, part: PackedTable, named: IdNames, *, whole: bool = True, prepared: Prepared | None = None
) -> Chosen:
    """The rows of a table that an address asks for. whole: it is about this table, and not about others. prepared: of
    a table that many ask for. Raises UsageError for a column that the table does not have.
    """
    prepared = prepared or Prepared.of(part, named, wanted.lang)
    shown = prepared.table
    numbers = list(range(len(shown.rows)))
    facets: tuple[Facet, ...] = ()
    if whole:
        wished = {name[2:]: value for name, value in wanted.query if name.startswith("f.")}
        columns = prepared.columns
        for name, value in wished.items():
            if name not in columns:
                raise _no_column(name)
            keys = columns[name].keys
            numbers = [each for each in numbers if value in keys[each]]
        if text := fold(wanted.value("find")):
            say = Speech(wanted.lang)
            numbers = [each for each in numbers if text in fold(" ".join(say.shown(cell) for cell in shown.rows[each]))]
        if wanted.form == "html" and not wanted.files:
            facets = tuple(facets_of(wanted, part, columns.values(), numbers, wished))
        sort = wanted.value("sort")
        if name := sort.removeprefix("-"):
            if name not in shown.names:
                raise _no_column(name)
            place = shown.names.index(name)
            told = [each for each in numbers if shown.rows[each][place] not in (None, "", ())]
            silent = [each for each in numbers if shown.rows[each][place] in (None, "", ())]
            told.sort(key=lambda each: _rank(shown.rows[each][place]), reverse=sort.startswith("-"))
            numbers = told + silent  # what is not known is last either way
    table = replace(part.table, rows=tuple(part.table.rows[each] for each in numbers))
    return Chosen(
        replace(part, table=table),
        Table(shown.names, shown.titles, tuple(shown.rows[each] for each in numbers)),
        len(shown.rows),
        facets,
    )


def _no_column(name: str) -> UsageError:
    """A table has no column of this name: its rows as they stand would pass for sorted or chosen ones."""
    return UsageError(f"This table has no column {name!r}.", hint="Its heads and the choices above it lead to its own.")


def _linked(cell: Any, raw: Any, named: IdNames) -> Any:
    if isinstance(raw, tuple):
        if not isinstance(cell, tuple) or len(cell) != len(raw):
            return cell
        return tuple(_linked(each, one, named) for each, one in zip(cell, raw, strict=True))
    if isinstance(raw, str) and not isinstance(cell, Phrase) and has_form_of_id(raw):
        name = cell if cell and cell != raw else named.of(raw)
        return Phrase(Mark(str(name), raw, Label(raw))) if is_id(raw) else name
    return cell


def _rank(value: Any) -> tuple[int, Any]:
    """The place of a value in the order of a column."""
    match value:
        case bool():
            return 0, (value,)
        case int() | float() | Decimal():
            return 1, (value,)
        case Date():
            days = (value.earliest or value.latest, value.latest or value.earliest)
            return 2, tuple(day.toordinal() if day else 0 for day in days)
        case tuple():
            return 3, tuple(alphabetical(str(each)) for each in value)
        case _:
            return 3, (alphabetical(str(value)),)


def describable(part: PackedTable, rows: int) -> bool:
    """Whether a table with so many rows has ids of things, and no more than one file of Turtle describes."""
    return not {"id", "ids"}.isdisjoint(part.types) and rows <= MOST_DESCRIBED


def key(value: Any) -> str:
    """By what a script sorts a value whose text does not say it: the first day of a date, a number; else empty."""
    match value:
        case bool():
            return ""
        case int() | float() | Decimal():
            return str(value)
        case Date():
            day = value.earliest or value.latest
            return str(day.toordinal()) if day else ""
        case _:
            return ""


def _sorted(here: PageWanted, name: str, sort: str) -> PageWanted:
    """The same in the order of a column; in the other direction if it is in its order now."""
    return here.asking({**dict(here.query), "sort": f"-{name}" if sort == name else name, "page": None})


def _order(name: str, sort: str) -> str:
    return "ascending" if sort == name else "descending" if sort == f"-{name}" else ""


def _kept(wanted: PageWanted) -> dict[str, str]:
    """The fields of an address that are not about a table."""
    about = ("table", "sort", "find", "page", "all")
    return {name: value for name, value in wanted.query if name not in about and not name.startswith("f.")}


def _filtered(wanted: PageWanted) -> bool:
    return bool(wanted.value("find")) or any(name.startswith("f.") for name, _ in wanted.query)


def _pages(here: PageWanted, page: int, last: int, say: Speech) -> Iterator[tuple[str, str]]:
    """The first, the last and those round this one."""
    if last < 2:
        return
    for each in sorted({1, *range(max(1, page - 2), min(last, page + 2) + 1), last}):
        to = here.asking({**dict(here.query), "page": None if each == 1 else str(each)})
        yield str(say.number(each)), "" if each == page else to.address()
