"""What the name of a column says: what stands in it, and of which side of a tie."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from citydiplomacy.graph.language.text import HALF_SPACE, ascii_digits, fold

from ..cells.markup import without_markup
from .column_names import ALONE, COLUMNS, MEMBERS, MISSING, RENEWALS, SECOND, SIDES, SIGNINGS
from .other_words import EVENTS, OTHER_CITIES, OTHER_TIES, PERSONS

SIDED = (
    "city",
    "country",
    "region",
    "wikidata",
    "geonames",
    "id",
    "latitude",
    "longitude",
    "coordinates",
    "population",
)
"""What is told of each side of a tie."""
_ORDER = (
    *(
        "wikidata",
        "geonames",
        "latitude",
        "longitude",
        "coordinates",
        "population",
        "end",
        "joined",
        "attested",
        "start",
    ),
    *(
        "status",
        "role",
        "kind",
        "parties",
        "note",
        "address",
        "acronym",
        "founded",
        "homepage",
        "id",
        "region",
        "country",
        "sender",
    ),
    *("network", "city"),
)
"""Of several words of a name the first of these says what stands in the column."""
_UNSPACED = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
"""Letters of scripts that put no spaces between words, each of which may begin one: 外方城市."""
_NUMBERED = ("wikidata", "id", "geonames")
"""Numbers of a thing, which may be another than a city."""
_PLAIN = frozenset(map(fold, ["name", "label", "title", "item", "نام", "عنوان", "nom", "fullname", *MEMBERS]))
"""Names of a column of cities that may be another's."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name of a column says."""

    what: str
    side: int = 0
    """1, 2, or 0 where nothing says."""
    plain: bool = False
    """Whether it says no more than `name`."""


def meaning(name: str) -> Meaning | None:
    """What a name of a column says, None if a word of it is not known.

    >>> meaning("partner country"), meaning("ville_A_pays")
    (Meaning(what='country', side=2, plain=False), Meaning(what='country', side=1, plain=False))
    """
    name = without_markup(name)
    name = re.sub(r"(?: \(\d+\)|\s*\[[^\[\]]*\])+$", "", name)  # its number among its like, marks of footnotes
    if found := COLUMNS.get(fold(name)) or ALONE.get(fold(name)):
        return Meaning(found, 0, fold(name) in _PLAIN or found in _NUMBERED)
    outer = re.sub(r"\s*\([^()]+\)$", "", name)
    within = meaning(name[len(outer) :].strip(" ()")) if outer != name else None
    if outer != name and (found_outside := meaning(outer)) and found_outside.what == "city":
        if within and within.what in ("country", "region", "wikidata"):  # `From (country)`
            return Meaning(within.what, found_outside.side)
        return found_outside  # `Partner (year)`
    words = [part for word in map(fold, words_of(name)) for part in _glued().get(word, (word,))]
    told: list[tuple[str, int]] = []
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            word = "".join(words[start:end])
            side = SIDES.get(word, 0)
            what = COLUMNS.get(word, "")
            if side and not (what and end - start > 1):
                told.append(("", side))
            elif what:
                told.append((what, 0))
            elif word not in MISSING | SIGNINGS:
                continue
            start = end
            break
        else:
            return None
    if not told and SIGNINGS & set(words):
        return Meaning("start")  # `Firma dell'accordo`
    whats = [what for what, _ in told if what]
    sides = {side for _, side in told if side}
    if not told or len(sides) > 1:
        return None
    side = next(iter(sides), 0)
    if not whats:
        return Meaning("city", side) if side else None
    what = min(whats, key=_ORDER.index)
    if what == "start" and {"from", "to"} & set(words):
        return Meaning("end" if "to" in words else what)
    if what in _NUMBERED and (
        of := next((one for one in ("sender", "country", "network", "kind") if one in whats), "")
    ):
        return Meaning(f"{of} {what}", side)
    return Meaning(what, side, plain=not side and all(fold(word) in _PLAIN | MISSING for word in words))


def tells_renewal(name: str) -> bool:
    """Whether a name of a column says that it tells when ties were renewed."""
    return bool(RENEWALS & set(map(fold, words_of(name))))


def may_be_partner(name: str) -> bool:
    """Whether a name of which not every word is known has some for a partner and a city: `Дальний город-партнёр`."""
    words = [part for word in map(fold, words_of(name)) for part in _glued().get(word, (word,))]
    if PERSONS & set(words):
        return False
    return any(SIDES.get(word) == SECOND for word in words) and any(COLUMNS.get(word) == "city" for word in words)


_HEAD_LAST = frozenset(map(fold, ["city", "town", "municipality", "country", "state", "province", "region"]))
"""Words after which nothing may stand: a city official is none."""


def partly(name: str) -> tuple[str, frozenset[str]] | None:
    """What a name with words that nobody knows is of, a city, a country or a region, and these words; None if a word
    says that it is of something else.

    >>> partly("Northern city"), partly("City official")
    (('city', frozenset({'northern'})), None)
    """
    each = [fold(word) for word in words_of(name)]
    for length in range(1, len(each)):
        for head, rest in ((each[-length:], each[:-length]), (each[:length], each[length:])):
            what = COLUMNS.get("".join(head), "")
            if what not in ("city", "country", "region") or (_HEAD_LAST & set(head) and rest != each[:-length]):
                continue
            unknown = frozenset(rest) - MISSING
            known = SIDES.keys() | COLUMNS.keys() | ALONE.keys() | SIGNINGS | RENEWALS
            if unknown and not unknown & (known | PERSONS | OTHER_TIES | EVENTS | OTHER_CITIES):
                return what, unknown
    return None


def tells_other_city(name: str) -> bool:
    """Whether a name of a column says that its cities are other ones than those of ties: `Capital`."""
    return bool(OTHER_CITIES & set(map(fold, words_of(name))))


def names_city(name: str) -> bool:
    """Whether a name of a column has a word for a city, beside others: `City – Country`."""
    words = [part for word in map(fold, words_of(name)) for part in _glued().get(word, (word,))]
    joined = [one + other for one, other in pairwise(words)]
    return any(COLUMNS.get(word) == "city" or SIDES.get(word) == SECOND for word in (*words, *joined))


def words_of(name: str) -> list[str]:
    """The words of a name: `partnerCity_id2` has four."""
    text = re.sub(
        r"(?<=[a-z\u00df-\u00ff])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " ", name
    )
    text = re.sub(rf"(?<={_UNSPACED})(?=\w)|(?<=\w)(?={_UNSPACED})", " ", text)
    return re.findall(r"[^\W_]+", ascii_digits(text.replace(HALF_SPACE, "")))


@cache
def _glued() -> dict[str, tuple[str, str]]:
    """Words that are written as one: Partnerstadt, Schwesterstadt."""
    seconds = (word for word, side in SIDES.items() if side == SECOND and (len(word) > 4 or word > "\u3000"))
    firsts = [*seconds, "schwester", "zwillings"]
    return {first + word: ("partner", word) for first in firsts for word, what in COLUMNS.items() if what in SIDED}
