"""The records of one class, to sort, filter and choose from."""

from __future__ import annotations

from dataclasses import replace

from citydiplomacy.graph.model.schema import RecordClass

from ..desk import Desk
from ..listing import Prepared
from ..page import Page
from . import records


def page(desk: Desk, schema: RecordClass) -> Page:
    """All records of a class."""
    part, files, say = records.whole(desk, schema), desk.wanted.files, desk.say
    note = ""
    prepared: Prepared | None = records.prepared(desk, schema)
    if files and files.round:
        rows = tuple(row for row in part.table.rows if files.holds(str(row[0])))
        note = say(
            "Here are {n} of {whole}: those round {cities}.",
            "این‌جا {n} تا از {whole} است: آن‌ها که پیرامون {cities} هستند.",
            n=len(rows),
            whole=len(part.table.rows),
            cities=say.names([desk.named.of(city) for city in files.round]),
        )
        prepared = None
        part = replace(part, table=replace(part.table, rows=rows))
    return Page(
        desk.wanted,
        part.title,
        [desk.listing(part, alone=True, note=str(note), prepared=prepared)],
        parts=[part],
        asked={"class": schema.folder},
        appendix=desk.appendix,
        things=(),
    )
