"""What is made of a store is made once: while it is open (`once`), and for a revision, on the disk (`kept`).

A store that is open shows one revision, as of one day or at one date, so what was made of it stays true.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from citydiplomacy.errors import StoreError

from .reader import Store

S = TypeVar("S")
T = TypeVar("T")

FOLDER = "measures"
KEPT = 64
"""Things of one state of a store that stay, those used last; there are some forty kinds."""
_FILE = "made.json"

_MADE: WeakKeyDictionary[Store, dict[Callable[..., Any] | str, Any]] = WeakKeyDictionary()


def once(store: S, make: Callable[[S], T]) -> T:
    """What a function makes of a store: made when first asked for, and kept as long as the store is.

    Whoever gets it shares it, and changes nothing in it. Of an endpoint, which may be written to at any time, nothing
    is kept.
    """
    if not isinstance(store, Store):
        return make(store)
    made = _MADE.setdefault(store, {})
    if make not in made:
        made[make] = make(store)
    found: T = made[make]
    return found


def kept(store: S, name: str, make: Callable[[S], T]) -> T:
    """The same, kept with the store too (derived_cache), until the store, its day or the software moves on.

    name: what it is, unlike all else that is kept. What is made is of JSON's own types; numbers come back to the last
    bit. One process makes it while others wait for it, and not for what else is made meanwhile: one that stands back
    may be long at another. Where nothing can be kept, it is made each time; what cannot be read, as after a loss of
    power, is made anew.
    """
    if not isinstance(store, Store):
        return make(store)
    made = _MADE.setdefault(store, {})
    if name not in made:
        made[name] = _kept(store, name, make)
    found: T = made[name]
    return found


def _kept(store: Any, name: str, make: Callable[[Any], T]) -> T:
    from .. import software
    from . import derived_cache  # which a saved question does without

    made: list[T] = []

    def write(beside: Path) -> None:
        made.append(make(store))
        text = json.dumps(made[0], ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        (beside / _FILE).write_text(text, encoding="utf-8")

    named = f"{derived_cache.name(store.manifest, software.digest(*software.MAKING))}-{name}"
    try:
        for _ in range(2):
            folder, hold = derived_cache.ready(
                store.folder, FOLDER, named, write, "what was measured", KEPT, f"-{name}"
            )
            with closing(hold):
                try:
                    found: T = json.loads((folder / _FILE).read_bytes())
                    return found
                except (ValueError, OSError):
                    shutil.rmtree(folder, ignore_errors=True)
    except StoreError:
        pass  # there is no room, or no place that is ours: the answer needs none
    return made[0] if made else make(store)
