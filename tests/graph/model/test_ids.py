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
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert ids.slug(name) == slug


@given(st.text())
def test_a_slug_of_a_slug_is_itself(name: str) -> None:
    once = ids.slug(name)
    assert ids.slug(once) == once
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
