"""Files of rows: CSV, TSV and the sheets of a workbook, read as text cells that know the line they stand on."""

from __future__ import annotations

import csv
import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from citydiplomacy.errors import InputError, MissingExtraError
from citydiplomacy.graph.language.plurals import counted

from .. import bounds
from ..cells.cells import ERROR, ERRORS

DELIMITERS = {".csv": ",", ".tsv": "\t"}
"""The delimiter of a file by the end of its name."""

ENCODINGS = (
    *("utf_8", "utf_16", "cp1252", "cp1256", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255"),
    *("gb18030", "shift_jis", "euc_kr"),
)
"""Those that lists are met in; of two that read a text the same the first counts."""

Row = tuple[int, Sequence[str]]
"""The line on which a row begins, counted as an editor counts, and its cells: as many as the header has."""

Ragged = Callable[[InputError], None]
"""Is told of each row that has more or fewer cells than the header, and which is passed over."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file or sheet that has been opened: its header has been read, its rows are read as they are asked for."""

    file: str
    """As errors name it: the path, and the sheet of a workbook."""
    header: tuple[str, ...]
    header_line: int
    rows: Iterator[Row]


def read_delimited(
    path: Path,
    *,
    delimiter: str = "",
    encoding: str = "utf-8",
    quote: str = '"',
    header: Sequence[str] | None = None,
    skip: int = 0,
    ragged: Ragged | None = None,
) -> Table:
    """Open a file of delimited cells.

    `delimiter` is told from the file's name if empty, `quote` empty means that quotes are letters like any other, and
    `header` names the columns of a file that has no header line; `skip` lines at the top are passed over. A byte order
    mark is too.

    Raises InputError for a file that cannot be opened or decoded. Ragged rows are errors too, when they are reached,
    unless `ragged` takes them; then the header is taken as it is: a name that stands there twice is told apart by its
    number, and columns without a name are numbered.
    """
    delimiter = delimiter or DELIMITERS.get(path.suffix.lower(), ",")
    return _table(str(path), _delimited_rows(path, delimiter, encoding, quote, skip), header, ragged, delimiter)


def _delimited_rows(path: Path, delimiter: str, encoding: str, quote: str, skip: int) -> Iterator[Row]:
    if encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
        encoding = "utf-8-sig"
    start = 1 + skip
    bounds.check_file(path, bounds.STREAM)
    csv.field_size_limit(bounds.CELL)
    try:
        with path.open(encoding=encoding, newline="") as file:
            options: dict[str, Any] = {"quotechar": quote} if quote else {"quoting": csv.QUOTE_NONE}
            lines = islice(bounds.lines(file, path), skip, None)
            rows = csv.reader(lines, delimiter=delimiter, strict=True, **options)
            for cells in rows:
                if cells:
                    yield start, cells
                start = rows.line_num + 1 + skip
    except UnicodeError:
        raise undecodable(path, encoding) from None
    except OSError as error:
        raise bounds.unreadable(path, error) from None
    except csv.Error as error:
        if "field larger" in str(error):
            raise bounds.beyond("letters in a cell", bounds.CELL, file=path, line=start) from None
        raise InputError(
            f"not a well-formed row: {error}",
            file=path,
            line=start,
            hint="A cell that holds a quote is put in quotes, and its quotes are doubled; every quoted cell is closed. "
            f"Cells were taken apart at {_sign(delimiter)}.",
        ) from None


def _sign(delimiter: str) -> str:
    return "TAB" if delimiter == "\t" else delimiter


def undecodable(path: Path, encoding: str = "utf-8") -> InputError:
    """The error for a file in another encoding than it should be, with the first byte that does not belong."""
    name = encoding.removesuffix("-sig").upper()
    if path.stat().st_size > bounds.WHOLE:
        return InputError(f"not {name}", file=path)
    data = bounds.read_bytes(path, bounds.WHOLE)
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        hint = f"Save the file as {name}, or name its encoding in a mapping."
        if (likely := likely_encoding(data[max(0, error.start - 50_000) : error.start + 50_000])) not in ("", "utf-8"):
            line = "".join(data.decode(likely, errors="replace").splitlines()[before.count("\n") :][:1])
            hint = f'It looks like {likely} ({line[:60]!r}). {hint[:-1]}: encoding = "{likely}".'
        return InputError(
            f"not {name}: byte {error.start + 1} of the file cannot be read",
            file=path,
            line=before.count("\n") + 1,
            value=f"0x{data[error.start]:02x}",
            hint=hint,
        )
    except UnicodeError:  # of encodings that are no plain tables of letters, such as punycode
        pass
    return InputError(f"not {name}", file=path)


def likely_encoding(data: bytes) -> str:
    """The encoding that a text is likely in, empty if none fits. A guess: short texts fit several."""
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(ENCODINGS)).best()
    if best is None:
        return ""
    return next(name for name in ENCODINGS if name in (best.encoding, *best.could_be_from_charset)).replace("_", "-")


