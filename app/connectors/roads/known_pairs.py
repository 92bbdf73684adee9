"""Distances and times that somebody else measured: a table of pairs, before any other source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.connectors.durable_files import write_durably
from app.connectors.feeds.cells import Parser, one_of, real, whole
from app.connectors.feeds.columns import Column, Kind, one_a_row
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.rows import TypedRow
from app.domain.travel import VehicleProfile
from app.domain.values import GeoPoint
from app.i18n import N_, _
from app.ports import TravelMatrix, TravelTimes

#: Coordinates that agree to so many decimals (a metre) are the same door.
_DECIMALS = 5
_LONGEST = 10**7


@dataclass(frozen=True, slots=True)
class KnownPair:
    """The way from one place to another: whole metres and seconds; no profile = any vehicle."""

    start: GeoPoint
    end: GeoPoint
    distance_m: int
    duration_s: int
    profile: VehicleProfile | None = None

    @property
    def key(self) -> tuple[object, ...]:
        return (*_door(self.start), *_door(self.end), self.profile)


def _degrees(limit: int) -> Parser:
    return real(-limit, limit)


def _pair(row: TypedRow, _ground: Ground) -> KnownPair:
    return KnownPair(
        GeoPoint(row.cells["from_latitude"], row.cells["from_longitude"]),
        GeoPoint(row.cells["to_latitude"], row.cells["to_longitude"]),
        row.cells["distance_m"],
        row.cells["duration_s"],
        row.cells.get("profile"),
    )


PAIRS = Kind(
    "travel_times",
    "travel_time",
    (
        Column("from_latitude", _degrees(90), N_("where the way begins"), required=True),
        Column("from_longitude", _degrees(180), N_("where the way begins"), required=True),
        Column("to_latitude", _degrees(90), N_("where the way ends"), required=True),
        Column("to_longitude", _degrees(180), N_("where the way ends"), required=True),
        Column("distance_m", whole(0, _LONGEST), N_("length of the way"), required=True, unit="m"),
        Column("duration_s", whole(0, _LONGEST), N_("driving time"), required=True, unit="s"),
        Column("profile", one_of(VehicleProfile), N_("van, heavy or bike; empty = all")),
    ),
    one_a_row(_pair, lambda pair: pair.key),
)


class KnownPairs:
    """Travel times that take what was measured where it was, and ask another source elsewhere."""

    def __init__(self, pairs: Iterable[KnownPair], name: str, beyond: TravelTimes) -> None:
        self._name, self._beyond = name, beyond
        self._by_profile = {profile: _Table() for profile in VehicleProfile}
        for pair in pairs:
            for profile in VehicleProfile if pair.profile is None else (pair.profile,):
                self._by_profile[profile].add(pair)

    @property
    def note(self) -> str:
        """How the figures were come by, for whoever reads them."""
        return _("Times of {name}; else: {beyond}").format(
            name=self._name, beyond=self._beyond.note
        )

    def matrix(self, points: Sequence[GeoPoint], profile: VehicleProfile) -> TravelMatrix:
        """Metres and seconds from each point to each other."""
        rest = self._beyond.matrix(points, profile)
        table = self._by_profile[profile]
        places = [table.doors.get(_door(point), -1) for point in points]
        here = [number for number, place in enumerate(places) if place >= 0]
        if not here:
            return rest
        distances, durations = rest.distance_m.copy(), rest.duration_s.copy()
        column = {places[number]: number for number in here}
        same: dict[int, list[int]] = {}
        for number in here:
            same.setdefault(places[number], []).append(number)
        for place, rows in same.items():
            for other, (metres, seconds) in table.onward.get(place, {}).items():
                if other in column:
                    block = np.ix_(rows, same[other])
                    distances[block], durations[block] = metres, seconds
        return TravelMatrix(distances, durations)


class _Table:
    """Doors by number, and from each the ways that are known."""

    def __init__(self) -> None:
        self.doors: dict[tuple[float, float], int] = {}
        self.onward: dict[int, dict[int, tuple[int, int]]] = {}

    def add(self, pair: KnownPair) -> None:
        start, end = (
            self.doors.setdefault(_door(point), len(self.doors)) for point in (pair.start, pair.end)
        )
        self.onward.setdefault(start, {})[end] = (pair.distance_m, pair.duration_s)


def save_pairs(path: Path, pairs: Sequence[KnownPair]) -> None:
    """Write them whole or not at all."""
    numbers = {profile: number for number, profile in enumerate([*VehicleProfile, None])}
    table = np.array(
        [
            (*_door(p.start), *_door(p.end), p.distance_m, p.duration_s, numbers[p.profile])
            for p in pairs
        ],
        dtype=np.float64,
    ).reshape(len(pairs), 7)
    write_durably(path, table.tobytes())


def load_pairs(path: Path) -> list[KnownPair]:
    """Read what `save_pairs` wrote.

    Raises:
        ValueError: it is no such file.
    """
    profiles: list[VehicleProfile | None] = [*VehicleProfile, None]
    table = np.frombuffer(path.read_bytes(), dtype=np.float64).reshape(-1, 7)
    return [
        KnownPair(
            GeoPoint(row[0], row[1]),
            GeoPoint(row[2], row[3]),
            int(row[4]),
            int(row[5]),
            profiles[int(row[6])],
        )
        for row in table.tolist()
    ]


def _door(point: GeoPoint) -> tuple[float, float]:
    return round(point.latitude, _DECIMALS), round(point.longitude, _DECIMALS)
