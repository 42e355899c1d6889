"""A page in each of its forms: HTML, JSON, CSV, Turtle, a workbook, and what documents are written as."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.terms import BASE, PREFIXES
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.visuals.document.appendix import Appendix
from citydiplomacy.visuals.document.blocks import Document, Sheet
from citydiplomacy.visuals.writers import formats

from ..data_package import Package
from ..naming import IdNames, holds_record, is_id
from ..output import Format, Lang, write_delimited
from . import html
from .feed import atom
from .listing import Listing, choose, people
from .made import NoFormError
from .page import Code, Menu, Message, Page, PageForm, Results


def written(store: Store, page: Page, named: IdNames, *, edits: bool = False) -> bytes:
    """The page in the form that is wanted. edits: with ways to the pages that change the store. Raises NoFormError
    for one that it does not have.
    """
    form = page.wanted.form
    if form == "html":
        return html.as_html(page, document(store, page), _cited(store, page), _holder(store, page), edits=edits)
    chosen = page if page.document else selected(page, named)
    if form not in html.forms(chosen):
        hint = "Filter the rows, or export the store: citydip export" if form == "ttl" and chosen.parts else ""
        raise NoFormError(f"This page has no form .{form}.", hint=hint)
    if page.document:
        return _writer(form)(page.document)
    match form:
        case "json":
            return json.dumps(package(store, chosen).data(), ensure_ascii=False, indent=1).encode() + b"\n"
        case "csv":
            return _csv(chosen)
        case "ttl":
            return turtle(store, chosen)
        case "atom":
            return atom(page, dt.datetime.now(tz=dt.UTC).date())
        case "svg":
            return page.picture.encode()
        case _:
            return _writer(form)(document(store, chosen, named))


def _cited(store: Store, page: Page) -> str:
    """How to cite the page; on a file without the state of the store, so that it changes only with what it says."""
    return package(store, page).citation(state=not page.wanted.files)


def _holder(store: Store, page: Page) -> Callable[[str], bool]:
    """Tells of an id whether there is a page of it: of a record, and of no concept."""
    return page.wanted.files.holds if page.wanted.files else partial(holds_record, store)


def selected(page: Page, named: IdNames) -> Page:
    """The page with those rows of its tables that its address asks for, and that it shows."""
    wanted = page.wanted
    key = wanted.value("table")
    parts = [each for each in page.parts if not key or each.key == key]
    shown = {each.key: each.part for each in page.blocks if isinstance(each, Listing)}
    alone = len(parts) == 1
    return replace(page, parts=[shown.get(each.key) or choose(wanted, each, named, whole=alone).part for each in parts])


def package(store: Store, page: Page) -> Package:
    """What the page passes on: its tables with their sources and how to cite them."""
    return Package(
        store, Lang(page.wanted.lang), page.title, dict(page.asked), page.parts, page.headlines, page.caveats
    )


def document(store: Store, page: Page, named: IdNames | None = None) -> Document:
    """The page as a document; forms and menus are no part of it. named: who knows names, for tables that are whole."""
    if page.document:
        return page.document
    about = page.appendix or Appendix(store, page.wanted.lang)
    whole = {part.key: people(part, named, page.wanted.lang) for part in page.parts} if named else {}
    kept = (each for each in page.blocks if not isinstance(each, Menu | PageForm | Message | Code | Results))
    return Document(
        title=page.title,
        subtitle=page.subtitle,
        lang=page.wanted.lang,
        author="citydiplomacy",
        date=from_edtf(dt.datetime.now(tz=dt.UTC).date().isoformat()),
        revision=store.manifest.revision,
        blocks=[
            Sheet(each.key, each.title, whole.get(each.key, each.table), Phrase(each.note))
            if isinstance(each, Listing)
            else each
            for each in kept
        ],
        entries=about.entries,
        references=about.references,
        numbers=about.numbers,
    )


def turtle(store: Store, page: Page) -> bytes:
    """What the merged view says of the things of a page, and of those in its rows."""
    import pyoxigraph as ox

    ids = dict.fromkeys(page.things)
    for part in page.parts:
        for row in part.table.rows:
            for cell in row:
                several = cell if isinstance(cell, tuple) else (cell,)
                ids |= dict.fromkeys(
                    each for each in several if isinstance(each, str) and is_id(each) and store.has(each)
                )
    found = [
        ox.Triple(ox.NamedNode(BASE + each), ox.NamedNode(predicate), term)
        for each in ids
        for predicate, term in sorted(store.pairs(each), key=str)
    ]
    told = ox.serialize(found, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert told is not None  # it is, where no file is given to write to
    return told


def _csv(page: Page) -> bytes:
    """The one table; of several the name of each stands before its rows, under the same columns."""
    text = io.StringIO()
    if len(page.parts) == 1:
        table = page.parts[0].table
        write_delimited(text, table.names, table.rows, Format.CSV)
    else:
        width = max(len(part.table.names) for part in page.parts)
        rows: list[list[Any]] = []
        for part in page.parts:
            pad = [None] * (width - len(part.table.names))
            rows.append([f"{part.key}:columns", *part.table.names, *pad])
            rows += [[part.key, *row, *pad] for row in part.table.rows]
        write_delimited(text, ["table", *(f"column{number + 1}" for number in range(width))], rows, Format.CSV)
    return text.getvalue().encode()


def _writer(form: str) -> Callable[[Document], bytes]:
    return formats.of(Path(f"page.{form}"))
