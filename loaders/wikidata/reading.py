"""Files of Wikidata, told from what they hold, and how they are read: saved answers, pages fetched, dumps."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from enum import Enum
from pathlib import Path
from typing import Any

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model.ids import slug
from citydiplomacy.graph.model.records import Source
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Date, Text

from .. import bounds
from ..report import LoadReport, Progress
from . import dump, dump_lines, records, results
from .gathered import Gathered
from .values import ENTITY

WORLD = "wikidata-world"
"""The source of the twin towns of the world: in the shipped data two crawls, after a fetch what Wikidata says today."""
FETCHED = "fetched.json"
"""In a folder of pages: which source they are, and when they were fetched."""

_DESCRIBED = ("id", "title_en", "title_fa", "retrieved", "address")
_BEGINNING = 1 << 16
_ANSWER = re.compile(rb'\s*\{\s*"(?:head|results)"\s*:\s*\{')
_COLUMNS = re.compile(rb'"vars"\s*:\s*\[([^\]]*)\]')
_NAME = re.compile(rb'"([^"]*)"')
_TWO = 2
"""Columns that an answer has at least if it is a list of ties."""
_ENTITY = re.compile(
    rb'\s*\[?\s*\{(?=[^\n]*"(?:labels|claims)"\s*:)(?=[^\n]*"type"\s*:\s*"(?:item|property|lexeme)")'
    rb'[^\n]*"id"\s*:\s*"[QPL][0-9]+"'
)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_DUMP_DATE = re.compile(r"(20[0-9]{2})-?([01][0-9])-?([0-3][0-9])")


class Holding(Enum):
    """What a path of Wikidata's holds."""

    PAGES = "pages that were fetched"
    JSON = "an answer in JSON"
    CSV = "an answer in CSV"
    DUMP = "a dump of entities"


def recognise(path: Path) -> Holding | None:
    """What a file or folder holds of Wikidata, told from its content; None if it is nothing of the kind.

    Raises InputError for a packed file that is broken, and for one that is named as an answer and holds a page in HTML.
    """
    if path.is_dir():
        return Holding.PAGES if (path / FETCHED).is_file() else None
    start = _beginning(path)
    if _ANSWER.match(start):
        named = _COLUMNS.search(start)
        columns = _NAME.findall(named[1]) if named else []
        return Holding.JSON if len(columns) < _TWO or _is_ours(columns) else None
    if _ENTITY.match(start):
        return Holding.DUMP
    if path.suffix.lower() == ".json" and (_MARKUP.match(start) or start.startswith((b"\xff\xfe", b"\xfe\xff"))):
        results.read_json(bounds.read_bytes(path, bounds.WHOLE), str(path))
    header, _, rest = start.partition(b"\n")
    first = {name.strip(b' "\r') for name in header.split(b",")}
    if _is_ours(first) and ENTITY.encode() in rest.partition(b"\n")[0]:
        return Holding.CSV
    return None


def _is_ours(names: Collection[bytes]) -> bool:
    """Whether the columns of an answer are those of the queries here: of cities, and of their ties if it has others.
    An answer whose ties have other names is a list like any."""
    told = {name.decode("utf-8", "replace") for name in names}
    return bool(told & set(results.CITY)) and (told <= results.COLUMNS or not told.isdisjoint(results.TIES))


def _beginning(path: Path) -> bytes:
    """The first bytes of a file, unpacked. Raises InputError if they cannot be."""
    bounds.check_file(path)
    try:
        with path.open("rb") as packed, dump_lines.unpacked(packed) as file:
            return file.read(_BEGINNING).removeprefix(b"\xef\xbb\xbf")
    except dump_lines.UNREADABLE as error:
        raise dump_lines.broken(path, error) from None


def load(
    path: Path,
    form: Holding,
    report: LoadReport,
    tell: Callable[[str], None] = lambda _: None,
    progress: Progress | None = None,
) -> SourceRecords:
    """Read what `recognise` found. Raises InputError for what is broken or cut; rows with errors are refused.

    tell, progress: are told from time to time how far a dump was read.
    """
    gathered = Gathered()
    if form is Holding.PAGES:
        told = described(path)
        for page in map(path.joinpath, told.pop("pages")):
            data = bounds.read_bytes(page, bounds.WHOLE)
            results.gather(results.read_json(data, str(page)), gathered, report)
        return records.tell(gathered, _source(**told), report, str(path))
    name, date = path.name.partition(".")[0], ""
    if form is Holding.DUMP:
        dump.gather(path, gathered, report, tell, progress)
        if found := _DUMP_DATE.search(name):
            date = "-".join(found.groups())
            name = name.replace(found[0], "")
    else:
        data = b"" if form is Holding.CSV else bounds.read_bytes(path, bounds.WHOLE)
        answer = results.read_csv(path) if form is Holding.CSV else results.read_json(data, str(path))
        results.gather(answer, gathered, report)
    if not gathered.cities:
        raise InputError("nothing about cities in it", file=path, expected=f"rows with a column {results.CITY[0]}")
    source = _source(
        id=f"wikidata-{slug(name.lower().removeprefix('wikidata')) or 'file'}",
        title_en=f"Wikidata, {path.name}",
        title_fa=f"ویکی‌داده، {path.name}",
        date=date,
    )
    return records.tell(gathered, source, report, str(path))


def described(folder: Path) -> dict[str, Any]:
    """What is said of a folder of pages: id, titles, address, day, and the names of its pages. Raises InputError."""
    try:
        told = json.loads(bounds.read_bytes(folder / FETCHED, bounds.DESCRIPTION).decode("utf-8"))
        pages = [Path(page).name for page in told["pages"]]
        return {"pages": pages, **{key: str(told[key]) for key in _DESCRIBED}}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f"no description of fetched pages: {type(error).__name__} {error}",
            file=folder / FETCHED,
            hint="Fetch them again with --fresh.",
        ) from None


def _source(
    id: str, title_en: str, title_fa: str, date: str = "", retrieved: str = "", address: str | None = None
) -> Source:
    return Source(
        id=f"source/{id}",
        kind="evidence-kind/dataset",
        labels=(Text(title_en, "en"), Text(title_fa, "fa")),
        creators=("Wikidata",),
        licence="CC0-1.0",
        address=address,
        origin="source/wikidata",
        date=_day(date),
        retrieved=_day(retrieved),
        collects_everywhere=("tie-kind/sister-city",) if id == WORLD else (),
    )


def _day(text: str) -> Date | None:
    try:
        return from_edtf(text) if text else None
    except ValueError:  # eight digits of a name that are no day
        return None
