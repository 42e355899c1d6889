"""Figures in a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import citydiplomacy as cd

from ..conftest import Run


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


@pytest.mark.parametrize("lang", ["en", "fa"])
@pytest.mark.parametrize("name", ["network", "map"])
def test_a_figure_is_the_same_as_that_of_the_command(
    shipped: Path, tmp_path: Path, citydip: Run, name: Any, lang: Any
) -> None:
    """Of three, one of which nobody collected the ties of, and at a date: what is said of that stands on both."""
    actors = ("Mashhad", "Lahore", "Karachi")
    with cd.open(shipped, at="1394 SH", at_least="2") as store:
        store.draw(name, *actors, lang=lang).save(tmp_path / "x.svg")
    view = ("--at", "1394 SH", "--at-least", "2", "--standing")
    ran = citydip("draw", name, tmp_path / "y.svg", *actors, "--lang", lang, *view)
    assert ran.code == 0, ran.err
    assert (tmp_path / "x.svg").read_bytes() == (tmp_path / "y.svg").read_bytes()


def test_a_figure_of_a_body_is_not_told_as_collected_in_part(shipped: Path) -> None:
    with cd.open(shipped) as store:
        title = store.draw("network", "UCLG").title
        assert title == "The ties of United Cities and Local Governments"


def test_a_wrong_call_names_what_there_is(shipped: Path) -> None:
    with cd.open(shipped) as store:
        with pytest.raises(cd.errors.UsageError, match="network, map"):
            store.draw("pie", "Mashhad")  # type: ignore[arg-type]
        with pytest.raises(cd.errors.UsageError, match="whose ties"):
            store.draw("map")
