"""Where the nodes of a network stand: computed once, before drawing, the same for the page and the figure.

The largest component is laid out alone, so that it fills the picture; the others are laid out one by one and packed
round it. Attraction along ties and repulsion between all nodes follow ForceAtlas2 (Jacomy et al. 2014,
doi:10.1371/journal.pone.0098679). For large components the repulsion is taken from a grid by a fast Fourier transform
(as Linderman et al. 2019 do for t-SNE, doi:10.1038/s41592-018-0308-4), so that the time grows almost linearly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from .style import radii

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

GAP = 14.0
"""Room kept between two marks, in the layout's units (pixels at the page's first zoom of a small network)."""
_EXACT = 400
"""Components up to this size compute every pair; above, the grid is faster and as good."""
_GRID = 128


def layout(graph: nx.Graph[Any], *, seed: int = 20) -> dict[Any, tuple[float, float]]:
    """Positions of all nodes, x to the right and y downwards, round (0, 0); the same graph and seed give the same.

    Nodes that all carry `x` and `y` stand there. Marks of the radius that `style.radii` gives do not overlap.
    """
    if len(graph) and all("x" in data and "y" in data for _, data in graph.nodes(data=True)):
        return {node: (float(data["x"]), float(data["y"])) for node, data in graph.nodes(data=True)}
    radius = radii(graph)
    names = {node: place for place, node in enumerate(sorted(graph, key=str))}
    plain: nx.Graph[Any] = nx.Graph()
    plain.add_nodes_from(names)
    plain.add_edges_from(graph.edges())
    components = [sorted(nodes, key=names.__getitem__) for nodes in nx.connected_components(plain)]
    components.sort(key=lambda nodes: (-len(nodes), names[nodes[0]]))
    rng = np.random.default_rng(seed)
    parts = []
    for nodes in components:
        sizes = np.array([radius[node] for node in nodes]) + GAP / 2
        parts.append((_component(plain, nodes, sizes, rng), sizes))
    placed = _pack(parts)
    return {
        node: (round(float(x), 1), round(float(y), 1))
        for nodes, points in zip(components, placed, strict=True)
        for node, (x, y) in zip(nodes, points, strict=True)
    }


def _component(graph: nx.Graph[Any], nodes: list[Any], sizes: Points, rng: np.random.Generator) -> Points:
    """Positions of one connected component round its middle, its long side lying flat."""
    if len(nodes) == 1:
        return np.zeros((1, 2))
    index = {node: place for place, node in enumerate(nodes)}
    pairs = {(index[a], index[b]) for a in nodes for b in graph[a] if index[a] < index[b]}
    ties = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    points = _settle(_spectral(len(nodes), ties, rng), ties)
    points -= points.mean(axis=0)
    points = points @ np.linalg.svd(points, full_matrices=False)[2].T
    # Room for the marks and, in a small network, for their labels: so many times the area that the marks need.
    room = max(6.0, 30 - 1.6 * np.sqrt(len(nodes)))
    spread = np.sqrt((sizes**2).mean() * room * len(nodes) / max(float(np.prod(np.ptp(points, axis=0))), 1e-9))
    if len(nodes) <= 3:
        spread = 4 * sizes.max() / max(float(np.ptp(points[:, 0])), 1e-9)
    return _separate(points * spread, sizes)


def _spectral(number: int, ties: NDArray[np.int64], rng: np.random.Generator) -> Points:
    """A start that already shows the large shape: distances to a few far-apart pivots, seen from two sides.

    Pivot MDS (Brandes and Pich 2007, doi:10.1007/978-3-540-70904-6_6), with a little noise to part twins.
    """
    from scipy.sparse import csr_array

    ends = np.concatenate((ties, ties[:, ::-1]))
    matrix = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(number, number))
    nearest = np.full(number, np.inf)
    columns = []
    pivot = 0
    for _ in range(min(50, number)):
        distance = _steps(matrix, pivot)
        columns.append(distance)
        nearest = np.minimum(nearest, distance)
        pivot = int(nearest.argmax())
    squares = np.column_stack(columns) ** 2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    left, values, _ = np.linalg.svd(centred, full_matrices=False)
    points = np.zeros((number, 2))
    points[:, : min(2, left.shape[1])] = left[:, :2] * values[:2]
    points /= max(float(np.abs(points).max()), 1e-9)
    noise: Points = rng.normal(0, 0.3, (number, 2))
    return points * float(np.sqrt(number)) + noise


def _steps(matrix: Any, pivot: int) -> Points:
    """How many ties each node is away from one: all are reached. scipy has it too, and takes longer to be read."""
    distance = np.full(matrix.shape[0], np.inf)
    fresh = np.zeros(matrix.shape[0])
    fresh[pivot] = 1
    step = 0
    while fresh.any():
        distance[fresh > 0] = step
        step += 1
        fresh = ((matrix @ fresh > 0) & np.isinf(distance)).astype(float)
    return distance


def _settle(points: Points, ties: NDArray[np.int64]) -> Points:
    """Let attraction and repulsion find their balance, with steps that grow smaller."""
    number = len(points)
    degree = np.bincount(ties.ravel(), minlength=number).astype(float)
    mass = degree + 1
    rounds = 250 if number <= _EXACT else 200
    repel = _repulsion_exact if number <= _EXACT else _repulsion_grid
    for turn in range(rounds):
        along = points[ties[:, 1]] - points[ties[:, 0]]
        force = repel(points, mass)
        for axis in (0, 1):
            force[:, axis] += np.bincount(ties[:, 0], along[:, axis], number)
            force[:, axis] -= np.bincount(ties[:, 1], along[:, axis], number)
        force -= 0.05 * points * mass[:, None]  # gravity keeps far branches in the picture
        step = force / mass[:, None]
        length = np.hypot(step[:, 0], step[:, 1])
        limit = 0.15 * np.sqrt(number) * (1 - turn / rounds) + 1e-3
        points = points + step * np.minimum(0.5, limit / np.maximum(length, 1e-12))[:, None]
    return points


def _repulsion_exact(points: Points, mass: Points) -> Points:
    """The sum over all others of mass times mass over distance."""
    dx = points[:, 0, None] - points[None, :, 0]
    dy = points[:, 1, None] - points[None, :, 1]
    weight = mass[:, None] * mass[None, :] / (dx * dx + dy * dy + 0.01)
    return np.column_stack([(dx * weight).sum(axis=1), (dy * weight).sum(axis=1)])


def _repulsion_grid(points: Points, mass: Points) -> Points:
    """The same from a grid: spread the masses over cells, convolve with the force's kernel, read it at the nodes."""
    from scipy.fft import irfft2, rfft2

    low = points.min(axis=0)
    cell = max(float(np.ptp(points, axis=0).max()), 1e-9) / (_GRID - 2)
    place = (points - low) / cell
    base = place.astype(np.int64)
    part = place - base
    corners = [
        (base[:, 0] + i, base[:, 1] + j, np.abs(1 - i - part[:, 0]) * np.abs(1 - j - part[:, 1]))
        for i in (0, 1)
        for j in (0, 1)
    ]
    grid = np.zeros((_GRID, _GRID))
    for i, j, share in corners:
        grid += np.bincount(i * _GRID + j, share * mass, _GRID * _GRID).reshape(_GRID, _GRID)
    offset = np.fft.fftfreq(2 * _GRID, 1 / (2 * _GRID))
    x, y = offset[:, None], offset[None, :]
    square = (x * x + y * y + 0.25) * cell
    padded = (2 * _GRID, 2 * _GRID)
    spectrum = rfft2(grid, padded)
    force = np.zeros_like(points)
    for axis, kernel in ((0, x / square), (1, y / square)):
        field = irfft2(spectrum * rfft2(kernel), padded)
        for i, j, share in corners:
            force[:, axis] += share * field[i, j]
    return force * mass[:, None]


