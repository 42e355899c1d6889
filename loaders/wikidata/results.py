"""Answers of the query service: rows of JSON or CSV, each telling facts of a city, in whichever columns it fills.

The columns are those of the queries beside this file; a query of one's own may name the same ones.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.values import Date

from ..cells.cells import CellError, plain
from ..formats.delimited import read_delimited
from ..report import LoadReport
from . import values
from .gathered import DATES, END, MEMBER, POINT, POPULATION, START, TWIN, Gathered, Item, Statement

CITY = ("city", "item")
"""The column that says which city a row is about, under its two names."""
TIES = {"twin": TWIN, "organization": MEMBER, "population": POPULATION}
"""What a city is tied to, by the column that says it."""
_DATE_COLUMNS = {START: "start", END: "end", POINT: "pointInTime"}
_ABOUT = ("Label", "Alias", "Lang", "Country", "Iso", "Coordinates")
COLUMNS = frozenset(
    (
        *(*CITY, *TIES, "teller", "statement", "rank", "url", "statedIn"),
        *(f"{about}{part}" for about in (*CITY, "twin", "organization") for part in _ABOUT),
        *(f"{name}{part}" for name in _DATE_COLUMNS.values() for part in ("", "Precision")),
    )
)
"""Every column that is read."""

_DEPRECATED, _PREFERRED = "DeprecatedRank", "PreferredRank"
_STATEMENT = f"{values.ENTITY}statement/"


class Cell(NamedTuple):
    """What a row says in one column, and its language where it has one."""

    value: str
    lang: str = ""


Row = Mapping[str, Cell]


class ServiceRows(NamedTuple):
    """The columns of an answer, and its rows, each with its place: a line of a CSV file, else the number of the row."""

    file: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[int, Row]]


def read_json(data: bytes, file: str) -> ServiceRows:
    """An answer in SPARQL's JSON form. Raises InputError for what is none, or only the beginning of one."""
    start = data[:200].lstrip().lower()
    if start.startswith(b"<"):
        raise InputError(
            "a page in HTML or XML, not an answer in JSON",
            file=file,
            value=data[:60].decode("utf-8", "replace"),
            hint="A login page, a captive portal or an error page may have answered in place of the service.",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        raise InputError(
            f"not UTF-8: byte {error.start + 1} cannot be read",
            file=file,
            value=f"0x{data[error.start]:02x}",
            hint=("It looks like UTF-16. " if utf16 else "") + "Save the answer as UTF-8.",
        ) from None
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError) as error:  # also for a number of thousands of digits
        place = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise InputError(
            "the answer was cut in the middle, or is no JSON",
            file=file,
            line=place,
            value=text[-60:],
            hint="Fetch it again. The service cuts an answer that takes it longer than a minute.",
        ) from None
    match answer:
        case {"head": {"vars": [*columns]}, "results": {"bindings": [*rows]}}:
            return ServiceRows(file, tuple(map(str, columns)), enumerate(map(_bindings, rows), 1))
    raise InputError(
        "JSON, but no answer to a query", file=file, value=text[:120], expected='"head" and "results" with "bindings"'
    )


def _bindings(row: Any) -> Row:
    if not isinstance(row, dict):
        return {}
    return {
        column: Cell(str(term.get("value", "")).strip(), str(term.get("xml:lang", "")))
        for column, term in row.items()
        if isinstance(term, dict)
    }


def read_csv(path: Path) -> ServiceRows:
    """An answer in CSV, as saved from the service. Raises InputError for a broken one."""
    table = read_delimited(path)

    def rows() -> Iterator[tuple[int, Row]]:
        for line, cells in table.rows:
            yield line, {name: Cell(cell.strip()) for name, cell in zip(table.header, cells, strict=True) if cell}

    return ServiceRows(table.file, table.header, rows())


def gather(answer: ServiceRows, into: Gathered, report: LoadReport) -> None:
    """Take in all rows of an answer. Rows with something wrong in them are refused and counted."""
    tally = report.of(answer.file)
    for column in answer.columns:
        if column not in COLUMNS:
            report.note(answer.file, "a column that is not read", column)
    rows = _Rows(answer, into, report)
    for place, row in answer.rows:
        tally.read += 1
        try:
            new = rows.take(place, row)
        except CellError as error:
            told = ", ".join(f"{name}={cell.value}" for name, cell in row.items())
            wrong = InputError(
                str(error), file=answer.file, line=place, value=told, expected=error.expected, hint=error.hint
            )
            report.refuse(answer.file, str(error), wrong)
            continue
        tally.made += new is True
        tally.merged += new is False


