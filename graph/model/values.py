"""The composite values of records: a text in a language, a date that remembers how it was written; words of ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Text(NamedTuple):
    """A text and its language (BCP 47, lower case; `und` where nobody says which)."""

    value: str
    lang: str


def in_language(names: Iterable[Text], lang: str) -> str:
    """The name in a language, else in English, else in any; empty where there is none."""
    told = {name.lang: name.value for name in names}
    return told.get(lang) or told.get("en") or next(iter(told.values()), "")


class Words(NamedTuple):
    """Words of ours, in the two languages that everything of ours is said in."""

    en: str
    fa: str

    def label(self, lang: str) -> str:
        """The words in Persian for `fa`, else in English."""
        return self.fa if lang == "fa" else self.en


@dataclass(frozen=True, slots=True)
class Date:
    """A point or stretch of time.

    edtf: Extended Date/Time Format (ISO 8601-2), Gregorian: `2014`, `2013-03-21/2014-03-20`, `2004~`, `/1979-02-11`.
    earliest, latest: the first and the last day that the date can mean; None where it is open on that side.
    original: what the source wrote, for example `1392`.
    """

    edtf: str
    earliest: dt.date | None
    latest: dt.date | None
    original: str = ""

    def can_precede(self, end: Date) -> bool:
        """Whether something can begin at this date and be over by the other."""
        return self.earliest is None or end.latest is None or self.earliest <= end.latest

    def contains(self, other: Date) -> bool:
        """Whether every day that `other` can mean lies within this date: the same claim, said less precisely."""
        starts = self.earliest is None or (other.earliest is not None and self.earliest <= other.earliest)
        ends = self.latest is None or (other.latest is not None and other.latest <= self.latest)
        return starts and ends
