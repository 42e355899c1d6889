"""Files of delimited cells, and rows under a header: text cells that know the line they stand on."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.plurals import counted

from .. import bounds
from .aligned import ALIGNED, aligned_rows, columns
from .bulleted import BULLETED, bulleted_rows

DELIMITERS = {".csv": ",", ".tsv": "\t", ".txt": "\t"}
"""The delimiter of a file by the end of its name."""

SINGLE_BYTES = ("cp1252", "cp1256", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255")
"""Encodings of one byte a letter, of which many read the same text without an error."""
ENCODINGS = ("utf_8", "utf_16", *SINGLE_BYTES, "gb18030", "shift_jis", "euc_kr")
"""Those that lists are met in; of two that read a text the same the first counts."""

Row = tuple[int, Sequence[str]]
"""The line on which a row begins, counted as an editor counts, and its cells: as many as the header has."""

Ragged = Callable[[InputError], None]
"""Is told of each row that has more or fewer cells than the header, and which is passed over."""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A file or sheet that has been opened: its header has been read, its rows are read as they are asked for."""

    file: str
    """As errors name it: the path, and the sheet of a workbook."""
    header: tuple[str, ...]
    header_line: int
    rows: Iterator[Row]
    hidden: frozenset[int] = frozenset()
    """Lines that the workbook does not show."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Which rows of a file or sheet are those of a table, which may not be alone in it."""

    skip: int = 0
    """Lines above its header, or above its rows where the header is given."""
    until: int = 0
    """Its last line; 0 for that of the file."""
    notes: frozenset[str] = frozenset()
    """Texts that may stand alone in a line, without the delimiters of a row."""

    def of(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows up to the last line."""
        return takewhile(lambda row: row[0] <= self.until, rows) if self.until else rows


WHOLE = Extent()
"""All of a file."""


def read_delimited(
    path: Path,
    *,
    delimiter: str = "",
    encoding: str = "utf-8",
    quote: str = '"',
    header: Sequence[str] | None = None,
    extent: Extent = WHOLE,
    ragged: Ragged | None = None,
) -> OpenTable:
    """Open a file of delimited cells.

    `delimiter` is told from the file's name if empty, `quote` empty means that quotes are letters like any other, and
    `header` names the columns of a file that has no header line. A byte order mark is passed over.

    Raises InputError for a file that cannot be opened or decoded. Ragged rows are errors too, when they are reached,
    unless `ragged` takes them; then the header is taken as it is: a name that stands there twice is told apart by its
    number, and columns without a name are numbered.
    """
    delimiter = delimiter or DELIMITERS.get(path.suffix.lower(), ",")
    if delimiter in LINES:
        rows = _lines(path, encoding, LINES[delimiter], extent.skip)
    else:
        rows = _delimited_rows(path, delimiter, encoding, quote, extent.skip)
    return table(str(path), rows, header, ragged, delimiter, extent=extent)


LINES = {ALIGNED: aligned_rows, BULLETED: bulleted_rows}
"""How a text is read whose cells have no sign between them, by what stands in the place of a delimiter."""


def _lines(path: Path, encoding: str, rows: Callable[[Sequence[str]], Iterator[Row]], skip: int) -> Iterator[Row]:
    try:
        lines = bounds.read_bytes(path, bounds.WHOLE).decode(encoding).removeprefix("\ufeff").splitlines()
    except UnicodeError:
        raise undecodable(path, encoding) from None
    return (row for row in rows(lines) if row[0] > skip)


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


def is_tabular(path: Path) -> bool:
    """Whether a text is a list: most of its first lines have a tab, as spreadsheet programs save one, or all have as
    many bars or semicolons, or their cells stand below one another."""
    with path.open("rb") as file:
        data = file.read(1 << 16)
    lines = data.decode(likely_encoding(data) or "utf-8", errors="replace").splitlines()[:50]
    told = [line for line in lines if line.strip()]
    if sum("\t" in line.strip() for line in told) > len(told) / 2 or len(columns(told)) > 1:
        return True
    return any(_parted(told, sign) for sign in "|;,")


def _parted(lines: Sequence[str], sign: str) -> bool:
    """Whether a sign stands in lines as it does between cells: in most as often as in the others, and once at least. In
    a comma's place a text has others at times: it stands as often in all of them."""
    numbers = Counter(line.count(sign) for line in lines)
    often, most = max(numbers.items(), key=lambda item: item[1], default=(0, 0))
    return often > 0 and len(lines) > 1 and most >= len(lines) * (1 if sign == "," else 0.8)


def likely_encoding(data: bytes) -> str:
    """The encoding that a text is likely in, empty if none fits. A guess: short texts fit several."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(ENCODINGS)).best()
    if best is None:
        return ""
    return next(name for name in ENCODINGS if name in (best.encoding, *best.could_be_from_charset)).replace("_", "-")


def table(
    file: str,
    rows: Iterator[Row],
    header: Sequence[str] | None,
    ragged: Ragged | None,
    delimiter: str = "",
    *,
    padded: bool = False,
    extent: Extent = WHOLE,
) -> OpenTable:
    """Rows under a header, their first unless it is given, of those that stand below what `extent` skips. padded: rows
    may have fewer cells."""
    line = 0
    rows = extent.of(rows)
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
        return OpenTable(
            file, told_apart(names), line, _even(file, names, rows, padded, ragged, delimiter, width, extent.notes)
        )
    place = line or None  # a mapping names the columns of a file without a header line
    known: set[str] = set()
    for index, name in enumerate(names):
        if not name:
            raise InputError("a column without a name in the header", file=file, line=place, column=str(index + 1))
        if name in known:
            raise InputError("the header names this column twice", file=file, line=place, column=name)
        known.add(name)
    return OpenTable(file, names, line, _even(file, names, rows, padded, ragged, delimiter, width, extent.notes))


def told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns, each another: `City`, `City (2)`; one without a name is `column3`, after its place."""
    told: dict[str, None] = {}
    numbers: Counter[str] = Counter()
    for place, written in enumerate(names, 1):
        name = plain = written or f"column{place}"
        while name in told:
            numbers[plain] += 1
            name = f"{plain} ({numbers[plain] + 1})"
        told[name] = None
    return tuple(told)


def untaken(name: str, taken: Collection[str], number: int) -> str:
    """A name for a table: as it is, or with the table's number if another is called so."""
    return name if name not in taken else f"{name} {number}"


def _even(
    file: str,
    names: Sequence[str],
    rows: Iterable[Row],
    padded: bool,
    ragged: Ragged | None,
    delimiter: str,
    least: int,
    notes: frozenset[str],
) -> Iterator[Row]:
    """Rows of the width of the header. `least`: as many cells as columns with a name make a row whole, and so does one
    of `notes`."""
    width = len(names)
    for line, cells in rows:
        if len(cells) == width:
            yield line, cells
        elif len(cells) < width and (padded or len(cells) >= least or "".join(cells).strip() in notes):
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
