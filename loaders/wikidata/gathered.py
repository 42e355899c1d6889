"""What was read of Wikidata so far: items and their statements, from however many rows, pages or lines."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from citydiplomacy.graph.language.text import normalize
from citydiplomacy.graph.model.values import Date, Text

from ..cells.cells import CellError, plain

TWIN, MEMBER, POPULATION = "P190", "P463", "P1082"
"""The properties whose statements are gathered: twinned with, member of, population."""
START, END, POINT = "P580", "P582", "P585"
"""The qualifiers that are read: start time, end time, point in time."""
DATES = (START, END, POINT)

LANGUAGES = ("en", "fa", "mul")
"""Languages of names that are kept; `mul` is Wikidata's mark of a name for all languages."""

_LANG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*")


@dataclass(slots=True)
class Statement:
    """What an item says with one property, with qualifiers and references. Deprecated ones are never gathered."""

    id: str
    teller: str
    """The item on whose page it stands."""
    property: str
    value: str | Decimal
    """An item, or a number of people."""
    preferred: bool = False
    dates: dict[str, set[Date]] = field(default_factory=dict)
    """By qualifier."""
    cited: set[str] = field(default_factory=set)
    """Addresses of references: pages, and items that it is stated in."""


@dataclass(slots=True)
class Item:
    """What is known of an item itself."""

    labels: dict[str, Text] = field(default_factory=dict)
    aliases: set[Text] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    places: set[tuple[Decimal, Decimal]] = field(default_factory=set)
    """Latitude and longitude, degrees."""

    def name(self, value: str, lang: str) -> bool:
        """Take a name in a language; the first stands, another is an alias. Returns whether it was new. Raises
        CellError.
        """
        text = _text(value, lang)
        held = self.labels.setdefault(lang, text)
        return held is text or (held != text and self.alias(value, lang))

    def alias(self, value: str, lang: str) -> bool:
        """Take another name. Returns whether it was new. Raises CellError."""
        before = len(self.aliases)
        self.aliases.add(_text(value, lang))
        return len(self.aliases) > before


@dataclass(slots=True)
class Gathered:
    """Everything read of one source."""

    items: defaultdict[str, Item] = field(default_factory=lambda: defaultdict(Item))
    cities: set[str] = field(default_factory=set)
    organizations: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)
    """ISO 3166-1 codes of countries, by item."""
    statements: dict[str, Statement] = field(default_factory=dict)
    """By id."""
    heard: set[str] = field(default_factory=set)
    """Cities whose own twin towns were all read: what they do not name they do not tell."""

    def add(self, told: Statement) -> bool:
        """Take in a statement, or more of it. Returns whether it is new."""
        held = self.statements.setdefault(told.id, told)
        if held is told:
            return True
        for qualifier, dates in told.dates.items():
            held.dates.setdefault(qualifier, set()).update(dates)
        held.cited |= told.cited
        return False


def _text(value: str, lang: str) -> Text:
    if not _LANG.fullmatch(lang):
        raise CellError(f"not a language: {lang!r}"[:60], expected="a code such as en or fa")
    tidy = plain(value.strip())
    return Text(normalize(tidy) if lang == "fa" else tidy, lang)
