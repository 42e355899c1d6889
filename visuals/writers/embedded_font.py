"""The font of our pages inside a Word file, so that it looks the same where the font is not installed."""

from __future__ import annotations

import uuid
from itertools import count
from typing import TYPE_CHECKING

from ..svg.text_width import FONTS

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

FONT = "Vazirmatn"
DIGITS = "VazirmatnDigits"
"""A font of Persian digits alone, which stand for 0 to 9 too: no field of Word is sure to count pages in them."""
_FILES = {
    FONT: {"Regular": "Vazirmatn-Regular.ttf", "Bold": "Vazirmatn-Bold.ttf"},
    DIGITS: {"Regular": "VazirmatnDigits.ttf"},
}
_HIDDEN = 32
"""So many bytes of the beginning are mixed with the key (ECMA-376 part 4, 4.1: obfuscated fonts)."""


def embed(word: WordDocument, *names: str) -> None:
    """Put fonts into a Word file, in all their weights."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.oxml import serialize_part_xml
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import qn

    table = word.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    fonts = parse_xml(table.blob)
    number = count(1)
    for name in names:
        font = OxmlElement("w:font")
        font.set(qn("w:name"), name)
        for style, file in _FILES[name].items():
            key = uuid.uuid5(uuid.NAMESPACE_URL, f"{name}-{style}")
            place = PackURI(f"/word/fonts/font{next(number)}.odttf")
            data = hidden((FONTS / file).read_bytes(), key)
            part = Part(place, CONTENT_TYPE.X_FONTDATA, data, word.part.package)
            embedded = OxmlElement(f"w:embed{style}")
            embedded.set(qn("r:id"), table.relate_to(part, RELATIONSHIP_TYPE.FONT))
            embedded.set(qn("w:fontKey"), f"{{{str(key).upper()}}}")
            font.append(embedded)
        fonts.append(font)
    table._blob = serialize_part_xml(fonts)
    word.settings.element.find(qn("w:zoom")).addnext(OxmlElement("w:embedTrueTypeFonts"))


def hidden(font: bytes, key: uuid.UUID) -> bytes:
    """A font as Word stores it: its beginning mixed with the key's bytes in reverse. Twice gives the font again."""
    mixed = bytes(byte ^ key.bytes[15 - place % 16] for place, byte in enumerate(font[:_HIDDEN]))
    return mixed + font[_HIDDEN:]
