"""The names of the classes and properties of ours, in English and Persian, as the Turtle gives them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from .terms import CD, RDFS


def label(term: str, lang: str) -> str:
    """The name of a class or property (its IRI) in a language, else in English. Raises KeyError if it has none."""
    names = _labels()[term]
    return names.get(lang) or names["en"]


def relation_label(relation: str, lang: str) -> str:
    """The name of a relation of ours (`lacksTrait`), as links have it, in a language. Raises KeyError as `label`."""
    return label(f"{CD}{relation}", lang)


@lru_cache(maxsize=1)
def _labels() -> dict[str, dict[str, str]]:
    """Name by term and language."""
    import pyoxigraph as ox

    found: dict[str, dict[str, str]] = {}
    data = Path(__file__).with_name("citydiplomacy.ttl").read_bytes()
    for quad in ox.parse(data, ox.RdfFormat.TURTLE):
        if quad.predicate.value == RDFS.label and isinstance(quad.object, ox.Literal):
            found.setdefault(str(getattr(quad.subject, "value", "")), {})[quad.object.language or ""] = (
                quad.object.value
            )
    return found
