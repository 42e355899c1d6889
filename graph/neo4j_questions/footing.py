"""On what an answer from a server stands: what was pushed there, whether it is whole, and what has come since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citydiplomacy.errors import StoreError

from ..language.plurals import counted
from ..neo4j.marks import MARK
from ..neo4j.on_server import OnServer
from ..neo4j.push_lock import State, is_quiet, last_write, read_state
from ..neo4j.server import explained

if TYPE_CHECKING:
    import neo4j

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Footing:
    """What a server said of itself before a question was asked."""

    state: State | None
    """What the last push said; None if there was none."""
    imported: bool
    """Whether things of ours are there that no push tells of."""
    quiet: bool
    """Whether nobody has written since the last push."""
    others: bool
    """Whether there may be anything that was not pushed."""

    @staticmethod
    def of(driver: neo4j.Driver, database: str | None) -> Footing:
        """Look: a few reads of what the server has counted. Raises StoreError if it does not answer."""
        with explained(), driver.session(database=database, default_access_mode="READ") as session:
            state = read_state(session)
            quiet = is_quiet(session, state)
            nodes, ours, ties = session.execute_read(_counts)
        pushed = sum(state.held.values()) if state else 0
        return Footing(state, state is None and ours > 0, quiet, not quiet or nodes + ties - 1 > pushed)

    def check(self) -> None:
        """Refuse a graph from which no answer would be the store's. Raises StoreError."""
        if self.state is None and not self.imported:
            raise StoreError("nothing was pushed to this server.", hint="Push first: citydip neo4j push")
        if self.state is not None and not self.state.complete:
            raise StoreError(
                "the server's graph is not whole: a push is under way or was cut off.",
                hint="Ask again when it has ended; one that was cut off is completed by: citydip neo4j push",
            )

    def tell(self, tell: Tell, here: State | None, today: dt.date) -> None:
        """Tell how a graph differs from what is asked of it. here: what a server says that holds the store here."""
        state = self.state
        if state is None and self.imported:
            tell("No push tells of this graph: it was imported, or the record of the push is gone.")
        elif state is None:
            tell("Nothing was pushed to this server.")
        elif not state.complete:
            tell("The server's graph is not whole: a push is under way or was cut off.")
        if state is None or not state.complete:
            return
        if not self.quiet:
            tell(
                "Others have written to this database since the push; what they changed in its graph shows in the "
                "answer. What it was: citydip neo4j status"
            )
        if not state.days.covers(today):
            tell(f"Which ties stand is told as on {state.days}, the days of the push; a push brings it up to date.")
        if here is not None:
            _compare(state, here, tell)

    def check_again(self, driver: neo4j.Driver, database: str | None) -> None:
        """Refuse an answer during which the graph was pushed anew. Raises StoreError."""
        with explained(), driver.session(database=database, default_access_mode="READ") as session:
            now = read_state(session)
        if now is None or self.state is None:
            moved = now is not self.state
        else:
            moved = not now.complete or now.revised(self.state)
        if moved:
            raise StoreError(
                "the server's graph was pushed anew while the question was asked.",
                hint="Ask again when that has ended.",
            )


class Copies:
    """Relationships that somebody has copied with our marks; looked for anew where somebody has written since."""

    def __init__(self, driver: neo4j.Driver, database: str | None) -> None:
        self._driver, self._database = driver, database
        self._written, self._elements = "", list[str]()

    def elements(self) -> list[str]:
        """The server's own ids of the copies. Raises StoreError if it does not answer."""
        with explained(), self._driver.session(database=self._database, default_access_mode="READ") as session:
            state, now = read_state(session), last_write(session)
            if state is not None and now == state.settled != "":
                return []
            if not now or now != self._written:
                self._elements = [copy.element for copy in session.execute_read(OnServer.copied)]
                self._written = now
        return self._elements


def _counts(transaction: neo4j.ManagedTransaction) -> tuple[int, int, int]:
    """Nodes, nodes of ours, relationships: the server keeps these numbers."""
    nodes, ours, ties = (
        transaction.run(text).single(strict=True)[0]
        for text in (
            "MATCH (n) RETURN count(n)",
            f"MATCH (n:{MARK}) RETURN count(n)",
            "MATCH ()-[r]->() RETURN count(r)",
        )
    )
    return nodes, ours, ties


def _compare(state: State, here: State, tell: Tell) -> None:
    """Tell how what was pushed differs from the store here; nothing where it is the same."""
    there, mine = state.sources.keys(), here.sources.keys()
    otherwise = sum(state.sources[source] != here.sources[source] for source in there & mine)
    if not (there ^ mine) and not otherwise:
        if state.projection != here.projection:
            tell("The server's graph was pushed by another version of the program than this one.")
        return
    if there - mine:
        tell(
            f"The server holds the graph of another store, or of another state of it (revision {state.revision}): "
            f"{counted(len(there - mine), 'source')} only there, {counted(len(mine - there), 'source')} only here, "
            f"{otherwise:,} told otherwise."
        )
    else:
        tell(
            f"The server holds revision {state.revision}, the store here is at {here.revision}: "
            f"{counted(len(mine - there), 'source')} only here, {otherwise:,} told otherwise. "
            "A push brings it up to date."
        )
