"""The records of one class, to sort, filter and choose from."""

from __future__ import annotations

from citydiplomacy.graph.model.schema import RecordClass

from ..desk import Desk
from ..page import Page
from . import records


def page(desk: Desk, schema: RecordClass) -> Page:
    """All records of a class."""
    part = records.whole(desk, schema)
    return Page(
        desk.wanted,
        part.title,
        [desk.listing(part, alone=True)],
        parts=[part],
        asked={"class": schema.folder},
        appendix=desk.appendix,
        things=(),
    )
