"""The graphs of a store and the text of its terms."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from citydiplomacy.ontology.terms import BASE

DEFAULT: Final = ox.DefaultGraph()
"""The merged view."""

ONTOLOGY_GRAPH: Final = BASE + "ontology"
"""The graph that the store keeps the ontology in, beside the merged view."""


def value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph) -> str:
    """The text of a term; the store holds no quoted triples, and the default graph has no name."""
    assert not isinstance(term, ox.Triple | ox.DefaultGraph)
    return term.value


def id_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph) -> str:
    """The id of what a term names, or the text of the term if it names nothing of ours."""
    return value(term).removeprefix(BASE)
