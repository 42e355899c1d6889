"""Parameters of questions: their types, and values as Cypher takes them or as serialised RDF terms."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from json.encoder import encode_basestring

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph.fields import Frozen, frozen
from citydiplomacy.graph.model.records import ACTORS
from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.rdf import triples
from citydiplomacy.ontology.terms import XSD

_FOLDERS = tuple(entry.folder for entry in REGISTRY.values())
REFERENCES: dict[str, tuple[str, ...]] = {
    **{folder: (folder,) for folder in _FOLDERS},
    "actor": tuple(REGISTRY[name].folder for name in ACTORS),
    "record": _FOLDERS,
}
"""Types whose values are ids, with the folders allowed: one class (`city`), an `actor`, or any `record`."""

CONCEPT = "concept:"
"""Prefix of the types whose values are concepts of a scheme: `concept:axis`."""

TODAY = "today"
"""As a day: that on which it is asked."""

_LANG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.IGNORECASE)


@frozen
class Parameter(Frozen):
    """A parameter of a question: required, or with a default (as the header writes it)."""

    name: str
    type: str
    description: dict[str, str]
    """By language: `en`, `fa`."""
    default: str | None = None

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return self.default is None

    def __str__(self) -> str:
        if self.required:
            return f"{self.name} ({self.type}, required)"
        return f"{self.name} ({self.type}, default {self.default})"

    def value(self, value: object) -> str | int:
        """A value as Cypher takes it: an id, a text, a number, a day as YYYY-MM-DD.

        Raises UsageError if it is not of the parameter's type.
        """
        try:
            return _checked(self.type, value)
        except (InputError, ValueError) as error:
            raise self._refused(value, error) from None

    def term(self, value: object) -> str:
        """A value as a term of SPARQL. Raises UsageError if it is not of the parameter's type."""
        try:
            return _term(self.type, _checked(self.type, value))
        except (InputError, ValueError) as error:
            raise self._refused(value, error) from None

    def _refused(self, value: object, error: Exception) -> UsageError:
        reason = error.message if isinstance(error, InputError) else str(error)
        return UsageError(f"{self.name}: {value!r} is not of type {self.type}: {reason}")


def given(values: Iterable[str]) -> dict[str, str]:
    """The parameters of a call, each written as `name=value`.

    Raises UsageError for what is none, and for one that is given twice.
    """
    found: dict[str, str] = {}
    for written in values:
        name, equals, value = written.partition("=")
        if not equals:
            raise UsageError(f"{written!r} is not a parameter.", hint="Write name=value, for example city=Mashhad.")
        if name in found:
            raise UsageError(f"{name} is given twice.", hint="Give it once.")
        found[name] = value
    return found


def known(type_: str) -> bool:
    """Whether a parameter can have this type."""
    if type_.startswith(CONCEPT):
        from citydiplomacy.ontology.schemes import schemes

        return type_.removeprefix(CONCEPT) in schemes()
    return type_ in REFERENCES or type_ in _LITERALS


def types() -> list[str]:
    """All types, for messages."""
    return [*_LITERALS, *REFERENCES, f"{CONCEPT}SCHEME"]


def _checked(type_: str, value: object) -> str | int:
    if type_ in _LITERALS:
        return _LITERALS[type_](value)
    if not isinstance(value, str):
        raise ValueError("an id is wanted")
    if type_.startswith(CONCEPT):
        return _concept(type_.removeprefix(CONCEPT), value)
    return _record_id(type_, value)


def _term(type_: str, value: str | int) -> str:
    match value:
        case int():
            return str(value)
        case _ if type_ == "date":
            return f'"{value}"^^<{XSD.date}>'
        case _ if type_ in _LITERALS:
            return encode_basestring(value)
        case _:
            return triples.node(value)


def _record_id(type_: str, value: str) -> str:
    """An id with its folder, which may be left out where there is one, and for a city among actors."""
    folders = REFERENCES[type_]
    folder, slash, rest = value.partition("/")
    if not slash and type_ != "record":
        folder, rest = folders[0] if len(folders) == 1 else "city", value
    if folder not in folders or not rest:
        raise ValueError(f"an id is wanted, for example {folders[0]}/NAME (folders: {', '.join(folders)})")
    return f"{folder}/{rest}"


def _concept(scheme: str, value: str) -> str:
    from citydiplomacy.ontology.schemes import schemes

    concepts = schemes()[scheme]
    concept = value if value.startswith(f"{scheme}/") else f"{scheme}/{value}"
    if concept not in concepts:
        raise ValueError(f"known are {', '.join(name.partition('/')[2] for name in concepts)}")
    return concept


def _integer(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, str)) or not str(value).strip().isdecimal():
        raise ValueError("a whole number of 0 or more is wanted")
    return int(value)


def _date(value: object) -> str:
    if isinstance(value, Date):
        if value.earliest is None or value.earliest != value.latest:
            raise ValueError("one day is wanted, not a stretch of time")
        value = value.earliest
    if isinstance(value, str):
        try:
            value = dt.date.today() if value == TODAY else dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError("a day is wanted: YYYY-MM-DD") from None
    if not isinstance(value, dt.date):
        raise ValueError("a day is wanted: YYYY-MM-DD")
    return value.isoformat()[:10]


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a text is wanted")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("it holds bytes that are no text") from None
    return value


def _lang(value: object) -> str:
    if not isinstance(value, str) or not _LANG.fullmatch(value):
        raise ValueError("a language code is wanted, for example en or fa")
    return value.lower()


_LITERALS: dict[str, Callable[[object], str | int]] = {
    "lang": _lang,
    "date": _date,
    "integer": _integer,
    "string": _string,
}
