"""What waits for a person as a table: which pairs belong together, and what tells the two of each apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from citydiplomacy.graph.globe import bearing, great_circle
from citydiplomacy.graph.model.records import City, Organization
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.store.once import once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import told_pairs, told_values
from citydiplomacy.loaders.names.place_names import place_name
from citydiplomacy.loaders.resolution.groups import JoinedGroups
from citydiplomacy.loaders.resolution.judging import Open
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.queries.standing import peer_groups
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table, TableColumn

POINTS = (
    ("north", "شمال"),
    ("north-east", "شمال شرقی"),
    ("east", "شرق"),
    ("south-east", "جنوب شرقی"),
    ("south", "جنوب"),
    ("south-west", "جنوب غربی"),
    ("west", "غرب"),
    ("north-west", "شمال غربی"),
)
"""Of the compass, from the north clockwise."""

KINDS = {
    "municipality": "شهرداری",
    "metropolitan": "کلان‌شهر",
    "rural municipality": "دهستان",
    "district": "شهرستان یا بخش",
    "province": "استان",
    "union": "اتحادیهٔ شهرداری‌ها",
    "several": "چند جا",
}
"""What a name says of the kind of place (`place_names`), in English and Persian; other words are told as they are."""

AT_ONE_POINT = 0.05
"""Kilometres."""


@dataclass(frozen=True)
class Pair:
    """A pair that waits. group: the number of those that belong together, since they share a city."""

    group: int
    open: Open
    one: Record
    other: Record


def in_groups(pairs: Iterable[Open]) -> list[tuple[int, Open]]:
    """Pairs that lead from one to another stand together, where the likeliest of them stood; each with its number."""
    pairs, groups = list(pairs), JoinedGroups[str]()
    for pair in pairs:
        groups.join(pair.one, pair.other)
    together: dict[int, list[Open]] = defaultdict(list)
    for pair in pairs:
        together[id(groups.of(pair.one))].append(pair)
    return [(number, pair) for number, several in enumerate(together.values(), 1) for pair in several]


def table_of(store: Store, pairs: Sequence[tuple[int, Open]], lang: str) -> Table:
    """Pairs with what tells the two apart: how far and where the other lies, kinds, people, partners in common."""
    say, partners = Speech(lang), once(store, _partners)
    people = peer_groups.groups(store).population

    def told(record: Record) -> str:
        return record.label(lang)

    def apart(pair: Pair) -> str | None:
        return where(say, pair.one, pair.other)

    def lies_in(pair: Pair) -> str | None:
        of_both = [_territory(store, each, lang) for each in (pair.one, pair.other)]
        if not any(of_both) or of_both[0] == of_both[1]:
            return of_both[0] or None
        return say("; ", "؛ ").join(each or say("unknown", "نامعلوم") for each in of_both)

    def populations(pair: Pair) -> str | None:
        known = [people.get(each.id) for each in (pair.one, pair.other)]
        if not any(known):
            return None
        return say(" and ", " و ").join(say.number(each[0]) if each else say("unknown", "نامعلوم") for each in known)

    def common(pair: Pair) -> str | None:
        of_one, of_other = (partners.get(each.id, frozenset()) for each in (pair.one, pair.other))
        if not of_one or not of_other:
            return None
        both = sorted(of_one & of_other)
        fewer = say.number(min(len(of_one), len(of_other)))
        number = say.number(len(both))
        named = say.names([store.name(each, lang) for each in both], most=2)
        return say(f"{number} of {fewer}", f"{number} از {fewer}") + (f": {named}" if both else "")

    def kind(pair: Pair) -> str | None:
        of_both = [_kind(say, each) for each in (pair.one, pair.other)]
        return (
            say(" and ", " و ").join(each or say("not told", "گفته نشده") for each in of_both) if any(of_both) else None
        )

    def reasons(pair: Pair) -> str:
        return next((text.value for text in pair.open.match.reason if text.lang == lang), "")

    columns: tuple[TableColumn[Pair], ...] = (
        TableColumn("group", "Group", "گروه", lambda pair: pair.group),
        TableColumn("one", "One", "یکی", lambda pair: pair.open.one),
        TableColumn("one_name", "Name", "نام", lambda pair: told(pair.one)),
        TableColumn("other", "Other", "دیگری", lambda pair: pair.open.other),
        TableColumn("other_name", "Name", "نام", lambda pair: told(pair.other)),
        TableColumn("weight", "Weight", "وزن", lambda pair: pair.open.match.weight),
        TableColumn("lies_in", "Lie in", "کجا هستند", lies_in),
        TableColumn("apart", "The other lies", "دیگری کجاست", apart),
        TableColumn("kinds", "Kinds", "گونه‌ها", kind),
        TableColumn("people", "People", "جمعیت", populations),
        TableColumn("partners", "Partners in common", "شریک‌های مشترک", common),
        TableColumn("reasons", "Reasons (weight)", "دلیل‌ها (وزن)", reasons),
    )
    listed = [
        Pair(group, pair, one, other)
        for group, pair in pairs
        if (one := store.get(pair.one)) and (other := store.get(pair.other))
    ]
    return Table.of(lang, columns, listed)


def where(say: Speech, one: Record, other: Record) -> str | None:
    """How far and in which direction the other of two cities lies; None where a place is unknown."""
    places = [_place(each) for each in (one, other)]
    if not all(places):
        return None
    (north, east), (other_north, other_east) = (place for place in places if place)
    km = great_circle(north, east, other_north, other_east)
    if km < AT_ONE_POINT:
        return say("at the same point", "در همان نقطه")
    point = POINTS[round(bearing(north, east, other_north, other_east) / 45) % 8][say.lang == "fa"]
    far = say.number(round(Decimal(km), 1 if km < 10 else 0))
    return say(f"{far} km to the {point}", f"{far} کیلومتر به سوی {point}")


def _place(record: Record) -> tuple[float, float] | None:
    if not isinstance(record, City) or record.latitude is None or record.longitude is None:
        return None
    return float(record.latitude), float(record.longitude)


def _kind(say: Speech, record: Record) -> str:
    """What the name of a city says of its kind; of a body, the kind that is told."""
    if isinstance(record, Organization):
        return schemes()["organization-kind"][record.kind].label(say.lang) if record.kind else ""
    told = sorted({kind for text in record.labels for kind in place_name(text.value).kinds})
    return say(", ", "، ").join(KINDS.get(kind, kind) if say.lang == "fa" else kind for kind in told)


def _territory(store: Store, record: Record, lang: str) -> str:
    """The region and the country that a city lies in, as far as they are told."""
    if not isinstance(record, City):
        return ""
    return ("، " if lang == "fa" else ", ").join(
        store.name(each, lang) for each in (record.region, record.country) if each
    )


def _partners(store: Store) -> Mapping[str, frozenset[str]]:
    """By city, the cities it has a tie with and the bodies it is in; by body, its members."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    parties: defaultdict[str, list[str]] = defaultdict(list)
    for tie, party in told_pairs(store, "cd:party"):
        parties[tie].append(party)
    members = told_values(store, "org:member")
    for tie, body in told_pairs(store, "org:organization"):
        if tie in members:
            parties[tie] += [members[tie], body]
    for several in parties.values():
        for one in several:
            found[one].update(other for other in several if other != one)
    return {one: frozenset(others) for one, others in found.items()}
