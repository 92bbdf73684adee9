"""Why an order is left out: the reason of each vehicle, in figures, red, yellow or green."""

from dataclasses import replace
from datetime import time

import pytest

from app.domain.fleet import Vehicle
from app.domain.orders import ShipmentAtDoor
from app.domain.reasons import because
from app.domain.tours import Colour, Unplanned
from app.domain.values import Load
from app.planning.tours.leftover import unplanned
from app.planning.tours.polish import Polish
from app.planning.tours.settle import Exact
from app.planning.tours.solver import solve
from app.wording import sentence
from tests.builders import a_vehicle
from tests.tours.a_day import ROUBAIX, Day, a_door, a_node, between


def left_out(day: Day) -> tuple[Unplanned, ...]:
    return solve(day.problem(), iterations=30).unplanned


def only(day: Day) -> Unplanned:
    (left,) = left_out(day)
    return left


@pytest.mark.parametrize(
    ("door", "vehicle", "code", "facts"),
    [
        (
            a_door("1", load=Load(900_000, 0, 1)),
            a_vehicle(),
            "tour_too_heavy",
            {"weight_g": 900_000, "room_weight_g": 800_000},
        ),
        (
            a_door("1", load=Load(1, 7_000_000, 1)),
            a_vehicle(),
            "tour_too_bulky",
            {"volume_ml": 7_000_000, "room_volume_ml": 6_000_000},
        ),
        (
            a_door("1", load=Load(1, 1, 61)),
            a_vehicle(),
            "tour_too_many_parcels",
            {"parcels": 61, "room_parcels": 60},
        ),
        (
            a_door("1", handling=frozenset({"cold"})),
            a_vehicle(),
            "tour_no_skill",
            {"skill": "cold"},
        ),
        (a_door("1", 0.2), a_vehicle(max_m=5_000), "tour_too_far", {"limit_m": 5_000}),
        (
            a_door("1", 0.05, window=between(6, 7)),
            a_vehicle(),
            "tour_window_closed",
            {"closes_at": "2026-11-24T07:00:00+01:00"},
        ),
        (
            a_door("1", 0.05, window=between(17, 18)),
            a_vehicle(shift_to=time(17, 5)),
            "tour_home_too_late",
            {"shift_end_at": "2026-11-24T17:05:00+01:00"},
        ),
        (
            a_door("1", 0.05, window=between(11, 12), service_s=14_400),
            a_vehicle(break_s=2_700, break_from=time(12), break_to=time(13), shift_to=time(16)),
            "tour_no_room_for_break",
            {},
        ),
    ],
)
def test_what_is_impossible_alone_is_red_and_names_the_limit(
    door: ShipmentAtDoor, vehicle: Vehicle, code: str, facts: dict[str, object]
):
    left = only(Day([door], [vehicle]))

    assert left.colour is Colour.RED
    (reason,) = left.reasons
    assert (reason.code, reason["vehicle"]) == (code, "V1")
    assert {name: reason[name] for name in facts} == facts


def test_a_full_vehicle_is_yellow_for_the_one_too_many():
    doors = [
        a_door("1", 0.01, load=Load(500_000, 0, 1)),
        a_door("2", 0.3, load=Load(400_000, 0, 1)),
    ]

    left = only(Day(doors))

    assert (left.order, left.colour) == ("2", Colour.YELLOW)
    assert left.reasons[0].code == "tour_full_weight"
    assert (left.reasons[0]["weight_g"], left.reasons[0]["free_weight_g"]) == (400_000, 300_000)


def test_two_doors_at_one_time_are_one_too_many():
    doors = [
        a_door("1", 0.01, window=between(9, 10), service_s=3_600),
        a_door("2", -0.2, window=between(9, 10), service_s=3_600),
    ]

    left = only(Day(doors))

    assert (left.order, left.colour) == ("2", Colour.YELLOW)
    assert left.reasons == (because("tour_no_time_left", vehicle="V1"),)


