"""A question in Cypher, asked only over what was pushed: each node in its patterns must carry our label, each
relationship our property.

The text is changed token by token, so that one text serves every engine, and what others write on a server, in our
words or in theirs, does not come into its answer. Where somebody has copied relationships, marks and all, it leaves out
the copies by the server's own ids: of a step inside of its brackets, of a pattern of variable length in the condition
of its MATCH.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from ..neo4j.marks import MARK, OURS
from ..property.cypher import CypherToken, tokens

COPIES = "citydip_copies"
"""The parameter that lists the server's own ids of copies."""

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_BEFORE_NODES = frozenset({"MATCH", ",", "=", "(", ")", "}", "SHORTEST", "PATHS", "PATH", "GROUPS", "GROUP"})
"""After these, inside a pattern, a bracket can begin a node."""
_CLAUSES = frozenset({"RETURN", "WITH", "UNWIND", "OPTIONAL", "CALL", "ORDER", "UNION", "SKIP", "LIMIT"})
"""These end a pattern and a condition of a MATCH; so does a further MATCH."""


@lru_cache(maxsize=256)
def only_ours(cypher: str, *, copies: bool = False) -> str:
    """The text that asks the same of our nodes and relationships only. copies: but not of those that COPIES lists.

    >>> only_ours("MATCH (c:City {id: $city})-[t:TWINNED_WITH]-(p) RETURN p")
    'MATCH (c:(City)&CityDip {id: $city})-[t:TWINNED_WITH {_citydip: true}]-(p:CityDip) RETURN p'
    """
    return "".join(token.text for token in _Text(cypher, copies).asked())


