"""Moves by hand, before they are done: what they cost, what they break, what cannot be."""

from collections import Counter
from dataclasses import replace
from datetime import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.tours import PlanState, Tour, TourPlan
from app.planning.tours.consequences import Preview
from app.planning.tours.hands import Hands, put_into, stops_of, without
from app.planning.tours.moves import Displace, Drive, Merge, Move, Place, Reverse, Split, Swap
from app.planning.tours.previewing import preview
from app.planning.tours.prices import prices
from tests.builders import ROUBAIX, a_node, a_vehicle
from tests.tours.a_day import Day, a_door, at, between
from tests.tours.hand_days import hands_over, moves_on, planned_days

T1, T2, T3 = (f"2026-11-24-T{number}" for number in (1, 2, 3))
TWO = (a_vehicle("V1"), a_vehicle("V2"))


def after(hands: Hands, seen: Preview) -> TourPlan:
    """The day once the move is done."""
    gone = {each.tour.code for each in seen.touched}
    kept = tuple(tour for tour in hands.plan.tours if tour.code not in gone)
    return replace(hands.plan, tours=(*kept, *seen.tours))


def stops(tour: Tour | None) -> list[str]:
    return [] if tour is None else [stop.shipment for stop in tour.deliveries]


def by_number(seen: Preview) -> dict[int, list[str]]:
    return {each.tour.number: stops(each.after) for each in seen.touched}


# What holds for every move


@given(st.data())
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_what_is_announced_is_what_the_judge_finds_afterwards(data: st.DataObject):
    day, hands = data.draw(planned_days())
    move = data.draw(moves_on(hands))

    seen = preview(hands, move)

    if seen.refused is not None:
        assert seen.touched == ()
        return
    verdict = day.judged(after(hands, seen))
    touched = {each.tour.code for each in seen.touched}
    found = Counter(v for v in verdict.violations if v.tour in touched)
    assert found == Counter(v for each in seen.touched for v in each.found)
    elsewhere = {v for v in verdict.violations if v.tour not in touched}
    assert elsewhere <= set(day.judged(hands.plan).violations)
    assert not {v.code for v in verdict.violations if v.code.endswith(("differs", "differ"))}
    assert set(seen.broken) <= set(found)


@given(st.data())
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_the_figures_before_and_after_are_those_of_the_day(data: st.DataObject):
    day, hands = data.draw(planned_days())

    seen = preview(hands, data.draw(moves_on(hands)))

    if seen.refused is None:
        before, then = day.judged(hands.plan), day.judged(after(hands, seen))
        assert seen.change.cost_cents == then.cost_cents - before.cost_cents
        assert seen.change.distance_m == then.distance_m - before.distance_m
        assert seen.change.co2e_g == then.co2e_g - before.co2e_g


@given(st.data())
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_no_shipment_is_lost_or_carried_twice(data: st.DataObject):
    _day, hands = data.draw(planned_days())

    move = data.draw(moves_on(hands))

    seen = preview(hands, move)

    before = Counter(s for tour in hands.plan.tours for s in stops(tour))
    then = Counter(s for tour in after(hands, seen).tours for s in stops(tour))
    new = {s for s in seen.shipments if s not in before} if seen.refused is None else set()
    gone = isinstance(move, Displace) and not move.onto and seen.refused is None
    assert then == before + Counter(new) - Counter([move.other] if gone else [])


# Placing


def in_a_row(*codes: str, **but: object) -> list:
    """Doors one after the other east of the depot."""
    return [a_door(code, 0.02 * (n + 1), **but) for n, code in enumerate(codes)]


def test_a_stop_goes_to_the_place_it_is_shown_at():
    hands = hands_over(Day(in_a_row("1", "2", "3"), TWO), {"V1": ["1-1", "2-1"], "V2": ["3-1"]})

    seen = preview(hands, Place(("3-1",), T1, position=1))

    assert by_number(seen) == {1: ["1-1", "3-1", "2-1"], 2: []}
    assert seen.first == (T1, 1)
    assert seen.free


