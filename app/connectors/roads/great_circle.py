"""How far and how long from door to door, from coordinates alone: right on average, offline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.connectors.roads.density import Surroundings
from app.domain.travel import VehicleProfile
from app.domain.values import EARTH_RADIUS_M, GeoPoint
from app.i18n import _
from app.places import Gazetteer, PopulatedPlace
from app.ports import TravelMatrix

Floats = NDArray[np.float64]

#: Road over great circle on short legs; towns and plains alike.
CIRCUITY = 1.30
#: What remains of it on long legs, and how fast it is reached.
LONG_CIRCUITY, LONG_LEG_M = 1.15, 100_000.0

#: Where mountains, bays or islands make the way longer: by department.
CIRCUITY_BY_DEPARTMENT: Mapping[str, float] = {
    **dict.fromkeys(("22", "25", "26", "29", "39", "56", "64", "68", "83", "88"), 1.35),
    **dict.fromkeys(("04", "07", "09", "15", "38", "43", "48", "63", "65", "66", "74"), 1.40),
    **dict.fromkeys(("05", "06", "2A", "2B", "73", "971", "972", "973", "976"), 1.45),
    "974": 1.50,
}
#: Mouths of rivers between two departments, where the bridge or the ferry is far.
CIRCUITY_ACROSS: Mapping[frozenset[str], float] = {
    frozenset(("14", "76")): 1.60,
    frozenset(("17", "33")): 1.60,
}
#: From this circuity on, the roads are slow too.
_SLOW_FROM, _SLOW_SHARE = 1.40, 0.85

#: Two entries are two doors, even on one point: addresses known by their town share it.
BETWEEN_DOORS_S = 60


@dataclass(frozen=True, slots=True)
class Pace:
    """A vehicle's speeds in km/h: by people per km2 near its ends, and on the way between.

    The first and last `near_ends_m` are driven at the speed of the end; the rest starts at
    `between_kmh` and comes up to `fastest_kmh` as the leg grows.
    """

    people_per_km2: tuple[float, ...]
    near_kmh: tuple[float, ...]
    between_kmh: float
    fastest_kmh: float
    near_ends_m: float = 4_000.0
    grows_over_m: float = 25_000.0


_DENSITIES = (50.0, 200.0, 1_000.0, 3_000.0, 10_000.0)
PACES: Mapping[VehicleProfile, Pace] = {
    VehicleProfile.VAN: Pace(_DENSITIES, (50.0, 42.0, 30.0, 22.0, 18.0), 40.0, 90.0),
    VehicleProfile.HEAVY: Pace(_DENSITIES, (43.0, 36.0, 26.0, 19.0, 15.0), 36.0, 76.0),
    VehicleProfile.BIKE: Pace(_DENSITIES, (16.0, 16.0, 15.5, 15.0, 14.0), 16.0, 16.0),
}


class GreatCircleTravel:
    """Great circle times circuity, at a speed by the density of population."""

    def __init__(self, places: Sequence[PopulatedPlace] = ()) -> None:
        self._surroundings = Surroundings(places)

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> "GreatCircleTravel":
        """With the towns of the gazetteer, so that a city is slower than the country."""
        return cls(gazetteer.populated_places())

    @property
    def note(self) -> str:
        """How the figures were come by, for whoever reads them."""
        return _(
            "Great circle × 1.30 (1.15 on long legs, up to 1.60 in mountains and across estuaries),"
            " speed by population density"
        )

    def matrix(self, points: Sequence[GeoPoint], profile: VehicleProfile) -> TravelMatrix:
        """Metres and seconds from each point to each other; the same both ways."""
        count = len(points)
        distances = np.zeros((count, count), dtype=np.int64)
        durations = np.zeros((count, count), dtype=np.int64)
        density, departments = self._surroundings.look(points)
        circuity, across = _circuity(departments)
        near_kmh = _near_kmh(PACES[profile], density) * np.where(
            circuity >= _SLOW_FROM, _SLOW_SHARE, 1.0
        )
        coordinates = np.radians([(p.latitude, p.longitude) for p in points]).reshape(count, 2)
        for start in range(0, count, 256):  # by bands, so that thousands of points fit in memory
            band = slice(start, min(start + 256, count))
            straight_m = _great_circle_m(coordinates[band], coordinates)
            pairs = (circuity[band, None] + circuity[None, :]) / 2
            pairs = np.maximum(pairs, across[band])
            road_m = straight_m * _tapered(pairs, straight_m)
            slow = np.where(pairs >= _SLOW_FROM, _SLOW_SHARE, 1.0)
            seconds = _seconds(PACES[profile], road_m, near_kmh[band], near_kmh, slow)
            distances[band] = np.rint(road_m)
            durations[band] = np.maximum(np.rint(seconds), BETWEEN_DOORS_S)
        np.fill_diagonal(durations, 0)
        return TravelMatrix(distances, durations)


def _near_kmh(pace: Pace, density: Floats) -> Floats:
    """The speed among so many people: between the given steps along their logarithm."""
    steps = np.log(pace.people_per_km2)
    kmh: Floats = np.interp(np.log(np.maximum(density, 1.0)), steps, pace.near_kmh)
    return kmh


def _circuity(departments: Sequence[str]) -> tuple[Floats, Floats]:
    """The circuity at each point, and the one that a river's mouth forces on each pair (or 0)."""
    at_point = np.array([CIRCUITY_BY_DEPARTMENT.get(code, CIRCUITY) for code in departments])
    across = np.zeros((len(departments), len(departments)))
    codes = np.array(departments)
    for (one, other), circuity in ((sorted(pair), c) for pair, c in CIRCUITY_ACROSS.items()):
        apart = np.outer(codes == one, codes == other)
        across[apart | apart.T] = circuity
    return at_point, across


def _tapered(circuity: Floats, straight_m: Floats) -> Floats:
    factor: Floats = LONG_CIRCUITY + (circuity - LONG_CIRCUITY) * np.exp(-straight_m / LONG_LEG_M)
    return factor


def _great_circle_m(here: Floats, there: Floats) -> Floats:
    """Haversine distances between two lists of (latitude, longitude) in radians."""
    latitude, longitude = here[:, 0, None], here[:, 1, None]
    half_chord = np.sin((there[:, 0] - latitude) / 2) ** 2
    half_chord += (
        np.cos(latitude) * np.cos(there[:, 0]) * np.sin((there[:, 1] - longitude) / 2) ** 2
    )
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(half_chord, 1.0)))
    return metres


def _seconds(pace: Pace, road_m: Floats, from_kmh: Floats, to_kmh: Floats, slow: Floats) -> Floats:
    """Near both ends at their speed, in between faster the longer the leg."""
    near_m = np.minimum(road_m / 2, pace.near_ends_m)
    between_m = road_m - 2 * near_m
    gain = (pace.fastest_kmh - pace.between_kmh) * (1 - np.exp(-between_m / pace.grows_over_m))
    between_kmh = (pace.between_kmh + gain) * slow
    near_h = near_m * (1 / from_kmh[:, None] + 1 / to_kmh[None, :])
    seconds: Floats = (near_h + between_m / between_kmh) * 3.6
    return seconds
