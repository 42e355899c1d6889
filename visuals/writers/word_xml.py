"""What python-docx has no words for: runs of either direction, sizes, margins of cells and links, as Word's XML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

RULE = "D1D5DB"
"""The colour of a line between rows."""
LINK = "0B5C94"
"""The colour of a link."""


def run(paragraph: Any, text: str, look: dict[str, str], rtl: bool) -> Any:
    """A run at the end of a paragraph. look: its properties in Word's order; "" where being there is all."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = paragraph.add_run()
    properties = OxmlElement("w:rPr")
    for name, value in {**look, "w:rtl": "" if rtl else "0"}.items():
        each = OxmlElement(name)
        if value:
            each.set(qn("w:val"), value)
        properties.append(each)
    made._r.append(properties)
    for number, words in enumerate(text.split("\n")):
        if number:
            made.add_break()
        if words:
            made.add_text(words)
    return made


def set_size(properties: Any, size: float) -> None:
    """Letters of a size in points, in scripts of both directions."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    properties.sz_val = Pt(size)
    both = OxmlElement("w:szCs")
    both.set(qn("w:val"), half_points(size))
    properties.sz.addnext(both)


def set_font(properties: Any, name: str) -> None:
    """Letters of a font, in scripts of both directions."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)
        fonts.attrib.pop(qn(f"w:{'cstheme' if script == 'cs' else script + 'Theme'}"), None)


def set_rules(properties: Any) -> None:
    """A thin line under each row of a table, and none between columns."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        border = OxmlElement(f"w:{side}")
        border.set(qn("w:val"), "nil" if side in ("left", "right", "insideV") else "single")
        if border.get(qn("w:val")) == "single":
            for name, value in {"sz": "4", "space": "0", "color": RULE}.items():
                border.set(qn(f"w:{name}"), value)
        borders.append(border)
    properties.find(qn("w:tblLayout")).addprevious(borders)


def set_margins(properties: Any) -> None:
    """Cells with little beside their text."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "50")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.find(qn("w:tblLook")).addprevious(margins)


def link(paragraph: Any, runs: Sequence[Any], *, address: str = "", anchor: str = "") -> None:
    """Make runs at the end of a paragraph a link: to an address, or to a bookmark of the document."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    made = OxmlElement("w:hyperlink")
    if address:
        made.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        made.set(qn("w:anchor"), anchor)
    paragraph._p.append(made)
    for run in runs:
        run.font.color.rgb = RGBColor.from_string(LINK)
        made.append(run._r)


def half_points(size: float) -> str:
    """How Word tells the size of letters: no larger than was fitted into a table."""
    return str(int(size * 2))
