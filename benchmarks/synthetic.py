"""A world of any size for the benchmarks, the same one every time: cities with their countries, and sister-city ties.

Nothing in it is true. About 17 statements a city and as many a tie, of which there are as many as cities.

    python benchmarks/synthetic.py CITIES FOLDER        writes it as a folder of tables
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Agreement, City, Country, Source
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Date, Text

COUNTRIES = 200
SISTER = "agreement-kind/sister-city"
SYLLABLES = ("ka", "ra", "mo", "shi", "ta", "be", "lu", "no", "di", "ze", "fa", "go", "ri", "sa", "pe", "vu")
PERSIAN = ("کا", "را", "مو", "شی", "تا", "به", "لو", "نو", "دی", "زه", "فا", "گو", "ری", "سا", "په", "وو")
YEARS = [Date(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in range(1950, 2020)]


def world(cities: int, name: str = "synthetic") -> SourceRecords:
    """One source that tells it all; its records are made as they are asked for, and only once."""
    source = Source(
        id=f"source/{name}", kind="evidence-kind/weak", labels=(Text(f"A made-up world of {cities} cities", "en"),)
    )
    return SourceRecords(source, records(cities))


def records(cities: int) -> Iterator[Record]:
    """All records, sorted by id."""
    for number in range(cities - 1):
        yield tie(number, number + 1 + _scattered(number) % min(cities - number - 1, 5000))
    for number in range(cities):
        yield city(number)
    for number in range(COUNTRIES):
        yield Country(id=f"country/x{number:03}", labels=(Text(f"Land {number}", "en"), Text(f"سرزمین {number}", "fa")))


def city(number: int) -> City:
    """One of the cities."""
    digits = [number >> shift & 15 for shift in (16, 12, 8, 4, 0)]
    labels = ["".join([part[digit] for digit in digits]) for part in (SYLLABLES, PERSIAN)]
    return City(
        id=f"city/c{number:07}",
        labels=(Text(labels[0].capitalize(), "en"), Text(labels[1], "fa")),
        country=f"country/x{_scattered(number) % COUNTRIES:03}",
        latitude=Decimal(_scattered(number) % 1_400_000 - 600_000).scaleb(-4),
        longitude=Decimal(_scattered(number + 1) % 3_600_000 - 1_800_000).scaleb(-4),
    )


def tie(one: int, other: int) -> Agreement:
    """The agreement of two cities; the first has the smaller number."""
    parties = (f"city/c{one:07}", f"city/c{other:07}")
    return Agreement(
        id=ids.agreement(SISTER, parties),
        kind=SISTER,
        parties=parties,
        start=YEARS[_scattered(one) % len(YEARS)],
        status="status/active",
    )


def _scattered(number: int) -> int:
    """A number that looks like chance and is not (Knuth's multiplicative hash)."""
    return (number + 1) * 2_654_435_761 % (1 << 32)


def write_tables(cities: int, folder: Path) -> None:
    """The same world as a folder of tables."""
    folder.mkdir(parents=True, exist_ok=True)
    told = world(cities)
    (folder / "source.toml").write_text(
        f'[source]\nid = "{told.source.id}"\nkind = "weak"\ntitle_en = "{told.source.label("en")}"\n', encoding="utf-8"
    )
    headers = {
        Agreement: ("agreements", "kind", "parties", "start", "status"),
        City: ("cities", "id", "label_en", "label_fa", "country", "latitude", "longitude"),
        Country: ("countries", "id", "label_en", "label_fa"),
    }
    with contextlib.ExitStack() as files:
        rows = {}
        for cls, (table, *header) in headers.items():
            path = folder / f"{table}.csv"
            rows[cls] = csv.writer(files.enter_context(path.open("w", encoding="utf-8", newline="")))
            rows[cls].writerow(header)
        for record in told.records:
            row = rows[type(record)]
            match record:
                case Agreement(start=Date(edtf=start)):
                    row.writerow(("sister-city", "|".join(record.parties), start, "active"))
                case City():
                    place = (record.country, record.latitude, record.longitude)
                    row.writerow((record.id, record.label("en"), record.label("fa"), *place))
                case _:
                    row.writerow((record.id, record.label("en"), record.label("fa")))


def main() -> None:
    """Write tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cities", type=int)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    write_tables(arguments.cities, arguments.folder)


if __name__ == "__main__":
    main()
