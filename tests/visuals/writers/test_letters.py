"""Any text gives a PDF: what its fonts lack stands there by the nearest letters, and the paper says so."""

from __future__ import annotations

import io
import sys
import unicodedata

import pypdfium2
import pytest

from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.visuals.document.blocks import Document, Heading, Paragraph, Picture
from citydiplomacy.visuals.svg.printable import LACKING, lacking, printable
from citydiplomacy.visuals.svg.svg import Svg
from citydiplomacy.visuals.svg.text_width import advances

from .conftest import DAY, written

ASSIGNED = [
    chr(code) for code in range(0x20, sys.maxunicode) if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")
]
"""All letters that Unicode has, as Python knows it."""
SOME = 2_000
"""Letters in one document."""
MARKS = [letter for letter in ASSIGNED if unicodedata.category(letter).startswith("M")]


def of(text: str, lang: str = "en") -> Document:
    """A document with a text as words, in bold, in a figure and in its properties."""
    svg = Svg(1000, 50, lang=lang, title=text)
    svg.text(10, 20, text)
    svg.text(10, 20, text, bold=True)
    blocks = [Heading(text, "k"), Paragraph(Phrase(text)), Picture("p", svg, text)]
    return Document(text, text, lang, text, DAY, 1, blocks, (), (), lambda _: ())


def read(paper: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(paper)) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("base", ["", "n", "م", "и", "ה", "字", "\u0615"])
def test_every_mark_on_a_letter_of_any_script_is_printed(base: str) -> None:
    for lang in ("en", "fa"):
        assert written(of(" ".join(base + mark for mark in MARKS), lang), ".pdf")


def test_every_letter_of_unicode_is_printed() -> None:
    """Those of the scripts that names are written in one by one; of the many Chinese and Korean ones a part."""
    common = [letter for letter in ASSIGNED if not unicodedata.name(letter, "").startswith(("CJK", "HANGUL SYL"))]
    chosen = [*common, *(letter for letter in ASSIGNED[::97] if letter not in common)]
    assert len(chosen) > 30_000
    for part in range(0, len(chosen), SOME):
        for lang in ("en", "fa"):
            assert written(of("".join(chosen[part : part + SOME]), lang), ".pdf")


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("Mashhad مشهد é Москва Αθήνα Łódź", "Mashhad مشهد é Москва Αθήνα Łódź"),
        ("n\u0304", "n\u0304"),  # the font that Typst brings has both
        ("م\u0304", "م"),
        ("e\u0301", "e\u0301"),
        ("Ｗ", "W"),
        ("ﷺ", "صلى الله عليه وسلم"),
        ("\u0600\u034f", "#"),
        ("𒀀", LACKING),
        ("🙂 ❤\ufe0f ☎ 1\ufe0f\u20e3", f"{LACKING} {LACKING} {LACKING} 1"),  # never the name of a picture
        ("\U0001f469\u200d\U0001f467", f"{LACKING}\u200d{LACKING}"),
        (":slight_smile: :x:", ":slight_smile: :x:"),
    ],
)
def test_a_letter_that_no_font_has_stands_by_its_nearest(given: str, near: str) -> None:
    assert printable(given) == near


def test_what_the_shipped_font_has_is_left_alone() -> None:
    whole = "".join(letter for letter in advances(bold=False) if letter not in "\0\ufeff")
    assert printable(whole) == whole
    assert lacking([whole, "n\u0304"]) == set()


def test_in_a_figure_letters_of_another_font_and_marks_of_their_own_are_told_by_their_nearest() -> None:
    assert printable("مثلاً شبکهٔ n\u0304 é Nẵng Москва", drawn=True) == "مثلا شبکهٔ n é Nang Moskva"
    assert lacking(["مثلاً شبکهٔ é ẵ"], drawn=True) == {"\u064b", "ẵ"}


def test_what_typst_would_read_as_its_own_language_is_printed_as_it_is() -> None:
    """Markup, code, links, quotes, dashes and dots of others' names, on a page and in a figure."""
    signs = r"""#let(x) $x^2$ @a <b> a~b a--b --- ... "q" 'q' *b* _e_ = -i +n /t: `c` \u{41} // /* */ [x](y) {z} :x:"""
    for name in (signs, *signs.split(" ")):
        svg = Svg(1000, 50, lang="en", title="t")
        svg.text(10, 20, name)
        blocks = [Paragraph(Phrase(name)), Picture("p", svg, "t")]
        paper = written(Document("t", "s", "en", "a", DAY, 1, blocks, (), (), lambda _: ()), ".pdf")
        assert " ".join(read(paper).split()).startswith(f"t s {name} {name} Evidence What")


@pytest.mark.parametrize(("lang", "says"), [("en", "as HTML has them"), ("fa", "HTML")])
def test_the_paper_says_what_its_fonts_lack_once_and_nothing_without_need(lang: str, says: str) -> None:
    told = read(written(of("م\u0304 𒀀", lang), ".pdf"))
    assert " ".join(told.split()).count(says) == 1
    assert "U+" not in told  # nobody reads letters by their codes
    assert "م\u0304 𒀀" in written(of("م\u0304 𒀀", lang), ".html").decode()  # as the note says
    assert "HTML" not in read(written(of("مشهد Mashhad", lang), ".pdf"))
