"""Cities that have a list of their partners each, which is empty in some: no tie of theirs was lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .test_strangers import ties, told

GRAZ = {"city": "Graz", "partners": [{"city": "Pécs", "since": 1989}, {"city": "Pula", "since": 1972}]}
WITHOUT = (
    {"city": "Linz", "partners": []},
    {"city": "Linz", "partners": None},
    {"city": "Linz"},
    {"city": "Linz", "partners": {}},
)


@pytest.mark.parametrize("linz", WITHOUT, ids=str)
def test_objects(tmp_path: Path, linz: object) -> None:
    found = told(tmp_path, json.dumps([GRAZ, linz]), "list.json")
    assert ties(found) == [("Graz", "Pula", "1972"), ("Graz", "Pécs", "1989")]
    assert "Linz" in found.countries()
    assert found.report.lost()[0] == 0
    assert not found.unread()


def test_words(tmp_path: Path) -> None:
    found = told(
        tmp_path, json.dumps([{"city": "Graz", "twins": ["Pécs", "Pula"]}, {"city": "Linz", "twins": []}]), "list.json"
    )
    assert ties(found) == [("Graz", "Pula", None), ("Graz", "Pécs", None)]
    assert found.report.lost()[0] == 0
    assert [each.kind for each in found.report.reasons()] == ["left out", "left out"]


def test_a_tie_without_its_partner_is_lost(tmp_path: Path) -> None:
    """Where each row is one tie, a cell that is empty may be merged with the one above."""
    found = told(tmp_path, "City,Twin,Year\nGraz,Pula,1972\nGraz,,1989\n")
    assert found.report.lost() == (1, 2)
