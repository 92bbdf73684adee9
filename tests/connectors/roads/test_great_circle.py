"""Distances and times from coordinates alone: plausible, symmetric, repeatable, fast."""

import time
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.connectors.roads.great_circle import BETWEEN_DOORS_S, GreatCircleTravel
from app.domain.fleet import Energy
from app.domain.travel import VehicleProfile, profile_of
from app.domain.values import Address, GeoPoint, Load
from app.i18n import use_language
from app.places import Gazetteer
from tests.builders import LAMBERSART, LILLE, ROUBAIX, a_vehicle

VAN, HEAVY, BIKE = VehicleProfile.VAN, VehicleProfile.HEAVY, VehicleProfile.BIKE

POINTS = st.builds(GeoPoint, st.floats(42.0, 51.0), st.floats(-4.5, 8.0))

#: Journeys by car that every French driver knows: from, to, kilometres, minutes off the rush hour.
JOURNEYS = [
    ("59000 Lille", "59100 Roubaix", 14, 25),
    ("59000 Lille", "62300 Lens", 38, 38),
    ("59000 Lille", "59140 Dunkerque", 77, 60),
    ("75004 Paris", "59000 Lille", 225, 150),
    ("75012 Paris", "92400 Courbevoie", 14, 38),
    ("75018 Paris", "75013 Paris", 9, 34),
    ("35000 Rennes", "35400 Saint-Malo", 70, 57),
    ("35000 Rennes", "35500 Vitré", 40, 38),
    ("35000 Rennes", "35510 Cesson-Sévigné", 7, 15),
    ("13001 Marseille", "13100 Aix-en-Provence", 32, 38),
    ("69003 Lyon", "38000 Grenoble", 112, 82),
    ("06000 Nice", "06400 Cannes", 33, 42),
    ("31000 Toulouse", "81000 Albi", 77, 65),
    ("05000 Gap", "05100 Briançon", 88, 92),
    ("48000 Mende", "12100 Millau", 76, 68),
    ("29200 Brest", "29000 Quimper", 71, 58),
    ("33000 Bordeaux", "33120 Arcachon", 66, 65),
    ("44000 Nantes", "49000 Angers", 92, 70),
    ("76600 Le Havre", "14600 Honfleur", 25, 30),
]


@cache
def travel() -> GreatCircleTravel:
    with Gazetteer() as gazetteer:
        return GreatCircleTravel.of(gazetteer)


@cache
def journeys() -> np.ndarray:
    """For each known journey: kilometres said, known, minutes said, known."""
    figures = []
    with Gazetteer() as gazetteer:
        for start, end, km, minutes in JOURNEYS:
            places = [gazetteer.locate(Address(town=text)) for text in (start, end)]
            distance_m, duration_s = travel().matrix([place.point for place in places], VAN)
            figures.append((distance_m[0, 1] / 1000, km, duration_s[0, 1] / 60, minutes))
    return np.array(figures)


def test_known_journeys_come_out_about_right():
    km, known_km, minutes, known_minutes = journeys().T

    assert np.all(np.abs(np.log(km / known_km)) < np.log(1.35))
    assert np.all(np.abs(np.log(minutes / known_minutes)) < np.log(1.35))


def test_known_journeys_are_right_on_average():
    km, known_km, minutes, known_minutes = journeys().T

    assert abs(np.log(km / known_km).mean()) < 0.05  # measured: 0 %
    assert abs(np.log(minutes / known_minutes).mean()) < 0.12  # measured: 8 % slower than a car


@given(st.lists(POINTS, min_size=1, max_size=6), st.sampled_from(VehicleProfile))
def test_every_matrix_is_whole_symmetric_and_never_instant(
    points: list[GeoPoint], profile: VehicleProfile
):
    distance_m, duration_s = travel().matrix(points, profile)
    apart = ~np.eye(len(points), dtype=bool)

    for figures in (distance_m, duration_s):
        assert figures.dtype == np.int64
        assert figures.shape == (len(points), len(points))
        assert (figures == figures.T).all()
        assert (np.diag(figures) == 0).all()
    assert (duration_s[apart] >= BETWEEN_DOORS_S).all()


