"""What is sent to the pages that change the store. Nothing heavy is imported here."""

from __future__ import annotations

from dataclasses import dataclass

from ..address import PageWanted


@dataclass(frozen=True)
class Sent:
    """A page that is asked for, with the token that its forms send; fields: what a form has sent."""

    wanted: PageWanted
    token: str
    fields: tuple[tuple[str, str], ...] | None = None

    def value(self, name: str) -> str:
        """The last value of a field that was sent, without spaces round it; empty if there is none."""
        return next((value.strip() for key, value in reversed(self.fields or ()) if key == name), "")
