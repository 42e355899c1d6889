"""The whole world in one store: the shipped data, the networks of 2016 and 2022, and the 59 municipal networks.

    python benchmarks/world.py [FOLDER OF THE WORLD DATA]

Ours reads the files by the mappings of this folder, finds out which rows mean the same city, and writes the store: each
claim in the graph of its source, the merged view, indexes. BioCypher, if it is installed (pip install biocypher
pyarrow), is given the same files, the shipped tables among them, by an adapter of csv readers, and writes its own
output: Parquet files for Neo4j's importer, without claims, resolution or indexes. Ours is therefore told twice: the
whole way, and as far as BioCypher goes, to a file. Each in a process of its own, by turns; the figures are medians.
The goal: BioCypher takes at least 5 times as long.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import importlib.util
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from _common import print_goals, print_table, seconds
from _processes import by_turns, in_folder_of_its_own, mapping_for, world_folder

RUNS = 3
MAPPINGS = (
    "wikidata-2022/source.toml",  # first, since it alone has countries and coordinates, by which cities are known
    "wikidata-2016/source.toml",
    "etmun/organisations.toml",
    "etmun/memberships.toml",
    "etmun/populations.toml",
)


def ours(mappings: list[Path], place: Path) -> tuple[float, str]:
    """From the files to the store. Returns the seconds, and what the store holds."""
    from citydiplomacy.graph.store import writer
    from citydiplomacy.loaders import files
    from citydiplomacy.loaders.report import LoadReport

    start = time.perf_counter()
    manifest = writer.build(place / "store", files.read([*files.shipped(world=False), *mappings], report=LoadReport()))
    taken = time.perf_counter() - start
    return (
        taken,
        f"{sum(manifest.counts.values()):,} records, {sum(e.quads for e in manifest.sources.values()):,} claims",
    )


def ours_as_text(mappings: list[Path], place: Path) -> tuple[float, str]:
    """From the files to a file of N-Quads, nothing resolved: as far as BioCypher goes."""
    from citydiplomacy.graph.store.source_stream import Feed
    from citydiplomacy.loaders import files
    from citydiplomacy.loaders.report import LoadReport

    start = time.perf_counter()
    feed = Feed(dt.date.today())
    with (place / "all.nq").open("wb") as file:
        for path in [*files.shipped(world=False), *mappings]:
            for told in files.load(path, report=LoadReport()):
                file.writelines(own for _, own, _ in feed.source(told))
    return time.perf_counter() - start, f"{sum(entry.quads for entry in feed.entries.values()):,} claims"


# --- BioCypher --------------------------------------------------------------------------------------------------------

CONFIGURATION = """
biocypher: {dbms: neo4j, offline: true, strict_mode: false, head_ontology: null, log_to_disk: false, debug: false}
neo4j: {database_name: neo4j, wipe: true, file_format: %s}
"""


def biocypher(world: Path, place: Path, form: str = "parquet") -> tuple[float, str]:
    """From the files to Parquet, or CSV, for Neo4j's importer."""
    os.chdir(place)
    logging.disable()
    schema, configuration = place / "schema.yaml", place / "configuration.yaml"
    schema.write_text(_schema(), encoding="utf-8")
    configuration.write_text(CONFIGURATION % form, encoding="utf-8")
    numbers = {"nodes": 0, "edges": 0}

    def counted(kind: str, rows: Iterator[Any]) -> Iterator[Any]:
        for row in rows:
            numbers[kind] += 1
            yield row

    start = time.perf_counter()
    with contextlib.redirect_stdout(None):
        from biocypher import BioCypher

        graph = BioCypher(
            biocypher_config_path=str(configuration),
            schema_config_path=str(schema),
            output_directory=str(place / "biocypher"),
        )
        graph.write_nodes(counted("nodes", _nodes(world)))
        graph.write_edges(counted("edges", _edges(world)))
        graph.write_import_call()
    return time.perf_counter() - start, f"{numbers['nodes']:,} nodes and {numbers['edges']:,} edges given"


NODES = {"cities": "city", "organizations": "organization", "countries": "country", "observations": "observation"}
EDGES = {"memberships": "member of", "agreements": "twinned with"}
PROPERTIES = {
    "city": ("name", "country", "latitude", "longitude", "same"),
    "organization": ("name", "acronym", "founded"),
    "country": ("name",),
    "observation": ("area", "value"),
    "member of": ("role", "since", "status", "source"),
    "twinned with": ("attested", "status", "source"),
}


