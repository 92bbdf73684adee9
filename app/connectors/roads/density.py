"""How densely people live round a point: what tells a city street from a country road."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.domain.values import GeoPoint
from app.places import PopulatedPlace

Floats = NDArray[np.float64]

_KM_PER_DEGREE = 111.195
#: A town's people are spread round its middle at this density, plus a kilometre of outskirts.
_PEOPLE_PER_KM2 = 4_000
_OUTSKIRTS_KM = 1.0
#: Further away (in degrees of latitude) no town adds anything to the density of a point.
_REACH_DEGREES = 0.3


class Surroundings:
    """Populated places, asked for the density and the department round any point."""

    def __init__(self, places: Sequence[PopulatedPlace]) -> None:
        ordered = sorted(places, key=lambda place: (place.point.latitude, place.point.longitude))
        self._latitude = np.array([place.point.latitude for place in ordered])
        self._longitude = np.array([place.point.longitude for place in ordered])
        people = np.array([float(place.population) for place in ordered])
        self._spread_km = np.sqrt(people / (_PEOPLE_PER_KM2 * np.pi)) + _OUTSKIRTS_KM
        self._peak = people / (np.pi * self._spread_km**2)
        self._departments = [place.department for place in ordered]

    def look(self, points: Sequence[GeoPoint]) -> tuple[Floats, list[str]]:
        """People per square kilometre at each point, and the department of the nearest town.

        Where no town is near, the density is 0 and the department unknown (empty).
        """
        density = np.zeros(len(points))
        departments = [""] * len(points)
        seen: dict[GeoPoint, int] = {}
        for i, point in enumerate(points):
            j = seen.setdefault(point, i)
            if i == j:
                density[i], departments[i] = self._at(point)
            else:
                density[i], departments[i] = density[j], departments[j]
        return density, departments

    def _at(self, point: GeoPoint) -> tuple[float, str]:
        first, last = np.searchsorted(
            self._latitude, [point.latitude - _REACH_DEGREES, point.latitude + _REACH_DEGREES]
        )
        if first == last:
            return 0.0, ""
        here = slice(int(first), int(last))
        shrink = np.cos(np.radians(point.latitude))
        north_km = (self._latitude[here] - point.latitude) * _KM_PER_DEGREE
        east_km = (self._longitude[here] - point.longitude) * _KM_PER_DEGREE * shrink
        apart2 = north_km**2 + east_km**2
        nearest = int(np.argmin(apart2))
        if apart2[nearest] > (_REACH_DEGREES * _KM_PER_DEGREE) ** 2:
            return 0.0, ""
        density = self._peak[here] * np.exp(-apart2 / self._spread_km[here] ** 2)
        return float(density.sum()), self._departments[int(first) + nearest]
