"""What the land looks like without any order: coasts, towns, water, borders and names."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.i18n import N_, _
from app.maps.projection import Area, Flat, clip_line, clip_ring
from resources import resource

#: Longitude and latitude in degrees, the order of GeoJSON.
Line = tuple[Flat, ...]
Polygon = tuple[Line, ...]

#: The countries round France that are named, by their code.
COUNTRIES = {
    "AD": N_("Andorra"),
    "BE": N_("Belgium"),
    "CH": N_("Switzerland"),
    "DE": N_("Germany"),
    "ES": N_("Spain"),
    "GB": N_("United Kingdom"),
    "IT": N_("Italy"),
    "LU": N_("Luxembourg"),
    "NL": N_("Netherlands"),
}
NAMES_FILE = ("geo", "built", "labels.json")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name for the map, from which zoom on, and how big the place is (1 a city, 4 a village)."""

    name: str
    latitude: float
    longitude: float
    zoom: int
    rank: int


@dataclass(frozen=True, slots=True)
class River:
    """A line of water."""

    line: Line
    great: bool


@dataclass(frozen=True, slots=True)
class Geography:
    """The shapes of the base map; polygons are an outline followed by its holes.

    `land` is France; `neighbours` are the polygons of other countries with their code.
    """

    land: tuple[Polygon, ...] = ()
    neighbours: tuple[tuple[str, Polygon], ...] = ()
    urban: tuple[Polygon, ...] = ()
    lakes: tuple[Polygon, ...] = ()
    rivers: tuple[River, ...] = ()
    borders: tuple[Line, ...] = ()
    frontiers: tuple[Line, ...] = ()

    def clipped(self, area: Area) -> "Geography":
        """Only what lies in the area, cut at its edges."""
        box = (area.west, area.south, area.east, area.north)
        return Geography(
            land=_clipped_polygons(self.land, box),
            neighbours=tuple(
                (code, kept)
                for code, polygon in self.neighbours
                for kept in _clipped_polygons([polygon], box)
            ),
            urban=_clipped_polygons(self.urban, box),
            lakes=_clipped_polygons(self.lakes, box),
            rivers=tuple(
                River(tuple(part), river.great)
                for river in self.rivers
                for part in clip_line(river.line, box)
            ),
            borders=_clipped_lines(self.borders, box),
            frontiers=_clipped_lines(self.frontiers, box),
        )


@cache
def load_geography() -> Geography:
    """The shapes that ship with the program."""
    water = _features("water")
    borders = _features("borders")
    return Geography(
        land=tuple(_polygons(_features("departments"))),
        neighbours=tuple(
            (feature["properties"]["code"], polygon)
            for feature in _features("neighbours")
            for polygon in _polygons([feature])
        ),
        urban=tuple(_polygons(_features("urban"))),
        lakes=tuple(_polygons(_of_kind(water, "lake"))),
        rivers=tuple(
            River(line, feature["properties"]["kind"] == "great river")
            for feature in _of_kind(water, "great river", "river")
            for line in _lines([feature])
        ),
        borders=tuple(_lines(_of_kind(borders, "department"))),
        frontiers=tuple(_lines(_of_kind(borders, "country"))),
    )


@cache
def load_names() -> tuple[PlaceName, ...]:
    """The names of towns, those that matter most first."""
    read = json.loads(resource(*NAMES_FILE).read_text(encoding="utf-8"))
    return tuple(PlaceName(*row) for row in read["labels"])


def geography_data(geography: Geography) -> dict[str, Any]:
    """The shapes as the page takes them, with the countries in the language of the program."""
    return {
        "land": [*geography.land, *(polygon for _code, polygon in geography.neighbours)],
        "urban": geography.urban,
        "lakes": geography.lakes,
        "rivers": [{"line": river.line, "great": river.great} for river in geography.rivers],
        "borders": geography.borders,
        "frontiers": geography.frontiers,
        "countries": [
            {"name": country_name(code), "outline": polygon[0]}
            for code, polygon in geography.neighbours
            if code in COUNTRIES
        ],
    }


def names_data(names: Iterable[PlaceName]) -> list[list[Any]]:
    """The names as the page takes them."""
    return [[name.name, name.latitude, name.longitude, name.zoom, name.rank] for name in names]


def country_name(code: str) -> str:
    """A neighbour's name in the language of the program."""
    return _(COUNTRIES[code])


def origin() -> str:
    """Whose work the base map is, in few words."""
    return "Natural Earth · INSEE · GeoNames"


def _features(name: str) -> list[dict[str, Any]]:
    text = resource("geo", f"{name}.geojson").read_text(encoding="utf-8")
    features: list[dict[str, Any]] = json.loads(text)["features"]
    return features


def _of_kind(features: Iterable[dict[str, Any]], *kinds: str) -> list[dict[str, Any]]:
    return [feature for feature in features if feature["properties"]["kind"] in kinds]


def _polygons(features: Iterable[dict[str, Any]]) -> Iterator[Polygon]:
    for feature in features:
        geometry = feature["geometry"]
        many = geometry["type"] == "MultiPolygon"
        for polygon in geometry["coordinates"] if many else [geometry["coordinates"]]:
            yield tuple(_line(ring) for ring in polygon)


def _lines(features: Iterable[dict[str, Any]]) -> Iterator[Line]:
    for feature in features:
        geometry = feature["geometry"]
        many = geometry["type"] == "MultiLineString"
        for line in geometry["coordinates"] if many else [geometry["coordinates"]]:
            yield _line(line)


def _line(coordinates: Iterable[Sequence[float]]) -> Line:
    return tuple((longitude, latitude) for longitude, latitude, *_rest in coordinates)


def _clipped_polygons(
    polygons: Iterable[Polygon], box: tuple[float, float, float, float]
) -> tuple[Polygon, ...]:
    kept = (
        tuple(tuple(ring) for ring in (clip_ring(line, box) for line in polygon) if ring)
        for polygon in polygons
        if _touches(polygon[0], box)
    )
    return tuple(polygon for polygon in kept if polygon)


def _clipped_lines(
    lines: Iterable[Line], box: tuple[float, float, float, float]
) -> tuple[Line, ...]:
    return tuple(tuple(part) for line in lines for part in clip_line(line, box))


def _touches(line: Line, box: tuple[float, float, float, float]) -> bool:
    left, low, right, high = box
    across, up = [x for x, _y in line], [y for _x, y in line]
    return min(across) <= right and max(across) >= left and min(up) <= high and max(up) >= low
