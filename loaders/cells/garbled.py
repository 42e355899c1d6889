"""Text that was read in another encoding than it was written in, before it came here: MÃ¼nchen, Ù…Ø´Ù‡Ø¯."""

from __future__ import annotations

import re

_SIGNS = re.compile(
    "[ÃÂÄÅÐÑØÙÚÛ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
"""The first two bytes of a letter of UTF-8 as they look in Latin 1 or Windows 1252."""
LOST = "\ufffd"
GARBLED = "a name that looks as if it had been read in a wrong encoding"


def meant(text: str) -> str:
    """What a garbled text was, empty if it is not garbled, or nobody can tell what it was.

    >>> meant("MÃ¼nchen"), meant("München")
    ('München', '')
    """
    if not _SIGNS.search(text):
        return ""
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return ""


def is_garbled(text: str) -> bool:
    """Whether a text was garbled, also where what it was is lost."""
    return LOST in text or bool(meant(text))
