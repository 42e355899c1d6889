"""The time that a question may take, from its first check to its last row."""

from __future__ import annotations

import time

from citydiplomacy.errors import LimitError, UsageError

from . import MOST_SECONDS


class Deadline:
    """A number of seconds that began when it was made; what is asked within it shares them, in other processes too: the
    clock is the system's.
    """

    def __init__(self, seconds: float) -> None:
        """Raises UsageError for a time that is none."""
        if not 0 < seconds <= MOST_SECONDS:
            raise UsageError(
                f"{seconds:g} is no time for a question.", hint=f"More than 0, at most {MOST_SECONDS:g} s."
            )
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @staticmethod
    def of(seconds: float | Deadline) -> Deadline:
        """One that has begun, or one of so many seconds that begins now."""
        return seconds if isinstance(seconds, Deadline) else Deadline(seconds)

    def left(self) -> float:
        """The seconds that are left. Raises LimitError if none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.over()
        return left

    def over(self) -> LimitError:
        """The error for a question whose time is over."""
        return LimitError(
            f"the query took longer than {self.seconds:g} s and was stopped.", hint="Ask for less, or allow more time."
        )
