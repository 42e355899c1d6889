"""The text of a PDF as its readers find it: letters drawn as one stand in the order in which they are read."""

from __future__ import annotations

import io
import re

from citydiplomacy.errors import MissingExtraError

# An entry of a font's map to Unicode (PDF 32000-1, 9.10.3) that gives one glyph several letters, as in لا and هٔ.
_SEVERAL = re.compile(rb"(?<=> <)([0-9A-F]{8,})(?=>)")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


def findable(made: bytes) -> bytes:
    """The PDF with its Arabic letters in the order that readers expect, packed closer. Same file, same bytes.

    A reader turns a line that runs from right to left round glyph by glyph, and with it the letters of one glyph; so
    these are stored the other way round.

    Raises MissingExtraError without pikepdf.
    """
    try:
        import pikepdf
    except ImportError:
        raise MissingExtraError("pikepdf", "pdf", "Writing .pdf") from None
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        for font in pdf.objects:
            if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font:
                font.ToUnicode.write(_SEVERAL.sub(_turned, font.ToUnicode.read_bytes()))
        pdf.save(packed, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return packed.getvalue()


def _turned(found: re.Match[bytes]) -> bytes:
    letters = bytes.fromhex(found[1].decode()).decode("utf-16-be")
    if not _RIGHT_TO_LEFT.search(letters):
        return found[0]
    return letters[::-1].encode("utf-16-be").hex().upper().encode()
