"""The property graph as Parquet: all of it, in columns that stay, the same bytes every time."""

from __future__ import annotations

import io
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from citydiplomacy.graph.export import external_sort, parquet
from citydiplomacy.graph.export.parquet import NODES, TIES, columns, write_parquet
from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.property import projection
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store

from ..conftest import source, told


@pytest.fixture(scope="module")
def store(shipped: Path) -> Iterator[Store]:
    with Store.open_folder(shipped) as opened:
        yield opened


def written(store: Store) -> tuple[bytes, bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_parquet(store, folder)
        return (folder / NODES).read_bytes(), (folder / TIES).read_bytes()


def rows(data: bytes) -> list[dict[str, Any]]:
    """Rows without the cells that are empty."""
    read = pq.read_table(io.BytesIO(data)).to_pylist()
    return [{name: value for name, value in row.items() if value is not None} for row in read]


def test_all_nodes_and_relationships_but_claims_are_there_with_all_their_properties(store: Store) -> None:
    graph = projection.project(store)
    nodes, ties = map(rows, written(store))
    wanted = {(node.label, node.id): node.properties for node in graph.nodes if node.label != "Claim"}
    found = {(row.pop("class"), row["id"]): row for row in nodes}
    assert found.keys() == wanted.keys()
    for key, properties in wanted.items():
        assert found[key].items() >= properties.items()
    assert found["City", "city/mashhad"]["country"] == "country/ir"
    known = Counter(
        repr((tie.type, tie.start[1], tie.end[1], sorted(tie.properties.items())))
        for tie in graph.relationships
        if tie.type not in {"CLAIMS", "STATED_BY"}
    )
    assert known == Counter(
        repr((row.pop("type"), row.pop("source"), row.pop("target"), sorted(row.items()))) for row in ties
    )


def test_the_same_store_gives_the_same_bytes_in_row_groups(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS", 500)
    first = written(store)
    assert first == written(store)
    assert pq.ParquetFile(io.BytesIO(first[0])).num_row_groups > 3


def test_columns_do_not_depend_on_the_data_but_for_languages(store: Store, tmp_path: Path) -> None:
    city = City(id="city/a", labels=(Text("Édesse", "fr"), Text("A", "und")))
    writer.build(tmp_path / "store", [told(source("one", "press"), city)])
    with Store.open_folder(tmp_path / "store") as other:
        for table in (NODES, TIES):
            differ = columns(other)[table].keys() ^ columns(store)[table].keys()
            assert all(name.startswith("label_") for name in differ)
        found = {row["id"]: row for row in rows(written(other)[0])}
    assert found["city/a"]["label_fr"] == "Édesse"


def test_sorting_in_runs_is_sorting() -> None:
    lines = [f"{number * 7919 % 1000:04} مشهد\u2028\r {number}\n" for number in range(1000)]
    assert list(external_sort.sorted_lines(lines, run=77)) == sorted(lines)
    assert list(external_sort.sorted_lines([])) == []
