"""The cities of a list, on one side of its ties or on both: their ids, names, countries and places."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.model.ids import slug

from ..cells.cells import ERRORS
from ..cells.coordinates import AXES
from ..cells.countries import country_id, is_doubtful
from ..cells.known_places import lies_in
from ..layout.cell_kinds import all_cells, cells_of, is_country
from ..layout.inside import BETWEEN, MARKED, PLAIN_NAME, Inside, inside, is_named
from ..layout.told_sides import lying
from ..list_words.cell_words import is_unknown
from ..list_words.column_names import FIRST, SECOND
from ..list_words.headers import meaning
from .life import begin, date
from .lists import ListPart
from .recognition import key
from .writing import Doubt, MappingText, quoted, table

WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"
_ITEM = {"pattern": r"[Qq]\d+", "slug": True}


@dataclass(frozen=True, slots=True)
class Side:
    """The cities of one side."""

    part: ListPart
    side: int
    source: str
    """The id of the list, which its own ids begin with."""
    own_id: str = ""
    """How its ids are made, where that is known."""
    like: Sequence[str] = ()
    """Names by which those of this side are taken apart, if these are more: of all columns of partners."""

    def name(self, what: str) -> str:
        """The column of something on this side, empty if there is none."""
        return self.part.found.get(key(what, self.side), "")

    def cells(self, what: str) -> list[str]:
        """Its cells that say anything."""
        return self.part.cells(key(what, self.side))

    @property
    def there(self) -> bool:
        """Whether there are cities on this side."""
        return bool(self.name("city") or self.name("wikidata"))

    @property
    def has_items(self) -> bool:
        """Whether every city has its Wikidata item, so that ids can be made of them."""
        return self._whole("wikidata")

    @property
    def inside(self) -> Inside | None:
        """How its names and their countries are taken apart, `Lahore, Pakistan`; None if they stand apart."""
        return None if self.name("country") else inside(self.like or self.cells("city"))

    def _whole(self, what: str) -> bool:
        """Whether a column says something wherever the side says anything."""
        if not self.name(what):
            return False
        at, of = self.part.header.index(self.name(what)), self.name("city") or self.name(what)
        named = self.part.header.index(of)
        return len(cells_of(self.part.rows, at)) > 0 and all(
            row[at].strip() for row in self.part.rows if row[named].strip()
        )

    def id(self, *, items: bool) -> str:
        """How the id of a city is made: of its Wikidata item, of a number of the list's own for it, or of its name with
        region and country, marked as this list's own. items: every city of the ties has its item."""
        if self.own_id:
            return self.own_id
        if items:
            return table({"column": self.name("wikidata"), **_ITEM})
        own = {"slug": True, "prefix": f"{self.source}-"}
        columns = [column for what in ("city", "region", "country") if (column := self.name(what))]
        if self._numbers():
            columns = [self.name("id")]
        if not columns:
            return table({"column": self.name("wikidata"), **_ITEM})
        if len(columns) > 1:
            return table({"columns": columns, "join": " ", **own})
        marked = {"pattern": PLAIN_NAME} if any(MARKED.search(cell) for cell in self.cells("city")) else {}
        return table({"column": columns[0], **marked, **own})

    def _numbers(self) -> bool:
        """Whether a column numbers the cities: it is full, and each number goes with one name."""
        if not self._whole("id") or not self.name("city"):
            return False
        at, of = (self.part.header.index(self.name(what)) for what in ("id", "city"))
        names: dict[str, str] = {}
        for row in self.part.rows:
            if names.setdefault(slug(row[at]), row[of].strip()) != row[of].strip() or not slug(row[at]):
                return False
        unique = len(names) == len(self.part.rows)
        return unique != bool(self.part.found.keys() & {"partner city", "partner wikidata", "network"})

    def write(self, text: MappingText, *, items: bool) -> None:
        """The columns of a table of cities."""
        text.add("columns.id", self.id(items=items))
        apart = self.inside
        if label := self.name("city"):
            cells = self.cells("city")
            arabic = any(re.search("[ةإ]", cell) for cell in (*cells, *self.part.header))
            persian = not arabic and all_cells(cells, lambda cell: bool(re.search("[\u0600-\u06ff]", cell)), 0.5)
            pattern = apart.name if apart else PLAIN_NAME if any(MARKED.search(cell) for cell in cells) else ""
            value = table({"column": label, "pattern": pattern}) if pattern else quoted(label)
            lang = "fa" if persian else "und"
            text.add(f"columns.label_{lang}", value, Doubt.NAMES if apart else Doubt.LANGUAGE)
            if apart and any((told := re.match(BETWEEN, cell)) and told[1] for cell in cells):
                text.add(f"columns.alias_{lang}", table({"column": label, "pattern": BETWEEN}))
        self._matches(text)
        if apart:
            pairs = [apart.parts(cell) for cell in self.cells("city")]
            codes = any(len(country) == 2 for _, country in pairs) and all(is_country(country) for _, country in pairs)
            is_one = is_country if codes else is_named
            self._country(text, {"column": label, "pattern": apart.country}, pairs, Doubt.NAMES, is_one)
        elif country := self.name("country"):
            doubt = Doubt.WHOSE if self.doubtful("country") else None
            named, of = (self.part.header.index(name) for name in (self.name("city") or country, country))
            self._country(text, {"column": country}, [(row[named], row[of].strip()) for row in self.part.rows], doubt)
        if self.name("region"):
            text.add("columns.region", self._region_id())
        for axis in AXES:
            if self.name(axis):
                picture = fold(self.name(axis)) in ("x", "y")
                text.add(f"columns.{axis}", quoted(self.name(axis)), Doubt.PLACES if picture else None)
            elif at := self.name("coordinates"):
                text.add(f"columns.{axis}", table({"column": at, "coordinates": True}), Doubt.PLACES)

    def _region_id(self) -> str:
        columns = [column for what in ("region", "country") if (column := self.name(what))]
        return table({"columns": columns, "join": " ", "slug": True, "prefix": f"{self.source}-"})

    def write_regions(self, text: MappingText) -> None:
        """The columns of a table of the states or provinces that its cities lie in."""
        text.add("columns.id", self._region_id())
        text.add("columns.label_und", quoted(self.name("region")), Doubt.LANGUAGE)
        if country := self.name("country"):
            at = self.part.header.index(country)
            self._country(text, {"column": country}, [("", row[at].strip()) for row in self.part.rows], None)

    def doubtful(self, what: str) -> bool:
        """Whether nothing says of which side a column tells: it bears no side, and stands after both, or between both
        though no city of this side is known to lie there."""
        other = Side(self.part, SECOND if self.side == FIRST else FIRST, self.source)
        if not other.there or other.name(what):
            return False
        found, place = meaning(self.name(what)), self.part.header.index
        ends = [place(side.name("city") or side.name("wikidata")) for side in (self, other)]
        if found is not None and found.side:
            return False
        at = place(self.name(what))
        return at > max(ends) or (at > min(ends) and not lying(self.part.rows, ends[0], at)[0])

    def _matches(self, text: MappingText) -> None:
        if item := self.name("wikidata"):
            text.add("columns.exact_match", table({"column": item, "pattern": r"Q\d+", "prefix": WIKIDATA}))
        elif number := self.name("geonames"):
            address = {"column": number, "map": {}, "else": "{word}/", "prefix": GEONAMES}
            text.add("columns.exact_match", table(address))

    @staticmethod
    def _country(
        text: MappingText,
        column: dict[str, object],
        pairs: Sequence[tuple[str, str]],
        doubt: Doubt | None,
        is_one: Callable[[str], bool] = is_country,
    ) -> None:
        """pairs: of a city and what stands for its country."""
        doubtful = set(filter(is_doubtful, {cell for _, cell in pairs}))
        elsewhere = {cell for city, cell in pairs if cell in doubtful and lies_in(city, cell) is False}
        cells = [cell for _, cell in pairs if cell and cell not in ERRORS and not is_unknown(cell)]
        more, unsure = countries(cells, lambda cell: is_one(cell) and cell not in elsewhere)
        text.add("columns.country", table({**column, **more, "country": True}), unsure or doubt)


