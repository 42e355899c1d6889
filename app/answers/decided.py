"""A person's decisions on what is the same: taken, told to the store, and what follows from them in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders.resolution.decisions import DIFFERENT, UNSURE, Decision, decisions, ids_told, matches, user
from citydiplomacy.loaders.resolution.judging import Judge, waiting
from citydiplomacy.loaders.resolution.retelling import decide as retell

from ..output import Lang

MOST = 10
"""Sentences of a kind; what goes beyond is counted."""


@dataclass(frozen=True)
class DecisionState:
    """What decides under which id everything is told, and what waits."""

    decided: list[Decision]
    told: Mapping[str, str]
    """Under which id each id is told that is not told under its own."""
    waiting: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, store: Store) -> DecisionState:
        """That of a store."""
        decided = decisions(store)
        told = ids_told((match for _, match in matches(store)), decided)
        return cls(decided, told, frozenset((pair.one, pair.other) for pair in waiting(store)))


@dataclass(frozen=True)
class Decided:
    """How a store stands after a person has acted. changed: whether that was new to it."""

    revision: int
    changed: bool
    decisions: int


def decide(folder: Path, who: str, act: Callable[[Judge], object], lang: Lang, say: Callable[[str], object]) -> Decided:
    """Let a person act, tell the store what follows, in one step, and the person too.

    who: their name; that of the user if empty. say: is told what follows, in sentences. Raises what the act raises,
    and StoreError if the store cannot be written, or was changed meanwhile.
    """
    with Store.open_folder(folder) as opened:
        judge = Judge(opened, who or user(), dt.date.today())
        before = DecisionState.of(opened)
        act(judge)
        revision = opened.manifest.revision
        kept = {decision.source.id for decision in judge.decided}
        without = {decision.source.id for decision in before.decided} - kept
        after = writer.load(folder, retell(opened, judge.decided), since=opened, without=without)
    changed = after.revision != revision
    if changed:
        with Store.open_folder(folder) as opened:
            _tell(opened, before, DecisionState.of(opened), lang, say)
    return Decided(after.revision, changed, len(judge.decided))


def _tell(store: Store, before: DecisionState, after: DecisionState, lang: Lang, say: Callable[[str], object]) -> None:
    """Say what became of the ids and of the list. store: as it is after the decisions."""
    moved = sorted(one for one in before.told.keys() | after.told.keys() if before.told.get(one) != after.told.get(one))
    for one in moved[:MOST]:
        if (name := after.told.get(one)) is None:
            say(f"{one} is told by itself again.")
            continue
        record = store.get(name)
        called, sources = record.label(lang.value) if record else name, counted(len(store.naming(name)), "source")
        say(f"{one} is told as {called} ({name}) from now on, of which {sources} tell.")
    if len(moved) > MOST:
        say(f"And of {len(moved) - MOST:,} more ids it changed under which they are told.")
    held = {(decision.pair, decision.match.verdict) for decision in before.decided}
    new = [decision for decision in after.decided if (decision.pair, decision.match.verdict) not in held]
    for decision in new[:MOST]:
        one, other = decision.pair
        if decision.match.verdict == DIFFERENT:
            say(f"{one} and {other} are told apart, whatever is loaded.")
        elif decision.match.verdict == UNSURE:
            say(f"{one} and {other} stay open, and come last in the list.")
    gone, anew = len(before.waiting - after.waiting), len(after.waiting - before.waiting)
    say(f"Pairs that no longer wait: {gone:,}; that wait anew: {anew:,}; that wait in all: {len(after.waiting):,}.")
