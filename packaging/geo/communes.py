"""The rows of the gazetteer: each commune at its own place, or at its neighbours' mean."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.placing import MISPLACED_KM, MONACO, Placing, Point, apart_km, at
from geo.sources import BY_HAND, GEONAMES, Commune, Place

from app.places.names import ARRONDISSEMENTS, key_of

POSTCODE_MEAN = "mean of the postcode"
UNION_MEAN = "mean of the union of communes"
DEPARTMENT_MEAN = "mean of the department"

#: The three cities with arrondissements: their commune, and the postcode written for all of them.
CITIES = {"75056": "75000", "69123": "69000", "13055": "13000"}
FIRST_ARRONDISSEMENT = {"69123": 69380, "13055": 13200}


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
        self._placing = Placing(self._present, self._former, places, unions)
        self._places = self._placing.places

    def rows(self) -> list[TownRow]:
        """Every row of the gazetteer, in the order of INSEE codes."""
        by_hand = {i: point for i, point in self._by_hand.items() if i in self._present}
        trusted = by_hand | self._placing.trusted_points()
        rows = {row.insee: row for row in self._commune_rows(trusted)}
        arrondissements = [self._arrondissement_row(c) for c in self._arrondissements]
        former = [self._former_row(commune, rows[commune.parent]) for commune in self._former]
        named = {(row.insee, key_of(row.name)) for row in (*rows.values(), *arrondissements)}
        named |= {(c.parent, key_of(c.name)) for c in self._former}
        others = self._other_rows(rows, arrondissements, named)
        everything = [*rows.values(), *arrondissements, *former, *others]
        return sorted(everything, key=lambda row: (row.insee, row.kind, row.name, row.point))

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
        return _row(commune, at(place), "town", GEONAMES)

    def _former_row(self, commune: Commune, parent: TownRow) -> TownRow:
        key = key_of(commune.name)
        own = [p for p in self._places.get(parent.insee, ()) if key_of(p.name) == key]
        own = [p for p in own if apart_km(at(p), parent.point) < MISPLACED_KM]
        if own:
            found = (at(own[0]), "town", own[0].source)
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
                key, point = key_of(place.name), at(place)
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


def _row(commune: Commune, point: Point, precision: str, source: str) -> TownRow:
    postcodes = (CITIES[commune.insee],) if commune.insee in CITIES else commune.postcodes
    return TownRow(
        commune.insee, commune.name, commune.kind, commune.department, postcodes, point,
        commune.population, precision, source,
    )  # fmt: skip


def _mean(points: Sequence[Point]) -> Point:
    latitude = sum(p[0] for p in points) / len(points)
    longitude = sum(p[1] for p in points) / len(points)
    return (round(latitude, 5), round(longitude, 5))
