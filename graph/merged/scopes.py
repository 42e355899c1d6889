"""Areas that organisations are said to be open to, and that no country is in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyoxigraph as ox

from citydiplomacy.errors import InputError
from citydiplomacy.ontology.terms import CD

from ..model.sources import Place
from ..rdf.graph_names import DEFAULT, id_of, value

_PARTS = tuple(ox.NamedNode(predicate) for predicate in (CD.comprises, CD.mayComprise))


def refuse_empty(database: ox.Store, told: Mapping[str, Callable[[str], Place | None]]) -> None:
    """Raise InputError for a source told just now by which a body is open to an area without a country.

    told: where each source told now refers to an id first.
    """
    for quad in database.quads_for_pattern(None, ox.NamedNode(CD.openTo), None, None):
        if quad.graph_name == DEFAULT:
            continue
        source, area = (id_of(term) for term in (quad.graph_name, quad.object))
        if source not in told or area.startswith("country/"):
            continue
        region = ox.NamedNode(value(quad.object))
        if any(next(iter(database.quads_for_pattern(region, part, None, None)), None) for part in _PARTS):
            continue
        place = told[source](area)
        raise InputError(
            f"{id_of(quad.subject)} is open to {area}, and no country is in it",
            file=place.file if place else None,
            line=place.line if place else None,
            column=place.column if place else None,
            value=area,
            expected="a country, or a region of which it is told what it comprises",
            hint="Tell the countries or world regions of the area in a row of regions, under comprises.",
        )
