"""Where in an RDF file something is said, for errors: parsers tell the line of bad syntax alone.

The file is parsed once more, a line at a time, until what is wanted comes: the line read last is the one where its
statement ends. In JSON-LD, whose parser needs the whole file, it is the first line that names the subject.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from citydiplomacy.ontology.terms import BASE

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


class _Lines:
    """A file that gives no more than one line at each reading, and counts them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._ended = True
        self.line = 0

    def read(self, most: int = -1) -> bytes:
        text = self._file.readline(most)
        self.line += self._ended and bool(text)
        self._ended = text.endswith(b"\n")
        return text


def line_of(path: Path, wanted: Callable[[ox.Quad], bool]) -> int | None:
    """The line of the first statement that is wanted, None if there is none."""
    kind = FORMATS[path.suffix.lower()]
    with path.open("rb") as file:
        lines = _Lines(file)
        for quad in ox.parse(lines, format=kind, base_iri=BASE):  # type: ignore[arg-type]  # it reads, and no more
            if wanted(quad):
                return _line_of_name(path, quad.subject) if kind == ox.RdfFormat.JSON_LD else lines.line
    return None


def _line_of_name(path: Path, subject: object) -> int | None:
    """The first line of JSON that names a subject: as it is, or shortened to an id or by a prefix."""
    iri = subject.value if isinstance(subject, ox.NamedNode) else ""
    name = re.compile(rf'"(?:{re.escape(iri)}|(?:[\w-]+:)?{re.escape(iri.removeprefix(BASE))})"')
    with path.open(encoding="utf-8") as file:
        return next((number for number, line in enumerate(file, 1) if iri and name.search(line)), None)