class _Rows:
    """The rows of one answer on their way into what is gathered."""

    def __init__(self, answer: ServiceRows, into: Gathered, report: LoadReport) -> None:
        self.file, self.into, self.report = answer.file, into, report
        self.city = next((name for name in CITY if name in answer.columns), CITY[0])
        self.columns: Collection[str] = frozenset(answer.columns)

    def take(self, place: int, row: Row) -> bool | None:
        """Take in a row. Returns whether it told anything new; None if it was left out, which has been noted.

        Raises CellError.
        """
        city = self._item(row, self.city)
        known = city in self.into.cities
        self.into.cities.add(city)
        new = [not known, self._about(row, self.city, city)]
        for column, property in TIES.items():
            if column not in row:
                continue
            value = values.people(row[column].value) if property == POPULATION else self._item(row, column)
            if isinstance(value, str):
                (self.into.cities if property == TWIN else self.into.organizations).add(value)
                new.append(self._about(row, column, value))
            if "statement" in row or "statement" not in self.columns:
                told = self._statement(place, row, city, property, value)
                if told is None:
                    return None
                new.append(self.into.add(told))
        return any(new)

    def _item(self, row: Row, column: str) -> str:
        if column not in row:
            raise CellError(f"no {column} in the row", expected=f"an item in column {column}")
        return values.item(row[column].value)

    def _about(self, row: Row, column: str, item: str) -> bool:
        """Take what a row says of an item itself. Returns whether anything of it is new."""
        held: Item = self.into.items[item]
        new = False
        for part, take in (("Label", held.name), ("Alias", held.alias)):
            name = row.get(f"{column}{part}")
            if name and name.value and name.value != item:  # the service writes the item where it knows no name
                lang = name.lang or row.get(f"{column}Lang", Cell("")).value or "und"
                new |= take(name.value, lang.lower())
        if f"{column}Coordinates" in row:
            new |= _added(held.places, values.point(row[f"{column}Coordinates"].value))
        if f"{column}Country" in row:
            country = values.item(row[f"{column}Country"].value)
            new |= _added(held.countries, country)
            if code := row.get(f"{column}Iso"):
                self.into.codes[country] = code.value
        elif code := row.get(f"{column}Iso"):
            new |= _added(held.countries, code.value)
            self.into.codes[code.value] = code.value
        return new

    def _statement(self, place: int, row: Row, city: str, property: str, value: Any) -> Statement | None:
        """What a row states; None if it is deprecated."""
        teller = self._item(row, "teller") if "teller" in row else city
        rank = row.get("rank", Cell("")).value
        dates = {name: self._date(place, row, column) for name, column in _DATE_COLUMNS.items() if column in row}
        if property == TWIN:
            if teller not in (city, value):
                raise CellError("a tie told by neither side", expected=f"teller {city} or {value}")
            value = value if teller == city else city
            self.into.heard.update((teller, value) if "teller" in self.columns else (teller,))
            if value == teller:
                raise CellError("a city that is its own twin", expected="two cities")
        if rank.endswith(_DEPRECATED):
            example = f"{teller} {property} {value}, row {place}"
            self.report.leave_out(self.file, "a deprecated statement, left out", example)
            return None
        cited = (row[column].value for column in ("url", "statedIn") if column in row)
        own_id = f"{teller} {property} {value}"
        if property == POPULATION:
            own_id += "".join(f" {date.edtf}" for date in dates.values() if date)
        return Statement(
            row["statement"].value.removeprefix(_STATEMENT) if "statement" in row else own_id,
            teller,
            property,
            value,
            rank.endswith(_PREFERRED),
            {name: {date} for name in DATES if (date := dates.get(name))},
            {plain(address) for address in cited if address},
        )

    def _date(self, place: int, row: Row, column: str) -> Date | None:
        precision = row.get(f"{column}Precision", Cell("")).value
        if precision and not precision.isdecimal():
            raise CellError("not a precision", expected="a number from 0 to 14")
        date = values.time(row[column].value, int(precision) if precision else None)
        if date is None:
            self.report.note(
                self.file, "a date that is not precise enough, left out", f"{row[column].value}, row {place}"
            )
        return date


def _added(held: set[Any], value: Any) -> bool:
    before = len(held)
    held.add(value)
    return len(held) > before
