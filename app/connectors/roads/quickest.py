"""Quickest ways over a road graph: by contraction hierarchies where they are built, else Dijkstra.

A way is the quickest for the time it takes, and of ways as quick the shortest. Both are weighed in
one whole number, `WEIGHT` to a tenth of a second and one to a metre: only a way that saves more
than a kilometre may be a tenth of a second slower.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.connectors.roads.graph import CLOSED, RoadGraph
from app.domain.travel import VehicleProfile

Whole = NDArray[np.int64]

WEIGHT = 1024
#: In Dijkstra's floats a weight and the tenths of its way stand together, exactly: 2^53 in all.
_TENTHS_BITS = 21
_ROWS = 64


class Quickest(Protocol):
    """Answers for one kind of vehicle; crossings are numbers, an unreachable one is -1."""

    def table(self, sources: Sequence[int], targets: Sequence[int]) -> tuple[Whole, Whole]:
        """Tenths of a second, and metres, from each source (row) to each target (column)."""

    def way(self, source: int, target: int) -> list[int] | None:
        """The arcs of the way, or None."""


def quickest_ways(graph: RoadGraph, profile: VehicleProfile, folder: Path | None) -> Quickest:
    """The fastest engine that this machine has; `folder` keeps what it prepares."""
    try:
        import pyroutingkit  # noqa: F401 - no wheel on every platform
    except ImportError:
        return Dijkstra(graph, profile)
    return Hierarchy(graph, profile, folder)


def _weights(graph: RoadGraph, tenths: NDArray[np.uint32]) -> NDArray[np.int64]:
    whole = tenths.astype(np.int64) * WEIGHT + graph.metres
    return np.where(tenths == CLOSED, CLOSED, whole)


class Hierarchy:
    """Customizable contraction hierarchies (Dibbelt, Strasser and Wagner 2016) of RoutingKit."""

    def __init__(self, graph: RoadGraph, profile: VehicleProfile, folder: Path | None) -> None:
        from pyroutingkit import CCHMetric  # heavy

        topology = _topology(graph, folder)
        tenths = graph.tenths(profile)
        self._time = CCHMetric(topology)
        self._time.customize(tenths)
        self._both = CCHMetric(topology)
        self._both.customize(_weights(graph, tenths).astype(np.uint32))

    def table(self, sources: Sequence[int], targets: Sequence[int]) -> tuple[Whole, Whole]:
        rows, columns = np.array(sources, np.uint32), np.array(targets, np.uint32)
        tenths = self._time.distances_many_to_many(rows, columns).astype(np.int64)
        both = self._both.distances_many_to_many(rows, columns).astype(np.int64)
        known = (tenths < CLOSED) & (both < CLOSED)
        return np.where(known, tenths, -1), np.where(known, both - WEIGHT * tenths, -1)

    def way(self, source: int, target: int) -> list[int] | None:
        length, _crossings, arcs = self._both.query(source, target)
        return None if length >= CLOSED else list(arcs)


def _topology(graph: RoadGraph, folder: Path | None) -> object:
    """The order of contraction, prepared once and kept beside the graph."""
    from pyroutingkit import CCHTopology

    topology = CCHTopology()
    if folder is not None and folder.is_dir():
        topology.load(str(folder))
        if topology.node_count == graph.crossings and topology.arc_count == graph.arcs:
            return topology
        topology = CCHTopology()
    topology.build(
        graph.tail,
        graph.head,
        graph.latitude.astype(np.float32),
        graph.longitude.astype(np.float32),
        graph.crossings,
    )
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        topology.save(str(folder))
    return topology


class Dijkstra:
    """Dijkstra's algorithm, one search for each source: exact, everywhere, for towns."""

    def __init__(self, graph: RoadGraph, profile: VehicleProfile) -> None:
        from scipy.sparse import csr_array  # heavy

        tenths = graph.tenths(profile)
        allowed = np.flatnonzero(tenths != CLOSED)
        weights = (_weights(graph, tenths) << _TENTHS_BITS) + tenths
        best = allowed[np.argsort(weights[allowed], kind="stable")]
        pairs = graph.tail[best].astype(np.int64) * graph.crossings + graph.head[best]
        _, first = np.unique(pairs, return_index=True)  # of two arcs between the same, the quicker
        self._arcs = best[first]
        self._pairs = pairs[first]
        self._count = graph.crossings
        self._roads = csr_array(
            (
                weights[self._arcs].astype(np.float64),
                (graph.tail[self._arcs], graph.head[self._arcs]),
            ),
            shape=(graph.crossings, graph.crossings),
        )

    def table(self, sources: Sequence[int], targets: Sequence[int]) -> tuple[Whole, Whole]:
        from scipy.sparse.csgraph import dijkstra

        columns = np.array(targets, dtype=np.int64)
        found = np.empty((len(sources), len(columns)))
        for start in range(0, len(sources), _ROWS):  # a row is as long as the graph
            band = list(sources[start : start + _ROWS])
            found[start : start + _ROWS] = dijkstra(self._roads, indices=band)[:, columns]
        known = np.isfinite(found)
        whole = np.where(known, found, 0).astype(np.int64)
        tenths = whole & ((1 << _TENTHS_BITS) - 1)
        metres = (whole >> _TENTHS_BITS) - WEIGHT * tenths
        return np.where(known, tenths, -1), np.where(known, metres, -1)

    def way(self, source: int, target: int) -> list[int] | None:
        from scipy.sparse.csgraph import dijkstra

        lengths, before = dijkstra(self._roads, indices=source, return_predecessors=True)
        if not np.isfinite(lengths[target]):
            return None
        crossings = [target]
        while crossings[-1] != source:
            crossings.append(int(before[crossings[-1]]))
        crossings.reverse()
        pairs = np.array(crossings[:-1]) * self._count + np.array(crossings[1:])
        return [int(arc) for arc in self._arcs[np.searchsorted(self._pairs, pairs)]]
