"""The commands that give the graph as pages to those who have no terminal: served, or as a folder of files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.limited import ROWS, SECONDS

from .. import progress
from ..errors import MissingExtraError, UsageError
from ..opening import open_store
from ..options import DEFAULT_STORE, LangOption, LimitOption, StorePath, WhoOption, number_option
from ..output import Lang, say

MAKER = "citydiplomacy.explorer.making:Maker"
EDITOR = "citydiplomacy.explorer.editing.editor:Editor"


def serve(
    store: StorePath = DEFAULT_STORE,
    host: Annotated[str, typer.Option(help="Address to listen on: 127.0.0.1 is for this machine alone.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.", show_default="a free one")] = 0,
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name", help="A name of a host by which it is reached, such as cities.example.org.", show_default=False
        ),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the start page in a browser.")] = True,
    cors: Annotated[bool, typer.Option("--cors", help="Let pages of other origins ask /sparql.")] = False,
    token: Annotated[
        bool, typer.Option("--token", help="Let in only who opens the address that is told at the start.")
    ] = False,
    edit: Annotated[
        bool, typer.Option("--edit", help="With pages to decide what is the same, and to enter facts by hand.")
    ] = False,
    who: WhoOption = "",
    seconds: Annotated[float, number_option("Stop a query after so many seconds.", "--seconds", least=0.1)] = SECONDS,
    limit: LimitOption = ROWS,
    lang: LangOption = Lang.EN,
) -> None:
    """Serve the graph as pages in both languages, as data, and as a SPARQL endpoint; all of it only reads.

    With --edit, which is for this machine alone, a person also changes the store. Ctrl-C ends it.

    Example: citydip serve --port 8080
    """
    from citydiplomacy.graph.store import manifest

    from ..explorer.server.guard import LOOPBACK
    from ..explorer.server.pool import Pool

    person = _person(who, host in LOOPBACK and not name) if edit else ""
    manifest.read(store)  # says at once that there is none
    folder, size = store.resolve(), max(2, os.cpu_count() or 1)
    open_to_all = host not in LOOPBACK and not token
    asked = str(folder), str(seconds), str(limit), "edits" if edit else "", "open" if open_to_all else ""
    pages, queries = (Pool(MAKER, *asked, size=size) for _ in range(2))
    pages.start(1)  # it opens the store while the server is read
    try:
        from ..explorer.server.application import Explorer
        from ..explorer.server.door import FIELD, made
        from ..explorer.server.serving import listen, open_browser
        from ..explorer.server.serving import serve as served
    except ImportError as error:
        pages.close()
        raise MissingExtraError(error.name or "starlette", "web", "Serving pages") from None
    try:
        bound = listen(host, port)
    except UsageError:
        pages.close()
        raise
    number = bound.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    secret = made() if token else ""
    start = f"http://{shown}:{number}/{'fa/' if lang is Lang.FA else ''}{f'?{FIELD}={secret}' if token else ''}"
    say(f"Serving {store} at {start}; Ctrl-C ends it.")
    if open_to_all:
        say(f"Everyone who can reach {shown} can read all of it: no password is asked for.")
    if token:
        say("Only who opens this address is let in; programs send the token as Authorization: Bearer.")
    if edit:
        say(f"What is decided and entered is told as of {person}.")
    edits = Pool(EDITOR, str(folder), person, size=1) if edit else None  # one, so that nobody writes beside another
    explorer = Explorer(folder, pages, queries, seconds, edits)
    served(explorer, bound, name or (), cors=cors, ready=lambda: open_browser(start) if browser else None, token=secret)
    say("Ended.")


def _person(who: str, at_home: bool) -> str:
    """Who edits. Raises UsageError for one without a name, and where others than this machine could."""
    from citydiplomacy.loaders.hand.claims import collection_of
    from citydiplomacy.loaders.resolution.decisions import user

    if not at_home:
        raise UsageError(
            "--edit is for this machine alone, and goes with no --host and no --name.",
            hint="Leave out --edit, or the others.",
        )
    (creator,) = collection_of(who or user()).creators
    return creator


def site(
    folder: Annotated[Path, typer.Argument(help="Folder to write, of its own.", show_default=False)],
    only: Annotated[
        str, typer.Option(help="Only what is round these cities, with commas between.", show_default="all")
    ] = "",
    depth: Annotated[int, number_option("With --only: so many steps round them.", most=3)] = 1,
    address: Annotated[
        str, typer.Option(help="Where it will stand, for its sitemap: https://example.org/cities/.", show_default=False)
    ] = "",
    store: StorePath = DEFAULT_STORE,
    _: LangOption = Lang.EN,
) -> None:
    """Write the pages of the explorer as files, in both languages: they open from a disk and from any web server.

    What is there and made of the same stays as it is; a folder with files of others is refused.

    Example: citydip site pages --only lahore
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.visuals.svg.plain_text import safe_link

    from ..explorer.site.building import build

    if depth > 1 and not only:
        raise UsageError("--depth goes with --only.", hint="For example: citydip site pages --only mashhad --depth 2")
    if address and not safe_link(address).startswith("http"):
        raise UsageError(f"{address!r} is no address of the web.", hint="For example: --address https://example.org/")
    with open_store(store, "") as opened:
        names = [name.strip() for name in only.split(",") if name.strip()]
        cities = sorted({lookup.find(opened, name, "City") for name in names})
        with progress.bar("page") as move:
            done = build(opened, folder, cities, depth, address, move)
    say(f"{folder}: {counted(done.pages, 'page')}; {counted(done.written, 'file')} written, {done.removed} removed.")
    for form, extra in done.lacking.items():
        say(f"No .{form}: that takes pip install 'citydiplomacy[{extra}]'.")
    if not address:
        say("It has no sitemap, which takes --address: where it will stand.")
