"""Which page stands at which address."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.schema import by_folder

from ...naming import holds_record
from ..desk import Desk
from ..made import NotThereError
from ..page import Page

PAGES = {
    "compare": "reports:compare",
    "gaps": "reports:gaps",
    "advice": "reports:advice",
    "influence": "reports:influence",
    "dossier": "reports:dossier",
    "map": "pictures:map_",
    "network": "pictures:network",
}
"""The first part of an address -> its page, which takes the parts after it: names of cities without `city/`."""
ALONE = {
    (): "start:page",
    ("search",): "start:search",
    ("question",): "library:library",
    ("world",): "pictures:world",
    ("query",): "query:page",
    ("model",): "query:model",
    ("changes",): "changes:page",
}
"""Modules are read when their page is first asked for: the start page is there before the libraries that draw."""


def page(desk: Desk) -> Page:
    """The page at an address. Raises NotThereError if there is none."""
    path = desk.wanted.path
    if path in ALONE:
        return _function(ALONE[path])(desk)
    first, *rest = path
    if first in PAGES:
        return _function(PAGES[first])(desk, tuple(rest))
    if first == "question" and len(rest) == 1:
        return _function("library:page")(desk, rest[0])
    schema = by_folder(first)
    if schema and not rest:
        return _function("lists:page")(desk, schema)
    record_id = "/".join(path)
    if schema and _is_there(desk, record_id):
        return _function("record:page")(desk, record_id)
    raise NotThereError(
        "There is no page at this address.", hint="Write a name into the search, or begin at the start."
    )


def ready() -> None:
    """Read all modules, so that the next page need not."""
    for each in (*PAGES.values(), *ALONE.values(), "record:page", "lists:page"):
        _function(each)


def _function(named: str) -> Callable[..., Page]:
    module, _, name = named.partition(":")
    found: Callable[..., Page] = getattr(import_module(f".{module}", __package__), name)
    return found


def _is_there(desk: Desk, record_id: str) -> bool:
    try:
        return holds_record(desk.store, record_id)
    except (ValueError, InputError):  # it holds what no IRI may hold
        return False
