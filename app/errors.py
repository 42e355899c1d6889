"""The errors that a user can meet: one small family, each with a place, a value and a way out.

This module is a leaf: it imports nothing of ours, and every room may import it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """A text for a terminal: letters that would steer it, or turn the line round, are written as escapes.

    >>> visible("\\x1b[2Jred")
    '\\\\x1b[2Jred'
    """
    text = text.replace("\\u200c", "\u200c")  # a quoted Persian name keeps its half-space
    return text if text.isprintable() else _HIDDEN.sub(lambda found: repr(found[0])[1:-1], text)


def cut(text: str, most: int) -> str:
    """The beginning of a text that is longer than `most` letters, with a mark that there is more."""
    return text if len(text) <= most else f"{text[:most]}…"


def in_a_line(text: str, most: int) -> str:
    """The beginning of a text that somebody else wrote, on one line.

    >>> in_a_line("Sari\\nMade there: city/none", 20)
    'Sari Made there: cit…'
    """
    return cut(" ".join(text.split()), most)


LONGEST = 2000
"""Letters of a message, or of what was expected."""
VALUE = 200
"""Letters of a value, or of the name of a column."""


class CityDiplomacyError(Exception):
    """Something went wrong that the user can understand and mend. The command line prints it without a traceback."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        self.message = visible(message)
        self.hint = visible(hint)
        super().__init__(f"{self.message}\n{self.hint}" if hint else self.message)

    def told(self, translated: Callable[[str], str]) -> str:
        """The whole text, message and hint, in the language that `translated` brings its parts into."""
        text = self._message(translated)
        return f"{text}\n{visible(translated(self.hint))}" if self.hint else text

    def _message(self, translated: Callable[[str], str]) -> str:
        return visible(translated(self.message))


class Interrupted(CityDiplomacyError):
    """The user broke it off where that leaves something half done; elsewhere an interruption leaves all as it was."""

    exit_code = 130


class UsageError(CityDiplomacyError):
    """The words of the call are wrong: an unknown name, a missing parameter, a format that does not exist."""

    exit_code = 2


class InputError(CityDiplomacyError):
    """A source says something that cannot be read or cannot be true.

    `file`, `line` and `column` point to the place (line counts from 1, the header being line 1; column is a name or a
    cell), `value` is what stands there, `expected` what should; the text cuts what is long. `reason` is a few words
    that many errors of one kind share: the message up to a colon if not given.
    """

    exit_code = 2

    def __init__(
        self,
        message: str,
        *,
        file: str | Path | None = None,
        line: int | None = None,
        column: str | None = None,
        value: object = None,
        expected: str = "",
        hint: str = "",
        reason: str = "",
    ) -> None:
        self.reason = reason or message.partition(":")[0]
        self.file, self.line, self.column, self.value, self.expected = file, line, column, value, expected
        self._said = message
        super().__init__(self._message(str), hint=cut(hint, LONGEST))

    def without_place(self) -> InputError:
        """The same for who sees where it is."""
        return InputError(self._said, value=self.value, expected=self.expected, hint=self.hint, reason=self.reason)

    def _message(self, translated: Callable[[str], str]) -> str:
        place = translated(", ").join(
            part
            for part in (
                str(self.file) if self.file is not None else "",
                translated(f"line {self.line}") if self.line is not None else "",
                translated(f"column {cut(self.column, VALUE)}") if self.column else "",
            )
            if part
        )
        message, expected = translated(cut(self._said, LONGEST)), translated(cut(self.expected, LONGEST))
        text = f"{place}: {message}" if place else message
        if self.value is not None:
            found = repr(cut(str(self.value), VALUE))
            text += f" ({translated(f'found {found}; expected {expected}' if expected else f'found {found}')})"
        elif expected:
            text += f" ({translated(f'expected {expected}')})"
        return visible(text)


class StoreError(CityDiplomacyError):
    """The store cannot be opened, read or written: missing, locked, of another format, out of disk."""


class LimitError(StoreError):
    """A question took more time or memory than it may, and was stopped."""


class MissingExtraError(CityDiplomacyError):
    """An optional library is not installed; the message names the extra that brings it."""

    def __init__(self, library: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs {library}, which is not installed.",
            hint=f"Install it with: pip install 'citydiplomacy[{extra}]'",
        )
