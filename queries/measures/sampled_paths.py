"""Shortest paths drawn at random, each pair of ends with its own: many at once, by searches from both ends.

A search begins at both ends of a pair and takes a step from that end whose step is shorter, until the two meet (the
balanced bidirectional search of Borassi and Natale 2019, ACM J. Experimental Algorithmics 24, 1.2: KADABRA). Of all
shortest paths of the pair one is drawn, each as likely as any other (Riondato and Kornaropoulos 2016, Data Mining and
Knowledge Discovery 30, 438-475, algorithm 1). The searches of many pairs are steps of the same arrays.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Matrix = Any

CELLS_AT_ONCE = 2**21
"""Nodes times ends of paths in one table (16 bytes each); in large networks more, for `FEWEST_AT_ONCE` paths."""
FEWEST_AT_ONCE = 4
STEP_WORK = 1000
"""Ties that could be looked at while a step begins."""
MANY_PATHS = 1e100
"""More of them to one node are counted as shares of the most that lead to one of its step."""


class Paths:
    """Draws shortest paths of a network, and counts what they lead through and the work that it takes.

    adjacency: symmetric, ones, an empty diagonal, less than 2**31 / (2 FEWEST_AT_ONCE) nodes.
    """

    def __init__(self, adjacency: Matrix, random: np.random.Generator) -> None:
        self.size: int = adjacency.shape[0]
        self.at_once: int = max(FEWEST_AT_ONCE, CELLS_AT_ONCE // (2 * self.size))
        """Pairs that are searched side by side."""
        self.work = 0
        """Ties looked at, and what steps cost besides."""
        self._starts = adjacency.indptr.astype(np.int32)
        self._neighbours = adjacency.indices.astype(np.int32)
        self._degree = np.diff(self._starts)
        self._random = random
        cells = 2 * self.at_once * self.size
        # Cells by row and node: of n pairs, row i is the first end of pair i, and row n + i its other end.
        self._step, self._paths = np.full(cells, -1, dtype=np.int32), np.zeros(cells)
        self._place = np.zeros(cells, dtype=np.int32)

    def through(self, sources: Array, targets: Array) -> Array:
        """How many of the paths drawn, one a pair, lead through each node between their ends.

        The ends of a pair differ and lie in one component.
        """
        count = np.zeros(self.size, dtype=np.int64)
        for first in range(0, sources.size, self.at_once):
            part = slice(first, first + self.at_once)
            count += self._drawn(np.concatenate([sources[part], targets[part]]).astype(np.int32))
        return count

    def _drawn(self, node: Array) -> Array:
        rows, pairs = node.size, node.size // 2
        row = np.arange(rows, dtype=np.int32)
        cell = self._cell(row, node)
        touched, met = [cell], []
        self._step[cell], self._paths[cell] = 0, 1
        step = np.zeros(rows, dtype=np.int32)
        while row.size:
            ahead = np.bincount(row, weights=self._degree[node], minlength=rows)
            first = ahead[:pairs] <= ahead[pairs:]
            goes = np.concatenate([first, ~first])
            step[goes] += 1
            now = goes[row]
            reached, there, cell = self._reached(row[now], node[now], step)
            touched.append(cell)
            # The two ends meet where the other one's last step led: were it an earlier one, they had met before.
            meets = self._step[self._opposite(cell, pairs)] >= 0
            met.append(cell[meets])
            open_ = np.ones(pairs, dtype=bool)
            open_[reached[meets] % pairs] = False
            open_ = np.concatenate([open_, open_])
            waits, goes_on = ~now & open_[row], open_[reached]
            row = np.concatenate([row[waits], reached[goes_on]])
            node = np.concatenate([node[waits], there[goes_on]])
        count = self._walked(np.concatenate(met), pairs)
        for cell in touched:
            self._step[cell], self._paths[cell] = -1, 0
        return count

    def _cell(self, row: Array, node: Array) -> Array:
        cell: Array = row * np.int32(self.size) + node
        return cell

    def _opposite(self, cell: Array, pairs: int) -> Array:
        """The cell of the same node in the row of the other end."""
        half = np.int32(pairs * self.size)
        return np.where(cell < half, cell + half, cell - half)

    def _reached(self, row: Array, node: Array, step: Array) -> tuple[Array, Array, Array]:
        """Row, node and cell of what ties lead to and is new, each once; the paths to it are counted."""
        paths = self._paths[self._cell(row, node)]
        came, node = self._next(node)
        row = row[came]
        cell = self._cell(row, node)
        new = np.flatnonzero(self._step[cell] < 0)
        came, row, node, cell = came[new], row[new], node[new], cell[new]
        np.add.at(self._paths, cell, paths[came])
        self._step[cell] = step[row]
        order = np.arange(cell.size, dtype=np.int32)
        self._place[cell] = order
        once = np.flatnonzero(self._place[cell] == order)
        row, node, cell = row[once], node[once], cell[once]
        if cell.size and self._paths[cell].max() > MANY_PATHS:
            most = np.zeros(step.size)
            np.maximum.at(most, row, self._paths[cell])
            self._paths[cell] /= most[row]
        return row, node, cell

    def _next(self, node: Array) -> tuple[Array, Array]:
        """The neighbours of nodes, one after the other, and the place of the node that each is a neighbour of."""
        many = self._degree[node]
        came = np.repeat(np.arange(node.size, dtype=np.int32), many)
        self.work += came.size + STEP_WORK
        skipped = self._starts[node] - np.cumsum(many, dtype=np.int32) + many
        return came, self._neighbours[skipped[came] + np.arange(came.size, dtype=np.int32)]

    def _walked(self, meeting: Array, pairs: int) -> Array:
        """From a node where the ends meet, drawn by how many paths lead over it, back to both of them."""
        opposite = self._opposite(meeting, pairs)
        row = np.minimum(meeting, opposite) // np.int32(self.size)
        meeting = meeting[self._pick(row, self._paths[meeting] * self._paths[opposite])]
        opposite = self._opposite(meeting, pairs)
        between = (self._step[meeting] > 0) & (self._step[opposite] > 0)
        count = np.bincount(meeting[between] % self.size, minlength=self.size)
        cell = np.concatenate([meeting, opposite])
        while (cell := cell[self._step[cell] > 1]).size:
            row, node = np.divmod(cell, np.int32(self.size))
            came, before = self._next(node)
            before = self._cell(row[came], before)
            nearer = self._step[before] == self._step[cell][came] - 1
            came, before = came[nearer], before[nearer]
            cell = before[self._pick(came, self._paths[before])]
            count += np.bincount(cell % self.size, minlength=self.size)
        return count

    def _pick(self, group: Array, weight: Array) -> Array:
        """A place of each group, by chance in proportion to the weights."""
        order = np.argsort(group, kind="stable")
        weight = weight[order]
        first = np.flatnonzero(np.diff(group[order], prepend=-1))
        share = weight / np.repeat(np.add.reduceat(weight, first), np.diff(first, append=weight.size))
        wanted = np.arange(first.size) + self._random.random(first.size)
        last = np.append(first[1:], weight.size) - 1
        return order[np.clip(np.searchsorted(np.cumsum(share), wanted, side="right"), first, last)]