def read_workbook(path: Path) -> dict[str, Sheet]:
    """The sheets of an .xlsx workbook by name.

    Raises InputError for a broken one, MissingExtraError without openpyxl.
    """
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtraError("openpyxl", "excel", "Reading a workbook") from None
    bounds.check_file(path, bounds.UNPACKED)
    try:
        bounds.check_zip(path)
        book = load_workbook(path, read_only=True, data_only=True)
    except InputError:
        raise
    except OSError as error:
        raise bounds.unreadable(path, error) from None
    except Exception as error:  # openpyxl lets through whatever zip, XML and its own readers raise
        raise _broken(path, error) from None
    return {sheet.title: Sheet(path, sheet) for sheet in book.worksheets}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    path: Path
    worksheet: Any

    @property
    def file(self) -> str:
        """As errors name it."""
        return f"{self.path}, sheet {self.worksheet.title}"

    def rows(self, *, errors: bool = False) -> Iterator[Row]:
        """The rows that hold anything, as text: 24 and 24.0 as `24`, a date as ISO 8601; the value of merged cells
        stands in all of them.

        errors: cells with the error of a formula are let through. Without it they raise InputError.
        """
        line = number = 0
        try:
            merged = _Merged(self.worksheet)
            self.worksheet.reset_dimensions()  # what the file says of its own size is often wrong
            for line, cells in enumerate(self.worksheet.iter_rows(values_only=True), 1):
                number += len(cells)
                if line > bounds.ROWS:
                    raise bounds.beyond("rows", bounds.ROWS, file=self.file, line=line)
                if number > bounds.CELLS:
                    raise bounds.beyond("cells", bounds.CELLS, file=self.file, line=line)
                texts = merged.filled(line, [self._text(value, line, at, errors) for at, value in enumerate(cells)])
                while texts and not texts[-1]:
                    texts.pop()
                if texts:
                    yield line, texts
        except InputError:
            raise
        except Exception as error:
            raise _broken(self.file, error, line + 1) from None

    def table(self, header: Sequence[str] | None = None, ragged: Ragged | None = None, skip: int = 0) -> Table:
        """The sheet as a table, without `skip` lines at its top. Where ragged rows are passed over, errors of formulas
        are let through, and the header is taken as it is."""
        rows = (row for row in self.rows(errors=ragged is not None) if row[0] > skip)
        return _table(self.file, rows, header, ragged, padded=True)

    def _text(self, value: object, line: int, index: int, errors: bool) -> str:
        match value:
            case None:
                return ""
            case str():
                if value in ERRORS and not errors:
                    from openpyxl.utils import get_column_letter

                    place = f"{get_column_letter(index + 1)}{line}"
                    raise InputError(ERROR, file=self.file, line=line, column=place, value=value)
                if len(value) > bounds.CELL:
                    raise bounds.beyond("letters in a cell", bounds.CELL, file=self.file, line=line)
                return value
            case float():
                return number_text(value)
            case dt.datetime() if value.time() == dt.time():
                return value.date().isoformat()
            case dt.date() | dt.time():
                return value.isoformat()
        return str(value)


def number_text(value: float) -> str:
    """A number as a cell: without an exponent, and whole ones without decimals. Not a number is nothing."""
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def _broken(file: str | Path, error: Exception, line: int | None = None) -> InputError:
    return InputError(
        f"the workbook is broken or not an .xlsx file ({type(error).__name__}: {error})",
        file=file,
        line=line,
        hint="Open it in a spreadsheet program and save it again as .xlsx.",
    )


