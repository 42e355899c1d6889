"""The terms of the vocabulary as Python names. Plain strings, so that a saved question starts without an RDF library.

`tests/ontology` holds these equal to the Turtle files and to rdflib's own namespaces.
"""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/citydiplomacy/"
"""Records and concepts are BASE + id, for example BASE + 'city/mashhad' or BASE + 'role/board-member'."""


class Namespace(str):
    """An IRI prefix whose attributes and items are full IRIs: `CD.Agreement`, `RDF["type"]`."""

    __slots__ = ()

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return f"{self}{name}"

    def term(self, name: str) -> str:
        """The full IRI of a name that is also a method of str, such as `title`."""
        return f"{self}{name}"


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
    "cd": CD,
    "id": BASE,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "org": ORG,
    "skos": SKOS,
    "prov": PROV,
    "qb": QB,
    "oa": OA,
    "dcterms": DCTERMS,
    "schema": SCHEMA,
    "wgs84": WGS84,
}
"""The prefixes that questions, exports and the JSON-LD context share."""
