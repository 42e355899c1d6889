"""How numbers, lists and dates are said in English and in Persian."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from citydiplomacy.graph.date_words import format_date
from citydiplomacy.graph.text import persian_digits
from citydiplomacy.graph.values import Date


@dataclass(frozen=True)
class Speech:
    """A language to speak in: `say(english, persian)` takes the one that is wanted."""

    lang: str

    def __call__(self, en: str, fa: str) -> str:
        """The wording in the language."""
        return fa if self.lang == "fa" else en

    def number(self, value: int | Decimal) -> str:
        """A number with its thousands apart, in the digits of the language.

        >>> Speech("en").number(3062242), Speech("fa").number(Decimal("617.73"))
        ('3,062,242', '۶۱۷٫۷۳')
        """
        text = f"{value:,}"
        return persian_digits(text.replace(",", "٬").replace(".", "٫")) if self.lang == "fa" else text

    def count(self, number: int, one: str, many: str, fa: str) -> str:
        """A number of things: English has a plural, Persian keeps the singular after a number."""
        return f"{self.number(number)} {self(one if number == 1 else many, fa)}"

    def percent(self, part: int, whole: int) -> str:
        """A share, cut and not rounded, as the study does it."""
        share = self.number(100 * part // whole)
        return self(f"{share} %", f"{share} درصد")

    def ordinal(self, rank: int) -> str:
        """A rank as an adverb: `2nd`, «دوم» from one to ten, else the number with its ending."""
        if self.lang == "fa":
            return _ORDINALS[rank - 1] if rank <= len(_ORDINALS) else f"{self.number(rank)}م"
        ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
        return f"{rank:,}{ending}"

    def names(self, names: Sequence[str], most: int = 4) -> str:
        """Names in a row; beyond `most` they are counted."""
        shown = list(names[:most])
        if len(names) > most + 1:
            rest = self.number(len(names) - most)
            shown.append(self(f"{rest} more", f"{rest} مورد دیگر"))
        else:
            shown = list(names)
        if len(shown) < 2:
            return "".join(shown)
        return self(", ", "، ").join(shown[:-1]) + self(" and ", " و ") + shown[-1]

    def date(self, date: Date) -> str:
        """A date in the calendar of the language."""
        return format_date(date, self.lang)

    def sentence(self, *clauses: str) -> str:
        """Clauses as one sentence; what is empty is left out."""
        text = self("; ", "؛ ").join(clause for clause in clauses if clause)
        return f"{text[:1].upper()}{text[1:]}." if text else ""


_ORDINALS = ("نخست", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم")
