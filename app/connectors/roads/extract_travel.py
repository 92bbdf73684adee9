"""Travel times over a road extract, great circle where it knows no road."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.connectors.roads.graph import RoadGraph
from app.connectors.roads.great_circle import BETWEEN_DOORS_S, CIRCUITY
from app.connectors.roads.quickest import Quickest, Whole, quickest_ways
from app.domain.travel import VehicleProfile
from app.domain.values import EARTH_RADIUS_M, GeoPoint
from app.i18n import _
from app.ports import TravelMatrix, TravelTimes

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A door farther than this from any crossing lies beyond the extract.
FARTHEST_M = 1_500.0
#: What lies between a door and its crossing is driven at a walking horse's pace.
_TO_CROSSING_M_PER_S = 15 / 3.6
_M_PER_DEGREE = EARTH_RADIUS_M * np.pi / 180
#: So many crossings are remembered with the ways between all of them: 100 MB.
_REMEMBERED = 2_500


class RoadTravel:
    """Quickest ways from crossing to crossing; doors reach the nearest one."""

    def __init__(
        self, graph: RoadGraph, name: str, beyond: TravelTimes, folder: Path | None = None
    ) -> None:
        self._graph, self._name, self._beyond = graph, name, beyond
        self._folder = folder
        self._networks: dict[VehicleProfile, _Network] = {}
        self._one_at_a_time = threading.Lock()

    @property
    def note(self) -> str:
        """How the figures were come by, for whoever reads them."""
        return _("Roads of {name} (OpenStreetMap); beyond them: {beyond}").format(
            name=self._name, beyond=self._beyond.note
        )

    def matrix(self, points: Sequence[GeoPoint], profile: VehicleProfile) -> TravelMatrix:
        """Metres and seconds from each point to each other; never the same both ways for sure."""
        guess = self._beyond.matrix(points, profile)
        with self._one_at_a_time:
            network = self._network(profile)
            doors = network.doors(points)
            if doors.known.sum() < 2:
                return guess
            here = np.flatnonzero(doors.known)
            tenths, metres = network.table(doors.crossing[here])
        block = np.ix_(here, here)
        off_m = doors.off_m[here]
        off_s = off_m / _TO_CROSSING_M_PER_S
        road_m = metres + np.rint(off_m[:, None] + off_m[None, :])
        road_s = np.ceil(tenths / 10 + off_s[:, None] + off_s[None, :])
        apart = doors.crossing[here][:, None] != doors.crossing[here][None, :]
        known = (tenths >= 0) & apart
        distances, durations = guess.distance_m.copy(), guess.duration_s.copy()
        distances[block] = np.where(known, road_m, distances[block])
        durations[block] = np.where(known, np.maximum(road_s, BETWEEN_DOORS_S), durations[block])
        return TravelMatrix(distances, durations)

    def ways(
        self, legs: Iterable[tuple[GeoPoint, GeoPoint]], profile: VehicleProfile
    ) -> Mapping[tuple[GeoPoint, GeoPoint], tuple[GeoPoint, ...]]:
        """The line of each leg's way, from door to door; legs without a known road are left out."""
        wanted = list(dict.fromkeys(legs))
        points = [point for leg in wanted for point in leg]
        with self._one_at_a_time:
            network = self._network(profile)
            doors = network.doors(points)
            found = {}
            for number, leg in enumerate(wanted):
                ends = doors.crossing[2 * number : 2 * number + 2]
                if doors.known[2 * number : 2 * number + 2].all() and ends[0] != ends[1]:
                    line = network.line(int(ends[0]), int(ends[1]))
                    if line:
                        found[leg] = (leg[0], *line, leg[1])
        return found

    def _network(self, profile: VehicleProfile) -> "_Network":
        if profile not in self._networks:
            self._networks[profile] = _Network(self._graph, profile, self._folder)
        return self._networks[profile]


class _Doors:
    """Where doors reach the network: a crossing each, and the way to it in road metres."""

    __slots__ = ("crossing", "known", "off_m")

    def __init__(self, count: int) -> None:
        self.crossing: Whole = np.full(count, -1, dtype=np.int64)
        self.off_m: NDArray[np.float64] = np.zeros(count)
        self.known: NDArray[np.bool_] = np.zeros(count, dtype=np.bool_)


