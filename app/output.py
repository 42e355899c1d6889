"""What commands print: rows on stdout in one of five formats, talk on stderr."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import typer

from . import progress, table, words
from .errors import UsageError, visible

if TYPE_CHECKING:
    from citydiplomacy.queries.wording.tables import Table


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    MD = "md"


DATA_FORMATS = frozenset({Format.CSV, Format.TSV, Format.JSON})
"""Formats for programs: plain values under the columns' own names."""


_for_excel = False
_FORMULA = frozenset("=+-@\t\r")
"""What begins a formula in a spreadsheet."""
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


class Lang(StrEnum):
    """Language of labels, headlines, digits and dates."""

    EN = "en"
    FA = "fa"

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        raise UsageError(f"unknown language {value!r}", hint=f"Languages: {', '.join(cls)}.")


def say(message: str) -> None:
    """Talk to the user, beside the data, in the language that was chosen."""
    with progress.aside():
        typer.echo(visible(words.told(message)), err=True)


def write(text: str) -> None:
    """Print data for people. Nothing that they hold steers the terminal; data for programs go out as they are."""
    typer.echo(visible(text))


def not_carried(lost: Mapping[str, int]) -> None:
    """Tell what a projection could not carry, and how often."""
    for what, number in sorted(lost.items()):
        say(f"Not carried: {what} ({number:,}).")


def rows(
    names: Sequence[str],
    titles: Sequence[str],
    values: Iterable[Sequence[Any]],
    form: Format,
    lang: Lang = Lang.EN,
) -> None:
    """Print rows. Tables show titles, local digits and dates; csv, tsv and json the columns' names and plain values.

    CSV for Excel, which people open, has the titles.
    """
    listed = [list(row) for row in values]
    match form:
        case Format.JSON:
            records = [dict(zip(names, map(plain_value, row), strict=True)) for row in listed]
            typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
        case Format.CSV | Format.TSV:
            write_delimited(sys.stdout, titles if _for_excel else names, listed, form)
        case _:
            shown = [[shown_value(value, lang) for value in row] for row in listed]
            right = [_is_numeric([row[column] for row in listed]) for column in range(len(titles))]
            write((table.markdown if form is Format.MD else table.plain)(titles, shown, right))


def write_delimited(file: TextIO, names: Sequence[str], values: Iterable[Sequence[Any]], form: Format) -> None:
    """Rows as CSV or TSV; for Excel with a mark that it is UTF-8, and with no cell that would be a formula."""
    writer = csv.writer(file, delimiter="," if form is Format.CSV else "\t", lineterminator="\n")
    cell = _harmless if _for_excel else _cell
    if _for_excel:
        file.write("\ufeff")
    writer.writerow(names)
    writer.writerows([cell(value) for value in row] for row in values)


def for_excel(wanted: bool) -> None:
    """Whether CSV is written for Excel from now on."""
    global _for_excel  # noqa: PLW0603 - a process prints for one reader
    _for_excel = wanted


def is_for_excel() -> bool:
    """Whether CSV is written for Excel."""
    return _for_excel


def print_table(made: Table, form: Format, lang: Lang, *, ids: bool = False) -> None:
    """Print a table: whole for programs, for people without the ids beside names, or with them last."""
    shown = made if form in DATA_FORMATS else made.for_people(ids=ids)
    rows(shown.names, shown.titles, shown.rows, form, lang)


def shown_value(value: Any, lang: Lang) -> str:
    """A value for people: unknown is a dash, numbers and dates in the digits and calendar of the language."""
    match value:
        case None | "":
            return "–"
        case bool():
            return {Lang.EN: ("no", "yes"), Lang.FA: ("نه", "آری")}[lang][value]
        case float() | int() | Decimal():
            from citydiplomacy.queries.wording.speech import Speech

            return Speech(lang.value).number(value)
        case tuple() | list():
            return {Lang.EN: ", ", Lang.FA: "، "}[lang].join(shown_value(one, lang) for one in value)
        case _ if _edtf(value) is not None:
            from citydiplomacy.queries.wording.speech import Speech

            return Speech(lang.value).date(value)
        case _:
            return str(value)


def _edtf(value: Any) -> str | None:
    """The EDTF of a date, None for anything else."""
    if isinstance(value, str | int | float | Decimal | tuple | list | None):
        return None
    from citydiplomacy.graph.model.values import Date  # and with it all record classes, which `--help` does without

    return value.edtf if isinstance(value, Date) else None


def _is_numeric(column: Sequence[Any]) -> bool:
    return any(isinstance(value, int | float | Decimal) for value in column) and all(
        value is None or isinstance(value, int | float | Decimal) for value in column
    )


def plain_value(value: Any) -> Any:
    """A value as JSON has it: dates as EDTF, exact numbers as numbers, what was computed without its last digits."""
    match value:
        case float():
            return float(f"{value:.12g}")  # 34.300000000000004 is 34.3
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case tuple():
            return [plain_value(one) for one in value]
        case _:
            edtf = _edtf(value)
            return value if edtf is None else edtf


def _harmless(value: Any) -> str:
    """A cell that Excel takes for what it is: a text that would begin a formula begins with an apostrophe."""
    text = _cell(value)
    number = isinstance(value, int | float | Decimal) or _PLAIN_NUMBER.fullmatch(text)
    return f"'{text}" if text[:1] in _FORMULA and text and not number else text


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case tuple() | list():
            return "|".join(_cell(one) for one in value)
        case bool():
            return "true" if value else "false"
        case float():
            return str(plain_value(value))
        case _:
            edtf = _edtf(value)
            return str(value) if edtf is None else edtf
