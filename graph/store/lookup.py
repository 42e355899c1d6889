"""Names to records: in any language, by id, by Wikidata item or GeoNames number, with suggestions.

Who knows the names is a store, or a server that holds what a store does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from citydiplomacy.errors import InputError, UsageError

from ..language.plurals import counted
from ..language.text import fold
from ..model.schema import REGISTRY

_WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?([Qq]\d+)")
_SAME_ELSEWHERE = ("http://www.wikidata.org/entity/", "https://www.wikidata.org/entity/")


class Names(Protocol):
    """Who knows names: a Store, an Endpoint, a Neo4j server's ServerNames."""

    def has(self, record_id: str) -> bool:
        """Whether there is a record with an id."""

    def named(self, name: str) -> list[str]:
        """Ids of the records that have a name, spelling folded."""

    def matched(self, iri: str) -> list[str]:
        """Ids of the records that are the same as a thing elsewhere."""

    def folded_names(self) -> Iterable[tuple[str, str]]:
        """(Folded name, id) pairs, for suggestions."""

    def name(self, record_id: str, lang: str = "en") -> str:
        """The name of a record in a language, else in English, else another, else its id."""

    def country(self, record_id: str) -> str:
        """The id of the country that a record lies in; empty if none is told."""


def find(store: Names, name: str, *classes: str, lang: str = "en") -> str:
    """The id of the record that a person means: `Mashhad`, «مشهد», `London, Canada`, `city/mashhad`, `Q121157`, an IRI
    of it elsewhere.

    classes: names of record classes to look among; all if none. Raises UsageError with suggestions, with names in a
    language, if nothing or more than one thing has the name, or only what a view leaves out.
    """
    if not isinstance(name, str):
        raise UsageError(f"{name!r} is no name.", hint="A name or an id is a text.")
    folders = [REGISTRY[cls].folder for cls in classes] or [schema.folder for schema in REGISTRY.values()]
    found = _candidates(store, name.strip(), folders) or _in_country(store, name.strip(), folders)
    found = _placed_city(store, found) or found
    if len(found) == 1:
        return found[0]
    if found:
        countries = {each: store.country(each) for each in found}
        shown = ("؛ " if lang == "fa" else "; ").join(
            _described(store, each, lang, countries[each]) for each in found[:10]
        )
        raise UsageError(
            f"{name!r} can be {counted(len(found), 'thing')}: {shown}",
            hint=f"Say which one by its id, or a city with its country: "
            f"{_placed(store, name.strip(), countries[found[-1]], lang)!r}."
            if len(set(countries.values())) == len(found) and all(countries.values())
            else "Say which one by its id, which stands in brackets.",
        )
    if beyond := _left_out(store, name.strip(), folders):
        raise UsageError(
            f"{beyond[0]} is in the store, and left out of the view that is asked.",
            hint="At a date what began later is left out, and with a strength what is told less strongly.",
        )
    near = suggestions(store, name, folders, lang=lang)
    raise UsageError(
        f"nothing is called {name!r} here" + (f" among {', '.join(classes).lower()} records" if classes else "") + ".",
        hint=f"Did you mean: {', '.join(near)}?" if near else "",
    )


def _placed_city(store: Names, found: Sequence[str]) -> list[str]:
    """The only city of several of which it is told where it lies: another of its name, of which a list told no country,
    waits until a person decides whether it is the same, and the name means the known one until then."""
    if len(found) < 2 or not all(one.startswith(f"{REGISTRY['City'].folder}/") for one in found):
        return []
    placed = [one for one in found if store.country(one)]
    return placed if len(placed) == 1 else []


LEAST = 4
"""Letters of a word of a name that is looked for alone."""


def suggestions(store: Names, name: str, folders: Sequence[str], most: int = 3, lang: str = "en") -> list[str]:
    """Names of records that look like a name, best first, each with its id."""
    from rapidfuzz import fuzz, process

    keys: dict[str, str] = {}
    for key, record_id in store.folded_names():
        if record_id.partition("/")[0] in folders:
            keys.setdefault(key, record_id)
    # As a whole, and by each of its words, since "Mashhad City" is Mashhad; partial likeness would favour short names.
    wanted = fold(name)
    words = [word for word in wanted.split() if len(word) >= LEAST]
    near = [
        (score, key)
        for one in dict.fromkeys((wanted, *words))
        for key, score, _ in process.extract(one, list(keys), scorer=fuzz.ratio, score_cutoff=70, limit=most * 2)
    ]
    ids = list(dict.fromkeys(keys[key] for _, key in sorted(near, key=lambda found: (-found[0], found[1]))))
    return [_described(store, one, lang) for one in ids[:most]]


def _candidates(store: Names, name: str, folders: Sequence[str]) -> list[str]:
    for record_id in (name, *(f"{folder}/{name}" for folder in folders)):
        if record_id.partition("/")[0] in folders and _is_there(store, record_id):
            return [record_id]
    if item := _WIKIDATA.fullmatch(name):
        found = {one for base in _SAME_ELSEWHERE for one in _matched(store, base + item[1].upper())}
    elif name.startswith(("http://", "https://")):
        rest = name.partition(":")[2]
        found = {one for scheme in ("http", "https") for one in _matched(store, f"{scheme}:{rest}")}
    else:
        found = set(store.named(name))
    return sorted(one for one in found if one.partition("/")[0] in folders)


def _left_out(store: Names, name: str, folders: Sequence[str]) -> list[str]:
    """What has the name in a store, and not in the view of it that is asked."""
    from .reader import Store

    if not isinstance(store, Store) or store.home == store.folder:
        return []
    with Store.open_folder(store.home) as whole:
        return _candidates(whole, name, folders)


def _in_country(store: Names, name: str, folders: Sequence[str]) -> list[str]:
    """What has the name before a comma, and lies in the country after it."""
    own, comma, country = name.replace("،", ",").rpartition(",")
    countries = _candidates(store, country.strip(), [REGISTRY["Country"].folder]) if comma else []
    return (
        [one for one in _candidates(store, own.strip(), folders) if store.country(one) in countries]
        if countries
        else []
    )


def _is_there(store: Names, record_id: str) -> bool:
    try:
        return store.has(record_id)
    except (ValueError, InputError):  # the name holds what no IRI may hold
        return False


def _matched(store: Names, iri: str) -> list[str]:
    try:
        return store.matched(iri)
    except (ValueError, InputError):
        return []


def _described(store: Names, record_id: str, lang: str, country: str = "") -> str:
    name = store.name(record_id, lang)
    if country and not name.endswith(f"({store.name(country, lang)})"):
        return f"{_placed(store, name, country, lang)} ({record_id})"
    return f"{name} ({record_id})" if name != record_id else record_id


def _placed(store: Names, name: str, country: str, lang: str) -> str:
    """A name with its country, as it can be asked for."""
    return f"{name}{'،' if lang == 'fa' else ','} {store.name(country, lang)}"
