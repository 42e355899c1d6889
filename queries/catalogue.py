"""The question library: each `.rq` file is one question, a SELECT under a header of YAML lines that begin with `#+ `.
Most have a twin in Cypher, and some are told in Cypher alone: see in_cypher.py.

    #+ title: {en: ..., fa: ...}
    #+ description: {en: ..., fa: ...}
    #+ view: merged                  or `sources`, for a question that looks into the graphs of the sources
    #+ denominator: other-question   optional: the question whose one number the rows here are a share of
    #+ parameters:
    #+   - {name: city, type: city, description: {en: ..., fa: ...}}
    #+   - {name: lang, type: lang, default: en, description: {en: ..., fa: ...}}
    #+ columns:
    #+   - {name: partner, type: id, title: {en: ..., fa: ...}}

A parameter is written `$city` in the query and is required unless it has a default. Columns are those of the outermost
SELECT, in its order, and that SELECT has an ORDER BY.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import NoReturn, TypeVar

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph.sparql import Token, check_read_only, tokens

from .parameters import Parameter

T = TypeVar("T")

COLUMN_TYPES = ("id", "ids", "text", "texts", "integer", "decimal", "date", "boolean3", "iri")
"""What a column can hold; questions.py says how each looks in Python."""

SHIPPED = {language: files(__package__) / language for language in ("sparql", "cypher")}
"""Where the shipped questions are, by language."""
SUFFIXES = {"sparql": ".rq", "cypher": ".cypher"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer."""

    name: str
    type: str
    title: dict[str, str]
    """By language: `en`, `fa`."""


@dataclass(frozen=True)
class Question:
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
    text: str
    """The whole file."""
    languages: tuple[str, ...]
    """In what it can be asked, `sparql` or `cypher`; `text` is in the first of them."""

    @cached_property
    def by_name(self) -> dict[str, Parameter]:
        """Parameters by name."""
        return {parameter.name: parameter for parameter in self.parameters}

    @cached_property
    def _pieces(self) -> tuple[str, ...]:
        """The query cut at its parameters: what `sparql.bind` does to a text, done once for all values."""
        pieces = [""]
        for token in tokens(self.text):
            if _is_parameter(token):
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
        pieces = list(self._pieces)
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
            declared = "; ".join(map(str, self.parameters)) or "none"
            raise UsageError(error.message, hint=f"Parameters of {self.name}: {declared}.") from None


def names(*languages: str) -> list[str]:
    """Names of the shipped questions, sorted: all, or those that can be asked in one of some languages."""
    return sorted(
        {
            file.name.partition(".")[0]
            for language in languages or SHIPPED
            for file in SHIPPED[language].iterdir()
            if file.name.endswith(SUFFIXES[language])
        }
    )


@cache
def question(name: str) -> Question:
    """A shipped question; only its own file is read. Raises UsageError for an unknown name."""
    languages = tuple(language for language in SHIPPED if name in names(language))
    if not languages:
        from difflib import get_close_matches

        close = get_close_matches(name, names(), 3)
        raise UsageError(
            f"no question is called {name!r}.",
            hint=f"Did you mean {' or '.join(close)}?" if close else "See 'citydip questions'.",
        )
    file = SHIPPED[languages[0]] / f"{name}{SUFFIXES[languages[0]]}"
    return parse(file.read_text(encoding="utf-8"), name, str(file), languages)


def read(path: Path) -> Question:
    """A question of one's own, from a file with a header; in Cypher if it ends in `.cypher`.

    Raises InputError with its place.
    """
    language = next((language for language, suffix in SUFFIXES.items() if path.name.endswith(suffix)), "sparql")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8", file=path, hint="Save it as UTF-8.") from error
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", file=path) from None
    return parse(text, path.name.removesuffix(SUFFIXES[language]), str(path), (language,))


def questions() -> list[Question]:
    """All shipped questions, by name, their denominators checked too."""
    found = {name: question(name) for name in names()}
    check_denominators(found.values())
    return list(found.values())


