"""`citydip spark`: the example as printed, on a Spark of its own, and what is wrong with a call."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ..conftest import CITYDIP, Run


def test_the_example_runs_as_printed_on_what_export_wrote(
    citydip: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"Example: citydip (spark .*)", citydip("spark", "--help").out)
    _, tables, out, *_ = words = example.split()
    exported = citydip("export", "parquet", tables)
    assert exported.code == 0
    assert "Not carried: what a source says by itself" in exported.err
    ran = subprocess.run([CITYDIP, *words], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "cities, pagerank." in ran.stderr
    assert " WARN " not in ran.stderr
    read = pq.read_table(out)
    assert read.column_names == ["id", "pagerank"]
    assert "city/mashhad" in read["id"].to_pylist()
    assert sum(read["pagerank"].to_pylist()) == pytest.approx(1, abs=1e-9)


def test_an_unknown_measure_is_refused_before_spark_starts(citydip: Run) -> None:
    ran = citydip("spark", "tables", "out", "-m", "betweenness")
    assert ran.code == 2
    assert "Measures: degree, pagerank, component, triangles, community." in ran.err