def test_without_a_place_it_goes_where_it_costs_least():
    hands = hands_over(Day(in_a_row("1", "2", "3"), TWO), {"V1": ["1-1", "3-1"], "V2": ["2-1"]})

    seen = preview(hands, Place(("2-1",), T1))

    assert by_number(seen)[1] == ["1-1", "2-1", "3-1"]


def test_several_keep_the_order_they_were_picked_in():
    doors = in_a_row("1", "2", "3", "4")
    hands = hands_over(Day(doors, TWO), {"V1": ["1-1", "4-1"], "V2": ["2-1", "3-1"]})

    seen = preview(hands, Place(("3-1", "2-1"), T1, position=1))

    assert by_number(seen)[1] == ["1-1", "3-1", "2-1", "4-1"]


def test_within_its_own_tour_a_stop_only_changes_its_place():
    hands = hands_over(Day(in_a_row("1", "2", "3"), TWO), {"V1": ["1-1", "2-1", "3-1"]})

    seen = preview(hands, Place(("1-1",), T1, position=2))

    assert by_number(seen) == {1: ["2-1", "3-1", "1-1"]}
    assert preview(hands, Place(("1-1",), T1, position=0)).changes is False


def test_an_idle_vehicle_gets_a_new_tour_with_a_number_nobody_had():
    hands = hands_over(Day(in_a_row("1", "2"), TWO), {"V1": ["1-1", "2-1"]})

    seen = preview(hands, Place(("2-1",), vehicle="V2"))

    assert by_number(seen) == {1: ["1-1"], 2: ["2-1"]}
    assert [each.before is None for each in seen.touched] == [False, True]


def test_what_was_left_out_comes_in():
    hands = hands_over(Day(in_a_row("1", "2"), TWO), {"V1": ["1-1"]})

    seen = preview(hands, Place(("2-1",), T1))

    assert sorted(by_number(seen)[1]) == ["1-1", "2-1"]
    assert seen.change.stops == 1


# Breaking rules


def test_a_window_that_would_be_missed_is_told_with_how_late_it_would_be():
    doors = [a_door("1", 0.02, window=between(8, 9)), a_door("2", 0.6, window=between(8, 10))]
    hands = hands_over(Day(doors, TWO), {"V1": ["1-1"], "V2": ["2-1"]})

    seen = preview(hands, Place(("1-1",), T2, position=1))

    late = [violation for violation in seen.broken if violation.code == "late"]
    assert [violation.shipment for violation in late] == ["1-1"]
    assert seen.change.late == 1
    assert seen.change.late_s == late[0].amount
    assert not seen.free


def test_one_late_stop_makes_no_other_one_late():
    doors = [
        a_door("1", 0.02, window=between(8, 9)),
        a_door("2", 0.6, window=between(8, 11)),
        a_door("3", 0.61, window=between(9, 12)),
    ]
    hands = hands_over(Day(doors, TWO), {"V1": ["2-1", "3-1"], "V2": ["1-1"]})

    seen = preview(hands, Place(("1-1",), T1, position=1))

    assert {violation.shipment for violation in seen.broken} == {"1-1"}
    first = seen.touched[-1].after.deliveries[0]
    assert first.start < at(9)  # it leaves early for the one that cannot wait


def test_too_much_for_the_vehicle_is_a_rule_that_can_be_broken():
    small = a_vehicle("V2", capacity=TWO[0].capacity.__class__(1_500, 10_000, 9))
    doors = in_a_row("1", "2")
    hands = hands_over(Day(doors, (TWO[0], small)), {"V1": ["1-1"], "V2": ["2-1"]})

    seen = preview(hands, Place(("1-1",), T2))

    assert [violation.code for violation in seen.broken] == ["too_heavy"]
    assert seen.refused is None


def test_the_end_of_the_shift_gives_way_by_what_the_road_needs():
    short = a_vehicle("V2", shift_to=time(9))
    doors = in_a_row("1", "2", service_s=2_400)
    hands = hands_over(Day(doors, (TWO[0], short)), {"V1": ["1-1"], "V2": ["2-1"]})

    seen = preview(hands, Place(("1-1",), T2))

    assert [violation.code for violation in seen.broken] == ["after_shift"]


