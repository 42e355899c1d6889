"""Bibliographies in BibTeX, read as a table: a row an entry, a column a field."""

from __future__ import annotations

import logging
from pathlib import Path

from citydiplomacy.errors import InputError, MissingExtraError

from .. import bounds
from .delimited import Row, Table

KEY, TYPE = "key", "entry type"


def read_bibtex(path: Path) -> Table:
    """The entries of a file; braces that only keep capital letters are taken off.

    Raises InputError for a file without any, MissingExtraError without bibtexparser.
    """
    try:
        import bibtexparser
    except ImportError:
        raise MissingExtraError("bibtexparser", "bibtex", "Reading a bibliography") from None
    text = bounds.read_bytes(path, bounds.WHOLE).decode("utf-8-sig", "replace")
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = bibtexparser.parse_string(text)  # type: ignore[attr-defined]
    entries = [
        {
            KEY: entry.key,
            TYPE: entry.entry_type,
            **{field.key.lower(): _plain(str(field.value)) for field in entry.fields},
        }
        for entry in library.entries
    ]
    lines = [(entry.start_line or 0) + 1 for entry in library.entries]
    if not entries:
        raise InputError("no entry of a bibliography in it", file=path, expected="such as @article{doe2019, ...}")
    header = tuple(dict.fromkeys(name for entry in entries for name in entry))
    rows: list[Row] = [
        (line, [entry.get(name, "") for name in header]) for line, entry in zip(lines, entries, strict=True)
    ]
    return Table(str(path), header, 0, iter(rows))


def _plain(value: str) -> str:
    return " ".join(value.replace("{", "").replace("}", "").split())