def check_denominators(found: Iterable[Question]) -> None:
    """Raise InputError for a denominator that is no question, not one number, or wants other parameters."""
    by_name = {each.name: each for each in found}
    for each in by_name.values():
        if each.denominator is None:
            continue
        of = by_name.get(each.denominator)
        if of is None:
            raise InputError("the denominator is no question", file=each.file, value=each.denominator)
        if [column.type for column in of.columns] != ["integer"] or not of.by_name.items() <= each.by_name.items():
            raise InputError(
                "the denominator must have one integer column, and only parameters that are declared the same here",
                file=each.file,
                value=each.denominator,
            )


def parse(text: str, name: str, file: str, languages: tuple[str, ...] = ("sparql",)) -> Question:
    """A question from the text of its file, which is in the first of its languages.

    Raises InputError, with file and line, for what is wrong in it.
    """
    from . import header

    said = header.read(text, file, languages[0])
    found = Question(
        name=name,
        file=file,
        title=said.title,
        description=said.description,
        parameters=tuple(said.parameters),
        columns=tuple(Column(**each) for each in said.columns),
        view=said.view,
        denominator=said.denominator,
        text=text,
        languages=languages,
    )
    if languages[0] == "cypher":
        from . import in_cypher

        in_cypher.check(found, text, file, said.lines)
    else:
        _check_query(found, said.lines)
    return found


def _check_query(asked: Question, lines: Mapping[str, int]) -> None:
    """Hold the query against its header. lines: where the header declares `$parameter` and `?column`."""

    def refuse(message: str, line: int | None, **more: str) -> NoReturn:
        raise InputError(message, file=asked.file, line=line, **more)

    try:
        check_read_only(asked.text, ())
    except UsageError as error:
        refuse(error.message, None, hint=error.hint)
    query = [token for token in tokens(asked.text) if token.kind != "comment" and not token.text.isspace()]
    words = [token.text.upper() if token.kind == "word" else "" for token in query]
    form = next((word for word in words if word in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}), "nothing")
    if form != "SELECT":
        refuse("a question must be a SELECT", None, value=form)

    used = {token.text[1:]: token.line for token in reversed(query) if _is_parameter(token)}
    for parameter in used.keys() - asked.by_name.keys():
        refuse("this parameter is not declared in the header", used[parameter], value=f"${parameter}")
    for parameter in asked.by_name.keys() - used.keys():
        refuse("this parameter is declared and never used", lines[f"${parameter}"], value=f"${parameter}")
    for token in query:
        if token.kind == "variable" and token.text[0] == "?" and token.text[1:] in asked.by_name:
            refuse("a variable has the name of a parameter", token.line, value=token.text)

    start = words.index("SELECT")
    projected = _projection(query[start + 1 :])
    declared = [column.name for column in asked.columns]
    for variable in projected:
        if variable not in declared:
            refuse("this column is projected and not declared", query[start].line, value=f"?{variable}")
    for column in declared:
        if column not in projected:
            refuse("this column is declared and not projected", lines[f"?{column}"], value=f"?{column}")
    if projected != declared:
        refuse("columns are declared in another order than projected", lines["columns"], expected=", ".join(projected))

    last_brace = max((position for position, token in enumerate(query) if token.text == "}"), default=0)
    if "ORDER" not in words[last_brace:]:
        refuse("the outermost SELECT has no ORDER BY, so that its rows come in any order", query[start].line)
    if ("GRAPH" in words) != (asked.view == "sources"):
        refuse("the view is 'sources' just where the query uses GRAPH", lines["view"], value=asked.view)


def _projection(rest: list[Token]) -> list[str]:
    """The names of the variables that a SELECT projects; `rest` is what follows the word. `*` projects none."""
    found: list[str] = []
    depth = 0
    for position, token in enumerate(rest):
        if token.text == "{" or (depth == 0 and token.text.upper() == "WHERE"):
            break
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and (depth == 0 or (depth == 1 and rest[position - 1].text.upper() == "AS")):
            found.append(token.text[1:])
    return found


def _is_parameter(token: Token) -> bool:
    return token.kind == "variable" and token.text[0] == "$"
