"""Figures in a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import citydiplomacy as cd


@pytest.mark.parametrize("name", ["network", "map"])
def test_a_figure_shows_itself_and_is_kept(shipped: Path, tmp_path: Path, name: Any) -> None:
    with cd.open(shipped) as store:
        figure = store.draw(name, "Mashhad", lang="fa")
    assert figure.title == "پیوندهای مشهد"
    shown = figure._repr_svg_()
    assert ElementTree.fromstring(shown).tag.endswith("svg")
    assert "مشهد" in shown
    assert "<script" not in shown
    figure.save(tmp_path / "x.svg")
    assert (tmp_path / "x.svg").stat().st_size
    with pytest.raises(cd.errors.UsageError, match="figure"):
        figure.save(tmp_path / "x.gif")


def test_a_wrong_call_names_what_there_is(shipped: Path) -> None:
    with cd.open(shipped) as store:
        with pytest.raises(cd.errors.UsageError, match="network, map"):
            store.draw("pie", "Mashhad")  # type: ignore[arg-type]
        with pytest.raises(cd.errors.UsageError, match="whose ties"):
            store.draw("map")
