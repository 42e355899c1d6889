"""Progress bars of long work: on a terminal, none elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from . import words
from .errors import visible

DELAY = 0.2
"""Seconds of work that show no bar."""

Move = Callable[[str, int, int], None]
"""Moves a bar: what is done, how much of it, and of how much (0: not known)."""


@contextmanager
def bar(unit: str) -> Iterator[Move | None]:
    """A bar that stands on a terminal while the work goes on, from the first time that it is moved; None elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(unit=words.told(unit), unit_scale=True, leave=False, delay=DELAY) as made:

        def move(what: str, done: int, total: int) -> None:
            made.total = total or None
            made.set_description_str(visible(words.told(what)[:40]), refresh=False)
            made.update(done - made.n)

        yield move


def aside() -> AbstractContextManager[None]:
    """Bars are out of the way while something else is written to the terminal."""
    if "tqdm" not in sys.modules:
        return nullcontext()
    from tqdm import tqdm

    return tqdm.external_write_mode(file=sys.stderr)
