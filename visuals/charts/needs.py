"""The needs of a city by their votes: which are addressed, and by which bodies and ties, which are not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.standing.coverage import named
from citydiplomacy.queries.wording.evidence import Figure
from citydiplomacy.queries.wording.phrases import in_brief
from citydiplomacy.queries.wording.rows import Row, Rows, ask
from citydiplomacy.queries.wording.speech import Speech

from ..drawing.foot import foot
from ..svg.frame import INNER, SMALL, Caption, KeyLine, framed
from ..svg.svg import PALE, Svg
from .style import after, hatched, height_of, name_lines

TITLE = ("Needs of {cities} by votes", "نیازهای {cities} به ترتیب رأی")
LABELS, BARS, VOTES = 270.0, 110.0, 78.0
"""Room for the names of needs, for the longest bar, and for the votes behind it."""
BODIES = INNER - LABELS - BARS - VOTES
MET, UNMET = "#0072B2", "#D55E00"


@dataclass(frozen=True)
class NeedBar:
    """A need, its votes of how many (None if no panel voted), whether a tie addresses it, and the bodies that do."""

    name: str
    votes: Figure | None
    panel: Figure | None
    met: bool
    bodies: tuple[str, ...]

    @property
    def share(self) -> float:
        """Votes by panellist."""
        return float(self.votes.value) / float(self.panel.value) if self.votes and self.panel else 0.0


def needs(store: Store, city: str, lang: str) -> list[NeedBar]:
    """The needs of a city, those with most votes first. Raises UsageError where no study tells of any."""
    told = ask(store, "needs", lang, city=city).first_of("need")
    if not told:
        name = named(store, city, lang).name
        raise UsageError(
            f"No study of the needs of {name} is in these data.",
            hint="A study is loaded like any other source: docs/tables.md.",
        )
    unmet = {row["need"] for row in ask(store, "needs-unaddressed", lang, city=city)}
    bodies = ask(store, "needs-addressed-by-networks", lang, city=city).each("need")
    found = [
        _need(told.where(need=row["need"]), bodies.get(row["need"], ()), met=row["need"] not in unmet) for row in told
    ]
    return sorted(found, key=lambda need: (-need.share, need.name))


def _need(rows: Rows, bodies: Iterable[Row], *, met: bool) -> NeedBar:
    (row,) = rows
    votes = None if row["score"] is None else rows.value("score")
    panel = None if row["panel_size"] is None else rows.value("panel_size")
    return NeedBar(
        in_brief(str(row["need_name"])),
        votes,
        panel,
        met,
        tuple(dict.fromkeys(in_brief(body["organization_name"]) for body in bodies)),
    )


def draw_needs(store: Store, cities: Sequence[str], caption: Caption, *, lang: str) -> Svg:
    """The needs of one city: a bar of votes each, filled where a standing tie addresses it, hatched where none does."""
    (svg,) = draw_needs_by_pages(store, cities, caption, lang=lang, most=float("inf"))
    return svg


def draw_needs_by_pages(
    store: Store, cities: Sequence[str], caption: Caption, *, lang: str, most: float
) -> tuple[Svg, ...]:
    """The same in as many drawings as are needed for none to have rows of needs higher than `most` units."""
    (city,) = cities
    say, told = Speech(lang), needs(store, city, lang)
    pages: list[list[tuple[NeedBar, float]]] = [[]]
    for need in told:
        high = max(
            height_of(need.name, width=LABELS - 20, size=SMALL), height_of(_bodies(say, need), width=BODIES, size=SMALL)
        )
        if pages[-1] and sum(each for _, each in pages[-1]) + high > most:
            pages.append([])
        pages[-1].append((need, high))
    return tuple(
        _drawn(store, city, told, rows, _numbered(say, caption, page, len(pages)), lang)
        for page, rows in enumerate(pages, 1)
    )


def _numbered(say: Speech, caption: Caption, page: int, pages: int) -> Caption:
    """A caption that says which of several drawings it is."""
    if pages == 1:
        return caption
    number, all_ = say.number(page), say.number(pages)
    return replace(caption, title=f"{caption.title} ({say(f'{number} of {all_}', f'{number} از {all_}')})")


def _drawn(
    store: Store, city: str, told: Sequence[NeedBar], rows: Sequence[tuple[NeedBar, float]], caption: Caption, lang: str
) -> Svg:
    say, cities = Speech(lang), (city,)
    met = sum(need.met for need in told)
    count, unmet = ask(store, "needs", lang, city=city), ask(store, "needs-unaddressed", lang, city=city)
    notes = foot(
        store,
        cities,
        say,
        *caption.notes,
        say(
            "Themes of needs and services of organisations are the analyst's coding. A bar is the votes of the need.",
            "موضوع نیازها و خدمات سازمان‌ها کدگذاری تحلیلگر است. هر میله رأی‌های آن نیاز است.",
        ),
    )
    subtitle = say(
        "Of {all} recorded needs of {city}, no known standing tie addresses {unmet}.",
        "از {all} نیاز ثبت‌شدهٔ {city}، هیچ پیوند برقرار شناسایی‌شده‌ای به {unmet} نیاز پاسخ نمی‌دهد.",
        all=count.distinct("need"),
        unmet=unmet.distinct("need"),
        city=named(store, city, lang),
    )
    key = []
    if met:
        words = say(
            "addressed by a body it is in, or by an agreement", "نهادی که عضو آن است یا توافقی به آن پاسخ می‌دهد"
        )
        key.append(KeyLine(str(words), lambda svg, x, y: _filled(svg, x - 8, y - 5, 16, 10)))
    if met < len(told):
        words = say("addressed by no known standing tie", "هیچ پیوند برقرار شناسایی‌شده‌ای به آن پاسخ نمی‌دهد")
        key.append(KeyLine(str(words), lambda svg, x, y: hatched(svg, x - 8, y - 5, 16, 10, UNMET)))
    words_round = replace(caption, subtitle=str(subtitle), key=key, notes=notes)
    svg, box = framed(words_round, sum(row for _, row in rows), lang=lang)
    svg.phrases.append(subtitle)
    y = box.y
    for need, row in rows:
        middle = y + row / 2
        name_lines(svg, svg.begin(box.x), middle, need.name, width=LABELS - 20, size=SMALL, anchor="begin")
        start = svg.begin(box.x + LABELS)
        long = BARS * need.share
        left = start - long if svg.rtl else start
        if need.met:
            _filled(svg, left, middle - 6, long, 12)
        else:
            hatched(svg, left, middle - 6, long, 12, UNMET)
        votes = (
            say("{votes} of {panel}", "{votes} از {panel}", votes=need.votes, panel=need.panel)
            if need.votes and need.panel
            else say("no vote told", "رأی گفته نشده")
        )
        svg.text(after(svg, svg.begin(box.x + LABELS + long)), middle + 4, votes, size=SMALL)
        from_ = svg.begin(box.x + LABELS + BARS + VOTES)
        name_lines(svg, from_, middle, _bodies(say, need), width=BODIES, size=SMALL, anchor="begin")
        svg.add("rect", x=box.x, y=y + row - 0.3, width=box.width, height=0.6, fill=PALE)
        y += row
    return svg


def _bodies(say: Speech, need: NeedBar) -> str:
    if not need.met:
        return ""
    return str(say("; ", "؛ ")).join(need.bodies) or str(say("an agreement of the city", "توافقی از شهر"))


def _filled(svg: Svg, x: float, y: float, width: float, height: float) -> None:
    svg.add("rect", x=x, y=y, width=width, height=height, fill=MET)
