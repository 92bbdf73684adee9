"""The nodes as columns: where they are, how full they are, when goods could leave them."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from math import isfinite

import numpy as np
import numpy.typing as npt

from app.domain.nodes import NodeKind, Service, StockNode
from app.domain.offers import USUAL_ANSWERS
from app.domain.policy import SourcingPolicy
from app.domain.values import EARTH_RADIUS_M, GeoPoint, Window
from app.planning.opening import UnreadableHours, departure, first_ready, open_windows

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

#: How far ahead opening hours are looked at: over the longest row of holidays.
HORIZON = timedelta(days=21)
NO_LIMIT = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Timing:
    """Seconds from now until goods asked for now could leave each node; infinite = never."""

    ready_s: Floats
    leaves_s: Floats


class NodeTable:
    """All nodes in order of code; `load` counts today's orders and grows along the batch.

    `answers` is the share of offers that each node takes and carries out.
    """

    def __init__(
        self,
        nodes: Iterable[StockNode],
        node_load: Mapping[str, int],
        now: datetime,
        answers: Mapping[str, float] | None = None,
    ) -> None:
        self.nodes = tuple(sorted(nodes, key=lambda node: node.code))
        self.codes = tuple(node.code for node in self.nodes)
        self.index = {code: at for at, code in enumerate(self.codes)}
        self.now = now
        self.load: Ints = np.array([node_load.get(c, 0) for c in self.codes], dtype=np.int64)
        known = answers or {}
        self.answers: Floats = np.array([known.get(c, USUAL_ANSWERS) for c in self.codes])
        self._timings: dict[tuple[bool, bool], Timing] = {}

    def __len__(self) -> int:
        return len(self.nodes)

    @cached_property
    def active(self) -> Flags:
        return self.flags(lambda node: node.active)

    @cached_property
    def is_store(self) -> Flags:
        return self.flags(lambda node: node.kind is NodeKind.STORE)

    @cached_property
    def sends(self) -> Flags:
        """Nodes that send goods to customers."""
        return self.flags(_sends)

    @cached_property
    def transfers(self) -> Flags:
        """Nodes that send goods to a store; warehouses and their like always do."""
        return self.flags(lambda node: node.kind is not NodeKind.STORE or _sends(node))

    @cached_property
    def hands_over(self) -> Flags:
        """Nodes where customers collect."""
        return self.flags(lambda node: Service.CLICK_AND_COLLECT in node.services)

    @cached_property
    def limits(self) -> Ints:
        limits = [NO_LIMIT if n.orders_per_day is None else n.orders_per_day for n in self.nodes]
        return np.array(limits, dtype=np.int64)

    def floors(self, policy: SourcingPolicy) -> list[int]:
        """Pieces of each product that the policy leaves at each node."""
        return [policy.floor_of(node.kind) for node in self.nodes]

    @cached_property
    def preparation_s(self) -> Floats:
        return np.array([60.0 * node.preparation_minutes for node in self.nodes])

    @cached_property
    def windows(self) -> tuple[tuple[Window, ...] | None, ...]:
        """When each node is open from now on; None where its hours cannot be read."""
        return tuple(self._windows(node) for node in self.nodes)

    def flags(self, holds: Callable[[StockNode], bool]) -> Flags:
        """Which nodes something holds for."""
        return np.array([holds(node) for node in self.nodes], dtype=np.bool_)

    def instant(self, seconds: float) -> datetime | None:
        """The moment so many seconds from now, to the second; None for never."""
        if not isfinite(seconds):
            return None
        return self.now + timedelta(seconds=round(seconds))

    def straight_m(self, goal: GeoPoint) -> Floats:
        """Great-circle distance from every node to a place."""
        latitudes, longitudes = self._radians
        latitude, longitude = np.radians(goal.latitude), np.radians(goal.longitude)
        half_chord = (
            np.sin((latitudes - latitude) / 2) ** 2
            + np.cos(latitudes) * np.cos(latitude) * np.sin((longitudes - longitude) / 2) ** 2
        )
        return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, half_chord))))

    def timing(self, *, by_hours: bool, by_cutoff: bool) -> Timing:
        """When goods could be ready and leave, minding opening hours and cut-offs or not."""
        key = (by_hours, by_cutoff)
        if key not in self._timings:
            pairs = [self._ready_and_leave(at, *key) for at in range(len(self.nodes))]
            columns = np.array(pairs, dtype=np.float64).reshape(len(pairs), 2)
            self._timings[key] = Timing(columns[:, 0], columns[:, 1])
        return self._timings[key]

    @cached_property
    def _radians(self) -> tuple[Floats, Floats]:
        points = [node.point for node in self.nodes]
        return (
            np.radians(np.array([point.latitude for point in points], dtype=np.float64)),
            np.radians(np.array([point.longitude for point in points], dtype=np.float64)),
        )

    def copy(self) -> "NodeTable":
        """The same nodes, with a load of its own to count."""
        other = copy(self)
        other.load = self.load.copy()
        return other

    def with_node(self, at: int, node: StockNode) -> "NodeTable":
        """The table with one node otherwise: its limit, hours of work or state, not its place."""
        other = self.copy()
        other.nodes = (*self.nodes[:at], node, *self.nodes[at + 1 :])
        for name in ("active", "limits", "preparation_s"):
            other.__dict__.pop(name, None)
        other._timings = {  # noqa: SLF001 - of its own kind
            key: other._retimed(at, key, known)  # noqa: SLF001
            for key, known in self._timings.items()
        }
        return other

    def _retimed(self, at: int, key: tuple[bool, bool], known: Timing) -> Timing:
        ready_s, leaves_s = known.ready_s.copy(), known.leaves_s.copy()
        ready_s[at], leaves_s[at] = self._ready_and_leave(at, *key)
        return Timing(ready_s, leaves_s)

    def _windows(self, node: StockNode) -> tuple[Window, ...] | None:
        try:
            return open_windows(node, self.now, self.now + HORIZON)
        except UnreadableHours:
            return None

    def _ready_and_leave(self, at: int, by_hours: bool, by_cutoff: bool) -> tuple[float, float]:
        node = self.nodes[at]
        always = (Window(self.now, self.now + HORIZON),)
        windows = (self.windows[at] or ()) if by_hours else always
        ready = first_ready(windows, timedelta(minutes=node.preparation_minutes))
        if ready is None:
            return np.inf, np.inf
        leaves = departure(node, windows, ready, self.now) if by_cutoff else ready
        return self._seconds(ready), np.inf if leaves is None else self._seconds(leaves)

    def _seconds(self, instant: datetime) -> float:
        return (instant - self.now).total_seconds()


def _sends(node: StockNode) -> bool:
    return bool(node.services & {Service.SHIP_FROM_STORE, Service.HOME_DELIVERY})
