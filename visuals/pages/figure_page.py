"""A figure as a page: its drawing, text that can be found and copied, and nothing else."""

from __future__ import annotations

from pathlib import Path

from citydiplomacy.graph.whole_files import write

from ..svg.svg import Svg
from .offline import Looked


def write_figure_page(svg: Svg, path: Path) -> Path:
    """Write a page of one figure and return its path. Raises CityDiplomacyError if the place cannot be written."""
    from markupsafe import Markup

    page = Looked("figure", {}, {}, svg.lang, {"title": svg.title, "figure": Markup(svg.markup())})
    return write(path, page.file())
