"""The question library: each `.rq` file is one question, a SELECT under a header of YAML lines that begin with `#+ `.
Most have a twin in Cypher, and some are told in Cypher alone: see in_cypher.py.

    #+ title: {en: ..., fa: ...}
    #+ description: {en: ..., fa: ...}
    #+ view: merged                  or `sources`, for a question that looks into the graphs of the sources
    #+ denominator: other-question   optional: the question whose one number the rows here are a share of
    #+ ties: sister-city              optional: the kind of ties that it tells of (`tie-kind`), if of one
    #+ joining: need                 optional: `may_join` is told beside the query, of the city of this parameter
    #+ drawing: map partner          optional: how the answer is drawn too, and of which columns (DRAWINGS)
    #+ empty: unknown                optional: that there is no row says that nothing is told, not that there is nothing
    #+ parameters:
    #+   - {name: city, type: city, description: {en: ..., fa: ...}}
    #+   - {name: lang, type: lang, default: en, description: {en: ..., fa: ...}}
    #+ columns:
    #+   - {name: partner, type: id, title: {en: ..., fa: ...}}

A parameter is written `$city` in the query and is required unless it has a default. Columns are those of the outermost
SELECT, in its order, and that SELECT has an ORDER BY.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from citydiplomacy.errors import InputError, UsageError

from .question import Column, Question

SHIPPED = {language: Path(__file__).parent / language for language in ("sparql", "cypher")}
"""Where the shipped questions are, by language."""
SUFFIXES = {"sparql": ".rq", "cypher": ".cypher"}


def names(*languages: str) -> list[str]:
    """Names of the shipped questions, sorted: all, or those that can be asked in one of some languages."""
    return sorted(frozenset[str]().union(*map(_names, languages or SHIPPED)))


@cache
def _names(language: str) -> frozenset[str]:
    """The names of a language; its folder is looked through once, however many questions are read."""
    listed = SHIPPED[language].iterdir()
    return frozenset(file.name.partition(".")[0] for file in listed if file.name.endswith(SUFFIXES[language]))


@cache
def question(name: str) -> Question:
    """A shipped question; only its own file is read. Raises UsageError for an unknown name."""
    languages = tuple(language for language in SHIPPED if name in _names(language))
    if not languages:
        from difflib import get_close_matches

        close = get_close_matches(name, names(), 3)
        raise UsageError(
            f"no question is called {name!r}.",
            hint=f"Did you mean {' or '.join(close)}?" if close else "See 'citydip questions'.",
        )
    from . import compiled

    file = str(SHIPPED[languages[0]] / f"{name}{SUFFIXES[languages[0]]}")
    return compiled.load(name, file, languages, lambda text: parse(text, name, file, languages))


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
        shared = all(_declared(each, name) == _declared(of, name) for name in of.by_name)
        if [column.type for column in of.columns] != ["integer"] or not shared:
            raise InputError(
                "the denominator must have one integer column, and only parameters that are declared the same here",
                file=each.file,
                value=each.denominator,
            )


def _declared(question: Question, name: str) -> tuple[str, object] | None:
    """What a parameter takes; its description may be another in each question."""
    parameter = question.by_name.get(name)
    return (parameter.type, parameter.default) if parameter else None


def parse(text: str, name: str, file: str, languages: tuple[str, ...] = ("sparql",)) -> Question:
    """A question from the text of its file, which is in the first of its languages.

    Raises InputError, with file and line, for what is wrong in it.
    """
    from . import checking, header
    from .insertions import inserted

    text = inserted(text, file)
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
        ties=said.ties,
        unknown_if_empty=said.unknown_if_empty,
        joining=said.joining,
        drawing=said.drawing,
        text=text,
        languages=languages,
    )
    checking.check_drawing(found, said.lines)
    if languages[0] == "cypher":
        checking.check_cypher(found, text, file, said.lines)
    else:
        checking.check_sparql(found, said.lines)
    return found
