"""The patterns of written dates: which EDTF dates the words of a person speak of. Imported when words are read."""

from __future__ import annotations

import re

from .calendars import (
    ENGLISH_MONTHS,
    GREGORIAN,
    MONTHS_OF_OTHERS,
    OPEN,
    PERSIAN_GREGORIAN_MONTHS,
    SEASONS,
    SOLAR,
    SOLAR_MONTHS,
    SOLAR_MONTHS_LATIN,
    SOLAR_YEARS,
    days,
)
from .edtf_ends import EdtfEnds, calendar_of, months, point, shifted, signed, unspecified, years
from .text import HALF_SPACE, ascii_digits, normalize


def _gregorian() -> dict[str, tuple[str, int]]:
    """Gregorian months by their names in many languages, and by how these begin where all that begin so are one."""
    names = [names.replace("ı", dotless).split() for names in MONTHS_OF_OTHERS for dotless in "ıi"]
    told = {
        normalize(name.replace("_", " ")).casefold(): number
        for each in (*names, ENGLISH_MONTHS, PERSIAN_GREGORIAN_MONTHS)
        for number, name in enumerate(each, 1)
        if name != "-"
    }
    short: dict[str, set[int]] = {}
    for name, number in told.items():
        for letters in _SHORTEST:
            short.setdefault(name[:letters], set()).add(number)
    begins = {name: next(iter(numbers)) for name, numbers in short.items() if len(numbers) == 1}
    return {name: (GREGORIAN, number) for name, number in {**begins, **told}.items()}


_SHORTEST = range(3, 6)
"""Letters of a month's name that is shortened."""
_MONTHS: dict[str, tuple[str, int]] = {
    **_gregorian(),
    **{name: (SOLAR, number) for names in (SOLAR_MONTHS, SOLAR_MONTHS_LATIN) for number, name in enumerate(names, 1)},
    "می": (GREGORIAN, 5), "جولای": (GREGORIAN, 7), "آگوست": (GREGORIAN, 8),
    "امرداد": (SOLAR, 5), "amordad": (SOLAR, 5), "dei": (SOLAR, 10),
}  # fmt: skip

