"""Cuts the Arabic presentation forms from the shipped fonts, and writes beside them how wide each letter is.

    python docs/cut_font.py visuals/fonts/*.{ttf,woff2}

A browser that prints a page writes these forms as the text of the PDF, and Persian words are then found by no reader.
The letters and how they join are drawn from the font's other tables as before: no glyph changes. Needs fontTools and,
for .woff2, brotli.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

FORMS = (range(0xFB50, 0xFE00), range(0xFE70, 0xFEFF))
"""Arabic Presentation Forms-A and -B (Unicode 17.0, blocks)."""
CUT = "; presentation forms cut"
"""What the font says of it in its version, since its licence asks to tell a modified version apart."""


def cut(path: Path) -> int:
    """Take the forms out of a font's character map. Returns how many there were."""
    font = TTFont(path, recalcTimestamp=False)
    forms = {code for code in font.getBestCmap() if any(code in block for block in FORMS)}
    for table in font["cmap"].tables:
        table.cmap = {code: glyph for code, glyph in table.cmap.items() if code not in forms}
    if forms:
        for record in font["name"].names:
            if record.nameID == 5:
                record.string = record.toUnicode() + CUT
        font.save(path)
    return len(forms)


def advances(path: Path) -> dict[str, int]:
    """How far each letter of a font moves on, in thousandths of its size; letters that join, as they stand alone."""
    font = TTFont(path)
    per_em = font["head"].unitsPerEm
    return {
        chr(code): round(font["hmtx"][name][0] * 1000 / per_em) for code, name in sorted(font.getBestCmap().items())
    }


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        print(f"{path}: {cut(path)} forms cut")
        if path.suffix == ".ttf":
            text = json.dumps(advances(path), ensure_ascii=False, indent=0) + "\n"
            path.with_suffix(".advances.json").write_text(text, encoding="utf-8")
