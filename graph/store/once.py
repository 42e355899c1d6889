"""What is made of an open store is made once: the store shows one revision, so it stays true while it is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from .reader import Store

S = TypeVar("S")
T = TypeVar("T")

_MADE: WeakKeyDictionary[Store, dict[Callable[..., Any], Any]] = WeakKeyDictionary()


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
