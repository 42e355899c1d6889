"""Files for other tools, by the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import Run


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_what_was_drawn_is_not_read_back_and_says_what_is(citydip: Run, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"x.{form}"
    drawn = citydip("export", form, file, "مشهد", "--depth", "1")
    assert drawn.code == 0, drawn.err
    assert "of no known place" in drawn.err
    loaded = citydip("load", file)
    assert (loaded.code, loaded.out) == (2, "")
    assert "export csv" in loaded.err
    assert "export nquads" in loaded.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("gexf", "x.gexf", "--depth", "2"), "--depth goes with names"),
        (("turtle", "x.ttl", "Mashhad"), "turtle takes no names"),
        (("gexf", "x.gexf", "Qwertz"), "Qwertz"),
        (("gexf", "x.gexf", "UCLG", "--network", "cities"), "not in this network"),
    ],
)
def test_a_wrong_call_is_one_error_and_no_file(
    citydip: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = citydip("export", *arguments)
    assert ran.code == 2
    assert told in ran.err
    assert list(tmp_path.iterdir()) == []
