"""How numbers, lists and dates are said in English and in Persian: the one place for it, whoever prints them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from string import Formatter
from typing import Any, TypeAlias

from citydiplomacy.graph.fields import Frozen, frozen
from citydiplomacy.graph.language.articles import with_article
from citydiplomacy.graph.language.plurals import counted, noun
from citydiplomacy.graph.model.values import Date

from .evidence import Figure, How, Named, Number, Reckoned, When
from .phrases import Mark, Part, Phrase, in_brief

LEAST = Decimal("1e-9")
"""What was computed and is less is told as under this."""

LONG = 200
"""Letters of a sentence from which on its next clause becomes one of its own."""

Said: TypeAlias = str | Number | Figure | Named | When
"""What can stand in a wording."""


def rounded(value: float) -> int | Decimal:
    """A value that was computed, as exactly as it is worth telling: to four digits that count, or to the whole."""
    if value == round(value) or abs(value) >= 1000:
        return round(value)
    return Decimal(f"{value:.4g}")


def plain(value: Number) -> int | Decimal:
    """A number without digits that say nothing: 34.3 for 34.300000000000004, 5 for 5.0.

    >>> plain(34.300000000000004), plain(Decimal("5.0"))
    (Decimal('34.3'), 5)
    """
    exact = Decimal(f"{value:.12g}") if isinstance(value, float) else Decimal(value)
    return int(exact) if exact == exact.to_integral_value() else exact


def percentage(part: float | Decimal, whole: float | Decimal) -> int:
    """A share in percent, rounded, a half upwards.

    >>> percentage(31, 42), percentage(15, 42), percentage(1, 8)
    (74, 36, 13)
    """
    return math.floor(100 * Decimal(part) / Decimal(whole) + Decimal("0.5"))


@frozen
class Speech(Frozen):
    """A language to speak in: `say(english, persian)` takes the one that is wanted."""

    lang: str
    namesakes: Mapping[str, Named | None] | None = None
    """The countries of the cities whose names others bear too, which are named with them; None is not told."""
    taken: int = 0
    """Letters of what each sentence begins with."""

    def __call__(self, en: str, fa: str, **parts: Said) -> Phrase:
        """The wording in the language; parts stand where it names them, numbers and names as marks.

        >>> Speech("en")("{city} has {ties}", "{city}: {ties}", city="Ayla", ties=3)
        'Ayla has 3'
        """
        text = fa if self.lang == "fa" else en
        return self._filled(text, parts) if parts else Phrase(text)

    def _filled(self, template: str, parts: Mapping[str, Said]) -> Phrase:
        pieces: list[Part] = []
        for words, name, _, _ in Formatter().parse(template):
            pieces.append(words)
            if name is not None:
                pieces.append(self.said(parts[name]))
        return Phrase(*pieces)

    def said(self, part: Said) -> Phrase:
        """A number, a name or a date as a mark, if it knows what it is taken from; words as they are."""
        match part:
            case Figure():
                return Phrase(Mark(self._number(part.value), part.value, part.evidence))
            case When():
                return Phrase(Mark(self.date(part.date), part.date, part.evidence))
            case Named():
                name = Phrase(Mark(in_brief(part.name), part.id, part.evidence))
                return name + self._country(part.id) if part.id in (self.namesakes or ()) else name
            case str():
                return Phrase(part)
            case _:
                return Phrase(self._number(part))

    def _country(self, city: str) -> Phrase:
        """What tells a city from those of its name, behind it."""
        land = (self.namesakes or {})[city]
        return self(" ({land})", " ({land})", land=land) if land else self(" (country not told)", " (کشور گفته نشده)")

    def number(self, value: Number | Figure) -> Phrase:
        """A number with its thousands apart, in the digits of the language, never with an exponent.

        What was computed, a float, has four digits that count, and all digits before the point; what is next to
        nothing is told as such.

        >>> Speech("en").number(3062242), Speech("fa").number(Decimal("617.73"))
        ('3,062,242', '۶۱۷٫۷۳')
        >>> Speech("en").number(12345.678), Speech("en").number(0.0000123456), Speech("en").number(1e-30)
        ('12,346', '0.00001235', 'under 0.000000001')
        """
        return self.said(value)

    def _number(self, value: Number) -> str:
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

    def plural(self, number: int | Figure, one: str, many: str = "") -> Phrase:
        """A number of things in English (`counted`); Persian keeps the singular after a number."""
        if isinstance(number, Figure):
            return self.number(number) + " " + noun(number.value, one, many)
        return Phrase(counted(number, one, many))

    def counted(self, number: Figure, one: str, many: str = "") -> Phrase:
        """A number with its noun in English, alone in Persian, where the noun stands in the wording."""
        return self.number(number) if self.lang == "fa" else self.plural(number, one, many)

    def percent(self, part: int | Figure, whole: int | Figure) -> Phrase:
        """A share, rounded; what would be rounded to nothing is under 1 %, and what to all of them over 99 %."""
        if isinstance(part, Figure) and isinstance(whole, Figure):
            share = Figure(percentage(part.value, whole.value), Reckoned(How.SHARE, (part.evidence, whole.evidence)))
            return Phrase(Mark(self._percent(part.value, whole.value), share.value, share.evidence))
        assert not isinstance(part, Figure)
        assert not isinstance(whole, Figure)
        return Phrase(self._percent(part, whole))

    def _percent(self, part: Number, whole: Number) -> str:
        if 0 < part < whole and percentage(part, whole) in (0, 100):
            few = Decimal(part) < Decimal(whole) / 2
            return self("under 1 %", "زیر ۱ درصد") if few else self("over 99 %", "بالای ۹۹ درصد")
        share = self.number(percentage(part, whole))
        return self(f"{share} %", f"{share} درصد")

    def rank(self, rank: int | Figure) -> Phrase:
        """A rank in an order: `2nd`, «جایگاه دوم»; in Persian from eleven on with the number alone."""
        if isinstance(rank, Figure):
            return Phrase(Mark(self.rank(int(rank.value)), rank.value, rank.evidence))
        if self.lang == "fa":
            return Phrase(f"جایگاه {_ORDINALS[rank - 1] if rank <= len(_ORDINALS) else self.number(rank)}")
        ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
        return Phrase(f"{self.number(rank)}{ending}")

    def names(
        self,
        names: Sequence[str | Named],
        most: int = 4,
        numbers: Sequence[int | Figure] | None = None,
        total: Figure | None = None,
    ) -> Phrase:
        """Names in a row, each with its number; what goes beyond `most` is counted. One with a comma is quoted.

        total: how many names there are, which knows what it is taken from.
        """
        shown = [self.said(name) for name in names]
        shown = [self.quoted(name) if self._comma in name else name for name in shown]
        if numbers is not None:
            shown = [name + " (" + self.number(number) + ")" for name, number in zip(shown, numbers, strict=True)]
        if len(shown) > most + 1:
            rest = total.beyond(most) if total else len(shown) - most
            shown[most:] = [self("{rest} more", "{rest} مورد دیگر", rest=rest)]
        if len(shown) < 2:
            return Phrase(*shown)
        return self._comma.joined(shown[:-1]) + self(" and ", " و ") + shown[-1]

    def either(self, names: Sequence[str | Named]) -> Phrase:
        """Names with an `or` between them."""
        return self(" or ", " یا ").joined(map(self.said, names))

    def land(self, name: str | Named) -> Phrase:
        """A country or region as it stands in a sentence, in English with its article.

        >>> Speech("en").land("Philippines"), Speech("fa").land("فیلیپین")
        ('the Philippines', 'فیلیپین')
        """
        shown = self.said(name)
        return shown if self.lang == "fa" else with_article(shown).removesuffix(shown) + shown

    def quoted(self, text: str | Named) -> Phrase:
        """A text in quotation marks."""
        return self("“{text}”", "«{text}»", text=text)

    @property
    def _comma(self) -> Phrase:
        return self(", ", "، ")

    def date(self, date: Date) -> str:
        """A date in the calendar of the language."""
        from citydiplomacy.graph.language.date_words import format_date  # brings calendars, which numbers do without

        return format_date(date, self.lang)

    def since(self, day: Date | When) -> Phrase:
        """A beginning in words.

        >>> Speech("en").since(from_edtf("2013/2014"))
        'since some time between 2013 and 2014'
        """
        return self._bounded(self("since", "از"), day)

    def until(self, day: Date | When) -> Phrase:
        """An end in words."""
        return self._bounded(self("until", "تا"), day)

    def _bounded(self, word: str, day: Date | When) -> Phrase:
        from citydiplomacy.graph.language.date_words import bounded

        told, date = (self.said(day), day.date) if isinstance(day, When) else (self.date(day), day)
        return Phrase(bounded(word, date, self.lang).removesuffix(self.date(date)), told)

    def shown(self, value: Any) -> str:
        """A value of a table for people: unknown is a dash, numbers and dates as the language has them.

        >>> Speech("fa").shown(None), Speech("en").shown(True), Speech("en").shown(("Karachi", 1234))
        ('–', 'yes', 'Karachi, 1,234')
        """
        match value:
            case None | "":
                return "–"
            case Phrase():
                return value
            case bool():
                return self(*(("yes", "آری") if value else ("no", "نه")))
            case float() | int() | Decimal():
                return self.number(value)
            case tuple() | list():
                return self._comma.joined(map(self.shown, value))  # names in it stay marks
            case Date():
                return self.date(value)
            case _:
                return str(value)

    def sentence(self, *clauses: str) -> Phrase:
        """Clauses as one sentence; what is empty is left out."""
        text = self("; ", "؛ ").joined(filter(None, clauses))
        return text.begun() + "." if text else text

    def sentences(self, *clauses: str) -> tuple[Phrase, ...]:
        """Clauses as few sentences as `LONG` letters allow; each clause must be true without the one before it."""
        told: list[list[str]] = []
        for clause in filter(None, clauses):
            if told and len(self.sentence(*told[-1], clause)) <= LONG - self.taken:
                told[-1].append(clause)
            else:
                told.append([clause])
        return tuple(self.sentence(*together) for together in told)


_ORDINALS = ("نخست", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم")
