"""Taking shipments out of tours: what stays keeps its trips and its order."""

from dataclasses import replace

from app.domain.tours import StopKind, TourPlan
from app.domain.values import Load
from app.planning.tours.answer import plan_of
from app.planning.tours.edit import without
from app.planning.tours.problem import RELOAD, Problem
from app.planning.tours.settle import Exact, settled
from tests.builders import a_vehicle
from tests.tours.a_day import Day, a_door

BIG = Load(400_000, 0, 1)


def three_trips() -> tuple[Day, Problem]:
    doors = [a_door(str(n), 0.01 * n, load=BIG) for n in range(1, 6)]
    day = Day(doors, [a_vehicle(reloads=2, reload_s=300)])
    return day, day.problem()


def planned(problem: Problem, *route: int) -> TourPlan:
    return plan_of(problem, settled(Exact(problem), ((0, route),)))


def kinds(plan: TourPlan) -> str:
    letters = {StopKind.DELIVERY: "d", StopKind.PICKUP: "p", StopKind.RELOAD: "|"}
    return "".join(letters.get(stop.kind, "") for stop in plan.tours[0].stops)


def test_the_other_trips_stay_as_they_were():
    day, problem = three_trips()
    plan = planned(problem, 0, 1, RELOAD, 2, 3, RELOAD, 4)
    assert kinds(plan) == "dd|dd|d"

    after = without(plan, {"2-1"}, problem)

    assert kinds(after) == "d|dd|d"
    assert day.judged(after).feasible


def test_a_trip_that_loses_everything_is_not_driven():
    day, problem = three_trips()

    after = without(planned(problem, 0, 1, RELOAD, 2, 3, RELOAD, 4), {"3-1", "4-1"}, problem)

    assert kinds(after) == "dd|d"
    assert day.judged(after).feasible


def test_what_is_fetched_on_the_way_leaves_with_what_it_was_for():
    _, problem = three_trips()
    source, wanted = problem.visits[:2]
    source = replace(source, collect=True, shipment=wanted.shipment, prize_cents=0)
    visits = (source, replace(wanted, source=0), *problem.visits[2:])
    pair = replace(problem, visits=visits)
    plan = planned(pair, 2, 0, 1)
    assert kinds(plan) == "dpd"

    after = without(plan, {wanted.shipment}, pair)

    assert kinds(after) == "d"
    assert [left.shipment for left in after.unplanned] == [wanted.shipment]
