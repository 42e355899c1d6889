"""Which network a city is likely to join: the parts of a conditional logit (`choice`) over organisations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from citydiplomacy.graph.globe import great_circle

from .centrality import Array
from .choice import PRIOR, Cities
from .projections import TwoMode

NEAREST_KM = 5.0
"""Nearer than this is not told apart."""
AT_ONCE = 2**22
"""Cells of an array of distances."""


def parts(places: TwoMode, known: Cities, rows: Sequence[int] | Array) -> dict[str, Array]:
    """What counts, by name: a row for each of some cities, a column for each organisation; NaN is unknown.

    known: of each of `places.cities`.
    """
    belongs, country = places.belongs, known.country
    own = belongs[rows].toarray()
    inside, expected = of_country(places, country)
    of_known = country[rows][:, None] >= 0
    _, away = nearest(places, known, rows)
    return {
        "members": np.log1p(np.asarray(belongs.sum(axis=0))[None, :] - own),
        "countries": np.where(of_known, np.log((inside + PRIOR) / (expected + PRIOR))[country[rows]], np.nan),
        "company": own @ company(places) / np.maximum(own.sum(axis=1, keepdims=True), 1),
        "nearest": np.log(np.maximum(away, NEAREST_KM)),
    }


def of_country(places: TwoMode, country: Array) -> tuple[Array, Array]:
    """How many cities of each country (rows) are in each organisation, and how many would be by lot: each country
    keeping the number of its places, and each organisation that of its members of known country.
    """
    known = np.flatnonzero(country >= 0)
    inside = np.zeros((int(country.max(initial=0)) + 1, len(places.organizations)))
    cities, organizations = places.belongs[known].nonzero()
    np.add.at(inside, (country[known][cities], organizations), 1)
    return inside, np.outer(inside.sum(axis=1), inside.sum(axis=0)) / max(inside.sum(), 1)


def company(places: TwoMode) -> Array:
    """ln of the cities that two organisations share over those that they would by lot, among cities of two or more."""
    several = places.belongs[np.flatnonzero(np.asarray(places.belongs.sum(axis=1)) > 1)]
    number = np.asarray(several.sum(axis=0))
    shared = (several.T @ several).toarray()
    found = np.log((shared + PRIOR) / (np.outer(number, number) / max(several.shape[0], 1) + PRIOR))
    np.fill_diagonal(found, 0)
    return np.asarray(found)


def nearest(places: TwoMode, known: Cities, rows: Sequence[int] | Array) -> tuple[Array, Array]:
    """The nearest other member of each organisation, seen from some cities, and how far it is in km.

    NaN where no place is known; who is meaningless then.
    """
    rows = np.asarray(rows)
    away = np.full((rows.size, len(places.organizations)), np.nan)
    who = np.zeros(away.shape, dtype=np.int64)
    columns = places.belongs.tocsc()
    for at in range(len(places.organizations)):
        members = columns.indices[columns.indptr[at] : columns.indptr[at + 1]]
        members = members[np.isfinite(known.latitude[members])]
        if not members.size:
            continue
        there = known.latitude[members], known.longitude[members]
        for some in np.array_split(np.arange(rows.size), rows.size * members.size // AT_ONCE + 1):
            here = rows[some][:, None]
            found = great_circle(known.latitude[here], known.longitude[here], *there, np)
            found = np.where((here == members) | np.isnan(found), np.inf, found)
            who[some, at] = members[found.argmin(axis=1)]
            found = found.min(axis=1)
            away[some, at] = np.where(np.isfinite(found), found, np.nan)
    return who, away
