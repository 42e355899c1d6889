"""Words as people type them, cut from a text and brought to one form in either script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from citydiplomacy.graph.language.text import fold

_WORD = re.compile(r"[^\s\u2026«»\"“”„()\[\]{}<>?!؟،؛;,–—|&+=]+|[&,،]")
_POSSESSIVE = re.compile(r"['’‘]s?$|^['‘’]")
_COPULA = re.compile("\u200c(?:اند|است|ست)$")
"""At the end of a Persian word: «خواهرخوانده‌اند»."""
_ENDINGS = frozenset({"ها", "های", "هایی", "هایش", "ای", "ام"})
"""Endings of Persian that many write as words of their own: «خواهرخوانده های»."""
_PERSIAN_PLURALS = ("هایشان", "هایشون", "هاشان", "هایند", "هایش", "هایم", "هایت", "هاست", "هایی", "های", "ها")

_THEIR = ("شان", "شون")
_VERBAL = ("می", "نمی", "بپ", "دار", "ندار")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    said: str
    """As it was typed."""
    key: str
    """Folded: case, accents, half-spaces and the like are gone."""
    stem: str
    """And without the endings of plurals."""

    @property
    def bare(self) -> str:
        """And without the yeh of the Persian ezafe and of adjectives, the end that makes a verb of it («مشترکند»,
        spoken «برقراره») or says whose it is («میزبانشان»); a spoken verb as it is written: «می‌کنه» is «می‌کند».
        """
        if self.stem.endswith("ند") and len(self.stem) > 5:
            return self.stem[:-2]
        if self.stem.endswith(_THEIR) and len(self.stem) > 6:
            return self.stem[:-3]
        if self.stem.endswith("ه") and self.stem.startswith(_VERBAL):
            return f"{self.stem[:-1]}د"
        if self.stem.endswith("ه") and len(self.stem) > 5:
            return self.stem[:-1]
        return self.stem[:-1] if self.stem.endswith("ی") and len(self.stem) > 3 else self.stem


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
        key = fold(_COPULA.sub("", said))
        if not key:
            continue
        if key in _ENDINGS and made and made[-1].key != ",":
            last = made.pop()
            said, key = f"{last.said} {said}", last.key + key
        made.append(Word(said, key, stem(key)))
    return made


def joined(span: Sequence[Word]) -> str:
    """The key of a phrase that is known; a comma inside it says nothing."""
    return "".join(word.stem for word in span if word.stem != "," or len(span) == 1)


def forms(span: Sequence[Word]) -> Iterator[str]:
    """The keys under which a phrase that is typed may be known: as it is, then with words less the last yeh of Persian
    (or «ند»), which makes «ایرانی» of «ایران»; the other way round «شهردار» is not «شهرداری».
    """
    yield joined(span)
    ending = [place for place, word in enumerate(span) if word.bare != word.stem]
    for number in range(1, min(len(ending), 3) + 1):
        for places in combinations(ending, number):
            yield joined([replace(word, stem=word.bare) if at in places else word for at, word in enumerate(span)])


def stem(key: str) -> str:
    """A folded word without the endings of plurals; plain rules may cut too much, but cut both sides alike.

    >>> stem("cities"), stem("towns"), stem("شبکههای"), stem("پاکستانی")
    ('city', 'town', 'شبکه', 'پاکستانی')
    """
    if key.isascii():
        if key.endswith("ies") and len(key) > 4:
            return f"{key[:-3]}y"
        if key.endswith(("xes", "ches", "shes", "sses")):
            return key[:-2]
        return key[:-1] if key.endswith("s") and len(key) > 3 and key[-2] not in "sui" else key
    if not key.endswith(_PERSIAN_PLURALS):
        return key
    ending = next((each for each in _PERSIAN_PLURALS if key.endswith(each) and len(key) - len(each) >= 2), "")
    return key.removesuffix(ending)


def tolerance(key: str) -> int:
    """How many letters of a word may be amiss.

    >>> tolerance("qom"), tolerance("mashad"), tolerance("samarqandi")
    (0, 1, 2)
    """
    return 0 if len(key) < 4 else 1 if len(key) < 10 else 2
