"""How far it is between doors that were asked for before: measured once, looked up afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.travel import VehicleProfile
from app.domain.values import GeoPoint
from app.ports import TravelMatrix, TravelTimes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class _Known:
    """One measured matrix, and which of its rows belongs to which point."""

    rows: dict[GeoPoint, int]
    matrix: TravelMatrix


class KnownWays:
    """Travel times that are looked up where they are known, and measured where not.

    The largest set of points asked for is kept for each kind of vehicle: a day's doors are measured
    once, its tours are parts of them.
    """

    def __init__(self, travel: TravelTimes) -> None:
        self._travel = travel
        self._known: dict[VehicleProfile, _Known] = {}
        self._twins: dict[tuple[GeoPoint, VehicleProfile], tuple[int, int]] = {}

    @property
    def note(self) -> str:
        return self._travel.note

    def matrix(self, points: Sequence[GeoPoint], profile: VehicleProfile) -> TravelMatrix:
        """Metres and seconds from each point to each other, as the travel times say."""
        known = self._known.get(profile)
        if known is None or any(point not in known.rows for point in points):
            distinct = list(dict.fromkeys(points))
            if known is not None and len(distinct) < len(known.rows):
                return self._travel.matrix(points, profile)
            rows = {point: row for row, point in enumerate(distinct)}
            known = _Known(rows, self._travel.matrix(distinct, profile))
            self._known[profile] = known
        return self._part(known, points, profile)

    def _part(
        self, known: _Known, points: Sequence[GeoPoint], profile: VehicleProfile
    ) -> TravelMatrix:
        import numpy as np  # heavy

        rows = np.fromiter((known.rows[point] for point in points), dtype=np.intp)
        distance_m = known.matrix.distance_m[rows[:, None], rows]
        duration_s = known.matrix.duration_s[rows[:, None], rows]
        self._part_twins(points, rows, profile, distance_m, duration_s)
        return TravelMatrix(distance_m, duration_s)

    def _part_twins(
        self,
        points: Sequence[GeoPoint],
        rows: "NDArray[np.intp]",
        profile: VehicleProfile,
        distance_m: "NDArray[np.int64]",
        duration_s: "NDArray[np.int64]",
    ) -> None:
        """Two doors on one point are still two doors."""
        places: dict[int, list[int]] = {}
        for place, row in enumerate(rows.tolist()):
            places.setdefault(row, []).append(place)
        for shared in places.values():
            for here in shared if len(shared) > 1 else ():
                metres, seconds = self._twin(points[here], profile)
                for there in shared:
                    if there != here:
                        distance_m[here, there] = metres
                        duration_s[here, there] = seconds

    def _twin(self, point: GeoPoint, profile: VehicleProfile) -> tuple[int, int]:
        key = (point, profile)
        if key not in self._twins:
            two = self._travel.matrix([point, point], profile)
            self._twins[key] = int(two.distance_m[0, 1]), int(two.duration_s[0, 1])
        return self._twins[key]
