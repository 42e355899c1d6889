"""Names of places as they are compared: in parts, by words, in Latin letters, and by their consonants.

Lists write one city as `Grande-Synthe`, `Ville de Grande-Synthe` or `GRANDE SYNTHE (59)`, تهران as طهران, Tehran or
Teheran, and one district as `Kadıköy (Istanbul)`, `Istanbul - Kadıköy` or `Kadıköy, Istanbul`. `Provincia di Siena` is
not Siena, and `Mitte (Berlin)` is not `Mitte (Hamburg)`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.letters import spaced

from ..cells.cells import UnknownWord
from ..cells.countries import country_id
from .kind_words import CITY, KINDS, METROPOLITAN, MUNICIPALITY, OTHER

_SMALL = (
    "de|di|del|della|delle|dei|degli|dell|da|do|dos|das|du|des|d|la|le|les|el|los|las|lo|l|the|of|a|e|y|i|et|and|und|"
    "van|von|der|den|am|an|im|in|s|o|os|as|na|nad|sur|sobre|en|upon|on|al|ال"
)
SMALL_WORDS = frozenset(fold(word) for word in _SMALL.split("|"))
_ARTICLES = frozenset({"o", "os", "a", "as", "la", "le", "les", "el", "los", "las", "lo", "l", "the"})
_BEFORE_PLACES = frozenset(
    {"de", "di", "del", "della", "da", "do", "d", "of", "i", "in", "im", "am", "an", "van", "von", "na", "nad", "sur"}
)
"""Before none of these stands an article: `Os de Balaguer` and `Å i Lofoten` are called Os and Å."""
_OF = frozenset({"de", "di", "del", "della", "do", "da", "d", "of", "van", "von", "the", "dell"})
_SHORT = {"st": "saint", "sankt": "saint", "ste": "sainte", "sta": "santa", "sto": "santo"}
HAN = "CJK"
"""The script of Chinese characters."""
SEVERAL = "several"
"""The kind of a name that lists three places or more."""
_PARTED = re.compile(r"[()\[\],;]|\s[-–—]\s")
_NUMBER = re.compile(r"\d+|(?=..)x{0,3}(?:ix|iv|v?i{0,3})")
_NO_CONSONANTS = re.compile(r"[aeiouywv\W\d_]+")
_DOUBLED = re.compile(r"(.)\1+")
_SPELLINGS = tuple(
    (re.compile(spellings), letter)
    for spellings, letter in (
        ("kh|ch|gh|q|ck|c", "k"),
        ("ph", "f"),
        ("zh|sh|sch|j|g", "g"),
        ("th", "t"),
        ("h", ""),
        ("z", "s"),
    )
)


class NamePart(NamedTuple):
    """A part of a name: the whole, or what stands before, in or after brackets, a comma, a dash."""

    key: str
    """Folded."""
    telling: tuple[str, ...]
    """Folded words without articles, sorted."""
    latin: str
    """In Latin letters, lower case."""
    skeleton: str
    """Its consonants in a coarse spelling: what different transliterations leave equal."""
    script: str
    """Of most of its letters, as Unicode names it."""


class PlaceName(NamedTuple):
    """A name, ready for comparison."""

    whole: str
    """Folded."""
    head: NamePart
    """The first part, without words for kinds of place."""
    rest: tuple[NamePart, ...]
    """The others."""
    telling: tuple[str, ...]
    """The words of all parts without articles, sorted: one name in any order."""
    kinds: frozenset[str]
    """What it says of the kind of place, but for city; its numbers too."""
    dashed: bool
    """Whether a dash parts it, so that the first part may be the larger place."""
    halved: bool = False
    """Whether a slash parts it: two names of one place, or a part and the place that it is a part of."""

    @property
    def key(self) -> str:
        """That of its head."""
        return self.head.key

    @property
    def kind_key(self) -> str:
        """The same, but for a name of another kind of place than a city the whole."""
        return _kind_key(self.whole, self.key, self.kinds)


@lru_cache(maxsize=1 << 17)
def place_name(name: str, country: str | None = None) -> PlaceName:
    """Take a name apart. country: the id of the country that it lies in; a part that names it says nothing more."""
    words, head, rest, kinds = _taken_apart(name, country)
    return PlaceName(
        "".join(words),
        _part(head),
        tuple(_part(part) for part in rest),
        _telling(word for part in (head, *rest) for word in part),
        kinds,
        bool(rest) and re.search(r"\s[-–—]\s", name) is not None,
    )


def name_key(name: str) -> str:
    """The `kind_key` of a name, some eight times as fast as by taking it whole: GeoNames has 700,000."""
    words, head, _, kinds = _taken_apart(name)
    return _kind_key("".join(words), "".join(head), kinds)


def _kind_key(whole: str, head: str, kinds: frozenset[str]) -> str:
    return head if kinds <= {MUNICIPALITY} else whole


class _Words(NamedTuple):
    whole: list[str]
    head: list[str]
    rest: list[list[str]]
    kinds: frozenset[str]


def _taken_apart(name: str, country: str | None = None) -> _Words:
    words = _words(name)
    pieces = _PARTED.split(name)
    parts = [words] if len(pieces) == 1 else [part for piece in pieces if (part := _words(piece))]
    parts[1:] = (part for part in parts[1:] if not _is_country(part, country))
    words = [word for part in parts for word in part]
    kinds = {word if KINDS[word] == OTHER else KINDS[word] for word in words if word in KINDS}
    bare = [kept for part in parts if (kept := _without_kinds(part))] or [words]
    if MUNICIPALITY in kinds:
        kinds.discard(METROPOLITAN)
    head, *others = bare
    # A department's number in brackets tells no more than the country does.
    rest = [part for part in others if not all(word.isdigit() for word in part)]
    numbers = {f"number {word}" for part in (head, *rest) for word in part if _NUMBER.fullmatch(word)}
    told = kinds - {CITY} | numbers | ({SEVERAL} if len(rest) > 1 else set())
    if bare == [words]:  # `Canton`, `Union`: the word is the name
        told = numbers
    return _Words(words, head, rest, frozenset(told))


def spellings(name: str, country: str | None = None) -> Iterator[PlaceName]:
    """The names that one name gives, each with what else it says: `Bruxelles/Brussel` gives itself and two, either half
    with the other; `Lahr/Schwarzwald - Kuhbach` one.

    Many lists write two names of one place so, and as many a part and its city (`Pudong/Shanghai`).
    """
    yield place_name(name, country)
    parts = [part.strip() for part in name.split("/")]
    if (
        len(parts) != 2
        or _PARTED.search(name)
        or not all(parts)
        or any(KINDS.get(word, CITY) != CITY for word in _words(name))
    ):
        return
    for one, other in (parts, parts[::-1]):
        yield place_name(f"{one} ({other})", country)._replace(halved=True)


def skeleton(latin: str) -> str:
    """The consonants of a name in Latin letters.

    >>> skeleton("tehran"), skeleton("thran"), skeleton("tabriz"), skeleton("tbryz")
    ('trn', 'trn', 'tbrs', 'tbrs')
    """
    for pattern, letter in _SPELLINGS:
        latin = pattern.sub(letter, latin)
    return _DOUBLED.sub(r"\1", _NO_CONSONANTS.sub("", latin))


def _part(words: list[str]) -> NamePart:
    from anyascii import anyascii

    latin = anyascii(unicodedata.normalize("NFC", " ".join(words))).lower()  # of kana and hangul whole letters
    return NamePart("".join(words), _telling(words), latin, skeleton(latin), _script("".join(words)))


def _telling(words: Iterable[str]) -> tuple[str, ...]:
    told = list(words)
    named = [
        word
        for word, after in zip_longest(told, told[1:])
        if word not in SMALL_WORDS or (word in _ARTICLES and after in _BEFORE_PLACES)
    ]
    return tuple(sorted(named or told))


def _script(letters: str) -> str:
    scripts = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in letters if letter.isalpha())
    return max(scripts, key=lambda script: (scripts[script], script), default="")


def _words(text: str) -> list[str]:
    words = (fold(word) for word in spaced(text).split())
    return [_SHORT.get(word, word) for word in words if word]


def _without_kinds(words: list[str]) -> list[str]:
    kept = [word for word in words if KINDS.get(word, OTHER) == OTHER]
    if len(kept) < len(words):  # `Ville de Lyon`, `City of York`
        while len(kept) > 1 and kept[0] in _OF:
            kept = kept[1:]
    return [] if all(word in _OF for word in kept) else kept


def _is_country(words: list[str], country: str | None) -> bool:
    try:
        return country is not None and country_id(" ".join(words)) == country
    except UnknownWord:
        return False
