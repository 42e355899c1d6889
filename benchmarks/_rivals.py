"""What others make of cities that may be one, for benchmarks/resolution_constructed.py: pairs merged, and likely."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from rapidfuzz.fuzz import token_sort_ratio

from citydiplomacy.graph.language.text import fold
from citydiplomacy.loaders.resolution.background import Background
from citydiplomacy.loaders.resolution.candidates import pairs
from citydiplomacy.loaders.resolution.profiles import ToldCity, distance

ALIKE, NEAR = 95, 5.0
"""Of the plain rule: percent, kilometres."""
SURE, LIKELY = 0.95, 0.5
"""From here on a pair of Splink counts as merged, and as waiting: probabilities."""
MATCH, MAYBE = 0.9, 0.7
"""Of nomenklatura: its scores."""

Found = tuple[set[tuple[str, str]], set[tuple[str, str]]]
"""Pairs merged, and pairs that are likely but not merged."""


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        sys.exit(f"{name} is missing: pip install --group comparison")


def _pair(one: ToldCity, other: ToldCity) -> tuple[str, str]:
    return min(one.ids[0], other.ids[0]), max(one.ids[0], other.ids[0])


def _kilometres(one: ToldCity, other: ToldCity) -> float | None:
    return distance(one.place, other.place) if one.place and other.place else None


def _compared(cities: Sequence[ToldCity]) -> Iterator[tuple[ToldCity, ToldCity]]:
    """The pairs that we compare too, by name and place."""
    return ((cities[one], cities[other]) for one, other in pairs(cities, Background()))


def by_rule(cities: Sequence[ToldCity]) -> tuple[set[tuple[str, str]], None]:
    """Sorted words at least 95 alike, one country, at most 5 km."""
    found: set[tuple[str, str]] = set()
    for one, other in _compared(cities):
        away = _kilometres(one, other)
        alike = token_sort_ratio(fold(one.names[0]), fold(other.names[0])) >= ALIKE
        if alike and one.country == other.country and away is not None and away <= NEAR:
            found.add(_pair(one, other))
    return found, None


def by_splink(cities: Sequence[ToldCity]) -> Found:
    """Splink: names by Jaro and Winkler, country, kilometres; what is unknown learned from the list itself."""
    splink, comparisons = _module("splink"), _module("splink.comparison_library")
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            comparisons.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]).configure(term_frequency_adjustments=True),
            comparisons.ExactMatch("country"),
            comparisons.DistanceInKMAtThresholds("lat", "lon", [1, 5, 15, 40]),
        ],
        blocking_rules_to_generate_predictions=[
            splink.block_on("country", "substr(name, 1, 3)"),
            splink.block_on("country", "round(lat, 1)", "round(lon, 1)"),
        ],
    )
    import pandas as pd

    table = pd.DataFrame(
        [
            {
                "unique_id": city.ids[0],
                "name": fold(city.names[0]),
                "country": city.country,
                "lat": city.place[0] if city.place else None,
                "lon": city.place[1] if city.place else None,
            }
            for city in cities
        ]
    )
    linker = splink.Linker(splink.DuckDBAPI().register(table), settings, log_level=40)
    learn = linker.training
    learn.estimate_probability_two_random_records_match([splink.block_on("name", "country")], recall=0.6)
    learn.estimate_u_using_random_sampling(max_pairs=1e6, seed=0)
    learn.estimate_parameters_using_expectation_maximisation(splink.block_on("country", "substr(name, 1, 4)"))
    learn.estimate_parameters_using_expectation_maximisation(splink.block_on("lat", "lon"))
    told = linker.inference.predict(threshold_match_probability=LIKELY).as_pandas_dataframe()
    merged: set[tuple[str, str]] = set()
    likely: set[tuple[str, str]] = set()
    for one, other, chance in zip(told.unique_id_l, told.unique_id_r, told.match_probability, strict=True):
        (merged if chance >= SURE else likely).add((min(one, other), max(one, other)))
    return merged, likely


def by_nomenklatura(cities: Sequence[ToldCity]) -> Found:
    """Nomenklatura's logic (`logic-v2`) of public bodies by name and country, on the pairs that we compare by these."""
    logic, model = _module("nomenklatura.matching").LogicV2, _module("followthemoney").model
    config = logic.default_config()
    bodies = {}
    for city in cities:
        bodies[city.ids[0]] = body = model.make_entity("PublicBody")
        body.id = city.ids[0]
        body.add("name", city.names[0])
        body.add("country", (city.country or "").removeprefix("country/"))
    merged: set[tuple[str, str]] = set()
    likely: set[tuple[str, str]] = set()
    for one, other in _compared(cities):
        score = logic.compare(bodies[one.ids[0]], bodies[other.ids[0]], config).score
        away = _kilometres(one, other)
        if one.country != other.country or (away is not None and away > NEAR):
            continue
        if score >= MAYBE:
            (merged if score >= MATCH else likely).add(_pair(one, other))
    return merged, likely