class _Text:
    """The tokens of a text, and what is put in before some of them."""

    def __init__(self, cypher: str, copies: bool) -> None:
        self._copies = copies
        self._all = list(tokens(cypher))
        self._put: dict[int, str] = {}
        self._at = [n for n, token in enumerate(self._all) if token.kind != "comment" and not token.text.isspace()]
        """Places of the tokens that mean something."""
        self._close = self._closings()

    def asked(self) -> Iterator[CypherToken]:
        """All tokens, with what was put in."""
        patterns: list[list[str] | None] = [None]
        """Inside of each bracket: what else is asked of the pattern that it stands in; None in none."""
        for place in range(len(self._at)):
            text, inside = self._text(place), patterns[-1]
            if self._ends_condition(place) or self._is_clause(place, "WHERE"):
                self._condition(place, inside)
                inside = patterns[-1] = [] if self._is_clause(place, "MATCH") else None
            if text == "(" and self._is_node(place, inside is not None):
                self._node(place)
            elif text == "[" and self._is_relationship(place):
                shortest = inside is not None and self._is_shortest(place)
                if not shortest:
                    self._relationship(place)
                if inside is not None and (shortest or self._copies):
                    self._no_copy(place, inside, f"_one.{OURS}" if shortest else "")
            elif text == "-" and self._is_bare(place):
                alone = self._copies and inside is not None
                called = f"_tie{place} " if alone else ""
                self._insert(place + 1, f"[{called}{{{OURS}: true}}{_not_of(called) if alone else ''}]")
            # Inside of the brackets of a quantified pattern it goes on; inside of braces a pattern begins with MATCH.
            if text in _CLOSING and place in self._close:
                begins = text == "{" and self._begins_pattern(place)
                patterns.append(inside if text == "(" else [] if begins else None)
            elif text in _CLOSING.values() and len(patterns) > 1:
                ended = patterns.pop()
                self._condition(place, ended if text == "}" else None)
        self._condition(len(self._at), patterns[-1])
        for number, token in enumerate(self._all):
            if put := self._put.get(number):
                yield CypherToken("other", put, token.line)
            yield token
        if put := self._put.get(len(self._all)):
            yield CypherToken("other", put, self._all[-1].line)

    def _text(self, place: int) -> str:
        return self._all[self._at[place]].text if 0 <= place < len(self._at) else ""

    def _kind(self, place: int) -> str:
        return self._all[self._at[place]].kind if 0 <= place < len(self._at) else ""

    def _is_clause(self, place: int, word: str) -> bool:
        named = self._text(place - 1) in (".", ":") or self._text(place + 1) in (":", ".")
        return self._kind(place) == "word" and self._text(place).upper() == word and not named

    def _closings(self) -> dict[int, int]:
        """Where each bracket is closed."""
        open_: list[int] = []
        found = {}
        for place in range(len(self._at)):
            text = self._text(place)
            if self._kind(place) != "other":
                continue
            if text in _CLOSING:
                open_.append(place)
            elif open_ and text == _CLOSING[self._text(open_[-1])]:
                found[open_.pop()] = place
        return found

    def _begins_pattern(self, place: int) -> bool:
        """Whether braces hold a bare pattern: `EXISTS { (n)--() }`."""
        return self._text(place - 1).upper() in ("EXISTS", "COUNT", "COLLECT") and self._text(place + 1) == "("

    def _is_node(self, place: int, in_pattern: bool) -> bool:
        end = self._close.get(place)
        if end is None or not self._looks_like_node(place, end):
            return False
        before, after = self._text(place - 1), self._text(end + 1)
        tied = (before in ("-", ">") and self._ends_relationship(place - 1)) or self._begins_relationship(end + 1)
        first = before.upper() in _BEFORE_NODES or self._kind(place - 1) == "number"
        return tied or (in_pattern and first and after not in (".", "["))

    def _looks_like_node(self, place: int, end: int) -> bool:
        """`(n)`, `(n:Label {id: 1})`, `(:Label WHERE ...)`, `()`: no call, no expression."""
        name = self._kind(place + 1) in ("word", "quoted") and self._text(place + 1).upper() != "WHERE"
        after = place + 2 if name else place + 1
        called = self._kind(place - 1) == "word" and self._text(place - 1).upper() not in (
            *_BEFORE_NODES, "WHERE", "NOT", "AND", "OR", "XOR", "WHEN", "THEN", "ELSE",
        )  # fmt: skip
        return not called and (after == end or self._text(after) in (":", "{") or self._text(after).upper() == "WHERE")

    def _begins_relationship(self, place: int) -> bool:
        return (self._text(place) == "-" and self._text(place + 1) in ("-", "[")) or (
            self._text(place) == "<" and self._text(place + 1) == "-" and self._text(place + 2) in ("-", "[")
        )

    def _ends_relationship(self, place: int) -> bool:
        dash = place - 1 if self._text(place) == ">" else place
        return self._text(dash) == "-" and (
            self._text(dash - 1) == "]" or (self._text(dash - 1) == "-" and self._text(dash - 2) in (")", "<"))
        )

    def _is_relationship(self, place: int) -> bool:
        end = self._close.get(place)
        return end is not None and self._text(place - 1) == "-" and self._text(end + 1) == "-"

    def _has_many_steps(self, place: int) -> bool:
        stops = ("*", "{", "]")
        return self._text(self._until(place + 1, len(self._at), lambda n: self._text(n) in stops)) == "*"

    def _is_shortest(self, place: int) -> bool:
        """Whether it stands in `shortestPath((a)-[r*]-(b))`, which takes no properties of relationships."""
        called = [self._text(start - 1).upper() for start, end in self._close.items() if start < place < end]
        return self._has_many_steps(place) and not {"SHORTESTPATH", "ALLSHORTESTPATHS"}.isdisjoint(called)

    def _is_bare(self, place: int) -> bool:
        """The first dash of `--` between two nodes."""
        opens = self._text(place - 1) == ")" or (self._text(place - 1) == "<" and self._text(place - 2) == ")")
        closes = self._text(place + 1) == "-" and self._text(place + 2) in ("(", ">")
        return opens and closes

    def _node(self, place: int) -> None:
        end = self._close[place]
        labels = next((n for n in (place + 1, place + 2) if self._text(n) == ":" and n < end), None)
        if labels is None:
            has_name = self._kind(place + 1) in ("word", "quoted") and self._text(place + 1).upper() != "WHERE"
            self._insert(place + 2 if has_name else place + 1, f":{MARK}")
            return
        last = self._until(labels + 1, end, lambda n: self._text(n) == "{" or self._is_clause(n, "WHERE"))
        if any(self._text(n) == ":" for n in range(labels + 1, last)):
            self._insert(last, f":{MARK}", after_space=False)
        else:
            self._insert(labels + 1, "(")
            self._insert(last, f")&{MARK}", after_space=False)

    def _relationship(self, place: int) -> None:
        end = self._close[place]
        put = self._until(place + 1, end, lambda n: self._text(n) == "{" or self._is_clause(n, "WHERE"))
        if self._text(put) == "{":
            more = "" if self._text(put + 1) == "}" else ", "
            self._insert(put + 1, f"{OURS}: true{more}")
        else:
            self._insert(put, f" {{{OURS}: true}}", after_space=False)

    def _ends_condition(self, place: int) -> bool:
        """Whether a clause begins here; `STARTS WITH` begins none."""
        text = self._text(place - 1).upper()
        return any(self._is_clause(place, word) for word in ("MATCH", *_CLAUSES)) and text not in ("STARTS", "ENDS")

    def _condition(self, place: int, asked: list[str] | None) -> None:
        """Ask more of a pattern, in the condition that begins where the pattern ends."""
        if not asked:
            return
        every = " AND ".join(asked)
        asked.clear()
        if not self._is_clause(place, "WHERE"):
            self._insert(place, f" WHERE {every}", after_space=False)
            return
        end = place + 1
        while end < len(self._at) and not self._ends_condition(end) and self._text(end) not in (")", "]", "}", ";"):
            end = self._close.get(end, end) + 1
        self._insert(place + 1, f"{every} AND (")
        self._insert(end, ")", after_space=False)

    def _no_copy(self, place: int, asked: list[str], more: str) -> None:
        """Leave out the copies: of one step inside of its brackets, of many in what else is asked of the pattern.

        more: what many steps are asked beside.
        """
        end = self._close[place]
        has_name = self._kind(place + 1) in ("word", "quoted") and self._text(place + 1).upper() != "WHERE"
        called = self._text(place + 1) if has_name else f"_tie{place}"
        if not has_name:
            self._put[self._at[place + 1]] = called + self._put.get(self._at[place + 1], "")
        if self._has_many_steps(place):
            no_copy = f"NOT elementId(_one) IN ${COPIES}" if self._copies else ""
            asked.append(f"all(_one IN {called} WHERE {' AND '.join(filter(None, (more, no_copy)))})")
            return
        where = self._until(place + 1, end, lambda n: self._is_clause(n, "WHERE"))
        if where < end:
            self._insert(where + 1, "(")
            self._insert(end, f"){_not_of(called, 'AND')}", after_space=False)
        else:
            self._insert(end, _not_of(called), after_space=False)

    def _until(self, place: int, end: int, stop: Callable[[int], bool]) -> int:
        return next((n for n in range(place, end) if stop(n)), end)

    def _insert(self, place: int, text: str, *, after_space: bool = True) -> None:
        """Put a text before a token; or, without the space that stands there, after the one before it."""
        at = self._at[place] if after_space else self._at[place - 1] + 1
        self._put[at] = self._put.get(at, "") + text


def _not_of(called: str, begins: str = "WHERE") -> str:
    return f" {begins} NOT elementId({called.strip()}) IN ${COPIES}"
