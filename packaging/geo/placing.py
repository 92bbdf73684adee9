"""Which of GeoNames' points stands for a commune, and which of them cannot be trusted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import asin, cos, radians, sin, sqrt
from statistics import median

from geo.sources import FRENCH_COUNTRIES, Commune, Place

from app.places.names import key_of

#: A point further than this from the middle of both its postcode and its union is misplaced.
MISPLACED_KM = 30.0
#: The same for a point that GeoNames gives to another commune, and only its name speaks for.
NAMESAKE_KM = 12.0

#: Monaco is served by the French post under this number, outside INSEE's list of communes.
MONACO = Commune("99138", "Monaco", "commune", "98", ("98000",), 38_350)

Point = tuple[float, float]


class Placing:
    """The places that GeoNames knows in each commune.

    `places` has them by the commune's code; a union is the EPCI that a commune belongs to.
    """

    def __init__(
        self,
        present: Mapping[str, Commune],
        former: Sequence[Commune],
        places: Iterable[Place],
        unions: Mapping[str, str],
    ) -> None:
        self._present = present
        self._former = former
        self._unions = unions
        self._chief_names = {commune.insee: key_of(commune.name) for commune in former}
        self._by_name_only: set[str] = set()
        self.places = self._sorted_into_communes(places)

    def trusted_points(self) -> dict[str, Point]:
        """The main place of each commune, without those that lie far from all neighbours."""
        points = {insee: at(self._main_place(insee)) for insee in sorted(self.places)}
        by_postcode: dict[str, set[str]] = defaultdict(set)
        by_union: dict[str, set[str]] = defaultdict(set)
        for insee in points:
            for postcode in self._present[insee].postcodes:
                by_postcode[postcode].add(insee)
            by_union[self._unions.get(insee, insee)].add(insee)

        def far_from(insee: str, neighbours: set[str]) -> bool:
            others = [points[other] for other in sorted(neighbours) if other != insee]
            limit_km = NAMESAKE_KM if insee in self._by_name_only else MISPLACED_KM
            return bool(others) and apart_km(points[insee], _middle(others)) > limit_km

        def misplaced(insee: str) -> bool:
            sharing = {o for p in self._present[insee].postcodes for o in by_postcode[p]}
            union = by_union[self._unions.get(insee, insee)]
            far = (far_from(insee, sharing), far_from(insee, union))
            return any(far) if insee in self._by_name_only else all(far)

        return {insee: point for insee, point in points.items() if not misplaced(insee)}

    def _sorted_into_communes(self, places: Iterable[Place]) -> dict[str, list[Place]]:
        """By GeoNames' own code; a commune that is left empty gets its only namesake around."""
        current = {old: c.insee for c in self._present.values() for old in c.former_codes}
        current |= {c.insee: c.parent for c in self._former}
        current |= {insee: insee for insee in self._present}
        sorted_in: dict[str, list[Place]] = defaultdict(list)
        namesakes: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for place in places:
            if place.country == "MC":
                sorted_in[MONACO.insee].append(place)
            elif place.country in FRENCH_COUNTRIES:
                namesakes[_department_of(place), key_of(place.name)].append(place)
                if insee := current.get(place.insee):
                    sorted_in[insee].append(place)
        for insee, commune in self._present.items():
            found = namesakes[commune.department, key_of(commune.name)]
            if insee not in sorted_in and len(found) == 1:
                sorted_in[insee] = found
                self._by_name_only.add(insee)
        return sorted_in

    def _main_place(self, insee: str) -> Place:
        name = key_of(self._present[insee].name)
        chief = self._chief_names.get(insee, name)

        def likeness(place: Place) -> tuple[bool, bool, bool, int, str]:
            key = key_of(place.name)
            section = place.feature == "PPLX"
            return (key == name, key == chief, not section, place.population, place.name)

        return max(self.places[insee], key=likeness)


def apart_km(here: Point, there: Point) -> float:
    """Great-circle distance in kilometres."""
    (lat_a, lon_a), (lat_b, lon_b) = here, there
    lat_a, lat_b = radians(lat_a), radians(lat_b)
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin(radians(lon_b - lon_a) / 2) ** 2
    return 2 * 6371 * asin(min(1.0, sqrt(half)))


def _department_of(place: Place) -> str:
    return FRENCH_COUNTRIES[place.country] or place.insee[:2]


def at(place: Place) -> Point:
    """Where the place lies."""
    return (place.latitude, place.longitude)


def _middle(points: Sequence[Point]) -> Point:
    return (median(p[0] for p in points), median(p[1] for p in points))
