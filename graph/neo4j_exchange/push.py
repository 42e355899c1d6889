"""Pushing the property graph to a Neo4j server: only what differs, nothing that is somebody else's.

What a cut-off push leaves behind is neither the old graph nor the new one; the state node says so (see push_lock.py),
and what that push was about; so the next push compares everything and completes it, and knows what people deleted
before and since. After a complete push, the next one looks only at the records of the sources that have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from citydiplomacy.errors import Interrupted, StoreError

from ..language.plurals import counted
from ..neo4j import import_files
from ..neo4j.definitions import LAYOUT, NotHeldApart, define, in_one, mark_anew
from ..neo4j.marks import BATCH
from ..neo4j.on_server import OnServer
from ..neo4j.push_lock import Turn, is_quiet, read_state, thing_of
from ..neo4j.server import explained
from ..neo4j.statements import PUT_BACK, ahead, send, transactions
from ..store.reader import Store
from .plan import Plan, PushOptions, PushReport
from .wanted import state_of

if TYPE_CHECKING:
    import neo4j

Progress = Callable[[int, int], None]
"""Called with the number of nodes and relationships sent so far, and of all; with two zeros while another push runs."""
_CAREFUL = PushOptions()


def push(
    store: Store,
    driver: neo4j.Driver,
    database: str | None = None,
    *,
    options: PushOptions = _CAREFUL,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> PushReport:
    """Make a server hold the property graph of a store.

    database: None is the user's own. dry_run: only tell the difference. Raises StoreError where `options` do not allow
    what would have to be done, if the server goes away, and if it cannot be written to.
    """
    wanted = state_of(store)
    with explained(), driver.session(database=database, fetch_size=BATCH) as session:
        while True:
            before = read_state(session)
            quiet = is_quiet(session, before)
            closely = options.whole or options.reset or not quiet
            same = quiet and before is not None and before.same_as(wanted)
            # Each thing tells by its digest whether it is as it was pushed; then all is there if their numbers are.
            if before and same and (not closely or session.execute_read(OnServer.whole).as_pushed(before.held)):
                return PushReport(before.revision)
            taken_away = sorted(before.sources.keys() - wanted.sources.keys()) if before else []
            if taken_away and not options.replace and not dry_run:
                raise _would_take_away(taken_away)
            plan = Plan.of(store, wanted, before, session, options, part=not closely)
            if dry_run:
                difference = session.execute_read(plan.compare)
                return plan.report(difference, taken_away)
            if not quiet:
                in_one(
                    session, "CREATE CONSTRAINT citydip_state IF NOT EXISTS FOR (s:CityDipState) REQUIRE s.id IS UNIQUE"
                )
            waiting = (lambda: progress(0, 0)) if progress else None
            with Turn(session, waiting, before.settled if before and quiet else "") as turn:
                if turn.state.revised(before):
                    continue  # another push has ended since we looked
                report = _push(plan, turn, session, progress=progress)
                report.taken_away = taken_away
                return report


def _would_take_away(sources: list[str]) -> StoreError:
    return StoreError(
        f"the server holds what {counted(len(sources), 'source')} tell that this store does not have: "
        f"{_first(sources)}",
        hint="A push would take it away. If that is meant: citydip neo4j push --replace. What it would change is told "
        "by --dry-run.",
    )


def _first(names: Sequence[str]) -> str:
    """The first few, and whether there are more."""
    return ", ".join(names[:5]) + (" ..." if len(names) > 5 else "")


def _push(plan: Plan, turn: Turn, session: neo4j.Session, *, progress: Progress | None) -> PushReport:
    not_apart: list[NotHeldApart] = []
    if plan.nodes is None:
        if turn.state.layout != LAYOUT:
            mark_anew(session, turn)
        import_files.finish(turn)
        not_apart = define(session, plan.graph)
        turn.watch()
    difference = turn.transaction(plan.compare)
    report = plan.report(difference)
    report.not_apart = not_apart
    if report.edited and not (plan.options.overwrite or plan.options.reset):
        raise StoreError(
            f"changed on the server: {counted(len(report.edited), 'thing')} that this push would change or remove: "
            f"{_first(report.edited)}",
            hint="Bring them into the store with: citydip neo4j pull. What that refuses, put right on the server. To "
            "lose them: --overwrite.",
        )
    if lacking := difference.touched(thing.id for thing in difference.deleted):
        raise StoreError(
            f"missing on the server, and needed by what is new: {_first(lacking)}",
            hint=PUT_BACK,
        )
    if freed := difference.touched(difference.freed):
        raise StoreError(
            f"without our label on the server, and needed by what is new: {_first(freed)}",
            hint="Give it back with: citydip neo4j push --reset",
        )
    ended, turn.as_pushed = plan.ended(difference), difference.untouched
    took = sorted(map(thing_of, (*difference.taken, *difference.taking)))
    if not len(difference):
        turn.complete(ended, took)
        return report
    done, every = 0, len(difference)
    with _in_the_middle():
        turn.begin(plan.on_the_way(difference))
        for lot in ahead(transactions(difference)):
            report.kept += turn.transaction(lambda tx, these=lot: send(tx, these, plan.wanted.revision))  # type: ignore[misc]
            done += sum(len(statement.rows) for statement in lot)
            if progress:
                progress(done, every)
        turn.complete(ended, took)
    return report


@contextmanager
def _in_the_middle() -> Iterator[None]:
    """Say of a push that ends here that it left the server's graph neither old nor new, and how to complete it."""
    try:
        with explained(hint="The server's graph is not whole. Complete it with: citydip neo4j push"):
            yield
    except KeyboardInterrupt:
        raise Interrupted(
            "interrupted; the server's graph is not whole.", hint="Complete it with: citydip neo4j push"
        ) from None
