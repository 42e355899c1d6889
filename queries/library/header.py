"""The YAML header of a question, read strictly and with line numbers. Imported when a question is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NoReturn

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.ontology.schemes import schemes

from . import parameters
from .parameters import Parameter
from .question import COLUMN_TYPES

LANGUAGES = ("en", "fa")
VIEWS = ("merged", "sources")
MARKS = {"sparql": "#+", "cypher": "//+"}
"""What the lines of a header begin with, by language."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says. Columns are the arguments of their class."""

    title: dict[str, str]
    description: dict[str, str]
    view: str
    denominator: str | None
    ties: str | None
    unknown_if_empty: bool
    joining: str | None
    drawing: tuple[str, ...]
    parameters: list[Parameter]
    columns: list[dict[str, Any]]
    lines: dict[str, int]
    """Where it says so: lines of its keys, of each `$parameter` and of each `?column`."""


def read(text: str, file: str, language: str = "sparql") -> Header:
    """The header of a question's text. Raises InputError with file and line."""
    return _Reader(file).header(_root(text, file, MARKS[language]))


def twin(text: str, file: str) -> str | None:
    """The question whose header a text in Cypher shares (`//+ twin: NAME`); None if it has a header of its own."""
    root = _root(text, file, MARKS["cypher"])
    if not isinstance(root, MappingNode) or all(key.value != "twin" for key, _ in root.value):
        return None
    return _Reader(file).twin(root)


def _root(text: str, file: str, mark: str) -> Node:
    lines = text.splitlines()
    length = next((number for number, line in enumerate(lines) if not line.startswith(mark)), len(lines))
    for number, line in enumerate(lines[length:], length + 1):
        if line.startswith(mark):
            raise InputError("the header is interrupted", file=file, line=number, expected=f"all {mark} lines on top")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster, where it was compiled
    try:
        root = yaml.compose("\n".join(line[len(mark) :] for line in lines[:length]), loader)
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        raise InputError(
            f"the header is not YAML: {error.problem or error.context}", file=file, line=place.line + 1 if place else 1
        ) from None
    except yaml.YAMLError as error:
        raise InputError(f"the header is not YAML: {error}", file=file, line=1) from None
    if root is None:
        raise InputError("there is no header", file=file, line=1, expected=f"lines that begin with '{mark} '")
    return root


class _Reader:
    """Reads YAML nodes, each with what it may hold."""

    def __init__(self, file: str) -> None:
        self._file = file

    def header(self, root: Node) -> Header:
        keys = self._mapping(
            root,
            "the header",
            ("title", "description", "view", "columns"),
            ("parameters", "denominator", "ties", "empty", "joining", "drawing"),
        )
        lines = {key: _line(node) for key, node in keys.items()}
        title, description = (self._both(keys[key], key) for key in ("title", "description"))
        view = self._one_of(keys["view"], "view", VIEWS)
        denominator = self._text(keys["denominator"], "denominator") if "denominator" in keys else None
        kinds = tuple(kind.partition("/")[2] for kind in schemes()["tie-kind"])
        ties = f"tie-kind/{self._one_of(keys['ties'], 'ties', kinds)}" if "ties" in keys else None
        unknown = "empty" in keys and self._one_of(keys["empty"], "empty", ("unknown",)) == "unknown"
        joining = self._text(keys["joining"], "joining") if "joining" in keys else None
        drawing = tuple(self._text(keys["drawing"], "drawing").split()) if "drawing" in keys else ()
        columns = [self._column(node, lines) for node in self._sequence(keys["columns"], "columns")]
        several = self._sequence(keys["parameters"], "parameters") if "parameters" in keys else []
        return Header(
            title,
            description,
            view,
            denominator,
            ties,
            unknown,
            joining,
            drawing,
            [self._parameter(node, lines) for node in several],
            columns,
            lines,
        )

    def twin(self, root: Node) -> str:
        return self._text(self._mapping(root, "the header of a twin", ("twin",))["twin"], "twin")

    def _parameter(self, node: Node, lines: dict[str, int]) -> Parameter:
        keys = self._mapping(node, "a parameter", ("name", "type", "description"), ("default",))
        name = self._name(keys["name"], "$", lines)
        type_ = self._text(keys["type"], "type")
        if not parameters.known(type_):
            self._refuse(keys["type"], "unknown parameter type", type_, ", ".join(parameters.types()))
        default = self._text(keys["default"], "default") if "default" in keys else None
        found = Parameter(name, type_, self._both(keys["description"], "description"), default)
        if default is not None:
            try:
                found.term(default)
            except UsageError as error:
                self._refuse(keys["default"], f"the default cannot be: {error.message}")
        return found

    def _column(self, node: Node, lines: dict[str, int]) -> dict[str, Any]:
        keys = self._mapping(node, "a column", ("name", "type", "title"))
        return {
            "name": self._name(keys["name"], "?", lines),
            "type": self._one_of(keys["type"], "column type", COLUMN_TYPES),
            "title": self._both(keys["title"], "title"),
        }

    def _name(self, node: Node, mark: str, lines: dict[str, int]) -> str:
        name = self._text(node, "name")
        if not (name.isascii() and name.isidentifier()):
            self._refuse(node, "not a name", name, "letters, digits and _")
        if f"{mark}{name}" in lines:
            self._refuse(node, "declared twice", name)
        lines[f"{mark}{name}"] = _line(node)
        return name

    def _both(self, node: Node, what: str) -> dict[str, str]:
        keys = self._mapping(node, what, LANGUAGES)
        return {lang: self._text(keys[lang], f"{what} in {lang}") for lang in LANGUAGES}

    def _one_of(self, node: Node, what: str, allowed: tuple[str, ...]) -> str:
        text = self._text(node, what)
        if text not in allowed:
            self._refuse(node, f"unknown {what}", text, ", ".join(allowed))
        return text

    def _text(self, node: Node, what: str) -> str:
        if not isinstance(node, ScalarNode) or not node.value.strip():
            self._refuse(node, f"{what} must be a text")
        return str(node.value)

    def _sequence(self, node: Node, what: str) -> list[Node]:
        if not isinstance(node, SequenceNode):
            self._refuse(node, f"{what} must be a list")
        return list(node.value)

    def _mapping(
        self, node: Node, what: str, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> dict[str, Node]:
        if not isinstance(node, MappingNode):
            self._refuse(node, f"{what} must be keys with values", expected=", ".join(required))
        found: dict[str, Node] = {}
        for key, value in node.value:
            if key.value not in (*required, *optional):
                self._refuse(key, f"unknown key in {what}", str(key.value), ", ".join((*required, *optional)))
            if key.value in found:
                self._refuse(key, f"a key twice in {what}", key.value)
            found[key.value] = value
        missing = [key for key in required if key not in found]
        if missing:
            self._refuse(node, f"{what} lacks {', '.join(missing)}")
        return found

    def _refuse(self, node: Node, message: str, value: str | None = None, expected: str = "") -> NoReturn:
        raise InputError(message, file=self._file, line=_line(node), value=value, expected=expected)


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1
