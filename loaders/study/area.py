"""The section of a study on its area: the city's figures and ties, where the wording is regular."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from citydiplomacy.graph.language.text import fold, persian_digits
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Agreement, City, Observation

from .lines import HEADING, StudyText

_NUMBER = r"\d(?:[\d،,٬]*\d)?"
_WORDS = {"یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9, "ده": 10}
_SCALES = {"هزار": 1_000, "میلیون": 1_000_000}
_VALUE = rf"(?P<value>{_NUMBER}|{'|'.join(_WORDS)})(?: (?P<scale>{'|'.join(_SCALES)}))?"
_CITATION = re.compile(r"\((?P<who>[^()]*?، ?(?P<year>\d{4})(?: ?: ?\d+)?)\)")
_SISTERS = re.compile(r"با شهرها(?P<some>یی از)?(?:ی)? (?P<names>[^.؛]+?) خواهرخوانده")
_MEMORANDA = re.compile(r"با شهرها(?P<some>یی از)?(?:ی)? (?P<names>[^.؛]+?) تفاهم ?نامه")


@dataclass(frozen=True)
class _Figure:
    """A figure of the city: its measure and unit, and the words it stands in."""

    measure: str
    unit: str
    pattern: re.Pattern[str]
    """Groups: value, scale, year (of the figure itself), more (the words more than)."""
    year_of_citation: bool = False
    """Whether a figure without a year of its own is of the year of the citation that follows it."""


_FIGURES = (
    _Figure("population", "persons", re.compile(rf"سرشماری (?:سال )?(?P<year>\d{{4}})،? {_VALUE} نفر جمعیت")),
    _Figure("area", "square-kilometres", re.compile(rf"مساحت {_VALUE} کیلومتر ?مربع")),
    _Figure("pilgrims", "persons", re.compile(rf"سال (?P<year>\d{{4}}) (?P<more>بیش از )?{_VALUE} نفر زائر")),
    _Figure("tourists", "persons", re.compile(rf"سال (?P<year>\d{{4}}) [^.]*?{_VALUE}(?: نفر)? گردشگر")),
    _Figure("diplomatic-missions", "count", re.compile(rf"\b{_VALUE} نمایندگی دیپلماتیک"), True),
    _Figure("domestic-flight-destinations", "count", re.compile(rf"\b{_VALUE} مقصد داخلی"), True),
    _Figure("foreign-flight-destinations", "count", re.compile(rf"\b{_VALUE} مقصد (?:از کشور|خارجی)"), True),
    _Figure("foreign-airlines", "count", re.compile(rf"\b{_VALUE} شرکت هوا(?:یی|پیمایی) خارجی"), True),
)


@dataclass(frozen=True)
class NamedTie:
    """A tie of the city as the text names it; `party` is its record's id where the name is known."""

    line: int
    kind: str
    place: str
    country: str
    party: str | None


Lines = list[tuple[int, str]]
"""Line numbers and texts."""


def read_area(
    text: StudyText, city: City, places: Mapping[str, str]
) -> tuple[list[Observation], list[NamedTie], list[Agreement]]:
    """The figures of a city, the ties that are named, and the records of those whose partner is known.

    places: ids of records by folded names. What is odd or missing is a remark of the text.
    """
    heads = [i for i, line in enumerate(text.plain) if "محدوده" in line and HEADING.fullmatch(line)]
    if not heads:
        text.remark(1, "no section on the area of study («محدوده مورد مطالعه»)", "no figures and ties read")
        return [], [], []
    section = text.sections[heads[0]]
    lines = [
        (number, line)
        for number, line in enumerate(text.plain, 1)
        if text.sections[number - 1] == section and not re.match(r"\d+\. ", line)
    ]
    figures = list(_figures(text, city, lines, heads[0] + 1))
    ties = list(_ties(text, city, places, lines, heads[0] + 1))
    return figures, [tie for tie, _ in ties], [agreement for _, agreement in ties if agreement]


