"""The judge finds each thing wrong with a plan, with its amount and its limit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from app.domain.orders import Mode, ShipmentState
from app.domain.tours import Colour, Stop, StopKind, Tour, TourPlan, Unplanned, Violation
from app.domain.values import Load
from app.planning.tours.solver import solve
from app.wording import sentence
from app.wording.tours import violation_reason
from tests.builders import a_vehicle
from tests.tours.a_day import LILLE, ON, ROUBAIX, Day, a_door, a_node, at, between

MORNING = a_door("1", 0.05, window=between(9, 10), load=Load(30_000, 50_000, 2))
EVENING = a_door("2", -0.05, window=between(15, 16), load=Load(20_000, 40_000, 1))
RESTING = a_vehicle(break_s=2_700, break_from=time(11, 30), break_to=time(14))
DAY = Day([MORNING, EVENING], [RESTING, a_vehicle("V2")], [a_node(), a_node("RBX", ROUBAIX)])

CODES = [
    "other_order",
    "no_home_delivery",
    "with_carrier",
    "volume_differs",
    "parcels_differ",
    "late",
    "early",
    "too_fast",
    "time_runs_back",
    "service_short",
    "before_shift",
    "after_shift",
    "too_far",
    "break_missing",
    "break_short",
    "break_outside",
    "too_heavy",
    "too_bulky",
    "too_many_parcels",
    "unknown_vehicle",
    "vehicle_off",
    "vehicle_twice",
    "tour_twice",
    "unknown_depot",
    "foreign_depot",
    "wrong_depot",
    "wrong_place",
    "no_departure",
    "no_return",
    "too_many_reloads",
    "unknown_shipment",
    "other_node",
    "no_skill",
    "shipment_twice",
    "planned_and_left_out",
    "distance_differs",
    "drive_time_differs",
    "cost_differs",
    "co2e_differs",
    "weight_differs",
]


def good_plan() -> TourPlan:
    """Depart, 1, break, 2, return."""
    return solve(replace(DAY, vehicles=[RESTING]).problem(), iterations=20)


def found(plan: TourPlan, day: Day = DAY) -> list[tuple[str, int | None, int, int]]:
    return [(v.code, v.stop, v.amount, v.limit) for v in day.judged(plan).violations]


def with_tour(plan: TourPlan, **but: Any) -> TourPlan:
    return replace(plan, tours=(replace(plan.tours[0], **but),))


def with_stop(plan: TourPlan, number: int, **but: Any) -> TourPlan:
    stops = list(plan.tours[0].stops)
    stops[number] = replace(stops[number], **but)
    return with_tour(plan, stops=tuple(stops))


def shifted(stop: Stop, seconds: int) -> Stop:
    by = timedelta(seconds=seconds)
    return replace(
        stop, arrival=stop.arrival + by, start=stop.start + by, departure=stop.departure + by
    )


def moved(plan: TourPlan, seconds: int) -> TourPlan:
    """The whole tour so much later (or earlier)."""
    return with_tour(plan, stops=tuple(shifted(stop, seconds) for stop in plan.tours[0].stops))


def test_a_good_plan_has_nothing_against_it():
    plan = good_plan()

    verdict = DAY.judged(plan)

    assert verdict.feasible
    assert [stop.kind for stop in plan.tours[0].stops][2] is StopKind.BREAK
    assert (verdict.cost_cents, verdict.co2e_g) == (plan.cost_cents, plan.co2e_g)
    assert (verdict.distance_m, verdict.drive_s) == (plan.distance_m, plan.drive_s)


def test_an_hour_later_the_first_door_is_closed():
    plan = good_plan()
    start = plan.tours[0].stops[1].start

    late_s = int((start + timedelta(hours=1, minutes=1) - at(10)).total_seconds())

    assert ("late", 1, late_s, 0) in found(moved(plan, 3_660))


def test_an_hour_earlier_it_is_still_closed_and_the_shift_has_not_begun():
    plan = good_plan()
    early_s = int((at(9) - plan.tours[0].stops[1].start).total_seconds()) + 7_200
    before_s = int((at(8) - plan.tours[0].start).total_seconds()) + 7_200

    codes = found(moved(plan, -7_200))

    assert ("early", 1, early_s, 0) in codes
    assert ("before_shift", 0, before_s, 0) in codes


def test_home_after_the_shift():
    plan = good_plan()
    home = plan.tours[0].stops[-1]
    late = at(18, 20)

    codes = found(with_stop(plan, -1, arrival=late, start=late, departure=late))

    assert ("after_shift", 4, 1_200, 0) in codes
    assert home.arrival < at(18)


def test_faster_than_the_road_allows():
    plan = good_plan()
    first = plan.tours[0].stops[1]
    departed = plan.tours[0].stops[0].departure

    codes = found(with_stop(plan, 1, arrival=departed + timedelta(seconds=60)))

    assert ("too_fast", 1, 60, first.drive_s) in codes


def test_a_break_within_a_drive_is_no_break_between_two_visits():
    plan = good_plan()
    first, rest, second = plan.tours[0].stops[1:4]
    drive_s = second.drive_s + rest.drive_s
    middle = second.arrival - timedelta(seconds=drive_s // 2) - timedelta(seconds=2_700)
    tight = with_stop(plan, 2, arrival=middle, start=middle, departure=middle + timedelta(0, 2_700))
    tight = with_stop(
        tight, 1, departure=second.arrival - timedelta(seconds=drive_s + 2_700), start=first.start
    )

    assert "too_fast" in [code for code, *_ in found(tight)]


def test_no_break_at_all():
    plan = good_plan()
    stops = plan.tours[0].stops
    legs = replace(stops[3], distance_m=stops[2].distance_m + stops[3].distance_m)
    unbroken = with_tour(plan, stops=(*stops[:2], legs, stops[4]))

    codes = found(unbroken)

    assert ("break_missing", None, 0, 2_700) in codes


def test_a_break_too_short_or_at_the_wrong_time():
    plan = good_plan()
    rest = plan.tours[0].stops[2]
    short = with_stop(plan, 2, departure=rest.start + timedelta(seconds=1_200))
    early = with_stop(
        plan, 2, arrival=at(10, 30), start=at(10, 30), departure=at(10, 30) + timedelta(0, 2_700)
    )

    assert ("break_short", 2, 1_200, 2_700) in found(short)
    assert ("break_outside", 2, 3_600, 0) in found(early)


def test_less_time_at_the_door_than_the_service_takes():
    plan = good_plan()
    door = plan.tours[0].stops[1]

    codes = found(with_stop(plan, 1, departure=door.start + timedelta(seconds=120)))

    assert ("service_short", 1, 120, 300) in codes


def test_time_that_runs_back():
    plan = good_plan()
    door = plan.tours[0].stops[3]

    codes = found(with_stop(plan, 3, start=door.arrival - timedelta(seconds=90)))

    assert ("time_runs_back", 3, 90, 0) in codes


@pytest.mark.parametrize(
    ("room", "violation"),
    [
        (Load(40_000, 6_000_000, 60), ("too_heavy", 0, 50_000, 40_000)),
        (Load(800_000, 80_000, 60), ("too_bulky", 0, 90_000, 80_000)),
        (Load(800_000, 6_000_000, 2), ("too_many_parcels", 0, 3, 2)),
    ],
)
def test_more_aboard_than_the_vehicle_takes(room: Load, violation: tuple[str, int, int, int]):
    plan = good_plan()
    smaller = replace(DAY, vehicles=[replace(RESTING, capacity=room)])

    assert violation in found(plan, smaller)


def test_what_is_picked_up_on_the_way_counts_from_there():
    plan = good_plan()
    picked = with_stop(plan, 3, kind=StopKind.PICKUP)
    day = replace(DAY, vehicles=[replace(RESTING, capacity=Load(30_000, 6_000_000, 60))])

    assert "too_heavy" not in [code for code, *_ in found(picked, day)]
    assert "too_heavy" in [code for code, *_ in found(plan, day)]


def test_farther_than_the_vehicle_may_go():
    plan = good_plan()
    short = replace(DAY, vehicles=[replace(RESTING, max_m=10_000)])

    assert ("too_far", None, plan.distance_m, 10_000) in found(plan, short)


def test_a_vehicle_that_nobody_knows():
    assert found(with_tour(good_plan(), vehicle="GHOST")) == [("unknown_vehicle", None, 1, 0)]


def test_a_vehicle_out_of_service():
    off = replace(DAY, vehicles=[replace(RESTING, active=False)])

    assert found(good_plan(), off) == [("vehicle_off", None, 1, 0)]


def test_a_tour_that_starts_elsewhere():
    plan = good_plan()
    metres = round(LILLE.distance_m(ROUBAIX))

    codes = found(with_stop(plan, 0, point=ROUBAIX))

    assert ("wrong_depot", 0, metres, 25) in codes


def test_a_vehicle_of_another_depot_takes_goods_that_lie_elsewhere():
    plan = good_plan()
    moved_away = replace(DAY, vehicles=[replace(RESTING, depot="RBX")])

    codes = [code for code, *_ in found(plan, moved_away)]

    assert {"foreign_depot", "wrong_depot", "other_node"} <= set(codes)


def test_a_delivery_far_from_its_door():
    plan = good_plan()
    door = plan.tours[0].stops[1].point

    codes = found(with_stop(plan, 1, point=ROUBAIX))

    assert ("wrong_place", 1, round(door.distance_m(ROUBAIX)), 25) in codes


def test_goods_that_the_vehicle_is_not_equipped_for():
    cold = replace(DAY, doors=[replace(MORNING, handling=frozenset({"cold", "fragile"})), EVENING])

    assert found(good_plan(), cold) == [("no_skill", 1, 1, 0)]


def test_a_shipment_that_nobody_knows():
    assert ("unknown_shipment", 1, 1, 0) in found(with_stop(good_plan(), 1, shipment="9-9"))


def test_a_shipment_in_two_tours():
    plan = good_plan()
    other = replace(plan.tours[0], code="2026-11-24-T2", number=2, vehicle="V2")
    free = replace(DAY, vehicles=[RESTING, replace(RESTING, code="V2")])

    codes = found(replace(plan, tours=(plan.tours[0], other)), free)

    assert codes == [("shipment_twice", 1, 2, 1), ("shipment_twice", 3, 2, 1)]


def test_a_vehicle_on_two_tours_at_once():
    plan = good_plan()
    first = plan.tours[0]
    again = replace(first, code="2026-11-24-T2", number=2)
    spare = replace(DAY, doors=[*DAY.doors])
    away_s = int((first.end - first.start).total_seconds())

    codes = found(replace(plan, tours=(first, again)), spare)

    assert ("vehicle_twice", None, away_s, 0) in codes


def test_a_shipment_both_planned_and_left_out():
    plan = replace(good_plan(), unplanned=(Unplanned("1", "1-1", Colour.RED, ()),))

    assert found(plan) == [("planned_and_left_out", None, 2, 1)]


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("cost_differs", "cost_cents"),
        ("co2e_differs", "co2e_g"),
        ("distance_differs", "distance_m"),
        ("drive_time_differs", "drive_s"),
    ],
)
def test_figures_that_do_not_come_out(code: str, field: str):
    plan = good_plan()
    true = getattr(plan.tours[0], field)

    assert found(with_tour(plan, **{field: true + 1})) == [(code, None, true + 1, true)]


def test_a_load_that_does_not_come_out():
    assert found(with_tour(good_plan(), load=Load(1, 90_000, 3))) == [
        ("weight_differs", None, 1, 50_000)
    ]


def test_every_measure_of_the_load_must_come_out():
    assert found(with_tour(good_plan(), load=Load(50_000, 1, 2))) == [
        ("volume_differs", None, 1, 90_000),
        ("parcels_differ", None, 2, 3),
    ]


def day_with(**but: Any) -> Day:
    """The day, with something else about the first shipment."""
    first, *others = DAY.doors
    return replace(DAY, doors=[replace(first, shipment=replace(first.shipment, **but)), *others])


@pytest.mark.parametrize(
    ("but", "code"),
    [
        ({"order": "9"}, "other_order"),
        ({"mode": Mode.PICKUP_POINT}, "no_home_delivery"),
        ({"to_node": "RBX"}, "no_home_delivery"),
        ({"state": ShipmentState.BOOKED}, "with_carrier"),
    ],
)
def test_a_shipment_that_no_tour_may_take(but: dict[str, Any], code: str):
    assert (code, 1, 1, 0) in found(good_plan(), day_with(**but))


def cut(kept: Callable[[tuple[Stop, ...]], tuple[Stop, ...]]) -> Tour:
    tour = good_plan().tours[0]
    return replace(tour, stops=kept(tour.stops))


def test_a_tour_that_never_leaves_or_never_comes_home():
    no_start = TourPlan(ON, (cut(lambda stops: stops[1:]),))
    no_end = TourPlan(ON, (cut(lambda stops: stops[:-1]),))
    twice_home = TourPlan(ON, (cut(lambda stops: (*stops[:2], stops[-1], *stops[2:])),))
    nothing = TourPlan(ON, (cut(lambda _stops: ()),))

    assert ("no_departure", 0, 0, 1) in found(no_start)
    assert ("no_return", 3, 0, 1) in found(no_end)
    assert ("no_return", 2, 0, 1) in found(twice_home)
    assert found(nothing) == [("no_departure", 0, 0, 1), ("no_return", 0, 0, 1)]


def test_more_reloads_than_allowed():
    tour = good_plan().tours[0]
    home = replace(tour.stops[2], kind=StopKind.RELOAD, point=LILLE)
    codes = found(TourPlan(ON, (replace(tour, stops=(*tour.stops[:2], home, *tour.stops[3:])),)))

    assert ("too_many_reloads", None, 1, 0) in codes


def test_every_violation_is_a_sentence(french: None):
    for code in CODES:
        said = sentence(violation_reason(Violation(code, "T1", 2, 1_500, 1_200, "480213-1")))
        assert "check_" not in said
        assert "{" not in said


def test_amounts_are_said_in_their_unit(french: None):
    late = Violation("late", "2026-11-24-T1", 2, 1_500, 0, "480213-1")

    assert sentence(violation_reason(late)) == (
        "T1, arrêt 3\u00a0: 480213-1 a 25\u00a0min de retard."
    )
