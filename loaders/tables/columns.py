"""Columns: what the name of a column means in the table of a record class."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.model.schema import REGISTRY, Kind, Property, RecordClass, by_table
from citydiplomacy.graph.model.table_cells import SINGULAR, column_titles

from ..cells.cells import unknown

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """What a column's name means: a property (in one language), the wording of a date, or one of `id` and `source`."""

    field: str
    """The property's name; `id`; `source`; `start_original` for the wording of `start`."""
    prop: Property | None = None
    lang: str = ""

    @property
    def many(self) -> bool:
        """Whether a cell may hold several values."""
        return self.prop is not None and self.prop.many

    @property
    def tupled(self) -> bool:
        """Whether the record keeps a tuple."""
        return self.prop is not None and (self.prop.many or self.prop.kind is Kind.TEXT)


def column(entry: RecordClass, name: str) -> ColumnMeaning:
    """What a column of a record class's table means, by its own name or by its title in English or Persian.

    Raises CellError for a name that means nothing there.
    """
    if name == "id" or (name == "source" and entry.name != "Source"):
        return ColumnMeaning(name)
    prop = entry.by_name.get(name)
    if prop is not None and prop.kind is not Kind.TEXT:
        return ColumnMeaning(name, prop)
    base, _, lang = name.partition("_")
    for prop in entry.properties:
        if prop.kind is Kind.TEXT and base == SINGULAR.get(prop.name, prop.name):
            if not lang and base == "note":
                lang = "en"
            if _LANGUAGE.fullmatch(lang):
                return ColumnMeaning(prop.name, prop, lang)
        elif prop.kind is Kind.DATE and name == f"{prop.name}_original":
            return ColumnMeaning(name)
    if own := _titled(entry, name):
        return column(entry, own)
    samples = [known.replace("<language>", "en") for known in columns(entry)]
    raise unknown("column", name, samples, "one of " + ", ".join(columns(entry)))


def columns(entry: RecordClass) -> list[str]:
    """The columns that a record class's table can have, in order; texts as `label_<language>`."""
    names = ["id"]
    for prop in entry.properties:
        text = prop.kind is Kind.TEXT
        names.append(f"{SINGULAR.get(prop.name, prop.name)}_<language>" if text else prop.name)
        if prop.kind is Kind.DATE:
            names.append(f"{prop.name}_original")
    return names if entry.name == "Source" else [*names, "source"]


def table(name: str) -> RecordClass | None:
    """The class whose table has a name: its own, or that of the class in English or Persian."""
    return by_table(name) or _classes().get(fold(name))


def _titled(entry: RecordClass, name: str) -> str:
    """The own name of a column that is called by its title, `نام (fa)` for `label_fa`; empty if it is none."""
    titles = _titles(entry)
    base, _, lang = name.removesuffix(")").partition(" (")
    if fold(name) in titles:
        return titles[fold(name)]
    return f"{titles[fold(base)]}_{lang}" if fold(base) in titles and _LANGUAGE.fullmatch(lang) else ""


@cache
def _titles(entry: RecordClass) -> dict[str, str]:
    return {fold(title): name for lang in ("en", "fa") for name, title in column_titles(entry, lang)}


@cache
def _classes() -> dict[str, RecordClass]:
    return {fold(entry.label(lang)): entry for entry in REGISTRY.values() for lang in ("en", "fa")}
