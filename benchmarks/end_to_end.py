"""From the files to the first answer, beside what a user would take in our place: two ways, each in one run.

    python benchmarks/end_to_end.py [FOLDER OF THE WORLD DATA]

- **A property graph**: the shipped tables, the networks of 2016 and 2022 and the municipal networks, to the ten cities
  with the most sister cities, in Cypher. BioCypher writes its files, Neo4j's importer fills a database, a server starts
  and is asked. Ours resolves, keeps the claims of each source and asks the embedded graph. Goal: 3 times faster.
- **Sourced entities**: both networks, to one export. nomenklatura makes statements, is told which rows mean the same
  (by their items of Wikidata), joins them and exports entities of followthemoney; ours finds out by itself which do,
  and exports all claims as N-Quads. Goal: 4 times faster.

The measures of a network from its file, beside NetworkX, are in benchmarks/influence.py.

Every run is a process of its own. The processor's seconds are those of all processes that a way starts: what else the
machine does weighs less on them.
"""

from __future__ import annotations

import csv
import json
import os
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import world
from _common import print_table, seconds
from _processes import mapping_for, of_command, world_folder

sys.path.append(str(Path(__file__).parent.parent))


def graph_ours(data: Path, place: Path) -> str:
    """Files, claims, resolution, store, embedded graph, a question in Cypher."""
    from citydiplomacy.graph.property.embedded import EmbeddedGraph
    from citydiplomacy.graph.store.reader import Store

    world.ours([mapping_for(data, place, name) for name in world.MAPPINGS], place)
    with Store.open_folder(place / "store") as store, EmbeddedGraph.open(store) as graph:
        asked = "MATCH (c:City)-[:TWINNED_WITH]-() RETURN c.id, count(*) AS n ORDER BY n DESC LIMIT 10"
        most = graph.run(asked, timeout=600, limit=10).rows[0]
        claims = sum(entry.quads for entry in store.manifest.sources.values())
    return f"{claims:,} claims with their sources, {most[0]} has {most[1]}"


def graph_biocypher(data: Path, place: Path) -> str:
    """BioCypher's files, Neo4j's importer, a started server, a question in Cypher."""
    from tests.neo4j_server.server import Neo4jServer, import_csv

    _, given = world.biocypher(data, place, "csv")
    written = (place / "biocypher" / "neo4j-admin-import-call.sh").read_text(encoding="utf-8")
    call = next(line for line in written.splitlines() if "import full neo4j" in line)
    options = shlex.split(call.partition("import full neo4j")[2])
    options += ["--skip-bad-relationships", "--skip-duplicate-nodes", "--bad-tolerance=100000"]
    import_csv(place / "home", [], [], [*options, f"--report-file={place / 'report'}"])
    with Neo4jServer(place / "home", java=()) as server, server.driver() as driver:
        asked = "MATCH (c:City)-[:TwinnedWith]-() RETURN c.name AS name, count(*) AS n ORDER BY n DESC LIMIT 10"
        most = driver.execute_query(asked).records[0]
    return f"{given}, {most['name']} has {most['n']}"


def entities_ours(data: Path, place: Path) -> str:
    """Files, claims, resolution, store, N-Quads."""
    from citydiplomacy.graph.export.formats import FORMATS, Choice
    from citydiplomacy.graph.store import writer
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.loaders import files
    from citydiplomacy.loaders.report import LoadReport

    mappings = [mapping_for(data, place, f"wikidata-{year}/source.toml") for year in (2022, 2016)]
    countries = [folder for folder in files.shipped(world=False) if folder.name == "countries"]
    writer.build(place / "store", files.read([*countries, *mappings], report=LoadReport()))
    with Store.open_folder(place / "store") as store:
        FORMATS["nquads"].write(store, place / "all.nq", Choice())
        claims = sum(entry.quads for entry in store.manifest.sources.values())
        return f"{claims:,} claims with their sources, {sum(store.manifest.counts.values()):,} records"


