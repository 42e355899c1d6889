"""The record classes: what the graph is made of, each declared once (see schema.py).

A tie (membership, agreement, mission, route) is a record of its own, with an id, a period, a status and citations:
never a bare edge. Absent values are None or (): unknown, never no.
"""

from __future__ import annotations

from decimal import Decimal

from citydiplomacy.ontology.terms import CD, DCTERMS, OA, ORG, PROV, QB, RDF, SCHEMA, SKOS, WGS84

from .properties import NOT_NEGATIVE, Merge, Rule, concept, decimal, integer, iri, reference, string, term, text, when
from .schema import Record, Tie, fields, record_class
from .values import Date, Text, Words

ACTORS = ("City", "Region", "Country", "Organization", "Unit")
"""Who can be a party, a member or an area of observation."""

LANDS = Rule(
    pattern="(.*/)?(country|world-region)/[^/]+",
    form=Words("country/… or world-region/…", "…/country یا …/world-region"),
)
"""What a grouping of countries is made of; the pattern fits ids and their IRIs."""

# Names that several classes share.
SAME = Words("the same elsewhere", "همان در جای دیگر")
SAME_PLACE = Decimal("0.2")  # degrees: sources point at other spots of one city
STUDY = Words("study", "پژوهش")
INTERVIEWEE = Words("interviewee", "مصاحبه‌شونده")


# --- places and actors ------------------------------------------------------------------------------------------------


@record_class("country", "countries", SCHEMA.Country, named=Words("country", "کشور"))
@fields
class Country(Record):
    """A country or territory of ISO 3166-1, or Kosovo."""

    code: str | None = string(
        DCTERMS.identifier,
        "ISO 3166-1 alpha-2 code.",
        named=Words("code", "کد"),
        rule=Rule(
            pattern="[A-Z]{2}",
            form=Words("two capital letters", "دو حرف بزرگ لاتین"),
        ),
    )
    world_region: str | None = concept(
        SCHEMA.containedInPlace,
        "Subregion of UN M49.",
        "world-region",
        edge="IN_WORLD_REGION",
        named=Words("world region", "منطقهٔ جهان"),
    )
    exact_match: tuple[str, ...] = iri(
        SKOS.exactMatch, "The same country in Wikidata or GeoNames.", many=True, named=SAME
    )


@record_class("region", "regions", SCHEMA.AdministrativeArea, named=Words("province or region", "استان یا منطقه"))
@fields
class Region(Record):
    """A territory between city and country: province, county, prefecture; or a grouping of countries."""

    country: str | None = reference(
        SCHEMA.containedInPlace, "Country it lies in.", "Country", edge="IN_COUNTRY", named=Words("country", "کشور")
    )
    comprises: tuple[str, ...] = reference(
        CD.comprises,
        "Of a grouping: its countries, and world regions that are whole in it.",
        "*",
        many=True,
        edge="COMPRISES",
        rule=LANDS,
    )
    may_comprise: tuple[str, ...] = reference(
        CD.mayComprise, "Of a grouping: those of which nobody tells whether they count.", "*", many=True, rule=LANDS
    )
    exact_match: tuple[str, ...] = iri(
        SKOS.exactMatch, "The same territory in Wikidata or GeoNames.", many=True, named=SAME
    )


@record_class("city", "cities", SCHEMA.City, ORG.FormalOrganization, named=Words("city", "شهر"))
@fields
class City(Record):
    """A city, as a place and as an actor: its government acts in its name."""

    country: str | None = reference(
        SCHEMA.containedInPlace, "Country it lies in.", "Country", edge="IN_COUNTRY", named=Words("country", "کشور")
    )
    region: str | None = reference(CD.inRegion, "Province or other territory it lies in.", "Region", edge="IN_REGION")
    latitude: Decimal | None = decimal(
        WGS84.lat,
        "Degrees north, WGS 84.",
        named=Words("latitude", "عرض جغرافیایی"),
        rule=Rule(least=-90, most=90, near=SAME_PLACE),
    )
    longitude: Decimal | None = decimal(
        WGS84.long,
        "Degrees east, WGS 84.",
        named=Words("longitude", "طول جغرافیایی"),
        rule=Rule(least=-180, most=180, near=SAME_PLACE),
    )
    exact_match: tuple[str, ...] = iri(SKOS.exactMatch, "The same city in Wikidata or GeoNames.", many=True, named=SAME)


