"""A person's work on what waits: the pairs that are open, and decisions one by one or from a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph.language.dates import from_edtf, told_date
from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.model.ids import last, slug
from citydiplomacy.graph.model.records import Match, Source
from citydiplomacy.graph.model.values import Date, Text
from citydiplomacy.graph.store.lookup import find
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes

from .decisions import UNSURE, Decision, decisions, ids_told, matches, pair, source_of
from .match_records import match_id

VERDICTS = ("same", "different", "unsure")
COLUMNS = {"one": "یکی", "other": "دیگری", "verdict": "رأی", "reason": "دلیل", "who": "چه کسی", "date": "تاریخ"}
"""Of a file of decisions, in either language; the last three may be left out."""
NEEDED = ("one", "other", "verdict")
LISTED = ("group", "one_name", "other_name", "weight", "lies_in", "apart", "kinds", "people", "partners", "reasons")
"""Further columns of the list of what waits, which may stand there: it needs only a verdict to be such a file."""


@cache
def _verdicts() -> dict[str, str]:
    """A verdict by its names in both languages, folded."""
    said = schemes()["match-verdict"]
    return {fold(word): last(one) for one, concept in said.items() for word in (last(one), *concept.labels.values())}


@dataclass(frozen=True)
class Open:
    """A pair that may be one city: the ids under which both are told, and the match that says so."""

    one: str
    other: str
    match: Match


def waiting(store: Store) -> Iterator[Open]:
    """The pairs that wait for a person, the likeliest first; those that a person left unsure come last."""
    made, decided = [match for _, match in matches(store)], decisions(store)
    new_ids = ids_told(made, decided)
    verdicts = {decision.pair: decision.match.verdict for decision in decided}
    found: dict[tuple[str, str], Open] = {}
    for match in sorted(made, key=lambda match: (-(match.weight or 0), match.id)):
        one, other = (new_ids.get(name, name) for name in (match.one, match.other))
        ids = min(one, other), max(one, other)
        if match.verdict != UNSURE or one == other or ids in found or not (store.has(one) and store.has(other)):
            continue
        if verdicts.get(pair(match), verdicts.get(ids)) in (None, UNSURE):
            found[ids] = Open(one, other, match)
    seen = {key for key, verdict in verdicts.items() if verdict == UNSURE}
    yield from sorted(found.values(), key=lambda one: pair(one.match) in seen or (one.one, one.other) in seen)


class Judge:
    """Takes decisions of persons on the things of a store; nothing is written.

    who: who decides where it is not said, on the day `today`. decided: all decisions of the store and the new ones.
    """

    def __init__(self, store: Store, who: str, today: dt.date) -> None:
        self.decided = decisions(store)
        self._store = store
        self._who = who
        self._today = from_edtf(today.isoformat())
        self._read = {name for _, match in matches(store) for name in (match.one, match.other)}

    def decide(
        self, one: str, other: str, verdict: str, reason: str = "", who: str = "", date: Date | None = None
    ) -> None:
        """Add a decision, in the place of what the same person decided on the pair before.

        Raises UsageError for an unknown id or name, a pair of one thing or of two kinds, what another person decided
        otherwise, and a contradiction.
        """
        one, other = self._id(one), self._id(other)
        if one == other:
            raise UsageError(f"{one} is one id.", hint="A decision takes two.")
        if one.partition("/")[0] != other.partition("/")[0]:
            raise UsageError(f"{one} and {other} are two kinds of thing, so they are never the same.")
        said = Match(
            id=match_id(one, other),
            one=one,
            other=other,
            verdict=f"match-verdict/{verdict}",
            reason=(Text(reason, "und"),) if reason else (),
            date=date or self._today,
        )
        decided, source = list(self.decided), self._source(who or self._who)
        for there in [decision for decision in decided if decision.pair == pair(said)]:
            if there.source.id == source.id:
                if there.match.verdict == said.verdict and (there.match.reason == said.reason or not reason):
                    return
                decided.remove(there)
            elif there.match.verdict != said.verdict:
                raise UsageError(
                    f"{there.who} decided {last(there.match.verdict)} on {one} and {other}.",
                    hint=f"Take that back first: citydip resolve undo {one} {other}",
                )
        decided.append(Decision(source, said))
        ids_told((), decided)
        self.decided = decided

    def undo(self, one: str, other: str) -> None:
        """Take all decisions on a pair back. Raises UsageError if there is none."""
        ids = {one, other}
        if not any(ids == set(decision.pair) for decision in self.decided):
            ids = {self._id(one), self._id(other)}
        kept = [decision for decision in self.decided if ids != set(decision.pair)]
        if len(kept) == len(self.decided):
            near = [" ".join(decision.pair) for decision in kept if ids & set(decision.pair)][:3]
            raise UsageError(
                f"nobody decided on {one} and {other}.",
                hint=f"Did you mean: {'; '.join(near)}?" if near else "List what was: citydip resolve decisions",
            )
        self.decided = kept

    def apply(self, path: Path) -> int:
        """Add the decisions of a sheet (COLUMNS), the first of a workbook; what has no verdict stays open.

        Returns how many there are.

        Raises InputError for the first line that is wrong, MissingExtraError for a workbook without its library.
        """
        from ..formats.delimited import read_delimited
        from ..formats.opening import WORKBOOKS, read_workbook, sheet

        workbook = path.suffix.lower() in WORKBOOKS
        table = sheet(path, read_workbook(path), "").table() if workbook else read_delimited(path)
        written = {fold(word): name for name, persian in COLUMNS.items() for word in (name, persian)}
        header = [written.get(fold(name), name) for name in table.header]
        for name in NEEDED:
            if name not in header:
                needed = f"the columns {', '.join(NEEDED)}"
                raise InputError("a column is missing", file=table.file, line=1, column=name, expected=needed)
        for name in header:
            if name not in (*COLUMNS, *LISTED):
                raise InputError(
                    "unknown column", file=table.file, line=1, column=name, expected=f"one of {', '.join(COLUMNS)}"
                )
            if header.count(name) > 1:
                raise InputError("a column stands there twice", file=table.file, line=1, column=name)
        number = 0
        for line, cells in table.rows:
            row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
            if any(row.get(name) for name in list(COLUMNS)[2:]):
                self._apply(table.file, line, row)
                number += 1
        return number

    def _apply(self, file: str, line: int, row: dict[str, str]) -> None:
        if not (verdict := _verdicts().get(fold(row["verdict"]))):
            raise InputError(
                "unknown verdict",
                file=file,
                line=line,
                column="verdict",
                value=row["verdict"],
                expected=f"one of {', '.join(VERDICTS)}",
            )
        try:
            date = told_date(row.get("date"))
        except ValueError:
            raise InputError(
                "not a date", file=file, line=line, column="date", value=row["date"], expected="as in 2026-03-21"
            ) from None
        try:
            self.decide(row["one"], row["other"], verdict, row.get("reason", ""), row.get("who", ""), date)
        except UsageError as error:
            raise InputError(error.message, file=file, line=line, hint=error.hint) from None

    def _source(self, who: str) -> Source:
        who = " ".join(who.split())
        if not slug(who):
            raise UsageError("nobody decides: there is no name.", hint="Say who: --who NAME")
        new = source_of(who)
        there = next((decision.source for decision in self.decided if decision.source.id == new.id), new)
        if there.creators != new.creators:
            raise UsageError(
                f"the names {who!r} and {there.creators[0]!r} are too much alike.", hint="Use one of them."
            )
        return there

    def _id(self, name: str) -> str:
        return name if name in self._read else find(self._store, name, "City", "Organization", "Region", "Country")
