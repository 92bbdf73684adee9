"""Locating addresses offline: how near, how sure, and when not at all."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.places import Precision
from app.domain.values import Address, GeoPoint
from app.places import Gazetteer, NoGazetteer, PopulatedPlace

LILLE = GeoPoint(50.633, 3.059)
TOWN, POSTCODE, DEPARTMENT = Precision.TOWN, Precision.POSTCODE, Precision.DEPARTMENT


def at(postcode: str, town: str, street: str = "", country: str = "FR") -> Address:
    return Address(street, postcode, town, country)


@pytest.mark.parametrize(
    ("address", "matched"),
    [
        (at("59000", "LILLE"), "59000 Lille"),
        (at("59000", "Lille Cedex 9"), "59000 Lille"),
        (at("59024", "LILLE CEDEX"), "59000 Lille"),
        (at("42000", "Saint-Ã\u2030tienne"), "42000 Saint-Étienne"),
        (at("42000", "ST ETIENNE"), "42000 Saint-Étienne"),
        (at("76600", "Havre (Le)"), "76600 Le Havre"),
        (at("01000", "Bourg"), "01000 Bourg-en-Bresse"),
        (at("1000", "Bourg en Bresse"), "01000 Bourg-en-Bresse"),
        (at("59130", "LAMBRESART"), "59130 Lambersart"),
        (at("59160", "Lomme"), "59160 Lomme"),
        (at("93210", "ST DENIS LA PLAINE"), "93210 Saint-Denis"),
        (at("92060", "PARIS LA DEFENSE CEDEX"), "92800 Paris La Défense"),
        (at("97400", "St-Denis"), "97400 Saint-Denis"),
        (at("20200", "Bastia"), "20200 Bastia"),
        (at("98000", "MONACO", country="MC"), "98000 Monaco"),
        (at("", "59100 Roubaix"), "59100 Roubaix"),
        (at("", "", "3 rue de l'Alma, 59100 Roubaix"), "59100 Roubaix"),
    ],
)
def test_postcode_and_town_are_found_however_they_are_written(
    gazetteer: Gazetteer, address: Address, matched: str
):
    located = gazetteer.locate(address)

    assert located is not None
    assert (located.matched, located.score, located.precision) == (matched, 0.7, TOWN)


@pytest.mark.parametrize(
    ("address", "matched"),
    [
        (at("75012", "Paris"), "75012 Paris 12e Arrondissement"),
        (at("75000", "Paris 12e"), "75012 Paris 12e Arrondissement"),
        (at("75379", "PARIS CEDEX 08"), "75008 Paris 8e Arrondissement"),
        (at("75116", "PARIS"), "75116 Paris 16e Arrondissement"),
        (at("69442", "LYON CEDEX 03"), "69003 Lyon 3e Arrondissement"),
        (at("13008", "MARSEILLE 8EME"), "13008 Marseille 8e Arrondissement"),
    ],
)
def test_arrondissements_have_points_of_their_own(
    gazetteer: Gazetteer, address: Address, matched: str
):
    located = gazetteer.locate(address)

    assert located is not None
    assert (located.matched, located.score) == (matched, 0.7)


def test_all_arrondissements_of_a_city_lie_apart_but_near(gazetteer: Gazetteer):
    for city, postcodes in {
        "Paris": [f"750{n:02d}" for n in range(1, 21)],
        "Lyon": [f"6900{n}" for n in range(1, 10)],
        "Marseille": [f"130{n:02d}" for n in range(1, 17)],
    }.items():
        found = [gazetteer.locate(at(postcode, city)) for postcode in postcodes]
        middle = gazetteer.locate(at(postcodes[0][:2] + "000", city))

        assert middle is not None
        assert len({place.point for place in found if place}) == len(postcodes)
        assert all(place and place.point.distance_m(middle.point) < 10_000 for place in found)


def test_an_unknown_town_gets_the_middle_of_its_postcode(gazetteer: Gazetteer):
    located = gazetteer.locate(at("59000", "Xyzzy"))

    assert located is not None
    assert (located.score, located.precision) == (0.5, POSTCODE)
    assert located.point.distance_m(LILLE) < 5_000


def test_a_small_commune_without_its_own_point_is_only_as_sure_as_its_postcode(
    gazetteer: Gazetteer,
):
    located = gazetteer.locate(at("02380", "Crécy-au-Mont"))

    assert located is not None
    assert (located.score, located.precision) == (0.5, POSTCODE)
    assert "mean" in located.source


def test_a_town_under_another_postcode_of_its_department_is_disputed(gazetteer: Gazetteer):
    located = gazetteer.locate(at("59170", "Roubaix"))

    assert located is not None
    assert (located.matched, located.score) == ("59100 Roubaix", 0.5)


def test_an_unknown_postcode_and_town_fall_to_the_department(gazetteer: Gazetteer):
    located = gazetteer.locate(at("59999", "Xyzzy"))

    assert located is not None
    assert (located.matched, located.score, located.precision) == ("59 Nord", 0.2, DEPARTMENT)


def test_a_town_without_postcode_is_found_only_when_no_other_bears_its_name(gazetteer: Gazetteer):
    alone = gazetteer.locate(at("", "Roubaix"))

    assert alone is not None
    assert (alone.matched, alone.score) == ("59100 Roubaix", 0.5)
    assert gazetteer.locate(at("", "Saint-Denis")) is None


@pytest.mark.parametrize(
    "address",
    [
        at("", ""),
        at("", "Xyzzy"),
        at("99999", "Nowhere"),
        at("10115", "Berlin", country="DE"),
        at("75000", "Paris", country="US"),
        at("1000", "Bruxelles"),
    ],
)
def test_nothing_is_found_where_nothing_can_be_known(gazetteer: Gazetteer, address: Address):
    assert gazetteer.locate(address) is None


@pytest.mark.parametrize(
    ("postcode", "town", "near"),
    [
        ("40390", "Sainte-Marie-de-Gosse", GeoPoint(43.56, -1.25)),
        ("38220", "Saint-Barthélemy-de-Séchilienne", GeoPoint(45.04, 5.84)),
        ("23120", "Vallière", GeoPoint(45.90, 2.04)),
        ("71600", "Vitry-en-Charollais", GeoPoint(46.46, 4.06)),
    ],
)
def test_communes_that_the_source_misplaces_lie_among_their_neighbours(
    gazetteer: Gazetteer, postcode: str, town: str, near: GeoPoint
):
    located = gazetteer.locate(at(postcode, town))

    assert located is not None
    assert located.point.distance_m(near) < 15_000


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lil", "59000 Lille"),
        ("roub", "59100 Roubaix"),
        ("59 lamb", "59130 Lambersart"),
        ("villeneuve d'asc", "59491 Villeneuve-d'Ascq"),
        ("12 rue de Paris 59100 Roubaix", "59100 Roubaix"),
        ("paris 12", "75012 Paris 12e Arrondissement"),
        (at("59999", "roubaix"), "59100 Roubaix"),
        (at("59130", "Lambesart"), "59130 Lambersart"),
    ],
)
def test_the_likeliest_place_is_offered_first(
    gazetteer: Gazetteer, typed: str | Address, first: str
):
    assert gazetteer.candidates(typed)[0].matched == first


def test_candidates_keep_to_their_number_and_never_repeat(gazetteer: Gazetteer):
    offered = gazetteer.candidates("saint", limit=20)

    assert len(offered) == len({(place.matched, place.point) for place in offered}) == 20


@pytest.mark.parametrize(
    "typed", [at("75000", "Paris", country="US"), "", "  ", "'\"*", "NEAR(", "a OR b", "xqzw"]
)
def test_odd_typing_finds_nothing_and_does_no_harm(gazetteer: Gazetteer, typed: str | Address):
    assert gazetteer.candidates(typed) == []


def test_a_pin_learns_its_nearest_town(gazetteer: Gazetteer):
    town = gazetteer.nearest_town(GeoPoint(50.651, 3.030))

    assert town is not None
    assert town.name == "Lambersart"
    assert gazetteer.nearest_town(GeoPoint(45.0, -20.0)) is None


@given(st.floats(44.5, 49.0), st.floats(0.5, 5.5))
def test_no_town_is_nearer_than_the_nearest(latitude: float, longitude: float):
    pin = GeoPoint(latitude, longitude)
    gazetteer, places = _all_of_france()
    town = gazetteer.nearest_town(pin)
    around = (p.point for p in places if abs(p.point.latitude - latitude) < 0.5)

    assert town is not None
    assert pin.distance_m(town.point) <= min(map(pin.distance_m, around)) + 0.001


@cache
def _all_of_france() -> tuple[Gazetteer, tuple[PopulatedPlace, ...]]:
    gazetteer = Gazetteer()
    return gazetteer, gazetteer.populated_places()


def test_departments_and_regions_have_their_names(gazetteer: Gazetteer):
    assert gazetteer.department_name("59") == "Nord"
    assert gazetteer.region_name("2A") == "Corse"
    assert gazetteer.department_name("00") == ""


def test_many_threads_may_ask_at_once(gazetteer: Gazetteer):
    addresses = [at(f"{department:02d}000", "") for department in range(1, 95)] * 4
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(gazetteer.locate, addresses))

    assert together == [gazetteer.locate(address) for address in addresses]


def test_an_absent_or_foreign_file_is_named(tmp_path: Path):
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"not a database at all, only some words that are long enough")

    for path in (tmp_path / "absent.sqlite", other):
        with pytest.raises(NoGazetteer, match=path.name):
            Gazetteer(path)
