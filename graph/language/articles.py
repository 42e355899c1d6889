"""The article that some countries and regions bear in an English sentence, and not in a table or a list."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = re.compile(
    r"\b(United|Republic|Kingdom|Emirates|States|Federation|Union|Territory|Territories|Islands|Isle|Antilles)\b"
)
"""What makes a name one of a kind of state, or of several islands."""
_ALONE: Final = frozenset(
    {
        *("Netherlands", "Caribbean Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia", "Comoros"),
        *("Holy See", "Caribbean", "Americas", "Middle East"),
    }
)
"""Names that no word tells."""


def with_article(name: str) -> str:
    """The English name of a country or region as it stands after `of`, `in` or `for`.

    >>> with_article("United Kingdom"), with_article("Gambia"), with_article("Iran")
    ('the United Kingdom', 'the Gambia', 'Iran')
    >>> with_article("South Georgia and the South Sandwich Islands"), with_article("The Hague Islands")
    ('South Georgia and the South Sandwich Islands', 'The Hague Islands')
    """
    bears = name in _ALONE or (_WORDS.search(name) and not re.search(r"^the\b| and the ", name, re.IGNORECASE))
    return f"the {name}" if bears else name
