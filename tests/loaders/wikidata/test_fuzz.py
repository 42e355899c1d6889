"""Whatever a line or an answer holds, it is read, refused or an error that says so."""

from __future__ import annotations

import contextlib
import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from citydiplomacy.errors import CityDiplomacyError
from citydiplomacy.graph.model.checks import problems
from citydiplomacy.loaders import files
from citydiplomacy.loaders.cells.cells import CellError
from citydiplomacy.loaders.report import LoadReport
from citydiplomacy.loaders.wikidata import results, values

from . import world

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(["Q515", "Q0", "P190", "+2006-00-00T00:00:00Z", "\x00", "http://www.wikidata.org/entity/Q1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "value", "time"]), inner),
    max_leaves=4,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to every part of a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, each in inner for found in places(each, (*path, key)))] if path or inner else []


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy with another part in it."""
    changed = copy.deepcopy(value)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = new
    return changed


MASHHAD = next(one for one in world.ENTITIES if one["id"] == world.MASHHAD)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def read(path: Path) -> None:
    """Read a file; what comes of it must be possible."""
    try:
        told = files.load(path, report=LoadReport())
    except CityDiplomacyError:
        return
    assert [found for one in told for record in one.records for found in problems(record)] == []


@settings(max_examples=300)
@given(st.sampled_from([path for path in places(MASHHAD) if path]), ANYTHING)
@example(("claims", "P17", 0, "mainsnak", "datavalue", "value"), {"id": True})
@example(("claims", "P190", 1, "id"), None)
@example(("labels",), [1])
def test_an_entity_with_anything_in_it(folder: Path, path: tuple[Any, ...], new: Any) -> None:
    file = folder / "dump.json"
    file.write_bytes(world.dump([*world.ENTITIES, put(MASHHAD, path, new)]))
    read(file)


CELLS = st.text(max_size=12) | st.sampled_from(
    [
        "http://www.wikidata.org/entity/Q121157",
        "http://www.wikidata.org/entity/Q3616",
        "Point(59.6 36.3)",
        "Point(1e99 -1e-99)",
        "2006-01-01T00:00:00Z",
        "9",
        "IR",
        "en",
        "3001184",
    ]
)


@settings(max_examples=300)
@given(st.lists(st.dictionaries(st.sampled_from(sorted(results.COLUMNS)), CELLS, max_size=8), max_size=4))
def test_rows_with_anything_in_them(folder: Path, rows: list[dict[str, str]]) -> None:
    file = folder / "answer.json"
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in rows]
    head = {"vars": sorted(results.COLUMNS - {"statement"})}
    file.write_text(json.dumps({"head": head, "results": {"bindings": bindings}}), encoding="utf-8")
    read(file)


@given(st.text())
def test_values_are_read_or_refused(text: str) -> None:
    for reader in (values.item, values.time, values.point, values.people):
        with contextlib.suppress(CellError):
            reader(text)


@given(st.dates(), st.integers(9, 14))
def test_a_time_reaches_as_far_as_its_precision(day: Any, precision: int) -> None:
    read = values.time(f"+{day.isoformat()}T00:00:00Z", precision)
    assert read
    assert read.edtf == day.isoformat()[: {9: 4, 10: 7}.get(precision, 10)]
    assert read.earliest
    assert read.latest
    assert read.earliest <= day <= read.latest


@pytest.mark.parametrize(
    ("time", "precision", "calendar", "edtf"),
    [
        ("+1990-00-00T00:00:00Z", 8, "", "199X"),
        ("+1900-00-00T00:00:00Z", 7, "", None),
        ("-0044-03-15T00:00:00Z", 11, "", None),
        ("+12000-00-00T00:00:00Z", 9, "", None),
        ("+1400-00-00T00:00:00Z", 9, "http://www.wikidata.org/entity/Q1985786", "1400"),
        ("+1400-05-03T00:00:00Z", 11, "http://www.wikidata.org/entity/Q1985786", None),
        ("2006-01-01T00:00:00Z", None, "", "2006"),
        ("2006-01-02T00:00:00Z", None, "", "2006-01-02"),
    ],
)
def test_times_that_are_not_as_most(time: str, precision: int | None, calendar: str, edtf: str | None) -> None:
    read = values.time(time, precision, calendar)
    assert (read.edtf if read else None) == edtf
