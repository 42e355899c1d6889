"""Pieces of a line: nothing lost, and what runs the other way is set apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.visuals.document.inline import pieces
from citydiplomacy.visuals.svg.plain_text import safe_link
from citydiplomacy.visuals.writers.markdown import escaped

LETTERS = st.text(st.sampled_from(list("abZ09-:/.,()[] ،؛«»مشهدکیآ‌۱۲%\n")), max_size=60)


@given(LETTERS, st.sampled_from(["en", "fa"]))
def test_pieces_together_are_the_text(text: str, lang: str) -> None:
    assert "".join(piece.text for piece in pieces(text, lang)) == text


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("در 2012-05-04 امضا شد", ["2012-05-04"]),
        ("شبکهٔ UCLG (United Cities) است", ["UCLG (United Cities)"]),
        ("از 1,234-5,678 تا", ["1,234-5,678"]),
        ("نشانی city/mashhad است", ["city/mashhad"]),
        ("تنها فارسی، با «نشانه‌ها»", []),
    ],
)
def test_what_is_latin_in_persian_stands_apart(text: str, apart: list[str]) -> None:
    assert [piece.text for piece in pieces(text, "fa") if piece.direction == "ltr"] == apart


def test_what_is_persian_in_english_stands_apart() -> None:
    assert [piece.text for piece in pieces("The city of مشهد مقدس, in Iran", "en") if piece.direction] == ["مشهد مقدس"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///x", "//x", "http:", "x", "http://[x"]
)
def test_what_runs_or_reads_is_no_link(address: str) -> None:
    assert safe_link(address) == ""


def test_links_lead_to_pages_and_mailboxes() -> None:
    assert safe_link("https://example.org/a") == "https://example.org/a"
    assert safe_link("mailto:office@example.org") == "mailto:office@example.org"


@given(st.text(max_size=50))
def test_markdown_says_what_was_said(text: str) -> None:
    assert "<" not in escaped(text).replace("\\<", "")
