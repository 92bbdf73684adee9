"""The gazetteer against real addresses and an independent list of communes."""

import csv
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from app.domain.places import Located, Precision
from app.domain.values import Address, GeoPoint
from app.places import Gazetteer


@dataclass(frozen=True, slots=True)
class Known:
    """An address whose place is known, and what the gazetteer says."""

    address: Address
    place: GeoPoint
    found: Located | None

    @property
    def off_km(self) -> float:
        assert self.found is not None
        return self.found.point.distance_m(self.place) / 1000


@pytest.fixture(scope="module")
def stations(shared_data: Path, gazetteer: Gazetteer) -> list[Known]:
    with (shared_data / "places" / "fr_stations_adresses.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    known = []
    for row in rows:
        address = Address(row["adresse"], row["cp"], row["ville"])
        place = GeoPoint(float(row["lat"]), float(row["lon"]))
        known.append(Known(address, place, gazetteer.locate(address)))
    return known


def _at(share: float, figures: Sequence[float]) -> float:
    return sorted(figures)[int(share * len(figures))]


def test_every_real_address_is_located(stations: list[Known]):
    assert len(stations) > 6_000
    assert [known.address for known in stations if known.found is None] == []


def test_nearly_all_are_found_by_postcode_and_town_within_a_kilometre_or_so(
    stations: list[Known],
):
    sure = [known for known in stations if known.found and known.found.score == 0.7]
    off_km = [known.off_km for known in sure]

    assert len(sure) / len(stations) > 0.945  # measured: 95.1 %
    assert median(off_km) < 1.1  # measured: 1.02 km
    assert _at(0.95, off_km) < 3.8  # measured: 3.5 km
    assert _at(0.999, off_km) < 12


def test_the_score_tells_how_far_off_a_place_may_be(stations: list[Known]):
    by_score: dict[float, list[float]] = {}
    for known in stations:
        assert known.found is not None
        by_score.setdefault(known.found.score, []).append(known.off_km)
    medians = [median(by_score[score]) for score in (0.7, 0.5, 0.2)]

    assert medians == sorted(medians)
    assert medians[1] < 6  # measured: 4.4 km
    assert len(by_score[0.2]) / len(stations) < 0.01  # what waits for a person


def test_thousands_of_addresses_are_located_in_a_second(stations: list[Known]):
    with Gazetteer() as fresh:
        began = time.perf_counter()
        for known in stations:
            fresh.locate(known.address)
        took_s = time.perf_counter() - began

    assert len(stations) / took_s > 2_000  # measured: some 25,000


def _posts_own_list(shared_data: Path) -> list[tuple[str, str, str, GeoPoint]]:
    path = shared_data / "gazetteer" / "laposte_hexasmal_2022-03.csv"
    with path.open(encoding="utf-8") as file:
        return [
            (
                row["Code_commune_INSEE"],
                row["Code_postal"],
                row["Libellé_d_acheminement"],
                GeoPoint(float(row["latitude"]), float(row["longitude"])),
            )
            for row in csv.DictReader(file, delimiter=";")
            if row["latitude"]
        ]


def test_the_names_and_postcodes_of_the_post_are_understood(
    shared_data: Path, gazetteer: Gazetteer
):
    """Another list than ours, four years older: capitals, short forms, former communes."""
    mainland = [row for row in _posts_own_list(shared_data) if row[0] < "97"]
    found = [(gazetteer.locate(Address("", cp, town)), place) for _, cp, town, place in mainland]
    named = [(f, place) for f, place in found if f and not f.matched.isdecimal()]
    own = [f.point.distance_m(place) / 1000 for f, place in named if f.precision is Precision.TOWN]

    assert len(found) > 38_000
    assert len(named) / len(found) > 0.99
    assert median(own) < 1.0
    assert _at(0.99, own) < 6.5


def test_no_trusted_point_lies_in_another_region(shared_data: Path, gazetteer: Gazetteer):
    """Points by name alone go wrong by 35 to 80 km; none of those may be called sure."""
    far = []
    for insee, postcode, town, place in _posts_own_list(shared_data):
        found = gazetteer.locate(Address("", postcode, town))
        sure = found is not None and found.score >= 0.7
        if sure and insee < "97" and found.point.distance_m(place) > 20_000:
            far.append((town, found.matched))

    assert far == []
