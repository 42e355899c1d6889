"""A second look at everything that a store holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from citydiplomacy.errors import MissingExtraError
from citydiplomacy.ontology.checks import Severity, check_ontology
from citydiplomacy.ontology.terms import BASE

from .covered import disagreements
from .model.checks import cycles, problems
from .model.records import City, Mission
from .model.schema import REGISTRY, by_folder
from .rdf.context import used_terms
from .rdf.graph_names import DEFAULT, ONTOLOGY_GRAPH
from .store.reader import Store


class Finding(NamedTuple):
    """Something that is not as it should be."""

    severity: str
    """ERROR or WARN."""
    record: str
    property: str
    message: str
    value: str


def validate(store: Store, *, shacl: bool = False, lang: str = "en") -> list[Finding]:
    """Check every record as each source tells it, circles in the merged view, whether sources tell what they say they
    cover, the store's ontology, and with `shacl` the shapes, whose messages come in English (`en`) or Persian (`fa`).

    Raises MissingExtraError if the shapes are asked for and pySHACL is not installed.
    """
    findings = []
    for source in sorted(store.manifest.sources):
        for record in store.records(source=source):
            findings += [
                Finding("ERROR", f"{record.id} in {source}", found.property, found.message, found.value)
                for found in problems(record)
            ]
    hierarchical = [schema for schema in REGISTRY.values() if schema.hierarchies]
    for circle in cycles(record for schema in hierarchical for record in store.records(schema.cls)):
        entry = by_folder(circle[0])
        upwards = entry.hierarchies if entry else ()
        names, verbs = (" ".join(getattr(prop, name) for prop in upwards) for name in ("name", "hierarchy"))
        findings.append(Finding("ERROR", circle[0], names, f"{verbs} itself", " > ".join((*circle, circle[0]))))
    findings += _missions_at_home(store)
    findings += [Finding("WARN", *found) for found in disagreements(store)]
    return findings + _ontology(store) + (_shacl(store, lang) if shacl else [])


def _missions_at_home(store: Store) -> list[Finding]:
    """Missions of a city's own state, which would be counted among those of foreign ones."""
    home = {city.id: city.country for city in store.records(City)}
    return [
        Finding("WARN", mission.id, "sender", "the host's own country: no mission of a foreign state", mission.sender)
        for mission in store.records(Mission)
        if home.get(mission.host) == mission.sender
    ]


def _ontology(store: Store) -> list[Finding]:
    """What breaks the checks of the ontology, with the name of the check; remarks are left out."""
    quads = store.quads(ONTOLOGY_GRAPH.removeprefix(BASE))
    return [
        Finding(found.severity.name, found.subject.removeprefix(BASE), found.check, found.message, "")
        for found in check_ontology(quads, used_terms())
        if found.severity < Severity.INFO
    ]


def _shacl(store: Store, lang: str) -> list[Finding]:
    try:
        import pyshacl
    except ImportError:
        raise MissingExtraError("pySHACL", "shacl", "Checking the shapes") from None
    import rdflib
    from rdflib.namespace import SH

    from .rdf.shapes import FILE

    lines = (f"{quad.triple} .\n" for quad in store.quads() if quad.graph_name == DEFAULT)
    data = rdflib.Graph().parse(data="".join(lines), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=str(FILE), shacl_graph_format="turtle")
    assert isinstance(report, rdflib.Graph)
    return sorted(
        Finding(
            "WARN" if report.value(result, SH.resultSeverity) == SH.Warning else "ERROR",
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultPath) or ""),
            _message(report.objects(result, SH.resultMessage), lang),
            str(report.value(result, SH.value) or ""),
        )
        for result in report.objects(None, SH.result)
    )


def _message(messages: Iterable[Any], lang: str) -> str:
    """What a shape says, in a language; else in whichever it says it."""
    said = sorted(messages, key=lambda message: (message.language != lang, str(message)))
    return str(said[0]) if said else ""
