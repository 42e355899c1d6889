"""Pulling: what people added, changed or deleted on a Neo4j server becomes a source of its own.

Changed is what no longer has the digest that it was pushed with; added is what has none, and a label or type of ours.
The source tells only what differs from the store, in records that pass the checks of every source. What an earlier pull
brought and is no longer so there is withdrawn, whoever pulled it. A deletion of what other sources tell is no claim: a
person decides what it means.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from citydiplomacy.errors import StoreError, UsageError

from ..model import ids
from ..neo4j.marks import BATCH, Key
from ..neo4j.on_server import OnServer
from ..neo4j.push_lock import read_state, thing_of, when_and_thing
from ..neo4j.server import explained
from ..store.reader import Store
from .pulled import pulled
from .server_edits import ServerEdits, look
from .wanted import state_of

if TYPE_CHECKING:
    import neo4j

from .reading import RecordReading
from .report import PullReport


def pull(
    store: Store,
    driver: neo4j.Driver,
    database: str | None = None,
    *,
    who: str,
    when: dt.date | None = None,
    ended: Mapping[str, str] | None = None,
    take_ids: bool = False,
    lang: str = "en",
) -> PullReport:
    """Collect what people did on a server that a store was pushed to; nothing is written.

    who: the source's name. when: the day, else today. ended: ties that were deleted there since they ended, each with
    the date of its end, or "". take_ids: also take nodes without an id, under the one proposed. lang: of names in
    the report. Raises UsageError for a
    name without letters and for a tie that was not deleted, StoreError if the server does not answer or has never been
    pushed to.
    """
    if not ids.slug(who):
        raise UsageError(f"no name for a source: {who!r}", hint="Say who made the changes.")
    before = list(pulled(store))
    asked = {record.id for one in before for record in one.records}
    with explained(), driver.session(database=database, default_access_mode="READ", fetch_size=BATCH) as session:
        state = read_state(session)
        if state is None:
            raise StoreError("nothing was pushed to this server.", hint="Push first: citydip neo4j push")
        found = session.execute_read(look, asked)
    reading = RecordReading(store, found, before, take_ids=take_ids, lang=lang)
    reading.set_back(state)
    reading.deletions(state, ended or {})
    report = reading.report(who, when or dt.datetime.now(dt.UTC).date())
    report.whole, report.taking = state.complete, sorted(map(thing_of, state.taking))
    if not state.same_as(state_of(store)):
        report.taken = when_and_thing(line for line in state.taken if line.startswith(state.pushed))
    return report


def untaken(store: Store, held: OnServer, things: Collection[str | Key]) -> set[str]:
    """Of things that somebody has changed on a server, the ids of those of which the store does not have it all."""
    reading = RecordReading(store, ServerEdits.of(held, things), list(pulled(store)))
    return reading.open()