def _figures(text: StudyText, city: City, lines: Lines, head: int) -> Iterator[Observation]:
    for figure in _FIGURES:
        found = [(number, match) for number, line in lines for match in figure.pattern.finditer(line)]
        if not found:
            text.remark(head, f"no figure for {figure.measure} in section {text.sections[head - 1]}", "none read")
            continue
        values = [_number(match) for _, match in found]
        if len(set(values)) > 1:
            text.remark(found[1][0], f"{figure.measure} again, with another value", "the first one stands")
        yield _observation(text, city, figure, *found[0], values[0])


def _observation(
    text: StudyText, city: City, figure: _Figure, line: int, match: re.Match[str], value: int
) -> Observation:
    groups = match.groupdict()
    citation = _CITATION.search(match.string, match.end())
    year = groups.get("year")
    if not year and figure.year_of_citation and citation:
        year = citation["year"]
        text.remark(line, f"{figure.measure} without a year of its own", f"of {year}, the year of the citation")
    period = text.date(year, line) if year else None
    measure = f"measure/{figure.measure}"
    key = {"measure": measure, "area": city.id, "period": period}
    return Observation(
        id=ids.derive("Observation", key) or "",
        area=city.id,
        measure=measure,
        value=Decimal(value),
        qualifier="qualifier/more-than" if groups.get("more") else None,
        unit=f"unit/{figure.unit}",
        period=period,
        locators=(text.locator(line),),
        cited=(persian_digits(citation["who"]),) if citation else (),
    )


def _ties(
    text: StudyText, city: City, places: Mapping[str, str], lines: Lines, head: int
) -> Iterator[tuple[NamedTie, Agreement | None]]:
    for kind, status, pattern in (("sister-city", "active", _SISTERS), ("memorandum", "signed", _MEMORANDA)):
        sentences = [(number, match) for number, line in lines for match in pattern.finditer(line)]
        if not sentences:
            where = f"in section {text.sections[head - 1]}"
            text.remark(head, f"no sentence on ties of kind {kind} {where}", "none read")
        for line, match in sentences:
            citation = _CITATION.search(match.string, match.end())
            attested = text.date(citation["year"], line) if citation else None
            for tie in _named(text, places, kind, line, match):
                if tie.party is None or tie.party == city.id:
                    reason = "the city itself" if tie.party else "the name is not known"
                    text.remark(line, f"{kind} with «{tie.place}»", f"told in the ties, no record: {reason}")
                    yield tie, None
                    continue
                parties = tuple(sorted((city.id, tie.party)))
                yield (
                    tie,
                    Agreement(
                        id=ids.agreement(f"agreement-kind/{kind}", parties),
                        kind=f"agreement-kind/{kind}",
                        parties=parties,
                        attested=attested,
                        status=f"status/{status}",
                        locators=(text.locator(line),),
                        cited=(persian_digits(citation["who"]),) if citation else (),
                    ),
                )


def _named(
    text: StudyText, places: Mapping[str, str], kind: str, line: int, match: re.Match[str]
) -> Iterable[NamedTie]:
    """The cities of one sentence: each with the country behind it, which a later city of the list may carry."""
    names = [name.strip() for name in re.split(r"،| و ", match["names"]) if name.strip()]
    country = ""
    ties: list[NamedTie] = []
    for place, name in reversed(list(enumerate(names))):
        if place == 0 and match["some"]:  # cities of a country, which the text does not name
            ties.append(NamedTie(line, kind, name, name, places.get(fold(name))))
            text.remark(line, f"{kind}: cities of «{name}» without their names", "the country is the party")
            continue
        if fold(name) in places or " " not in name:
            city = name
        else:
            city, _, country = name.rpartition(" ")
        ties.append(NamedTie(line, kind, city, country, places.get(fold(city))))
    return reversed(ties)


def _number(match: re.Match[str]) -> int:
    """The value of a figure: digits with or without separators, or a number word, times its scale."""
    written = re.sub(r"\D", "", match["value"])
    return (int(written) if written else _WORDS[match["value"]]) * _SCALES.get(match["scale"] or "", 1)
