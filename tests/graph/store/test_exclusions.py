"""What an office rules out: kept beside the database, whole, and told if it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from citydiplomacy.errors import StoreError
from citydiplomacy.graph.store import exclusions


def test_what_is_kept_is_of_one_city_and_can_be_taken_back(tmp_path: Path) -> None:
    exclusions.change(tmp_path, "city/a", ["organization/x", "city/b"])
    assert exclusions.change(tmp_path, "city/a", ["organization/y"], ["city/b"]) == {"organization/x", "organization/y"}
    assert exclusions.kept(tmp_path, "city/a") == {"organization/x", "organization/y"}
    assert not exclusions.kept(tmp_path, "city/c")


@pytest.mark.parametrize("text", ["[]", "{", '{"city/a": "x"}', '{"city/a": [1]}'])
def test_a_broken_list_is_told_and_left(tmp_path: Path, text: str) -> None:
    path = tmp_path / exclusions.NAME
    path.write_text(text)
    for ask in (lambda: exclusions.kept(tmp_path, "city/a"), lambda: exclusions.change(tmp_path, "city/a", ["city/b"])):
        with pytest.raises(StoreError, match="ruled out"):
            ask()
    assert path.read_text() == text
