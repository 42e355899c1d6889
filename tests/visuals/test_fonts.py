"""The shipped font: what a browser prints with it can be searched in Persian."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

import citydiplomacy.visuals

FONTS = Path(citydiplomacy.visuals.__file__).parent / "fonts"
WORDS = ("مشهد", "شهرداری", "خواهرخوانده", "دیپلماسی", "گفت‌وگو")


@pytest.mark.parametrize("name", ["Vazirmatn-Regular.ttf", "Vazirmatn-Bold.ttf", "Vazirmatn.woff2"])
def test_no_font_maps_presentation_forms(name: str) -> None:
    codes = TTFont(FONTS / name).getBestCmap()
    assert not [code for code in codes if 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFEFF]
    assert {ord(letter) for word in WORDS for letter in word if letter.isalpha()} <= codes.keys()


def test_persian_words_are_found_in_what_a_browser_prints(browser: Any, tmp_path: Path) -> None:
    font = base64.b64encode((FONTS / "Vazirmatn.woff2").read_bytes()).decode()
    page = browser.new_page()
    page.set_content(
        f"<style>@font-face {{ font-family: V; src: url(data:font/woff2;base64,{font}) }} body {{ font-family: V }}"
        f"</style><body dir='rtl' lang='fa'>{''.join(f'<p>{word}</p>' for word in WORDS)}"
    )
    page.evaluate("document.fonts.ready")
    page.pdf(path=str(tmp_path / "printed.pdf"))
    page.close()
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as document:
        printed = document[0].get_textpage().get_text_bounded()
    assert [word for word in WORDS if word.replace("\u200c", "") not in printed.replace("\u200c", "")] == []


def test_the_font_of_digits_draws_0_to_9_as_persian_digits() -> None:
    small, whole = (TTFont(FONTS / f"Vazirmatn{name}.ttf") for name in ("Digits", "-Regular"))
    codes, all_codes = small.getBestCmap(), whole.getBestCmap()
    assert set(codes) == {*range(ord("0"), ord("9") + 1), *range(0x6F0, 0x6FA)}
    for digit in range(10):
        drawn = small["glyf"][codes[ord("0") + digit]].getCoordinates(small["glyf"])[0]
        assert drawn == whole["glyf"][all_codes[0x6F0 + digit]].getCoordinates(whole["glyf"])[0]