@record_class("organization", "organizations", ORG.Organization, named=Words("organisation", "سازمان"))
@fields
class Organization(Record):
    """A city network, an international organisation or another body that cities deal with."""

    kind: str | None = concept(
        ORG.classification, "What kind of body it is.", "organization-kind", named=Words("kind", "گونه")
    )
    acronym: str | None = string(CD.acronym, "Short name.")
    founded: Date | None = when(SCHEMA.foundingDate, "When it was founded.", named=Words("founded", "تأسیس"))
    seat: str | None = reference(CD.seat, "City of its seat or secretariat.", "City", edge="SEATED_IN")
    seat_country: str | None = reference(
        CD.seatCountry, "Country of its seat or secretariat.", "Country", edge="SEATED_IN"
    )
    parents: tuple[str, ...] = reference(
        ORG.subOrganizationOf,
        "Bodies that it is part of.",
        "Organization",
        many=True,
        edge="PART_OF",
        named=Words("part of", "زیرمجموعهٔ"),
        hierarchy="is part of",
    )
    linked: tuple[str, ...] = reference(
        ORG.linkedTo,
        "Bodies that it works with, founded or grew out of.",
        "Organization",
        many=True,
        edge="LINKED_TO",
        named=Words("linked to", "در پیوند با"),
    )
    exact_match: tuple[str, ...] = iri(SKOS.exactMatch, "The same body in Wikidata.", many=True, named=SAME)
    homepage: str | None = iri(SCHEMA.url, "Its own page.", named=Words("home page", "وبگاه"))


@record_class("unit", "units", ORG.OrganizationalUnit, named=Words("department", "واحد سازمانی"))
@fields
class Unit(Record):
    """A department or office inside a city's government or another body."""

    unit_of: str = reference(
        ORG.unitOf,
        "The body it belongs to.",
        "City",
        "Region",
        "Country",
        "Organization",
        required=True,
        edge="UNIT_OF",
        named=Words("unit of", "واحدی از"),
    )


# --- ties -------------------------------------------------------------------------------------------------------------


@record_class(
    "membership",
    "memberships",
    ORG.Membership,
    ends=("member", "organization"),
    edge="MEMBER_OF",
    named=Words("membership", "عضویت"),
)
@fields
class Membership(Tie):
    """An actor's place in an organisation in one role; an actor with several roles has several memberships."""

    member: str = reference(
        ORG.member, "Who.", *ACTORS, required=True, named=Words("member", "عضو"), rule=Rule(other_than="organization")
    )
    organization: str = reference(
        ORG.organization, "In which body.", "Organization", required=True, named=Words("organisation", "سازمان")
    )
    role: str = concept(ORG.role, "In which role; roles are graded.", "role", required=True, named=Words("role", "نقش"))
    detail: tuple[str, ...] = string(CD.detail, "Field, section or wording of the role.", many=True)


@record_class("agreement", "agreements", CD.Agreement, ends=("parties",))
@fields
class Agreement(Tie):
    """A tie between two or more actors: sister cities, a memorandum, a friendship agreement."""

    kind: str = concept(CD.kind, "Kind of agreement.", "agreement-kind", required=True)
    parties: tuple[str, ...] = reference(
        CD.party, "Who, two or more.", *ACTORS, many=True, required=True, edge="HAS_PARTY", rule=Rule(several=2)
    )
    detail: tuple[str, ...] = string(CD.detail, "What it is about, who signed it.", many=True)


@record_class("mission", "missions", CD.Mission, ends=("sender", "host"), edge="REPRESENTED_IN")
@fields
class Mission(Tie):
    """A standing representation in a city: a consulate, an embassy, an office of an international body."""

    kind: str = concept(CD.kind, "Kind of mission.", "mission-kind", required=True)
    sender: str = reference(CD.sender, "Whom it represents.", "Country", "Organization", required=True)
    host: str = reference(CD.host, "The city it sits in.", "City", required=True)


@record_class("route", "routes", CD.Route, ends=("origin", "destination"), edge="FLIES_TO")
@fields
class Route(Tie):
    """A direct flight from a city to another."""

    origin: str = reference(CD.origin, "From.", "City", required=True)
    destination: str = reference(CD.destination, "To.", "City", required=True, rule=Rule(other_than="origin"))


@record_class("activity", "activities", CD.Activity, day="start")
@fields
class Activity(Record):
    """Something a city did, hosted or was awarded: a meeting, a title, a street named after another city, a desk."""

    kind: str = concept(CD.kind, "Kind of activity.", "activity-kind", required=True)
    actors: tuple[str, ...] = reference(CD.actor, "Who.", *ACTORS, many=True, required=True, edge="TOOK_PART")
    start: Date | None = when(SCHEMA.startDate, "When, or since when.", named=Words("start", "آغاز"))
    attested: Date | None = when(CD.attested, "When the source saw it standing.", merge=Merge.LATEST)


