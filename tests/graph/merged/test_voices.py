"""Voices: sources that repeat one another are one that tells, in the merged view and in all that is made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import Source
from citydiplomacy.graph.model.sources import SourceRecords, voice
from citydiplomacy.graph.property.projection import project
from citydiplomacy.graph.store import scan, writer
from citydiplomacy.graph.store.reader import Store

from ..conftest import LAHORE, MASHHAD, sister, source, told

Build = Callable[[list[SourceRecords]], Path]
CITIES = (replace(MASHHAD, country=None), LAHORE)
TIE = sister("mashhad", "lahore")


def of(name: str, origin: str | None) -> Source:
    return replace(source(name, "dataset"), origin=origin and f"source/{origin}")


def crawls(first: str | None, second: str | None) -> list[SourceRecords]:
    """A work that tells nothing, and two that tell of one tie, with their origins."""
    return [
        told(of("work", None)),
        told(source("places", "official"), *CITIES),
        told(of("first", first), TIE),
        told(of("second", second), TIE),
    ]


def support(folder: Path) -> int:
    """How many voices tell the tie; what each form says must be the same."""
    with Store.open_folder(folder) as store:
        voices = scan.voices(store)[TIE.id]
        tellers = scan.support(store)[TIE.id]
        assert tellers == ["source/first", "source/second"], "the sources are listed all the same"
        assert voices == len({scan.voice(store)[each] for each in tellers})
        graph = project(store)
        (tie,) = [each for each in graph.relationships if each.properties.get("id") == TIE.id]
        assert tie.properties["agreed_by"] == voices
        said = {node.id: node.properties["voice"] for node in graph.nodes if node.label == "Source"}
        assert said == scan.voice(store)
    return voices


def test_two_states_of_one_work_are_one_voice_in_any_order(build: Build) -> None:
    assert support(build(crawls(None, None))) == 2
    for order in permutations(crawls("work", "work")):
        assert support(build(list(order))) == 1
    assert support(build(crawls("work", "first"))) == 1, "by way of another"
    assert support(build(crawls(None, "work"))) == 2


def test_an_origin_that_is_told_later_counts_as_in_a_build(build: Build) -> None:
    folder = build(crawls(None, None))
    for first, second, voices in (("work", "work", 1), (None, "work", 2), (None, "first", 1), (None, None, 2)):
        several = crawls(first, second)
        writer.load(folder, [several[2]])
        writer.load(folder, [several[3]])
        assert support(folder) == voices


def test_an_origin_far_up_the_chain_moves_the_voices_below(build: Build) -> None:
    folder = build([*crawls("work", "other"), told(of("other", None))])
    assert support(folder) == 2
    writer.load(folder, [told(of("other", "work"))])
    assert support(folder) == 1
    with Store.open_folder(folder) as store:
        assert set(scan.voice(store).values()) == {"source/work", "source/places"}


@pytest.mark.parametrize("way", [["first"], ["second", "first"], ["second", "work", "first"]], ids=len)
def test_a_circle_of_origins_is_refused_and_the_store_unchanged(way: list[str], build: Build) -> None:
    above = dict(zip(["first", *way], way, strict=False))
    sources = [told(source("places", "official"), *CITIES)]
    sources += [told(of(name, above.get(name)), TIE) for name in ("first", "second", "work")]
    with pytest.raises(InputError, match="source/first repeats itself") as refused:
        build(sources)
    assert all(f"source/{one} < source/{other}" in str(refused.value) for one, other in above.items())
    folder = build(crawls(None, None))
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(InputError, match="source/first repeats itself"):
        writer.load(folder, sources)
    assert (folder / "manifest.json").read_bytes() == before


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")))
def test_a_voice_is_a_root_and_sources_that_repeat_one_another_share_it(origins: dict[str, str]) -> None:
    for one in "abcdef":
        root = voice(one, origins)
        if root in origins:  # a circle, which loaders refuse
            continue
        assert one not in origins or voice(origins[one], origins) == root
        assert voice(root, origins) == root


def test_the_shipped_states_and_copies_are_one_voice(shipped: Path) -> None:
    with Store.open_folder(shipped) as store:
        voices = scan.voice(store)
        for source in store.records(Source):
            name = source.id.removeprefix("source/")
            if name.startswith(("wikidata-", "wikipedia-")):
                assert voices[source.id] == f"source/{name.partition('-')[0]}"
            if "Wikipedia" in source.label("en"):
                assert voices[source.id] == "source/wikipedia"
