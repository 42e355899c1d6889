"""One turn of a page that changes the store: what was sent, what came of it, and what is wrong beside which field."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from citydiplomacy.errors import visible
from citydiplomacy.queries.wording.phrases import Phrase

from ... import words
from ...answers.by_hand import Entered
from ...errors import CityDiplomacyError, InputError, StoreError
from ...output import Lang
from ..page import Message
from .sent import Sent


@dataclass
class Work:
    """What is asked of the store in a folder in the name of a person."""

    folder: Path
    who: str
    sent: Sent
    message: Message | None = None
    failed: bool = False
    problems: dict[str, str] = field(default_factory=dict)
    """By the name of a field, what is wrong with it."""
    given: dict[str, list[str]] = field(init=False)
    """What stands in the fields of a form, by name: what was sent, else what the address says."""
    entered: Entered | None = None
    """The fact that was entered."""

    def __post_init__(self) -> None:
        self.given = {}
        for name, value in self.sent.wanted.query if self.sent.fields is None else self.sent.fields:
            self.given.setdefault(name, []).append(value)

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return Lang(self.sent.wanted.lang)

    def fail(self, error: CityDiplomacyError) -> None:
        """Say why what was sent is not done."""
        self.message, self.failed = Message(tuple(map(Phrase, self.told(error))), wrong=True), True

    def told(self, error: CityDiplomacyError) -> list[str]:
        """The lines of an error in the language of the page; who reads it sees where it is."""
        shown = error.without_place() if isinstance(error, InputError) else error
        return [visible(line) for line in shown.told(self.tell).splitlines()]

    def wrong(self, name: str, error: CityDiplomacyError) -> None:
        """Say beside a field what is wrong with it; the first thing counts."""
        self.problems.setdefault(name, " ".join(self.told(error)))

    def tell(self, text: str) -> str:
        """A text of ours in the language of the page."""
        return words.persian(text) if self.lang is Lang.FA else text

    def done(self, lines: list[str]) -> Message:
        """What was done, in sentences of ours."""
        return Message(tuple(Phrase(visible(self.tell(line))) for line in lines))

    @staticmethod
    def not_written() -> StoreError:
        """What is said where the store cannot be written, without names of paths."""
        return StoreError(
            "Nothing was changed: the store cannot be written now; another process may be writing to it.",
            hint="Wait a moment and send it again.",
        )
