"""What is kept of the networks is what is measured anew, to the last bit."""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from citydiplomacy.graph import network
from citydiplomacy.graph.store import once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.measures.centrality import Ties
from citydiplomacy.queries.measures.influence import MEASURES, influence, told
from citydiplomacy.queries.standing import beforehand, networks, partners, peer_groups, tie_evidence

from ...conftest import copied

HEAVY = {"numpy", "scipy", "networkx", "rustworkx"}
COMMANDS = ("compare Mashhad Istanbul", "influence Mashhad Tehran", "influence", "influence -n newman")


@pytest.fixture(scope="module")
def folder(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped store, of which nothing is kept yet."""
    return copied(shipped, tmp_path_factory.mktemp("kept") / "store")


def bits(values: Mapping[str, Mapping[str, float | None]]) -> dict[str, dict[str, object]]:
    """The bits of each value; whole numbers stay what they are."""
    return {
        measure: {city: struct.pack("d", value) if isinstance(value, float) else value for city, value in of.items()}
        for measure, of in values.items()
    }


@pytest.mark.parametrize("name", networks.NETWORKS)
def test_what_is_kept_is_what_is_measured(folder: Path, name: str) -> None:
    with Store.open_folder(folder) as store:
        first = networks.measure(store, name)
        if name == "agreements":
            anew = influence(network.city_ties(store))
        else:
            served = networks.by_service(network.two_mode(store))
            ties = served.ties if name == "memberships" else Ties(served.cities, networks.weights(served, name))
            anew = {
                key: dict(zip(served.cities, told(MEASURES[key].of(ties)), strict=False))
                for key in networks.NETWORKS[name]
            }
    with Store.open_folder(folder) as store:
        again = networks.measure(store, name)
    assert again == first
    assert bits(again.values) == bits(first.values)
    assert bits(again.values).items() >= bits(anew).items()
    assert [list(of) for of in again.values.values()] == [list(of) for of in first.values.values()]


def test_groups_and_evidence_are_kept_as_they_are(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(store: Store) -> tuple[object, ...]:
        return peer_groups.groups(store), *(tie_evidence.of_network(store, name) for name in networks.NETWORKS)

    with Store.open_folder(folder) as store:
        first = asked(store)
    with Store.open_folder(folder) as store:
        assert asked(store) == first
    with Store.open_folder(folder) as store:
        monkeypatch.setattr(once, "_kept", lambda store, _, make: make(store))
        assert asked(store) == first


@pytest.mark.parametrize("command", [*COMMANDS, "recommend Mashhad"])
def test_what_was_measured_beforehand_is_not_measured_again(shipped: Path, tmp_path: Path, command: str) -> None:
    store = copied(shipped, tmp_path / "store")
    with Store.open_folder(store) as opened:
        beforehand.measure(opened)
    kept = set((store / once.FOLDER).iterdir())
    program = f"from citydiplomacy.cli import app; app()({[*command.split(), '--store', str(store)]!r})"
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert set((store / once.FOLDER).iterdir()) == kept


@pytest.mark.parametrize("command", COMMANDS)
def test_what_was_measured_is_told_without_what_measures(folder: Path, command: str) -> None:
    """Libraries that measure take longer to import than all else takes."""
    program = f"""
import sys
from citydiplomacy.cli import app
try:
    app()({[*command.split(), "--store", str(folder), "--format", "json"]!r})
except SystemExit:
    print(*({HEAVY!r} & sys.modules.keys()), file=sys.stderr)
"""
    first, again = (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True) for _ in range(2)
    )
    assert again.stdout == first.stdout
    assert again.stderr.splitlines()[-1] == ""


def test_partners_are_those_of_the_graphs(folder: Path) -> None:
    for _ in range(2):
        with Store.open_folder(folder) as store:
            for key, of, graph in (
                ("ties", partners.of_agreements(store), network.city_ties(store)),
                ("roles", partners.of_memberships(store), network.two_mode(store)),
            ):
                assert {one: set(others) for one, others in of.items()} == {one: set(graph[one]) for one in graph}
                for one, other, told in graph.edges(data=key):
                    assert tuple(of[one][other][key]) == tuple(of[other][one][key]) == told
