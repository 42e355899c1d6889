"""Help in Persian: what commands and options say of themselves, and the words of the library that prints it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from . import persian

_EXTRA = re.compile(r"(?:(.*)  )?\[([^\]]*)\]", re.DOTALL)
"""What the library puts after the help of an option: where it comes from, its default, its range."""


def in_persian(command: Any) -> None:
    """Make a command of Typer, and all commands below it, speak Persian in their help."""
    base = command.context_class.formatter_class

    class Formatter(base):  # type: ignore[misc, valid-type]
        """Writes help with the words round it in Persian; until there is one to write, none is put into Persian."""

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            _translate(command)

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, persian(prefix or "Usage: "))

        def write_heading(self, heading: str) -> None:
            super().write_heading(persian(heading))

        def write_dl(self, rows: Sequence[tuple[str, str]], *arguments: Any, **named: Any) -> None:
            super().write_dl([(first, option_help(second)) for first, second in rows], *arguments, **named)

    command.context_class.formatter_class = Formatter


@cache
def _translate(command: Any) -> None:
    command.help = command_help(command.help)
    for below in getattr(command, "commands", {}).values():
        _translate(below)


def command_help(text: str | None) -> str:
    """The help of a command, paragraph by paragraph; one that begins with a backspace keeps its lines."""
    paragraphs = inspect.cleandoc(text or "").split("\n\n")
    return "\n\n".join(persian(each if each.startswith("\b") else " ".join(each.split())) for each in paragraphs)


def option_help(text: str) -> str:
    """The help of an option, with what the library adds to it."""
    extra = _EXTRA.fullmatch(text)
    if not extra:
        return persian(text)
    added = "؛ ".join(map(persian, extra[2].split("; ")))
    return f"{persian(extra[1])}  [{added}]" if extra[1] else f"[{added}]"
