"""What a mark in a headline says that it is taken from, taken again: by rdflib, from the N-Quads of a store.

Nothing of ours is used but the texts of the questions, and the parameters in them bound as terms.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citydiplomacy.ontology.terms import PREFIXES
from citydiplomacy.queries.library import catalogue

if TYPE_CHECKING:
    import rdflib

Row = dict[str, Any]
SEVERAL = {"ids", "texts", "statements"}
WORDS = {"text", "texts", "statements", "value"}
"""Types of columns that can tell otherwise in another language. Rows are as many in each, with the same ids and
numbers: what is told of these in Persian must be what rdflib finds in English."""


def cell(kind: str, term: Any) -> Any:
    """A term of rdflib as the value of a column of a type of question."""
    if kind in SEVERAL:
        return tuple(sorted(filter(None, str(term or "").split("\n"))))
    if term is None:
        return None
    text = str(term)
    if kind == "id":
        for prefix, iri in PREFIXES.items():
            if prefix != "id" and text.startswith(iri):
                return f"{prefix}:{text.removeprefix(iri)}"
        return text.removeprefix(PREFIXES["id"])
    if kind == "value" and isinstance(term.toPython(), int | Decimal):
        return Decimal(text)
    return {"integer": int, "decimal": Decimal}.get(kind, str)(text)


class Answers:
    """Answers of one dataset in one language; each question is asked once."""

    def __init__(self, dataset: rdflib.Dataset, lang: str, kept: Path) -> None:
        """kept: a folder for answers, of this dataset alone, for all processes and languages."""
        self.dataset = dataset
        self.lang = lang
        self._kept = kept
        self._asked: dict[tuple[Any, ...], list[Row]] = {}

    def taken(self, evidence: Mapping[str, Any]) -> Any:
        """What the evidence takes of its question."""
        rows = list(self._rows(evidence))
        column, per = evidence.get("column", ""), evidence.get("per")
        match evidence["take"]:
            case "rows":
                return len(rows)
            case "distinct":
                return len({row[column] for row in rows} - {None})
            case "sum":
                told = [row for row in rows if row[column] is not None]
                return sum((Fraction(row[column]) / (row[per] if per else 1) for row in told), Fraction(0))
            case "value":
                (value,) = {row[column] for row in rows}
                return value
            case "values":
                return {row[column] for row in rows} - {None}
        raise AssertionError(evidence["take"])

    def _rows(self, evidence: Mapping[str, Any]) -> Iterator[Row]:
        seen = set()
        for row in self._asked_with(evidence["question"], evidence["parameters"], self._lang(evidence)):
            kept = all(
                _is_among(row[column], self._wanted(values)) is is_one
                for key, is_one in (("where", True), ("except", False))
                for column, values in evidence.get(key, {}).items()
            )
            first = row[evidence["first_of"]] if "first_of" in evidence else object()
            if kept and first not in seen:
                yield row
            if kept:
                seen.add(first)

    def _lang(self, evidence: Mapping[str, Any]) -> str:
        """In which language to ask."""
        types = {column.name: column.type for column in catalogue.question(evidence["question"]).projected}
        read = {evidence.get(key) for key in ("column", "per", "first_of")}
        read |= {column for key in ("where", "except") for column in evidence.get(key, {})}
        return self.lang if any(types.get(column) in WORDS for column in read) else "en"

    def _wanted(self, values: Any) -> list[Any]:
        return list(self.taken(values)) if isinstance(values, Mapping) else list(values)

    def _asked_with(self, name: str, parameters: Mapping[str, Any], lang: str) -> Iterator[Row]:
        """The rows of a question; asked for each value of a parameter that is an answer, with the value in the row."""
        several = [key for key, value in parameters.items() if isinstance(value, Mapping)]
        if not several:
            yield from self._ask(name, dict(parameters), lang)
            return
        (key,) = several
        for value in sorted(self.taken(parameters[key])):
            for row in self._ask(name, {**parameters, key: value}, lang):
                yield {key: value, **row}

    def _ask(self, name: str, values: dict[str, Any], lang: str) -> list[Row]:
        question = catalogue.question(name)
        if "lang" in question.by_name:
            values["lang"] = lang
        key = (name, *sorted(values.items()))
        if key not in self._asked:
            file = self._kept / sha256(repr(key).encode()).hexdigest()
            if not file.exists():
                types = {column.name: column.type for column in question.projected}
                rows = [
                    {name: cell(types[name], term) for name, term in zip(types, row, strict=True)}
                    for row in self.dataset.query(question.bind(values), initNs=PREFIXES)
                ]
                part = file.with_suffix(f".{os.getpid()}")
                part.write_bytes(pickle.dumps(rows))
                part.replace(file)
            self._asked[key] = pickle.loads(file.read_bytes())
        return self._asked[key]


def _is_among(value: Any, wanted: list[Any]) -> bool:
    """JSON has no exact numbers, and lists where a cell has several values."""
    if isinstance(value, tuple):
        return list(value) in wanted
    if isinstance(value, Decimal):
        return any(isinstance(one, int | float) and abs(float(value) - one) < 1e-9 for one in wanted)
    return value in wanted
