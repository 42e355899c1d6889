"""How numbers, lists and dates are said in English and in Persian: the one place for it, whoever prints them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.model.values import Date

LEAST = Decimal("1e-9")
"""What was computed and is less is told as under this."""


def rounded(value: float) -> int | Decimal:
    """A value that was computed, as exactly as it is worth telling: to four digits that count, or to the whole."""
    if value == round(value) or abs(value) >= 1000:
        return round(value)
    return Decimal(f"{value:.4g}")


def percentage(part: float | Decimal, whole: float | Decimal) -> int:
    """A share in percent, rounded, a half upwards.

    >>> percentage(31, 42), percentage(15, 42), percentage(1, 8)
    (74, 36, 13)
    """
    return math.floor(100 * Decimal(part) / Decimal(whole) + Decimal("0.5"))


@dataclass(frozen=True)
class Speech:
    """A language to speak in: `say(english, persian)` takes the one that is wanted."""

    lang: str

    def __call__(self, en: str, fa: str) -> str:
        """The wording in the language."""
        return fa if self.lang == "fa" else en

    def number(self, value: int | float | Decimal) -> str:
        """A number with its thousands apart, in the digits of the language, never with an exponent.

        What was computed, a float, has four digits that count, and all digits before the point; what is next to
        nothing is told as such.

        >>> Speech("en").number(3062242), Speech("fa").number(Decimal("617.73"))
        ('3,062,242', '۶۱۷٫۷۳')
        >>> Speech("en").number(12345.678), Speech("en").number(0.0000123456), Speech("en").number(1e-30)
        ('12,346', '0.00001235', 'under 0.000000001')
        """
        if isinstance(value, float):
            if not math.isfinite(value):
                return str(value)
            if 0 < abs(value) < LEAST:
                return self(f"under {self.number(LEAST)}", f"کمتر از {self.number(LEAST)}")
            value = rounded(value)
        text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
        if self.lang != "fa":
            return text
        from citydiplomacy.graph.language.text import persian_digits  # and with it a library

        return persian_digits(text.replace(",", "٬").replace(".", "٫"))

    def plural(self, number: int, one: str, many: str = "") -> str:
        """A number of things in English (`counted`); Persian keeps the singular after a number."""
        return counted(number, one, many)

    def percent(self, part: int, whole: int) -> str:
        """A share, rounded; what would be rounded to nothing is under 1 %, and what to all of them over 99 %."""
        if 0 < part < whole and percentage(part, whole) in (0, 100):
            few = part < whole - part
            return self("under 1 %", "زیر ۱ درصد") if few else self("over 99 %", "بالای ۹۹ درصد")
        share = self.number(percentage(part, whole))
        return self(f"{share} %", f"{share} درصد")

    def rank(self, rank: int) -> str:
        """A rank in an order: `2nd`, «جایگاه دوم»; in Persian from eleven on with the number alone."""
        if self.lang == "fa":
            return f"جایگاه {_ORDINALS[rank - 1] if rank <= len(_ORDINALS) else self.number(rank)}"
        ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
        return f"{self.number(rank)}{ending}"

    def names(self, names: Sequence[str], most: int = 4, numbers: Sequence[int] | None = None) -> str:
        """Names in a row, each with its number; what goes beyond `most` is counted. One with a comma is quoted."""
        shown = [self.quoted(name) if self._comma.strip() in name else name for name in names]
        if numbers is not None:
            shown = [f"{name} ({self.number(number)})" for name, number in zip(shown, numbers, strict=True)]
        if len(shown) > most + 1:
            rest = self.number(len(shown) - most)
            shown[most:] = [self(f"{rest} more", f"{rest} مورد دیگر")]
        if len(shown) < 2:
            return "".join(shown)
        return self._comma.join(shown[:-1]) + self(" and ", " و ") + shown[-1]

    def either(self, names: Sequence[str]) -> str:
        """Names with an `or` between them."""
        return self(" or ", " یا ").join(names)

    def quoted(self, text: str) -> str:
        """A text in quotation marks."""
        return self(f"“{text}”", f"«{text}»")

    @property
    def _comma(self) -> str:
        return self(", ", "، ")

    def date(self, date: Date) -> str:
        """A date in the calendar of the language."""
        from citydiplomacy.graph.language.date_words import format_date  # brings calendars, which numbers do without

        return format_date(date, self.lang)

    def sentence(self, *clauses: str) -> str:
        """Clauses as one sentence; what is empty is left out."""
        text = self("; ", "؛ ").join(clause for clause in clauses if clause)
        return f"{text[:1].upper()}{text[1:]}." if text else ""


_ORDINALS = ("نخست", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم")
