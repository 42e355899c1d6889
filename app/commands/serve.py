"""The command that serves the graph as pages, for those who have no terminal."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from citydiplomacy.graph.limited import ROWS, SECONDS

from ..errors import MissingExtraError, UsageError
from ..options import DEFAULT_STORE, LangOption, LimitOption, StorePath, number_option
from ..output import Lang, say

MAKER = "citydiplomacy.explorer.making:Maker"


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
    seconds: Annotated[float, number_option("Stop a query after so many seconds.", "--seconds", least=0.1)] = SECONDS,
    limit: LimitOption = ROWS,
    lang: LangOption = Lang.EN,
) -> None:
    """Serve the graph as pages in both languages, as data, and as a SPARQL endpoint; all of it only reads.

    Ctrl-C ends it.

    Example: citydip serve --port 8080
    """
    from citydiplomacy.graph.store import manifest

    from ..explorer.server.pool import Pool

    manifest.read(store)  # says at once that there is none
    folder, size = store.resolve(), max(2, os.cpu_count() or 1)
    pages, queries = (Pool(MAKER, str(folder), str(seconds), str(limit), size=size) for _ in range(2))
    pages.start(1)  # it opens the store while the server is read
    try:
        from ..explorer.server.application import Explorer
        from ..explorer.server.guard import LOOPBACK
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
    start = f"http://{shown}:{number}/{'fa/' if lang is Lang.FA else ''}"
    say(f"Serving {store} at {start}; Ctrl-C ends it.")
    if host not in LOOPBACK:
        say(f"Everyone who can reach {shown} can read all of it: no password is asked for.")
    explorer = Explorer(folder, pages, queries, seconds)
    served(explorer, bound, name or (), cors=cors, ready=lambda: open_browser(start) if browser else None)
    say("Ended.")
