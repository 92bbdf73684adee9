"""Goods of a node without a vehicle, fetched there on the way and delivered on the same tour."""

from dataclasses import replace
from datetime import time
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.policy import Policy, TouringPolicy
from app.domain.tours import StopKind, Tour, TourPlan
from app.domain.values import Load
from app.planning.tours.court import Facts
from app.planning.tours.edit import without
from app.planning.tours.fetching import fetch_of
from app.planning.tours.gentle import Budget
from app.planning.tours.gentle_search import gentle_moves
from app.planning.tours.hands import Hands, stops_of
from app.planning.tours.moves import Drive, Merge, Move, Place, Reverse, Split
from app.planning.tours.previewing import preview
from app.planning.tours.problem import Problem
from app.planning.tours.solver import solve
from app.planning.tours.stress import Chances, stress
from tests.builders import a_node, a_vehicle
from tests.tours.a_day import (
    LILLE,
    ON,
    PARIS,
    ROUBAIX,
    TRAVEL,
    Day,
    a_door,
    at,
    between,
)

WITHIN_20_KM = Policy(touring=TouringPolicy(fetch_within_m=20_000))
STORE = a_node("RBX", ROUBAIX, opening_hours="Mo-Sa 10:00-19:00")
NODES = (a_node(), STORE)
FREE = a_vehicle(fixed_cost_cents=0, shift_from=time(7))


def a_day(*doors, policy: Policy = WITHIN_20_KM, vehicles=(FREE,), nodes=NODES) -> Day:
    return Day(doors, vehicles, nodes, policy=policy)


def foreign(code: str, east: float = 0.08, **but):
    """A shipment of the store, which has no vehicle."""
    return a_door(code, east, 0.03, node="RBX", **but)


def plan_of(day: Day) -> TourPlan:
    return solve(day.problem(), iterations=20)


def made(tour: Tour) -> list[tuple[StopKind, str]]:
    return [(stop.kind, stop.shipment) for stop in tour.deliveries]


P, D = StopKind.PICKUP, StopKind.DELIVERY


def test_without_the_rule_a_carrier_has_it():
    problem = a_day(foreign("1"), policy=Policy()).problem()

    assert problem.visits == ()
    assert problem.left_to_carriers == 1


def test_a_passing_van_fetches_at_the_store_and_delivers():
    day = a_day(foreign("1"), a_door("2", 0.02))
    plan = plan_of(day)

    (tour,) = plan.tours
    assert sorted(made(tour)) == sorted([(P, "1-1"), (D, "1-1"), (D, "2-1")])
    assert made(tour).index((P, "1-1")) < made(tour).index((D, "1-1"))
    fetch = next(stop for stop in tour.stops if stop.kind is P)
    assert fetch.point == ROUBAIX
    assert fetch.window is not None
    assert fetch.window.start == at(10)
    assert tour.load == Load(1_000, 2_000, 1), "the fetched parcel does not leave the depot"
    assert plan.left_to_carriers == 0
    assert day.judged(plan).violations == ()


def test_several_parcels_fetched_at_one_store_share_the_stop():
    plan = plan_of(a_day(foreign("1"), foreign("2", 0.09), foreign("3", 0.07)))

    (tour,) = plan.tours
    fetches = [stop for stop in tour.stops if stop.kind is P]
    assert [(s.departure - s.start).total_seconds() for s in fetches] == [300, 0, 0]


def test_nobody_comes_from_too_far_away_but_where_the_rules_name_the_store():
    near = Policy(touring=TouringPolicy(fetch_within_m=5_000))
    named = Policy(touring=TouringPolicy(fetch_nodes=frozenset({"RBX"})))

    assert a_day(foreign("1"), policy=near).problem().visits == ()
    assert len(a_day(foreign("1"), policy=named).problem().visits) == 2


def test_a_store_with_a_van_of_its_own_is_called_at_by_nobody():
    own = a_vehicle("V2", "RBX")

    problem = a_day(foreign("1"), vehicles=(FREE, own)).problem()

    (visit,) = problem.visits
    assert visit.from_depot
    assert problem.depots[min(visit.depots)] == "RBX"


