"""Words as people type them, cut from a text and brought to one form in either script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from citydiplomacy.graph.language.text import fold

_WORD = re.compile(r"[^\s\u2026«»\"“”„()\[\]{}<>?!؟،؛;,–—|&+=]+|[&,،]")
_POSSESSIVE = re.compile(r"['’‘]s?$|^['‘’]")
_ENDINGS = frozenset({"ها", "های", "هایی", "هایش", "ای", "ام"})
"""Endings of Persian that many write as words of their own: «خواهرخوانده های»."""
_PERSIAN_PLURALS = ("هایشان", "هایش", "هایی", "های", "ها")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    said: str
    """As it was typed."""
    key: str
    """Folded: case, accents, half-spaces and the like are gone."""
    stem: str
    """And without the endings of plurals, of the Persian ezafe and of adjectives («ایرانی»)."""


def words(text: str) -> list[Word]:
    """The words of a text; an ending that stands alone belongs to the word before it.

    >>> [word.stem for word in words("Mashhad's twin cities, خواهر خوانده هاي قم")]
    ['mashhad', 'twin', 'city', ',', 'خواهر', 'خوانده', 'قم']
    """
    made: list[Word] = []
    for match in _WORD.finditer(text):
        said = _POSSESSIVE.sub("", match[0].strip(".:‘’'`*"))
        if said in {",", "،", "&"}:
            made.append(Word(said, "and" if said == "&" else ",", "and" if said == "&" else ","))
            continue
        key = fold(said)
        if not key:
            continue
        if key in _ENDINGS and made and made[-1].key != ",":
            last = made.pop()
            said, key = f"{last.said} {said}", last.key + key
        made.append(Word(said, key, stem(key)))
    return made


def joined_stems(span: Sequence[Word]) -> str:
    """The key of a phrase: a comma inside it says nothing."""
    return "".join(word.stem for word in span if word.stem != "," or len(span) == 1)


def stem(key: str) -> str:
    """A folded word without its endings, by rules so plain that they may cut too much: both sides are cut alike.

    >>> stem("cities"), stem("towns"), stem("شبکههای"), stem("پاکستانی")
    ('city', 'town', 'شبکه', 'پاکستان')
    """
    if key.isascii():
        if key.endswith("ies") and len(key) > 4:
            return f"{key[:-3]}y"
        if key.endswith(("xes", "ches", "shes", "sses")):
            return key[:-2]
        return key[:-1] if key.endswith("s") and len(key) > 3 and key[-2] not in "sui" else key
    for ending in _PERSIAN_PLURALS:
        if key.endswith(ending) and len(key) - len(ending) >= 2:
            key = key[: -len(ending)]
            break
    return key[:-1] if key.endswith("ی") and len(key) > 3 else key


def tolerance(key: str) -> int:
    """How many letters of a word may be amiss.

    >>> tolerance("qom"), tolerance("mashad"), tolerance("samarqandi")
    (0, 1, 2)
    """
    return 0 if len(key) < 4 else 1 if len(key) < 10 else 2
