"""Fetching the cities of a country, with their ties and memberships, or the twin towns of the world, from Wikidata's
query service.

What comes is kept as a folder of pages, which `reading.load` reads. A page is written when it is whole, under a name
that follows from its query, so that a fetch goes on where it was cut, and a second one asks nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import count
from pathlib import Path

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph import whole_files
from citydiplomacy.graph.model.records import Country
from citydiplomacy.graph.model.values import Words
from citydiplomacy.graph.rdf.sparql import tokens
from citydiplomacy.graph.store.lookup import find
from citydiplomacy.graph.store.reader import Store

from ..report import Progress
from . import reading, values
from .dump import classes
from .reading import FETCHED, described
from .results import CITY, ServiceRows, read_json
from .service import Service

QUERIES = ("cities", "twins", "members")
"""The questions on a country, each in an .rq file beside this one."""

KEPT = "fetched"
"""Folder below the store where pages are kept."""

_ITEM = re.compile(r"[Qq][1-9][0-9]*")
_CODE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: the source that it becomes, its questions, and what is put into their VALUES."""

    source_id: str
    title: Words
    queries: tuple[str, ...]
    blocks: Mapping[str, str]


WORLD = Request(
    reading.WORLD,
    Words("Wikidata: twin towns of the world", "ویکی‌داده: شهرهای خواهرخواندهٔ جهان"),
    ("world_cities", "world_twins"),
    {},
)
"""All cities that have a twin town. It replaces the shipped crawls."""


def country(store: Store, name: str, service: Service) -> Request:
    """The country that a person means: a name in either language, a code of ISO 3166-1 or an item of Wikidata.

    The service is asked for the code of an item that the store does not know. Raises UsageError with suggestions for a
    name that no country has.
    """
    name = name.strip()
    if _ITEM.fullmatch(name) and not store.matched(values.ENTITY + name.upper()):
        name = _code(name.upper(), service)
    by_code = f"country/{name.lower()}"
    known = store.get(by_code if _CODE.fullmatch(name.upper()) and store.has(by_code) else find(store, name, "Country"))
    if not isinstance(known, Country) or not _CODE.fullmatch(known.code or ""):
        raise UsageError(f"{name!r} has no code of ISO 3166-1 here.")
    wanted = " ".join(f"<{values.ENTITY}{values.item(item)}>" for item in classes())
    return Request(
        f"wikidata-{str(known.code).lower()}",
        Words(
            f"Wikidata: cities of {known.label('en')}, their twin towns and memberships",
            f"ویکی‌داده: شهرهای {known.label('fa')}، خواهرخوانده‌ها و عضویت‌هایشان",
        ),
        QUERIES,
        {"iso": f'VALUES ?iso {{ "{known.code}" }}', "class": f"VALUES ?class {{ {wanted} }}"},
    )


def _code(item: str, service: Service) -> str:
    query = fill(_query("country"), {"country": f"VALUES ?country {{ <{values.ENTITY}{item}> }}"})
    answer = read_json(service.ask(query), service.address)
    codes = {cell.value for _, row in answer.rows if (cell := row.get("iso"))}
    if len(codes) != 1:
        raise UsageError(f"{item} is no country with a code of ISO 3166-1.", hint="Such as Q794, which is Iran.")
    return codes.pop()


def _query(name: str) -> str:
    return (files(__package__) / f"{name}.rq").read_text(encoding="utf-8")


def fetch(
    store: Path, asked: Request, service: Service, *, fresh: bool = False, progress: Progress | None = None
) -> Path:
    """Fetch what is not there yet. Returns the folder of its pages, below the store.

    fresh: throw away what is there. progress: is told of every page. Raises InputError for a page that is no answer,
    StoreError if the service does not give one; pages that came before are kept.
    """
    folder = store / KEPT / asked.source_id
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    pages: list[str] = []
    for kind in asked.queries:
        for page in _pages(folder, kind, asked, service):
            pages.append(page.name)
            if progress:
                progress(kind, len(pages), 0)
    description = folder / FETCHED
    if not description.exists() or described(folder)["pages"] != pages:
        first = min((folder / page).stat().st_mtime for page in pages)
        told = {
            "id": asked.source_id,
            "title_en": asked.title.en,
            "title_fa": asked.title.fa,
            "retrieved": dt.datetime.fromtimestamp(first, dt.UTC).date().isoformat(),
            "address": service.address,
            "pages": pages,
        }
        whole_files.write(description, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        for old in folder.glob("*.page.json"):
            if old.name not in pages:
                old.unlink()
    return folder


def _pages(folder: Path, kind: str, asked: Request, service: Service) -> Iterator[Path]:
    """The pages of a question, each fetched if it is not there; the last one is empty."""
    text = _query(kind)
    after = ""
    for number in count(1):
        query = fill(text, {**asked.blocks, "after": f'VALUES ?after {{ "{after}" }}'})
        digest = hashlib.sha256(f"{service.address}\n{query}".encode()).hexdigest()[:12]
        page = folder / f"{kind}-{number:04}-{digest}.page.json"
        answer = _kept(page)
        if answer is None:
            data = service.ask(query)
            answer = read_json(data, f"{service.address}, page {number} of {kind}")
            whole_files.write(page, data)
            service.tell(f"{service.address}: page {number} of {kind}.")
        yield page
        cities = {cell.value for _, row in answer.rows if (cell := row.get(CITY[0]))}
        if not cities:
            return
        last = max(cities)
        if last <= after or last != values.ENTITY + last.removeprefix(values.ENTITY):
            raise InputError("the pages of the answer do not go on", file=answer.file, value=last)
        after = values.ENTITY + values.item(last)


def _kept(page: Path) -> ServiceRows | None:
    """A page that is there and whole."""
    try:
        return read_json(page.read_bytes(), str(page))
    except (FileNotFoundError, InputError):
        return None


def fill(query: str, blocks: Mapping[str, str]) -> str:
    """A query with other VALUES blocks for some variables: found by its tokens, never by searching its text.

    >>> fill('SELECT * { VALUES ?iso { "IR" } ?c ?p ?iso }', {"iso": 'VALUES ?iso { "TR" }'})
    'SELECT * { VALUES ?iso { "TR" } ?c ?p ?iso }'
    """
    parts: list[str] = []
    inside = ""
    read = list(tokens(query))
    for position, token in enumerate(read):
        if token.kind == "word" and token.text == "VALUES":
            named = next((other.text[1:] for other in read[position:] if other.kind == "variable"), "")
            if named in blocks:
                inside = named
                parts.append(blocks[named])
        if not inside:
            parts.append(token.text)
        elif token.text == "}":
            inside = ""
    return "".join(parts)
