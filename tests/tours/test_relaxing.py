"""What would have to give way for an order left out: no less would do, nor fewer limits."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.values import Load
from app.planning.tours.loosening import WHOLE, Limit, loosened, most_of, step_of
from app.planning.tours.problem import FAR_S, Pause, Problem, Shut, VehicleDay
from app.planning.tours.relaxing import Remedy, remedies
from app.planning.tours.settle import Driven, Exact, settled
from tests.tours.a_line import HOUR, KM, MINUTE, a_day, a_van, a_visit


def relaxed(problem: Problem, *routes: tuple[int, ...], left: int = 0) -> list[Remedy]:
    exact = Exact(problem)
    return list(remedies(exact, settled(exact, tuple(enumerate(routes))), left))


def amounts(problem: Problem, *routes: tuple[int, ...], left: int = 0) -> list[dict[Limit, int]]:
    return [dict(remedy.amounts) for remedy in relaxed(problem, *routes, left=left)]


def test_what_fits_as_things_are_needs_nothing_but_its_price():
    problem = a_day([a_visit("near", 10), a_visit("far", 20)], [a_van()])

    (found,) = relaxed(problem, (1,))

    assert (found.amounts, found.added_cents, found.vehicle) == ((), 0, "A")


def test_a_door_that_closes_too_soon_closes_later_by_what_is_missing():
    problem = a_day([a_visit("early", 30, opens_s=0, closes_s=20 * MINUTE)], [a_van()])

    found = relaxed(problem)

    later = next(remedy for remedy in found if remedy.limits == {Limit.LATER})
    assert dict(later.amounts) == {Limit.LATER: 10 * MINUTE}
    assert later.added_cents == 6_000
    start = next(remedy for remedy in found if remedy.limits == {Limit.START})
    assert dict(start.amounts) == {Limit.START: 10 * MINUTE}


def test_nothing_is_asked_of_the_past():
    problem = a_day([a_visit("early", 30, opens_s=0, closes_s=20 * MINUTE)], [a_van()])
    exact = Exact(problem)

    found = remedies(exact, {}, 0, now_s=-5 * MINUTE)

    assert [set(remedy.limits) for remedy in found] == [{Limit.LATER}]


@pytest.mark.parametrize(
    ("van", "visit", "asked"),
    [
        ({"max_m": 50 * KM}, {}, {Limit.DISTANCE: 10 * KM}),
        ({"to_s": 50 * MINUTE}, {}, {Limit.END: 10 * MINUTE}),
        ({"max_work_s": 40 * MINUTE, "overtime_s": 600}, {}, {Limit.WORK: 10 * MINUTE}),
        ({}, {"load": Load(1_200, 1, 1)}, {Limit.WEIGHT: 200}),
        ({}, {"load": Load(1, 1_001, 1)}, {Limit.VOLUME: 1}),
        ({}, {"load": Load(1, 1, 13)}, {Limit.PARCELS: 3}),
        ({}, {"needs": frozenset({"cold"})}, {Limit.SKILL: 1}),
        ({}, {"only": frozenset({"B"})}, {Limit.LOCK: 1}),
        ({}, {"never": frozenset({"A"})}, {Limit.LOCK: 1}),
        ({}, {"shut": (Shut(frozenset({"A"}), 0, 24 * HOUR),)}, {Limit.ZONE: 1}),
    ],
)
def test_each_limit_gives_way_by_exactly_what_is_missing(van, visit, asked):
    problem = a_day([a_visit("one", 30, **visit)], [a_van(**van)])

    assert asked in amounts(problem)


def test_a_break_that_leaves_no_time_is_one_way_of_several():
    pause = Pause(30 * MINUTE, 10 * MINUTE, 50 * MINUTE)
    problem = a_day([a_visit("one", 30)], [a_van(to_s=80 * MINUTE, pause=pause)])

    assert {Limit.PAUSE: 1} in amounts(problem)
    assert {Limit.END: 10 * MINUTE} in amounts(problem)


def test_a_tour_that_is_full_needs_as_much_room_as_is_missing():
    half = Load(600, 1, 1)
    problem = a_day([a_visit("left", 20, load=half), a_visit("on", 30, load=half)], [a_van()])

    (found,) = relaxed(problem, (1,))

    assert dict(found.amounts) == {Limit.WEIGHT: 200}
    assert (found.added_cents, found.position) == (0, 1)


def test_two_limits_give_way_where_no_single_one_will_do():
    visit = a_visit("both", 30, needs=frozenset({"cold"}), closes_s=20 * MINUTE)
    problem = a_day([visit], [a_van()])

    assert {Limit.SKILL: 1, Limit.LATER: 10 * MINUTE} in amounts(problem)


def test_what_needs_three_limits_has_no_remedy():
    visit = a_visit("all", 30, needs=frozenset({"cold"}), only=frozenset({"B"}))
    problem = a_day([{**visit, "load": Load(2_000, 1, 1)}], [a_van()])

    assert amounts(problem) == []


def test_a_vehicle_at_another_depot_is_not_asked():
    visit = a_visit("here", 30, depots=frozenset({0}), closes_s=20 * MINUTE)
    problem = a_day([visit], [a_van("A"), a_van("B", 1)], depots=(0.0, 29.0))

    assert {remedy.vehicle for remedy in relaxed(problem)} == {"A"}


def test_the_cheapest_comes_first_and_what_is_no_better_is_left_away():
    visit = a_visit("early", 30, closes_s=20 * MINUTE)
    problem = a_day([visit, a_visit("by", 40)], [a_van("A"), a_van("B", fixed_cents=500)])

    found = relaxed(problem, (), (1,))

    assert [remedy.vehicle for remedy in found if remedy.limits == {Limit.LATER}] == ["B"]
    assert [remedy.added_mc for remedy in found] == sorted(r.added_mc for r in found)


@st.composite
def small_days(draw: st.DrawFn) -> Problem:
    """A few doors on a road, and vehicles with limits of every kind that bind now and then."""
    codes = ["A", "B"][: draw(st.integers(1, 2))]
    named = st.sampled_from((frozenset[str](), frozenset[str](), frozenset({"A"})))
    visits = []
    for number in range(draw(st.integers(1, 4))):
        opens_s = draw(st.sampled_from((-FAR_S, 0, 60, 200))) * MINUTE
        shut = Shut(draw(named), 0, draw(st.integers(10, 90)) * MINUTE)
        visits.append(
            a_visit(
                f"{number}",
                draw(st.integers(1, 40)),
                load=Load(draw(st.sampled_from((1, 400, 700))), 1, draw(st.integers(1, 6))),
                opens_s=max(-FAR_S, opens_s),
                closes_s=draw(st.sampled_from((FAR_S, 20 * MINUTE, 100 * MINUTE, 230 * MINUTE))),
                service_s=draw(st.sampled_from((0, 300))),
                needs=draw(st.sampled_from((frozenset(), frozenset(), frozenset({"cold"})))),
                only=draw(named),
                never=draw(named),
                shut=(shut,) if shut.vehicles else (),
                ready_s=draw(st.sampled_from((-FAR_S, -FAR_S, 30 * MINUTE, 90 * MINUTE))),
            )
        )
        last = visits[-1]
        last["closes_s"] = max(last["opens_s"], last["closes_s"])
    return a_day(visits, [draw(some_vans(code)) for code in codes])


@st.composite
def some_vans(draw: st.DrawFn, code: str) -> VehicleDay:
    pause = draw(st.sampled_from((None, None, Pause(900, 1_800, 5_400))))
    return a_van(
        code,
        to_s=draw(st.sampled_from((40, 100, 600))) * MINUTE,
        max_m=draw(st.sampled_from((None, 30 * KM, 90 * KM))),
        max_work_s=draw(st.sampled_from((None, 2_400, 7_200))),
        pause=pause,
        hour_cents=draw(st.sampled_from((0, 2_400))),
        fixed_cents=draw(st.sampled_from((0, 1_000))),
        skills=draw(st.sampled_from((frozenset(), frozenset({"cold"})))),
    )


def cheapest(problem: Problem, vehicle: int, route: tuple[int, ...], visit: int) -> int | None:
    """What the tour is worth with the visit at the best of all its places."""
    exact = Exact(problem)
    driven = [
        exact.drive(vehicle, (*route[:place], visit, *route[place:]))
        for place in range(len(route) + 1)
    ]
    return min((each.worth_mc for each in driven if each is not None), default=None)


def by_trying(
    problem: Problem, tours: dict[int, Driven], visit: int
) -> list[tuple[int, tuple[tuple[Limit, int], ...], int]]:
    """Every smallest set that does, for each vehicle: all subsets, all amounts from nothing on."""
    for size in range(3):
        found = []
        for vehicle in range(len(problem.vehicles)):
            tour = tours.get(vehicle)
            route = () if tour is None else tour.visits
            before_mc = 0 if tour is None else tour.worth_mc
            most = {n: most_of(n, problem, vehicle, (visit,), -FAR_S) for n in Limit}
            for limits in combinations([n for n in Limit if most[n]], size):
                asked = {limit: most[limit] for limit in limits}

                def worth(trial: dict[Limit, int], vehicle: int = vehicle) -> int | None:
                    wider = loosened(problem, vehicle, (visit,), trial)
                    return cheapest(wider, vehicle, route, visit)  # noqa: B023

                if worth(asked) is None:
                    continue
                for limit in limits:
                    asked[limit] = next(
                        amount
                        for amount in every_amount(limit, most[limit])
                        if worth({**asked, limit: amount}) is not None
                    )
                total = worth(asked)
                assert total is not None
                found.append((vehicle, tuple(asked.items()), total - before_mc))
        if found:
            return found
    return []


def every_amount(limit: Limit, most: int) -> Iterator[int]:
    yield from [1] if limit in WHOLE else range(0, most + step_of(limit), step_of(limit))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=small_days(), data=st.data())
def test_trying_everything_finds_the_same_sets_the_same_amounts_and_the_same_prices(
    problem: Problem, data: st.DataObject
):
    visit = data.draw(st.integers(0, len(problem.visits) - 1))
    where = [data.draw(st.integers(0, len(problem.vehicles) - 1)) for _ in problem.visits]
    exact = Exact(problem)
    routes = tuple(
        (vehicle, tuple(v for v, at in enumerate(where) if at == vehicle and v != visit))
        for vehicle in range(len(problem.vehicles))
    )
    tours = settled(exact, routes)

    found = remedies(exact, tours, visit)

    everything = {
        Remedy(problem.vehicles[vehicle].code, asked, added_mc)
        for vehicle, asked, added_mc in by_trying(problem, tours, visit)
    }
    told = {(remedy.amounts, remedy.added_mc) for remedy in found}
    assert told <= {(remedy.amounts, remedy.added_mc) for remedy in everything}
    for remedy in everything:
        assert any(remedy.no_better_than(other) for other in found)


def test_the_room_of_a_tour_with_pairs_and_groups_counts_all_that_comes_along():
    group = [a_visit("1", 10, load=Load(600, 1, 1)), a_visit("2", 12, load=Load(600, 1, 1))]
    problem = replace(a_day(group, [a_van()]), together=(frozenset({0, 1}),))

    assert amounts(problem) == [{Limit.WEIGHT: 200}]
