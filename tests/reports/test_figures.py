"""The day in figures: sums are the plan's, parts add up to what is printed beside them."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.tours import PlanState
from app.domain.values import Load
from app.formats import rounded_parts
from app.planning.emissions import shares
from app.reports.day_review import DayReview, Fates
from app.reports.headlines import headlines
from app.reports.kpis import as_document, day_figures, shared_out
from app.reports.sheet import sheet_lines
from app.reports.shown import carrier_rows, tour_rows
from tests.reports.a_day import BIKE, LIL, ON, PARIS, RBX, VAN, a_review, a_tour_review, van_tour

METRES = st.integers(0, 400_000)


def figure(text: str) -> float:
    """A printed figure as a number; a duration in minutes."""
    if found := re.fullmatch(r"(\d+)\D*h\D*(\d\d)", text):
        return int(found[1]) * 60 + int(found[2])
    bare = re.sub(r"[^\d.,]", "", text).replace(",", "")
    return float(bare) if bare else 0.0


@given(st.lists(METRES, min_size=1, max_size=30), st.sampled_from([10, 60, 100]))
def test_parts_add_up_to_the_rounded_total_and_none_is_off_by_a_unit(parts: list[int], unit: int):
    total = sum(rounded_parts(parts, unit))

    shared = shared_out(parts, unit, total)

    assert sum(shared) == total
    assert all(abs(part - whole) < unit for part, whole in zip(parts, shared, strict=True))
    assert all(whole % unit == 0 for whole in shared)


@given(st.lists(st.lists(METRES, min_size=1, max_size=8), min_size=1, max_size=8))
def test_the_legs_of_each_tour_add_up_to_its_line_and_the_lines_to_the_day(tours: list[list[int]]):
    lines = rounded_parts([sum(legs) for legs in tours], 100)

    for legs, line in zip(tours, lines, strict=True):
        assert sum(shared_out(legs, 100, line)) == line
    assert sum(lines) == rounded_parts([sum(map(sum, tours))], 100)[0]


def test_the_figures_are_the_plans():
    review = a_review()
    van, bike = (one.tour for one in review.tours)

    figures = day_figures(review).own

    assert (figures.tours, figures.stops) == (2, 5)
    assert figures.distance_m == van.distance_m + bike.distance_m
    assert figures.work_s == van.work_s + bike.work_s
    assert figures.drive_s == van.drive_s + bike.drive_s
    assert figures.cost_cents == 10_050 + 10_051
    assert figures.co2e_g == van.co2e_g + bike.co2e_g
    assert figures.weight_g == 1_049 * 15
    assert (figures.late, figures.tight, figures.on_time) == (1, 1, 4)
    assert figures.late_s == 600
    assert figures.waiting_s == 12 * 60
    assert figures.emission_level == 1  # that of the bicycle, which has no figure of its own


def test_money_and_carbon_are_those_of_tours_and_carriers_together():
    figures = day_figures(a_review())

    assert figures.carried.cost_cents == 3 * 1_155
    assert figures.carried.co2e_g == 3 * 42
    assert (figures.carried.batches, figures.carried.unsent) == (1, 1)
    assert figures.cost_cents == figures.own.cost_cents + 3 * 1_155
    assert figures.co2e_g == figures.own.co2e_g + 3 * 42
    assert figures.orders == 11
    assert figures.delivered == 8


def test_every_column_of_the_days_table_adds_up_as_printed(english: None):
    rows, total = tour_rows(a_review())

    for column in ("stops", "km", "kg", "parcels", "cost", "co2e"):
        printed = [figure(getattr(row, column)) for row in rows]
        assert sum(printed) == pytest.approx(figure(getattr(total, column))), column
    for column in ("work", "drive"):
        assert sum(figure(getattr(row, column)) for row in rows) == figure(getattr(total, column))


def test_the_lines_of_a_sheet_add_up_to_the_tours_line(english: None):
    review = a_review()
    rows, _total = tour_rows(review)

    for one, row in zip(review.tours, rows, strict=True):
        lines = sheet_lines(one, row, PARIS)
        assert sum(figure(line.km) for line in lines) == pytest.approx(figure(row.km))
        assert sum(figure(line.kg) for line in lines) == pytest.approx(figure(row.kg))
        assert sum(figure(line.parcels) for line in lines) == figure(row.parcels)
        assert sum(figure(line.co2e) for line in lines) == one.tour.co2e_g


def test_the_carriers_lines_add_up(english: None):
    rows, total = carrier_rows(a_review())

    for column in ("shipments", "parcels", "kg", "cost", "co2e"):
        printed = sum(figure(getattr(row, column)) for row in rows)
        assert printed == pytest.approx(figure(getattr(total, column))), column


@given(st.lists(st.integers(0, 900_000), min_size=3, max_size=3), st.integers(0, 200_000))
def test_the_orders_parts_of_a_tours_emissions_add_up_to_the_gram(grams: list[int], co2e_g: int):
    tour = van_tour()
    weights = iter(grams)
    stops = tuple(
        replace(stop, load=Load(next(weights), 1, 1)) if stop.order else stop for stop in tour.stops
    )

    parts = shares(replace(tour, stops=stops, co2e_g=co2e_g))

    assert sum(parts.values()) == co2e_g


def test_a_vehicle_is_as_full_as_its_fullest_side():
    van, bike = a_review().tours

    assert van.fill_share == pytest.approx(6 / 60)  # parcels
    assert bike.fills["weight"] == pytest.approx(1_049 * 9 / 120_000)


def test_a_capacity_that_nobody_told_fills_nothing():
    bare = replace(VAN, capacity=Load(10**9, 10**9, 10**6))

    assert a_tour_review(van_tour(), bare, LIL).fill_share is None
    assert a_tour_review(van_tour(), None, None).fill_share is None


def test_the_document_names_sums_as_a_plan_does():
    document = as_document(a_review())

    assert document["date"] == "2026-11-24"
    assert document["states"] == {"published": 2}
    for name in ("tours", "stops", "distance_m", "drive_s", "work_s", "cost_cents", "co2e_g"):
        assert isinstance(document[name], int)
    assert document["carriers"]["DEX"]["references"] == ["DEX-00001"]
    assert document["carriers"]["NFT"]["unsent"] == 1
    assert document["total_cost_cents"] == document["cost_cents"] + 3 * 1_155
    fates = ("on_tour", "with_carrier", "to_collect", "left_out", "closed")
    assert sum(document[fate] for fate in fates) == document["orders"]


def test_the_first_figures_say_the_unit_and_what_they_are_compared_with(english: None):
    told = {one.label: one for one in headlines(a_review())}

    assert (told["Orders"].value, told["Orders"].beside) == ("11", "8 leave")
    assert (told["Left out"].value, told["Left out"].tone) == ("2", "danger")
    assert (told["On time"].value, told["On time"].beside) == ("80.0%", "1 late, 1 tight")
    assert told["On time"].tone == "danger"
    assert told["Cost"].value == "€236"
    assert "level 1" in told["Emissions"].beside


def test_a_day_without_tours_has_no_figures_of_tours(english: None):
    quiet = DayReview(ON, PARIS, fates=Fates(to_collect=3))

    labels = [one.label for one in headlines(quiet)]

    assert "Distance" not in labels
    assert labels[:2] == ["Orders", "Left out"]
    assert as_document(quiet)["tours"] == 0


def test_states_are_counted_from_draft_to_closed():
    van, bike = a_review().tours
    closed = replace(van, tour=replace(van.tour, state=PlanState.CLOSED))

    assert list(a_review(tours=(closed, bike)).states) == [PlanState.PUBLISHED, PlanState.CLOSED]


def test_times_are_those_of_the_depots_own_zone():
    abroad = replace(RBX, timezone="Europe/Lisbon")
    one = a_tour_review(a_review().tours[1].tour, BIKE, abroad)
    rows, _total = tour_rows(a_review(tours=(one,)))

    assert sheet_lines(one, rows[0], PARIS)[0].time == "08:00"
