"""Text as people type it becomes one key, and one good form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.graph.language.text import HALF_SPACE, alphabetical, ascii_digits, fold, normalize, persian_digits

# Letters that meet in names, with every oddity of keyboards and copied text among them.
names = st.text(st.sampled_from("abcÉŁßİǅ éكکيیىةۀأآئء‌‍ـًَ\u200f٠١۲3۴-،«»ـ  \t’کیهـ\u0301\u0654")) | st.text()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("کتاب‌های ایران", "كتابهاي  ايران"),
        ("ارتقاء جایگاه", "ارتقا جایگاه"),
        ("شبکهٔ شهرها", "شبكه‌ شهرها"),
        ("مسئول", "مسيول"),
        ("São Paulo", "SAO PAULO"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("Xi'an", "Xi’an"),
        ("Saint-Étienne", "saint etienne"),
        ("منطقهٔ ۲۲", "منطقه ٢٢"),
        ("Straße 9", "STRASSE ۹"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Kent", "Gent"), ("دی", "دو"), ("दिल्ली", "दल"), ("東京", "京都"), ("C40", "C4")]
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(names)
def test_folding_and_normalizing_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert normalize(normalize(text)) == normalize(text)


@given(names)
def test_a_key_does_not_depend_on_form_case_or_digits(text: str) -> None:
    assert fold(normalize(text)) == fold(text) == fold(persian_digits(text)) == fold(ascii_digits(text))
    assert not any(letter.isspace() or letter in f"{HALF_SPACE}ـيك" for letter in fold(text))


def test_good_form_keeps_the_half_space_inside_words_only() -> None:
    assert normalize(f" مي{HALF_SPACE}خواهم {HALF_SPACE} كه{HALF_SPACE}") == f"می{HALF_SPACE}خواهم که"
    assert normalize(f"شبکه{HALF_SPACE}{HALF_SPACE}ها") == f"شبکه{HALF_SPACE}ها"
    assert normalize("بـــرند\u200f") == "برند"


@given(st.integers(min_value=0))
def test_digits_go_there_and_back(number: int) -> None:
    assert int(ascii_digits(persian_digits(str(number)))) == number
    assert ascii_digits("٠١٢٣٤٥٦٧٨٩") == "0123456789"


def test_names_are_sorted_by_their_alphabet() -> None:
    persian = ["آبادان", "اهواز", "پاریس", "تهران", "چالوس", "ژنو", "کابل", "گرگان", "لاهور", "ونیز", "هرات", "یزد"]
    latin = ["Évora", "Łódź", "oslo", "Zürich"]
    assert sorted({*persian, *latin}, key=alphabetical) == latin + persian
