"""Names of bodies as they are compared: without articles and `and`, and without words such as network or association.

Lists write one body as `United Cities & Local Governments`, `UCLG` or `The United Cities and Local Governments`, and
leave out what is not needed to know it: `UNESCO Creative Cities`. How far a body reaches is part of its name: the
Global Covenant of Mayors is not the Covenant of Mayors.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from citydiplomacy.graph.language.text import HALF_SPACE, fold

_SMALL = (
    "and|the|of|for|in|on|to|a|an|de|des|du|d|la|le|les|l|et|pour|y|e|el|los|las|del|para|und|der|die|das|fur|von|di|"
    "della|per|و|برای|در|از"
)
_GENERIC = (
    "network|networks|association|organization|organisation|initiative|programme|program|group|platform|campaign|"
    "reseau|red|rete|netzwerk|asociacion|associazione|verband|verein|شبکه|انجمن|سازمان|ابتکار|برنامه|گروه|کارزار"
)
_REACH = (
    "global|international|european|asian|african|american|regional|national|جهانی|بین‌المللی|اروپایی|آسیایی|آفریقایی"
)
_SAME = {
    "organisation": "organization", "programme": "program", "centre": "center", "city": "cities", "town": "towns",
    "government": "governments", "municipality": "municipalities", "world": "global", "worldwide": "global",
    "mondial": "global", "mondiale": "global", "mundial": "global", "internationale": "international",
    "internacional": "international", "جهان": "جهانی", "شهر": "شهرهای", "شهرها": "شهرهای",
    "دولتهای": "دولتهای", "دولتها": "دولتهای",
}  # fmt: skip
SMALL, GENERIC, REACH = (frozenset(fold(word) for word in listed.split("|")) for listed in (_SMALL, _GENERIC, _REACH))
_BETWEEN_WORDS = re.compile(r"[\W_]+")


class BodyName(NamedTuple):
    """A name, ready for comparison."""

    key: str
    """Folded."""
    words: frozenset[str]
    """Folded words without articles and the like."""
    telling: frozenset[str]
    """Of these, without words such as network."""

    @property
    def naming(self) -> frozenset[str]:
        """The telling words that do not only say how far it reaches."""
        return self.telling - REACH


@lru_cache(maxsize=1 << 14)
def body_name(name: str) -> BodyName:
    """Take a name apart.

    >>> body_name("United Cities & Local Governments") == body_name("United Cities and Local Governments")
    True
    """
    folded = [fold(word) for word in _BETWEEN_WORDS.split(name.replace(HALF_SPACE, "").replace("&", " and "))]
    words = frozenset(_SAME.get(word, word) for word in folded if word and word not in SMALL)
    return BodyName(fold(name.replace("&", "and")), words, words - GENERIC)
