"""Emissions: the law's defaults by size, a vehicle's own figure, and shares that add up."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.fleet import Energy
from app.domain.values import Load
from app.planning.emissions import defaults, factor_of, shares, tour_co2e_g
from app.planning.tours.solver import solve
from tests.builders import a_vehicle
from tests.tours.a_day import Day, a_door

VAN = a_vehicle(co2e_g_per_km=0, capacity=Load(900_000, 9_000_000, 70))


def test_a_vehicle_s_own_figure_is_level_two():
    factor = factor_of(replace(VAN, co2e_g_per_km=215))

    assert (factor.g_per_km, factor.level, factor.basis.code) == (215, 2, "emissions_own")


def test_a_diesel_van_without_a_figure_emits_what_the_law_says():
    factor = factor_of(VAN)

    assert (factor.g_per_km, factor.level, factor.basis.code) == (507, 1, "emissions_default")


def test_the_default_grows_with_what_the_vehicle_carries():
    sizes = [1_000, 3_000, 5_000, 10_000, 24_000]
    lorries = [replace(VAN, capacity=Load(kg * 1_000, 0, 0)) for kg in sizes]

    assert [factor_of(lorry).g_per_km for lorry in lorries] == [507, 697, 761, 856, 1084]


def test_a_cargo_bike_has_a_default_of_its_own():
    bike = replace(VAN, energy=Energy.CARGO_BIKE)

    assert (factor_of(bike).g_per_km, factor_of(bike).level) == (3, 1)


def test_an_energy_without_a_default_counts_as_diesel_and_says_so():
    electric = factor_of(replace(VAN, energy=Energy.ELECTRIC))

    assert (electric.g_per_km, electric.basis.code) == (507, "emissions_as_diesel")


def test_grams_are_rounded_half_up():
    assert tour_co2e_g(replace(VAN, co2e_g_per_km=250), 12_346) == 3_087
    assert tour_co2e_g(replace(VAN, co2e_g_per_km=250), 12_350) == 3_088
    assert tour_co2e_g(replace(VAN, co2e_g_per_km=250), 12_345) == 3_086


def test_the_sources_are_named():
    assert any("26 avril 2017" in source for source in defaults().sources)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 90_000), st.floats(-0.1, 0.1)), min_size=1, max_size=8),
    st.integers(0, 10_000),
)
def test_shares_add_up_to_the_tour_to_the_gram(goods: list[tuple[int, float]], extra_g: int):
    doors = [
        a_door(str(n), east, 0.01 * n, load=Load(grams, 0, 1))
        for n, (grams, east) in enumerate(goods)
    ]
    for tour in solve(Day(doors).problem(), iterations=1).tours:
        heavier = replace(tour, co2e_g=tour.co2e_g + extra_g)

        parts = shares(heavier)

        assert sum(parts.values()) == heavier.co2e_g
        assert set(parts) == {stop.shipment for stop in tour.deliveries}
        assert min(parts.values()) >= 0


def test_twice_the_weight_at_one_door_is_twice_the_share():
    doors = [
        a_door("1", 0.02, load=Load(10_000, 0, 1)),
        a_door("2", 0.02, load=Load(20_000, 0, 1)),
    ]
    (tour,) = solve(Day(doors).problem(), iterations=5).tours

    parts = shares(replace(tour, co2e_g=3_000))

    assert parts == {"1-1": 1_000, "2-1": 2_000}
