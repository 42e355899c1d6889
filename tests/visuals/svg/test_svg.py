"""The writer of SVG: texts stay text, safe, each in an isolate of its direction; widths are not less than drawn."""

from __future__ import annotations

import io
import re
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from citydiplomacy.visuals.svg.printable import printable
from citydiplomacy.visuals.svg.printed import printed
from citydiplomacy.visuals.svg.svg import MANY, Svg, line
from citydiplomacy.visuals.svg.text_width import text_width, wrapped

HOSTILE = '</text><script>alert(1)</script>&amp; "x" \u202e'
SAMPLES = (
    "Mashhad",
    "United Cities and Local Governments (UCLG)",
    "مشهد",
    "خواهرخوانده‌های ۱۲ شهر",
    "Pécs · پکن",
    "WAWA",
    "سازمان شهرها و دولت‌های محلی، بخش خاورمیانه و غرب آسیا",
    "لاهور، کلان‌شهر هرات و ملایر",
    "اتحادیهٔ شهرهای تاریخی؛ مؤسسهٔ آموزش",
)


def drawn(lang: str, *texts: str, **how: Any) -> Svg:
    svg = Svg(800, 600, lang=lang, title=HOSTILE)
    for number, text in enumerate(texts):
        svg.text(400, 40 + 30 * number, text, **how)
    return svg


@pytest.mark.parametrize(("lang", "opening"), [("en", "\u2066"), ("fa", "\u2067")])
def test_every_text_stands_in_an_isolate_and_stays_text(lang: str, opening: str) -> None:
    root = ET.fromstring(drawn(lang, HOSTILE, *SAMPLES).file())
    found = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert [text[0] + text[-1] for text in found] == [f"{opening}\u2069"] * len(found)
    assert found[0][1:-1] == '</text><script>alert(1)</script>&amp; "x"'
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    assert not [text for text in root.iter("{http://www.w3.org/2000/svg}text") if text.get("direction")]


def test_a_text_begins_where_reading_begins(browser: Any) -> None:
    """In English it reaches to the right of its point, in Persian to the left."""
    page = browser.new_page()
    for lang, right in (("en", True), ("fa", False)):
        page.set_content(f"<body dir='{'ltr' if right else 'rtl'}'>{drawn(lang, 'مشهد Mashhad').markup()}")
        box = page.evaluate("(b => [b.x, b.x + b.width])(document.querySelector('text').getBBox())")
        assert (box[0] >= 399) if right else (box[1] <= 401)
    page.close()


def test_no_text_is_drawn_wider_than_measured(browser: Any) -> None:
    page = browser.new_page()
    for bold in (False, True):
        page.set_content(f"<body>{drawn('fa', *SAMPLES, size=20, bold=bold).file().partition('?>')[2]}</body>")
        page.evaluate("document.fonts.ready")
        page.evaluate("document.fonts.load('20px Vazirmatn')")
        widths = page.evaluate("[...document.querySelectorAll('text')].map(t => t.getComputedTextLength())")
        for text, width in zip(SAMPLES, widths, strict=True):
            measured = text_width(text, 20, bold=bold)
            assert width <= measured * 1.05, text
            assert measured <= width * 1.1, text
    page.close()


@given(st.text(max_size=200), st.floats(20, 400))
def test_wrapped_lines_hold_the_text_and_no_more_than_the_width(text: str, width: float) -> None:
    lines = wrapped(text, 12, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(each, 12) <= width or len(each.strip()) == 1 for each in lines)


def test_what_no_font_has_is_printed_in_latin_letters() -> None:
    assert printable("Ｗ 北京 서울 Łódź Αθήνα Москва مشهد “–”") == "W BeiJing SeoUl Łódź Αθήνα Москва مشهد “–”"


def test_what_is_printed_stays_well_formed() -> None:
    """Letters whose Latin form is a sign of markup."""
    svg = drawn("en", "1 ≪ 2 ″ ＆ ＜b＞", "北京")
    texts = [each.text for each in ET.fromstring(svg.printable_markup()).iter("{http://www.w3.org/2000/svg}text")]
    assert texts[1] == "\u2066BeiJing\u2069"
    assert printed(svg, "pdf").startswith(b"%PDF")


def test_points_that_fall_on_one_another_are_one() -> None:
    assert line([(0, 0), (0.01, 0), (1, 2.26)], closed=True) == "M0 0l1 2.3Z"
    assert not re.search(r"e-|nan", line([(1e-9, -1e-9)]))


@pytest.mark.parametrize("number", [3, 40])
def test_marks_that_look_alike_are_round_with_a_white_edge_in_a_browser_and_in_print(browser: Any, number: int) -> None:
    """Few are circles, many one path: seen alike."""
    svg = Svg(200, 200, lang="en", title="t")
    svg.add("rect", x=0, y=0, width=200, height=200, fill="#00ff00")
    points = [(20.0 + 20 * (place % 8), 20.0 + 20 * (place // 8)) for place in range(number)]
    svg.dots(points, radius=6, fill="#0000ff", edge=2)
    page = browser.new_page(viewport={"width": 200, "height": 200})
    page.set_content(f"<body style='margin:0'>{svg.markup()}</body>")
    for picture in (page.screenshot(), printed(svg, "png", dpi=144)):
        seen = Image.open(io.BytesIO(picture)).convert("RGB")
        unit = seen.width / 200
        for x, y in points:
            row = [seen.getpixel((int((x + off) * unit), int(y * unit))) for off in (-9, -6, 0, 5.5)]
            assert np.abs(np.array(row) - [(0, 255, 0), (255, 255, 255), (0, 0, 255), (255, 255, 255)]).max() < 40
    page.close()
    assert svg.markup().count("<circle") == (number if number < MANY else 0)
