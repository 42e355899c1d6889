"""The terms of the vocabulary as Python names. Plain strings, so that a saved question starts without an RDF library.

`tests/ontology` holds these equal to the Turtle files and to rdflib's own namespaces.
"""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/citydiplomacy/"
"""Records and concepts are BASE + id, for example BASE + 'city/mashhad' or BASE + 'role/board-member'."""


class Namespace:
    """An IRI prefix whose attributes are full IRIs: `CD.Agreement`. `str()` of it is the prefix itself."""

    def __init__(self, iri: str) -> None:
        self._iri = iri

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        iri = self._iri + name
        setattr(self, name, iri)  # the next one to ask need not come here
        return iri

    def __str__(self) -> str:
        return self._iri


CD: Final = Namespace(BASE + "ontology#")
RDF: Final = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL: Final = Namespace("http://www.w3.org/2002/07/owl#")
XSD: Final = Namespace("http://www.w3.org/2001/XMLSchema#")
ORG: Final = Namespace("http://www.w3.org/ns/org#")
SKOS: Final = Namespace("http://www.w3.org/2004/02/skos/core#")
PROV: Final = Namespace("http://www.w3.org/ns/prov#")
QB: Final = Namespace("http://purl.org/linked-data/cube#")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
DCTERMS: Final = Namespace("http://purl.org/dc/terms/")
SCHEMA: Final = Namespace("https://schema.org/")
WGS84: Final = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
EDTF: Final = "http://id.loc.gov/datatypes/edtf/EDTF"

PREFIXES: Final[dict[str, str]] = {
    "cd": str(CD),
    "id": BASE,
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "owl": str(OWL),
    "xsd": str(XSD),
    "org": str(ORG),
    "skos": str(SKOS),
    "prov": str(PROV),
    "qb": str(QB),
    "oa": str(OA),
    "dcterms": str(DCTERMS),
    "schema": str(SCHEMA),
    "wgs84": str(WGS84),
}
"""The prefixes that questions, exports and the JSON-LD context share."""
