"""What a saved question is: its header, its parameters bound as typed terms, the columns of its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TypeVar

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.fields import Frozen, frozen
from citydiplomacy.graph.rdf.sparql import Token, tokens

from .parameters import Parameter

T = TypeVar("T")


_PLAIN = ("id", "ids", "text", "texts", "integer", "decimal", "date", "boolean3", "iri", "class")
COLUMN_TYPES = (*_PLAIN, "statements", "value")
"""What a column can hold; questions.py says how each looks in Python. A class is told by its folder (`agreement`), a
statement as the local name of a property, a colon and a value. A value is a number, a date or a text, as its property
has it."""

MAY_JOIN = "may_join"
DRAWINGS = {"map": (("id",),), "network": (("id",), ("id", "id")), "bars": (("text", "integer"), ("text", "decimal"))}
"""How an answer can be drawn, each with the types of the columns that it takes: places that are tied to what is asked
of; actors with the ties among them; names with a number each."""


@frozen
class Column(Frozen):
    """A column of an answer."""

    name: str
    type: str
    title: dict[str, str]
    """By language: `en`, `fa`."""


@frozen
class Question(Frozen):
    """A saved question, its header checked against its query."""

    name: str
    file: str
    title: dict[str, str]
    description: dict[str, str]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    view: str
    """`merged`, or `sources`."""
    denominator: str | None
    """The question whose answer is one number: of how many the rows here are some."""
    ties: str | None
    """The kind of ties that the answer tells of: of a city whose ties nobody collected it tells only some."""
    unknown_if_empty: bool
    """Whether no row says that nothing is told, and not that there is nothing."""
    joining: str | None
    """Parameter of the city that `may_join` is about: what `may-join` tells of it, beside each organisation."""
    drawing: tuple[str, ...]
    """How its answer is drawn, one of DRAWINGS, and the columns that are: empty for a table alone."""
    text: str
    """The whole file, with what it takes in."""
    languages: tuple[str, ...]
    """In what it can be asked, `sparql` or `cypher`; `text` is in the first of them."""

    @cached_property
    def by_name(self) -> dict[str, Parameter]:
        """Parameters by name."""
        return {parameter.name: parameter for parameter in self.parameters}

    @cached_property
    def projected(self) -> tuple[Column, ...]:
        """The columns that the query itself gives."""
        return tuple(column for column in self.columns if self.joining is None or column.name != MAY_JOIN)

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The query without its comments, cut at its parameters, once for all values."""
        pieces = [""]
        for token in tokens(self.text):
            if is_parameter(token):
                pieces += [token.text[1:], ""]
            elif token.kind != "comment":
                pieces[-1] += token.text
        return tuple(pieces)

    def bind(self, values: Mapping[str, object]) -> str:
        """The query with its parameters bound as typed terms.

        Raises UsageError, with the declared parameters, for one that is missing, superfluous or of the wrong type.
        """
        return self.fill(self.terms(values))

    def fill(self, terms: Mapping[str, str]) -> str:
        """The query with serialised terms in the place of its parameters."""
        pieces = list(self.pieces)
        pieces[1::2] = [terms[name] for name in pieces[1::2]]
        return "".join(pieces)

    def terms(self, values: Mapping[str, object]) -> dict[str, str]:
        """All parameters as serialised terms, defaults filled in. Raises UsageError as `bind` does."""
        return self._each(values, Parameter.term)

    def values(self, values: Mapping[str, object]) -> dict[str, str | int]:
        """All parameters as Cypher takes them, defaults filled in. Raises UsageError as `bind` does."""
        return self._each(values, Parameter.value)

    def _each(self, values: Mapping[str, object], as_one: Callable[[Parameter, object], T]) -> dict[str, T]:
        try:
            for name in values:
                if name not in self.by_name:
                    raise UsageError(f"{self.name} has no parameter {name!r}.")
            missing = [each.name for each in self.parameters if each.required and values.get(each.name) is None]
            if missing:
                raise UsageError(f"{self.name} needs a value for {', '.join(missing)}.")
            return {
                each.name: as_one(each, each.default if values.get(each.name) is None else values[each.name])
                for each in self.parameters
            }
        except UsageError as error:
            declared = "".join(f"\n  {each}" for each in self.parameters)
            raise UsageError(error.message, hint=f"Parameters of {self.name}:{declared}") from None


def is_parameter(token: Token) -> bool:
    return token.kind == "variable" and token.text[0] == "$"
