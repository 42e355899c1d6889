"""A small Wikidata: entities in the form of its dumps, and the same as RDF in the form of its query service.

Numbers of cities are those of Wikidata, so that they join the shipped ones; what is said of them is made up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

Entity = dict[str, Any]
WD = "http://www.wikidata.org/entity/"
WB = "http://wikiba.se/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PROP = "http://www.wikidata.org/prop/"


def of_item(number: str) -> dict[str, Any]:
    return {
        "type": "wikibase-entityid",
        "value": {"entity-type": "item", "numeric-id": int(number[1:]), "id": number},
    }


def of_time(time: str, precision: int, model: str = "Q1985727") -> dict[str, Any]:
    value = {"time": time, "timezone": 0, "before": 0, "after": 0, "precision": precision}
    return {"type": "time", "value": {**value, "calendarmodel": WD + model}}


def of_place(latitude: float, longitude: float) -> dict[str, Any]:
    value = {"latitude": latitude, "longitude": longitude, "altitude": None, "precision": 0.0001, "globe": WD + "Q2"}
    return {"type": "globecoordinate", "value": value}


def of_number(amount: str) -> dict[str, Any]:
    return {"type": "quantity", "value": {"amount": amount, "unit": "1"}}


def of_text(text: str) -> dict[str, Any]:
    return {"type": "string", "value": text}


def snak(prop: str, datavalue: dict[str, Any]) -> dict[str, Any]:
    return {"snaktype": "value", "property": prop, "hash": "0", "datavalue": datavalue}


def says(
    prop: str,
    datavalue: dict[str, Any],
    *,
    rank: str = "normal",
    refs: tuple[tuple[str, dict[str, Any]], ...] = (),
    **qualifiers: dict[str, Any],
) -> dict[str, Any]:
    """A statement without its id, which `entity` gives."""
    statement = {
        "mainsnak": snak(prop, datavalue),
        "type": "statement",
        "rank": rank,
        "qualifiers": {name: [snak(name, value)] for name, value in qualifiers.items()},
        "qualifiers-order": list(qualifiers),
    }
    if refs:
        snaks: dict[str, list[Any]] = {}
        for name, value in refs:
            snaks.setdefault(name, []).append(snak(name, value))
        statement["references"] = [{"hash": "0", "snaks": snaks, "snaks-order": list(snaks)}]
    return statement


def entity(
    number: str, labels: dict[str, str], *statements: dict[str, Any], aliases: dict[str, list[str]] | None = None
) -> Entity:
    claims: dict[str, list[Any]] = {}
    for position, statement in enumerate(statements):
        statement["id"] = f"{number}${position:08X}-0000-4000-8000-000000000000"
        claims.setdefault(statement["mainsnak"]["property"], []).append(statement)
    return {
        "type": "item",
        "id": number,
        "labels": {lang: {"language": lang, "value": value} for lang, value in labels.items()},
        "descriptions": {},
        "aliases": {
            lang: [{"language": lang, "value": value} for value in several] for lang, several in (aliases or {}).items()
        },
        "claims": claims,
        "sitelinks": {},
        "lastrevid": 1,
    }


VILLAGE = "Q532"


def city(
    number: str, country: str, place: tuple[float, float], labels: dict[str, str], *more: dict[str, Any], **options: Any
) -> Entity:
    return entity(
        number,
        labels,
        says("P31", of_item("Q515")),
        says("P17", of_item(country)),
        says("P625", of_place(*place)),
        *more,
        **options,
    )


IRAN, PAKISTAN, USA = "Q794", "Q843", "Q30"
TEHRAN, MASHHAD, ISFAHAN, LAHORE, KARACHI, LOS_ANGELES, BIRJAND = (
    "Q3616", "Q121157", "Q42053", "Q11739", "Q8660", "Q65", "Q830124",
)  # fmt: skip
METROPOLIS, HERITAGE = "Q1431110", "Q1999999"

REFERENCES = ("P854", of_text("https://example.org/sister-cities")), ("P248", of_item("Q11"))

ENTITIES: list[Entity] = [
    entity("Q42", {"en": "Somebody"}, says("P31", of_item("Q5"))),
    city(
        MASHHAD,
        IRAN,
        (36.3, 59.6),
        {"en": "Mashhad", "fa": "مشهد", "de": "Maschhad"},
        says("P1082", of_number("+3001184"), rank="preferred", P585=of_time("+2016-00-00T00:00:00Z", 9)),
        says("P1082", of_number("+2766258"), P585=of_time("+2011-10-24T00:00:00Z", 11)),
        says("P1082", of_number("+1"), rank="deprecated"),
        says("P190", of_item(LAHORE), P580=of_time("+2006-05-00T00:00:00Z", 10), refs=REFERENCES),
        says("P190", of_item(KARACHI), P580=of_time("+1990-00-00T00:00:00Z", 8)),
        says("P190", of_item(BIRJAND), rank="deprecated"),
        says("P463", of_item(METROPOLIS), P580=of_time("+2001-00-00T00:00:00Z", 9)),
        aliases={"en": ["Meshed"], "fa": ["مشهد مقدس"]},
    ),
    city(
        TEHRAN,
        IRAN,
        (35.6889, 51.4147),
        {"en": "Tehran", "fa": "تهران"},
        says(
            "P190",
            of_item(LOS_ANGELES),
            P580=of_time("+1972-00-00T00:00:00Z", 9),
            P582=of_time("+1979-00-00T00:00:00Z", 9),
        ),
        says("P190", of_item(TEHRAN)),
        says("P463", of_item(METROPOLIS)),
        says("P463", of_item(HERITAGE), P582=of_time("+2005-00-00T00:00:00Z", 9)),
    ),
    city(ISFAHAN, IRAN, (32.65, 51.67), {"en": "Isfahan", "fa": "اصفهان"}),
    city(
        LAHORE,
        PAKISTAN,
        (31.55, 74.34),
        {"en": "Lahore"},
        says("P190", of_item(MASHHAD), P580=of_time("+2006-00-00T00:00:00Z", 9)),
        says("P190", of_item(ISFAHAN), P585=of_time("+2004-01-01T00:00:00Z", 11)),
    ),
    entity(IRAN, {"en": "Iran"}, says("P297", of_text("IR"))),
    # A twin that is told of by others alone, and is no city by its class.
    entity(KARACHI, {"en": "Karachi", "fa": "کراچی"}, says("P31", of_item("Q1")), says("P17", of_item(PAKISTAN)),
           says("P625", of_place(24.86, 67.01))),
    city(LOS_ANGELES, USA, (34.05, -118.24), {"mul": "Los Angeles"},
         says("P190", of_item(TEHRAN), P582=of_time("+1979-02-11T00:00:00Z", 11))),
    entity(PAKISTAN, {"en": "Pakistan"}, says("P297", of_text("PK"))),
    entity(USA, {"en": "United States"}, says("P297", of_text("US"))),
    entity(METROPOLIS, {"en": "Metropolis", "fa": "متروپولیس"}, says("P31", of_item("Q43229"))),
    entity(HERITAGE, {"en": "A league"}, says("P31", of_item("Q43229"))),
    entity("Q999", {"fa": "روستا"}, says("P31", of_item(VILLAGE)), says("P17", of_item(IRAN))),
]  # fmt: skip


def lines(entities: list[Entity] | None = None) -> list[bytes]:
    """The entities as a dump has them, one a line."""
    return [
        json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode()
        for one in (ENTITIES if entities is None else entities)
    ]


def dump(entities: list[Entity] | None = None) -> bytes:
    """A whole dump."""
    return b"[\n" + b",\n".join(lines(entities)) + b"\n]\n"


def service_data(entities: list[Entity] | None = None) -> ox.Store:
    """The same as the query service has it: labels, truthy values, statements with rank, qualifiers, references."""
    store = ox.Store()
    store.extend(quad for one in (ENTITIES if entities is None else entities) for quad in _quads(one))
    return store


def _quads(one: Entity) -> Iterator[ox.Quad]:
    node = ox.NamedNode(WD + one["id"])
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    alias = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    for text in one["labels"].values():
        yield ox.Quad(node, label, ox.Literal(text["value"], language=text["language"]))
    for text in (text for several in one["aliases"].values() for text in several):
        yield ox.Quad(node, alias, ox.Literal(text["value"], language=text["language"]))
    for prop, statements in one["claims"].items():
        standing = [told for told in statements if told["rank"] != "deprecated"]
        best = [told for told in standing if told["rank"] == "preferred"] or standing
        for told in statements:
            value = _term(told["mainsnak"])
            if told in best:
                yield ox.Quad(node, ox.NamedNode(f"{PROP}direct/{prop}"), value)
            statement = ox.NamedNode(WD + "statement/" + told["id"].replace("$", "-"))
            yield ox.Quad(node, ox.NamedNode(PROP + prop), statement)
            yield ox.Quad(statement, ox.NamedNode(f"{PROP}statement/{prop}"), value)
            rank = ox.NamedNode(f"{WB}{told['rank'].capitalize()}Rank")
            yield ox.Quad(statement, ox.NamedNode(WB + "rank"), rank)
            for name, snaks in told["qualifiers"].items():
                for each in snaks:
                    full = ox.BlankNode()
                    yield ox.Quad(statement, ox.NamedNode(f"{PROP}qualifier/value/{name}"), full)
                    yield ox.Quad(full, ox.NamedNode(WB + "timeValue"), _term(each))
                    precision = str(each["datavalue"]["value"]["precision"])
                    integer = ox.NamedNode(XSD + "integer")
                    yield ox.Quad(full, ox.NamedNode(WB + "timePrecision"), ox.Literal(precision, datatype=integer))
            for reference in told.get("references", ()):
                place = ox.BlankNode()
                yield ox.Quad(statement, ox.NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom"), place)
                for name, snaks in reference["snaks"].items():
                    for each in snaks:
                        yield ox.Quad(place, ox.NamedNode(f"{PROP}reference/{name}"), _term(each))


def _term(told: dict[str, Any]) -> ox.NamedNode | ox.Literal:
    """A value as the query service's RDF has it: times with their first month and day, longitude before latitude."""
    kind, value = told["datavalue"]["type"], told["datavalue"]["value"]
    match kind:
        case "wikibase-entityid":
            return ox.NamedNode(WD + value["id"])
        case "time":
            time = value["time"].removeprefix("+").replace("-00", "-01")
            return ox.Literal(time, datatype=ox.NamedNode(XSD + "dateTime"))
        case "globecoordinate":
            wkt = f"Point({value['longitude']} {value['latitude']})"
            return ox.Literal(wkt, datatype=ox.NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral"))
        case "quantity":
            return ox.Literal(value["amount"].removeprefix("+"), datatype=ox.NamedNode(XSD + "decimal"))
        case _ if told["property"] == "P854":
            return ox.NamedNode(value)
    return ox.Literal(value)
