"""A site is written: pages by several processes, the files beside them here; what was made of the same stays."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from citydiplomacy.graph import software
from citydiplomacy.graph.limited.worker import Worker
from citydiplomacy.graph.store import derived_cache
from citydiplomacy.graph.store.reader import Store

from .. import static
from ..address import PageWanted
from . import beside, updates
from .folder import File, Folder
from .maker import MAKER
from .plan import LANGUAGES, SitePlan

if TYPE_CHECKING:
    from ...progress import Move

BATCH = 24
"""Pages that a process makes before it gives them away."""
SECONDS = 3600.0
"""How long they may take."""


class Written(NamedTuple):
    """What was done: how many pages the site has, how many of its files were written, how many removed."""

    pages: int
    written: int
    removed: int
    lacking: dict[str, str]
    """Forms that were left out: form -> the extra that brings what writes it."""


def build(store: Store, place: Path, only: Sequence[str], depth: int, address: str, move: Move | None) -> Written:
    """Write the site of a store into a folder of its own.

    only: ids of cities, round which it is; depth: how many steps. address: where it will stand, for the map of the
    site; without one there is none. Raises UsageError for a folder with files of others, CityDiplomacyError where it
    cannot be written.
    """
    folder = Folder(place)
    plan = SitePlan(store, tuple(only), depth)
    today = dt.datetime.now(tz=dt.UTC).date()
    state = derived_cache.name(store.manifest, software.digest(), *only, str(depth), *plan.lacking)
    made_of = {False: state, True: f"{state} {today}"}
    pages = list(plan.pages())
    with folder:
        stale = [each for each in pages if not folder.fresh(plan.file(each), made_of[_of_today(each)])]
        done = len(pages) - len(stale)
        for wanted, made in _made(store, plan, stale):
            folder.put(plan.file(wanted), made_of[_of_today(wanted)], made)
            done += 1
            if move:
                move("Pages", done, len(pages))
        for name in static.names():
            found = static.file(name)
            assert found is not None
            folder.put(f"static/{name}", state, [File(f"static/{name}", found[1])])
        for file in beside.files(plan, pages, address):
            folder.put(file.path, state, [file])
        difference = folder.difference()
        for lang in LANGUAGES:
            path = updates.path(lang)
            told = updates.feed(lang, difference, store.manifest.revision, today, folder.text(path))
            folder.put(path, state, [File(path, told)])
    return Written(len(pages), folder.written, folder.removed, plan.lacking)


def _of_today(wanted: PageWanted) -> bool:
    """Whether a page tells otherwise each day."""
    return wanted.path == ("changes",)


def _made(store: Store, plan: SitePlan, pages: Sequence[PageWanted]) -> Iterator[tuple[PageWanted, list[File]]]:
    """Pages with their files, as they come from the processes."""
    if not pages:
        return
    size = min(os.cpu_count() or 1, -(-len(pages) // BATCH))
    arguments = (str(store.folder.resolve()), str(plan.depth), *plan.only)
    with ExitStack() as opened:
        workers = [opened.enter_context(closing(Worker(MAKER, *arguments))) for _ in range(size)]
        free: SimpleQueue[Worker] = SimpleQueue()
        for worker in workers:
            free.put(worker)

        def ask(batch: list[PageWanted]) -> list[tuple[PageWanted, list[File]]]:
            worker = free.get()
            try:
                return list(zip(batch, worker.ask(batch, seconds=SECONDS), strict=True))
            finally:
                free.put(worker)

        threads = ThreadPoolExecutor(size)
        try:
            left = iter(pages)
            asked: list[Future[list[tuple[PageWanted, list[File]]]]] = []
            for batch in iter(lambda: list(islice(left, BATCH)), []):
                asked.append(threads.submit(ask, batch))
                if len(asked) > 2 * size:  # no more is made than can be written
                    yield from asked.pop(0).result()
            for each in asked:
                yield from each.result()
        finally:
            for worker in workers:
                worker.stop()
            threads.shutdown(cancel_futures=True)