def _separate(points: Points, sizes: Points) -> Points:
    """Push marks apart that overlap, a little at a time, so that the shape stays."""
    for _ in range(60):
        pairs = _near(points, 2 * float(sizes.max()))
        if not len(pairs):
            break
        a, b = pairs[:, 0], pairs[:, 1]
        along = points[b] - points[a]
        distance = np.hypot(along[:, 0], along[:, 1])
        overlap = sizes[a] + sizes[b] - distance
        close = overlap > 0.5
        if not close.any():
            break
        a, b = a[close], b[close]
        push = along[close] / np.maximum(distance[close], 1e-9)[:, None] * (overlap[close] / 2)[:, None]
        points = points.copy()
        for axis in (0, 1):
            points[:, axis] += np.bincount(b, push[:, axis], len(points)) - np.bincount(a, push[:, axis], len(points))
    return points


def _near(points: Points, reach: float) -> NDArray[np.int64]:
    """The pairs of points that are no farther apart, each once."""
    if len(points) <= _EXACT:
        apart = np.hypot(*(points[:, None, axis] - points[None, :, axis] for axis in (0, 1)))
        return np.argwhere(np.triu(apart <= reach, 1))
    from scipy.spatial import cKDTree

    return cKDTree(points).query_pairs(reach, output_type="ndarray")


def _pack(parts: list[tuple[Points, Points]]) -> list[Points]:
    """Place components as discs on a raster, each in the free spot nearest to the middle, sideways first."""
    if not parts:
        return []
    reach = [float((np.hypot(*points.T) + sizes).max()) for points, sizes in parts]
    if len(parts) == 1:
        return [parts[0][0]]
    points, sizes = parts[0]
    cell = float(np.median(sizes))
    half = (
        int(np.ceil(np.hypot(reach[0], np.sqrt(sum(r * r for r in reach[1:])) * 2.2) / cell)) + int(reach[1] / cell) + 6
    )
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    # The first component takes its convex hull and a margin: what stands inside would look as if it belonged to it.
    taken = np.ones(x.shape, dtype=bool)
    for angle in np.linspace(0, 2 * np.pi, 32, endpoint=False):
        side = np.array([np.cos(angle), np.sin(angle)])
        taken &= x * side[0] + y * side[1] <= (points @ side + sizes).max() / cell + max(1.0, half / 30)
    order = np.argsort((x / 1.5) ** 2 + y**2, axis=None, kind="stable")
    spots = np.column_stack(np.unravel_index(order, taken.shape))
    placed, start, last = [points], 0, 0
    for (points, _), radius in zip(parts[1:], reach[1:], strict=True):
        need = int(np.ceil(radius / cell))
        if need != last:
            start, last = 0, need
        while True:
            row, column = spots[start]
            start += 1
            window = taken[max(row - need, 0) : row + need + 1, max(column - need, 0) : column + need + 1]
            if need <= row <= 2 * half - need and need <= column <= 2 * half - need and not window.any():
                break
        window[:] = True
        placed.append(points + (np.array([column, row]) - half) * cell)
    return placed