def test_what_was_broken_before_is_no_news():
    doors = [a_door("1", 0.3, window=between(6, 7)), *in_a_row("2")]
    hands = hands_over(Day(doors, TWO), {"V1": ["1-1"], "V2": ["2-1"]})

    seen = preview(hands, Place(("2-1",), T1, position=1))

    assert seen.broken == ()
    assert [violation.code for violation in seen.touched[-1].found] == ["late"]


def test_taking_the_cause_away_mends_a_tour():
    doors = [a_door("1", 0.3, window=between(8, 9)), a_door("2", -0.3, window=between(8, 9))]
    hands = hands_over(Day(doors, TWO), {"V1": ["1-1", "2-1"]})

    seen = preview(hands, Place(("2-1",), vehicle="V2"))

    assert hands.plan.late_s > 0
    assert seen.change.late_s == -hands.plan.late_s
    assert seen.free


# What cannot be


@pytest.mark.parametrize(
    ("move", "code"),
    [
        (Place(("9-1",), T1), "hand_not_here"),
        (Place(("1-1",), "gone"), "hand_no_tour"),
        (Place(("1-1",), vehicle="R1"), "hand_other_node"),
        (Place(("1-1",), vehicle="OFF"), "hand_vehicle_off"),
        (Place(("1-1",), vehicle="nobody"), "hand_vehicle_off"),
        (Drive(T1, "V2"), "hand_vehicle_busy"),
        (Drive(T1, "R1"), "hand_other_node"),
        (Split(T1, 0), "hand_nothing_to_split"),
        (Split(T1, 1), "hand_no_idle_vehicle"),
    ],
)
def test_what_nobody_can_do_says_why(move: Move, code: str):
    fleet = (*TWO, a_vehicle("R1", "RBX"), a_vehicle("OFF", active=False))
    day = Day(in_a_row("1", "2", "3"), fleet, (a_node(), a_node("RBX", ROUBAIX)))
    hands = hands_over(day, {"V1": ["1-1", "2-1"], "V2": ["3-1"]})

    assert preview(hands, move).refused.code == code


@pytest.mark.parametrize("state", [PlanState.VALIDATED, PlanState.PUBLISHED, PlanState.CLOSED])
def test_agreed_tours_neither_give_nor_get(state: PlanState):
    hands = hands_over(Day(in_a_row("1", "2"), TWO), {"V1": ["1-1"], "V2": ["2-1"]}, state=state)

    assert preview(hands, Place(("1-1",), T2)).refused.code == "hand_agreed"
    assert preview(hands, Place(("1-1",), vehicle="V1")).refused.code == "hand_agreed"
    assert preview(hands, Reverse(T1)).refused.code == "hand_agreed"


def test_a_locked_tour_may_be_overruled_and_one_that_locked_itself_may_be_mended():
    tours = {"V1": ["1-1", "2-1"], "V2": ["3-1"]}
    day = Day(in_a_row("1", "2", "3"), TWO)
    locked = hands_over(day, tours, locked=True)
    forced = hands_over(day, tours, locked=True, forced="the customer asked")

    assert preview(locked, Place(("1-1",), T2)).against.code == "hand_locked"
    assert not preview(locked, Place(("1-1",), T2)).free
    assert preview(forced, Place(("1-1",), T2)).free


# Whole tours


def test_a_tour_turns_round():
    hands = hands_over(Day(in_a_row("1", "2", "3"), TWO), {"V1": ["1-1", "2-1", "3-1"]})

    assert by_number(preview(hands, Reverse(T1))) == {1: ["3-1", "2-1", "1-1"]}


