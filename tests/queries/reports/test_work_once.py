"""No report asks the store the same question twice, and no group of cities is ranked twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.measures.influence import MEASURES
from citydiplomacy.queries.recommendation.report import recommend
from citydiplomacy.queries.reports import difference
from citydiplomacy.queries.reports.comparison import compare
from citydiplomacy.queries.reports.gaps import gaps
from citydiplomacy.queries.standing import networks, peer_groups, rankings, standing, tie_evidence
from citydiplomacy.queries.standing.co_members import co_members

from ...conftest import copied
from ..listening import Listening

MASHHAD, TEHRAN = "city/mashhad", "city/tehran"


def influence(store: Store, network: str) -> None:
    """What the command asks."""
    standing.standing(store, network=network)
    tie_evidence.of_network(store, network)


def positions(store: Store) -> None:
    """What the command asks of two cities."""
    rankings.positions(networks.measure(store), peer_groups.groups(store), [MASHHAD, TEHRAN])
    tie_evidence.of_network(store, "agreements")


def together(store: Store) -> None:
    """What the command asks."""
    co_members(store, MASHHAD, every=True)
    tie_evidence.of_network(store, "memberships")


REPORTS: Mapping[str, Callable[[Store], object]] = {
    "compare": lambda store: compare(store, MASHHAD, TEHRAN),
    "gaps": lambda store: gaps(store, MASHHAD),
    "recommend": lambda store: recommend(store, MASHHAD),
    "influence": lambda store: influence(store, "agreements"),
    "influence by memberships": lambda store: influence(store, "memberships"),
    "influence of cities": positions,
    "co-members": together,
    "diff": lambda store: difference.between_dates(store, parse_date("2005"), parse_date("2015"), MASHHAD),
}


@pytest.mark.parametrize("report", REPORTS)
def test_no_report_asks_a_question_twice(shipped: Path, tmp_path: Path, report: str) -> None:
    with Listening.open_folder(copied(shipped, tmp_path / "store")) as store:
        REPORTS[report](store)
    assert len(store.asked) > 1
    assert store.twice() == []


def test_no_comparison_of_stores_asks_a_question_twice(shipped: Path) -> None:
    with Listening.open_folder(shipped) as one, Listening.open_folder(shipped) as other:
        difference.between_stores(one, other)
        for store in (one, other):
            assert store.twice() == []


def test_every_group_is_ranked_once_a_measure(shipped_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ranked: list[frozenset[str]] = []

    def listening(values: Mapping[str, float | None], **how: Any) -> dict[str, peer_groups.Rank]:
        ranked.append(frozenset(values))
        return peer_groups.ranked(values, **how)

    monkeypatch.setattr(rankings, "ranked", listening)
    groups = peer_groups.groups(shipped_store)
    measured = networks.measure(shipped_store)
    cities = [MASHHAD, TEHRAN, "city/isfahan", "city/lahore"]
    found = rankings.positions(measured, groups, cities)
    wanted = {
        (at.measure, scope, groups.of(at.city, scope)) for at in found for scope, rank in at.ranks.items() if rank
    }
    assert len(ranked) == len(wanted) < len(found) * len(peer_groups.SCOPES)
    assert {at.measure for at in found} == set(MEASURES)
    monkeypatch.undo()
    assert found == [at for city in cities for at in rankings.positions(measured, groups, [city])]