def entities_nomenklatura(data: Path, place: Path) -> str:
    """Files, statements, a resolver that is told what is the same, a store, entities as lines of JSON."""
    from followthemoney import Dataset, StatementEntity
    from nomenklatura.db import make_session
    from nomenklatura.judgement import Judgement
    from nomenklatura.resolver import Resolver
    from nomenklatura.store import MemoryStore

    both = Dataset({"name": "both", "title": "Both networks"})
    years = {year: Dataset({"name": f"of{year}", "title": f"The network of {year}"}) for year in (2016, 2022)}
    both.children.update(years.values())
    session = make_session(f"sqlite:///{place / 'resolver.db'}")
    resolver: Resolver[StatementEntity] = Resolver(session, create=True)
    resolver.load_into_memory()
    seen: set[str] = set()
    told = [(year, entity) for year, entity in _entities(data)]
    for _, entity in told:
        item = entity["id"].partition("-")[2]
        if entity["schema"] == "PublicBody" and item in seen:
            resolver.decide(f"2016-{item}", f"2022-{item}", Judgement.POSITIVE)
        seen.add(item)
    store = MemoryStore(both, resolver)
    statements = 0
    with store.writer() as writer:
        for year, entity in told:
            made = StatementEntity.from_data(years[year], entity, cleaned=False)
            statements += sum(1 for _ in made.statements)
            writer.add_entity(made)
    number = 0
    with (place / "entities.json").open("w", encoding="utf-8") as out:
        for found in store.default_view().entities():
            out.write(json.dumps(found.to_dict(), ensure_ascii=False) + "\n")
            number += 1
    session.commit()
    return f"{statements:,} statements, {number:,} entities"


def _entities(data: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Both networks as entities of followthemoney, each city once a year."""
    names = dict(_rows(data / "wikidata-2016-names.tsv"))
    known: set[str] = set()
    tied: set[tuple[str, ...]] = set()

    def city(year: int, item: str, **properties: str) -> Iterator[tuple[int, dict[str, Any]]]:
        id_ = f"{year}-{item}"
        if id_ not in known:
            known.add(id_)
            told = {"wikidataId": [item], **{name: [value] for name, value in properties.items() if value}}
            yield year, {"id": id_, "schema": "PublicBody", "properties": told}

    def tie(year: int, *pair: str) -> Iterator[tuple[int, dict[str, Any]]]:
        one, other = (f"{year}-{item}" for item in pair)
        ends = {"subject": [one], "object": [other], "role": ["sister city"]}
        yield year, {"id": f"{one}--{other}", "schema": "UnknownLink", "properties": ends}

    for one, other in _rows(data / "wikidata-2016-twinned.tsv"):
        if (pair := tuple(sorted((one, other)))) not in tied:
            tied.add(pair)
            for item in pair:
                yield from city(2016, item, name=names.get(item, ""))
            yield from tie(2016, *pair)
    with (data / "wikidata-2016-2022-twinned.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            for end in "ab":
                where = f"{row[f'{end}_lat']} {row[f'{end}_lon']}".strip()
                told = {"name": row[f"{end}_label"], "country": row[f"{end}_country"], "description": where}
                yield from city(2022, row[f"{end}_wikidata"], **told)
            yield from tie(2022, *sorted((row["a_wikidata"], row["b_wikidata"])))


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            one, _, other = line.rstrip("\n").partition("\t")
            yield one, other


class Way(NamedTuple):
    """Something to reach: how many times faster than the other ours is to be, and what reaches it."""

    goal: float
    ours: Callable[[Path, Path], str]
    name: str
    other: Callable[[Path, Path], str]


WAYS = {
    "a property graph": Way(3, graph_ours, "BioCypher and Neo4j", graph_biocypher),
    "sourced entities": Way(4, entities_ours, "nomenklatura", entities_nomenklatura),
}


def main() -> None:
    """Run and print."""
    if (asked := os.environ.pop(_ASKED, None)) is not None:
        name, place, data = json.loads(asked)
        (Path(place) / "told").write_text(globals()[name](Path(data), Path(place)), encoding="utf-8")
        return
    data = world_folder(__doc__)
    rows, told = [], []
    for what, way in WAYS.items():
        found: dict[str, tuple[float, float]] = {}
        for name, work in (("ours", way.ours), (way.name, way.other)):
            with tempfile.TemporaryDirectory() as place:
                asked = json.dumps([work.__name__, place, str(data)])
                found[name] = of_command([sys.executable, __file__], {**os.environ, _ASKED: asked})
                told.append(f"{what}: {name}: {(Path(place) / 'told').read_text(encoding='utf-8')}")
        ours, other = found["ours"], found[way.name]
        for name, (clock, processor) in (("ours", ours), (way.name, other)):
            faster = [] if name == "ours" else [f"{clock / ours[0]:.2f}", f"{processor / ours[1]:.2f}"]
            goal = [] if name == "ours" else [f"{way.goal:g}"]
            rows.append([f"{what}: {name}", seconds(clock), seconds(processor), *(faster or ["", ""]), *(goal or [""])])
    print_table(["", "seconds", "processor", "times ours", "by processor", "goal"], rows)
    print("", *told, sep="\n")


_ASKED = "END_TO_END"

if __name__ == "__main__":
    main()