@record_class("roster", "rosters", CD.Roster, day="date")
@fields
class Roster(Record):
    """A source's list of an organisation's members at a date, declared whole or in part.

    Absence from a whole roster is a checked no; from a part it proves nothing. A list of the members in one country
    can be whole for that country alone: it says nothing of the cities of others.
    """

    organization: str = reference(
        ORG.organization,
        "Whose members.",
        "Organization",
        required=True,
        edge="ROSTER_OF",
        named=Words("organisation", "سازمان"),
    )
    coverage: str = concept(CD.coverage, "Whole, likely whole or part.", "coverage", required=True)
    country: str | None = reference(
        DCTERMS.spatial,
        "The country whose members it lists; all countries if not said.",
        "Country",
        edge="ROSTER_WITHIN",
        named=Words("members in the country", "اعضای کشور"),
    )
    date: Date | None = when(CD.attested, "Of what date.", merge=Merge.LATEST, named=Words("date", "تاریخ"))
    listed: int | None = integer(CD.listed, "How many members the list names.", rule=Rule(least=0, at_most="total"))
    total: int | None = integer(CD.total, "How many members there are, by the source.")


# --- who may join -----------------------------------------------------------------------------------------------------


@record_class("scope", "scopes", CD.Scope)
@fields
class Scope(Record):
    """Whom an organisation is open to in one role, by its rules: an area, kinds of members, conditions."""

    organization: str = reference(
        ORG.organization,
        "Which body.",
        "Organization",
        required=True,
        edge="SCOPE_OF",
        named=Words("organisation", "سازمان"),
    )
    role: str = concept(ORG.role, "As what.", "role", required=True, named=Words("role", "نقش"))
    area: str | None = reference(CD.openTo, "The area that it is open to.", "Region", "Country", edge="OPEN_TO")
    admits: tuple[str, ...] = concept(CD.admits, "Which kinds of members.", "member-kind", many=True)
    requires: tuple[str, ...] = concept(
        CD.requires, "What a city must be or have.", "city-trait", many=True, edge="REQUIRES"
    )
    member_of: tuple[str, ...] = reference(
        CD.firstIn, "Bodies that one must be a member of before.", "Organization", many=True, edge="MEMBERS_OF"
    )
    least: int | None = integer(CD.leastInhabitants, "Inhabitants at least.", rule=Rule(least=0, at_most="most"))
    most: int | None = integer(CD.mostInhabitants, "Inhabitants at most.")
    admission: str | None = concept(CD.admission, "How members are taken in.", "admission")
    condition: tuple[Text, ...] = text(CD.condition, "Further conditions.")
    form: tuple[Text, ...] = text(CD.form, "Fee, form and who decides.")


@record_class("openness", "openness", CD.Openness)
@fields
class Openness(Record):
    """Whether an organisation is known to take in the cities of a country, or to shut them out, and why."""

    organization: str = reference(
        ORG.organization,
        "Which body.",
        "Organization",
        required=True,
        edge="OPENNESS_OF",
        named=Words("organisation", "سازمان"),
    )
    country: str = reference(CD.openFor, "The cities of which country.", "Country", required=True, edge="OPENNESS_FOR")
    verdict: str = concept(CD.verdict, "Open, shut, unclear; or that no bar was found.", "openness", required=True)
    reason: tuple[Text, ...] = text(CD.reason, "Why.")


# --- needs, barriers and what is known of them ------------------------------------------------------------------------


@record_class("study", "studies", CD.Study)
@fields
class Study(Record):
    """A piece of research with its method: a panel, a series of interviews."""

    kind: str | None = concept(CD.kind, "Kind of study.", "study-kind")
    city: str | None = reference(CD.about, "City it is about.", "City", edge="ABOUT", named=Words("city", "شهر"))
    date: Date | None = when(SCHEMA.startDate, "When it was held.", named=Words("date", "تاریخ"))
    participants: int | None = integer(CD.participants, "How many people took part.")
    minutes: int | None = integer(CD.minutes, "Length in all, minutes.")


