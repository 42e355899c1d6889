"""Things joined to groups, one pair after another (union-find)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class JoinedGroups(Generic[T]):
    """Groups of things; who was never joined is alone.

    The smaller group goes into the larger, so that each thing moves no more often than the logarithm of their number.
    (scipy's DisjointSet would do, but takes a third of a second to import at every load.)
    """

    def __init__(self) -> None:
        self._group: dict[T, list[T]] = {}

    def of(self, one: T) -> list[T]:
        """The group of a thing."""
        return self._group.setdefault(one, [one])

    def join(self, one: T, other: T) -> list[T]:
        """Make two groups one, and return it."""
        small, large = sorted((self.of(one), self.of(other)), key=len)
        if small is not large:
            large += small
            self._group.update(dict.fromkeys(small, large))
        return large

    def several(self) -> list[list[T]]:
        """The groups of two and more, as they came to be."""
        return [group for group in {id(group): group for group in self._group.values()}.values() if len(group) > 1]
