"""A mapping proposed for a list that has none: TOML to look through, edit and load.

What the list does not say itself has a comment `# ?` on its line; at the end stands what the mapping does not read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import tomli

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.text import ascii_digits
from citydiplomacy.graph.model.ids import slug

from ..cells.cells import UNSAVED
from ..formats.delimited import DELIMITERS
from ..formats.json_lists import beside_lists
from ..formats.opening import JSON, SUFFIXES, WORKBOOKS, parts
from ..formats.workbooks import read_workbook, unsaved
from ..layout.cell_kinds import SAMPLE, all_cells
from . import bibliography, networks
from .life import settings
from .lists import ListPart, finished
from .proposed_tables import tables
from .recognition import recognize
from .sections import sections
from .unread import hidden, unread
from .writing import Doubt, MappingText, quoted
from .written import delimited

__all__ = ["SUFFIXES", "propose", "together"]


def propose(*paths: Path, lang: str = "en") -> str:
    """The text of a TOML file that maps a list, of any of SUFFIXES, or several that belong together, such as nodes and
    edges; it is to lie beside the first.

    lang: en or fa, of the comments in it.

    Raises InputError for a file that cannot be read, or in which no city is recognised.
    """
    path = paths[0]
    title = together(paths)
    name = slug(title) or "list"
    found = read(path)
    if len(paths) > 1:
        found = []
        for one in paths:
            file = Path(os.path.relpath(one, path.parent)).as_posix()
            found += [replace(part, settings={"file": file, **part.settings}) for part in read(one)]
    if not any(part.header for part in found):
        raise InputError("no header: the first line must name the columns", file=path, line=1)
    text = MappingText(lang)
    text.comment(text.told(Doubt.TOP))
    text.lines.append("[source]")
    text.add("id", quoted(name))
    text.add("kind", quoted("dataset"), Doubt.KIND_OF_SOURCE)
    text.add("title_en", quoted(title), Doubt.TITLE)
    dates = [cell for part in found for what in ("start", "joined", "end", "attested") for cell in part.cells(what)]
    persian = any(re.search("[\u0600-\u06ff]", name) for part in found for name in part.header)
    if all_cells(dates, _is_solar, 0.5) or (persian and any(map(_is_solar, dates))):
        text.add("calendar", quoted("solar-hijri"), Doubt.CALENDAR)
    if len(paths) == 1:
        text.begin("[defaults]")
        text.add("file", quoted(path.name))
    if len(paths) == len(found) == 1:
        found[0].settings.pop("sheet", None) if path.suffix.lower() not in WORKBOOKS else None
        settings(found[0], text, own=False)
    before = len(text.lines)
    if joined := networks.network(found):
        networks.tables(joined, name, text)
        others = [part for part in found if part.header not in (joined.nodes.header, joined.edges.header)]
    else:
        others = found
    for part in others:
        if networks.numbered(part):
            raise InputError(
                "the ends of the edges are numbers, and what these are stands in another file",
                file=path,
                expected="names of cities",
                hint="Name the file of the nodes too: citydip load NODES EDGES.",
            )
        bibliography.tables(part, name, text) or networks.edges_alone(part, name, text) or tables(part, name, text)
    if len(text.lines) == before:
        _check_formulas(path)
        raise InputError(
            "no column is recognised as a city",
            file=path,
            value=", ".join(name for part in found for name in part.header),
            expected="a header that names one: city, Stadt, ville, شهر; or Wikidata items",
            hint="Of other things, such as needs and barriers, a table is written with our own columns: "
            "docs/data-dictionary.md lists them.",
        )
    hidden(path, text)
    beside = beside_lists(path) if path.suffix.lower() in JSON else {}
    unread(found, tomli.loads(str(text)), text, beside)
    return str(text)


def together(paths: Sequence[Path]) -> str:
    """What lists that belong together are called."""
    return "-".join(path.stem for path in paths)


def read(path: Path) -> list[ListPart]:
    """The parts of a file: sheets of a workbook, lists of a JSON file, nodes and edges, or the one list that it is."""
    form = path.suffix.lower()
    if form in WORKBOOKS:
        return [
            part
            for name, sheet in read_workbook(path).items()
            if any(True for _ in sheet.rows(errors=True))
            for part in sections({"sheet": name}, sheet.rows(errors=True), [], sheet.file)
        ]
    if form not in DELIMITERS:
        found = []
        for name, table in parts(path).items():
            rows: list[Sequence[str]] = [list(cells) for _, cells in table.rows]
            part = ListPart({"sheet": name} if name else {}, table.header, rows, recognize(table.header, rows[:SAMPLE]))
            found.append(finished(part))
        return found
    return delimited(path)


def _check_formulas(path: Path) -> None:
    """Raise InputError for the first formula of a workbook whose result is not saved: it may be what names a city."""
    if path.suffix.lower() == ".xlsx":
        for sheet in read_workbook(path).values():
            for line, cells in sheet.rows(errors=True):
                if UNSAVED in cells:
                    raise unsaved(sheet.file, line, cells.index(UNSAVED))


def _is_solar(cell: str) -> bool:
    """Whether the first year in a cell is one of Solar Hijri, as years of ties go: from 1200 to 1499."""
    return bool(re.match(r"\D*1[2-4]\d\d(?!\d)", ascii_digits(cell)))