def test_goods_are_fetched_once_they_are_ready():
    plan = plan_of(a_day(foreign("1", ready_at=at(14, 10))))

    (tour,) = plan.tours
    fetch, brought = tour.deliveries
    assert fetch.start >= at(14, 10)
    assert brought.start > fetch.departure


def test_a_store_that_is_closed_that_day_is_said_to_be():
    sundays = replace(STORE, opening_hours="Su 10:00-12:00")
    late = foreign("2", ready_at=at(21))

    closed = a_day(foreign("1"), nodes=(a_node(), sundays)).problem()
    after = a_day(late).problem()

    for problem in (closed, after):
        (left,) = problem.set_aside
        assert [(why.code, why["node"]) for why in left.reasons] == [("tour_source_closed", "RBX")]


def test_where_every_van_that_may_fetch_is_busy_that_is_said():
    day = a_day(foreign("1"), a_door("2", 0.02))

    problem = day.problem(busy={"V1"})

    said = {left.shipment: left.reasons[0].code for left in problem.set_aside}
    assert said == {"1-1": "tour_nobody_fetches", "2-1": "tour_vehicles_busy"}


def test_what_a_tour_fetches_stays_possible_when_the_rules_change():
    day = a_day(foreign("1"))
    (tour,) = plan_of(day).tours
    never = TouringPolicy()

    fetch = fetch_of(never, day.vehicles, day.nodes, (tour,))

    assert tour.fetched == {"1-1"}
    assert fetch.takes(foreign("1").shipment)
    assert not fetch.takes(foreign("2").shipment)


def test_a_client_out_of_reach_is_told_by_each_van_in_figures():
    plan = plan_of(a_day(foreign("1", window=between(8, 9))))

    (left,) = plan.unplanned
    assert [(why.code, why["vehicle"]) for why in left.reasons] == [("tour_no_way_by_source", "V1")]


@st.composite
def fetching_days(draw: st.DrawFn) -> Day:
    """Small days in which some goods lie at one or two stores without a vehicle."""
    other = a_node("TCG", replace(LILLE, latitude=LILLE.latitude + 0.09))
    doors = [
        a_door(
            str(n),
            draw(st.floats(-0.1, 0.1)),
            draw(st.floats(-0.1, 0.1)),
            node=draw(st.sampled_from(("LIL", "RBX", "TCG"))),
            window=draw(st.none() | st.integers(9, 15).map(lambda h: between(h, h + 3))),
            load=Load(draw(st.sampled_from((1_000, 300_000, 500_000))), 2_000, 1),
            ready_at=draw(st.none() | st.integers(8, 15).map(at)),
            service_s=draw(st.sampled_from((60, 300))),
        )
        for n in range(draw(st.integers(1, 6)))
    ]
    fleet = [
        a_vehicle(
            f"V{n}",
            fixed_cost_cents=draw(st.sampled_from((0, 4_000))),
            reloads=draw(st.integers(0, 1)),
            loading_s=draw(st.sampled_from((0, 600))),
            service_percent=draw(st.sampled_from((100, 150))),
        )
        for n in range(draw(st.integers(1, 2)))
    ]
    return a_day(*doors, vehicles=fleet, nodes=(*NODES, other))


def whole_and_in_order(tour: Tour, foreigners: set[str]) -> bool:
    """Each shipment of a store is fetched, and delivered after that on the same trip."""
    aboard: set[str] = set()
    for stop in tour.stops:
        if stop.kind is StopKind.RELOAD and aboard:
            return False
        if stop.kind is P:
            aboard.add(stop.shipment)
        elif stop.kind is D and stop.shipment in foreigners:
            if stop.shipment not in aboard:
                return False
            aboard.remove(stop.shipment)
    return not aboard


def of_stores(day: Day) -> set[str]:
    return {door.shipment.code for door in day.doors if door.shipment.node != "LIL"}


@settings(max_examples=40, deadline=None)
@given(day=fetching_days())
def test_no_pair_is_ever_split_and_the_judge_finds_nothing(day: Day):
    plan = plan_of(day)

    assert day.judged(plan).violations == ()
    assert all(whole_and_in_order(tour, of_stores(day)) for tour in plan.tours)
    told = {left.shipment for left in plan.unplanned}
    carried = {stop.shipment for tour in plan.tours for stop in tour.deliveries}
    assert carried | told == {door.shipment.code for door in day.doors}
    assert not carried & told


