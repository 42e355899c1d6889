"""Cities that a source says it covers, and of which it tells nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from citydiplomacy.errors import InputError
from citydiplomacy.ontology.terms import CD, DCTERMS

from ..model.sources import Place
from ..rdf.graph_names import DEFAULT, id_of

_COVERS = ox.NamedNode(CD.covers)


def untold(database: ox.Store) -> Iterator[tuple[str, str]]:
    """(source, city or country) of which neither the source nor one that was loaded with it tells a word.

    A row of the city alone is enough: whoever looked and found no tie says so by naming the city.
    """
    part_of = ox.NamedNode(DCTERMS.isPartOf)
    for quad in database.quads_for_pattern(None, _COVERS, None, None):
        source, covered = quad.subject, quad.object
        if quad.graph_name != source:  # the merged view
            continue
        whole = next((each.object for each in database.quads_for_pattern(source, part_of, None, DEFAULT)), source)
        parts = (each.subject for each in database.quads_for_pattern(None, part_of, whole, DEFAULT))
        if not any(_tells(database, graph, covered) for graph in (whole, *parts)):
            yield id_of(source), id_of(covered)


def _tells(database: ox.Store, graph: Any, covered: Any) -> bool:
    if next(iter(database.quads_for_pattern(covered, None, None, graph)), None):
        return True
    return any(quad.predicate != _COVERS for quad in database.quads_for_pattern(None, None, covered, graph))


def refuse_untold(database: ox.Store, told: Mapping[str, Callable[[str], Place | None]]) -> None:
    """Raise InputError for a source told just now that covers what it tells nothing of.

    told: where each source told now refers to an id first.
    """
    for source, covered in sorted(untold(database)):
        if source not in told:
            continue
        place = told[source](covered)
        raise InputError(
            f"{source} says that it covers {covered}, and tells nothing of it",
            file=place.file if place else None,
            line=place.line if place else None,
            column=place.column if place else None,
            value=covered,
            expected="cities that this source, or one loaded with it, tells of",
            hint="Take it out of covers; or, if it was looked for and has no ties, name it in a row of cities.",
        )
