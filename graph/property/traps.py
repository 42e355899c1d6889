"""What the embedded engine (Ladybug 0.22) answers otherwise than Cypher says, in silence, found before it is asked.

What is wrong is refused; what is another reading of the same words is told (docs/cypher.md lists both). Patterns are
read from tokens, so that a comment, a text or a quoted name is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from citydiplomacy.errors import UsageError

from .cypher import CypherToken, significant

_PREDICATE = frozenset({"WHERE", "AND", "OR", "XOR", "NOT", "WHEN"})
"""Words after which a truth value stands."""
_NO_LIST = _PREDICATE | {"ALL", "ASC", "BY", "DESC", "DISTINCT", "ELSE", "IN", "ON", "RETURN", "THEN", "UNWIND", "WITH"}
"""Words after which a bracket begins a list, and is no index of one."""
_CLAUSES = frozenset(
    {"CALL", "LIMIT", "MATCH", "OPTIONAL", "ORDER", "RETURN", "SKIP", "UNION", "UNWIND", "WHERE", "WITH"}
)
_CLOSING = {")": "(", "]": "[", "}": "{"}

LOST_ROWS = (
    "the embedded engine can lose rows where an undirected relationship is filtered and the same MATCH goes a step "
    "further. Put WITH DISTINCT between the steps."
)
WALKS = (
    "paths are walks here and may come back over the same relationship, which they do not on Neo4j. Write b.id <> a.id "
    "for the ends, or * TRAIL."
)
FROM_ONE = "lists and substring count from 1 here, and from 0 on Neo4j; a slice has its end."
SUMS = "sum over no rows is null here, and 0 on Neo4j. Write coalesce(sum(x), 0)."


@dataclass(frozen=True, slots=True)
class _Step:
    """A relationship of a pattern."""

    chain: int
    """Steps of one chain hang together: its first token."""
    direction: str
    """`<`, `>` or nothing."""
    bracketed: bool
    types: frozenset[str]
    """None for any."""
    walks: bool
    """Whether it is of many steps, which may repeat one."""


def refuse_traps(cypher: str) -> None:
    """Refuse what the engine would answer wrongly. Raises UsageError with the line."""
    text = _Text(significant(cypher))
    for start, before in text.values():
        if not before:
            raise UsageError(
                f"line {text.tokens[start].line}: a path stands in the place of a value; here it would count as true "
                "or false, or as the letters of that word.",
                hint="To count write COUNT { MATCH (a)--(b) }, to ask whether there is one EXISTS { MATCH (a)--(b) }.",
            )
    for index, token in enumerate(text.tokens):
        called = text.called(index)
        if called == "LABELS":
            raise UsageError(
                f"line {token.line}: labels(n) is a list in Cypher and a text in this engine.",
                hint="Every node has one label: write label(n).",
            )
        if called == "SUBSTRING" and text.argument(index, 1) == "0":
            raise UsageError(
                f"line {token.line}: substring counts from 1 in this engine; from 0 it loses a letter.",
                hint="Write substring(text, 1, length).",
            )


def cautions(cypher: str) -> list[str]:
    """What a person should know of the answer, because another engine would read the same words otherwise."""
    text = _Text(significant(cypher))
    matches = [list(text.steps(start, end)) for start, end in text.matches()]
    calls = {text.called(index) for index in range(len(text.tokens))}
    told = [
        (LOST_ROWS, text.filters() and any(map(_may_lose_rows, matches))),
        (WALKS, any(map(_may_come_back, matches))),
        (FROM_ONE, "SUBSTRING" in calls or text.indexes()),
        (SUMS, text.sums()),
    ]
    return [caution for caution, holds in told if holds]


def _may_lose_rows(steps: Sequence[_Step]) -> bool:
    """Whether a step follows an undirected one."""
    return any(
        not one.direction and one.bracketed and other.bracketed and one.chain == other.chain
        for one, other in pairwise(steps)
    )


def _may_come_back(steps: Sequence[_Step]) -> bool:
    """Whether one relationship can stand in two places of a MATCH."""
    if any(step.walks for step in steps):
        return True
    seen: dict[str, set[tuple[int, str]]] = {}
    every: set[tuple[int, str]] = set()
    for step in steps:
        place = (step.chain, step.direction)
        others = set().union(*(seen.get(name, ()) for name in (*step.types, ""))) if step.types else every
        if others - {place} or (others and not step.direction):
            return True
        for name in step.types or ("",):
            seen.setdefault(name, set()).add(place)
        every.add(place)
    return False


def _plain(token: CypherToken) -> str:
    """A token as it is compared: words in capitals, and nothing of what a text or a quoted name says."""
    return {"word": token.text.upper(), "string": "''", "quoted": "``"}.get(token.kind, token.text)


class _Text:
    """A query as tokens, with the places where its brackets close."""

    def __init__(self, tokens: Sequence[CypherToken]) -> None:
        self.tokens = tokens
        self._texts = [_plain(token) for token in tokens]
        self._close: dict[int, int] = {}
        open_: list[int] = []
        for index, text in enumerate(self._texts):
            if text in ("(", "[", "{"):
                open_.append(index)
            elif text in _CLOSING and open_ and self._texts[open_[-1]] == _CLOSING[text]:
                self._close[open_.pop()] = index

    def _at(self, index: int) -> str:
        return self._texts[index] if 0 <= index < len(self._texts) else ""

    def _word(self, index: int) -> str:
        """The word of Cypher at a place; nothing for a name."""
        named = self._at(index - 1) in (".", ":") or (index >= 0 and self._at(index + 1) == ":")
        return (
            self._at(index) if 0 <= index < len(self.tokens) and self.tokens[index].kind == "word" and not named else ""
        )

    def called(self, index: int) -> str:
        """The function that is called at a place."""
        return self._word(index) if self._at(index + 1) == "(" else ""

    def argument(self, index: int, number: int) -> str:
        """An argument of the function called at a place, if it is one token."""
        end = self._close.get(index + 1, 0)
        place = index + 2
        while place < end:
            if number == 0:
                return self._at(place) if self._at(place + 1) in (",", ")") else ""
            number -= self._at(place) == ","
            place = self._close.get(place, place) + 1
        return ""

    def filters(self) -> bool:
        """Whether anything is asked of what is matched."""
        return "{" in self._texts or any(self._word(index) == "WHERE" for index in range(len(self.tokens)))

    def indexes(self) -> bool:
        """Whether an item of a list is asked for."""
        clauses = self._clauses()
        return any(
            self._at(index) == "["
            and clauses[index] != "MATCH"
            and (
                self._at(index - 1) in (")", "]")
                or (self.tokens[index - 1].kind in ("word", "quoted") and self._word(index - 1) not in _NO_LIST)
            )
            for index in range(1, len(self.tokens))
        )

    def sums(self) -> bool:
        """Whether a sum is taken that may be one of nothing."""
        return any(
            self.called(index) == "SUM" and self.called(index - 2) != "COALESCE" for index in range(len(self.tokens))
        )

    def _clauses(self) -> list[str]:
        """The clause that each token stands in; what stands in braces after a MATCH is a clause of its own."""
        found, stack = [], [""]
        for index, text in enumerate(self._texts):
            if text in _CLOSING and len(stack) > 1:
                stack.pop()
            elif self._word(index) in _CLAUSES:
                stack[-1] = text
            found.append(stack[-1])
            if text in ("(", "[", "{"):
                stack.append("" if text == "{" else stack[-1])
        return found

    def matches(self) -> Iterator[tuple[int, int]]:
        """Where the pattern of each MATCH begins and ends."""
        clauses = self._clauses()
        for index in range(len(self.tokens)):
            if self._word(index) == "MATCH":
                end = index + 1
                while end < len(self.tokens) and clauses[end] == "MATCH" and self._word(end) != "MATCH":
                    end = self._close.get(end, end) + 1
                yield index + 1, end

    def steps(self, start: int, end: int) -> Iterator[_Step]:
        """The relationships of a pattern."""
        index = chain = start
        while index < end:
            step, after = self._step(index, chain)
            if step is not None:
                yield step
                index = after
            else:
                if self._at(index) == ",":
                    chain = index
                index = self._close.get(index, index) + 1

    def values(self) -> Iterator[tuple[int, bool]]:
        """Where a path stands in an expression, and whether it is asked whether it is there."""
        clauses = self._clauses()
        index = 0
        while index < len(self.tokens):
            if self._at(index) == "(" and clauses[index] != "MATCH" and (end := self._path_end(index)):
                yield index, self._is_predicate(index, end)
                index = end
            else:
                index += 1

    def _is_predicate(self, start: int, end: int) -> bool:
        before = start - 1
        while self._at(before) == "(":
            before -= 1
        follows = self._at(end) in ("", ")", "]", "}", ";", "AND", "OR", "XOR", "THEN") or self._word(end) in _CLAUSES
        return self._at(before) in _PREDICATE and follows

    def _is_node(self, index: int) -> bool:
        """Whether a bracket may hold a node: (), (n), (:City), (n:City ...), ({id: $id}), (n WHERE ...)."""
        named = index + 1 + (self.tokens[index + 1].kind in ("word", "quoted")) if index in self._close else -1
        return named >= 0 and self._at(named) in (")", ":", "{", "WHERE")

    def _path_end(self, start: int) -> int:
        """Where a path that begins with a node ends; 0 if it is none."""
        index = self._close[start] + 1 if self._is_node(start) else 0
        end = 0
        while index:
            step, node = self._step(index, start)
            if step is None or self._at(node) != "(" or not self._is_node(node):
                break
            index = end = self._close.get(node, -1) + 1
        return end

    def _step(self, index: int, chain: int) -> tuple[_Step | None, int]:
        """The relationship that begins at a place, and where it ends."""
        direction = "<" if self._at(index) == "<" else ""
        index += bool(direction)
        if self._at(index) != "-":
            return None, index
        bracketed = self._at(index + 1) == "["
        inside = range(index + 2, self._close.get(index + 1, index + 2)) if bracketed else range(0)
        index = self._close.get(index + 1, -2) + 1 if bracketed else index + 1
        if self._at(index) != "-":
            return None, index
        if self._at(index + 1) == ">":
            direction, index = "" if direction else ">", index + 1
        types, walks = self._types(inside)
        return _Step(chain, direction, bracketed, types, walks), index + 1

    def _types(self, inside: range) -> tuple[frozenset[str], bool]:
        """The types of a relationship, and whether it is a walk."""
        types, walks = set(), False
        for index in inside:
            if self._at(index) in ("{", "WHERE", "("):
                break
            if self._at(index - 1) in (":", "|"):
                types.add(self.tokens[index].text.strip("`"))
            if self._at(index) == "*":
                walks = not {self._at(place).upper() for place in range(index + 1, index + 3)} & {
                    "TRAIL", "ACYCLIC", "SHORTEST", "ALL", "WSHORTEST",
                }  # fmt: skip
        return frozenset(types), walks
