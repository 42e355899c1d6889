"""Two cities side by side: what each has, what only one has, what it lacks, and how well all this is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from citydiplomacy.errors import UsageError
from citydiplomacy.graph import network
from citydiplomacy.graph.language.text import alphabetical
from citydiplomacy.graph.store.reader import Store

from ..measures.influence import MEASURES, ranks
from ..standing import standing, tie_evidence
from ..standing.networks import Measured, measure, once, takes_hours
from ..standing.scopes import groups
from ..wording.sections import Cell, Report, Section, section
from ..wording.speech import Speech
from . import dimensions, unknown
from .comparison_headlines import Places, headlines
from .profile import Profile, Row, ask, profile, status

MANY_CITIES = 20_000
"""Above this, betweenness takes too long for an answer at once; harmonic closeness stands in for it."""

THREE_VALUED = {"yes": True, "no": False, "unknown": None}


@dataclass(frozen=True)
class Comparison(Report):
    """A report on two cities; `a` and `b` are what it is made of."""

    a: Profile
    b: Profile


def compare(store: Store, a: str, b: str, lang: str = "en") -> Comparison:
    """Compare two cities, by id, in English or Persian. Raises UsageError if one is unknown or both are the same."""
    if a == b:
        raise UsageError(f"{a} is compared with itself.", hint="Name two cities.")
    say = Speech(lang)
    one, other = profile(store, a, lang), profile(store, b, lang)
    networks = ask(store, "networks-compared", lang, city=a, other=b)
    common = ask(store, "common-partners", lang, city=a, other=b)
    measured, among = _measured(store), groups(store)
    places = _places(measured, (a, b))
    both = ((a, one.name), (b, other.name))
    return Comparison(
        lang=lang,
        headlines=(
            *headlines(say, one, other, common, networks, places, standing.headline(say, measured, among, both)),
            *_left_out(say, measured),
        ),
        sections=(
            dimensions.section_of(say, (one, other), places),
            standing.section_of(say, measured, among, both),
            _networks(say, one, other, networks),
            _partners(store, say, one, other),
            _roles(say, one, other),
            _needs(say, (one, other)),
            _evidence(say, one, other),
            tie_evidence.section_of(say, store),
            _disagreements(say, one, other),
            unknown.section_of(say, (one, other), networks),
        ),
        a=one,
        b=other,
    )


def _measured(store: Store) -> Measured:
    """The measures of standing of all cities: in the network of agreements, and that of memberships."""
    ties = once(store, network.city_ties)
    left_out = tuple(name for name, each in MEASURES.items() if each.costly) if takes_hours(ties) else ()
    second = [] if left_out else ["betweenness" if len(ties) <= MANY_CITIES else "harmonic"]
    return replace(measure(store, "agreements", ["degree", *second, "pagerank", "interlocking"]), left_out=left_out)


def _left_out(say: Speech, measured: Measured) -> Iterable[str]:
    """One sentence, if measures are left out."""
    if measured.left_out:
        names = say.names([standing.title(name, say.lang) for name in measured.left_out])
        yield say(
            f"Left out, since they take hours on a network of this size: {names}.",
            f"کنار گذاشته شد، چون در شبکه‌ای به این بزرگی ساعت‌ها زمان می‌برد: {names}.",
        )


def _places(found: Measured, cities: tuple[str, str]) -> tuple[Places, Places]:
    """The places of cities among all."""
    result: tuple[Places, Places] = ({}, {})
    for name, values in found.values.items():
        ranked = ranks(values)
        for city, places in zip(cities, result, strict=True):
            value = values.get(city)
            if value is not None:
                places[name] = (ranked[city], len(ranked), value)
    return result


def _side(say: Speech, a: Profile, b: Profile, in_a: bool, in_b: bool) -> tuple[str, str]:
    """Who has something: its key and its name."""
    if in_a and in_b:
        return "both", say("both", "هر دو")
    return ("a", say(f"only {a.name}", f"تنها {a.name}")) if in_a else ("b", say(f"only {b.name}", f"تنها {b.name}"))


_SIDES = ("both", "a", "b")


def _networks(say: Speech, a: Profile, b: Profile, rows: Iterable[Row]) -> Section:
    listed: list[tuple[Cell, ...]] = []
    for row in rows:
        in_a, in_b = THREE_VALUED[row["city_member"]], THREE_VALUED[row["other_member"]]
        side = _side(say, a, b, bool(in_a), bool(in_b))
        listed.append((*side, row["organization"], row["organization_name"], in_a, in_b))
    listed.sort(key=lambda row: _SIDES.index(str(row[0])))
    columns = (
        ("side", "Side", "سمت"),
        ("side_name", "Who", "کدام شهر"),
        ("organization", "Id", "شناسه"),
        ("organization_name", "Network or body", "شبکه یا نهاد"),
        ("member_a", f"{a.name} is a member", f"{a.name} عضو است"),
        ("member_b", f"{b.name} is a member", f"{b.name} عضو است"),
    )
    return section(
        say.lang,
        "networks",
        "Networks of both and of one only (– is unknown)",
        "شبکه‌های مشترک و یکسویه (– یعنی نامعلوم)",
        columns,
        listed,
    )


def _partners(store: Store, say: Speech, a: Profile, b: Profile) -> Section:
    """Standing sister cities of both or one; the other's absence is checked where a source tells of a tie that does
    not stand."""
    lacks_a = {row["partner"]: row for row in ask(store, "sister-cities-missing", say.lang, city=a.id, other=b.id)}
    lacks_b = {row["partner"]: row for row in ask(store, "sister-cities-missing", say.lang, city=b.id, other=a.id)}
    mine, theirs = ({row["partner"]: row for row in city.sister_cities} for city in (a, b))
    listed: list[tuple[Cell, ...]] = []
    every = {**theirs, **mine}
    for partner, row in sorted(every.items(), key=lambda item: (alphabetical(str(item[1]["partner_name"])), item[0])):
        if partner in (a.id, b.id):
            continue  # each other: the headlines say it
        missing = lacks_a.get(partner) or lacks_b.get(partner)
        listed.append(
            (
                *_side(say, a, b, partner in mine, partner in theirs),
                partner,
                row["partner_name"],
                row["country_name"],
                partner in mine or THREE_VALUED[lacks_a[partner]["twinned"]],
                partner in theirs or THREE_VALUED[lacks_b[partner]["twinned"]],
                status(say, missing) if missing else None,
            )
        )
    listed.sort(key=lambda row: _SIDES.index(str(row[0])))
    columns = (
        ("side", "Side", "سمت"),
        ("side_name", "Who", "کدام شهر"),
        ("partner", "Id", "شناسه"),
        ("partner_name", "Sister city", "خواهرخوانده"),
        ("country_name", "Country", "کشور"),
        ("twinned_a", f"{a.name} has it", f"{a.name} دارد"),
        ("twinned_b", f"{b.name} has it", f"{b.name} دارد"),
        ("other_status", "The other's tie is", "پیوند شهر دیگر"),
    )
    return section(
        say.lang,
        "partners",
        "Sister cities of both and of one only (– is unknown)",
        "خواهرخوانده‌های مشترک و یکسویه (– یعنی نامعلوم)",
        columns,
        listed,
    )


def _roles(say: Speech, a: Profile, b: Profile) -> Section:
    rows = [
        (
            city.id,
            city.name,
            role.role,
            role.role_name,
            role.organization,
            role.organization_name,
            role.grade,
            role.bonus,
            role.since,
            len(role.sources),
        )
        for city in (a, b)
        for role in sorted(city.roles, key=lambda role: (role.height, role.bonus), reverse=True)
    ]
    columns = (
        ("city", "Id of the city", "شناسهٔ شهر"),
        ("city_name", "City", "شهر"),
        ("role", "Id of the role", "شناسهٔ نقش"),
        ("role_name", "Role", "نقش"),
        ("organization", "Id", "شناسه"),
        ("organization_name", "Network or body", "شبکه یا نهاد"),
        ("grade", "Grade", "درجه"),
        ("bonus", "Bonus", "امتیاز افزوده"),
        ("since", "Since", "از"),
        ("sources", "Sources", "منابع"),
    )
    return section(say.lang, "roles", "Roles, the highest first", "نقش‌ها، بالاترین نخست", columns, rows)


def _needs(say: Speech, cities: Iterable[Profile]) -> Section:
    """Unmet needs by axis. A city whose needs nobody studied has one row that says so."""
    rows: list[tuple[Cell, ...]] = []
    for city in cities:
        rows += [(city.id, city.name, *row, None) for row in unmet_by_axis(city)]
        if not city.needs:
            note = say("no study of its needs is in the store", "پژوهشی دربارهٔ نیازهایش در داده‌ها نیست")
            rows.append((city.id, city.name, *[None] * 6, note))
    columns = (
        ("city", "Id of the city", "شناسهٔ شهر"),
        ("city_name", "City", "شهر"),
        *AXIS_COLUMNS,
        ("note", "Note", "توضیح"),
    )
    return section(say.lang, "needs", "Unmet needs by axis", "نیازهای بی‌پاسخ به محور", columns, rows)


AXIS_COLUMNS = (
    ("axis", "Id of the axis", "شناسهٔ محور"),
    ("axis_name", "Axis", "محور"),
    ("needs", "Needs", "نیازها"),
    ("unmet", "Unmet", "بی‌پاسخ"),
    ("unmet_percent", "Share, %", "سهم، درصد"),
    ("votes_percent", "Share by votes, %", "سهم به رأی، درصد"),
)


def unmet_by_axis(city: Profile) -> list[tuple[Cell, ...]]:
    """(axis, its name, needs, unmet ones, their share, their share weighted by votes), shares in percent, cut.

    The weighted share is unknown where no panel scored the needs.
    """
    found: list[tuple[Cell, ...]] = []
    unmet = {row["need"] for row in city.unaddressed}
    for axis in dict.fromkeys(row["axis"] for row in city.needs):
        needs = [row for row in city.needs if row["axis"] == axis]
        open_ = [row for row in needs if row["need"] in unmet]
        found.append(
            (
                axis,
                needs[0]["axis_name"],
                len(needs),
                len(open_),
                100 * len(open_) // len(needs),
                share_of_votes(open_, needs),
            )
        )
    return found


def share_of_votes(some: Iterable[Row], all_: Iterable[Row]) -> int | None:
    """What percentage of the votes for all needs went to some of them, cut; each vote counts as a part of its panel."""
    part, whole = (
        sum(Decimal(row["score"]) / row["panel_size"] for row in rows if row["score"] is not None)
        for rows in (some, all_)
    )
    return int(100 * part / whole) if whole else None


def _evidence(say: Speech, a: Profile, b: Profile) -> Section:
    kinds: dict[tuple[int, str], list[int]] = {}
    for index, city in enumerate((a, b)):
        for row in city.sources:
            numbers = kinds.setdefault((-row["reliability"], row["kind_name"] or ""), [0, 0, 0, 0])
            numbers[index] += 1
            numbers[2 + index] += row["claims"]
    rows = [(kind or None, -negative, *numbers) for (negative, kind), numbers in sorted(kinds.items())]
    columns = (
        ("kind_name", "Kind of source", "گونهٔ منبع"),
        ("reliability", "Reliability, 1 to 5", "اعتبار، ۱ تا ۵"),
        ("sources_a", f"{a.name}: sources", f"{a.name}: منابع"),
        ("sources_b", f"{b.name}: sources", f"{b.name}: منابع"),
        ("claims_a", f"{a.name}: claims", f"{a.name}: گزاره‌ها"),
        ("claims_b", f"{b.name}: claims", f"{b.name}: گزاره‌ها"),
    )
    return section(say.lang, "evidence", "Evidence", "شواهد", columns, rows)


def _disagreements(say: Speech, a: Profile, b: Profile) -> Section:
    rows: list[tuple[Cell, ...]] = []
    marked = {row["disagreement"]: row["disagreement_name"] for city in (a, b) for row in city.disagreements}
    for disagreement, name in sorted(marked.items()):
        in_a, in_b = (any(row["disagreement"] == disagreement for row in city.disagreements) for city in (a, b))
        claims = [row for city in (a, b) for row in city.disagreements if row["disagreement"] == disagreement]
        rows.append(
            (
                *_side(say, a, b, in_a, in_b),
                disagreement,
                name,
                len({row["claim"] for row in claims if row["claim"]}),
                len({row["source"] for row in claims if row["source"]}),
            )
        )
    rows.sort(key=lambda row: _SIDES.index(str(row[0])))
    columns = (
        ("side", "Side", "سمت"),
        ("side_name", "Whom it touches", "دربارهٔ"),
        ("disagreement", "Id", "شناسه"),
        ("disagreement_name", "What sources disagree on", "موضوع ناهمخوانی منابع"),
        ("claims", "Claims", "گزاره‌ها"),
        ("sources", "Sources", "منابع"),
    )
    return section(
        say.lang, "disagreements", "Marked disagreements of sources", "ناهمخوانی‌های نشان‌شدهٔ منابع", columns, rows
    )
