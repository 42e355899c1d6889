"""What is made for an address: a file, or what is said where there can be none. Nothing heavy is imported here: the
server has no other use for the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .. import words
from ..errors import CityDiplomacyError, LimitError, StoreError, UsageError
from .address import PageWanted


@dataclass(frozen=True)
class MadeFile:
    """A file that was made: its status of HTTP, its media type and content."""

    status: int
    media: str
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def state(folder: Path) -> tuple[int, int, int]:
    """What changes when another revision takes the place of a store's."""
    from citydiplomacy.graph.store.manifest import NAME

    try:
        told = (folder / NAME).stat()
    except OSError:
        return 0, 0, 0
    return told.st_mtime_ns, told.st_ino, told.st_size


class NotThereError(UsageError):
    """There is no page at an address."""


class NoFormError(UsageError):
    """A page is not told in the form that is wanted."""


@dataclass(frozen=True)
class Failed:
    """What could not be shown, why (in the language of the page), and its status of HTTP."""

    wanted: PageWanted
    told: str
    status: int

    @staticmethod
    def of(wanted: PageWanted, error: CityDiplomacyError, status: int = 0) -> Failed:
        """What an error says. One that is not the asker's fault, nor a limit, is for the terminal alone: it can name
        paths of the machine.
        """
        to_asker = isinstance(error, UsageError | LimitError)
        shown = error if to_asker else StoreError("The store cannot be read now.", hint="Ask again in a moment.")
        if not status:
            known = {NotThereError: 404, NoFormError: 406, LimitError: 503}
            status = next((known[each] for each in type(error).__mro__ if each in known), 400 if to_asker else 500)
        return Failed(wanted, shown.told(words.persian if wanted.lang == "fa" else str), status)


def plain(status: int, told: str) -> MadeFile:
    """A few words, for programs."""
    return MadeFile(status, "text/plain; charset=utf-8", f"{told}\n".encode())
