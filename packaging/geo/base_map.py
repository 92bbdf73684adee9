"""The land, water and borders beneath everything on the map, from Natural Earth."""

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from geo.communes import TownRow
from geo.sources import Division, Place
from geo.topology import SCALE, Areas, Degrees, Ring, area_km2, ring_in_vertices, rounded, thinned
from geo.urban import town_discs, urban_polygons

#: Countries that are seen beside France, and overseas ones; Europe around is drawn coarsely.
NEIGHBOURS = ("AD", "BE", "CH", "DE", "ES", "GG", "IT", "JE", "LU", "MC")
AROUND = (
    "AL", "AT", "BA", "BG", "CZ", "DK", "GR", "HR", "HU", "IE", "IM", "LI", "ME", "MK", "PL", "PT",
    "RO", "RS", "SE", "SI", "SK", "SM", "XK", "DZ", "MA", "TN", "GB", "NL", "BR", "SR",
)  # fmt: skip
OVERSEAS = ("BL", "MF", "SX", "NC", "PF", "PM", "WF", "DM", "LC", "MU")

#: The one department that the source only has inside the whole of France: south, west, north, east.
MAYOTTE = (-13.2, 44.9, -12.5, 45.4)

DEPARTMENT_DEGREES, NEIGHBOUR_DEGREES, AROUND_DEGREES = 0.003, 0.006, 0.02
RIVER_DEGREES, LAKE_DEGREES, URBAN_DEGREES = 0.004, 0.002, 0.002
SMALLEST_ISLAND_KM2 = {"department": 0.4, "neighbour": 3.0, "around": 40.0}


class BaseMap:
    """Departments and the countries around them, with the borders between."""

    def __init__(
        self, places: Path, rows: Sequence[TownRow], departments: Sequence[Division]
    ) -> None:
        self._names = {department.code: department.name for department in departments}
        french = [_rings(path) for path in sorted((places / "regions").glob("FR-*.json"))]
        everything = _rings(places / "countries" / "FR.json")
        french.append([ring for ring in everything if _within(ring, MAYOTTE)])
        inhabited = [(_department_inside(area, rows), area) for area in french]
        rings = {code: area for code, area in inhabited if code}
        if len(rings) != sum(bool(code) for code, _ in inhabited):
            raise ValueError("two areas fell to one department")
        self._departments = sorted(rings)
        self._level = dict.fromkeys(rings, "department")
        for level, codes in (("neighbour", NEIGHBOURS + OVERSEAS), ("around", AROUND)):
            for code in codes:
                rings[code] = _rings(places / "countries" / f"{code}.json")
                self._level[code] = level
        self._areas = Areas(rings)
        degrees = {
            "department": DEPARTMENT_DEGREES,
            "neighbour": NEIGHBOUR_DEGREES,
            "around": AROUND_DEGREES,
        }
        self._areas.thin({code: degrees[level] for code, level in self._level.items()})

    def departments(self) -> list[dict[str, Any]]:
        """A feature for each department, with code and name."""
        return [
            self._feature(code, {"code": code, "name": self._names[code]})
            for code in self._departments
        ]

    def neighbours(self) -> list[dict[str, Any]]:
        """A feature for each country around, with its two letters."""
        others = [code for code in self._level if code not in self._names]
        return [self._feature(code, {"code": code}) for code in others]

    def borders(self) -> list[dict[str, Any]]:
        """The lines between departments, and those between countries."""
        lines: dict[str, list[Degrees]] = {"department": [], "country": []}
        for owners, line in self._areas.borders():
            if len(line) > 1:
                inside = owners <= set(self._departments)
                lines["department" if inside else "country"].append(line)
        return [
            _made({"kind": kind}, "MultiLineString", joined(found)) for kind, found in lines.items()
        ]

    def _feature(self, code: str, properties: dict[str, str]) -> dict[str, Any]:
        smallest = SMALLEST_ISLAND_KM2[self._level[code]]
        rings = self._areas.rings_of(code)
        biggest = max(rings, key=area_km2)
        kept = [[ring] for ring in rings if ring is biggest or area_km2(ring) >= smallest]
        return _made(properties, "MultiPolygon", kept)


