"""Visits that would be cheaper elsewhere go there, timed exactly, until none would."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from app.domain.values import Load
from app.planning.tours.loads import tidy
from app.planning.tours.polish import Polish
from app.planning.tours.relocating import Relocation, left_to_gain
from app.planning.tours.settle import Driven, Exact, settled
from app.ports import never
from tests.builders import a_vehicle
from tests.tours.a_day import Day, a_door
from tests.tours.some_tours import begun_plans, every_place

MANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def worth_mc(tours: dict[int, Driven]) -> int:
    return sum(tour.worth_mc for tour in tours.values())


def without(exact: Exact, tours: dict[int, Driven], visit: int) -> dict[int, Driven] | None:
    """The tours when this visit is taken out; None where the rest cannot be driven."""
    vehicle = next(n for n, tour in tours.items() if visit in tour.made)
    others = {n: tour for n, tour in tours.items() if n != vehicle}
    rest = tidy([v for v in tours[vehicle].visits if v != visit])
    driven = exact.drive(vehicle, rest) if rest else None
    if rest and driven is None:
        return None
    return others if driven is None else {**others, vehicle: driven}


@MANY
@given(plan=begun_plans())
def test_afterwards_no_single_visit_is_cheaper_in_any_other_place(plan):
    exact, tours, _ = plan
    before, made = worth_mc(tours), sorted(v for tour in tours.values() for v in tour.made)

    moved = Relocation(exact, tours).run(never)

    assert sorted(v for tour in tours.values() for v in tour.made) == made
    assert moved == (worth_mc(tours) < before)
    for visit in made:
        others = without(exact, tours, visit)
        if others is None or len(exact.units.of(visit)) > 1 or exact.units.fixed(visit):
            continue
        places = [worth_mc(others) + added for added in every_place(exact, others, visit)]
        assert min(places, default=worth_mc(tours)) >= worth_mc(tours)


@MANY
@given(plan=begun_plans())
def test_tours_that_change_between_two_rounds_are_tried_again(plan):
    exact, tours, _ = plan
    relocation = Relocation(exact, tours)
    relocation.run(never)
    vehicle = next(iter(tours), None)
    if vehicle is None or exact.units.begun:
        return
    del tours[vehicle]
    relocation.run(never)
    again = dict(tours)

    assert not Relocation(exact, again).run(never)


def test_a_visit_between_two_of_another_tour_joins_them():
    small = Load(3_000, 9_000, 9)
    doors = [a_door(str(n), 0.03 * n) for n in range(1, 4)]
    doors.append(a_door("far", -0.05, load=Load(2_000, 2_000, 1)))
    fleet = [a_vehicle("A", capacity=small), a_vehicle("B", capacity=small)]
    exact = Exact(Day(doors, fleet).problem())
    tours = settled(exact, ((0, (0, 2)), (1, (3, 1))))

    Relocation(exact, tours).run(never)

    assert 1 in tours[0].made


def test_nothing_moves_once_it_is_late_but_what_is_left_out_still_comes_in():
    doors = [a_door(str(n), 0.03 * n) for n in range(1, 4)] + [a_door("far", -0.05)]
    problem = Day(doors, [a_vehicle("A"), a_vehicle("B")]).problem()
    problem = replace(problem, visits=tuple(replace(v, setup_s=1) for v in problem.visits))
    exact = Exact(problem)
    polish = Polish(exact, settled(exact, ((0, (0,)), (1, (3, 1)))), late=lambda: True)

    polish.run(never)

    assert polish.left == []
    assert 1 in polish.tours[1].made


def test_a_day_without_pauses_and_setups_is_searched_exactly_already():
    problem = Day([a_door("1")], [a_vehicle()]).problem()
    plain = replace(problem, visits=tuple(replace(v, setup_s=0) for v in problem.visits))
    plain = replace(plain, vehicles=tuple(replace(d, pause=None, rests=()) for d in plain.vehicles))

    assert not left_to_gain(plain)
    assert left_to_gain(replace(plain, visits=tuple(replace(v, late_s=60) for v in plain.visits)))
