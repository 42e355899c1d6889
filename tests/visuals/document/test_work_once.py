"""A dossier does no work twice: no question, no record, no ranking."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.queries.reports.comparison import standing_positions
from citydiplomacy.queries.standing import peer_groups, rankings
from citydiplomacy.queries.wording.rows import ask
from citydiplomacy.visuals.document.dossier import dossier

from ...queries.listening import Listening

CITIES = ("city/mashhad", "city/tehran")
OTHERS = 80
"""Questions that a city takes, beside two for each need that a study found: who could address it, what hinders it."""


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_no_dossier_asks_or_reads_or_ranks_twice(shipped: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    ranked = 0

    def counting(values: Mapping[str, float | None], **how: Any) -> dict[str, peer_groups.Rank]:
        nonlocal ranked
        ranked += 1
        return peer_groups.ranked(values, **how)

    monkeypatch.setattr(rankings, "ranked", counting)
    with Listening.open_folder(shipped) as store:
        assert dossier(store, CITIES, lang, date=from_edtf("2026-11-23")).entries
        assert store.twice() == []
        needs = sum(len(ask(store, "needs", lang, city=city)) for city in CITIES)
        assert needs < len(store.asked) <= OTHERS * len(CITIES) + 2 * needs
        groups = peer_groups.groups(store)
        found = standing_positions(store, CITIES)
    wanted = {
        (at.measure, scope, groups.of(at.city, scope)) for at in found for scope, rank in at.ranks.items() if rank
    }
    assert ranked == len(wanted) > 0
