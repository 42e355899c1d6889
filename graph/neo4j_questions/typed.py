"""Values of wrong types on a server, where whoever may write writes what they like.

A question reckons only with values of the type that the declaration gives their property, so that none can break it:
its text is changed for that, token by token. A value that is only shown is left as it is. What is of a wrong type
among what a question reads is found by a question of its own.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from ..neo4j.marks import DIGEST, MARK
from ..property.cypher import CypherResult, CypherToken, significant, tokens
from ..property.declared import Types, declared

MOST = 20
"""So many wrong values are told of a question."""

_FITS: dict[type, str] = {
    bool: "{0} IS :: BOOLEAN",
    int: "{0} IS :: INTEGER AND -1000000000000000 < {0} < 1000000000000000",
    float: "({0} IS :: INTEGER OR {0} IS :: FLOAT) AND -1.0e300 < {0} < 1.0e300",
    dt.date: "{0} IS :: DATE",
    str: "{0} IS :: STRING",
    list: "{0} IS :: LIST<STRING NOT NULL>",
}
"""Of what the server takes for a value of a type; of numbers those that can be reckoned with."""
_CALLS = frozenset(
    {"head", "last", "left", "replace", "right", "size", "split", "substring", "tail", "tolower", "toupper", "trim"}
)
"""Functions of texts and lists that take no other."""

Ask: TypeAlias = Callable[[str, Mapping[str, Any]], CypherResult]


class WrongValue(NamedTuple):
    """A value of a wrong type: its property, the record, and the value as it is."""

    name: str
    record: str
    value: Any


class WrongValues(NamedTuple):
    """What is of a wrong type among what a question reads."""

    told: list[WrongValue]
    """On what was asked about or answered, no more than MOST + 1."""
    others: int
    """How many more there are, on what is neither."""


class AskedAbout(NamedTuple):
    """Of whom a question was asked, and what its answer names: ids."""

    asked: Collection[str]
    answered: Collection[str]


@cache
def _types() -> dict[str, type]:
    """Properties by name, where all that have one have it of one type."""
    found: defaultdict[str, set[type]] = defaultdict(set)
    model = declared()
    for types in (*model.nodes.values(), *model.relationships.values()):
        for name, type_ in types.items():
            found[name].add(type_)
    return {name: type_ for name, (type_, *others) in found.items() if not others}


@lru_cache(maxsize=256)
def guarded(cypher: str) -> str:
    """The text that asks the same, and reckons with no value of a wrong type.

    >>> guarded("MATCH (c)-[t]-(p) WHERE t.stands RETURN p.label AS name, 'role/' + t.role AS role")
    "MATCH (c)-[t]-(p) WHERE (CASE WHEN t.stands IS :: BOOLEAN THEN t.stands END) RETURN p.label AS name, \
'role/' + toStringOrNull(t.role) AS role"
    """
    return "".join(token.text for token in _Text(cypher).guarded())


class _Text:
    """The tokens of a text, and what is put in place of some of them."""

    def __init__(self, cypher: str) -> None:
        self._all = list(tokens(cypher))
        self._at = [n for n, token in enumerate(self._all) if token.kind != "comment" and not token.text.isspace()]
        self._words = [self._all[at] for at in self._at]
        self._returned = max((n for n, token in enumerate(self._words) if token.text.upper() == "RETURN"), default=0)

    def guarded(self) -> Iterator[CypherToken]:
        """All tokens, with what was put in."""
        before: dict[int, str] = {}
        after: dict[int, str] = {}
        for place in range(len(self._words)):
            if self._is_property(place) and (fits := self._wanted(place)):
                read = f"{self._words[place].text}.{self._words[place + 2].text}"
                before[self._at[place]] = f"(CASE WHEN {fits.format(read)} THEN "
                after[self._at[place + 2]] = " END)"
        for place in range(len(self._words)):
            if self._text(place) == "+" and self._kind(place - 1) == "string" and (end := self._operand(place + 1)):
                before[self._at[place + 1]] = "toStringOrNull(" + before.get(self._at[place + 1], "")
                after[self._at[end]] = after.get(self._at[end], "") + ")"
        for number, token in enumerate(self._all):
            text = before.get(number, "") + token.text + after.get(number, "")
            yield token if text == token.text else CypherToken("other", text, token.line)

    def _text(self, place: int) -> str:
        return self._words[place].text if 0 <= place < len(self._words) else ""

    def _kind(self, place: int) -> str:
        return self._words[place].kind if 0 <= place < len(self._words) else ""

    def _is_property(self, place: int) -> bool:
        """Whether `x.name` begins here, and no call."""
        return (
            self._kind(place) == "word"
            and self._text(place + 1) == "."
            and self._kind(place + 2) == "word"
            and self._text(place - 1) != "."
            and self._text(place + 3) not in ("(", ".")
        )

    def _wanted(self, place: int) -> str:
        """What a value must be, where that matters."""
        type_ = _types().get(self._text(place + 2))
        alone = self._text(place - 1).upper() in (",", "RETURN") and self._text(place + 3).upper() == "AS"
        shown = alone and place > self._returned
        if type_ is None or shown:
            return ""
        if type_ in (str, list):
            taken = self._text(place - 1) == "(" and self._text(place - 2).lower() in _CALLS
            listed = type_ is list and self._text(place - 1).upper() in ("IN", "UNWIND")
            return _FITS[type_] if taken or listed else ""
        return _FITS[type_]

    def _operand(self, place: int) -> int:
        """Where a value ends that a text is joined with: a name, a property, or a call."""
        if self._kind(place) != "word":
            return 0
        if self._is_property(place):
            return place + 2
        if self._text(place + 1) != "(":
            return place
        depth = 0
        for end in range(place + 1, len(self._words)):
            depth += (self._text(end) == "(") - (self._text(end) == ")")
            if depth == 0:
                return end
        return 0


def wrong_values(ask: Ask, cypher: str, about: AskedAbout | None, *, ours: bool) -> WrongValues:
    """What is of a wrong type among what a text reads.

    about: what to tell it of: of these, of the ties of whom was asked about, and of what else is near, as a need and
    its assessments; None for a question about all. ours: only of what was pushed.
    """
    words = [token.text for token in significant(cypher)]
    pairs = list(pairwise(words))
    read = {word for before, word in pairs if before == "."} | {word for word, then in pairs if then == ":"}
    wanted = {name: _types()[name] for name in sorted(read & _types().keys())}
    if not wanted:
        return WrongValues([], 0)
    model = declared()
    labels = [MARK] if ours else [label for label in model.nodes if label != "Claim" or label in words]
    types = [type_ for type_ in model.relationships if type_ in words]
    near = "n.id IN $answered OR n.id IN $asked"
    beside = "NOT n:City AND NOT n:Country AND EXISTS { (n)--{1,2}(one) WHERE one.id IN $asked }"
    nodes = f"MATCH (n:{'|'.join(labels)}) WHERE true"
    found = _wrong(ask, nodes, "labels(n)", model.nodes, wanted, f"{near} OR {beside}", about)
    if types:
        mark = f"n.{DIGEST} IS NOT NULL" if ours else "true"
        ties = f"MATCH ()-[n:{'|'.join(types)}]->() WHERE {mark}"
        near += " OR startNode(n).id IN $asked OR endNode(n).id IN $asked"
        of_ties = _wrong(ask, ties, "[type(n)]", model.relationships, wanted, near, about)
        found = WrongValues(found.told + of_ties.told, found.others + of_ties.others)
    return found._replace(told=found.told[: MOST + 1])


def _wrong(
    ask: Ask, match: str, called: str, model: Mapping[str, Types], wanted: Types, near: str, about: AskedAbout | None
) -> WrongValues:
    """Of what a pattern finds as `n`, the values not as wanted, where what is called so has such a property.

    near: which of these are told.
    """
    odd = {
        name: f"(n.{name} IS NOT NULL AND NOT ({_FITS[type_].format(f'n.{name}')}))" for name, type_ in wanted.items()
    }
    cells = ", ".join(f"['{name}', CASE WHEN {test} THEN n.{name} END]" for name, test in odd.items())
    asked = (
        f"{match} AND ({' OR '.join(odd.values())}) UNWIND [{cells}] AS pair "
        f"WITH n, pair WHERE pair[1] IS NOT NULL AND any(one IN {called} WHERE one IN $having[pair[0]]) "
        f"WITH n, CASE WHEN {'true' if about is None else near} THEN pair END AS pair "
        "WITH CASE WHEN pair IS NOT NULL THEN coalesce(toStringOrNull(n.id), elementId(n)) END AS record, pair "
        "RETURN record, pair[0] AS name, pair[1] AS value, count(*) AS number "
        f"ORDER BY record IS NULL DESC, record, name LIMIT {MOST + 2}"
    )
    having = {name: [one for one, types in model.items() if name in types] for name in wanted}
    values = {} if about is None else {called: sorted(ids) for called, ids in about._asdict().items()}
    found = ask(asked, {"having": having, **values}).rows
    told = [WrongValue(name, record, value) for record, name, value, _ in found if record is not None]
    return WrongValues(told, sum(number for record, *_, number in found if record is None))