class _Merged:
    """The merged cells of a sheet, which openpyxl does not tell of a sheet that it reads row by row."""

    _RANGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
    _LONGEST = 256
    """Bytes of the element that names a range, at most."""

    def __init__(self, worksheet: Any) -> None:
        from openpyxl.utils import column_index_from_string

        self._ranges: list[tuple[int, int, int, int]] = []
        self._values: dict[int, str] = {}
        rest = b""
        with worksheet.parent._archive.open(worksheet._worksheet_path) as part:
            while data := part.read(1 << 20):
                text = rest + data
                for found in self._RANGE.finditer(text):
                    left, right = (column_index_from_string(found[n].decode()) - 1 for n in (1, 3))
                    self._ranges.append((int(found[2]), int(found[4]), left, right))
                rest = text[max(text.rfind(b"<"), len(text) - self._LONGEST) :]
        self._ranges.sort()

    def filled(self, line: int, texts: list[str]) -> list[str]:
        """A row with the value of each range that it lies in."""
        for number, (first, last, left, right) in enumerate(self._ranges):
            if first > line:
                break
            if line > last or left >= len(texts):
                continue
            if line == first:
                self._values[number] = texts[left]
            for index in range(left, min(right + 1, len(texts))):
                texts[index] = self._values.get(number, "")
        return texts


def _table(
    file: str,
    rows: Iterator[Row],
    header: Sequence[str] | None,
    ragged: Ragged | None,
    delimiter: str = "",
    *,
    padded: bool = False,
) -> Table:
    line = 0
    if header is None:
        line, header = next(rows, (0, ()))
        if not any(name.strip() for name in header):
            raise InputError("no header: the first line must name the columns", file=file, line=1)
    if len(header) > bounds.COLUMNS:
        raise bounds.beyond("columns", bounds.COLUMNS, file=file, line=line, value=len(header))
    names = tuple(name.strip() for name in header)
    width = len(names)
    if ragged is not None:
        while width and not names[width - 1]:  # a header with a delimiter too many
            width -= 1
        return Table(file, _told_apart(names), line, _even(file, names, rows, padded, ragged, delimiter, width))
    place = line or None  # a mapping names the columns of a file without a header line
    known: set[str] = set()
    for index, name in enumerate(names):
        if not name:
            raise InputError("a column without a name in the header", file=file, line=place, column=str(index + 1))
        if name in known:
            raise InputError("the header names this column twice", file=file, line=place, column=name)
        known.add(name)
    return Table(file, names, line, _even(file, names, rows, padded, ragged, delimiter, width))


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns, each another: `City`, `City (2)`; one without a name is `column3`, after its place."""
    told: list[str] = []
    for place, written in enumerate(names, 1):
        name, number = written or f"column{place}", 1
        while name in told:
            number += 1
            name = f"{written or f'column{place}'} ({number})"
        told.append(name)
    return tuple(told)


def _even(
    file: str,
    names: Sequence[str],
    rows: Iterable[Row],
    padded: bool,
    ragged: Ragged | None,
    delimiter: str,
    least: int,
) -> Iterator[Row]:
    """Rows of the width of the header. `least`: as many cells as columns with a name make a row whole."""
    width = len(names)
    for line, cells in rows:
        if len(cells) == width:
            yield line, cells
        elif len(cells) < width and (padded or len(cells) >= least):
            yield line, (*cells, *[""] * (width - len(cells)))
        elif ragged is not None and not any(map(str.strip, cells[width:])) and len(cells) > width:
            yield line, cells[:width]
        elif any(cell.strip() for cell in cells):
            taken = f" Cells were taken apart at {_sign(delimiter)}." if delimiter else ""
            error = InputError(
                "the row has not as many cells as the header",
                file=file,
                line=line,
                value=len(cells),
                expected=counted(width, "cell"),
                hint=f"A cell that holds the delimiter must be quoted.{taken}",
            )
            if ragged is None:
                raise error
            ragged(error)