def hands_of(day: Day, problem: Problem, plan: TourPlan) -> Hands:
    facts = Facts.of(day.doors, day.vehicles, day.nodes, TRAVEL, PARIS, day.policy.touring)
    return Hands.of(problem, plan, facts)


def moves(hands: Hands) -> st.SearchStrategy[Move]:
    shipments = st.sampled_from([one for one in hands.visits if not one.startswith("\t")])
    tours = st.sampled_from([tour.code for tour in hands.plan.tours] or ["none"])
    vehicles = st.sampled_from(list(hands.vehicles))
    some = st.lists(shipments, min_size=1, max_size=3, unique=True).map(tuple)
    places = st.none() | st.integers(0, 6)
    return st.one_of(
        st.builds(Place, some, tours, st.just(""), places),
        st.builds(Place, some, st.just(""), vehicles, places),
        st.builds(Reverse, tours),
        st.builds(Split, tours, st.integers(0, 6), vehicles | st.just("")),
        st.builds(Merge, tours, tours),
        st.builds(Drive, tours, vehicles),
    )


@settings(max_examples=60, deadline=None)
@given(data=st.data(), day=fetching_days())
def test_whatever_a_hand_moves_takes_its_fetch_along(data: st.DataObject, day: Day):
    problem = day.problem()
    if not problem.visits:
        return
    hands = hands_of(day, problem, plan_of(day))

    seen = preview(hands, data.draw(moves(hands)))

    for each in seen.touched:
        if each.after is not None:
            assert whole_and_in_order(each.after, of_stores(day))
            assert not {v.code for v in each.found} & {"not_collected", "not_delivered"}
            assert stops_of(each.after) == hands.stops(hands.route(stops_of(each.after)))


def test_a_hand_sees_the_door_that_moves_and_not_where_its_goods_are_fetched():
    day = a_day(foreign("1"), a_door("2", 0.02), a_door("3", -0.02))
    problem = day.problem()
    empty = hands_of(day, problem, TourPlan(ON, ()))
    tour = empty.timed(0, ("2-1", "3-1"), 1)
    assert tour is not None
    hands = hands_of(day, problem, TourPlan(ON, (tour,)))

    seen = preview(hands, Place(("1-1",), tour.code, position=0))

    (touched,) = seen.touched
    assert touched.after is not None
    assert made(touched.after)[:2] == [(P, "1-1"), (D, "1-1")]
    assert seen.first == (tour.code, 1)
    assert {shift.shipment for shift in touched.shifts} == {"2-1", "3-1"}


@settings(max_examples=25, deadline=None)
@given(day=fetching_days(), chosen=st.randoms(use_true_random=False))
def test_gentle_moves_and_what_is_taken_out_leave_pairs_whole(day: Day, chosen: Random):
    problem = day.problem()
    plan = plan_of(day)
    foreigners = of_stores(day)

    suggestion = gentle_moves(problem, plan, plan.tours, Budget(4), least_cents=0)

    for ticked in range(len(suggestion.moves) + 1):
        changed = suggestion.plan_with(range(ticked))
        assert all(whole_and_in_order(tour, foreigners) for tour in changed.tours)
    carried = sorted({stop.shipment for tour in plan.tours for stop in tour.deliveries})
    if carried:
        gone = chosen.choice(carried)
        rest = without(plan, {gone}, problem)
        assert all(whole_and_in_order(tour, foreigners) for tour in rest.tours)
        assert gone not in {stop.shipment for tour in rest.tours for stop in tour.stops}
        assert [left.shipment for left in rest.unplanned].count(gone) == 1


def test_a_store_is_never_away_when_the_van_calls():
    plan = plan_of(a_day(foreign("1"), foreign("2", 0.09)))
    nobody = Chances(absent_share=1.0)

    (tested,) = stress(plan.tours, {}, days=20, chances=nobody).tours

    assert tested.stops == 4
    assert tested.absent == 2.0