@record_class("interviewee", "interviewees", PROV.Agent, named=INTERVIEWEE)
@fields
class Interviewee(Record):
    """A person interviewed, known by code and expertise, never by name."""

    code: str | None = string(DCTERMS.identifier, "Code in the study.", named=Words("code", "کد"))
    expertise: tuple[Text, ...] = text(CD.expertise, "Degree and field.")
    study: str | None = reference(PROV.actedOnBehalfOf, "Study they spoke in.", "Study", edge="SPOKE_IN", named=STUDY)
    minutes: int | None = integer(CD.minutes, "Length of the interview, minutes.")


@record_class("theme", "themes", CD.Theme)
@fields
class Theme(Record):
    """A subject that needs, services and agreements are about."""

    broader: str | None = reference(
        SKOS.broader,
        "Wider theme.",
        "Theme",
        edge="BROADER",
        named=Words("wider theme", "موضوع گسترده‌تر"),
        hierarchy="is part of",
    )


@record_class("need", "needs", CD.Need)
@fields
class Need(Record):
    """What a city needs for its diplomacy, on one axis."""

    axis: str = concept(
        SKOS.broader, "Axis of the study.", "axis", required=True, edge="ON_AXIS", named=Words("axis", "محور")
    )
    city: str = reference(CD.needOf, "City that needs it.", "City", required=True, edge="NEED_OF")


@record_class("assessment", "assessments", CD.Assessment, QB.Observation)
@fields
class Assessment(Record):
    """The score of one need in one panel: how many panellists put it first."""

    need: str = reference(CD.need, "Need that was scored.", "Need", required=True, edge="SCORES")
    study: str = reference(QB.dataSet, "Panel that scored it.", "Study", required=True, edge="SCORED_IN", named=STUDY)
    score: int = integer(CD.score, "Votes.", required=True, rule=Rule(least=0, at_most="panel_size"))
    panel_size: int = integer(CD.panelSize, "Panellists who could vote.", required=True)
    rank: int | None = integer(CD.rank, "Rank on its axis.", rule=Rule(least=1))


@record_class("barrier", "barriers", CD.Barrier)
@fields
class Barrier(Record):
    """What holds a city's diplomacy back."""

    category: str = concept(
        SKOS.broader,
        "Category of the study.",
        "barrier-category",
        required=True,
        edge="IN_CATEGORY",
        named=Words("category", "مقوله"),
    )


@record_class("testimony", "testimonies", OA.Annotation, named=Words("testimony", "گواهی"))
@fields
class Testimony(Record):
    """A passage of an interview, coded as a barrier."""

    barrier: str = reference(
        OA.hasBody,
        "Barrier that the passage speaks of.",
        "Barrier",
        required=True,
        edge="SPEAKS_OF",
        named=Words("barrier", "مانع"),
    )
    interviewee: str | None = reference(
        DCTERMS.creator, "Who said it, where the study gives a code.", "Interviewee", edge="SAID_BY", named=INTERVIEWEE
    )
    study: str | None = reference(PROV.wasGeneratedBy, "Study that heard it.", "Study", edge="HEARD_IN", named=STUDY)


LINK_TERMS = (
    "faces",
    "hinders",
    "addresses",
    "offers",
    "about",
    "dimension",
    "function",
    "sameThemeAs",
    "remedies",
    "agreesWith",
    "bearerOf",
    "hasTrait",
    "lacksTrait",
)


@record_class("link", "links", RDF.Statement, ends=("subject", "object"), named=Words("analytic link", "پیوند تحلیلی"))
@fields
class Link(Record):
    """A judgement that ties two things, with a word of reason: a barrier hinders a need, a body offers a service."""

    subject: str = reference(RDF.subject, "What is tied.", "*", required=True, named=Words("subject", "چه چیز"))
    relation: str = term(RDF.predicate, "How.", *LINK_TERMS, required=True, named=Words("relation", "رابطه"))
    object: str = reference(
        RDF.object, "To what.", "*", required=True, named=Words("object", "به چه چیز"), rule=Rule(other_than="subject")
    )
    reason: tuple[Text, ...] = text(CD.reason, "Why.")


# --- figures, sources, disagreements ----------------------------------------------------------------------------------


