"""The concept schemes as Python values: what a record can be sorted by. The Turtle is the only place they stand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from .compiled import literal
from .terms import BASE, CD, SKOS

_FIELDS = {
    SKOS.broader: "broader",
    CD.grade: "grade",
    CD.bonus: "bonus",
    CD.rung: "rung",
    CD.stands: "stands",
    CD.reliability: "reliability",
    CD.relationship: "relationship",
    CD.whole: "whole",
}
_PYTHON: dict[str, Callable[[str], Any]] = {"integer": int, "boolean": "true".__eq__, "string": str}


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme. What a scheme does not say of its concepts is None."""

    id: str
    """With its scheme: `role/board-member`."""
    labels: dict[str, str]
    """Name by language: `en`, `fa`."""
    broader: str | None = None
    """The id of the next wider concept: `world-region/asia`."""
    grade: int | None = None
    """Of a role, how much say it gives: 0 none, 1 observer, 2 full, 3 privileged."""
    bonus: int | None = None
    """Of a role, what founding or hosting adds: 0, 1 or 2."""
    rung: int | None = None
    """Of the roles of which an actor has one at a time in a body: how high it is, from 1."""
    stands: bool | None = None
    """Of a status, whether such a tie stands; None where nobody can tell."""
    reliability: int | None = None
    """Of a kind of evidence, from 1 (weak) to 5 (first hand or reviewed)."""
    relationship: str | None = None
    """Of a kind of tie, the type of such relationships in the property graph: TWINNED_WITH."""
    whole: bool | None = None
    """Of a measure or a unit, whether it counts things one by one: its figures are whole numbers."""

    def label(self, lang: str) -> str:
        """The name in a language, else in English."""
        return self.labels.get(lang) or self.labels["en"]


def turtle_files() -> list[Path]:
    """The files that make up the ontology: classes and properties, then concept schemes (shapes are not part of it)."""
    folder = Path(__file__).parent
    return [folder / "citydiplomacy.ttl", folder / "schemes.ttl"]


@lru_cache(maxsize=1)
def schemes() -> dict[str, dict[str, Concept]]:
    """Concepts by scheme and id, in the order of the file: `schemes()["role"]["role/board-member"]`.

    The result is shared: read it only.
    """
    told = literal(str(Path(__file__).with_name("schemes.ttl")), (__file__,), _told)
    return {scheme: {values["id"]: Concept(**values) for values in concepts} for scheme, concepts in told.items()}


def _told(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """The arguments of the concepts by scheme."""
    import pyoxigraph as ox

    found: dict[str, dict[str, Any]] = {}
    for quad in ox.parse(data, ox.RdfFormat.TURTLE):
        subject, predicate = getattr(quad.subject, "value", ""), quad.predicate.value
        value: Any = quad.object
        if predicate == SKOS.inScheme:
            found.setdefault(subject, {})["scheme"] = value.value.removeprefix(f"{BASE}scheme/")
        elif predicate == SKOS.prefLabel:
            found.setdefault(subject, {}).setdefault("labels", {})[value.language] = value.value
        elif field := _FIELDS.get(predicate):
            found.setdefault(subject, {})[field] = _python(value)
    result: dict[str, list[dict[str, Any]]] = {}
    for iri, values in found.items():
        if scheme := values.pop("scheme", None):  # the schemes themselves have labels, but are in no scheme
            result.setdefault(scheme, []).append({"id": iri.removeprefix(BASE), **values})
    return result


def widest(concept_id: str) -> str:
    """The id of the widest concept above one, or its own: the continent of a world region."""
    found = schemes()[concept_id.partition("/")[0]]
    while wider := found[concept_id].broader:
        concept_id = wider
    return concept_id


def top_concepts(scheme: str) -> list[str]:
    """The ids of the concepts of a scheme that nothing is wider than, sorted: the continents of `world-region`."""
    return sorted(id_ for id_, concept in schemes()[scheme].items() if not concept.broader)


def _python(value: Any) -> Any:
    """A literal as a number or a truth value, a concept as its id."""
    if not hasattr(value, "datatype"):
        return value.value.removeprefix(BASE)
    return _PYTHON[value.datatype.value.rpartition("#")[2]](value.value)
