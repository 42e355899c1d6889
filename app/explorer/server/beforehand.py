"""What pages begin with, made before anyone asks for them: once a revision, by a process of its own that stands back.

It is kept with the store (`kept`), where the processes that make pages find it; where nothing can be kept, it costs no
more than its time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from citydiplomacy.graph.store.reader import Store

from ...opening import opened
from ...output import Lang

if TYPE_CHECKING:
    from citydiplomacy.graph.limited.deadline import Deadline

BACK = 10
"""How far it stands back: what others ask meanwhile goes first."""


class Beforehand:
    """Makes it for the store in a folder."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        os.nice(BACK)

    def answer(self, deadline: Deadline) -> None:  # noqa: ARG002
        """Make all of it, for the revision that the store has now."""
        with opened(self._folder) as store:
            for make in _pieces(store):
                make()


def _pieces(store: Store) -> Iterator[Callable[[], object]]:
    """What is asked for most comes first; modules are read when their piece is made."""
    from citydiplomacy.queries.understanding.names import all_names, name_index

    yield partial(all_names, store)
    yield partial(name_index, store)
    from citydiplomacy.queries.standing import beforehand

    yield partial(beforehand.advise, store)
    from citydiplomacy.visuals.pages.world_scene import columns

    yield from (partial(columns, store, lang.value) for lang in Lang)
    from citydiplomacy.graph.views import history

    yield partial(history.digests, store)
    yield partial(beforehand.measure, store)
