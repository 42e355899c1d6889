"""The network as a projection of the merged view: who is tied to whom, and by what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest

from citydiplomacy.graph import network
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Agreement, Country, Mission, Route
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store.reader import Store

from .conftest import MASHHAD, member, sister, source, told, year

FRIENDS = "agreement-kind/friendship"
IRAQ = Country(id="country/iq", labels=(Text("Iraq", "en"),))


def friendship(*parties: str, **fields: object) -> Agreement:
    names = tuple(sorted(f"city/{party}" for party in parties))
    return Agreement(id=ids.agreement(FRIENDS, names), kind=FRIENDS, parties=names, **fields)  # type: ignore[arg-type]


@pytest.fixture
def store(world: list[SourceRecords], build: Callable[[list[SourceRecords]], Path]) -> Iterator[Store]:
    more = told(
        source("more", "official"),
        IRAQ,
        friendship("mashhad", "lahore", "seoul"),
        sister("lahore", "seoul", status="status/active", end=year(2010)),
        friendship("lahore", "mashhad", end=year(2011)),
        member("lahore", "metropolis", "observer"),
        member("seoul", "metropolis", status="status/ended"),
        Mission(
            id="mission/consulate/country-iq--mashhad",
            kind="mission-kind/consulate",
            sender="country/iq",
            host="city/mashhad",
            status="status/active",
        ),
        Route(id="route/mashhad--lahore", origin="city/mashhad", destination="city/lahore", start=year(2001)),
        Route(id="route/lahore--mashhad", origin="city/lahore", destination="city/mashhad"),
    )
    with Store.open_folder(build([*world, more])) as opened:
        yield opened


def test_cities_are_tied_by_the_agreements_that_stand(store: Store) -> None:
    graph = network.city_ties(store)
    assert sorted(graph.edges) == [
        ("city/lahore", "city/mashhad"),
        ("city/lahore", "city/seoul"),
        ("city/mashhad", "city/seoul"),
    ]
    pair = graph.edges["city/lahore", "city/mashhad"]
    assert pair["weight"] == 2
    assert pair["kinds"] == ("agreement-kind/friendship", "agreement-kind/sister-city")
    assert pair["ties"] == (
        "agreement/friendship/lahore--mashhad--seoul",
        "agreement/sister-city/lahore--mashhad",
    )
    assert graph.edges["city/lahore", "city/seoul"]["weight"] == 1, "the sister-city tie has ended"
    assert graph.edges["city/mashhad", "city/seoul"]["weight"] == 1, "the sister-city tie is only planned"


def test_all_that_is_told_on_request(store: Store) -> None:
    graph = network.city_ties(store, standing=False)
    assert graph.edges["city/lahore", "city/seoul"]["weight"] == 2
    assert graph.edges["city/mashhad", "city/seoul"]["weight"] == 2


def test_kinds_of_agreement_can_be_chosen(store: Store) -> None:
    graph = network.city_ties(store, ["agreement-kind/sister-city"])
    assert list(graph.edges) == [("city/lahore", "city/mashhad")]
    assert set(graph) == {"city/lahore", "city/mashhad"}


def test_a_tie_told_by_two_sources_is_one_tie(store: Store) -> None:
    graph = network.city_ties(store, ["agreement-kind/sister-city"])
    assert graph.edges["city/lahore", "city/mashhad"]["weight"] == 1


def test_nodes_have_their_kind_and_names(store: Store) -> None:
    graph = network.actors(store)
    assert graph.nodes["city/mashhad"] == {"kind": "City", "labels": {"en": "Mashhad", "fa": "مشهد"}}
    assert graph.nodes["organization/metropolis"]["kind"] == "Organization"
    assert graph.nodes["country/iq"]["kind"] == "Country"
    assert list(graph) == sorted(graph)


def test_cities_and_networks_are_two_sides(store: Store) -> None:
    graph = network.two_mode(store)
    assert nx.is_bipartite(graph)
    assert dict(graph.nodes(data="bipartite")) == {
        "city/lahore": 0,
        "city/mashhad": 0,
        "organization/metropolis": 1,
    }
    assert graph.edges["city/mashhad", "organization/metropolis"]["roles"] == ("role/board-member", "role/member")


def test_memberships_with_their_roles(store: Store) -> None:
    assert network.memberships(store) == [
        ("city/lahore", "organization/metropolis", "role/observer"),
        ("city/mashhad", "organization/metropolis", "role/board-member"),
        ("city/mashhad", "organization/metropolis", "role/member"),
    ]
    assert ("city/seoul", "organization/metropolis", "role/member") in network.memberships(store, standing=False)


def test_all_actors_and_parallel_ties(store: Store) -> None:
    graph = network.actors(store)
    between = graph["city/lahore"]["city/mashhad"]
    assert {key: data["kind"] for key, data in between.items()} == {
        "agreement/friendship/lahore--mashhad--seoul": "Agreement",
        "agreement/sister-city/lahore--mashhad": "Agreement",
        "route/lahore--mashhad": "Route",
        "route/mashhad--lahore": "Route",
    }
    assert between["route/mashhad--lahore"] == {
        "kind": "Route",
        "detail": None,
        "status": None,
        "standing": True,
        "since": "2001",
    }
    assert between["agreement/sister-city/lahore--mashhad"]["since"] == "2006", "the merged view's date"
    assert graph.has_edge("country/iq", "city/mashhad", key="mission/consulate/country-iq--mashhad")
    assert not graph.has_edge("city/seoul", "organization/metropolis")
    assert network.actors(store, standing=False).has_edge("city/seoul", "organization/metropolis")


def test_an_empty_store_has_an_empty_network(build: Callable[[list[SourceRecords]], Path]) -> None:
    with Store.open_folder(build([told(source("one", "blog"), replace(MASHHAD, country=None))])) as store:
        for make in (network.city_ties, network.two_mode, network.actors):
            assert len(make(store)) == 0


def test_the_shipped_networks_have_what_the_study_says(shipped: Path) -> None:
    with Store.open_folder(shipped) as store:
        graph = network.city_ties(store)
        assert {"city/urumqi", "city/lahore", "city/karachi", "city/najaf"} <= set(graph["city/mashhad"])
        assert "organization/metropolis" in network.two_mode(store)["city/mashhad"]
