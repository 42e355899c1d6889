"""Frozen dataclasses of which little is made at a start: what `dataclass` compiles for each class, these share, and how
to make one is compiled when the first of its class is made.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache, partial
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def frozen(cls: type[T]) -> type[T]:
    """Make a class of values that is a `Frozen` a frozen dataclass."""
    return dataclasses.dataclass(init=False, eq=False, repr=False)(cls)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fields(cls: type[T]) -> type[T]:
    """Make a record class, which is a `Frozen`, a frozen dataclass with slots, whose fields are given by name."""
    return dataclasses.dataclass(init=False, eq=False, repr=False, slots=True, kw_only=True)(cls)


class _Init:
    """`__init__` of a class of fields, which stands there itself once it has been asked for."""

    def __get__(self, thing: object, cls: type[Any]) -> Callable[..., None]:
        named: list[Any] = [(field.name, field.type, field) for field in dataclasses.fields(cls)]
        whole: Any = dataclasses.make_dataclass(cls.__name__, named, frozen=True, eq=False, repr=False)
        made = whole.__init__
        made.__module__, made.__qualname__ = cls.__module__, f"{cls.__qualname__}.__init__"
        cls.__init__ = made
        return partial(made, thing) if thing is not None else made


@cache
def _values(cls: Any) -> Callable[[object], Any]:
    """What reads all fields of one of a class, in their order."""
    return attrgetter(*(field.name for field in dataclasses.fields(cls)))


class Frozen:
    """What frozen classes of fields share."""

    __slots__ = ()
    __init__ = _Init()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        cls: Any = self.__class__
        values = _values(cls)
        return bool(values(self) == values(other))

    def __hash__(self) -> int:
        cls: Any = self.__class__
        return hash(_values(cls)(self))

    def __repr__(self) -> str:
        cls: Any = self.__class__
        told = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(cls))
        return f"{cls.__qualname__}({told})"

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self) -> tuple[Any, ...]:
        cls: Any = self.__class__
        return tuple(getattr(self, field.name) for field in dataclasses.fields(cls))

    def __setstate__(self, values: tuple[Any, ...]) -> None:
        cls: Any = self.__class__
        for field, each in zip(dataclasses.fields(cls), values, strict=True):
            object.__setattr__(self, field.name, each)
