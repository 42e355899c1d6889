"""Cities that share a name: a sentence that is copied out says of such a city in which country it lies."""

from __future__ import annotations

from collections import defaultdict

from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.store.once import kept
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select

from .evidence import Label, Named
from .speech import Speech
from .strengths import limits


def speech(store: Store, lang: str) -> Speech:
    """A language to speak of a store's cities in: one whose name another bears is named with its country, and sentences
    leave room for the `limits` of the store."""
    shared = namesakes(store)
    lands = {land: Named(store.name(land, lang), land, Label(land)) for land in {*shared.values()} if land}
    taken = len(limits(Speech(lang), store))
    return Speech(lang, {city: lands.get(land) for city, land in shared.items()}, taken)


def namesakes(store: Store) -> dict[str, str]:
    """The cities of which a name, in whatever language and spelling, is that of another city too; and their countries,
    empty where none is told. Kept with the store."""
    return kept(store, "namesakes", _found)


def _found(store: Store) -> dict[str, str]:
    named = defaultdict(set)
    for city, name in select(store, "SELECT ?city ?name WHERE { ?city a schema:City ; skos:prefLabel ?name }"):
        named[fold(str(name))].add(str(city))
    shared = sorted({city for name, cities in named.items() if name and len(cities) > 1 for city in cities})
    return {city: store.country(city) for city in shared}
