"""Cities that share a name: a sentence that is copied out says of such a city in which country it lies."""

from __future__ import annotations

from collections import defaultdict

from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.store.once import kept
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select

from ..standing.scopes import groups
from ..wording.speech import Speech


def speech(store: Store, lang: str) -> Speech:
    """A language to speak of a store's cities in: one whose name another bears is named with its country."""
    among = groups(store)
    return Speech(lang, {city: among.named(city, "country", lang) for city in kept(store, "namesakes", _namesakes)})


def _namesakes(store: Store) -> list[str]:
    """The cities of which a name, in whatever language and spelling, is that of another city too."""
    named = defaultdict(set)
    for city, name in select(store, "SELECT ?city ?name WHERE { ?city a schema:City ; skos:prefLabel ?name }"):
        named[fold(str(name))].add(str(city))
    return sorted({city for name, cities in named.items() if name and len(cities) > 1 for city in cities})
