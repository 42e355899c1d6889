"""Cities and the organisations they are in, as a matrix; and what ties cities to one another by it.

A projection onto cities forgets the organisations: one of n members becomes n(n - 1)/2 ties, so that a big organisation
makes a clique, and high degree and clustering say only that. The two-mode network and `centrality.interlock` come first
for that reason; `newman` weighs big organisations down, and `backbone.py` keeps what chance does not explain.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import block_array, csr_array, diags_array, triu

from .centrality import Matrix, Ties


@dataclass(frozen=True)
class TwoMode:
    """Sorted cities and organisations, and what a city's place in an organisation is worth (rows cities)."""

    cities: tuple[Any, ...]
    organizations: tuple[Any, ...]
    value: Matrix

    @classmethod
    def of(cls, values: Mapping[tuple[Any, Hashable], float]) -> TwoMode:
        """From (city, organisation) -> service value; a value of 0 is no place, but its ends stay."""
        cities = tuple(sorted({city for city, _ in values}, key=str))
        organizations = tuple(sorted({organization for _, organization in values}, key=str))
        row = {city: i for i, city in enumerate(cities)}
        column = {organization: j for j, organization in enumerate(organizations)}
        cells = sorted((row[city], column[organization], v) for (city, organization), v in values.items() if v)
        rows, columns, data = zip(*cells, strict=True) if cells else ((), (), ())
        ends = np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)
        matrix = csr_array((np.array(data, dtype=np.float64), ends), shape=(len(cities), len(organizations)))
        return cls(cities, organizations, matrix)

    @cached_property
    def belongs(self) -> Matrix:
        """The same matrix with ones."""
        return csr_array((np.ones_like(self.value.data), self.value.indices, self.value.indptr), self.value.shape)

    @property
    def ties(self) -> Ties:
        """The bipartite network itself: cities, then organisations, tied by service values."""
        blocks = [
            [csr_array((len(self.cities),) * 2), self.value],
            [self.value.T, csr_array((len(self.organizations),) * 2)],
        ]
        return Ties((*self.cities, *self.organizations), csr_array(block_array(blocks)))

    def shared(self) -> Matrix:
        """How many organisations two cities share: symmetric, an empty diagonal."""
        return _off_diagonal(self.belongs @ self.belongs.T)

    def newman(self) -> Matrix:
        """w_ij = sum over shared organisations k of 1 / (n_k - 1), n_k being its cities: symmetric, an empty diagonal.

        Newman 2001, Physical Review E 64, 016132. A city's strength is then the number of its organisations that
        have another city.
        """
        others = self.belongs.sum(axis=0) - 1
        weight = np.divide(1, others, out=np.zeros(others.size), where=others > 0)
        return _off_diagonal(self.belongs @ diags_array(weight) @ self.belongs.T)


def _off_diagonal(matrix: Matrix) -> Matrix:
    upper = triu(matrix, 1)
    both = csr_array(upper + upper.T)
    both.eliminate_zeros()
    return both
