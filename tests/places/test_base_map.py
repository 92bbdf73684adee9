"""The base map that ships: small, whole, and true to the gazetteer."""

import json
import sys
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places import Gazetteer
from resources import resource

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "packaging"))

from geo.topology import Areas, thinned  # noqa: E402
from geo.urban import outlines  # noqa: E402

LAYERS = ("departments", "neighbours", "borders", "water", "urban")


def layer(name: str) -> list[dict[str, Any]]:
    text = resource("geo", f"{name}.geojson").read_text(encoding="utf-8")
    features: list[dict[str, Any]] = json.loads(text)["features"]
    return features


def holds(feature: dict[str, Any], longitude: float, latitude: float) -> bool:
    crossings = 0
    for polygon in feature["geometry"]["coordinates"]:
        for ring in polygon:
            for (ax, ay), (bx, by) in pairwise(ring):
                if (ay > latitude) != (by > latitude):
                    crossings += longitude < (bx - ax) * (latitude - ay) / (by - ay) + ax
    return crossings % 2 == 1


def test_all_layers_together_stay_small():
    assert sum(len(resource("geo", f"{name}.geojson").read_bytes()) for name in LAYERS) < 900_000


def test_every_department_is_drawn_and_named(gazetteer: Gazetteer):
    drawn = {f["properties"]["code"]: f["properties"]["name"] for f in layer("departments")}

    assert len(drawn) == 101
    assert all(gazetteer.department_name(code) == name for code, name in drawn.items())


def test_towns_lie_in_the_department_drawn_for_them(gazetteer: Gazetteer):
    drawn = {feature["properties"]["code"]: feature for feature in layer("departments")}
    towns = [place for place in gazetteer.populated_places() if place.department in drawn]
    inside = [
        holds(drawn[town.department], town.point.longitude, town.point.latitude) for town in towns
    ]

    assert len(towns) > 14_000
    assert sum(inside) / len(inside) > 0.97  # the rest lies on borders drawn with fewer points


@pytest.mark.parametrize(
    ("where", "longitude", "latitude", "land"),
    [
        ("Tournai", 3.389, 50.606, True),
        ("Genève", 6.147, 46.202, True),
        ("Monaco", 7.415, 43.737, True),
        ("off Saint-Malo", -2.4, 48.9, False),
        ("off Marseille", 5.2, 43.1, False),
        ("the Channel", 0.5, 50.4, False),
    ],
)
def test_land_is_land_and_sea_is_sea(where: str, longitude: float, latitude: float, land: bool):
    areas = [*layer("departments"), *layer("neighbours")]

    assert any(holds(area, longitude, latitude) for area in areas) is land


@pytest.mark.parametrize(
    ("where", "longitude", "latitude", "built_up"),
    [
        ("Lille", 3.06, 50.63, True),
        ("Roubaix", 3.17, 50.69, True),
        ("Marseille", 5.40, 43.30, True),
        ("Tournai", 3.39, 50.606, True),
        ("Sologne", 2.00, 47.55, False),
        ("the roads of Marseille", 5.30, 43.29, False),
    ],
)
def test_towns_cover_the_ground_and_nothing_else(
    where: str, longitude: float, latitude: float, built_up: bool
):
    assert any(holds(area, longitude, latitude) for area in layer("urban")) is built_up


def test_borders_follow_the_areas_they_part():
    drawn = {
        tuple(point)
        for name in ("departments", "neighbours")
        for feature in layer(name)
        for polygon in feature["geometry"]["coordinates"]
        for ring in polygon
        for point in ring
    }
    for border in layer("borders"):
        for line in border["geometry"]["coordinates"]:
            assert {tuple(point) for point in line} <= drawn


def test_town_names_come_by_importance_and_in_the_places_of_towns():
    file = json.loads(resource("geo", "built", "labels.json").read_text(encoding="utf-8"))
    first = {row[0]: row[3] for row in reversed(file["labels"])}

    assert file["columns"] == ["name", "latitude", "longitude", "zoom", "rank"]
    assert first["Paris"] <= first["Lille"] < first["Roubaix"] < first["Lambersart"]
    assert len(file["labels"]) > 14_000


COORDINATES = st.integers(-300, 300)
LINES = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=2, max_size=25)


@given(LINES, st.floats(0, 200))
def test_a_thinned_line_keeps_its_ends_and_stays_near(line: list[tuple[int, int]], within: float):
    thin = thinned(line, within)

    assert (thin[0], thin[-1]) == (line[0], line[-1])
    assert set(thin) <= set(line)
    assert all(_apart(point, thin) <= within + 1e-6 for point in line)


def _apart(point: tuple[int, int], line: list[tuple[int, int]]) -> float:
    """From a point to the nearest piece, with a degree of longitude as short as in France."""
    shrink = 0.6883545756937541
    x, y = point[0] * shrink, float(point[1])
    nearest = float("inf")
    for (ax, ay), (bx, by) in pairwise([(x * shrink, y) for x, y in line]):
        length2 = (bx - ax) ** 2 + (by - ay) ** 2
        along = 0.0 if length2 == 0 else ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2
        along = min(1.0, max(0.0, along))
        nearest = min(nearest, hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)))
    return nearest


def test_neighbours_still_meet_when_their_border_is_thinned():
    wavy = [(0, 0), (2_000, 10_000), (-1_000, 20_000), (0, 30_000)]
    west = [*wavy, (-50_000, 30_000), (-50_000, 0), (0, 0)]
    east = [*wavy[::-1], (50_000, 0), (50_000, 30_000), (0, 30_000)]
    areas = Areas({"west": [west], "east": [east]})

    areas.thin({"west": 0.5, "east": 0.001})

    border = next(line for owners, line in areas.borders() if owners == {"west", "east"})
    assert len(border) == len(wavy)
    for code in ("west", "east"):
        assert {tuple(p) for p in border} <= {
            tuple(p) for ring in areas.rings_of(code) for p in ring
        }


FIELDS = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0.0, 0.2, 0.6, 1.0]), min_size=width, max_size=width),
        min_size=1,
        max_size=6,
    )
)


@given(FIELDS)
def test_outlines_part_what_is_above_the_level_from_what_is_below(rows: list[list[float]]):
    field = np.pad(np.array(rows, dtype=np.float32), 1)

    lines = outlines(field, 0.4)

    assert all(line[0] == line[-1] for line in lines)
    around = {"geometry": {"coordinates": [lines]}}
    for row, column in np.ndindex(field.shape):
        assert holds(around, column + 1e-6, row + 1e-6) == (field[row, column] >= 0.4)
