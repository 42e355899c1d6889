"""Cuts the Arabic presentation forms from the shipped fonts, and writes beside them how wide each letter is.

    python docs/cut_font.py visuals/fonts/Vazirmatn[-.]*.{ttf,woff2}

A browser that prints a page writes these forms as the text of the PDF, and Persian words are then found by no reader.
The letters and how they join are drawn from the font's other tables as before: no glyph changes. Needs fontTools and,
for .woff2, brotli.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FORMS = (range(0xFB50, 0xFE00), range(0xFE70, 0xFEFF))
"""Arabic Presentation Forms-A and -B (Unicode 17.0, blocks)."""
FEATURES = ("fina", "init", "medi")
"""By which a font joins letters."""
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


def joined(path: Path) -> dict[str, list[int]]:
    """The same of letters as they join: at the end of a word, and of those that join what follows too at its beginning
    and in its middle."""
    font = TTFont(path)
    per_em, widths, letters = font["head"].unitsPerEm, font["hmtx"], font.getBestCmap()
    found: dict[str, list[int]] = {}
    for feature in FEATURES:
        forms = dict(_forms(font["GSUB"].table, feature))
        for code, name in sorted(letters.items()):
            if name in forms:
                found.setdefault(chr(code), []).append(round(widths[forms[name]][0] * 1000 / per_em))
    return found


def _forms(table: Any, feature: str) -> Iterator[tuple[str, str]]:
    """What a feature of a font draws in place of each glyph."""
    for record in table.FeatureList.FeatureRecord:
        for lookup in record.Feature.LookupListIndex if record.FeatureTag == feature else ():
            for each in table.LookupList.Lookup[lookup].SubTable:
                yield from getattr(each, "ExtSubTable", each).mapping.items()


def digits(path: Path) -> Path:
    """Beside a font one of its Persian digits alone, which stand for 0 to 9 too: Word counts pages in these."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options()
    options.recalc_timestamp, options.layout_features = False, []
    cutter = Subsetter(options)
    cutter.populate(unicodes=[0x6F0 + digit for digit in range(10)])
    cutter.subset(font)
    for table in font["cmap"].tables:
        table.cmap |= {ord("0") + digit: table.cmap[0x6F0 + digit] for digit in range(10)}
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = f"{record.toUnicode().partition(' ')[0].partition('-')[0]}Digits"
    made = path.with_name("VazirmatnDigits.ttf")
    font.save(made)
    return made


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        if path.name == "Vazirmatn-Regular.ttf":
            print(f"{digits(path)}: Persian digits alone")
        print(f"{path}: {cut(path)} forms cut")
        if path.suffix == ".ttf":
            for told, widths in (("advances", advances(path)), ("joined", joined(path))):
                text = json.dumps(widths, ensure_ascii=False, indent=0 if told == "advances" else None) + "\n"
                path.with_suffix(f".{told}.json").write_text(text, encoding="utf-8")
