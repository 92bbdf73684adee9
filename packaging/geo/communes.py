"""Where each commune lies: GeoNames' point where it can be trusted, else its neighbours' mean."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from statistics import median

from geo.sources import BY_HAND, FRENCH_COUNTRIES, GEONAMES, Commune, Place

from app.places.names import ARRONDISSEMENTS, key_of

#: A point further than this from the middle of both its postcode and its union is misplaced.
MISPLACED_KM = 30.0
#: The same for a point that GeoNames gives to another commune, and only its name speaks for.
NAMESAKE_KM = 12.0

POSTCODE_MEAN = "mean of the postcode"
UNION_MEAN = "mean of the union of communes"
DEPARTMENT_MEAN = "mean of the department"

#: The three cities with arrondissements: their commune, and the postcode written for all of them.
CITIES = {"75056": "75000", "69123": "69000", "13055": "13000"}
FIRST_ARRONDISSEMENT = {"69123": 69380, "13055": 13200}

#: Monaco is served by the French post under this number, outside INSEE's list of communes.
MONACO = Commune("99138", "Monaco", "commune", "98", ("98000",), 38_350)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TownRow:
    """A row of the gazetteer."""

    insee: str
    name: str
    kind: str
    department: str
    postcodes: tuple[str, ...]
    point: Point
    population: int
    precision: str
    source: str


class Communes:
    """The communes with the places that GeoNames knows in each."""

    def __init__(
        self,
        communes: Sequence[Commune],
        places: Iterable[Place],
        unions: dict[str, str],
        by_hand: dict[str, Point],
    ) -> None:
        present = [c for c in communes if c.kind == "commune" and c.postcodes]
        self._present = {commune.insee: commune for commune in (*present, MONACO)}
        self._arrondissements = [c for c in communes if c.kind == "arrondissement"]
        self._former = [c for c in communes if c.kind == "former" and c.parent in self._present]
        self._unions = unions
        self._by_hand = by_hand
        self._chief_names = {c.insee: key_of(c.name) for c in self._former}
        self._places = self._sorted_into_communes(places)

    def rows(self) -> list[TownRow]:
        """Every row of the gazetteer, in the order of INSEE codes."""
        trusted = self._trusted_points()
        rows = {row.insee: row for row in self._commune_rows(trusted)}
        arrondissements = [self._arrondissement_row(c) for c in self._arrondissements]
        former = [self._former_row(commune, rows[commune.parent]) for commune in self._former]
        named = {(row.insee, key_of(row.name)) for row in (*rows.values(), *arrondissements)}
        named |= {(c.parent, key_of(c.name)) for c in self._former}
        others = self._other_rows(rows, arrondissements, named)
        everything = [*rows.values(), *arrondissements, *former, *others]
        return sorted(everything, key=lambda row: (row.insee, row.kind, row.name, row.point))

    def _sorted_into_communes(self, places: Iterable[Place]) -> dict[str, list[Place]]:
        """By GeoNames' own code; a commune that is left empty gets its only namesake around."""
        current = {old: c.insee for c in self._present.values() for old in c.former_codes}
        current |= {c.insee: c.parent for c in self._former}
        current |= {insee: insee for insee in self._present}
        sorted_in: dict[str, list[Place]] = defaultdict(list)
        self._by_name_only: set[str] = set()
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

    def _trusted_points(self) -> dict[str, Point]:
        """The main place of each commune, without those that lie far from all neighbours."""
        points = {insee: _at(self._main_place(insee)) for insee in sorted(self._places)}
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

        trusted = {insee: point for insee, point in points.items() if not misplaced(insee)}
        by_hand = {i: point for i, point in self._by_hand.items() if i in self._present}
        return by_hand | trusted

    def _main_place(self, insee: str) -> Place:
        name = key_of(self._present[insee].name)
        chief = self._chief_names.get(insee, name)

        def likeness(place: Place) -> tuple[bool, bool, bool, int, str]:
            key = key_of(place.name)
            section = place.feature == "PPLX"
            return (key == name, key == chief, not section, place.population, place.name)

        return max(self._places[insee], key=likeness)

    def _commune_rows(self, trusted: dict[str, Point]) -> Iterable[TownRow]:
        postcode_points: dict[str, list[Point]] = defaultdict(list)
        union_points: dict[str, list[Point]] = defaultdict(list)
        department_points: dict[str, list[Point]] = defaultdict(list)
        for insee, point in sorted(trusted.items()):
            for postcode in self._present[insee].postcodes:
                postcode_points[postcode].append(point)
            union_points[self._unions.get(insee, "")].append(point)
            department_points[self._present[insee].department].append(point)
        union_points.pop("", None)
        for commune in self._present.values():
            near = [p for code in commune.postcodes for p in postcode_points.get(code, ())]
            if commune.insee in trusted:
                source = GEONAMES if self._places.get(commune.insee) else BY_HAND
                found = (trusted[commune.insee], "town", source)
            elif near:
                found = (_mean(near), "postcode", POSTCODE_MEAN)
            elif around := union_points.get(self._unions.get(commune.insee, "")):
                found = (_mean(around), "department", UNION_MEAN)
            elif around := department_points.get(commune.department):
                found = (_mean(around), "department", DEPARTMENT_MEAN)
            else:
                continue
            yield _row(commune, *found)

    def _arrondissement_row(self, commune: Commune) -> TownRow:
        if commune.insee in self._by_hand:
            return _row(commune, self._by_hand[commune.insee], "town", BY_HAND)
        suffix = f" {int(commune.insee) - FIRST_ARRONDISSEMENT[commune.parent]:02d}"
        place = next(p for p in self._places[commune.parent] if p.name.endswith(suffix))
        return _row(commune, _at(place), "town", GEONAMES)

    def _former_row(self, commune: Commune, parent: TownRow) -> TownRow:
        key = key_of(commune.name)
        own = [p for p in self._places.get(parent.insee, ()) if key_of(p.name) == key]
        own = [p for p in own if apart_km(_at(p), parent.point) < MISPLACED_KM]
        if own:
            found = (_at(own[0]), "town", own[0].source)
        else:
            precision = "postcode" if parent.precision == "town" else parent.precision
            found = (parent.point, precision, f"{parent.source}: {parent.name}")
        population = own[0].population if own else 0
        row = _row(commune, *found)
        return TownRow(
            commune.parent, row.name, "former", parent.department, parent.postcodes, row.point,
            population, row.precision, row.source,
        )  # fmt: skip

    def _other_rows(
        self,
        rows: dict[str, TownRow],
        arrondissements: Sequence[TownRow],
        named: set[tuple[str, str]],
    ) -> Iterable[TownRow]:
        """Villages and quarters that are no commune, with the postcodes of their commune.

        One that is called like a commune of the department is that commune, in a wrong place.
        """
        communes = {(row.department, key_of(row.name)) for row in rows.values()}
        for insee, places in sorted(self._places.items()):
            parent = rows[insee]
            seen: set[str] = set()
            for place in sorted(places, key=lambda p: (-p.population, p.name)):
                key, point = key_of(place.name), _at(place)
                numbered = insee in CITIES and place.name[-2:].isdecimal()
                apart = apart_km(point, parent.point)
                known = key in seen or (insee, key) in named or (parent.department, key) in communes
                if known or numbered or apart > MISPLACED_KM:
                    continue
                seen.add(key)
                home = parent
                if insee in CITIES:
                    inside = [a for a in arrondissements if a.insee[:2] == insee[:2]]
                    home = min(inside, key=lambda a: apart_km(a.point, point))
                yield TownRow(
                    insee, place.name, "place", parent.department, home.postcodes, point,
                    place.population, "town", place.source,
                )  # fmt: skip


