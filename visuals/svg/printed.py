"""A drawing as PNG or PDF, made by Typst, which draws Persian in SVG rightly and writes it as text."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from citydiplomacy.errors import MissingExtraError
from citydiplomacy.graph.whole_files import write

from .printable import printable
from .svg import Svg
from .text_layer import findable
from .text_width import FONTS

POINTS = 1.0
"""Points a unit of a drawing: one of 720 units is 25.4 cm wide."""
_PAGE = """#set document(title: sys.inputs.title, date: none)
#set text(lang: sys.inputs.lang)
#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, alt: sys.inputs.title)
"""


def write_drawing(svg: Svg, path: Path, *, dpi: int = 300) -> Path:
    """Write a drawing as .svg, .png or .pdf, by the suffix, and return its path.

    Raises MissingExtraError for the last two without Typst, CityDiplomacyError if the place cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix == ".svg":
        return write(path, svg.file().encode())
    return write(path, printed(svg, "png" if suffix == ".png" else "pdf", dpi=dpi))


def printed(svg: Svg, form: Literal["png", "pdf"], *, dpi: int = 300) -> bytes:
    """The drawing as a file of one page. dpi: dots an inch of a PNG.

    Raises MissingExtraError without Typst, or for PDF without pikepdf.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtraError("typst", "pdf", f"Drawing .{form}") from None
    inputs = {
        "svg": svg.printable_markup(),
        "title": printable(svg.title),
        "lang": svg.lang,
        "width": str(svg.width * POINTS),
        "height": str(svg.height * POINTS),
    }
    made = typst.compile(
        _PAGE.encode(),  # type: ignore[misc]
        format=form,
        ppi=float(dpi),
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    assert isinstance(made, bytes)
    return findable(made) if form == "pdf" else made
