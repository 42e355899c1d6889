"""Commands round a Neo4j server: `citydip neo4j push`, `status`, `pull`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from citydiplomacy.graph.language.plurals import counted

from ..answers.on_server import tell_copies, tell_rest, tell_taken, tell_taking, with_relationships
from ..errors import UsageError
from ..options import DEFAULT_STORE, FormatOption, LangOption, StorePath
from ..output import Format, Lang, not_carried, print_table, say, write
from ..progress import bar

if TYPE_CHECKING:
    import neo4j

    from citydiplomacy.graph.neo4j.difference import Count
    from citydiplomacy.graph.neo4j_exchange.push import Progress

app = typer.Typer(
    name="neo4j",
    help="Put the graph on a Neo4j server, and bring back what was changed there. The server and its user are told by "
    "NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD; a missing password is asked for.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

MOST = 20
"""Of what others did, so many things are told by name."""

Database = Annotated[str, typer.Option("--database", "-d", help="Database on the server.", show_default="the user's")]


@app.command()
def push(
    store: StorePath = DEFAULT_STORE,
    database: Database = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell the difference.")] = False,
    whole: Annotated[
        bool,
        typer.Option("--whole", help="Compare everything, property by property; puts back what was deleted there."),
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also what was changed on the server, where it is in the way.")
    ] = False,
    reset: Annotated[
        bool, typer.Option("--reset", help="Put back all that was changed or deleted on the server, and tell each.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also take away what sources tell that this store does not have.")
    ] = False,
    form: FormatOption = Format.TABLE,
    lang: LangOption = Lang.EN,
) -> None:
    """Make a Neo4j server hold the store's property graph: send what is new or changed, remove what no source tells.

    Nodes and relationships of others stay untouched. A push that was cut off is completed by running it again.

    Example: citydip neo4j push --dry-run
    """
    from citydiplomacy.graph.neo4j_exchange.plan import PushOptions
    from citydiplomacy.graph.neo4j_exchange.push import push as send
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.wording.tables import Table, TableColumn

    options = PushOptions(whole=whole, overwrite=overwrite, reset=reset, replace=replace)
    with _driver(database) as driver, Store.open_folder(store) as opened, _progress() as progress:
        report = send(opened, driver, database or None, options=options, dry_run=dry_run, progress=progress)
    not_carried(report.lost)
    for label, index in report.not_apart:
        if index:
            say(f"{label}: the server has an index of ids of its own, {index}; it stays, and ours is not made.")
        else:
            say(f"{label}: others have nodes of this label, so that no constraint makes ids unique among all.")
    for node_id in report.kept:
        say(f"Kept, since relationships of others hang on it: {node_id}")
    for edited in report.edited:
        if dry_run:
            say(f"Changed on the server since the last push, and in the way of this one: {edited}")
        else:
            say(f"Overwritten, it had been changed on the server since the last push: {edited}")
    if dry_run and report.taken_away:
        say(f"The server holds what these sources tell, and this store does not have: {', '.join(report.taken_away)}")
    for copied in report.copied:
        say(f"Copied on the server with our marks, and taken for somebody else's: {copied}")
    for copied in report.doubles:
        if dry_run:
            say(f"Copied on the server with our marks; the copy would be taken away: {copied}")
        else:
            say(f"Copied on the server with our marks; the copy is taken away: {copied}")
    for node in report.nameless:
        say(f"With our label and no id, and taken for somebody else's: {node}")
    for thing in report.reset:
        say(f"Would be put back as the store has it: {thing}" if dry_run else f"Put back as the store has it: {thing}")
    for what in with_relationships(report.restored):
        say(f"Would be put back, deleted on the server: {what}" if dry_run else f"Put back, it was deleted: {what}")
    for taken in report.taken:
        say(f"Made or changed on the server, and overwritten or taken away since a push that was cut off: {taken}")
    for thing in report.left[:MOST]:
        say(f"Changed on the server, and left so: {thing}")
    for what in with_relationships(report.deleted)[:MOST]:
        say(f"Deleted on the server, and left so: {what}")
    if report.left or report.deleted:
        changed, deleted = counted(len(report.left), "thing"), counted(len(report.deleted), "thing")
        say(
            f"Changed on the server: {changed}; deleted there: {deleted}. Bring that with: citydip neo4j pull. Put it "
            "back with: citydip neo4j push --reset"
        )
    if not report.changed:
        if not report.left and not report.deleted:
            say(f"Nothing to send: the server holds this already (revision {report.revision}).")
        else:
            say(f"Nothing to send: besides that the server holds this already (revision {report.revision}).")
        return
    columns: tuple[TableColumn[Count], ...] = (
        TableColumn("kind", "What", "چه", lambda count: count.kind),
        TableColumn("name", "Label or type", "برچسب یا گونه", lambda count: count.name),
        TableColumn("new", "New", "تازه", lambda count: count.new),
        TableColumn("changed", "Changed", "دگرگون", lambda count: count.changed),
        TableColumn("gone", "Gone", "رفته", lambda count: count.gone),
    )
    print_table(Table.of(lang.value, columns, report.counts), form, lang)
    revision = report.revision
    say(f"Would make revision {revision}." if dry_run else f"The server holds revision {revision}.")


class HeldRow(NamedTuple):
    """A row of what a server holds."""

    kind: str
    name: str
    number: int
    changed: int
    deleted: int
    added: int


@app.command()
def status(database: Database = "", form: FormatOption = Format.TABLE, lang: LangOption = Lang.EN) -> None:
    """Tell what a Neo4j server holds of ours, of which revision, whether it is whole, and how much else is there.

    Counted too is what was changed, deleted or added there since the push.

    Example: citydip neo4j status
    """
    from citydiplomacy.graph.neo4j import definitions
    from citydiplomacy.graph.neo4j import status as looking
    from citydiplomacy.queries.wording.tables import Table, TableColumn

    with _driver(database) as driver:
        found = looking.status(driver, database or None)
    state = found.state
    if state is None and not found.nodes:
        say("Nothing was pushed here.")
    elif state is None:
        say("No push tells of this: it was imported, or the record of the push is gone. Push once: citydip neo4j push")
    elif state.complete:
        say(f"Revision {state.revision}, whole, pushed {state.pushed[:19].replace('T', ' ')} UTC.")
    else:
        say("Not whole: a push is under way or was cut off. Complete it with: citydip neo4j push")
        tell_taking(found.taking, MOST)
    names = {**found.held, **found.deleted, **found.added}
    kinds = {name: "node" if name in definitions.LABELS else "relationship" for name in names}
    held = [
        HeldRow(kinds[name], name, found.held[name], found.changed[name], found.deleted[name], found.added[name])
        for name in sorted(names, key=lambda name: (kinds[name], name))
    ]
    columns: tuple[TableColumn[HeldRow], ...] = (
        TableColumn("kind", "What", "چه", lambda each: each.kind),
        TableColumn("name", "Label or type", "برچسب یا گونه", lambda each: each.name),
        TableColumn("number", "Number", "شمار", lambda each: each.number),
        TableColumn("changed", "Changed since", "دگرگون پس از آن", lambda each: each.changed),
        TableColumn("deleted", "Deleted since", "پاک‌شده پس از آن", lambda each: each.deleted),
        TableColumn("added", "By others", "از دیگران", lambda each: each.added),
    )
    if held:
        print_table(Table.of(lang.value, columns, held), form, lang)
    if state and state.complete:
        changed, deleted = found.changed.total(), found.deleted.total()
        added = found.added.total()
        say(f"Since the push: {changed:,} changed, {deleted:,} deleted; of others in our words: {added:,}.")
    tell_taken(found.taken, MOST)
    tell_copies(found.copied)
    for node in found.nameless:
        say(f"With our label and no id: {node}. The next push takes it for somebody else's.")
    if found.kept:
        say(f"{counted(found.kept, 'node')} that no source tells any more, kept for relationships of others.")
    nodes, relationships = counted(found.other_nodes, "node"), counted(found.other_relationships, "relationship")
    say(f"Of others: {nodes}, {relationships}.")


@app.command()
def pull(
    store: StorePath = DEFAULT_STORE,
    database: Database = "",
    who: Annotated[str, typer.Option(help="Who made the changes: names the source.", show_default="the user")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be brought.")] = False,
    ended: Annotated[
        list[str] | None,
        typer.Option(
            help="A tie that was deleted there since it has ended: its id, or ID=DATE with its end.",
            show_default=False,
        ),
    ] = None,
    take_ids: Annotated[
        bool, typer.Option("--take-ids", help="Also bring nodes without an id, each under the one proposed.")
    ] = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Bring what was added or changed on a Neo4j server into the store, as a source of its own.

    Told is all that was seen there: made, changed, set back, deleted, and what is not brought, with the reason. What an
    earlier pull brought and is no longer so is withdrawn. What the checks refuse is left where it is.

    Example: citydip neo4j pull --who maryam
    """
    from citydiplomacy.graph.neo4j_exchange import pull as pulling
    from citydiplomacy.graph.store import writer
    from citydiplomacy.graph.store.reader import Store

    decided: dict[str, str] = {}
    for each in ended or ():
        one, _, end = each.partition("=")
        if one in decided:
            raise UsageError(f"{one} is given twice.", hint="Give it once.")
        decided[one] = end
    with _driver(database) as driver, Store.open_folder(store) as opened:
        report = pulling.pull(
            opened, driver, database or None, who=who or _user(), ended=decided, take_ids=take_ids, lang=lang.value
        )
    if not report.whole:
        say("The server's graph is not whole: a push is under way or was cut off.")
        tell_taking(report.taking, len(report.taking))
    tell_taken(report.taken, len(report.taken))
    for thing in report.made:
        write(f"{thing.id}")
        say(f"Made there: {thing}")
    for change in report.changed:
        write(f"{change.thing.id}")
        says = "; ".join(change.says)
        say(f"Changed there: {change.thing}: {says}" if says else f"Changed there: {change.thing}")
    for thing in report.withdrawn:
        say(f"Set back or deleted there, what a pull told of it is withdrawn: {thing}")
    tell_copies(list(map(str, report.copied)))
    tell_rest(report)
    for told in report.sources:
        records = counted(len(list(told.records)), "record")
        say(f"Would bring {told.source.id}, {records}." if dry_run else f"Brought {told.source.id}, {records}.")
    if not report.sources:
        say("Nothing to bring: the store knows it all.")
    elif not dry_run:
        state = writer.load(store, report.sources, since=opened)
        say(f"{store}: revision {state.revision}. To put it back on the server: citydip neo4j push")


def _user() -> str:
    import os

    return os.environ.get("NEO4J_USERNAME") or "neo4j"


@contextmanager
def _driver(database: str) -> Iterator[neo4j.Driver]:
    """A driver of the server that the environment names."""
    from citydiplomacy.graph.neo4j.login import Login
    from citydiplomacy.graph.neo4j.server import connect

    driver = connect(Login.of(), database or None)
    try:
        yield driver
    finally:
        driver.close()


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """The bar of what is sent."""
    with bar(" things") as move:

        def told(done: int, every: int) -> None:
            if move:
                move("sending" if every else "another push is running; waiting", done, every)

        yield told if move else None
