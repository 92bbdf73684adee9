"""Where towns cover the ground: drawn from how many people live at each town's point."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, radians, sqrt

import numpy as np
from geo.communes import CITIES, TownRow
from geo.sources import Place
from geo.topology import SCALE, Degrees, Ring, rounded, thinned
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: People per km2 of built-up ground, and what is built round even the smallest town (km).
PEOPLE_PER_KM2, RIM_KM = 4_000.0, 0.3
#: Smaller towns are a name on the map, no ground.
SMALLEST_TOWN, SMALLEST_TOWN_ABROAD = 5_000, 10_000
#: Towns abroad count as far from the border as this (degrees).
ABROAD_DEGREES = 0.5

SOUTH, WEST, NORTH, EAST = 41.3, -5.2, 51.6, 9.7
STEP_LATITUDE, STEP_LONGITUDE = 0.005, 0.007
_KM_PER_DEGREE = 111.2
#: A lone town's ground ends where its influence has fallen to 1/e, at its radius.
LEVEL = float(np.exp(-1))


@dataclass(frozen=True, slots=True)
class Disc:
    """A town as a round patch of ground."""

    latitude: float
    longitude: float
    radius_km: float


def town_discs(rows: Sequence[TownRow], places: Iterable[Place]) -> list[Disc]:
    """The towns of France and those just beyond its borders."""
    french = [
        row
        for row in rows
        if row.precision == "town"
        and row.population >= SMALLEST_TOWN
        and row.kind in ("commune", "arrondissement")
        and row.insee not in CITIES
    ]
    latitudes = np.array([row.point[0] for row in french])
    longitudes = np.array([row.point[1] for row in french])
    discs = [_disc(*row.point, row.population) for row in french]
    for place in places:
        seen = SOUTH < place.latitude < NORTH and WEST < place.longitude < EAST
        big = place.population >= SMALLEST_TOWN_ABROAD and place.feature != "PPLX"
        if not (seen and big) or place.country in ("FR", "GB"):
            continue
        apart = np.maximum(abs(latitudes - place.latitude), abs(longitudes - place.longitude) * 0.7)
        if apart.min() < ABROAD_DEGREES:
            discs.append(_disc(place.latitude, place.longitude, place.population))
    return discs


def urban_polygons(
    discs: Sequence[Disc], land: Iterable[Ring], degrees: float
) -> list[list[Degrees]]:
    """The outlines of all discs that run into each other, cut off at the coast, without holes."""
    field = np.minimum(_influence(discs), 2 * LEVEL)  # so that the edge at the sea falls midway
    field[~_on_land(land)] = 0.0
    polygons = []
    for outline in outlines(field, LEVEL):
        ring = [
            (round((WEST + x * STEP_LONGITUDE) * SCALE), round((SOUTH + y * STEP_LATITUDE) * SCALE))
            for x, y in outline
        ]
        thin = rounded(thinned(ring, degrees * SCALE))
        if len(thin) > 4 and _runs_clockwise(thin):
            polygons.append([thin])
    return sorted(polygons)


def _runs_clockwise(ring: Degrees) -> bool:
    """An outline does, a hole does not."""
    return sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) > 0


def outlines(field: Floats, level: float) -> list[list[tuple[float, float]]]:
    """Closed lines (column, row) where the field crosses the level; its margin must be below."""
    inside = field >= level
    corners = inside[:-1, :-1] + 2 * inside[:-1, 1:] + 4 * inside[1:, 1:] + 8 * inside[1:, :-1]
    following: dict[tuple[int, int, bool], tuple[int, int, bool]] = {}
    for row, column in np.argwhere((corners > 0) & (corners < 15)).tolist():
        for start, end in _PIECES[int(corners[row, column])]:
            following[_edge(row, column, start)] = _edge(row, column, end)
    lines = []
    while following:
        first, edge = following.popitem()
        line = [first]
        while edge != first:
            line.append(edge)
            edge = following.pop(edge)
        points = [_crossing(field, level, edge) for edge in line]
        lines.append([*points, points[0]])
    return lines


#: For each pattern of corners inside (1 = low left, 2 = low right, 4 = high right, 8 = high left),
#: the sides (0 = low, 1 = right, 2 = high, 3 = left) that the outline enters and leaves by.
_PIECES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 0), (1, 2)), 6: ((0, 2),),
    7: ((3, 2),), 8: ((2, 3),), 9: ((2, 0),), 10: ((0, 1), (2, 3)), 11: ((2, 1),), 12: ((1, 3),),
    13: ((1, 0),), 14: ((0, 3),),
}  # fmt: skip


def _edge(row: int, column: int, side: int) -> tuple[int, int, bool]:
    """An edge of the grid by its first corner, and whether it runs along the row."""
    return (
        (row, column, True),
        (row, column + 1, False),
        (row + 1, column, True),
        (row, column, False),
    )[side]


def _crossing(field: Floats, level: float, edge: tuple[int, int, bool]) -> tuple[float, float]:
    row, column, along_row = edge
    here = float(field[row, column])
    there = float(field[row, column + 1] if along_row else field[row + 1, column])
    part = (level - here) / (there - here)
    return (column + part, float(row)) if along_row else (float(column), row + part)


def _disc(latitude: float, longitude: float, population: int) -> Disc:
    return Disc(latitude, longitude, sqrt(population / (PEOPLE_PER_KM2 * pi)) + RIM_KM)


def _influence(discs: Sequence[Disc]) -> Floats:
    """The sum over all towns of a bell that is 1 in the middle and 1/e at the radius."""
    rows = round((NORTH - SOUTH) / STEP_LATITUDE) + 1
    columns = round((EAST - WEST) / STEP_LONGITUDE) + 1
    field = np.zeros((rows, columns), dtype=np.float32)
    for disc in discs:
        km_per_longitude = _KM_PER_DEGREE * cos(radians(disc.latitude))
        reach = 2.6 * disc.radius_km
        y = _cells(disc.latitude - SOUTH, reach / _KM_PER_DEGREE, STEP_LATITUDE, rows)
        x = _cells(disc.longitude - WEST, reach / km_per_longitude, STEP_LONGITUDE, columns)
        north_km = (SOUTH + np.array(y) * STEP_LATITUDE - disc.latitude) * _KM_PER_DEGREE
        east_km = (WEST + np.array(x) * STEP_LONGITUDE - disc.longitude) * km_per_longitude
        apart2 = north_km[:, None] ** 2 + east_km[None, :] ** 2
        if y and x:
            patch = field[y.start : y.stop, x.start : x.stop]
            patch += np.exp(-apart2 / disc.radius_km**2).astype(np.float32)
    return field


def _cells(middle: float, reach: float, step: float, count: int) -> range:
    return range(
        max(1, round((middle - reach) / step)), min(count - 1, round((middle + reach) / step))
    )


def _on_land(land: Iterable[Ring]) -> NDArray[np.bool_]:
    """Which points of the grid lie on land: every coast that is crossed from the west toggles."""
    rows = round((NORTH - SOUTH) / STEP_LATITUDE) + 1
    columns = round((EAST - WEST) / STEP_LONGITUDE) + 1
    on_land = np.zeros((rows, columns), dtype=bool)
    for ring in land:
        line = np.array(ring, dtype=float) / SCALE
        (x0, y0), (x1, y1) = line[:-1].T, line[1:].T
        first = max(0, int(np.ceil((line[:, 1].min() - SOUTH) / STEP_LATITUDE)))
        last = min(rows - 1, int((line[:, 1].max() - SOUTH) / STEP_LATITUDE))
        for row in range(first, last + 1):
            latitude = SOUTH + row * STEP_LATITUDE
            cut = (y0 > latitude) != (y1 > latitude)
            crossed = np.sort(
                x0[cut] + (latitude - y0[cut]) * (x1[cut] - x0[cut]) / (y1[cut] - y0[cut])
            )
            at = np.clip(np.ceil((crossed - WEST) / STEP_LONGITUDE), 0, columns).astype(int)
            for west, east in zip(at[::2], at[1::2], strict=True):
                on_land[row, west:east] = True
    return on_land
