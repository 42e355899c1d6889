"""Writes which letters the font has that Typst brings, and takes for what Vazirmatn lacks, in both weights.

    python docs/printed_letters.py visuals/fonts/typst-letters.json

A PDF that is to be listened to may hold no letter without a glyph, so `printable` must know them. The fonts stand
as they are in Typst's library, where their beginnings are sought. Needs fontTools and Typst.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

FONT = "Libertinus Serif"
WEIGHTS = (f"{FONT} Regular", f"{FONT} Bold")
BEGINNING = re.compile(rb"OTTO\x00[\x08-\x20]")
"""Of an OpenType font with so many tables (OpenType 1.9, table directory)."""
LARGEST = 1_000_000


def fonts(library: bytes) -> Iterator[tuple[str, set[int]]]:
    """The full name and the letters of each font within a library."""
    for found in BEGINNING.finditer(library):
        try:
            font = TTFont(io.BytesIO(library[found.start() : found.start() + LARGEST]), lazy=True)
            yield font["name"].getDebugName(4), set(font.getBestCmap())
        except (TTLibError, AssertionError, KeyError, ValueError):
            continue


def ranges(codes: list[int]) -> list[tuple[int, int]]:
    """Codes in order as ranges, first and last.

    >>> ranges([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    last = [code for code, after in pairwise([*codes, -1]) if after != code + 1]
    first = [code for before, code in pairwise([-1, *codes]) if code != before + 1]
    return list(zip(first, last, strict=True))


if __name__ == "__main__":
    typst = find_spec("typst")
    assert typst
    assert typst.submodule_search_locations
    library = next(Path(typst.submodule_search_locations[0]).glob("_typst*"))
    found = dict(fonts(library.read_bytes()))
    common = sorted(set.intersection(*(found[weight] for weight in WEIGHTS)))
    written = Path(sys.argv[1]).write_text(json.dumps({"font": FONT, "letters": ranges(common)}) + "\n")
    print(f"{FONT}: {len(common)} letters, {written} bytes")