def search_key(row: TownRow) -> str:
    """What the row is found by: an arrondissement by the name of its city."""
    if row.kind == "arrondissement":
        return next(city for city in ARRONDISSEMENTS if key_of(row.name).startswith(city))
    return key_of(row.name)


def apart_km(here: Point, there: Point) -> float:
    """Great-circle distance in kilometres."""
    (lat_a, lon_a), (lat_b, lon_b) = here, there
    lat_a, lat_b = radians(lat_a), radians(lat_b)
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin(radians(lon_b - lon_a) / 2) ** 2
    return 2 * 6371 * asin(min(1.0, sqrt(half)))


def _row(commune: Commune, point: Point, precision: str, source: str) -> TownRow:
    postcodes = (CITIES[commune.insee],) if commune.insee in CITIES else commune.postcodes
    return TownRow(
        commune.insee, commune.name, commune.kind, commune.department, postcodes, point,
        commune.population, precision, source,
    )  # fmt: skip


def _department_of(place: Place) -> str:
    return FRENCH_COUNTRIES[place.country] or place.insee[:2]


def _at(place: Place) -> Point:
    return (place.latitude, place.longitude)


def _middle(points: Sequence[Point]) -> Point:
    return (median(p[0] for p in points), median(p[1] for p in points))


def _mean(points: Sequence[Point]) -> Point:
    latitude = sum(p[0] for p in points) / len(points)
    longitude = sum(p[1] for p in points) / len(points)
    return (round(latitude, 5), round(longitude, 5))