def countries(
    cells: Sequence[str], is_one: Callable[[str], bool] = is_country
) -> tuple[dict[str, object], Doubt | None]:
    """How cells are read that should name countries: those of doubt are asked, one by one, and so are those that name
    none."""
    words: dict[str, list[str]] = {}
    for cell in sorted(set(cells)):
        if not is_one(cell) or fold(cell) in _TWO:
            words.setdefault("", []).append(cell)
        elif is_doubtful(cell):
            words.setdefault(country_id(cell).partition("/")[2], []).append(cell)
    if not words:
        return {}, None
    doubtful = any(map(is_doubtful, cells))
    return {"map": words, "else": "{word}"}, Doubt.WHICH if doubtful else Doubt.COUNTRY


_TWO = frozenset(map(fold, ("Congo", "Kongo", "کنگو", "Korea", "Corée", "کره")))
"""Names of which nobody can say without asking which of two countries they are."""


def populations(part: ListPart, side: Side, items: bool, text: MappingText) -> None:
    if not side.name("population"):
        return
    begin(part, "observations", text)
    text.add("columns.area", side.id(items=items))
    text.add("columns.value", quoted(side.name("population")))
    if "start" in part.found and not _tied(part):
        date(text, "period", part.found["start"], part.cells("start"))
    text.add("constants", table({"measure": "population", "locators": "row {row}"}), Doubt.MEASURE)


def _tied(part: ListPart) -> bool:
    return bool(part.found.keys() & {"partner city", "partner wikidata", "network", "joined"})
