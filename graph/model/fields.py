"""The dataclass of a record class, of which little is made at a start: what a frozen one writes and compiles for each
class, all share, and how to make a record is compiled when the first of its class is made.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=False)
def fields(cls: type[T]) -> type[T]:
    """Make a class of fields: frozen, with slots, all given by name. It must be a `Frozen`."""
    return dataclasses.dataclass(init=False, slots=True, kw_only=True, eq=False, repr=False)(cls)


class _Init:
    """`__init__` of a class of fields, which stands there itself once it has been asked for."""

    def __get__(self, record: object, cls: type[Any]) -> Callable[..., None]:
        named: list[Any] = [(field.name, field.type, field) for field in dataclasses.fields(cls)]
        frozen: Any = dataclasses.make_dataclass(cls.__name__, named, frozen=True, kw_only=True, eq=False, repr=False)
        made = frozen.__init__
        made.__module__, made.__qualname__ = cls.__module__, f"{cls.__qualname__}.__init__"
        cls.__init__ = made
        return partial(made, record) if record is not None else made


class Frozen:
    """What classes of fields share."""

    __slots__ = ()
    __init__ = _Init()

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self) -> tuple[Any, ...]:
        cls: Any = type(self)
        return tuple(getattr(self, field.name) for field in dataclasses.fields(cls))

    def __setstate__(self, values: tuple[Any, ...]) -> None:
        cls: Any = type(self)
        for field, value in zip(dataclasses.fields(cls), values, strict=True):
            object.__setattr__(self, field.name, value)
