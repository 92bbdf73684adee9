"""Which town names the map shows at which zoom, so that none covers another."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asinh, pi, radians, tan
from pathlib import Path

from geo.communes import CITIES, TownRow
from geo.sources import FRENCH_COUNTRIES, Place

FIRST_ZOOM, LAST_ZOOM = 5, 14

#: Neighbours' towns are named within this box, from this size on.
ABROAD = ("BE", "LU", "DE", "CH", "IT", "ES", "AD", "GB", "JE", "GG", "NL")
BOX = (41.2, -5.8, 51.8, 9.9)
ABROAD_PEOPLE = 10_000

#: GeoNames mixes English and local names; a desk in France reads the French one.
FRENCH_NAMES = {
    "Aachen": "Aix-la-Chapelle", "Antwerpen": "Anvers", "Aosta": "Aoste", "Barcelona": "Barcelone",
    "Basel": "Bâle", "Bern": "Berne", "Brugge": "Bruges", "Brussels": "Bruxelles",
    "Cuneo": "Coni", "Dover": "Douvres",
    "Freiburg": "Fribourg-en-Brisgau", "Gent": "Gand", "Genoa": "Gênes", "Girona": "Gérone",
    "Ieper": "Ypres", "Koblenz": "Coblence", "Kortrijk": "Courtrai", "Köln": "Cologne",
    "Leuven": "Louvain", "Lleida": "Lérida", "London": "Londres", "Luzern": "Lucerne",
    "Mainz": "Mayence", "Mechelen": "Malines", "Menen": "Menin", "Oostende": "Ostende",
    "Ostend": "Ostende", "Pamplona": "Pampelune", "Roeselare": "Roulers", "Ronse": "Renaix",
    "Saarbrücken": "Sarrebruck", "Sanremo": "San Remo", "Solothurn": "Soleure", "Trier": "Trèves",
    "Ventimiglia": "Vintimille", "Veurne": "Furnes", "Zaragoza": "Saragosse", "Zürich": "Zurich",
    "Donostia / San Sebastián": "Saint-Sébastien", "Donostia": "Saint-Sébastien",
    "San Sebastián": "Saint-Sébastien",
}  # fmt: skip

#: Pixels that a name needs on the map: per letter, and from one line to the next.
LETTER_PX, LINE_PX, MARGIN_PX = 6.5, 16.0, 18.0
TILE_PX = 256


@dataclass(frozen=True, slots=True)
class Label:
    """A name for the map; a section of a city comes only when nothing else needs the room."""

    name: str
    latitude: float
    longitude: float
    population: int
    kind: str


def label_candidates(rows: Sequence[TownRow], places: Iterable[Place]) -> list[Label]:
    """Towns whose own place is known, biggest first, and the larger towns beyond the border."""
    kinds = ("commune", "former", "place")
    labels = [
        Label(_short(row.name), *row.point, _weight(row), row.kind)
        for row in rows
        if row.precision == "town" and row.kind in kinds
    ]
    south, west, north, east = BOX
    labels += [
        Label(_in_french(place.name), place.latitude, place.longitude, place.population, "abroad")
        for place in places
        if place.country in ABROAD
        and place.country not in FRENCH_COUNTRIES
        and place.feature != "PPLX"
        and place.population >= ABROAD_PEOPLE
        and south <= place.latitude <= north
        and west <= place.longitude <= east
    ]
    return sorted(labels, key=lambda label: (-label.population, label.name, label.latitude))


def with_zooms(labels: Sequence[Label]) -> list[tuple[Label, int]]:
    """For each label the first zoom at which it finds room beside those that matter more."""
    shown: list[tuple[Label, int]] = []
    waiting = list(labels)
    for zoom in range(FIRST_ZOOM, LAST_ZOOM + 1):
        room = _Room(zoom)
        for label, _ in shown:
            room.take(label)
        still_waiting = []
        for label in waiting:
            if zoom >= _earliest(label) and room.has_place_for(label):
                room.take(label)
                shown.append((label, zoom))
            else:
                still_waiting.append(label)
        waiting = still_waiting
    return shown


def write_labels(path: Path, labels: Sequence[tuple[Label, int]]) -> None:
    """Write a row for each name; rank 1 is a big city, 4 a village."""
    rows = [
        [label.name, round(label.latitude, 4), round(label.longitude, 4), zoom, _rank(label)]
        for label, zoom in labels
    ]
    text = json.dumps(
        {"columns": ["name", "latitude", "longitude", "zoom", "rank"], "labels": rows},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    path.write_text(text + "\n", encoding="utf-8")


class _Room:
    """The names already on the map at one zoom, in a grid of pixels."""

    _CELL_PX = 128

    def __init__(self, zoom: int) -> None:
        self._world_px = TILE_PX * 2**zoom
        self._cells: dict[tuple[int, int], list[tuple[float, float, float]]] = defaultdict(list)

    def take(self, label: Label) -> None:
        x, y, half = self._box(label)
        self._cells[self._cell(x, y)].append((x, y, half))

    def has_place_for(self, label: Label) -> bool:
        x, y, half = self._box(label)
        column, line = self._cell(x, y)
        return not any(
            abs(x - other_x) < half + other_half and abs(y - other_y) < LINE_PX + MARGIN_PX
            for dx in (-2, -1, 0, 1, 2)
            for dy in (-1, 0, 1)
            for other_x, other_y, other_half in self._cells.get((column + dx, line + dy), ())
        )

    def _box(self, label: Label) -> tuple[float, float, float]:
        x = (label.longitude + 180) / 360 * self._world_px
        y = (1 - asinh(tan(radians(label.latitude))) / pi) / 2 * self._world_px
        return x, y, (len(label.name) * LETTER_PX + MARGIN_PX) / 2

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        return int(x // self._CELL_PX), int(y // self._CELL_PX)


def _rank(label: Label) -> int:
    bounds = (100_000, 20_000, 3_000)
    return 1 + sum(label.population < bound for bound in bounds)


def _earliest(label: Label) -> int:
    """Villages would clutter the overview even where there is room."""
    if label.kind in ("place", "former"):
        return 11 if label.population >= 5_000 else 12
    return {1: FIRST_ZOOM, 2: 7, 3: 9, 4: 10}[_rank(label)]


def _weight(row: TownRow) -> int:
    """Quarters of the three big cities never hide the towns around them."""
    return (
        min(row.population, 4_000)
        if row.kind == "place" and row.insee in CITIES
        else row.population
    )


def _in_french(name: str) -> str:
    return FRENCH_NAMES.get(name, name)


def _short(name: str) -> str:
    return name.replace("-sur-", "-s.-") if len(name) > 26 else name
