"""The search: names as they come to mind, in either script, letter by letter, with a letter amiss."""

from __future__ import annotations

import pytest

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.understanding.search import search


def first(store: Store, text: str) -> str:
    """The id of the best hit; empty if there is none."""
    return next((hit.id for hit in search(store, text, limit=1)), "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mashhad", "city/mashhad"),
        ("MASHHAD ", "city/mashhad"),
        ("مشهد", "city/mashhad"),
        ("Q121157", "city/mashhad"),
        ("city/qom", "city/qom"),
        ("karatchi", "city/karachi"),  # a letter more
        ("isfahn", "city/isfahan"),  # a letter less
        ("tehrna", "city/tehran"),  # two letters changed round
        ("مشهذ", "city/mashhad"),
        ("پاكستان", "country/pk"),  # the kaf of Arabic
        ("USA", "country/us"),
        ("uclg", "organization/uclg"),
        ("WeGO", "organization/wego"),
        ("united cities and local", "organization/uclg"),
        ("creative cities", "organization/uccn"),
        ("شبکه شهرهای خلاق", "organization/uccn"),
        ("یو سی ال جی", "organization/uclg"),
        ("sister cities", "sister-cities"),
        ("خواهر خوانده هاي", "sister-cities"),
        ("compare", "compare"),
    ],
)
def test_the_best_hit(shipped_store: Store, text: str, wanted: str) -> None:
    assert first(shipped_store, text) == wanted


@pytest.mark.parametrize(("name", "record_id"), [("Mashhad", "city/mashhad"), ("متروپلیس", "organization/metropolis")])
def test_it_is_found_from_the_third_letter_on(shipped_store: Store, name: str, record_id: str) -> None:
    for length in range(3, len(name) + 1):
        assert first(shipped_store, name[:length]) == record_id


def test_a_hit_says_which_of_its_names_fits_and_where_it_lies(shipped_store: Store) -> None:
    (hit,) = search(shipped_store, "Teheran", "fa", 1)
    assert (hit.kind, hit.id, hit.name, hit.within) == ("city", "city/tehran", "تهران", "ایران")


def test_each_thing_is_told_once_and_no_more_than_were_asked_for(shipped_store: Store) -> None:
    hits = search(shipped_store, "m", limit=200)
    assert len({(hit.kind, hit.id) for hit in hits}) == len(hits) == 200


@pytest.mark.parametrize("text", ["", "   ", "!?", "zzzzqqqq"])
def test_nothing_is_found_for_nothing(shipped_store: Store, text: str) -> None:
    assert search(shipped_store, text) == []