def test_a_tour_is_split_and_the_rest_goes_to_the_vehicle_that_costs_least():
    dear = a_vehicle("V2", fixed_cost_cents=90_000)
    day = Day(in_a_row("1", "2", "3"), (TWO[0], dear, a_vehicle("V3")))
    hands = hands_over(day, {"V1": ["1-1", "2-1", "3-1"]})

    seen = preview(hands, Split(T1, 1))

    assert by_number(seen) == {1: ["1-1"], 2: ["2-1", "3-1"]}
    assert seen.touched[-1].after.vehicle == "V3"
    assert preview(hands, Split(T1, 1, "V2")).touched[-1].after.vehicle == "V2"


def test_two_tours_become_one():
    day = Day(in_a_row("1", "2", "3"), TWO)
    hands = hands_over(day, {"V1": ["1-1", "3-1"], "V2": ["2-1"]})

    seen = preview(hands, Merge(T1, T2))

    assert by_number(seen) == {1: ["1-1", "2-1", "3-1"], 2: []}
    assert seen.change.cost_cents < 0


def test_two_tours_exchange_their_vehicles_and_keep_their_numbers():
    day = Day(in_a_row("1", "2"), TWO)
    hands = hands_over(day, {"V1": ["1-1"], "V2": ["2-1"]})

    seen = preview(hands, Swap(T1, T2))

    assert by_number(seen) == {1: ["1-1"], 2: ["2-1"]}
    assert [each.after.vehicle for each in seen.touched] == ["V2", "V1"]


def test_a_stop_gives_its_place_to_another_and_rides_on_or_waits():
    day = Day(in_a_row("1", "2", "3"), TWO)
    hands = hands_over(day, {"V1": ["1-1"], "V2": ["2-1"]})

    onto = preview(hands, Displace("3-1", "V1", "1-1", "V2"))
    nobody = preview(hands, Displace("3-1", "V1", "1-1"))
    itself = preview(hands, Displace("3-1", "V1", "1-1", "V1"))

    assert {number: set(made) for number, made in by_number(onto).items()} == {
        1: {"3-1"},
        2: {"1-1", "2-1"},
    }
    assert by_number(nobody) == {1: ["3-1"]}
    assert set(by_number(itself)[1]) == {"1-1", "3-1"}
    for move in (Displace("2-1", "V1", "1-1"), Displace("3-1", "V2", "1-1")):
        assert preview(hands, move).refused is not None


def test_another_vehicle_drives_a_tour():
    hands = hands_over(Day(in_a_row("1"), TWO), {"V1": ["1-1"]})

    seen = preview(hands, Drive(T1, "V2"))

    assert (seen.touched[0].after.vehicle, seen.touched[0].after.number) == ("V2", 1)


# Prices of every place


def test_every_tour_says_what_it_would_ask_or_why_not():
    small = a_vehicle("V3", capacity=TWO[0].capacity.__class__(500, 10_000, 9))
    hands = hands_over(
        Day(in_a_row("1", "2", "3"), (*TWO, small)),
        {"V1": ["1-1"], "V2": ["2-1"], "V3": ["3-1"]},
    )

    asked = {price.tour: price.preview for price in prices(hands, ("1-1",))}

    assert set(asked) == {T1, T2, T3}
    assert asked[T2].change.distance_m < 0
    assert [violation.code for violation in asked[T3].broken] == ["too_heavy"]
    assert not asked[T1].changes


def test_prices_stop_when_told_to():
    hands = hands_over(Day(in_a_row("1", "2"), TWO), {"V1": ["1-1"], "V2": ["2-1"]})

    assert list(prices(hands, ("1-1",), stop=lambda: True)) == []


# Reloads


def test_reloads_stay_between_the_stops_they_are_for():
    assert without(("a", "", "b", "", "c"), ("b",)) == ("a", "", "c")
    assert without(("a", "", "b"), ("b",)) == ("a",)
    assert without(("a", "", "b"), ("a",)) == ("b",)
    assert put_into(("a", "", "b"), ("x",), 1) == ("a", "", "x", "b")
    assert put_into(("a", "", "b"), ("x",), 2) == ("a", "", "b", "x")
    assert stops_of(hands_over(Day(in_a_row("1")), {"V1": ["1-1"]}).plan.tours[0]) == ("1-1",)
