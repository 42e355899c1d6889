"""A second look at everything that a store holds."""

from __future__ import annotations

from typing import NamedTuple

from citydiplomacy.errors import MissingExtraError

from ..model.checks import HIERARCHIES, cycles, problems
from ..model.schema import REGISTRY
from ..rdf.graph_names import DEFAULT
from .reader import Store


class Finding(NamedTuple):
    """Something that is not as it should be."""

    severity: str
    """ERROR or WARN."""
    record: str
    property: str
    message: str
    value: str


def validate(store: Store, *, shacl: bool = False) -> list[Finding]:
    """Check every record as each source tells it, circles in the merged view, and with `shacl` the shapes.

    Raises MissingExtraError if the shapes are asked for and pySHACL is not installed.
    """
    findings = []
    for source in sorted(store.manifest.sources):
        for record in store.records(source=source):
            findings += [
                Finding("ERROR", f"{record.id} in {source}", found.property, found.message, found.value)
                for found in problems(record)
            ]
    for circle in cycles(record for name in HIERARCHIES for record in store.records(REGISTRY[name].cls)):
        property_ = next(field for name, field in HIERARCHIES.items() if circle[0].startswith(REGISTRY[name].folder))
        findings.append(Finding("ERROR", circle[0], property_, "is part of itself", " > ".join((*circle, circle[0]))))
    return findings + (_shacl(store) if shacl else [])


def _shacl(store: Store) -> list[Finding]:
    try:
        import pyshacl
    except ImportError:
        raise MissingExtraError("pySHACL", "shacl", "Checking the shapes") from None
    import rdflib
    from rdflib.namespace import SH

    from ..rdf.shapes import FILE

    lines = (f"{quad.triple} .\n" for quad in store.quads() if quad.graph_name == DEFAULT)
    data = rdflib.Graph().parse(data="".join(lines), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=str(FILE), shacl_graph_format="turtle")
    assert isinstance(report, rdflib.Graph)
    return sorted(
        Finding(
            "WARN" if report.value(result, SH.resultSeverity) == SH.Warning else "ERROR",
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultPath) or ""),
            str(report.value(result, SH.resultMessage) or ""),
            str(report.value(result, SH.value) or ""),
        )
        for result in report.objects(None, SH.result)
    )
