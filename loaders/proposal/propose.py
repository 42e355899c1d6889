"""A mapping proposed for a list that has none: TOML to look through, edit and load.

What the list does not say itself has a comment `# ?` on its line.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.text import ascii_digits
from citydiplomacy.graph.model.ids import slug

from .. import bounds
from ..tables.files import DELIMITERS, Table, likely_encoding, read_delimited, read_workbook
from ..tables.network_files import PARTS, read_network
from ..tables.network_files import SUFFIXES as NETWORKS
from .proposed_tables import ASK, Part, cities, defaults, populations, quoted, tables, ties
from .recognition import SAMPLE, UNKNOWN, all_cells, cells_of, delimiter_of, is_header, is_item, recognize

SUFFIXES = (".csv", ".tsv", ".xlsx", *NETWORKS)


COMMENTS = {
    "en": "Proposed from the columns that were recognised. Look at the lines that end in # ? and mend them.",
    "fa": "پیشنهاد از روی ستون‌هایی که شناخته شد. سطرهایی را که به # ? می‌انجامند ببینید و درست کنید.",
}


def propose(path: Path, lang: str = "en") -> str:
    """The text of a TOML file that maps a list: .csv, .tsv, .xlsx, .gexf or .graphml.

    lang: en or fa, of the comment in it.

    Raises InputError for a file that cannot be read, or in which no city is recognised.
    """
    name = slug(path.stem) or "list"
    lines = [
        f"# {COMMENTS[lang]}",
        "[source]",
        f"id = {quoted(name)}",
        f'kind = "dataset"{ASK}',
        f"title_en = {quoted(path.stem)}{ASK}",
    ]
    if path.suffix.lower() in NETWORKS:
        nodes, edges = (_network_part(path, part) for part in PARTS)
        years = edges.cells("year")
        body = [
            *defaults(nodes),
            *cities(nodes, name, "city", "wikidata"),
            *populations(nodes, name),
            *ties(edges, name),
        ]
    else:
        part = _part(path)
        years = part.cells("year")
        body = [*defaults(part), *tables(part, name)]
    if all_cells(years, lambda cell: bool(re.match(r"1[23]\d\d(?!\d)", ascii_digits(cell))), 0.5):
        lines.append(f'calendar = "solar-hijri"{ASK}')
    return "\n".join([*lines, *body]) + "\n"


def _network_part(path: Path, name: str) -> Part:
    """The nodes or the edges of a network, whose ids are Wikidata items or the network's own."""
    table = read_network(path, name)
    rows = [cells for _, cells in table.rows]
    found = recognize(table.header, rows[:SAMPLE])
    items = all_cells(cells_of(rows, 0), is_item)
    if name == "edges":
        ends = ("wikidata", "partner wikidata") if items else ("city", "partner")
        found.update(zip(ends, table.header, strict=False))
    else:
        found.setdefault("city", "id")
        found["wikidata" if items else "id"] = "id"
    return Part({"file": path.name}, table.header, rows, found, name)


def _part(path: Path) -> Part:
    """The whole of a file with rows, and how it is written."""
    settings, table = _sheet(path) if path.suffix.lower() == ".xlsx" else _delimited(path)
    rows = [cells for _, cells in table.rows]
    found = recognize(table.header, rows[:SAMPLE])
    return _with_cells(Part({"file": path.name, **settings}, table.header, rows, found))


def _sheet(path: Path) -> tuple[dict[str, object], Table]:
    """The first sheet of a workbook."""
    sheet = next(iter(read_workbook(path).values()))
    return {"sheet": sheet.worksheet.title}, sheet.table(ragged=_passed_over)


def _delimited(path: Path) -> tuple[dict[str, object], Table]:
    """A file of delimited cells, and the keys of a mapping that say how it is read."""
    data = bounds.read_bytes(path, bounds.STREAM)
    encoding = "utf-8" if _is_utf8(data) else likely_encoding(data) or "cp1252"
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    delimiter = delimiter_of(text)
    first = next(csv.reader(text.splitlines(), delimiter=delimiter), [])
    header = None if is_header(first) else [f"column{n}" for n in range(1, len(first) + 1)]
    settings: dict[str, object] = {}
    if encoding != "utf-8":
        settings["encoding"] = encoding
    if delimiter != DELIMITERS[path.suffix.lower()]:
        settings["delimiter"] = delimiter
    if header:
        settings["header"] = header
    table = read_delimited(path, delimiter=delimiter, encoding=encoding, header=header, ragged=_passed_over)
    return settings, table


def _passed_over(_: InputError) -> None:
    """A ragged row, which the load will tell of."""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _with_cells(part: Part) -> Part:
    """Add what the cells say of how they are written: words for unknown, decimals, thousands."""
    if words := sorted({cell.strip() for row in part.rows for cell in row} & UNKNOWN):
        part.settings["na"] = words
    places = [*part.cells("latitude"), *part.cells("longitude")]
    if all_cells(places, lambda cell: "," in cell, 0.5):
        part.settings["decimal"] = ","
    for sign in (",", ".", " ", "\u00a0", "\u202f"):
        if sign != part.settings.get("decimal", ".") and any(
            re.fullmatch(rf"\d{{1,3}}({re.escape(sign)}\d{{3}})+", ascii_digits(cell))
            for cell in part.cells("population")
        ):
            part.settings["thousands"] = sign
    return part
