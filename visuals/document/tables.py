"""The tables of a dossier: who, since when, how strong, who says so. Their numbers are marks, or rest on what those of
the note under them open."""

from __future__ import annotations

from citydiplomacy.graph.language.dates import told_date
from citydiplomacy.graph.model.schema import class_title
from citydiplomacy.queries.wording.evidence import Figure, Named
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.rows import Row, Rows
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Cell, Table

from ..charts.timeline import only_meant
from .blocks import Sheet
from .subject import Subject

TOLD_BY = {
    "voices": ("Voices", "صداها"),
    "reliability": ("Best evidence, 1 to 5", "بهترین گواه، ۱ تا ۵"),
    "voice": ("Told by", "به گفتهٔ"),
}

NAMED = ("partner", "parties", "body", "organization_name", "city_name", "common", "peers", "voice")
"""Columns of names."""


def sister_cities(about: Subject, city: Named) -> Sheet | None:
    """Those told of a city, whatever their status: since when, how strong, and who tells them, by name."""
    say, rows = about.say, about.ask("sister-cities", city=city.id)
    if not rows:
        return None
    tellers = about.tellers(city.id)
    told = tuple(
        (
            _partner(row, say),
            row["country_name"],
            row["status_name"],
            _begun(row, say),
            told_date(row["attested"]),
            *_told_by(tellers.get(row["agreement"])),
        )
        for row in rows
    )
    note = _told(about, city, rows, "agreement", ("sister-city tie", "sister-city ties", "پیوند خواهرخواندگی"))
    note += " " + say(
        "Sources that repeat one another are one voice. Evidence goes from 1 (weak) to 5 (first hand).",
        "منبع‌هایی که سخن یکدیگر را بازمی‌گویند یک صدا هستند. گواه از ۱ (سست) تا ۵ (دست اول) است.",
    )
    titles = {
        "partner": ("Partner", "طرف"),
        "country": ("Country", "کشور"),
        "status": ("Status", "وضعیت"),
        "since": ("Since", "از"),
        "seen": ("Told so as of", "دیده‌شده"),
        **TOLD_BY,
    }
    return sheet_of(
        about,
        city,
        "sisters",
        ("Sister-city ties of {city}", "پیوندهای خواهرخواندگی {city}"),
        ("sister cities", "خواهرخوانده‌ها"),
        titles,
        told,
        note,
    )


def _partner(row: Row, say: Speech) -> str:
    """The name of a partner, and what it is if it is no city."""
    name: str = row["partner_name"]
    return f"{name} ({class_title(row['no_city'], say.lang)})" if row["no_city"] else name


def agreements(about: Subject, city: Named) -> Sheet | None:
    """All agreements but sister cities."""
    say = about.say
    rows = about.ask("agreements", city=city.id).first_of("agreement").without(kind="agreement-kind/sister-city")
    tellers = about.tellers(city.id)
    if not rows:
        return None
    told = tuple(
        (
            row["parties"],
            row["kind_name"],
            row["status_name"],
            _begun(row, say),
            *_told_by(tellers.get(row["agreement"])),
        )
        for row in rows
    )
    titles = {
        "parties": ("With", "با"),
        "kind": ("Kind", "گونه"),
        "status": ("Status", "وضعیت"),
        "since": ("Since", "از"),
        **TOLD_BY,
    }
    note = _told(about, city, rows, "agreement", ("other agreement", "other agreements", "توافق دیگر"))
    return sheet_of(
        about,
        city,
        "agreements",
        ("Other agreements of {city}", "توافق‌های دیگر {city}"),
        ("other agreements", "توافق‌های دیگر"),
        titles,
        told,
        note,
    )


def roles(about: Subject, city: Named) -> Sheet | None:
    """The city's places in networks and bodies, the highest first, each with the time that it is told of."""
    say, rows = about.say, about.ask("memberships", city=city.id)
    if not rows:
        return None
    standing, counted, tellers = rows.where(stands="yes"), rows.where(counts="yes"), about.tellers(city.id)
    told = tuple(
        (
            row["organization_name"],
            row["role_name"],
            row["status_name"],
            told_date(row["start"]),
            told_date(row["last_seen"]),
            *_told_by(tellers.get(row["membership"])),
        )
        for row in sorted(rows, key=lambda row: (-(row["grade"] or 0), row["organization_name"]))
    )
    titles = {
        "body": ("Network or body", "شبکه یا نهاد"),
        "role": ("Role", "نقش"),
        "status": ("Status", "وضعیت"),
        "since": ("Since", "از"),
        "last": ("Last told", "آخرین بار گفته‌شده"),
        **TOLD_BY,
    }
    note = _told(about, city, rows, "membership", ("place", "places", "جایگاه"))
    note += " " + say(
        "Of the places told of {city}, {standing} {stand} as far as is told; {counted} {count}, since of places in one "
        "body that exclude each other the highest alone does. A role is told as it was when last told; whether it "
        "is still held is not known.",
        "از جایگاه‌های گفته‌شدهٔ {city}، {standing} مورد تا آنجا که گفته شده برقرار است؛ {counted} مورد شمرده "
        "می‌شود، چون از جایگاه‌هایی که در یک نهاد با هم جمع نمی‌شوند تنها بالاترین شمرده می‌شود. هر نقش چنان است که "
        "آخرین بار گفته شده؛ این‌که هنوز برقرار است دانسته نیست.",
        city=city,
        standing=standing.number(),
        stand="stands" if len(standing) == 1 else "stand",
        counted=counted.number(),
        count="counts" if len(counted) == 1 else "count",
    )
    return sheet_of(
        about,
        city,
        "roles",
        ("{city} in networks and bodies", "{city} در شبکه‌ها و نهادها"),
        ("networks and roles", "شبکه‌ها و نقش‌ها"),
        titles,
        told,
        note,
    )


