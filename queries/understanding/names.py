"""All names of a store, made once a revision: what a search looks among, and by which plain words find records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.model.schema import REGISTRY, Tie, by_folder
from citydiplomacy.graph.store.once import kept, once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import told_pairs

from .words import stem, words

_NAMED = ("skos:prefLabel", "skos:altLabel", "cd:acronym")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a record."""

    id: str
    text: str
    key: str
    """Folded."""
    begins: str
    """Its words folded, a space before each: where a word begins is a space and its first letters."""


@dataclass(frozen=True)
class AllNames:
    """All names one by one, which a search and a name that is spelt otherwise are looked among."""

    names: tuple[Name, ...]

    @cached_property
    def by_letter(self) -> Mapping[str, tuple[Name, ...]]:
        """First letter -> names."""
        grouped: dict[str, list[Name]] = {}
        for name in self.names:
            grouped.setdefault(name.key[0], []).append(name)
        return {letter: tuple(names) for letter, names in grouped.items()}

    @cached_property
    def by_word(self) -> Mapping[str, frozenset[str]]:
        """Word without endings -> ids of what has it in a name; what a hyphen joins is one word, and several."""
        grouped: dict[str, set[str]] = {}
        for name in self.names:
            for word in name.begins.split():
                grouped.setdefault(stem(word), set()).add(name.id)
            if "-" in name.text:
                for part in words(name.text.replace("-", " ")):
                    grouped.setdefault(part.stem, set()).add(name.id)
        return {word: frozenset(ids) for word, ids in grouped.items()}


@dataclass(frozen=True)
class NameIndex:
    """What has a name, and how many ties each record is part of: of two that fit alike the better known is meant."""

    keys: Mapping[str, list[str]]
    """Folded name -> ids."""
    stems: Mapping[str, list[str]]
    """Name without endings -> ids, where these are not those of the same folded name; none if no name is it then."""
    ties: Mapping[str, int]
    longest: int
    """How many words the longest name has that plain words may hold."""

    def by_stem(self, key: str) -> tuple[str, ...]:
        """The ids of what has a name that is this without its endings."""
        return tuple(self.stems[key] if key in self.stems else self.keys.get(key, ()))


def name_index(store: Store) -> NameIndex:
    """What has a name in a store's merged view."""
    return once(store, _index)


def all_names(store: Store) -> AllNames:
    """The names of a store's merged view."""
    return once(store, _all_names)


def _index(store: Store) -> NameIndex:
    return NameIndex(**kept(store, "named", _indexed))


def _all_names(store: Store) -> AllNames:
    return AllNames(tuple(Name(*each) for each in kept(store, "names", _told)))


def _told(store: Store) -> list[tuple[str, str, str, str]]:
    told = {pair for predicate in _NAMED for pair in told_pairs(store, predicate)}
    return [
        (record_id, text, key, "".join(f" {word.key}" for word in words(text) if word.key != ","))
        for record_id, text in sorted(told)
        if by_folder(record_id) and (key := fold(text))
    ]


def _indexed(store: Store) -> dict[str, Any]:
    ends = {each.by_name[end].predicate for each in REGISTRY.values() if issubclass(each.cls, Tie) for end in each.ends}
    ties = Counter(actor for predicate in sorted(ends) for _, actor in told_pairs(store, f"<{predicate}>"))
    names = all_names(store).names
    keys = _grouped((name.key, name.id) for name in names)
    stems = _grouped(("".join(map(stem, name.begins.split())), name.id) for name in names)
    apart = {key: stems.get(key, []) for key in (*stems, *keys) if stems.get(key) != keys.get(key)}
    longest = min(max((name.begins.count(" ") for name in names), default=1), 16)
    return {"keys": keys, "stems": apart, "ties": dict(ties), "longest": longest}


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, dict[str, None]] = {}
    for key, record_id in pairs:
        grouped.setdefault(key, {})[record_id] = None
    return {key: list(ids) for key, ids in grouped.items()}
