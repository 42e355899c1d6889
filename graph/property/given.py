"""What the embedded engine (Ladybug 0.22) takes as the value of a parameter: one whose type it can tell.

Of lists of several kinds it makes something else in silence (["a", true] is [true, true], ["1", 1] is [1, 1],
[[1], null] a text); at others it fails in words of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from citydiplomacy.errors import UsageError


def taken(name: str, value: Any) -> Any:
    """A value as the engine takes it, its tuples as lists. Raises UsageError for one that it would misread.

    >>> taken("ids", ("city/mashhad", None))
    ['city/mashhad', None]
    """
    value = _lists(value)
    if value and isinstance(value, list | dict):  # an empty list is read as one of texts
        _refuse_several_kinds(name, [value])
    return value


def _lists(value: Any) -> Any:
    match value:
        case Mapping():
            return {key: _lists(one) for key, one in value.items()}
        case list() | tuple():
            return [_lists(one) for one in value]
        case _:
            return value


def _refuse_several_kinds(name: str, values: Sequence[Any]) -> None:
    """Raise UsageError unless values that stand in the same place have one type, which can be told."""
    kinds = {_kind(value) for value in values} - {"null"}
    nested = kinds & {"list", "map"}
    several = len(kinds) != 1 or (nested and None in values)
    if several or (nested == {"map"} and len({frozenset(value) for value in values}) > 1):
        raise UsageError(
            f"{name}: its lists or maps hold values of several kinds, or of none that can be told.",
            hint="The embedded engine takes lists of numbers, of texts, of truth values, or of maps of the same keys.",
        )
    if nested == {"list"}:
        _refuse_several_kinds(name, [one for value in values for one in value])
    for key in values[0] if nested == {"map"} else ():
        _refuse_several_kinds(name, [value[key] for value in values])


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "truth value"
        case int() | float():
            return "number"
        case list():
            return "list"
        case dict():
            return "map"
        case _:
            return type(value).__name__
