"""A source that says what it set out to collect tells something of each city that it says it covers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.sources import Place, SourceRecords
from citydiplomacy.graph.store import writer

from ..conftest import IRAN, LAHORE, MASHHAD, SEOUL, sister, source, told

Build = Callable[[list[SourceRecords]], Path]


def covering(name: str, *cities: str, collection: str | None = None) -> object:
    return replace(
        source(name, "press", collection=collection),
        collects=("tie-kind/agreement",),
        covers=tuple(sorted(f"city/{city}" for city in cities)),
    )


WORLD = told(source("world", "dataset"), MASHHAD, LAHORE, SEOUL, IRAN)
TIE = sister("mashhad", "lahore")


def test_what_covers_a_city_and_tells_nothing_of_it_is_refused_with_its_place(build: Build) -> None:
    wrong = told(covering("pages", "mashhad", "seoul"), TIE)  # type: ignore[arg-type]
    placed = replace(wrong, places={"city/seoul": Place("source.toml", 6, "covers")}.get)
    with pytest.raises(InputError) as caught:
        build([WORLD, placed])
    error = caught.value
    assert "source/pages says that it covers city/seoul" in error.message
    assert (error.file, error.line, error.column, error.value) == ("source.toml", 6, "covers", "city/seoul")


def test_a_tie_or_the_city_alone_is_enough_also_in_a_source_that_was_loaded_with_it(build: Build) -> None:
    whole = told(covering("whole", "mashhad", "seoul"))  # type: ignore[arg-type]
    pages = [
        told(source("page", "press", collection="whole"), TIE),
        told(covering("looked", "lahore", collection="whole"), SEOUL),  # type: ignore[arg-type]
    ]
    build([WORLD, whole, *pages])


def test_a_country_is_covered_by_who_tells_of_one_of_its_cities(build: Build) -> None:
    of_country = replace(covering("pages"), covers=("country/ir",))  # type: ignore[type-var]
    build([WORLD, told(of_country, MASHHAD)])  # type: ignore[arg-type]
    with pytest.raises(InputError, match="covers country/ir"):
        build([WORLD, told(of_country, SEOUL)])  # type: ignore[arg-type]


def test_a_load_asks_only_what_it_brings(build: Build) -> None:
    folder = build([WORLD, told(covering("pages", "mashhad"), TIE)])  # type: ignore[arg-type]
    writer.load(folder, [told(source("more", "blog"), sister("mashhad", "seoul"))])
    with pytest.raises(InputError, match="covers city/seoul"):
        writer.load(folder, [told(covering("late", "seoul"), TIE)])  # type: ignore[arg-type]