def _schema() -> str:
    lines = []
    for name, properties in PROPERTIES.items():
        edge = name in EDGES.values()
        lines += [f"{name}:", f"  represented_as: {'edge' if edge else 'node'}", f"  input_label: {name}"]
        lines += ["  preferred_id: id"] if not edge else ["  source: city", "  target: city"]
        lines += ["  properties:", *(f"    {each}: str" for each in properties)]
    return "\n".join(lines)


def _rows(path: Path, delimiter: str = ",", **options: Any) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter, **options)


def _shipped(table: str) -> Iterator[dict[str, str]]:
    from citydiplomacy.loaders import files

    for folder in files.shipped(world=False):
        if (folder / f"{table}.csv").is_file():
            yield from _rows(folder / f"{table}.csv")


def _nodes(world: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for row in _shipped("countries"):
        yield row["id"], "country", {"name": row.get("label_en")}
    for row in _shipped("cities"):
        yield row["id"], "city", {"name": row.get("label_en"), "country": row.get("country")}
    for row in _shipped("organizations"):
        yield row["id"], "organization", {"name": row.get("label_en"), "acronym": row.get("acronym", "")}
    for number, row in enumerate(_shipped("observations")):
        yield f"observation-{number}", "observation", {"area": row.get("area"), "value": row.get("value")}
    for row in _rows(world / "wikidata-2016-names.tsv", "\t", fieldnames=["item", "label"], quoting=csv.QUOTE_NONE):
        yield row["item"], "city", {"name": row["label"], "same": row["item"]}
    for row in _rows(world / "wikidata-2016-2022-twinned.tsv", "\t"):
        for end in "ab":
            place = {"latitude": row[f"{end}_lat"], "longitude": row[f"{end}_lon"], "country": row[f"{end}_country"]}
            yield row[f"{end}_wikidata"], "city", {"name": row[f"{end}_label"], **place}
    for row in _rows(world / "etmun-organisations.tsv", "\t"):
        properties = {"name": row["name"], "acronym": row["acronym"], "founded": row["founded"]}
        yield row["code"], "organization", properties
    for row in _rows(world / "etmun-memberships.csv", ";"):
        place = {"latitude": row["lat"], "longitude": row["lon"], "country": row["CountryCode"]}
        yield row["MembershipCode"], "city", {"name": row["Full_Name"], **place}
        yield (
            f"population-{row['MembershipCode']}",
            "observation",
            {"area": row["Full_Name"], "value": row["Pop_collect"]},
        )


def _edges(world: Path) -> Iterator[tuple[None, str, str, str, dict[str, Any]]]:
    for row in _shipped("memberships"):
        properties = {
            "role": row.get("role"),
            "since": row.get("start"),
            "status": row.get("status"),
            "source": row.get("source"),
        }
        yield None, row["member"], row["organization"], "member of", properties
    for row in _shipped("agreements"):
        one, other = row["parties"].split("|")[:2]
        yield None, one, other, "twinned with", {"status": row.get("status"), "source": row.get("source")}
    for row in _rows(world / "wikidata-2016-twinned.tsv", "\t", fieldnames=["one", "other"]):
        yield None, row["one"], row["other"], "twinned with", {"attested": "2016-09", "source": "2016"}
    for row in _rows(world / "wikidata-2016-2022-twinned.tsv", "\t"):
        yield None, row["a_wikidata"], row["b_wikidata"], "twinned with", {"attested": row["in_2022"], "source": "2022"}
    for row in _rows(world / "etmun-memberships.csv", ";"):
        properties = {"role": row["Statut"], "since": row["Year_of_Joining"], "source": "etmun"}
        yield None, row["MembershipCode"], row["Code_Network"], "member of", properties


def main() -> None:
    """Run and print."""
    world = world_folder(__doc__)
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        mappings = [mapping_for(world, base, name) for name in MAPPINGS]
        contestants: dict[str, tuple[Any, Any]] = {
            "ours, to the store": (ours, mappings),
            "ours, to N-Quads": (ours_as_text, mappings),
        }
        if importlib.util.find_spec("biocypher"):
            contestants["BioCypher"] = (biocypher, world)
        works = {name: in_folder_of_its_own(base, name, *work) for name, work in contestants.items()}
        found = by_turns(works, RUNS)
    own = found["ours, to the store"].seconds
    rows = [
        [name, seconds(run.seconds), seconds(run.processor), f"{run.seconds / own:.2f}", f"{run.megabytes:.0f}"]
        for name, run in found.items()
    ]
    print_table(["", "seconds", "processor", "times ours", "peak MB"], rows)
    for name, run in found.items():
        print(f"{name}: {run.result}")
    if "BioCypher" not in found:
        print("BioCypher is not installed: pip install biocypher pyarrow")


if __name__ == "__main__":
    main()
    print_goals(__doc__)
