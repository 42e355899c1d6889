"""The page of one record: what is said of it and by whom, what it is tied to, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from citydiplomacy.graph.language.text import capital
from citydiplomacy.graph.model.ids import agreement
from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.model.schema import REGISTRY, Kind, Record, by_folder
from citydiplomacy.queries.library import catalogue
from citydiplomacy.queries.standing import coverage
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.tables import Cell, Table
from citydiplomacy.visuals.document.blocks import Paragraph, Points

from ... import told as telling
from ...data_package import PackedTable
from ...naming import shown_texts
from ..desk import Desk
from ..page import Menu, OnPage, Page, PageLink
from . import records

OF_CITIES = {
    "dossier": ("Dossier", "پرونده"),
    "gaps": ("Needs and gaps", "نیازها و شکاف‌ها"),
    "advice": ("Whom to turn to", "به که روی آورد"),
    "compare": ("Compare with another city", "سنجش با شهری دیگر"),
    "influence": ("Influence", "نفوذ"),
    "map": ("Map", "نقشه"),
    "network": ("Network", "شبکه"),
}
"""The reports and pictures of cities: the first part of their address -> what they are called."""
PANELS = {
    "city": (
        "sister-cities",
        "agreements",
        "memberships",
        "missions",
        "flights",
        "activities",
        "needs-unaddressed",
        "needs",
        "barriers",
        "studies",
        "statistics",
        "disagreements",
        "unknowns",
        "sources-of-city",
    ),
    "organization": ("members",),
    "need": ("organizations-for-need", "barriers-to-need", "paths-from-need"),
    "source": ("figures-of-source",),
}
"""The saved questions that are asked of a record of a class, which take its id under the name of the class."""
TELLS_OF = {
    "sister-cities": "Agreement",
    "agreements": "Agreement",
    "memberships": "Membership",
    "missions": "Mission",
    "flights": "Route",
    "activities": "Activity",
    "needs-unaddressed": "Need",
    "needs": "Need",
    "barriers": "Link",
    "studies": "Study",
    "statistics": "Observation",
    "disagreements": "Disagreement",
    "members": "Membership",
}
"""The class of the records by which a question of a panel knows a thing: where none names it, there is no answer."""
TOLD_BY_PANELS = {
    "city": frozenset(REGISTRY),
    "organization": frozenset({"Membership"}),
    "need": frozenset({"Assessment"}),
    "source": frozenset({"Observation"}),
}
"""Classes of records that name a record and are told in its panels."""
FEW = 3
"""Tables of a page that can be seen without a list of them."""
MATCHES = 5
"""Of how many other ids of a thing its page tells."""
SISTERS = agreement("agreement-kind/sister-city", ())
"""How the ids of sister-city agreements begin."""


def page(desk: Desk, record_id: str) -> Page:
    """All that is known of a record."""
    say, store = desk.say, desk.store
    merged = store.get(record_id)
    assert merged is not None
    claims = store.claims(record_id)
    for source in claims:
        desk.appendix.source(source)
    caveats = coverage.of_city(say, store, record_id) if merged.schema.name == "City" else []
    told = telling.tellers(store, record_id, claims, desk.lang)
    sentences = [say("{what}; {told}.", "{what}؛ {told}.", what=_what(desk, merged), told=told), *caveats]
    said = _said(desk, merged)
    naming = _naming(desk, merged)
    panels = [*_panels(desk, merged, naming), *_others(desk, merged, naming)]
    blocks: list[OnPage] = [Points(tuple(sentences)), *_ways(desk, merged)]
    about: list[OnPage] = [desk.listing(said), *_not_told(desk, merged)]
    if merged.schema.name != "City":  # of a city its ties and needs come first
        blocks += about
    answered = [(part, whole) for part, whole in panels if part.table.rows]
    if len(answered) > FEW:
        blocks.append(desk.contents(part for part, _ in answered))
    silent = [part.title for part, _ in panels if not part.table.rows]
    blocks += [desk.listing(part, whole=whole) for part, whole in answered]
    if silent:
        blocks.append(
            Paragraph(
                say(
                    "Nothing is told here of: {what}. That is unknown, not none.",
                    "این‌جا چیزی از این‌ها گفته نشده است: {what}. این نامعلوم است، نه هیچ.",
                    what=say.names(silent, most=len(silent)),
                )
            )
        )
    if merged.schema.name == "City":
        blocks += about
    if found_as := telling.matches(store, record_id, desk.lang)[:MATCHES]:
        blocks.append(Points(tuple(map(Phrase, found_as))))
    evidence, _ = desk.answer("evidence", {"record": record_id})
    blocks.append(desk.listing(evidence, whole=desk.question_address("evidence", {"record": record_id})))
    return Page(
        desk.wanted,
        desk.named.of(record_id),
        blocks,
        parts=[said, *(part for part, _ in answered), evidence],
        asked={"record": record_id},
        caveats=caveats,
        things=(record_id,),
        appendix=desk.appendix,
    )


def _what(desk: Desk, merged: Record) -> Phrase:
    """Of which class it is, and of which country if it is of one."""
    what = merged.schema.title(desk.wanted.lang)
    if not isinstance(merged, City) or merged.country is None:
        return Phrase(what)
    land = desk.say.land(desk.named.of(merged.country))
    return desk.say("{what} of {land}", "{what} {land}", what=what, land=land)


def _said(desk: Desk, merged: Record) -> PackedTable:
    """What each source says: property, value, how it stands, who."""
    lang = desk.wanted.lang
    marks = telling.MARKS[desk.lang]

    def value(said: telling.Said) -> Cell:
        if said.property.kind is Kind.TEXT:
            return shown_texts(said.property, said.value, desk.lang)
        found: Cell = said.value
        return found

    rows = tuple(
        (
            capital(said.property.label(lang)),
            value(said),
            marks[said.mark],
            said.sources,
        )
        for said in telling.said(merged, desk.store.claims(merged.id))
    )
    titles = [desk.say(*words) for words in (("Property", "ویژگی"), ("Value", "مقدار"))]
    titles += [desk.say("In the merged view", "در نمای یکپارچه"), desk.say("Sources", "منبع‌ها")]
    table = Table(("property", "value", "merged", "sources"), tuple(titles), rows)
    return PackedTable("said", desk.say("What is said of it, and by whom", "آنچه گفته می‌شود، و گوینده‌اش"), table)


def _ways(desk: Desk, merged: Record) -> Iterator[Menu]:
    """The reports and pictures that there are of a city."""
    if merged.schema.name != "City":
        return
    name = merged.id.partition("/")[2]
    yield Menu(
        tuple(PageLink(desk.say(*told), desk.wanted.to(path, name).address()) for path, told in OF_CITIES.items())
    )


def _not_told(desk: Desk, merged: Record) -> Iterator[OnPage]:
    """The properties of which nobody says anything."""
    silent = [
        prop.label(desk.wanted.lang)
        for prop in merged.schema.own
        if getattr(merged, prop.name) in (None, ()) and prop.kind is not Kind.IRI
    ]
    if silent:
        yield Paragraph(
            desk.say(
                "Nobody tells: {what}. That is unknown.",
                "هیچ‌کس نگفته است: {what}. این نامعلوم است.",
                what=desk.say.names(silent, most=len(silent)),
            )
        )


def _panels(desk: Desk, merged: Record, naming: Mapping[str, list[str]]) -> Iterator[tuple[PackedTable, str]]:
    """The saved questions that concern it, and where each stands alone."""
    folder = merged.schema.folder
    for question in PANELS.get(folder, ()):
        if TELLS_OF.get(question, question) not in {question, *naming}:
            asked = catalogue.question(question)
            yield PackedTable(question, asked.title[desk.wanted.lang], Table((), (), ())), ""
            continue
        if question == "agreements" and all(each.startswith(SISTERS) for each in naming["Agreement"]):
            continue  # the sister cities have a table of their own
        part, _ = desk.answer(question, {folder: merged.id})
        yield part, desk.question_address(question, {folder: merged.id})


def _naming(desk: Desk, merged: Record) -> dict[str, list[str]]:
    """The records that name it, by class; of a source those that it tells."""
    if merged.schema.folder == "source":
        told = {schema.name: desk.store.ids(schema.cls, merged.id) for schema in REGISTRY.values()}
        told["Source"] = [each for each in told["Source"] if each != merged.id]
    else:
        told = {}
        for each in desk.store.referring(merged.id):
            schema = by_folder(each)
            assert schema is not None
            told.setdefault(schema.name, []).append(each)
    return told


def _others(desk: Desk, merged: Record, naming: dict[str, list[str]]) -> Iterator[tuple[PackedTable, str]]:
    """Tables of those that no panel tells."""
    folder = merged.schema.folder
    for name, ids in naming.items():
        if ids and name not in TOLD_BY_PANELS.get(folder, ()):
            yield records.some(desk, REGISTRY[name], ids, f"{REGISTRY[name].table}"), ""
