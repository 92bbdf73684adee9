"""Few moves that make a day cheaper: within the budget, as promised, and nobody's lock broken."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.locks import LockKind, TourLock
from app.domain.tours import TourPlan
from app.domain.values import Load
from app.planning.tours.answer import plan_of
from app.planning.tours.consequences import Figures
from app.planning.tours.gentle import Budget, Suggestion
from app.planning.tours.gentle_search import gentle_moves
from app.planning.tours.locked import with_locks
from app.planning.tours.problem import Problem
from app.planning.tours.settle import Exact
from tests.builders import a_vehicle
from tests.tours.a_day import ON, Day, a_door, any_days, between


def planned(problem: Problem, routes: dict[str, Sequence[str]]) -> TourPlan:
    """These shipments on these vehicles in this order."""
    exact = Exact(problem)
    vehicles = {vehicle.code: n for n, vehicle in enumerate(problem.vehicles)}
    visits = {visit.shipment: n for n, visit in enumerate(problem.visits)}
    tours = {}
    for vehicle, shipments in routes.items():
        driven = exact.drive(vehicles[vehicle], [visits[name] for name in shipments])
        assert driven is not None
        tours[vehicles[vehicle]] = driven
    return plan_of(problem, tours)


@st.composite
def drafted_days(draw: st.DrawFn) -> tuple[Day, Problem, TourPlan]:
    """A day of everything, its shipments on tours that can be driven, in no good order."""
    day = draw(any_days(doors=8, vehicles=3))
    problem = day.problem()
    exact = Exact(problem)
    tours = {}
    for visit in draw(st.permutations(range(len(problem.visits)))):
        for vehicle in draw(st.permutations(range(len(problem.vehicles)))):
            before = tours[vehicle].visits if vehicle in tours else ()
            place = draw(st.integers(0, len(before)))
            driven = exact.drive(vehicle, (*before[:place], visit, *before[place:]))
            if driven is not None:
                tours[vehicle] = driven
                break
    return day, problem, plan_of(problem, tours)


def starts(plan: TourPlan) -> dict[str, int]:
    return {s.shipment: int(s.start.timestamp()) for t in plan.tours for s in t.deliveries}


def homes(plan: TourPlan) -> dict[str, str]:
    return {stop.shipment: tour.code for tour in plan.tours for stop in tour.deliveries}


def figures(plan: TourPlan) -> Figures:
    return sum((Figures.of(tour) for tour in plan.tours), Figures())


def some_ticked(suggestion: Suggestion) -> st.SearchStrategy[set[int]]:
    numbers = [move.number for move in suggestion.moves]
    return st.sets(st.sampled_from(numbers)) if numbers else st.just(set())


@settings(deadline=None, max_examples=60)
@given(drafted_days(), st.integers(0, 5), st.sampled_from([None, 0, 900, 7_200]), st.data())
def test_whatever_is_ticked_keeps_budget_and_rules_and_gives_what_it_promised(
    drafted, stops, within_s, data
):
    day, problem, plan = drafted
    found = gentle_moves(problem, plan, plan.tours, Budget(stops, within_s), least_cents=0)
    ticked = data.draw(some_ticked(found))

    after = found.plan_with(ticked)

    wanted = found.with_needed(ticked)
    moved = [one.shipment for n in wanted for one in found.moves[n].moved]
    elsewhere = {s for s, home in homes(after).items() if homes(plan)[s] != home}
    assert elsewhere <= set(moved)
    assert len(moved) == len(set(moved)) <= stops
    assert homes(after).keys() == homes(plan).keys()
    assert day.judged(after).violations == day.judged(plan).violations
    assert figures(after) - figures(plan) == found.change(ticked)
    each = sum((found.moves[n].change for n in wanted), Figures())
    assert each == found.change(ticked)
    if within_s is not None:
        then, now = starts(plan), starts(after)
        touched = {t.code for t in after.tours} - {t.code for t in plan.tours if t in after.tours}
        near = [s for s, home in homes(after).items() if home in touched]
        assert all(abs(then[s] - now[s]) <= within_s for s in near)


@settings(deadline=None, max_examples=30)
@given(drafted_days())
def test_nothing_may_move_means_that_nothing_changes(drafted):
    _day, problem, plan = drafted

    found = gentle_moves(problem, plan, plan.tours, Budget(0), least_cents=0)

    assert found.moves == ()
    assert found.plan_with(()) == plan


# Two vans, one for the east and one for the west of the depot


def east_and_west(*, heavy: bool = False, room: int = 3, **but: Any) -> Day:
    """Three doors on each side; with `heavy` a van has room for so many and no more."""
    load = {"load": Load(200_000, 2_000, 1)} if heavy else {}
    sides = {"E": 1, "W": -1}
    doors = [
        a_door(f"{side}{n}", sign * (0.1 + 0.01 * n), 0.002 * n, **load, **but)
        for side, sign in sides.items()
        for n in (1, 2, 3)
    ]
    capacity = Load(200_000 * room, 6_000_000, 60)
    fleet = [a_vehicle(f"V{n}", capacity=capacity) for n in (1, 2)]
    return Day(doors, fleet)


def found_in(day: Day, routes: dict[str, Sequence[str]], budget: Budget) -> Suggestion:
    problem = day.problem()
    plan = planned(problem, {v: [f"{s}-1" for s in stops] for v, stops in routes.items()})
    return gentle_moves(problem, plan, plan.tours, budget)


def moved_in(suggestion: Suggestion) -> list[set[str]]:
    return [{one.order for one in move.moved} for move in suggestion.moves]


def test_a_stop_on_the_wrong_side_goes_to_the_tour_that_passes_by():
    routes = {"V1": ["E1", "E2", "W2", "E3"], "V2": ["W1", "W3"]}

    found = found_in(east_and_west(heavy=True, room=4), routes, Budget(5))

    assert moved_in(found) == [{"W2"}]
    assert homes(found.plan_with({0}))["W2-1"] == homes(found.plan)["W1-1"]
    assert found.change({0}).cost_cents < 0
    assert found.change({0}).distance_m < 0


def test_two_full_vans_change_stops_in_one_move():
    routes = {"V1": ["E1", "E2", "W3"], "V2": ["W1", "W2", "E3"]}

    found = found_in(east_and_west(heavy=True), routes, Budget(2))

    assert moved_in(found) == [{"W3", "E3"}]
    assert found_in(east_and_west(heavy=True), routes, Budget(1)).moves == ()


def test_a_short_tour_is_spared_when_all_its_stops_may_move():
    routes = {"V1": ["E1", "E2", "E3"], "V2": ["W1", "W2"]}

    found = found_in(east_and_west(), routes, Budget(2))

    assert moved_in(found) == [{"W1", "W2"}]
    assert len(found.plan_with({0}).tours) == 1
    assert {each.after for each in found.touched({0})} > {None}


def test_the_best_moves_come_first_and_bring_what_they_need():
    routes = {"V1": ["E1", "W3", "E2", "W2", "E3"], "V2": ["W1"]}

    found = found_in(east_and_west(), routes, Budget(2))
    first, second = found.moves

    assert first.change.cost_cents <= second.change.cost_cents < 0
    assert second.needs == {0}
    assert found.with_needed({1}) == {0, 1}
    assert found.without({0, 1}, 0) == frozenset()
    assert found.without({0, 1}, 1) == {0}


def test_a_tour_that_is_no_draft_any_more_neither_gives_nor_takes():
    problem = east_and_west().problem()
    routes = {"V1": ["E1-1", "W2-1", "E2-1"], "V2": ["W1-1", "W3-1"]}
    plan = planned(problem, routes)
    only_first = plan.tours[:1]

    found = gentle_moves(problem, plan, only_first, Budget(5))

    assert {each.tour.code for move in found.moves for each in move.touched} <= {only_first[0].code}


def test_an_order_that_is_kept_to_its_vehicle_stays_there():
    routes = {"V1": ["E1-1", "E2-1", "W2-1", "E3-1"], "V2": ["W1-1", "W3-1"]}
    problem = east_and_west(heavy=True, room=5).problem()
    plan = planned(problem, routes)
    lock = TourLock(ON, LockKind.VEHICLE, ("W2-1",), "V1")

    found = gentle_moves(with_locks(problem, [lock]), plan, plan.tours, Budget(5))

    assert {homes(found.plan_with([m.number]))["W2-1"] for m in found.moves} <= {"2026-11-24-T1"}
    assert all(
        "W2" not in {one.order for one in m.moved if one.tour != one.to} for m in found.moves
    )


def test_orders_that_ride_together_move_together_or_not_at_all():
    routes = {"V1": ["E1-1", "E2-1", "E3-1", "W3-1", "W2-1"], "V2": ["W1-1"]}
    problem = east_and_west(heavy=True, room=5).problem()
    plan = planned(problem, routes)
    lock = TourLock(ON, LockKind.TOGETHER, ("W2-1", "W3-1"))
    bound = with_locks(problem, [lock])

    assert moved_in(gentle_moves(bound, plan, plan.tours, Budget(2))) == [{"W2", "W3"}]
    alone = moved_in(gentle_moves(bound, plan, plan.tours, Budget(1)))
    assert {"W2"} not in alone
    assert {"W3"} not in alone


def test_hours_that_were_told_hold_back_the_tours_that_stops_leave():
    routes = {"V1": ["E1", "E2", "W2", "E3"], "V2": ["W1", "W3"]}
    day = east_and_west(heavy=True, room=4, window=between(8, 18))

    free, tight = (found_in(day, routes, Budget(5, within_s)) for within_s in (None, 60))

    then = starts(free.plan)
    later = [starts(found.plan_with(range(len(found.moves)))) for found in (free, tight)]
    most = [max(abs(now[s] - then[s]) for s in then) for now in later]
    assert most[0] > 60 >= most[1]
    assert free.change({0}).cost_cents < tight.change({0}).cost_cents < 0


def test_a_search_that_is_stopped_gives_what_it_has_found():
    routes = {"V1": ["E1", "W3", "E2", "W2", "E3"], "V2": ["W1"]}
    problem = east_and_west().problem()
    plan = planned(problem, {v: [f"{s}-1" for s in stops] for v, stops in routes.items()})
    heard: list[int] = []
    asked = iter(range(10**9))

    def told(_count: int) -> None:
        heard.append(next(asked))

    def in_the_middle_of_the_second() -> bool:
        return len(heard) == 1 and next(asked) > heard[0] + 3

    whole = gentle_moves(problem, plan, plan.tours, Budget(2))
    found = gentle_moves(
        problem, plan, plan.tours, Budget(2), enough=in_the_middle_of_the_second, on_move=told
    )

    assert heard
    assert found.moves[0] == whole.moves[0]
    assert gentle_moves(problem, plan, plan.tours, Budget(2), enough=lambda: True).moves == ()
