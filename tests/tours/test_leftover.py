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
from app.planning.tours.problem import Shut
from app.planning.tours.settle import Exact, settled
from app.planning.tours.solver import solve
from app.wording import sentence
from tests.builders import a_vehicle
from tests.tours.a_day import ROUBAIX, Day, a_door, a_node, at, between


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
        (
            replace(a_door("1", 0.05, window=between(9, 10)), ready_at=at(10, 30)),
            a_vehicle(),
            "tour_goods_too_late",
            {"ready_at": "2026-11-24T10:30:00+01:00", "closes_at": "2026-11-24T10:00:00+01:00"},
        ),
        (
            a_door("1", 0.05, service_s=7_200),
            a_vehicle(max_work_s=7_200, overtime_s=600),
            "tour_too_long",
            {"limit_s": 7_800},
        ),
        (
            a_door("1", 0.05, service_s=6 * 3_600 + 1),
            a_vehicle(),
            "tour_no_room_for_rest",
            {"rest_s": 1_200},
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


def test_a_vehicle_that_may_not_come_says_so():
    problem = Day([a_door("1", 0.05)], [a_vehicle("A"), a_vehicle("B"), a_vehicle("C")]).problem()
    (visit,) = problem.visits
    noon_s = 12 * 3_600
    shut = replace(
        visit,
        opens_s=noon_s,
        closes_s=noon_s + 600,
        shut=(Shut(frozenset({"C"}), noon_s - 60, noon_s + 3_600),),
    )
    kept = replace(shut, only=frozenset({"A", "C"}), never=frozenset({"A"}))

    (left,) = unplanned(Polish(Exact(replace(problem, visits=(kept,))), {}), lambda: False)

    assert left.colour is Colour.RED
    assert left.reasons == (
        because("tour_not_by_vehicle", vehicle="A"),
        because("tour_kept_for_others", vehicle="B", others="A, C"),
        because(
            "tour_shut_out",
            vehicle="C",
            from_at="2026-11-24T11:59:00+01:00",
            to_at="2026-11-24T13:00:00+01:00",
        ),
    )


def test_orders_that_cannot_ride_together_and_those_that_must_not_say_so():
    heavy = Load(500_000, 0, 1)
    doors = [a_door(str(n), 0.02 * n, load=heavy) for n in (1, 2)] + [a_door("3", 0.02)]
    problem = Day(doors).problem()
    couple = Exact(replace(problem, together=(frozenset({0, 1}),)))
    foes = Exact(replace(problem, apart=(frozenset({0, 2}),)))

    together = unplanned(Polish(couple, {}), lambda: False)
    apart = unplanned(Polish(foes, settled(foes, ((0, (0,)),))), lambda: False)

    assert together[0].reasons == (because("tour_too_much_together", vehicle="V1", count=2),)
    assert together[0].colour is Colour.RED
    assert apart[1].reasons == (because("tour_kept_apart", vehicle="V1", other="1"),)
    assert apart[1].colour is Colour.YELLOW


def test_what_hands_goods_over_on_the_way_is_not_spoken_of_itself():
    problem = Day([a_door("1", 0.02), a_door("2", 0.03, load=Load(900_000, 0, 1))]).problem()
    source, wanted = problem.visits
    source = replace(source, collect=True, load=wanted.load, prize_cents=0)
    pair = replace(problem, visits=(source, replace(wanted, source=0)))

    (left,) = unplanned(Polish(Exact(pair), {}), lambda: False)

    assert (left.order, left.reasons[0].code) == ("2", "tour_too_heavy")


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
        "others": "V1, V2", "ready_at": "2026-11-24T10:00:00+01:00", "work_s": 33_000,
        "from_at": "2026-11-24T11:00:00+01:00", "to_at": "2026-11-24T19:00:00+01:00",
        "limit_s": 30_000, "rest_s": 1_200, "count": 3, "other": "480002",
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
        "tour_kept_for_others",
        "tour_kept_for_nobody",
        "tour_not_by_vehicle",
        "tour_goods_too_late",
        "tour_shut_out",
        "tour_too_long",
        "tour_no_room_for_rest",
        "tour_no_way_by_source",
        "tour_too_much_together",
        "tour_kept_apart",
    ):
        said = sentence(because(code, **facts))
        assert not said.startswith(code)
        assert "{" not in said
    assert sentence(because("tour_too_heavy", **facts)) == (
        "Trop lourd pour FE04\u00a0: 64,0\u00a0kg, il porte 30,0\u00a0kg."
    )
