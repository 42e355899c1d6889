"""What questions take into their text: in place of a comment `#= ...`, in Cypher `//= ...`, stands what it names.

- `#= held`, `//= held`: the rule of when a tie holds. In SPARQL it reads `?tie`, `$date` and `$today`, and binds
  `?held`, and `?start`, `?end`, `?attested` and `?status` of the tie. In Cypher it reads `$date`, `$today` and the
  columns `status`, `since_from`, `since_to`, `until`, `until_from`, `until_to`, `attested_from` and `attested_to` of
  the WITH before it, and adds `held`.
- `#= name of ?x as ?y`: ?x's name in the language `$lang`, else in English, else in the first language that it has.
- `#= word of ?x as ?y`: ?x's name in the language `$lang`, else in English: of what is named in both.

It is written on one line, so that errors name the lines of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from citydiplomacy.errors import InputError

if TYPE_CHECKING:
    from citydiplomacy.graph.model.holding import Clause, Verdict

_HOLE = re.compile(r"^([ \t]*)(#|//)=[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_NAMED = re.compile(r"(name|word) of \?(\w+) as \?(\w+)")
_NAMES = {
    "name": "?{of} skos:prefLabel ?{name} FILTER(LANG(?{name}) = $lang || NOT EXISTS {{ "
    '?{of} skos:prefLabel ?{name}_else FILTER(LANG(?{name}_else) = $lang || LANG(?{name}) != "en" '
    '&& (LANG(?{name}_else) = "en" || LANG(?{name}_else) < LANG(?{name}))) }})',
    "word": '?{of} skos:prefLabel ?{name} FILTER(LANG(?{name}) = $lang || LANG(?{name}) = "en" && NOT EXISTS {{ '
    "?{of} skos:prefLabel ?{name}_else FILTER(LANG(?{name}_else) = $lang) }})",
}
"""`?y_else`, for `as ?y`, is a variable of their own: another of the question would make it one of its things."""


def inserted(text: str, file: str) -> str:
    """The text of a question with what it names put in. Raises InputError, with file and line, for another name."""

    def put(hole: re.Match[str]) -> str:
        indent, mark, called = hole.groups()
        if called == "held":
            return _held_in_sparql() if mark == "#" else _held_in_cypher()
        if mark == "#" and (named := _NAMED.fullmatch(called)):
            return indent + _NAMES[named[1]].format(of=named[2], name=named[3])
        line = text.count("\n", 0, hole.start()) + 1
        expected = "held, name of ?x as ?y, word of ?x as ?y" if mark == "#" else "held"
        raise InputError("nothing to insert is called so", file=file, line=line, value=called, expected=expected)

    return _HOLE.sub(put, text)


@cache
def _held_in_sparql() -> str:
    from citydiplomacy.graph.model.holding import BEGUN, HOLDS, OVER
    from citydiplomacy.graph.model.records import Agreement
    from citydiplomacy.graph.rdf.triples import companion
    from citydiplomacy.ontology.terms import BASE

    predicates = {"?status": Agreement.schema.by_name["status"].predicate}
    for name in ("start", "end", "attested"):
        predicates[f"?{name}"] = date = Agreement.schema.by_name[name].predicate
        for part in ("earliest", "latest"):
            predicates[f"?{name}_{part}"] = companion(date, part)

    def fact(name: str) -> str:
        return {"first": "$date", "last": "$date", "today": "$today"}.get(name, f"?{name.replace('.', '_')}")

    def status(those: list[str], among: bool) -> str:
        listed = ", ".join(f"<{BASE}{status}>" for status in those)
        return f"COALESCE(?status {'IN' if among else 'NOT IN'} ({listed}), false)"

    told = _clauses(fact, status, missing="!BOUND({})", compared="COALESCE({} {} {}, false)")
    parts = [f"OPTIONAL {{ ?tie <{predicate}> {variable} }}" for variable, predicate in predicates.items()]
    for name, table in (("begun", BEGUN), ("over", OVER), ("held", HOLDS)):
        *lines, last = table
        cases = "".join(f'IF({" && ".join(map(told, line.when))}, "{line.answer}", ' for line in lines)
        parts.append(f'BIND({cases}"{last.answer}"{")" * len(lines)} AS ?{name})')
    return " ".join(parts)


@cache
def _held_in_cypher() -> str:
    from citydiplomacy.graph.model.holding import BEGUN, HOLDS, OVER

    days = {"first": "date($date)", "last": "date($date)", "today": "date($today)"}
    names = {"start": "since", "end": "until", "attested": "attested", "earliest": "_from", "latest": "_to"}

    def fact(name: str) -> str:
        date, _, part = name.partition(".")
        return days.get(name) or names.get(date, date) + names.get(part, "")

    def status(those: list[str], among: bool) -> str:
        listed = ", ".join(f"'{status.removeprefix('status/')}'" for status in those)
        return f"{'' if among else 'NOT '}status IN [{listed}]"

    told = _clauses(fact, status, missing="{} IS NULL", compared="{} {} {}")

    def case(table: tuple[Verdict, ...]) -> str:
        *lines, last = table
        cases = " ".join(f"WHEN {' AND '.join(map(told, line.when))} THEN '{line.answer}'" for line in lines)
        return f"CASE {cases} ELSE '{last.answer}' END"

    return f"WITH *, {case(BEGUN)} AS begun, {case(OVER)} AS over WITH *, {case(HOLDS)} AS held"


def _clauses(
    fact: Callable[[str], str], status: Callable[[list[str], bool], str], *, missing: str, compared: str
) -> Callable[[Clause], str]:
    """How a language writes a clause.

    fact: by its name. status: that it is among those, or among none of them.
    """

    def told(clause: Clause) -> str:
        match clause:
            case ("status", "is", meaning):
                return status(*_statuses(meaning))
            case (name, "is", "missing"):
                return missing.format(fact(name))
            case (name, "is", word):
                return f"{fact(name)} = '{word}'"
        return compared.format(fact(clause.fact), clause.how, fact(clause.other))

    return told


def _statuses(meaning: str) -> tuple[list[str], bool]:
    """The statuses that tell something, and whether it is told by being one of them; `open` is told by all others."""
    from citydiplomacy.graph.model.holding import told_by
    from citydiplomacy.ontology.schemes import schemes

    among = meaning != "open"
    return sorted(status for status in schemes()["status"] if (told_by(status) == meaning) is among), among
