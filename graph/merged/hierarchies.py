"""Circles that sources make together: one says that a theme is above another, a second says the contrary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from itertools import pairwise

import pyoxigraph as ox

from citydiplomacy.errors import InputError

from ..model.checks import circle
from ..model.schema import REGISTRY
from ..rdf.graph_names import DEFAULT, ONTOLOGY_GRAPH, id_of, value

Claims = dict[tuple[str, str], set[str]]
"""(A record, one directly above it) -> the sources that say so."""


def _claims(database: ox.Store, predicate: str) -> Claims:
    """What all sources say of a hierarchy."""
    said: Claims = defaultdict(set)
    for quad in database.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
        graph = quad.graph_name
        if graph != DEFAULT and value(graph) != str(ONTOLOGY_GRAPH):
            lower, upper = (id_of(term) for term in (quad.subject, quad.object))
            said[lower, upper].add(id_of(graph))
    return said


def _find_circle(said: Claims) -> list[tuple[str, str, str]]:
    """A way along a hierarchy back to where it began: (record, the one above it, a source that says so) a step."""
    above: dict[str, list[str]] = defaultdict(list)
    for lower, upper in sorted(said):
        above[lower].append(upper)
    return [(lower, upper, min(said[lower, upper])) for lower, upper in pairwise(circle(above))]


def refuse_circles(database: ox.Store, told: Collection[str]) -> None:
    """Raise InputError for a circle that sources told just now make, by themselves or with others.

    An old circle does not keep others from loading.
    """
    for prop in [prop for schema in REGISTRY.values() for prop in schema.hierarchies]:
        said = _claims(database, prop.predicate)
        while steps := _find_circle(said):
            sources = {source for _, _, source in steps}
            if sources.isdisjoint(told):
                del said[steps[0][:2]]
                continue
            verb = prop.hierarchy
            words = "; ".join(f"{lower} < {upper} ({source})" for lower, upper, source in steps)
            raise InputError(
                f"{steps[0][0]} {verb} itself by what sources say together: {words}",
                hint="Take one of these out of its source, or load only one of the sources.",
            )
