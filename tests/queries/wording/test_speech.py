"""How numbers are said: one format for all, in both languages, and nouns that fit their numbers."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.queries.wording.speech import Speech, rounded

EN, FA = Speech("en"), Speech("fa")
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.decimals(allow_nan=False)


@given(NUMBERS.filter(lambda number: abs(number) < 10**30))
def test_no_reader_meets_an_exponent(number: float | Decimal) -> None:
    assert not re.search("[eE]", EN.number(number).removeprefix("under "))
    assert not re.search(r"[0-9eE,.]", FA.number(number))


@pytest.mark.parametrize(
    ("number", "en", "fa"),
    [
        (12340.4, "12,340", "۱۲٬۳۴۰"),
        (1234.0, "1,234", "۱٬۲۳۴"),
        (0.1234567, "0.1235", "۰٫۱۲۳۵"),
        (0.00001234567, "0.00001235", "۰٫۰۰۰۰۱۲۳۵"),
        (1e-30, "under 0.000000001", "کمتر از ۰٫۰۰۰۰۰۰۰۰۱"),
        (0.0, "0", "۰"),
        (float("nan"), "nan", "nan"),
        (Decimal("1E+4"), "10,000", "۱۰٬۰۰۰"),
        (Decimal("1E-7"), "0.0000001", "۰٫۰۰۰۰۰۰۱"),
        (3062242, "3,062,242", "۳٬۰۶۲٬۲۴۲"),
    ],
)
def test_numbers_in_both_languages(number: float | Decimal, en: str, fa: str) -> None:
    assert (EN.number(number), FA.number(number)) == (en, fa)


@given(st.floats(-1e15, 1e15))
def test_rounding_keeps_four_digits_that_count_and_all_before_the_point(value: float) -> None:
    assert abs(float(rounded(value)) - value) <= max(abs(value) * 5.001e-4, 1e-300)
    assert abs(float(rounded(value)) - value) <= 0.5


def test_shares_are_rounded_and_a_part_is_neither_nothing_nor_all() -> None:
    assert (EN.percent(31, 42), FA.percent(31, 42)) == ("74 %", "۷۴ درصد")
    assert (EN.percent(1, 201), FA.percent(1, 201)) == ("under 1 %", "زیر ۱ درصد")
    assert (EN.percent(200, 201), FA.percent(200, 201)) == ("over 99 %", "بالای ۹۹ درصد")
    assert (EN.percent(1, 8), EN.percent(1, 200)) == ("13 %", "1 %"), "a half goes upwards"
    assert (EN.percent(0, 200), EN.percent(200, 200), EN.percent(1, 100)) == ("0 %", "100 %", "1 %")


@pytest.mark.parametrize(
    ("number", "regular", "irregular"),
    [
        (0, "0 sources", "0 cities"),
        (1, "1 source", "1 city"),
        (2, "2 sources", "2 cities"),
        (1001, "1,001 sources", "1,001 cities"),
    ],
)
def test_a_noun_fits_its_number(number: int, regular: str, irregular: str) -> None:
    assert counted(number, "source") == EN.plural(number, "source") == regular
    assert counted(number, "city", "cities") == irregular
