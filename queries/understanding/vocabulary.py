"""The words that plain questions are made of, and what can be asked with them: made once, and kept with the package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from citydiplomacy.graph.language import text
from citydiplomacy.ontology import schemes
from citydiplomacy.ontology.compiled import literal

from ..library import catalogue
from ..library.parameters import CONCEPT, REFERENCES
from ..library.question import Question
from ..wording.sections import MOST_CITIES
from .wordings import CENTRALITY, Vocabulary


@dataclass(frozen=True, slots=True)
class Wanted:
    """A parameter of a question or report."""

    type: str
    required: bool = True
    several: int = 0
    """It takes so many values at most, those that others of its type leave; 0 for one."""


Parameters: TypeAlias = Mapping[str, Wanted]
DAY, NUMBER = "date", "integer"
"""Types of parameters that are no records or concepts."""
REPORTS: Mapping[str, Parameters] = {
    "show": {"record": Wanted("record")},
    "compare": {
        "city": Wanted("city"),
        "other": Wanted("city"),
        "more": Wanted("city", required=False, several=MOST_CITIES - 2),
    },
    "gaps": {"city": Wanted("city")},
    "recommend": {"city": Wanted("city")},
    "co-members": {"city": Wanted("city", required=False)},
    "influence": {
        "cities": Wanted("city", required=False, several=MOST_CITIES),
        "measure": Wanted(f"{CONCEPT}{CENTRALITY}", required=False),
    },
}
"""What can be asked beside the library, and of whom."""
_HERE = Path(__file__).parent
_MAKERS = (
    *(str(_HERE / f"{name}.py") for name in ("making", "vocabulary", "wordings", "words")),
    *(str(_HERE.parent / name) for name in ("library/catalogue.py", "library/header.py", "measures/influence.py")),
    str(text.__file__),
    str(schemes.__file__),
    *map(str, schemes.turtle_files()),
)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, with what the library's titles add."""
    return Vocabulary.of_kept(literal(str(_HERE / "vocabulary.toml"), readers(), _kept))


def readers() -> tuple[str, ...]:
    """The files that the vocabulary is made by and of, beside its own: when one changes, it is made anew."""
    return (*_MAKERS, *(str(file) for folder in catalogue.SHIPPED.values() for file in sorted(folder.iterdir())))


def _kept(data: bytes) -> tuple[Any, ...]:
    from .making import made

    return made(data).kept()


@cache
def parameters(asked: str) -> Parameters:
    """The parameters of a question or report, but for the language."""
    if asked in REPORTS:
        return REPORTS[asked]
    own = catalogue.question(asked).parameters
    return {each.name: Wanted(each.type, each.required) for each in own if each.type != "lang"}


def folders(type_: str) -> tuple[str, ...]:
    """The folders of the records that a parameter of a type can be; empty if it is no record."""
    return REFERENCES.get(type_, ())


@cache
def shown(asked: str) -> frozenset[str]:
    """The meanings that an answer shows anyhow: those in the titles of its columns, when, and how many."""
    question = question_of(asked)
    if question is None:
        return frozenset()
    when = {"when"} if any(column.type == DAY for column in question.columns) else set()
    when |= {"evidence"} if any(column.name == "sources" for column in question.columns) else set()
    return frozenset({"count", *when, *vocabulary().shown[asked]})


def question_of(asked: str) -> Question | None:
    """The saved question of a name; None for a report."""
    return None if asked in REPORTS else catalogue.question(asked)
