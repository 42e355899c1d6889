"""Reading a dump of Wikidata: lines a second, against taking every line apart, and against only unpacking it.

    python benchmarks/wikidata_dump.py

The dump is made up: entities of about 8 kB, as Wikidata's are on the average, and one in a hundred is a city. Memory is
what Python holds at its peak, for the dump and for one with half as many lines that are no cities.

The goals: at least 3 times faster than taking every line apart; memory as the cities, not as the lines.
"""

from __future__ import annotations

import gzip
import json
import tempfile
import tracemalloc
from pathlib import Path
from typing import Any

from _common import print_goals, print_table, ratio, seconds, timed

LINES, CITY_EVERY = 20_000, 100
TIMES = 3
"""The best of so many runs counts."""


def _item(number: int) -> dict[str, Any]:
    return {"entity-type": "item", "numeric-id": number, "id": f"Q{number}"}


def _statement(item: int, prop: str, value: dict[str, Any], kind: str) -> dict[str, Any]:
    snak = {"snaktype": "value", "property": prop, "hash": "0" * 40, "datavalue": {"value": value, "type": kind}}
    return {"mainsnak": snak, "type": "statement", "id": f"Q{item}${prop}-{id(value):x}", "rank": "normal"}


def entity(number: int, *, city: bool) -> bytes:
    """A line of about 8 kB: a city with a twin, or something else."""
    claims = {"P31": [_statement(number, "P31", _item(515 if city else 13442814), "wikibase-entityid")]}
    if city:
        claims["P190"] = [_statement(number, "P190", _item(number + CITY_EVERY), "wikibase-entityid")]
    for filler in range(20):
        claims[f"P{2000 + filler}"] = [_statement(number, f"P{2000 + filler}", _item(filler + 1), "wikibase-entityid")]
    labels = {lang: {"language": lang, "value": f"Thing {number}"} for lang in ("en", "fa", "de", "fr", "es", "nl")}
    told = {"type": "item", "id": f"Q{number}", "labels": labels, "descriptions": labels, "aliases": {}}
    return json.dumps({**told, "claims": claims, "sitelinks": {}}, separators=(",", ":")).encode()


def write(path: Path, lines: int) -> None:
    """A dump with LINES / CITY_EVERY cities, whatever the number of its lines."""
    every = lines * CITY_EVERY // LINES
    with path.open("wb") as file:
        file.write(b"[\n")
        for number in range(1, lines + 1):
            file.write(entity(100_000 + number * CITY_EVERY // every, city=number % every == 0) + b",\n")
        file.write(entity(99_999, city=False) + b"\n]\n")


def read(path: Path) -> int:
    """Our reading. Returns the number of cities."""
    from citydiplomacy.loaders.report import LoadReport
    from citydiplomacy.loaders.wikidata import dump, gathered

    into = gathered.Gathered()
    dump.gather(path, into, LoadReport())
    return len(into.cities)


def every_line(path: Path) -> int:
    """Every line taken apart, which is the least that a reader without a look before does."""
    with path.open("rb") as file:
        return sum(1 for line in file if len(line) > 3 and json.loads(line.rstrip(b",\n")))


def unpack(path: Path) -> int:
    """Only unpacked, into lines."""
    with gzip.open(path) as file:
        return sum(1 for _ in file)


def peak(path: Path) -> float:
    """Peak of Python's memory while we read, MiB."""
    tracemalloc.start()
    read(path)
    found = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return found


def main() -> None:
    """Run and print."""
    with tempfile.TemporaryDirectory() as folder:
        plain, packed, half = (Path(folder) / name for name in ("all.json", "all.json.gz", "half.json"))
        write(plain, LINES)
        write(half, LINES // 2)
        packed.write_bytes(gzip.compress(plain.read_bytes(), 6))
        cities = read(plain)
        calls = (lambda: read(plain), lambda: every_line(plain), lambda: read(packed), lambda: unpack(packed))
        ours, theirs, ours_packed, unpacked = (min(timed(call)[0] for _ in range(TIMES)) for call in calls)
        size = plain.stat().st_size / 2**20
        print(f"{LINES:,} lines, {size:.0f} MiB, {cities:,} cities\n")
        rows = [
            ["plain", seconds(ours), f"{LINES / ours:,.0f}", f"{size / ours:.0f}"],
            ["every line taken apart", seconds(theirs), f"{LINES / theirs:,.0f}", f"{size / theirs:.0f}"],
            ["gzip", seconds(ours_packed), f"{LINES / ours_packed:,.0f}", f"{size / ours_packed:.0f}"],
            ["only unpacked", seconds(unpacked), f"{LINES / unpacked:,.0f}", f"{size / unpacked:.0f}"],
        ]
        print_table(["reading", "seconds", "lines a second", "MiB a second"], rows)
        print(f"\ntimes faster than taking every line apart: {ratio(ours, theirs)}")
        print(f"peak memory, half of the lines and all: {peak(half):.1f} and {peak(plain):.1f} MiB")


if __name__ == "__main__":
    main()
    print_goals(__doc__)
