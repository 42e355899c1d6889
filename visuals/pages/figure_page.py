"""A figure as a page: its drawing, text that can be found and copied, and nothing else."""

from __future__ import annotations

from pathlib import Path

from citydiplomacy.graph.whole_files import write

from ..svg.svg import Svg
from .offline import render


def write_figure_page(svg: Svg, path: Path) -> Path:
    """Write a page of one figure and return its path. Raises CityDiplomacyError if the place cannot be written."""
    from markupsafe import Markup

    return write(path, render("figure", [], {}, lang=svg.lang, title=svg.title, figure=Markup(svg.markup())))
