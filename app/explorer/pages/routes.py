"""Which page stands at which address."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph.model.schema import by_folder
from citydiplomacy.queries.library import catalogue

from ...naming import holds_record
from ..address import PageWanted
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
FIELDS = {
    "compare": ("city",),
    "gaps": ("city",),
    "advice": ("city",),
    "influence": ("city", "network"),
    "dossier": ("city",),
    "map": ("city",),
    "network": ("city", "depth", "look"),
    "search": ("q",),
    "query": ("sparql", "cypher", "language", "values", "from"),
    "changes": ("since",),
}
"""The first part of an address -> what its query can tell, beside a date and what is asked of a table."""
OF_TABLES = ("table", "sort", "find", "page", "all")


def page(desk: Desk) -> Page:
    """The page at an address. Raises NotThereError if there is none, and UsageError for a field of its query that it
    does not have: passed over, it would be taken for answered.
    """
    found = _page(desk)
    _check_fields(desk.wanted)
    _check_table(found)
    return found


def _check_fields(wanted: PageWanted) -> None:
    first, *rest = wanted.path or ("",)
    own = [each.name for each in catalogue.question(rest[0]).parameters] if first == "question" and rest else []
    known = ("at", *own, *FIELDS.get(first, ()), *OF_TABLES)
    for name, _ in wanted.query:
        if name not in known and not name.startswith("f."):
            raise UsageError(
                f"This page has no field {name!r} in its address.", hint=f"It has {', '.join(known)} and f.COLUMN."
            )


def _check_table(found: Page) -> None:
    keys = [part.key for part in found.parts]
    key = found.wanted.value("table")
    if key and keys and key not in keys:
        raise UsageError(f"This page has no table {key!r}.", hint=f"It has {', '.join(keys)}.")
    of_one = [name for name, _ in found.wanted.query if name in ("sort", "find") or name.startswith("f.")]
    if of_one and not key and len(keys) > 1:
        raise UsageError(f"{of_one[0]!r} is of one table.", hint=f"Say table= which: {', '.join(keys)}.")


def _page(desk: Desk) -> Page:
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
