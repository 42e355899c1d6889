"""The reports on cities as pages: compared, gaps, advice, influence, and the dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import permutations

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.queries.recommendation.report import recommend
from citydiplomacy.queries.reports.comparison import compare as compared
from citydiplomacy.queries.reports.gaps import gaps as lacking
from citydiplomacy.queries.wording.sections import MOST_CITIES, CityReport
from citydiplomacy.visuals.charts import bars
from citydiplomacy.visuals.document.blocks import Heading, Paragraph, Picture, Points
from citydiplomacy.visuals.document.dossier import dossier as written
from citydiplomacy.visuals.document.methods import NETWORKS
from citydiplomacy.visuals.document.subject import Subject
from citydiplomacy.visuals.document.tables import side_by_side
from citydiplomacy.visuals.svg.frame import Caption

from ...face import influence as standing
from ...report_output import REPORTS
from ..desk import Desk
from ..page import Field, Menu, OnPage, Page, PageForm, PageLink


def compare(desk: Desk, names: tuple[str, ...]) -> Page:
    """Two to five cities; with fewer, the form that asks for them."""
    say = desk.say
    title = str(say(*REPORTS["compare"].values()))
    asked = [value for key, value in desk.wanted.query if key == "city"]
    if len(names) + len(asked) < 2:
        form = _form(desk, "compare", [*names, *asked], 5)
        return Page(desk.wanted, title, [form, *_pairs(desk, names)], appendix=desk.appendix)
    cities = desk.cities([*names, *asked], MOST_CITIES)
    named = [desk.named.of(city) for city in cities]
    title = f"{title}: {say.names(named)}"
    if len(cities) == 2:
        return _page(desk, title, "compare", cities, compared(desk.store, cities[0], cities[1], desk.wanted.lang))
    about = Subject(desk.store, tuple(cities), desk.wanted.lang)
    blocks: list[OnPage] = [_cities(desk, cities)]
    headlines = []
    if about.by_kind:
        drawn = bars.draw_bars(desk.store, cities, Caption(title), lang=desk.wanted.lang)
        blocks += [Picture("by-kind-figure", drawn, title), side_by_side(about)]
    for report, other in zip(about.comparisons, cities[1:], strict=True):
        _, told = desk.report(report)
        headlines += told
        pair = str(say("{a} and {b}", "{a} و {b}", a=desk.mark(cities[0]), b=desk.mark(other)))
        blocks += [Heading(pair, f"against-{other.rpartition('/')[2]}", 1), Points(tuple(told))]
        way = desk.wanted.to("compare", *(each.partition("/")[2] for each in (cities[0], other))).address()
        blocks.append(Menu((PageLink(say("These two side by side", "این دو در کنار هم"), way),)))
    return Page(
        desk.wanted,
        title,
        blocks,
        asked={"command": "compare", "cities": ", ".join(cities)},
        headlines=headlines,
        things=tuple(cities),
        appendix=desk.appendix,
    )


def gaps(desk: Desk, names: tuple[str, ...]) -> Page:
    """What a city needs and lacks."""
    return _of_one(desk, "gaps", names, lambda city: lacking(desk.store, city, desk.wanted.lang))


def advice(desk: Desk, names: tuple[str, ...]) -> Page:
    """Where a city might turn."""
    return _of_one(desk, "recommend", names, lambda city: recommend(desk.store, city, desk.wanted.lang))


def influence(desk: Desk, names: tuple[str, ...]) -> Page:
    """All cities ranked in a network, or the positions of some."""
    say, network = desk.say, desk.wanted.value("network") or "agreements"
    network = network if network in NETWORKS else "agreements"
    cities = desk.cities(names, MOST_CITIES) if names else []
    if cities:
        report = standing.positions(desk.store, cities, network, None, desk.wanted.lang)
    else:
        report = standing.ranking(desk.store, network, None, desk.wanted.lang)
    title = say("Influence", "نفوذ")
    about = say.names([desk.named.of(city) for city in cities]) if cities else NETWORKS[network].label(desk.wanted.lang)
    page = _page(desk, f"{title}: {about}", "influence", cities, report)
    here = desk.wanted.to(*desk.wanted.path)
    ways = tuple(
        PageLink(words.label(desk.wanted.lang), here.but(network=each if each != "agreements" else None).address())
        for each, words in NETWORKS.items()
        if each != network
    )
    return replace(page, blocks=[Menu(ways), *page.blocks])


def dossier(desk: Desk, names: tuple[str, ...]) -> Page:
    """The dossier of a city, alone or against others, as a page and as the documents to take along."""
    say = desk.say
    if not names:
        return Page(desk.wanted, say("Dossier", "پرونده"), [_form(desk, "dossier", [], 5)], appendix=desk.appendix)
    cities = desk.cities(names, MOST_CITIES)
    today = from_edtf(dt.datetime.now(tz=dt.UTC).date().isoformat())
    document = written(desk.store, cities, desk.wanted.lang, date=today)
    words = say(
        "To take along: {pdf} for paper, {docx} to work on, {xlsx} for the numbers.",
        "برای بردن: {pdf} برای کاغذ، {docx} برای ویرایش، {xlsx} برای عددها.",
        pdf=".pdf",
        docx=".docx",
        xlsx=".xlsx",
    )
    here = desk.wanted.to("dossier", *names)
    files = tuple(
        PageLink(f".{form}", replace(here, form=form).address()) for form in ("pdf", "docx", "xlsx", "md", "json")
    )
    return Page(
        desk.wanted,
        document.title,
        [_cities(desk, cities), Paragraph(words), Menu(files), *document.blocks],
        subtitle=document.subtitle,
        asked={"command": "report", "cities": ", ".join(cities)},
        things=tuple(cities),
        document=document,
    )


def _of_one(desk: Desk, command: str, names: tuple[str, ...], make: Callable[[str], CityReport]) -> Page:
    title = str(desk.say(*REPORTS[command].values()))
    asked = [*names, *(value for key, value in desk.wanted.query if key == "city")]
    if not asked:
        return Page(desk.wanted, title, [_form(desk, desk.wanted.path[0], [], 1)], appendix=desk.appendix)
    (city,) = desk.cities(asked, 1)
    return _page(desk, f"{title}: {desk.named.of(city)}", command, [city], make(city))


def _page(desk: Desk, title: str, command: str, cities: list[str], report: CityReport) -> Page:
    parts, headlines = desk.report(report)
    parts = [part for part in parts if part.table.rows]
    return Page(
        desk.wanted,
        title,
        [
            *([_cities(desk, cities)] if cities else []),
            *([desk.contents(parts)] if len(parts) > 1 else []),
            Points(tuple(headlines)),
            *map(desk.listing, parts),
        ],
        parts=parts,
        asked={"command": command, "cities": ", ".join(cities)},
        headlines=headlines,
        things=tuple(cities),
        appendix=desk.appendix,
    )


def _pairs(desk: Desk, names: tuple[str, ...]) -> Iterator[Menu]:
    """Among files, the pairs of cities that are there; with a name, those with that city."""
    if not desk.wanted.files:
        return
    pairs = [pair for pair in permutations(desk.wanted.files.reported, 2) if names or pair[0] < pair[1]]
    links = (
        PageLink(
            desk.say.names([desk.named.of(city) for city in pair]),
            desk.wanted.to("compare", *(city.partition("/")[2] for city in pair)).address(),
        )
        for pair in pairs
        if not names or pair[0].partition("/")[2] == names[0]
    )
    yield Menu(tuple(links), str(desk.say("Compared here", "آنچه این‌جا مقایسه شده است")))


def _cities(desk: Desk, cities: list[str]) -> Menu:
    return Menu(tuple(PageLink(desk.named.of(city), desk.wanted.record(city)) for city in cities))


def _form(desk: Desk, command: str, names: list[str], most: int) -> PageForm:
    """Asks for cities, one a field."""
    label = desk.say("City", "شهر")
    number = min(max(2 if most > 1 else 1, len(names) + 1), most)
    fields = tuple(
        Field("city", label, names[place] if place < len(names) else "", required=place == 0, suggest="city")
        for place in range(number)
    )
    action = desk.wanted.to(command).address().partition("?")[0]
    return PageForm(action, fields, desk.say("Show", "نشان بده"), needs_server=True)
