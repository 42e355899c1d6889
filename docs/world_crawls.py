"""The two crawls of Wikidata that world_tables.py reads, and which of their items are one city."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from citydiplomacy.graph.model.schema import Record
from citydiplomacy.loaders import geonames
from citydiplomacy.loaders.cells.cells import CellError
from citydiplomacy.loaders.cells.countries import country_id
from citydiplomacy.loaders.names.likeness import Forms, NameLikeness
from citydiplomacy.loaders.resolution.background import Background, frequencies
from citydiplomacy.loaders.resolution.candidates import pairs
from citydiplomacy.loaders.resolution.match_records import in_words
from citydiplomacy.loaders.resolution.matching import match
from citydiplomacy.loaders.resolution.profiles import ToldCity, profiles
from citydiplomacy.loaders.resolution.scoring import SURE, Level, Score, score

DATA = Path(__file__).parents[1] / "loaders" / "data"
ENTITY = "http://www.wikidata.org/entity/"
NO_CITIES = {
    "Q6579317": "a nebula of a television series",
    "Q15659": "a river",
    "Q34119": "a language",
}
"""Items that are no city, no country and no territory, and what they are."""
LANDS = {
    **{"Q114": "ke", "Q241": "cu", "Q678": "to", "Q683": "ws", "Q763": "kn", "Q778": "bs", "Q804": "pa", "Q965": "bf"},
    **{"Q1013": "ls", "Q1028": "ma", "Q1042": "sc", "Q25230": "gg", "Q26273": "sx"},
}
"""Items that are a country of ISO 3166-1: a party to ties as what it is."""
OTHER_PLACES = {"city/q1136118", "city/q9679", "city/q210636", "city/q1770698", "city/q201149"}
"""Torbay, the Isle of Wight, Príncipe, the Sangha, Fife: the place of GeoNames that alone bears the name is another."""
DECLARED = ("The shipped tables give the city this item.", "جدول‌های همراه همین آیتم را برای شهر آورده‌اند.")
COUNTRIES = {
    "Republic of Ireland": "ie",
    "Palestinian National Authority": "ps",
    "West Bank": "ps",
    "Gaza Strip": "ps",
    "israel🇮🇱🇮🇱": "il",
}
"""Countries that the crawl calls by names that nobody else does; those of no code of ISO 3166-1 are left open."""


@dataclass
class Item:
    """An item of Wikidata, as the crawls tell it."""

    number: str
    name: str = ""
    """Of 2016, in a language that is not told."""
    label: str = ""
    """Of 2022, English."""
    country: str = ""
    latitude: str = ""
    longitude: str = ""
    partners: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        return f"city/{self.number.lower()}"


class World:
    """The crawls, and what was found of their cities."""

    def __init__(self, folder: Path) -> None:
        self.left_out: Counter[str] = Counter()
        self.items: dict[str, Item] = {}
        self.ties: dict[str, set[tuple[str, str]]] = {"2016": set(), "2022": set()}
        self.one_sided: dict[tuple[str, str], str] = {}
        names = dict(_rows(folder / "wikidata-2016-names.tsv"))
        for a, b in _rows(folder / "wikidata-2016-twinned.tsv"):
            pair = min(a, b), max(a, b)
            self.one_sided[pair] = "" if self.one_sided.get(pair, a) != a else a
        header, *rows = _rows(folder / "wikidata-2016-2022-twinned.tsv")
        for row in (dict(zip(header, cells, strict=True)) for cells in rows):
            self._take(row)
        for number, item in self.items.items():
            item.name = names.get(number, "")

    def _take(self, row: dict[str, str]) -> None:
        a, b = row["a_wikidata"], row["b_wikidata"]
        if a == b:
            self.left_out["ties of a city with itself"] += 1
        elif (no_city := NO_CITIES.get(a) or NO_CITIES.get(b)) is not None:
            self.left_out[f"ties with what is no city, but {no_city}"] += 1
        else:
            for end, number in (("a", a), ("b", b)):
                if number in LANDS:
                    continue
                item = self.items.setdefault(number, Item(number))
                item.partners |= {a, b} - {number} - LANDS.keys()
                if row[f"{end}_country"]:  # told by the query of 2022 alone, and so is the English label
                    item.country = self._country(row[f"{end}_country"], number)
                    item.label, item.latitude, item.longitude = (row[f"{end}_{of}"] for of in ("label", "lat", "lon"))
            pair = min(a, b), max(a, b)
            if row["directions_2016"] != "0":
                self.ties["2016"].add(pair)
            if row["in_2022"] == "1":
                self.ties["2022"].add(pair)

    def _country(self, name: str, number: str) -> str:
        try:
            return COUNTRIES.get(name) or country_id(name).removeprefix("country/")
        except CellError:
            if not self.items[number].label:
                self.left_out[f"countries without a code of ISO 3166-1: {name}"] += 1
            return ""


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


# --- which city is it? ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """A match, as a row of matches.csv."""

    one: str
    other: str
    verdict: str
    weight: str
    reason_en: str
    reason_fa: str


def _judged(one: str, other: str, verdict: str, scored: Score) -> Judged:
    weight = str(round(scored.weight, 1))
    return Judged(one, other, verdict, weight, in_words(scored, "en"), in_words(scored, "fa"))


class Identities:
    """Under which id each item is told, and why."""

    def __init__(self, world: World, known: Sequence[ToldCity]) -> None:
        self.judged: dict[tuple[str, str], Judged] = {}
        self.name = {item.id: item.id for item in world.items.values()}
        self._items = {item.id: item for item in world.items.values()}
        self._decided()
        alone = [profile_of(item) for item in world.items.values()]
        placed = profiles(geonames_of(alone))
        of_geonames = {city.ids[0]: city for city in placed}
        alone = [_placed(city, of_geonames.get(city.ids[0])) for city in alone]
        self._declared(known)
        self._among_items(alone)
        self._among_known(alone, known)

    def _decided(self) -> None:
        with Path(__file__).with_name("world_decisions.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                one, other = (name if "/" in name else f"city/{name}" for name in (row["one"], row["other"]))
                self._judge(Judged(one, other, row["verdict"], "", row["reason_en"], row["reason_fa"]))

    def _judge(self, judged: Judged) -> None:
        key = min(judged.one, judged.other), max(judged.one, judged.other)
        if self.judged.setdefault(key, judged) is judged and judged.verdict == "same":
            stands, goes = self.of(judged.other), self.of(judged.one)
            self.name.update({name: stands for name, at in self.name.items() if at == goes})

    def of(self, name: str) -> str:
        """The id under which an id is told."""
        return self.name.get(name, name)

    def _declared(self, known: Iterable[ToldCity]) -> None:
        """An item whose address a city of the shipped tables bears is that city."""
        for city in known:
            numbers = {address.removeprefix(ENTITY) for address in city.addresses if address.startswith(ENTITY)}
            for item in sorted(self._items.keys() & {f"city/{number.lower()}" for number in numbers}):
                if self.of(item) == item:
                    self._judge(Judged(item, city.ids[0], "same", "", *DECLARED))

    def _among_items(self, alone: Iterable[ToldCity]) -> None:
        """Items of one name in one place are one city; what has the name and a partner in common may be."""
        # Told by a crawl each, not by one list.
        cities = [replace(city, addresses=frozenset(), known=True, read=True) for city in alone]
        counted = Background(frequencies(cities))
        for one, other in pairs(cities, counted):
            a, b = sorted((self._items[cities[i].ids[0]] for i in (one, other)), key=lambda item: len(item.partners))
            scored = score(cities[one], cities[other], counted)
            if scored is None or b.number in a.partners:
                continue
            if scored.weight >= SURE:
                self._judge(_judged(a.id, b.id, "same", scored))
            elif (
                _of_one_name(scored)
                and _kinds(cities[one]) == _kinds(cities[other])
                and not (cities[one].place and cities[other].place)
                and a.partners & b.partners
            ):
                self._judge(_judged(a.id, b.id, "unsure", scored))

    def _among_known(self, alone: Iterable[ToldCity], known: Sequence[ToldCity]) -> None:
        told = {at for name, at in self.name.items() if name != at}
        different = {pair for pair, judged in self.judged.items() if judged.verdict != "same"}
        new = [city for city in alone if self.of(city.ids[0]) == city.ids[0]]
        matching = match((city for city in known if city.ids[0] not in told), new, different, {c.ids[0] for c in known})
        for one, (other, scored) in matching.same.items():
            self._judge(_judged(one, other, "same", scored))
        for (one, other), scored in matching.waiting.items():
            if _of_one_name(scored) and self.of(one) == one:
                self._judge(_judged(one, other, "unsure", scored))


def _of_one_name(scored: Score) -> bool:
    """Whether two have one name, of one kind, and nothing else speaks against them but that one is taken."""
    if any(isinstance(reason.level, Forms) for reason in scored.reasons):
        return False
    objected = sum(reason.weight for reason in scored.reasons if reason.level is Level.TAKEN)
    return scored.weight - objected >= 0 and scored.reasons[0].level in (NameLikeness.SAME, NameLikeness.BARE)


def _kinds(city: ToldCity) -> set[frozenset[str]]:
    return {name.kinds for name in city.spelled}


def profile_of(item: Item) -> ToldCity:
    return ToldCity(
        (item.id,),
        tuple(sorted({item.name, item.label} - {""})),
        f"country/{item.country}" if item.country else None,
        (float(item.latitude), float(item.longitude)) if item.latitude else None,
        addresses=frozenset({ENTITY + item.number}),
    )


def _placed(city: ToldCity, found: ToldCity | None) -> ToldCity:
    """A city with what GeoNames says of it, where the crawl says nothing."""
    if found is None:
        return city
    return replace(
        city,
        country=city.country or found.country,
        place=city.place or found.place,
        population=found.population,
        addresses=city.addresses | found.addresses,
    )


def geonames_of(cities: Iterable[ToldCity]) -> list[Record]:
    """What GeoNames says of those that surely are one of its places."""
    asked = [city for city in cities if city.ids[0] not in OTHER_PLACES]
    return list(geonames.read(asked, {f"country/{code}" for code in _codes()}).records)


def _codes() -> list[str]:
    with (DATA / "countries" / "countries.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]
