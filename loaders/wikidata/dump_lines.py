"""The lines of a dump, whatever packs them: one entity a line.

What is no line of an entity is refused; a dump that ends in the middle is an error.
"""

from __future__ import annotations

import bz2
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from citydiplomacy.errors import InputError

from ..report import LoadReport, Progress

LONGEST = 1 << 26
"""Bytes of the longest line that is read; the longest of Wikidata's are below 5 MB."""


PACE = 1000
"""Lines between two words on how far a dump was read."""


UNREADABLE = (EOFError, zlib.error, OSError)
"""What reading a packed file can raise."""


_OPENERS: dict[bytes, Callable[[BinaryIO], Any]] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open}


def unpacked(file: io.BufferedReader) -> io.BufferedReader:
    """A file's content, unpacked if it is packed, whatever its name."""
    start = file.peek(3)
    unpack = next((unpack for magic, unpack in _OPENERS.items() if start.startswith(magic)), None)
    return io.BufferedReader(unpack(file) if unpack else file, 1 << 20)


def broken(path: Path, error: Exception, line: int | None = None) -> InputError:
    """The error for a file that cannot be read, or not unpacked to its end."""
    if isinstance(error, OSError) and error.strerror:
        return InputError(f"cannot be read: {error.strerror}", file=path)
    return InputError(
        "the file ends in the middle, or its packing is broken",
        file=path,
        line=line,
        value=error,
        hint="Fetch it again, and compare its size or checksum with the one given where it comes from.",
    )


def entities(path: Path, report: LoadReport, progress: Progress | None) -> Iterator[tuple[int, bytes]]:
    """(line, entity as JSON) of all lines that look like one; others are refused."""
    file, size = str(path), path.stat().st_size
    number, array, closed = 0, False, False
    try:
        with path.open("rb") as packed, unpacked(packed) as lines:
            while line := lines.readline(LONGEST):
                number += 1
                if progress and not number % PACE:
                    progress(path.name, packed.tell(), size)
                text = line.strip(b", \t\r\n\xef\xbb\xbf")
                if text.startswith(b"[") and not array:
                    array, text = True, text[1:].lstrip()
                if array and text.endswith(b"]"):
                    closed, text = True, text[:-1].rstrip(b", \t\r\n")
                if text.startswith(b"{") and text.endswith(b"}"):
                    yield number, text
                elif text:
                    report.of(file).read += 1
                    hint = "" if len(line) < LONGEST else "The line is too long: one entity a line is wanted."
                    refuse(report, file, number, "a line that is not JSON", text, hint)
                    if hint:
                        raise InputError("a line longer than 64 MiB", file=file, line=number, hint=hint)
    except UNREADABLE as error:
        raise broken(path, error, number) from None
    if array and not closed:
        raise InputError("the dump ends in the middle", file=file, line=number, expected="a last line with ]")


def refuse(report: LoadReport, file: str, line: int, reason: str, found: object, hint: str = "") -> None:
    shown = found[:80].decode("utf-8", "replace") if isinstance(found, bytes) else found
    report.refuse(file, reason, InputError(reason, file=file, line=line, value=shown, hint=hint))