_MARKS = {
    SOLAR: re.compile(r"(?<=[\ds~?%x])\s*(?:a?sh|s\.h\.?|ه\s?\.?\s?ش\.?|ش\.?|(?:هجری )?(?:شمسی|خورشیدی))$"),
    GREGORIAN: re.compile(r"(?<=[\ds~?%x])\s*(?:ad|ce|a\.d\.|c\.e\.|م\.?|میلادی)$"),
}
_LUNAR = re.compile(r"(?<=[\d~?])\s*(?:ah|ه\s?\.?\s?ق\.?|ق\.?|(?:هجری )?قمری)$")
_BEFORE = re.compile(r"(?:before|prior to|پیش از|قبل از) (.+)")
_AFTER = re.compile(r"(?:after|پس از|بعد از) (.+)")
_UNTIL = re.compile(r"(?:until|till|up to|by|تا) (?:(?:the )?end of |(?:پایان|آخر|انتهای) )?(.+)")
_RANGE = re.compile(r"(?:from |between |از |بین )?(.+?) (?:to|until|till|and|or|oder|ou|تا|و|یا|-) (.+)")
_DAYS = re.compile(r"(\d{1,2}|(?:\d{1,2} )?[^\W\d]+) ?- ?((?:\d{1,2} )?[^\W\d]+ \d{4}(?:\D.*)?)")
"""Days or months of one year: 19-20 November 2008, May-June 2019."""
_YEARS = re.compile(r"(\d{4}) ?- ?(\d{4}(?:\D.*)?)")
_SHORT_YEARS = re.compile(r"(\d\d)(\d\d) ?- ?(\d\d)(?!\d)(.*)")
_EITHER_YEAR = re.compile(r"(\d\d)(\d\d) ?/ ?(\d\d)")
"""Two years of which the second is no month: 1998/99."""
_SINCE = re.compile(r"(?:since|from|از) (.+)")
_ABOUT = re.compile(
    r"^(?:(?:about|around|circa|approximately|approx\.?|ca?\.?|um|etwa|gegen|vers|environ|hacia|verso|cerca de|"
    r"około|ok\.|около|ок\.|omkring|omstreeks|yaklaşık|در حدود|حوالی|حدودا?|تقریبا) |ca?\.?(?=\d{4})|[約约])"
)
_BRACKETS = re.compile(r"\(([^()]+)\)|(.*\d) ?\(\?\)")
"""A date that stands in brackets, or a question mark that does."""
_FILLERS = re.compile(
    r"^(?:the )?year |^(?:مورخه?|به تاریخ|تاریخ) |\bسال | ?ماه(?= (?:سال )?\d{4}$)|(?<=\d{4})(?: ?[гr]\.| года?| roku)$"
)
"""The words year, and month after a name."""
_HALF = re.compile(r"(?:the )?(first|second|1st|2nd) half of (\d{4})|(?:نیمه|(?:6|شش) ?ماهه) ?(اول|نخست|دوم) (\d{4})")
_DECADE = re.compile(r"(?:(early|mid|late)[ -])?(?:the )?(\d{3}0)s|(?:(اوایل|اواسط|اواخر) )?دهه (\d{3}0)")
_SEASON = re.compile(r"([^\W\d]+)(?: of)? (\d{4})|(\d{4}) ([^\W\d]+)")
_QUARTER = re.compile(
    r"q([1-4])[ /-]?(\d{4})|(\d{4})[ /-]?q([1-4])|"
    r"(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th) quarter(?: of)? (\d{4})|"
    r"(?:سه ?ماهه|3 ?ماهه|فصل) ?(?:ی )?(اول|نخست|دوم|سوم|چهارم) (\d{4})"
)
_NTH = {
    **dict.fromkeys(("first", "1st", "اول", "نخست"), 1),
    **dict.fromkeys(("second", "2nd", "دوم"), 2),
    **dict.fromkeys(("third", "3rd", "سوم"), 3),
    **dict.fromkeys(("fourth", "4th", "چهارم"), 4),
}
_MONTHS_OF_A_YEAR = 12
_YEARS_APART = 30
"""Of two years the second is written short (1998-99) where it is at most so much later; 2010-99 is a month misspelt."""
_LAST_EDTF_MONTH = 41
"""EDTF writes seasons and parts of a year as months up to this one."""
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})\.(\d{1,2})\.(\d{1,2})")
"""Day, month and year with points between, in this order as in German, or the other way round as in Hungarian."""
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
"""As Chinese and Japanese write it."""
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""Of Japan: the year before their first."""
_OF_ERA = re.compile(rf"({'|'.join(_ERAS)})(\d{{1,2}}|元)(?=年)")
_DAY_MONTH = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|\.|er|[º°])?(?: (?:of|de))? )?([^\W\d]+(?: ال[^\W\d]+)?)\.?,?(?: del?)? (\d{4})"
)
_MONTH_YEAR = re.compile(r"^(?:(\d{1,2})-)?([^\W\d]+)-(\d{4})$")
"""As tables of numbers write it: Nov-2008, 19-Nov-2008."""
_MONTH_DAY = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_NUMBERS = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_UNSPECIFIED = re.compile(r"[0-9]{2}[0-9x]x|[0-9]{4}-xx(?:-xx)?|[0-9]{4}-[0-9]{2}-xx")
_PERSIAN_DIGIT = re.compile(r"[۰-۹]")
_PERSIAN_LETTER = re.compile(r"[آ-ی]")
_PART_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "اوایل": (0, 3), "اواسط": (4, 6), "اواخر": (7, 9)}


def ends(written: str, calendar: str) -> EdtfEnds:
    """The first and the last EDTF date that words speak of; `` or `..` where they leave it open. Raises ValueError."""
    return _ends(_tidy(written), SOLAR if _PERSIAN_DIGIT.search(written) else calendar)


def _tidy(text: str) -> str:
    """Lower case, ASCII digits, plain spaces and hyphens, no half-spaces and no hamza on heh."""
    plain = ascii_digits(normalize(text)).replace(HALF_SPACE, " ").replace("\u200d", "").replace("\u0654", "")
    plain = plain.replace("ۀ", "ه").replace("ً", "").replace("–", "-").replace("—", "-").replace("؟", "?")
    words = " ".join(plain.casefold().split())
    if found := _BRACKETS.fullmatch(words):
        words = found[1].strip() if found[1] else f"{found[2]}?"
    words = _MONTH_YEAR.sub(r"\1 \2 \3", words).strip()
    words = _OF_ERA.sub(lambda found: str(_ERAS[found[1]] + int(found[2].replace("元", "1"))), words)
    if found := _TIME.fullmatch(words):
        return found[1]
    if found := _DOTTED.fullmatch(words):
        year, month, day = (found[3], found[2], found[1]) if found[3] else (found[4], found[5], found[6])
        return f"{year}-{int(month):02}-{int(day):02}"
    if found := _CHINESE.fullmatch(words):
        return "-".join(f"{int(part):02}" for part in found.groups() if part)
    return words


def _ends(words: str, calendar: str) -> EdtfEnds:
    """The first and the last EDTF date that the words speak of; `` or `..` where they leave it open."""
    if not words:
        raise ValueError("an empty date")
    if _PERSIAN_LETTER.search(words):
        calendar = SOLAR
    if found := _BEFORE.fullmatch(words):
        return EdtfEnds("", shifted(days(_span(found[1], calendar).first)[0], -1))
    if found := _AFTER.fullmatch(words):
        return EdtfEnds(shifted(days(_span(found[1], calendar).last)[1], 1), "..")
    if found := _UNTIL.fullmatch(words):
        return EdtfEnds("", _span(found[1], calendar).last)
    if (found := _RANGE.fullmatch(words)) or (found := _slash(words)) or (found := _DAYS.fullmatch(words)):
        return _interval(found[1], found[2], calendar)
    if found := _YEARS.fullmatch(words):
        return _interval(found[1], found[2], calendar)
    if (found := _SHORT_YEARS.fullmatch(words)) and int(found[3]) > max(int(found[2]), _LAST_EDTF_MONTH):
        return _interval(found[1] + found[2], f"{found[1]}{_near(found)}{found[4]}", calendar)
    if (found := _EITHER_YEAR.fullmatch(words)) and int(found[3]) > max(int(found[2]), _MONTHS_OF_A_YEAR):
        return _interval(found[1] + found[2], found[1] + _near(found), calendar)
    if found := _SINCE.fullmatch(words):
        return EdtfEnds(_span(found[1], calendar).first, "..")
    return _span(words, calendar)


def _near(found: re.Match[str]) -> str:
    """The last two digits of a second year. Raises ValueError so far from the first that a slip is likelier."""
    if int(found[3]) - int(found[2]) > _YEARS_APART:
        first, last = found[1] + found[2], found[1] + found[3]
        raise ValueError(f"no such month: {found[3]}; for years that far apart write '{first}/{last}'")
    return found[3]


def _slash(words: str) -> re.Match[str] | None:
    """The two ends of an EDTF interval; a date with slashes (1394/10/18, 1394/10) is none."""
    if re.fullmatch(r"\d{4}/\d{1,2}(?:/\d{1,2})?(?:\D.*)?", words):
        return None
    return re.fullmatch(r"([^/]*)/([^/]*)", words)


def _interval(left: str, right: str, calendar: str) -> EdtfEnds:
    left, right = left.strip(), right.strip()
    if left in OPEN and right in OPEN:
        raise ValueError("an interval that is open on both sides says nothing")
    bare, mark = _mark(right)  # one mark at the end speaks for both, 1380 to 1385 SH, and so do one month and one year
    if re.fullmatch(r"\d{1,2}", left):
        left = " ".join([left, *bare.split()[1:]])
    elif left and left.split()[-1] in _MONTHS | _SEASONS and " " in bare:
        left = f"{left} {bare.split()[-1]}"
    first = left if left in OPEN else _span(left, calendar, mark).first
    return EdtfEnds(first, right if right in OPEN else _span(right, calendar).last)


def _mark(words: str) -> tuple[str, str | None]:
    """The words without their mark of a calendar, and the calendar."""
    if _LUNAR.search(words):
        raise ValueError("dates of the lunar Hijri calendar are not read: give the Gregorian or the Solar Hijri one")
    for calendar, pattern in _MARKS.items():
        if found := pattern.search(words):
            return words[: found.start()], calendar
    return words, None


def _span(words: str, calendar: str, other_mark: str | None = None) -> EdtfEnds:
    """One date in words or numbers; `other_mark` is the calendar marked at the other end of its interval."""
    bare, own_mark = _mark(words)
    mark = own_mark or other_mark
    bare, about = _ABOUT.subn("", bare, count=1)
    sign = "~" if about else ""
    if bare[-1:] in ("~", "?", "%"):
        sign = {"~?": "%"}.get(sign + bare[-1], bare[-1])
        bare = bare[:-1]
    bare = _FILLERS.sub("", bare).strip()

    if found := _HALF.fullmatch(bare):
        year, second = int(found[2] or found[4]), (found[1] or found[3]) in ("second", "2nd", "دوم")
        first, last = months(year, *((7, 12) if second else (1, 6)), calendar, mark)
        return signed(first, last, sign, 7)
    if (found := _QUARTER.fullmatch(bare)) or (found := _solar_season(bare, calendar, mark)):
        quarter, year = _quarter(found)
        first, last = months(year, 3 * quarter - 2, 3 * quarter, calendar, mark)
        return signed(first, last, sign, 7)
    if found := _DECADE.fullmatch(bare):
        decade, part = int(found[2] or found[4]), found[1] or found[3]
        if not part and not sign and calendar_of(decade, calendar, mark) == GREGORIAN:
            return EdtfEnds(f"{decade // 10:03}X", f"{decade // 10:03}X")
        start, end = _PART_OF_DECADE[part] if part else (0, 9)
        first, last = years(decade + start, decade + end, calendar, mark)
        return signed(first, last, sign or ("~" if part else ""), 4)
    if _UNSPECIFIED.fullmatch(bare):
        return unspecified(bare, sign, calendar, mark)

    year, month, day, own_mark = _parts(bare, words, own_mark)
    which = calendar_of(year, calendar, own_mark or other_mark)
    return signed(*point(year, month, day, which), sign, 10 if day else 7 if month else 4)


def _solar_season(bare: str, calendar: str, mark: str | None) -> re.Match[str] | None:
    """A season of Solar Hijri, which is a quarter of its year: پاییز ۱۳۹۲. One of a Gregorian year is none."""
    found = _SEASON.fullmatch(bare)
    if (
        not found
        or (found[1] or found[4]) not in _SEASONS
        or calendar_of(int(found[2] or found[3]), calendar, mark) != SOLAR
    ):
        return None
    return found


def _quarter(found: re.Match[str]) -> tuple[int, int]:
    """Which quarter of which year."""
    if found.re is _SEASON:
        return _SEASONS[found[1] or found[4]] - 20, int(found[2] or found[3])
    which = found[1] or found[4] or _NTH[found[5] or found[7]]
    return int(which), int(found[2] or found[3] or found[6] or found[8])


_SEASONS = {name: number for number, names in SEASONS.items() for name in names}


def _parts(bare: str, words: str, mark: str | None) -> tuple[int, int | None, int | None, str | None]:
    """Year, month, day and what the month's name says of the calendar."""
    found = re.fullmatch(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?", bare) or _NUMBERS.fullmatch(bare)
    if found:
        if "/" in bare and not found[3] and int(found[1]) not in SOLAR_YEARS:
            raise ValueError(f"{words!r} may be a month or two years: write {found[1]}-{int(found[2]):02} for a month")
        return int(found[1]), int(found[2]) if found[2] else None, int(found[3]) if found[3] else None, mark
    if (found := _SEASON.fullmatch(bare)) and (found[1] or found[4]) in _SEASONS:
        return int(found[2] or found[3]), _SEASONS[found[1] or found[4]], None, mark or GREGORIAN
    if found := _DAY_MONTH.fullmatch(bare):
        day, name, year = found[1], found[2], int(found[3])
    elif found := _MONTH_DAY.fullmatch(bare):
        day, name, year = found[2], found[1], int(found[3])
    else:
        raise ValueError(f"{words!r} is not a date that can be read, such as 2014, 2014-02-27, 1392 SH or before 1979")
    if name not in _MONTHS:
        raise ValueError(f"{name!r} is not a month")
    calendar, month = _MONTHS[name]
    if mark and mark != calendar:
        raise ValueError(f"{name!r} is not a month of the {mark} calendar")
    return year, month, int(day) if day else None, calendar
