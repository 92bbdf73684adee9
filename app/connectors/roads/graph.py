"""A road network as arrays: crossings, arcs between them, and what each kind of vehicle may use."""

import io
import zipfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.connectors.durable_files import write_durably
from app.domain.travel import VehicleProfile

#: What an arc that a vehicle may not use weighs, in any unit.
CLOSED = 2**31 - 1
#: Which bit of an arc's `open_to` stands for whom.
BIT = {VehicleProfile.VAN: 1, VehicleProfile.HEAVY: 2, VehicleProfile.BIKE: 4}

#: Usual speeds in km/h by OpenStreetMap's highway class: those of OSRM's car profile (BSD-2).
CAR_KMH = {
    "motorway": 90,
    "motorway_link": 45,
    "trunk": 85,
    "trunk_link": 40,
    "primary": 65,
    "primary_link": 30,
    "secondary": 55,
    "secondary_link": 25,
    "tertiary": 40,
    "tertiary_link": 20,
    "unclassified": 25,
    "residential": 25,
    "living_street": 10,
    "service": 15,
    "road": 25,
    "track": 10,
    "pedestrian": 6,
    "cycleway": 6,
    "path": 6,
    "footway": 6,
}
CLASSES = tuple(CAR_KMH)
#: A lorry is so much slower than a car, and no faster than its limiter.
_HEAVY_SHARE, _HEAVY_MOST_KMH = 0.85, 80
_BIKE_KMH, _BIKE_ON_FOOT_KMH = 16, 6
_ON_FOOT = frozenset({"pedestrian", "footway"})
#: A signposted limit is seldom reached: OSRM's share of it.
_OF_LIMIT = 0.8
#: Slowing down, looking, turning: what a crossing costs on the average, in tenths of a second.
_CROSSING_DS = 20


@dataclass(frozen=True, slots=True, eq=False)
class RoadGraph:
    """Crossings (degrees) and one-way arcs between them; `kind` counts in `CLASSES`.

    `limit_kmh` is the signposted limit, 0 = none; `open_to` are the bits of `BIT`. An arc's shape
    is the points strictly between its ends, `shape_from[a]` to `shape_from[a + 1]` in `shape`
    (latitude, longitude in 1e-7 degrees).
    """

    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    tail: NDArray[np.uint32]
    head: NDArray[np.uint32]
    metres: NDArray[np.uint32]
    kind: NDArray[np.uint8]
    limit_kmh: NDArray[np.uint8]
    open_to: NDArray[np.uint8]
    shape_from: NDArray[np.int64]
    shape: NDArray[np.int32]

    @property
    def crossings(self) -> int:
        return len(self.latitude)

    @property
    def arcs(self) -> int:
        return len(self.tail)

    def tenths(self, profile: VehicleProfile) -> NDArray[np.uint32]:
        """Tenths of a second that each arc takes, its far crossing included; `CLOSED` = not so."""
        speed = _speeds(profile)[self.kind]
        if profile is not VehicleProfile.BIKE:
            posted = self.limit_kmh > 0
            limit = self.limit_kmh * _OF_LIMIT
            share = _HEAVY_SHARE if profile is VehicleProfile.HEAVY else 1.0
            speed = np.where(posted, limit * share, speed)
        if profile is VehicleProfile.HEAVY:
            speed = np.minimum(speed, _HEAVY_MOST_KMH)
        taken = np.rint(self.metres * 36 / np.maximum(speed, 1)) + _CROSSING_DS
        allowed = self.open_to & BIT[profile] > 0
        return np.where(allowed, taken, CLOSED).astype(np.uint32)

    def main_part(self, profile: VehicleProfile) -> NDArray[np.bool_]:
        """The crossings from where a vehicle gets everywhere else among them, and back."""
        allowed = self.open_to & BIT[profile] > 0
        tail, head = self.tail[allowed], self.head[allowed]
        best = np.zeros(self.crossings, dtype=np.bool_)
        left = np.zeros(self.crossings, dtype=np.bool_)
        left[tail] = True
        while left.sum() > best.sum():
            seed = int(np.flatnonzero(left)[left.sum() // 2])
            onward = _reached(seed, tail, head, self.crossings)
            part = onward & _reached(seed, head, tail, self.crossings)
            left &= ~part
            if part.sum() > best.sum():
                best = part
        return best

    def save(self, path: Path) -> None:
        """Write it whole or not at all."""
        file = io.BytesIO()
        np.savez(file, **{field.name: getattr(self, field.name) for field in fields(self)})
        write_durably(path, file.getvalue())

    @classmethod
    def load(cls, path: Path) -> "RoadGraph":
        """Read what `save` wrote.

        Raises:
            ValueError: it is no such file.
        """
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as held:
                return cls(**{field.name: held[field.name] for field in fields(cls)})
        except (OSError, KeyError, zipfile.BadZipFile) as fault:
            raise ValueError(f"{path.name} holds no roads: {fault}") from fault


def _speeds(profile: VehicleProfile) -> NDArray[np.float64]:
    """km/h for each class."""
    if profile is VehicleProfile.BIKE:
        kmh: Any = [_BIKE_ON_FOOT_KMH if name in _ON_FOOT else _BIKE_KMH for name in CLASSES]
    elif profile is VehicleProfile.HEAVY:
        kmh = [CAR_KMH[name] * _HEAVY_SHARE for name in CLASSES]
    else:
        kmh = [CAR_KMH[name] for name in CLASSES]
    return np.array(kmh, dtype=np.float64)


def _reached(
    seed: int, tail: NDArray[np.uint32], head: NDArray[np.uint32], count: int
) -> NDArray[np.bool_]:
    """Everything that can be reached from one crossing, wave by wave."""
    order = np.argsort(tail, kind="stable")
    ends = head[order]
    first = np.searchsorted(tail[order], np.arange(count + 1))
    seen = np.zeros(count, dtype=np.bool_)
    seen[seed] = True
    wave = np.array([seed])
    while len(wave):
        lengths = first[wave + 1] - first[wave]
        starts = np.repeat(first[wave] - np.cumsum(lengths) + lengths, lengths)
        found = np.unique(ends[starts + np.arange(len(starts))])
        wave = found[~seen[found]]
        seen[wave] = True
    return seen
