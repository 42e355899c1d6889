"""What sources say against one another about a city: each side with what it says, who says it, and of which day."""

from __future__ import annotations

from citydiplomacy.graph.language.dates import told_date
from citydiplomacy.graph.model.properties import Property
from citydiplomacy.graph.model.schema import by_folder
from citydiplomacy.graph.rdf.triples import compact
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.queries.wording.evidence import Named
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.rows import Row, Rows
from citydiplomacy.queries.wording.tables import Cell

from .blocks import Sheet
from .subject import Subject
from .tables import sheet_of


def marked(about: Subject, city: Named) -> Sheet | None:
    """The disagreements that a reader of the sources marked: a row for each side of each, with all that a source says
    alike."""
    say, rows = about.say, about.ask("disagreements", city=city.id)
    if not rows:
        return None
    sides: dict[tuple[Cell, ...], list[str]] = {}
    for row in rows:
        says = _says(about, rows.where(disagreement=row["disagreement"], claim=row["claim"], source=row["source"]))
        at = (told_date(row["date"]), row["source_name"], told_date(row["published"]), row["notes"] or None)
        sides.setdefault((row["disagreement_name"], says, *at), []).append(about.title(row["claim"]) or "")
    told = tuple((name, _together(about, claims) or None, *side) for (name, *side), claims in sides.items())
    titles = {
        "disagreement": ("On what", "بر سر چه"),
        "claim": ("Told of", "دربارهٔ"),
        "says": ("What the source says", "گفتهٔ منبع"),
        "date": ("Of when", "از چه زمانی"),
        "source": ("Source", "منبع"),
        "published": ("Date of the source", "تاریخ منبع"),
        "notes": ("Note", "یادداشت"),
    }
    note = say(
        "{n} marked disagreements about {city}, a row for each side. A dash is what a source does not tell.",
        "{n} ناهمخوانی نشان‌شده دربارهٔ {city}، هر سو در یک سطر. خط تیره یعنی منبع آن را نمی‌گوید.",
        n=rows.distinct("disagreement"),
        city=city,
    )
    heading = ("What sources dispute about {city}", "آنچه منبع‌ها دربارهٔ {city} بر سرش اختلاف دارند")
    return sheet_of(about, city, "disputes", heading, ("disputed", "اختلاف‌ها"), titles, told, note)


def irreconcilable(about: Subject, city: Named) -> Sheet | None:
    """Where claims of one thing cannot be reconciled by the rule: a row for each side, and which of them stands."""
    say, rows = about.say, about.ask("disputed-claims", city=city.id)
    if not rows:
        return None
    sides: dict[tuple[Cell, ...], list[Row]] = {}
    for row in rows:
        sides.setdefault(tuple(row[name] for name in ("claim", "property", "value_text", "merged")), []).append(row)
    told = tuple(
        (
            about.title(row["claim"]),
            told_of.label(about.lang) if (told_of := _property(row)) else row["property"],
            _with_unit(about, say.number(_one(rows, row).value("value_text")), row)
            if row["unit_name"]
            else row["value_text"],
            row["merged"] == "yes",
            str(say("; ", "؛ ").joined(_source(about, each) for each in side)),
        )
        for side in sides.values()
        for row in side[:1]
    )
    titles = {
        "claim": ("Told of", "دربارهٔ"),
        "property": ("What of it", "چه چیز آن"),
        "says": ("What the source says", "گفتهٔ منبع"),
        "stands": ("Is taken here", "پذیرفته در این‌جا"),
        "sources": ("Sources, with their dates", "منبع‌ها و تاریخشان"),
    }
    note = say(
        "{n} claims about {city} on which sources cannot be reconciled. The more reliable source is taken, of two "
        "that are alike the later.",
        "{n} گزاره دربارهٔ {city} که منبع‌ها بر سرشان سازگار نیستند. منبع معتبرتر پذیرفته می‌شود و از دو منبع هم‌اعتبار "
        "تازه‌تر.",
        n=rows.distinct("claim"),
        city=city,
    )
    heading = ("Where what sources say of {city} cannot be reconciled", "گفته‌های ناسازگار منبع‌ها دربارهٔ {city}")
    return sheet_of(about, city, "irreconcilable", heading, ("irreconcilable", "ناسازگار"), titles, told, note)


def _together(about: Subject, titles: list[str]) -> str:
    """Titles in a row; a kind in brackets that all end with is said once."""
    begun = [title.rpartition(" (") for title in titles]
    if len({kind for _, _, kind in begun}) == 1:
        titles = [*(name or title for name, _, title in begun[:-1]), titles[-1]]
    return str(about.say("; ", "؛ ").joined(titles))


def _source(about: Subject, row: Row) -> str:
    """A source, and its date if it is told."""
    date = told_date(row["published"])
    return f"{row['source_name']} ({about.say.date(date)})" if date else row["source_name"]


def _says(about: Subject, claim: Rows) -> Cell:
    """The figure of a claim, with its bounds and unit; or the status of a tie, and since when it is told to stand."""
    say, (row,) = about.say, claim
    if row["value"] is not None:
        figure = say.number(claim.value("value"))
        if row["upper"] is not None:
            figure = say("{low} to {high}", "{low} تا {high}", low=claim.value("value"), high=claim.value("upper"))
        return Phrase(" ").joined(each for each in (row["qualifier_name"], _with_unit(about, figure, row)) if each)
    since = claim.date("start")
    begun = say.since(since) if since else None
    return say(", ", "، ").joined(each for each in (row["status_name"], begun) if each) or None


def _one(rows: Rows, row: Row) -> Rows:
    """What one source says of one property of a claim."""
    return rows.where(claim=row["claim"], property=row["property"], source=row["source"])


def _with_unit(about: Subject, figure: str, row: Row) -> Phrase:
    """A figure and what it counts; of a bare count the number says all."""
    counted = schemes()["unit"]["unit/count"].label(about.lang)
    return Phrase(" ").joined(each for each in (figure, row["unit_name"]) if each and each != counted)


def _property(row: Row) -> Property | None:
    """The property that a row is about."""
    schema = by_folder(row["claim"])
    return (
        next((each for each in schema.properties if compact(each.predicate) == row["property"]), None)
        if schema
        else None
    )