@record_class("observation", "observations", CD.Observation, QB.Observation, day="period")
@fields
class Observation(Record):
    """A figure of an area in a period: population, pilgrims, consulates, flights, members of a network."""

    area: str = reference(CD.area, "What it measures.", *ACTORS, required=True, edge="OBSERVED_OF")
    measure: str = concept(CD.measure, "Measure.", "measure", required=True)
    topic: str | None = reference(
        CD.topic, "What of the area it counts: an axis, a network, a barrier category.", "*", edge="ON_TOPIC"
    )
    value: Decimal = decimal(CD.value, "The figure, or its lower bound.", required=True, rule=NOT_NEGATIVE)
    upper: Decimal | None = decimal(
        CD.upper, "Upper bound, where the source gives a range.", rule=Rule(at_least="value")
    )
    qualifier: str | None = concept(CD.qualifier, "Exactly, about, at least, more than, at most.", "qualifier")
    unit: str | None = concept(CD.unit, "Unit of measure.", "unit")
    period: Date | None = when(CD.period, "Period or day it holds for.")
    detail: tuple[str, ...] = string(CD.detail, "What is counted and how, in the source's terms.", many=True)


@record_class("disagreement", "disagreements", CD.Disagreement)
@fields
class Disagreement(Record):
    """A disagreement of sources that a reader of them marked; its claims refer to it."""

    about: tuple[str, ...] = reference(CD.about, "Whom it is about.", *ACTORS, many=True, edge="ABOUT")


@record_class("match", "matches", CD.Match, PROV.Entity)
@fields
class Match(Record):
    """A judgement whether two ids mean the same thing: a person's, or one worked out when a source was loaded."""

    one: str = string(CD.one, "An id, as its source has it.", required=True)
    other: str = string(CD.other, "The id that it is compared with.", required=True, rule=Rule(other_than="one"))
    verdict: str = concept(CD.verdict, "Same, different, unsure.", "match-verdict", required=True)
    weight: Decimal | None = decimal(CD.weight, "Sum of the weights of what agrees and what differs, in bits.")
    reason: tuple[Text, ...] = text(CD.reason, "Why.")
    date: Date | None = when(DCTERMS.date, "When a person decided it.", named=Words("date", "تاریخ"))
    concerns: tuple[str, ...] = reference(
        CD.concerns, "What of the graph it concerns.", *ACTORS, many=True, edge="CONCERNS"
    )


@record_class("source", "sources", CD.Source, PROV.Entity)
@fields
class Source(Record):
    """Who says so: a study, a page, a dataset, an analyst's coding. Its IRI names the graph of what it says."""

    kind: str = concept(
        DCTERMS.type, "Kind of evidence.", "evidence-kind", required=True, named=Words("kind of evidence", "گونهٔ شاهد")
    )
    creators: tuple[str, ...] = string(
        DCTERMS.creator, "Authors or publishing body.", many=True, named=Words("creators", "پدیدآوران")
    )
    date: Date | None = when(
        DCTERMS.date, "When it was published, or the state that it shows.", named=Words("date", "تاریخ")
    )
    retrieved: Date | None = when(PROV.generatedAtTime, "When it was read.", named=Words("retrieved", "خوانده‌شده در"))
    address: str | None = iri(DCTERMS.source, "Where it can be read.", named=Words("address", "نشانی"))
    identifier: str | None = string(DCTERMS.identifier, "DOI or another number.", named=Words("identifier", "شناسه"))
    licence: str | None = string(DCTERMS.license, "Licence of its data.", named=Words("licence", "پروانه"))
    languages: tuple[str, ...] = string(
        DCTERMS.language, "Languages, BCP 47.", many=True, named=Words("languages", "زبان‌ها")
    )
    reliability: int | None = integer(
        CD.reliability, "From 1 (weak) to 5 (first hand); by its kind if not said.", rule=Rule(least=1, most=5)
    )
    collection: str | None = reference(
        DCTERMS.isPartOf,
        "Source that it was loaded with.",
        "Source",
        edge="PART_OF",
        named=Words("collection", "مجموعه"),
    )
    origin: str | None = reference(
        PROV.wasDerivedFrom,
        "Source whose word it repeats: what it copies, is a state of, is published by, or took over.",
        "Source",
        edge="REPEATS",
        named=Words("origin", "خاستگاه"),
        hierarchy="repeats",
    )
    collects: tuple[str, ...] = concept(
        CD.collects,
        "Kinds of ties that it set out to collect, of the cities that it covers.",
        "tie-kind",
        many=True,
        rule=Rule(along_with="covers"),
    )
    covers: tuple[str, ...] = reference(
        CD.covers,
        "Cities whose ties it set out to collect, or countries with all their cities.",
        "City",
        "Country",
        many=True,
        edge="COVERS",
        rule=Rule(along_with="collects"),
    )
    collects_everywhere: tuple[str, ...] = concept(
        CD.collectsEverywhere,
        "Kinds of ties that it set out to collect of all cities.",
        "tie-kind",
        many=True,
    )
