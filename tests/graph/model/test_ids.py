"""Ids: readable, and the same whichever source speaks first."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.schema import REGISTRY


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Mashhad", "mashhad"),
        ("São Paulo", "sao-paulo"),
        ("Ürümqi", "urumqi"),
        ("Łódź", "lodz"),
        ("Xi'an", "xian"),
        ("Kraków (Poland)", "krakow-poland"),
        ("مشهد", "مشهد"),
        ("  --a__b--  ", "a-b"),
        ("Iași", "iasi"),
        ("パリ", "パリ"),
        ("バリ", "バリ"),
        ("दिल्ली", "दिल्ली"),
        ("กรุงเทพ", "กรุงเทพ"),
        ("תל־אביב", "תל-אביב"),
        ("Love\ufe0f city", "love-city"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert ids.slug(name) == slug


@given(st.text())
def test_a_slug_of_a_slug_is_itself(name: str) -> None:
    once = ids.slug(name)
    assert ids.slug(once) == once
    assert not once or not ids.fault(f"city/{once}")
    assert not once.startswith("-")
    assert not once.endswith("-")
    assert "--" not in once
    assert " " not in once


@given(
    st.lists(st.sampled_from(["city/a", "city/b", "country/ir", "organization/x"]), min_size=2, max_size=4, unique=True)
)
def test_the_order_of_parties_means_nothing(parties: list[str]) -> None:
    shuffled = random.Random(1).sample(parties, len(parties))
    assert ids.agreement("agreement-kind/friendship", parties) == ids.agreement("agreement-kind/friendship", shuffled)


def test_ties_have_readable_ids() -> None:
    assert (
        ids.agreement("agreement-kind/sister-city", ["city/mashhad", "city/lahore"])
        == "agreement/sister-city/lahore--mashhad"
    )
    assert (
        ids.agreement("agreement-kind/memorandum", ["city/mashhad", "country/lb"])
        == "agreement/memorandum/country-lb--mashhad"
    )
    assert ids.membership("city/karachi", "organization/c40", "role/member") == "membership/c40/karachi"
    assert (
        ids.membership("city/karachi", "organization/c40", "role/board-member") == "membership/c40/karachi/board-member"
    )


EXAMPLES = {
    "Membership": ({"member": "city/a", "organization": "organization/o", "role": "role/member"}, "membership/o/a"),
    "Agreement": (
        {"kind": "agreement-kind/friendship", "parties": ("city/b", "city/a")},
        "agreement/friendship/a--b",
    ),
    "Mission": (
        {"kind": "mission-kind/consulate", "sender": "country/af", "host": "city/mashhad"},
        "mission/consulate/country-af--mashhad",
    ),
    "Route": ({"origin": "city/a", "destination": "city/b"}, "route/a--b"),
    "Roster": ({"organization": "organization/c40", "date": parse_date("2010-03-03")}, "roster/c40/2010-03-03"),
    "Assessment": ({"study": "study/panel", "need": "need/econ-01"}, "assessment/panel/econ-01"),
    "Link": (
        {"subject": "barrier/x", "relation": "hinders", "object": "need/y"},
        "link/hinders/barrier-x--need-y",
    ),
    "Observation": (
        {
            "measure": "measure/members",
            "area": "country/ir",
            "topic": "organization/c40",
            "period": parse_date("1392 SH"),
        },
        "observation/members/country-ir/organization-c40/2013-03-21--2014-03-20",
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_a_row_says_gives_the_id(name: str) -> None:
    values, expected = EXAMPLES[name]
    assert ids.derive(name, values) == expected
    assert ids.derive(name, {}) is None


@pytest.mark.parametrize("name", sorted(REGISTRY.keys() - EXAMPLES.keys()))
def test_other_classes_want_an_id_of_their_own(name: str) -> None:
    assert ids.derive(name, {}) is None


def test_a_figure_without_a_period_is_undated() -> None:
    values = {"measure": "measure/area", "area": "city/mashhad"}
    assert ids.derive("Observation", values) == "observation/area/mashhad/undated"


@pytest.mark.parametrize(
    "record_id",
    ["city/mashhad", "source/wikipedia-en", "agreement/friendship/a--b", "observation/area/mashhad/2004~", "city/مشهد",
     "source/a.b", "source/...", "roster/c40/2010-03-03"],
)  # fmt: skip
def test_what_can_be_an_id(record_id: str) -> None:
    assert ids.fault(record_id) == ""


@pytest.mark.parametrize(
    ("record_id", "why"),
    [
        ("source/..", "a part of it is .."),
        ("source/../../etc", "a part of it is .."),
        ("source/./foo", "a part of it is ."),
        ("/source/foo", "a part of it is empty"),
        ("source//foo", "a part of it is empty"),
        ("source/foo/", "a part of it is empty"),
        ("", "a part of it is empty"),
        ("source/a\\b", "U+005C"),
        ("source/a b", "U+0020"),
        ("source/a\x1bb", "U+001B"),
        ("source/a\0", "U+0000"),
        ("source/a\n", "U+000A"),
        ("source/\u202eb", "U+202E"),
        ("source/caf\u0065\u0301", "U+0301"),
        ("source/\u1100\u1161", "composed form"),
        ("source/" + "ب" * 101, "longer than 200 bytes"),
        ("source/" + "/".join("ab" * 30), "longer than 200 bytes"),
    ],
)
def test_what_can_be_none(record_id: str, why: str) -> None:
    assert why in ids.fault(record_id)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("source/foo", "source/Foo"),
        ("source/straße", "source/STRASSE"),
        ("source/foo", "source/foo/cities.csv"),
        ("source/foo/source.toml/x", "source/foo"),
        ("source/Foo", "source/foo/Cities.CSV"),
    ],
)
def test_sources_that_would_meet_as_paths(one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        paths = ids.SourcePaths()
        assert paths.add(first) is None
        assert paths.add(first) is None, "a source told twice is no other"
        assert paths.add(second) == first


def test_sources_below_one_another_do_not_meet() -> None:
    paths = ids.SourcePaths()
    assert [paths.add(f"source/{name}") for name in ("foo", "foo/page-1", "foo-bar", "bar/cities.csv")] == [None] * 4
