"""Bibliographies in BibTeX and RIS, read as a table: a row an entry, a column a field."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from citydiplomacy.errors import InputError, MissingExtraError

from .. import bounds
from .delimited import OpenTable, Row

KEY, TYPE = "key", "entry type"
_TAGS = {
    **{"ID": KEY, "TY": TYPE, "TI": "title", "T1": "title", "AU": "author", "A1": "author", "UR": "url", "DO": "doi"},
    **{
        "DA": "date",
        "PY": "date",
        "Y1": "date",
        "LA": "language",
        "AB": "abstract",
        "PB": "publisher",
        "JO": "journal",
    },
}
_LINE = re.compile(r"([A-Z][A-Z0-9])  -\s*(.*)")


def read_bibtex(path: Path) -> OpenTable:
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
    return _table(path, entries, lines, "such as @article{doe2019, ...}")


def read_ris(path: Path) -> OpenTable:
    """The entries of a file as Zotero, EndNote and catalogues write them. Raises InputError for a file without any."""
    text = bounds.read_bytes(path, bounds.WHOLE).decode("utf-8-sig", "replace")
    entries: list[dict[str, str]] = []
    lines: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        found = _LINE.match(line)
        if not found:
            continue
        tag, value = found[1], found[2].strip()
        if tag == "TY":
            entries.append({})
            lines.append(number)
        if not entries or tag == "ER" or not value:
            continue
        name, entry = _TAGS.get(tag, tag), entries[-1]
        if name == "date":
            value = value.strip("/").replace("/", "-")
        if name == "author" and name in entry:
            entry[name] += f"; {value}"
        else:
            entry.setdefault(name, value)
    return _table(path, entries, lines, "such as TY  - JOUR")


def _table(path: Path, entries: list[dict[str, str]], lines: list[int], expected: str) -> OpenTable:
    if not entries:
        raise InputError("no entry of a bibliography in it", file=path, expected=expected)
    header = tuple(dict.fromkeys(name for entry in entries for name in entry))
    rows: list[Row] = [
        (line, [entry.get(name, "") for name in header]) for line, entry in zip(lines, entries, strict=True)
    ]
    return OpenTable(str(path), header, 0, iter(rows))


def _plain(value: str) -> str:
    return " ".join(value.replace("{", "").replace("}", "").split())