def test_each_vehicle_of_the_node_has_its_own_reason():
    fleet = [
        a_vehicle("BIKE", capacity=Load(5_000, 10_000, 1)),
        a_vehicle("VAN", max_m=1_000),
        a_vehicle("AWAY", "RBX"),
    ]
    door = a_door("1", 0.1, load=Load(20_000, 5_000, 1))

    left = only(Day([door], fleet, [a_node(), a_node("RBX", ROUBAIX)]))

    assert {reason["vehicle"]: reason.code for reason in left.reasons} == {
        "BIKE": "tour_too_heavy",
        "VAN": "tour_too_far",
    }


def test_idle_twins_are_named_once():
    fleet = [a_vehicle(f"V{n}", fixed_cost_cents=9_000) for n in range(5)]

    left = only(Day([a_door("1", 0.1)], fleet, prizes={"1-1": 500}))

    assert len(left.reasons) == 1
    assert left.colour is Colour.GREEN


def test_what_a_carrier_does_cheaper_says_both_prices():
    day = Day([a_door("1", 0.1)], prizes={"1-1": 700})

    left = only(day)

    (reason,) = left.reasons
    assert (reason.code, reason["carrier_cents"]) == ("tour_cheaper_carrier", 700)
    alone = solve(replace(day, prizes={}).problem(), iterations=5)
    carbon_cents = alone.co2e_g * 10 // 1_000
    assert reason["added_cents"] in (
        alone.cost_cents + carbon_cents,
        alone.cost_cents + carbon_cents + 1,
    )


def test_after_stop_nothing_is_said_that_was_not_looked_at():
    doors = [a_door("1", 0.05), a_door("2", 0.05, load=Load(900_000, 0, 1))]
    nothing_yet = Polish(Exact(Day(doors).problem()), {})

    small, heavy = unplanned(nothing_yet, lambda: True)

    assert (small.colour, small.reasons[0].code) == (Colour.YELLOW, "tour_not_tried")
    assert (heavy.colour, heavy.reasons[0].code) == (Colour.RED, "tour_too_heavy")


def test_every_reason_is_a_sentence_in_both_languages(french: None):
    facts = {
        "vehicle": "FE04", "node": "LIL", "skill": "cold", "weight_g": 64_000,
        "room_weight_g": 30_000, "free_weight_g": 1_000, "volume_ml": 1, "room_volume_ml": 1,
        "free_volume_ml": 1, "parcels": 3, "room_parcels": 2, "free_parcels": 1,
        "distance_m": 98_000, "limit_m": 45_000, "arrival_at": "2026-11-24T09:15:00+01:00",
        "closes_at": "2026-11-24T09:00:00+01:00", "home_at": "2026-11-24T18:20:00+01:00",
        "shift_end_at": "2026-11-24T18:00:00+01:00", "added_cents": 1_540,
        "carrier_cents": 899, "score_share": 0.2, "least_share": 0.5, "tour": "T3",
    }  # fmt: skip
    for code in (
        "tour_no_address",
        "tour_vague_address",
        "tour_vehicles_busy",
        "tour_no_skill",
        "tour_too_heavy",
        "tour_too_bulky",
        "tour_too_many_parcels",
        "tour_too_far",
        "tour_window_closed",
        "tour_home_too_late",
        "tour_no_room_for_break",
        "tour_full_weight",
        "tour_full_volume",
        "tour_full_parcels",
        "tour_no_time_left",
        "tour_cheaper_carrier",
        "tour_not_placed",
        "tour_not_tried",
        "tour_taken_out",
    ):
        said = sentence(because(code, **facts))
        assert not said.startswith(code)
        assert "{" not in said
    assert sentence(because("tour_too_heavy", **facts)) == (
        "Trop lourd pour FE04\u00a0: 64,0\u00a0kg, il porte 30,0\u00a0kg."
    )
