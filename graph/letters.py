"""What is a letter, in any script: marks that readers need are, those that they leave out at will are not."""

from __future__ import annotations

import re
import unicodedata

OPTIONAL_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
"""The marks of scripts that leave them out at will, and those that are not seen. The vowel signs of Indic scripts and
Thai, and the marks that tell Bali from Paris in kana, are letters to their readers."""


def spaced(text: str) -> str:
    """A text with a space for whatever is no letter, digit or mark of one: its words, as they are written.

    >>> spaced("Xi'an (西安), दिल्ली_2").split()
    ['Xi', 'an', '西安', 'दिल्ली', '2']
    """
    return "".join(each if each.isalnum() or unicodedata.category(each)[0] == "M" else " " for each in text)
