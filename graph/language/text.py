"""Persian and other text as people type it: digits, yeh and kaf, half-space, and the folded key that names match by."""

from __future__ import annotations

import re
import unicodedata

from persiantools import digits as _digits

from ..letters import OPTIONAL_MARKS

HALF_SPACE = "\u200c"

# Letters that Arabic keyboards and Urdu or Kurdish fonts give in place of the Persian ones; tatweel and the invisible
# marks of direction carry nothing.
_PERSIAN = str.maketrans(
    "يىكڪھہ", "ییککهه", "\u0640\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_SPACE_AT_HALF_SPACE = re.compile(r"[\s\u200c]*\s[\s\u200c]*")
_HALF_SPACES = re.compile(r"\u200c{2,}")


def ascii_digits(text: str) -> str:
    """Persian and Arabic-Indic digits as ASCII digits.

    >>> ascii_digits("۱۳۹۲ و ٢٢")
    '1392 و 22'
    """
    return text if text.isascii() else _digits.fa_to_en(_digits.ar_to_fa(text))


def persian_digits(text: str) -> str:
    """ASCII and Arabic-Indic digits as Persian digits.

    >>> persian_digits("18 دی 1394")
    '۱۸ دی ۱۳۹۴'
    """
    return _digits.en_to_fa(_digits.ar_to_fa(text))


def normalize(text: str) -> str:
    """Persian text in good form: yeh, kaf and heh of Persian, no tatweel, single spaces, half-spaces inside words; NFC.

    For text in Persian (or without letters of Arabic script): the yeh of a name in Arabic would be changed too.

    >>> normalize("  كتاب  هاي\u200c ايران ")
    'کتاب های ایران'
    """
    composed = unicodedata.normalize("NFC", text).translate(_PERSIAN)
    spaced = _SPACE_AT_HALF_SPACE.sub(" ", composed)
    # Taking out a mark can bring letters together that compose: once more, so that a second call changes nothing.
    return unicodedata.normalize("NFC", _HALF_SPACES.sub(HALF_SPACE, spaced).strip(f" {HALF_SPACE}"))


def capital(text: str) -> str:
    """A name with a large first letter, as it stands alone."""
    return text[:1].upper() + text[1:]


def fold(text: str) -> str:
    """The key that names are matched by: letters and digits alone, whatever the spelling.

    Case, diacritics, hamza, spaces, half-spaces and punctuation are gone; yeh and kaf are Persian, digits ASCII.
    Empty for a text without letters and digits.

    >>> fold("Łódź"), fold("مي‌خواهم ۲۰"), fold("Xi'an")
    ('lodz', 'میخواهم20', 'xian')
    """
    return text.lower() if text.isascii() and text.isalnum() else text.translate(_FOLDED)


def alphabetical(name: str) -> tuple[str, str]:
    """The key that names are sorted by: letters whatever their case and accents, those of Persian in its own alphabet,
    of which آ is the first.

    >>> sorted(["ولز", "گرگان", "کابل", "پاریس", "ابهر", "آمل", "Zürich", "Łódź", "oslo"], key=alphabetical)
    ['Łódź', 'oslo', 'Zürich', 'آمل', 'ابهر', 'پاریس', 'کابل', 'گرگان', 'ولز']
    """
    return fold(unicodedata.normalize("NFC", name).replace("آ", _FIRST)).translate(_ALPHABET), name


_ALPHABET = {ord(letter): chr(ord("ء") + place) for place, letter in enumerate("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")}
"""Persian letters in the order of their alphabet: by code points those that Arabic lacks come behind all others."""
_FIRST = chr(ord("ء") - 1)
"""Stands for آ, which folding takes for ا: a letter that no name of ours has, before all of the alphabet."""


class _Folded(dict[int, str]):
    """What each character becomes in a folded key, worked out when first met."""

    # Letters that no decomposition takes apart.
    _LETTERS = str.maketrans(
        {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ŧ": "t",
         "ي": "ی", "ى": "ی", "ے": "ی", "ك": "ک", "ڪ": "ک", "ھ": "ه", "ہ": "ه", "ە": "ه", "ة": "ه", "ۃ": "ه",
         "ء": "", "ـ": ""}
    )  # fmt: skip

    def __missing__(self, code: int) -> str:
        plain = chr(code)
        # Decomposing and folding case each bring new work for the other in a few letters; a fixed point makes folding
        # a folded key change nothing.
        while (again := self._once(plain)) != plain:
            plain = again
        self[code] = plain
        return plain

    def _once(self, text: str) -> str:
        letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        return "".join(self._letter(letter) for letter in OPTIONAL_MARKS.sub("", letters).translate(self._LETTERS))

    @staticmethod
    def _letter(letter: str) -> str:
        number = unicodedata.decimal(letter, None)
        if number is not None:
            return str(number)
        return letter if unicodedata.category(letter)[0] in "LNM" else ""


_FOLDED = _Folded()
