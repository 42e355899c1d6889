"""The pairs that wait for a person, side by side, and what persons decided on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from citydiplomacy.graph.language.text import capital
from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.store.once import once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders.resolution.decisions import decisions
from citydiplomacy.loaders.resolution.judging import VERDICTS, Open, waiting
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.queries.wording.evidence import Label
from citydiplomacy.queries.wording.phrases import Mark, Phrase
from citydiplomacy.queries.wording.tables import Cell, Table
from citydiplomacy.visuals.document.blocks import Heading, Paragraph, Picture, Points, Sheet
from citydiplomacy.visuals.maps.map_figure import draw_map
from citydiplomacy.visuals.maps.scene import MapPlace, MapScene
from citydiplomacy.visuals.svg.frame import Caption
from citydiplomacy.visuals.svg.svg import Svg

from ...answers import waiting as tables
from ...answers.decided import decide as decide_
from ...errors import UsageError
from ...naming import shown_names
from ..desk import Desk
from ..page import Field, Message, OnPage, Page, PageForm
from .start import DECIDED, WAITING, part_of, ways
from .work import Work

PAIRS, DECISIONS = 5, 20
"""On a page."""
BUTTONS = (("Same", "یکی‌اند"), ("Different", "دو چیزند"), ("Unsure", "نامطمئن"))
"""In the order of VERDICTS."""
MAP = 290.0
"""Units of the height of a map with its words."""


def decide(work: Work) -> Message:
    """Take a decision on a pair. Raises what `Judge.decide` does."""
    one, other, verdict = (work.sent.value(name) for name in ("one", "other", "verdict"))
    if verdict not in VERDICTS:
        raise UsageError("No verdict was sent.", hint="Same, different or unsure.")
    lines: list[str] = []
    done = decide_(
        work.folder,
        work.who,
        lambda judge: judge.decide(one, other, verdict, work.sent.value("reason")),
        work.lang,
        lines.append,
    )
    return work.done(lines if done.changed else ["Nothing changed: this was decided already."])


def undo(work: Work) -> Message:
    """Take back what was decided on a pair. Raises UsageError if nothing was."""
    lines: list[str] = []
    one, other = work.sent.value("one"), work.sent.value("other")
    decide_(work.folder, work.who, lambda judge: judge.undo(one, other), work.lang, lines.append)
    return work.done(lines)


def waiting_page(desk: Desk, work: Work) -> Page:  # noqa: ARG001
    """The pairs that wait, the likeliest first, each with what tells the two apart and the buttons to decide."""
    say = desk.say
    pairs = once(desk.store, _waiting)
    shown, links = part_of(desk, pairs, PAIRS)
    blocks: list[OnPage] = [
        Paragraph(
            say(
                "Pairs that may be one thing, and wait for a person: {n}. If two are the same, what is told of the "
                "first is told under the second from then on.",
                "جفت‌هایی که شاید یک چیز باشند و منتظر کسی‌اند: {n}. اگر دو چیز یکی باشند، آنچه دربارهٔ نخستین گفته شده "
                "از آن پس زیر دومی گفته می‌شود.",
                n=len(pairs),
            )
        ),
        ways(desk, DECIDED),
    ]
    told = tables.table_of(desk.store, shown, desk.wanted.lang)
    for (_, pair), row in zip(shown, told.records(), strict=True):
        blocks += _pair(desk, pair, dict(zip(told.names, told.titles, strict=True)), row)
    title = str(say(*WAITING[1:]))
    return Page(desk.wanted, title, [*blocks, *links], appendix=desk.appendix)


def decided_page(desk: Desk, work: Work) -> Page:  # noqa: ARG001
    """What persons decided, the last first, each with the button that takes it back."""
    say, verdicts = desk.say, schemes()["match-verdict"]
    made = sorted(decisions(desk.store), key=lambda each: each.match.date.edtf if each.match.date else "", reverse=True)
    shown, links = part_of(desk, made, DECISIONS)
    blocks: list[OnPage] = [
        Paragraph(say("Decisions of persons: {n}.", "تصمیم‌های اشخاص: {n}.", n=len(made))),
        ways(desk, WAITING),
    ]
    for each in shown:
        one, other = each.match.one, each.match.other
        reason = " ".join(text.value for text in each.match.reason)
        told = say(
            "{one} – {other}: {verdict} ({who}, {date})",
            "{one} – {other}: {verdict} ({who}، {date})",
            one=one,
            other=other,
            verdict=verdicts[each.match.verdict].label(desk.wanted.lang),
            who=each.who,
            date=say.date(each.match.date) if each.match.date else "–",
        )
        blocks.append(Paragraph(told + (f" – {reason}" if reason else "")))
        hidden = (("one", one), ("other", other))
        here = desk.wanted.to("edit", "decisions").address()
        blocks.append(PageForm(here, (), str(say("Take it back", "بازگردان")), hidden=hidden, changes=True))
    title = str(say("What was decided", "آنچه تصمیم گرفته شد"))
    return Page(desk.wanted, title, [*blocks, *links], appendix=desk.appendix)


def _waiting(store: Store) -> list[tuple[int, Open]]:
    return tables.in_groups(waiting(store))


def _pair(desk: Desk, pair: Open, titles: Mapping[str, str], row: Mapping[str, Cell]) -> Iterator[OnPage]:
    """Two things side by side: what is told of each, where they lie, why they may be one, and the form that decides.

    row: that of the list of what waits, under its titles.
    """
    say, lang = desk.say, desk.wanted.lang
    one, other = desk.store.get(pair.one), desk.store.get(pair.other)
    assert one
    assert other
    key = f"{pair.one}--{pair.other}".replace("/", "-")
    yield Heading(f"{one.label(lang)} – {other.label(lang)}", key)
    yield Sheet(f"t-{key}", "", _side_by_side(desk, one, other))
    points = [
        Phrase(f"{titles[name]}: {say.shown(row[name])}")
        for name in ("apart", "kinds", "people", "partners", "reasons", "weight")
        if row[name] not in (None, "")
    ]
    yield Points(tuple(points))
    if drawn := _map(desk, one, other):
        yield Picture(f"m-{key}", drawn, f"{one.label(lang)} – {other.label(lang)}")
    yield PageForm(
        desk.wanted.to("edit", "pairs").address(),
        (Field("reason", str(say("Why, in a few words", "چرا، در چند واژه"))),),
        "",
        hidden=(("one", pair.one), ("other", pair.other)),
        changes=True,
        choices=tuple(("verdict", verdict, str(say(*words))) for verdict, words in zip(VERDICTS, BUTTONS, strict=True)),
    )


def _side_by_side(desk: Desk, *both: Record) -> Table:
    """Each property that one of two things has, a row; the first row leads to their pages."""
    lang, store = desk.wanted.lang, desk.store
    rows = []
    for prop in (*both[0].schema.common[:2], *both[0].schema.own):
        values = [getattr(each, prop.name) for each in both]
        if any(value not in (None, ()) for value in values):
            shown = [
                desk.say.shown(shown_names(store, each, desk.lang)) if each not in (None, ()) else "–"
                for each in values
            ]
            rows.append((capital(prop.label(lang)), *shown))
    sources = [desk.say.names([desk.named.of(each) for each in store.claims(one.id)], most=4) for one in both]
    rows.append((str(desk.say("Told by", "به گفتهٔ")), *sources))
    titles = ("", *(Phrase(Mark(one.id, one.id, Label(one.id))) for one in both))
    return Table(("property", "one", "other"), titles, tuple(rows))


def _map(desk: Desk, *both: Record) -> Svg | None:
    """Where two cities lie; None where nobody tells that of both."""
    places = [
        MapPlace(one.id, one.label(desk.wanted.lang), float(one.latitude), float(one.longitude), kind)
        for one, kind in zip(both, ("focus", "partner"), strict=True)
        if isinstance(one, City) and one.latitude is not None and one.longitude is not None
    ]
    if len(places) < 2:
        return None
    apart = tables.where(desk.say, *both)
    title = desk.say(
        "Where {one} and {other} lie",
        "جای {one} و {other}",
        one=desk.say.quoted(places[0].name),
        other=desk.say.quoted(places[1].name),
    )
    beside = str(desk.say("The other lies {apart}.", "دیگری {apart} است.", apart=apart or ""))
    scene = MapScene(tuple(places), (), ())
    return draw_map(scene, Caption(str(title)), lang=desk.wanted.lang, room=MAP, names_elsewhere=beside)
