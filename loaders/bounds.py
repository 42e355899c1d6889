"""How much is read of a file: bounds, so that no file hangs a load or eats the memory, and each with one clear error.

Only regular files are read (links are followed), no devices, pipes or sockets. Dumps of Wikidata are streams: they have
no bound of size, only one of the length of a line (wikidata/dump.py).
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from citydiplomacy.errors import InputError

MIB = 1 << 20

DESCRIPTION = MIB
"""Bytes of a TOML file."""
WHOLE = 256 * MIB
"""Bytes of a file that is read whole: a network, an answer in JSON, a text."""
STREAM = 4096 * MIB
"""Bytes of a file that is read row by row or statement by statement."""
UNPACKED = 512 * MIB
"""Bytes of a workbook, unpacked."""
PART = 16 * MIB
"""Bytes of a part of a workbook that is read whole, unpacked: its styles, its list of sheets."""
FOLD = 100
"""How many times larger than it is packed a part of more than PART may be; what persons fill in packs 5 to 30 times."""
ROW = 16 * MIB
"""Letters of a line."""
CELL = 1 << 17
"""Letters of a cell."""
COLUMNS = 1 << 14
ROWS = 1 << 20
"""Rows of a sheet; a spreadsheet program has no more rows and columns either."""
CELLS = 1 << 26
"""Cells of a sheet, those counted that are empty."""
HELD = 1 << 24
"""Cells of the sheets of a workbook that its library holds whole, those counted that are empty or repeated."""
DEPTH = 100
"""Levels in one another of JSON and XML."""
LEVELS = "levels"

_STREAMED = re.compile(r"xl/(worksheets/|sharedStrings\.xml|media/)")
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)


def check_file(path: Path, most: int = 0) -> None:
    """Raise InputError for what is no regular file that can be read, or holds more bytes than `most` (0: any)."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    if stat.S_ISDIR(found.st_mode):
        raise InputError("a folder, not a file", file=path, expected="a file")
    if not stat.S_ISREG(found.st_mode):
        raise InputError(
            "not a regular file",
            file=path,
            expected="a file on disk, no device, pipe or socket",
            hint="Save what it gives to a file, and name that.",
        )
    if most and found.st_size > most:
        raise beyond("bytes", most, file=path, value=found.st_size)


def unreadable(path: Path, error: OSError | ValueError) -> InputError:
    """The error for a file that the system does not open; a ValueError is about its name."""
    reason = error.strerror if isinstance(error, OSError) else None
    return InputError(f"cannot be read: {reason or error}", file=path)


def read_bytes(path: Path, most: int) -> bytes:
    """The content of a regular file. Raises InputError if it cannot be read or is larger than `most` bytes."""
    check_file(path, most)
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None


def beyond(
    what: str, most: int, *, file: str | Path, line: int | None = None, value: object = None, column: str | None = None
) -> InputError:
    """The error for more of something than is read."""
    return InputError(
        f"more {what} than are read",
        file=file,
        line=line,
        column=column,
        value=value,
        expected=f"at most {most:,} {what}",
        hint="If it is meant so, divide it." if what != LEVELS else "",
    )


def lines(file: TextIO, path: Path) -> Iterator[str]:
    """The lines of a text. Raises InputError for one beyond all measure, before it is read whole."""
    number = 0
    while line := file.readline(ROW):
        number += 1
        if len(line) == ROW:
            raise beyond("letters in a line", ROW, file=path, line=number)
        yield line


def check_zip(path: Path) -> None:
    """Raise InputError for a packed file that unpacks to more than is read.

    What the file says of the sizes can be trusted: no more than that is unpacked. Raises BadZipFile and OSError too.
    """
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
    if (whole := sum(part.file_size for part in parts)) > UNPACKED:
        raise beyond("bytes, unpacked,", UNPACKED, file=path, value=whole)
    for part in parts:
        most = max(PART, FOLD * part.compress_size) if _STREAMED.match(part.filename) else PART
        if part.file_size > most:
            raise beyond(f"bytes, unpacked, in {part.filename}", most, file=path, value=part.file_size)


def check_depth(data: bytes, path: Path) -> None:
    """Raise InputError for JSON whose lists and objects stand in one another too deep."""
    import numpy as np

    letters = np.frombuffer(_QUOTED.sub(b"", data), np.uint8)
    opening = (letters == ord("[")) | (letters == ord("{"))
    closing = (letters == ord("]")) | (letters == ord("}"))
    depth = np.cumsum(opening.astype(np.int32) - closing)
    if depth.size and depth.max() > DEPTH:
        raise beyond(LEVELS, DEPTH, file=path, value=int(depth.max()))