class _Network:
    """One kind of vehicle's part of the graph, with the ways that were asked for already."""

    def __init__(self, graph: RoadGraph, profile: VehicleProfile, folder: Path | None) -> None:
        self._graph = graph
        self._quickest: Quickest = quickest_ways(graph, profile, folder)
        usable = np.flatnonzero(graph.main_part(profile))
        self._usable = usable[np.argsort(graph.latitude[usable], kind="stable")]
        self._latitude = graph.latitude[self._usable]
        self._longitude = graph.longitude[self._usable]
        self._reached: dict[GeoPoint, tuple[int, float]] = {}
        self._number: dict[int, int] = {}
        self._tenths: Whole = np.zeros((0, 0), dtype=np.int64)
        self._metres: Whole = np.zeros((0, 0), dtype=np.int64)

    def doors(self, points: Sequence[GeoPoint]) -> _Doors:
        """The crossing nearest to each point, and whether it is near enough."""
        doors = _Doors(len(points))
        for number, point in enumerate(points):
            if point not in self._reached:
                self._reached[point] = self._nearest(point)
            crossing, off_m = self._reached[point]
            doors.crossing[number], doors.off_m[number] = crossing, off_m
            doors.known[number] = crossing >= 0
        return doors

    def table(self, crossings: Whole) -> tuple[Whole, Whole]:
        """Tenths and metres between crossings; what was asked before is remembered."""
        if len(self._number) + len(crossings) > _REMEMBERED:
            self._forget()
        wanted = [int(c) for c in dict.fromkeys(crossings.tolist()) if int(c) not in self._number]
        if wanted:
            self._learn(wanted)
        at = np.array([self._number[int(c)] for c in crossings])
        return self._tenths[np.ix_(at, at)], self._metres[np.ix_(at, at)]

    def line(self, start: int, end: int) -> tuple[GeoPoint, ...]:
        """The points of the way between two crossings; empty where there is none."""
        arcs = self._quickest.way(start, end)
        if arcs is None:
            return ()
        graph = self._graph
        points = [_point(graph.latitude[start], graph.longitude[start])]
        for arc in arcs:
            shape = graph.shape[graph.shape_from[arc] : graph.shape_from[arc + 1]]
            points.extend(_point(float(y) / 1e7, float(x) / 1e7) for y, x in shape)
            head = graph.head[arc]
            points.append(_point(graph.latitude[head], graph.longitude[head]))
        return tuple(points)

    def _nearest(self, point: GeoPoint) -> tuple[int, float]:
        """The nearest usable crossing with the road metres to it; -1 = none near enough."""
        reach = FARTHEST_M / _M_PER_DEGREE
        first, last = np.searchsorted(
            self._latitude, (point.latitude - reach, point.latitude + reach)
        )
        if first == last:
            return -1, 0.0
        here = slice(int(first), int(last))
        north = (self._latitude[here] - point.latitude) * _M_PER_DEGREE
        east = (self._longitude[here] - point.longitude) * _M_PER_DEGREE
        apart = np.hypot(north, east * np.cos(np.radians(point.latitude)))
        nearest = int(np.argmin(apart))
        if apart[nearest] > FARTHEST_M:
            return -1, 0.0
        return int(self._usable[int(first) + nearest]), float(apart[nearest]) * CIRCUITY

    def _learn(self, wanted: list[int]) -> None:
        """Add crossings to the table: from them to all, and from all to them."""
        before = list(self._number)
        known = [*before, *wanted]
        old, new = len(before), len(known)
        grown = [np.full((new, new), -1, dtype=np.int64) for _ in range(2)]
        for table, kept in zip(grown, (self._tenths, self._metres), strict=True):
            table[:old, :old] = kept
        outward = self._quickest.table(wanted, known)
        inward = self._quickest.table(before, wanted) if before else None
        for number, table in enumerate(grown):
            table[old:, :] = outward[number]
            if inward is not None:
                table[:old, old:] = inward[number]
        self._tenths, self._metres = grown
        self._number.update((crossing, old + n) for n, crossing in enumerate(wanted))

    def _forget(self) -> None:
        self._number.clear()
        self._tenths = self._metres = np.zeros((0, 0), dtype=np.int64)


def _point(latitude: float, longitude: float) -> GeoPoint:
    return GeoPoint(float(latitude), float(longitude))