def water(natural_earth: Path) -> list[dict[str, Any]]:
    """Rivers, the great ones apart, and lakes."""
    rivers: dict[str, list[Degrees]] = {"great river": [], "river": []}
    for feature in _features(natural_earth / "ne_rivers_fr.geojson"):
        geometry, rank = feature["geometry"], feature["properties"]["scalerank"]
        parts = geometry["coordinates"]
        for part in [parts] if geometry["type"] == "LineString" else parts:
            line = rounded(thinned(ring_in_vertices(part), RIVER_DEGREES * SCALE))
            if len(line) > 1:
                rivers["great river" if rank <= GREAT_RIVER_RANK else "river"].append(line)
    lakes = _polygons(natural_earth / "ne_lakes_fr.geojson", LAKE_DEGREES)
    return [
        *(_made({"kind": k}, "MultiLineString", joined(lines)) for k, lines in rivers.items()),
        _made({"kind": "lake"}, "MultiPolygon", lakes),
    ]


def urban_areas(
    rows: Sequence[TownRow], places: Iterable[Place], boundaries: Path
) -> list[dict[str, Any]]:
    """Where towns cover the ground of France, and just beyond its borders."""
    land = [
        ring
        for code in ("FR", *NEIGHBOURS)
        for ring in _rings(boundaries / "countries" / f"{code}.json")
    ]
    polygons = urban_polygons(town_discs(rows, places), land, URBAN_DEGREES)
    return [_made({"kind": "urban"}, "MultiPolygon", polygons)]


def write_features(path: Path, features: Sequence[dict[str, Any]]) -> None:
    """Write GeoJSON without a superfluous byte."""
    collection = {"type": "FeatureCollection", "features": list(features)}
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")


def joined(lines: Iterable[Degrees]) -> list[Degrees]:
    """Lines that follow each other as one: fewer strokes, and dashes that do not start anew."""
    kept = list(lines)
    by_start = {tuple(line[0]): i for i, line in enumerate(kept)}
    taken: set[int] = set()
    chains = []
    for i, line in enumerate(kept):
        if i in taken:
            continue
        taken.add(i)
        chain = list(line)
        while (following := by_start.get(tuple(chain[-1]))) is not None and following not in taken:
            taken.add(following)
            chain += kept[following][1:]
        chains.append(chain)
    return chains


GREAT_RIVER_RANK = 7


def _department_inside(area: list[Ring], rows: Sequence[TownRow]) -> str:
    """The department with most of its towns in the area; Natural Earth has codes of its own."""
    xs = [x for ring in area for x, _ in ring]
    ys = [y for ring in area for _, y in ring]
    towns = [row for row in rows if row.kind == "commune" and row.precision == "town"]
    all_towns = Counter(row.department for row in towns)
    inside: Counter[str] = Counter()
    for row in towns:
        y, x = row.point[0] * SCALE, row.point[1] * SCALE
        near = min(ys) <= y <= max(ys) and min(xs) <= x <= max(xs)
        if near and any(_holds(ring, x, y) for ring in area):
            inside[row.department] += 1
    return max(inside, key=lambda code: inside[code] / all_towns[code], default="")


def _holds(ring: Ring, x: float, y: float) -> bool:
    crossings = sum(
        (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
        for a, b in itertools.pairwise(ring)
    )
    return crossings % 2 == 1


def _within(ring: Ring, box: tuple[float, float, float, float]) -> bool:
    south, west, north, east = (edge * SCALE for edge in box)
    return all(west <= x <= east and south <= y <= north for x, y in ring)


def _rings(path: Path) -> list[Ring]:
    geometry = json.loads(path.read_text(encoding="utf-8"))["geometry"]
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    rings = [ring_in_vertices(polygon[0]) for polygon in polygons]
    return [ring for ring in rings if len(ring) > 3]


def _polygons(path: Path, degrees: float) -> list[list[Degrees]]:
    polygons = []
    for feature in _features(path):
        thin = [
            rounded(thinned(ring_in_vertices(ring), degrees * SCALE))
            for ring in feature["geometry"]["coordinates"]
        ]
        if len(thin[0]) > 3:
            polygons.append([ring for ring in thin if len(ring) > 3])
    return polygons


def _features(path: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return features


def _made(properties: dict[str, str], kind: str, coordinates: object) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}