def side_by_side(about: Subject) -> Sheet:
    """The numbers of the first figure, each a mark."""
    say = about.say

    def number(value: Figure | None, beyond: Figure | None) -> Cell:
        if value is None:
            return say("unknown", "نامعلوم")
        if beyond is None:
            return say.number(value)
        return say("{value}, perhaps {more} more", "{value}، شاید {more} تای دیگر", value=value, more=beyond)

    rows = tuple((each.label, *(number(bar.value, bar.beyond) for bar in each.bars)) for each in about.by_kind)
    names = ("dimension", *map(about.key, about.cities))
    table = Table(names, (say("What is counted", "آنچه شمرده شده"), *about.names), rows)
    note = say("“Unknown” does not mean zero.", "«نامعلوم» به معنای صفر نیست.")
    return Sheet("by-kind", say("Ties by kind", "پیوندها به تفکیک گونه"), table, note)


def unknowns(about: Subject, city: Named) -> Sheet | None:
    """Of the claims of each kind, how many lack a beginning, any date, a status, a second voice."""
    say, rows = about.say, about.ask("unknowns", city=city.id)
    if not rows:
        return None

    def share(row: Row, column: str) -> Cell:
        if row[column] is None:
            return None
        one = rows.where(record_kind=row["record_kind"])
        part, whole = one.value(column), one.value("claims")
        return say.number(part) + " (" + say.percent(part, whole) + ")"

    columns = ("no_start", "no_date", "no_status", "one_voice")
    told = tuple(
        (
            class_title(row["record_kind"], say.lang),
            say.number(rows.where(record_kind=row["record_kind"]).value("claims")),
            *(share(row, column) for column in columns),
        )
        for row in rows
    )
    titles = {
        "kind": ("Kind", "گونه"),
        "claims": ("Told", "گفته‌شده"),
        "no_start": ("Without a beginning", "بی آغاز"),
        "no_date": ("Without any date", "بی هیچ تاریخ"),
        "no_status": ("Without a status", "بی وضعیت"),
        "one_voice": ("Told by one voice", "تک‌صدا"),
    }
    return sheet_of(
        about,
        city,
        "unknown",
        ("Gaps in what is told of {city}", "جاهای خالی در گفته‌های دربارهٔ {city}"),
        ("not known", "نادانسته‌ها"),
        titles,
        told,
        Phrase(),
    )


def sheet_of(
    about: Subject,
    city: Named,
    key: str,
    title: tuple[str, str],
    short: tuple[str, str],
    titles: dict[str, tuple[str, str]],
    rows: tuple[tuple[Cell, ...], ...],
    note: Phrase,
) -> Sheet:
    """A table of a city: how it and its columns are called, in English and Persian, and what is said under it."""
    table = Table(tuple(titles), tuple(about.say(*words) for words in titles.values()), rows)
    return framed(about, city, key, about.say(*title, city=city), short, table, note)


def framed(
    about: Subject, city: Named, key: str, title: str, short: tuple[str, str], table: Table, note: Phrase
) -> Sheet:
    """The same of a table that is made: its address names the city, its short title begins with it, and columns that
    are empty are left out."""
    name = about.say(*(f"{{city}} – {words}" for words in short), city=city)
    return Sheet(f"{key}-{about.key(city.id)}", title, table.for_people().briefly(*NAMED), note, name)


def _begun(row: Row, say: Speech) -> Cell:
    """Since when a tie is told to stand; of one that by the latest is only meant, that some source says so."""
    start = told_date(row["start"])
    if start is None or row["status_name"] not in only_meant(say.lang):
        return start
    return say(
        "{day}, by a source that says it began", "{day}، به گفتهٔ منبعی که آن را آغازشده می‌داند", day=say.date(start)
    )


def _told(about: Subject, city: Named, rows: Rows, tie: str, words: tuple[str, str, str]) -> Phrase:
    """How many ties are told, how many have a date of beginning, and how many are told by two voices or more.

    tie: the column of their ids; words: one, many, and how Persian calls them.
    """
    strength = about.strength(city.id).where(tie=rows.values(tie))
    one, many, persian = words
    return about.say(
        "Told of {city}: {n}, {dated} of them with a date of beginning, {firm} by two voices or more.",
        "از {city} {n} " + persian + " گفته شده است: {dated} مورد با تاریخ آغاز، و {firm} مورد از دو صدا یا بیشتر.",
        city=city,
        n=about.say.counted(rows.number(), one, many),
        dated=rows.without(start=None).without(status_name=only_meant(about.lang)).number(),
        firm=strength.without(voices=1).distinct("tie"),
    )


def _told_by(rows: Rows | None) -> tuple[Cell, Cell, Cell]:
    """How many voices tell a tie, how reliable the best evidence is, and the names of the voices."""
    if not rows:
        return None, None, None
    return rows[0]["voices"], rows[0]["reliability"], tuple(dict.fromkeys(row["voice_name"] for row in rows))
