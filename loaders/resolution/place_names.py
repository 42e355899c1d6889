"""Names of places as they are compared: without the words for `city`, in Latin letters, and by their consonants.

Lists write one city as `Grande-Synthe`, `Ville de Grande-Synthe` or `GRANDE SYNTHE (59)`, and تهران as طهران, Tehran or
Teheran. `Provincia di Siena` is not Siena.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from citydiplomacy.graph.language.text import HALF_SPACE, fold

_CITY = (
    "city|town|ville|stadt|stadtgemeinde|marktgemeinde|gemeinde|gemeente|comune|commune|comuna|municipality|municipio|"
    "municipi|municipal|municipalidad|municipalite|ayuntamiento|ajuntament|concello|concejo|camara|prefeitura|mairie|"
    "council|borough|kommune|kommun|kommunes|stad|miasto|obec|mesto|grad|opcina|obcina|municipiul|orasul|dimos|"
    "landeshauptstadt|hansestadt|universitatsstadt|kreisfreie|government|authority|corporation|"
    "شهر|شهرداری|مدینه|مدينة|بلدية"
)
_OTHER = (
    "provincia|province|provincie|provinz|provincial|diputacion|diputacio|deputacion|region|regione|regio|regional|"
    "county|kreis|landkreis|district|distrito|distretto|departement|departamento|departament|state|land|comarca|"
    "comarcal|consell|consejo|cabildo|canton|voivodeship|oblast|governorate|prefecture|prefettura|prafektur|bezirk|regierungsbezirk|metropole|"
    "area|agglomeration|agglo|communaute|communautes|intercommunale|interkommunal|mancomunidad|"
    "mancomunitat|union|unione|unio|aggregazione|associazione|association|asociacion|associacio|associacao|consorzio|"
    "consorcio|consorci|consortium|verband|gemeindeverband|samtgemeinde|verbandsgemeinde|parc|park|parque|parco|comunita|"
    "comunidad|comunita|comunitat|montana|agency|agencia|agenzia|foundation|fundacion|university|universita|network|red|"
    "rete|sdruzeni|mikroregion|subregion|sous|raion|powiat|starostwo|zupanija|judetul|judet|consiliul|megye|pays|"
    "syndicat|cu|ca|cc|ccas|sivom|metropoolregio|vervoerregio|transport|transports|transportes|autoridad|portuaria|port|airport|island|isla|ile|isola|aglomeration|greater|grand|gran|vallee|valle|val|eastern|western|"
    "استان|محافظة|شهرستان"
)
_SMALL = (
    "de|di|del|della|delle|dei|degli|dell|da|do|dos|das|du|des|d|la|le|les|el|los|las|lo|l|the|of|a|e|y|i|et|and|und|"
    "van|von|der|den|am|an|im|in|s|o|os|as|na|nad|sur|sobre|en|upon|on|al|ال"
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(fold(word) for word in listed.split("|"))


SEVERAL = "+"
"""Stands among the words of a name that lists three places or more."""
CITY_WORDS, OTHER_WORDS, SMALL_WORDS = _words(_CITY), _words(_OTHER) | {SEVERAL}, _words(_SMALL)
_SHORT = {"st": "saint", "sankt": "saint", "ste": "sainte", "sta": "santa", "sto": "santo"}
_LISTED = re.compile(r"[,;]|\s[-–—]\s")

_OF = frozenset({"de", "di", "del", "della", "do", "da", "d", "of", "van", "von", "the", "dell"})
_LATIN_END = 0x250
_BRACKETS = re.compile(r"\s*[(\[].*?[)\]]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
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


class PlaceName(NamedTuple):
    """A name, ready for comparison."""

    whole: str
    """Folded."""
    key: str
    """Folded, without words for `city`."""
    words: frozenset[str]
    """Folded words, without those and without articles."""
    latin: str
    """In Latin letters, lower case."""
    skeleton: str
    """Its consonants in a coarse spelling: what different transliterations leave equal."""
    script: bool
    """Whether it is written in Latin letters."""


@lru_cache(maxsize=1 << 17)
def place_name(name: str) -> PlaceName:
    """Take a name apart."""
    from anyascii import anyascii

    words, kept = _words_of(name)
    latin = anyascii(" ".join(kept)).lower()
    return PlaceName(
        "".join(words),
        "".join(kept),
        frozenset(word for word in kept if word not in SMALL_WORDS) or frozenset(kept),
        latin,
        skeleton(latin),
        all(ord(letter) < _LATIN_END for word in kept for letter in word),
    )


def name_key(name: str) -> str:
    """The key of a name, alone."""
    return "".join(_words_of(name)[1])


def _words_of(name: str) -> tuple[list[str], list[str]]:
    """The folded words of a name, and these without words for `city`."""
    words = _folded_words(name)
    if OTHER_WORDS.isdisjoint(words):  # `Genova (Provincia)` stays what it is
        words = _folded_words(_BRACKETS.sub("", name)) or words
    if len(_LISTED.findall(name)) > 1:
        words.append(SEVERAL)
    kept = [word for word in words if word not in CITY_WORDS] or words
    if len(kept) < len(words):  # `Ville de Lyon`, `City of York`
        while len(kept) > 1 and kept[0] in _OF:
            kept = kept[1:]
    return words, kept


def _folded_words(name: str) -> list[str]:
    words = (fold(word) for word in _BETWEEN_WORDS.split(name.replace(HALF_SPACE, " ")))
    return [_SHORT.get(word, word) for word in words if word]


def alternatives(name: str) -> tuple[str, ...]:
    """The names that one name gives: `Bruxelles/Brussel` gives two, and itself."""
    parts = [part.strip() for part in name.split("/")]
    if len(parts) != 2 or not all(parts) or not OTHER_WORDS.isdisjoint(_folded_words(name)):
        return (name,)
    return (name, *parts)


def skeleton(latin: str) -> str:
    """The consonants of a name in Latin letters.

    >>> skeleton("tehran"), skeleton("thran"), skeleton("tabriz"), skeleton("tbryz")
    ('trn', 'trn', 'tbrs', 'tbrs')
    """
    for pattern, letter in _SPELLINGS:
        latin = pattern.sub(letter, latin)
    return _DOUBLED.sub(r"\1", _NO_CONSONANTS.sub("", latin))