@given(st.lists(POINTS, min_size=2, max_size=6))
def test_the_road_is_never_shorter_than_the_great_circle(points: list[GeoPoint]):
    distance_m, _ = travel().matrix(points, VAN)

    for i, here in enumerate(points):
        for j, there in enumerate(points):
            straight_m = here.distance_m(there)
            assert straight_m * 1.149 - 1 <= distance_m[i, j] <= straight_m * 1.601 + 1


@given(POINTS, POINTS)
def test_bicycles_keep_below_16_km_per_hour_and_lorries_are_slower_than_vans(
    here: GeoPoint, there: GeoPoint
):
    distance_m, bike_s = travel().matrix([here, there], BIKE)
    van_s, heavy_s = (travel().matrix([here, there], p).duration_s[0, 1] for p in (VAN, HEAVY))

    assert distance_m[0, 1] / (bike_s[0, 1] + 0.5) * 3.6 <= 16.01  # rounded metres
    assert heavy_s >= van_s
    assert distance_m[0, 1] / (van_s + 0.5) * 3.6 <= 90.0


def test_two_addresses_known_by_one_point_are_still_two_doors():
    distance_m, duration_s = travel().matrix([LILLE, LILLE], VAN)

    assert distance_m[0, 1] == 0
    assert duration_s[0, 1] == BETWEEN_DOORS_S


def test_a_city_street_is_slower_than_a_country_road():
    def five_km_from(point: GeoPoint) -> int:
        east = replace(point, longitude=point.longitude + 0.05)
        distance_m, duration_s = travel().matrix([point, east], VAN)
        return round(distance_m[0, 1] / duration_s[0, 1] * 3.6)

    paris, suburb, country = GeoPoint(48.87, 2.34), GeoPoint(50.69, 2.90), GeoPoint(46.60, 2.55)

    assert 15 <= five_km_from(paris) <= 22
    assert five_km_from(paris) < five_km_from(suburb) < five_km_from(country)
    assert 40 <= five_km_from(country) <= 55


def test_without_towns_the_country_is_assumed():
    distance_m, duration_s = GreatCircleTravel().matrix([LILLE, ROUBAIX], VAN)

    assert distance_m[0, 1] > 0
    assert distance_m[0, 1] / duration_s[0, 1] * 3.6 > 40


def test_nothing_to_measure_gives_nothing():
    assert travel().matrix([], VAN).distance_m.shape == (0, 0)


def test_a_point_gets_the_same_figures_in_any_company():
    alone = travel().matrix([LILLE, LAMBERSART], VAN)
    crowd = travel().matrix([ROUBAIX, LILLE, ROUBAIX, LAMBERSART], VAN)

    assert alone.distance_m[0, 1] == crowd.distance_m[1, 3]
    assert alone.duration_s[0, 1] == crowd.duration_s[1, 3]


def test_a_thousand_doors_take_less_than_a_second():
    random = np.random.default_rng(7)
    points = [GeoPoint(50.6 + y, 3.0 + x) for y, x in random.normal(0, 0.2, (1_000, 2))]
    travel().matrix(points[:2], VAN)
    began = time.perf_counter()

    travel().matrix(points, VAN)

    assert time.perf_counter() - began < 1.0  # measured: 0.11 s


def test_it_says_how_the_figures_were_come_by():
    use_language("en")

    assert "1.30" in travel().note


@pytest.mark.parametrize(
    ("vehicle", "profile"),
    [
        (a_vehicle(), VAN),
        (a_vehicle(energy=Energy.CARGO_BIKE), BIKE),
        (a_vehicle(capacity=Load(6_000_000, 30_000_000, 400)), HEAVY),
        (a_vehicle(capacity=Load(10**9, 10**9, 10**6)), VAN),
    ],
)
def test_a_vehicle_moves_by_its_energy_and_its_payload(vehicle, profile):
    assert profile_of(vehicle) is profile
