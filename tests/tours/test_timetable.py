"""The best timetable for an order of visits, against trying every start and every pause."""

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.values import GeoPoint, Load
from app.planning.tours.problem import RELOAD, Pause, Problem, Rest, Roads, Shut, VehicleDay, Visit
from app.planning.tours.squeezed import SqueezedClock, clock_for
from app.planning.tours.timetable import Timetable, timetable
from tests.tours.a_day import PARIS
from tests.tours.trying_all import TryingAll

STEP = 10


@st.composite
def small_problems(draw: st.DrawFn) -> Problem:
    """Up to four visits; all times are multiples of ten, so that trying tens is trying all."""
    count = draw(st.integers(1, 4))
    tens = st.integers(1, 12).map(lambda n: n * STEP)
    ways = np.zeros((count + 1, count + 1), dtype=np.int32)
    for a in range(count + 1):
        for b in range(count + 1):
            ways[a, b] = 0 if a == b else draw(tens)
    visits = []
    for place in range(1, count + 1):
        opens = draw(st.integers(0, 40)) * STEP
        closes = opens + draw(st.integers(0, 40)) * STEP
        visits.append(Visit(f"{place}", f"{place}", place, Load(), draw(tens), opens, closes))
    first = draw(st.integers(0, 50)) * STEP
    pause = Pause(draw(tens), first, first + draw(st.integers(0, 10)) * STEP)
    vehicle = VehicleDay(
        "V", 0, Load(), 0, draw(st.integers(20, 90)) * STEP, pause=draw(st.none() | st.just(pause))
    )
    return Problem(
        date(2026, 11, 24),
        datetime(2026, 11, 24, tzinfo=PARIS),
        PARIS,
        ("D",),
        tuple(GeoPoint(0, 0) for _ in range(count + 1)),
        tuple(visits),
        (vehicle,),
        (Roads(ways.copy(), ways.copy()),),
    )


def least_work(problem: Problem) -> int | None:
    """The least work over every start, with the pause before or after every drive, or outside."""
    vehicle, pause = problem.vehicles[0], problem.vehicles[0].pause
    best = None
    for start in range(vehicle.from_s, vehicle.to_s + 1, STEP):
        for rest in [
            None,
            *((leg, side) for leg in range(len(problem.visits) + 1) for side in (0, 1)),
        ]:
            if rest is not None and pause is None:
                continue
            end = driven(problem, start, rest)
            if end is None:
                continue
            if rest is None and pause is not None:
                rested = start >= pause.from_s + pause.length_s
                if not rested and end > pause.to_s:
                    continue
            work = end - start - (pause.length_s if rest is not None and pause else 0)
            best = work if best is None else min(best, work)
    return best


def driven(problem: Problem, start: int, rest: tuple[int, int] | None) -> int | None:
    """When the vehicle is home, or None when a window, the pause or the shift is missed.

    At each visit it may start later than it could: starting at once is never worse here.
    """
    vehicle, pause = problem.vehicles[0], problem.vehicles[0].pause
    ways, now, here = problem.roads[0].duration_s, start, 0
    for leg in range(len(problem.visits) + 1):
        there = leg + 1 if leg < len(problem.visits) else 0
        for side in (0, 1):
            if rest == (leg, side) and pause is not None:
                now = max(now, pause.from_s)
                if now > pause.to_s:
                    return None
                now += pause.length_s
            if side == 0:
                now += int(ways[here, there])
        here = there
        if there:
            visit = problem.visits[leg]
            now = max(now, visit.opens_s)
            if now > visit.closes_s:
                return None
            now += visit.service_s
    return now if now <= vehicle.to_s else None


@settings(max_examples=150, deadline=None)
@given(problem=small_problems())
def test_no_other_start_and_no_other_pause_takes_less_work(problem: Problem):
    table = timetable(problem, problem.vehicles[0], range(len(problem.visits)))

    assert (table.work_s if table else None) == least_work(problem)


@settings(max_examples=100, deadline=None)
@given(problem=small_problems())
def test_the_steps_follow_each_other_and_add_up(problem: Problem):
    table = timetable(problem, problem.vehicles[0], range(len(problem.visits)))
    if table is None:
        return

    steps = table.steps
    assert [s.visit for s in steps if s.visit is not None] == list(range(len(problem.visits)))
    for before, after in pairwise(steps):
        assert after.arrival_s == before.departure_s + after.drive_s
        assert after.arrival_s <= after.start_s <= after.departure_s
    pause_s = sum(s.departure_s - s.start_s for s in steps if s.pause)
    assert table.work_s == table.end_s - table.start_s - pause_s
    assert table.drive_s == sum(s.drive_s for s in steps)
    assert table.distance_m == sum(s.distance_m for s in steps)


TENS = st.integers(0, 5).map(lambda n: n * STEP)


def some_spans(draw: st.DrawFn, *, several: bool) -> list[tuple[int, int]]:
    spans = []
    for _ in range(draw(st.integers(1, 3)) if several else 1):
        opens = draw(st.integers(0, 25)) * STEP
        spans.append((opens, opens + draw(st.integers(0, 25)) * STEP))
    return spans


@st.composite
def any_visit(
    draw: st.DrawFn, number: int, place: int, *, late: bool, plain: bool = False
) -> Visit:
    """A visit whose hours, lateness, setup and ready time may be anything."""
    first, *also = some_spans(draw, several=not plain)
    visit = Visit(f"{number}", f"{number}", place, Load(), draw(TENS), *first, also=tuple(also))
    if late:
        visit = replace(
            visit, late_s=draw(TENS) * 2, late_hour_cents=draw(st.sampled_from((0, 700, 3_000)))
        )
    if draw(st.booleans()):
        visit = replace(visit, setup_s=draw(TENS), ready_s=draw(st.integers(-5, 15)) * STEP)
    if draw(st.integers(0, 3)) == 0:
        opens = draw(st.integers(0, 30)) * STEP
        shut = Shut(frozenset({draw(st.sampled_from(("V", "W")))}), opens, opens + 10 * STEP)
        visit = replace(visit, shut=(shut,))
    return visit


@st.composite
def any_vehicle(draw: st.DrawFn, places: int, *, rests: bool) -> VehicleDay:
    """A vehicle whose pauses, rests, limits, prices, begin and end may be anything."""
    some = st.integers(1, 6).map(lambda n: n * STEP)
    first = draw(st.integers(0, 25)) * STEP
    pause = Pause(draw(some), first, first + draw(st.integers(0, 15)) * STEP)
    limits = st.none() | st.integers(4, 25).map(lambda n: n * STEP)
    law = st.builds(Rest, some, limits, limits)
    last = draw(st.integers(20, 40 if rests else 55)) * STEP
    day = VehicleDay("V", 0, Load(), 0, last)
    day = replace(
        day,
        pause=draw(st.none() | st.just(pause)),
        rests=tuple(draw(st.lists(law, max_size=2))) if rests else (),
        hour_cents=draw(st.sampled_from((0, 2_400))),
        loading_s=draw(st.sampled_from((0, 0, 30))),
        reloads=9,
        reload_s=draw(st.sampled_from((0, 20))),
        service_percent=draw(st.sampled_from((100, 100, 200))),
    )
    if draw(st.booleans()):
        day = replace(
            day,
            max_work_s=draw(st.integers(10, 50)) * STEP,
            overtime_s=draw(TENS),
            overtime_hour_cents=draw(st.sampled_from((0, 1_200))),
        )
    if draw(st.booleans()):
        day = replace(day, starts=draw(st.integers(0, places - 1)), lead_s=draw(TENS))
    ends = draw(st.sampled_from(("home", "elsewhere", "open")))
    if ends == "elsewhere":
        return replace(day, ends=draw(st.integers(0, places - 1)))
    return replace(day, open_ended=ends == "open")


@st.composite
def any_tours(
    draw: st.DrawFn, *, most: int = 4, late: bool = False, rests: bool = False
) -> tuple[Problem, list[int]]:
    """One vehicle and an order of visits, some at one door, with a reload now and then."""
    count = draw(st.integers(1, most))
    tens = st.integers(1, 6).map(lambda n: n * STEP)
    ways = np.zeros((count + 1, count + 1), dtype=np.int32)
    for a in range(count + 1):
        for b in range(count + 1):
            ways[a, b] = 0 if a == b else draw(tens)
    doors = [draw(st.integers(1, count)) for _ in range(count)]
    visits = [draw(any_visit(n, place, late=late)) for n, place in enumerate(doors)]
    route = list(range(count))
    if count > 1 and draw(st.integers(0, 2)) == 0:
        route.insert(draw(st.integers(1, count - 1)), RELOAD)
    problem = Problem(
        date(2026, 11, 24),
        datetime(2026, 11, 24, tzinfo=PARIS),
        PARIS,
        ("D",),
        tuple(GeoPoint(0, 0) for _ in range(count + 1)),
        tuple(visits),
        (draw(any_vehicle(count + 1, rests=rests)),),
        (Roads(ways.copy(), ways.copy()),),
    )
    return problem, route


def cost_of(problem: Problem, table: Timetable | None) -> int | None:
    """Work, overtime and lateness, in cents times seconds an hour."""
    if table is None:
        return None
    day = problem.vehicles[0]
    over_s = 0 if day.max_work_s is None else max(0, table.work_s - day.max_work_s)
    return table.work_s * day.hour_cents + over_s * day.overtime_hour_cents + table.late


def least_cost(problem: Problem, route: list[int], table: Timetable | None) -> int | None:
    """Of all ways to drive it, with two rests by law or as many as the timetable has."""
    pauses = 0 if table is None else sum(step.pause for step in table.steps)
    best = TryingAll(problem, route, max(2, pauses)).best()
    return None if best is None else best[1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tour=any_tours())
def test_with_every_kind_of_hour_none_exists_or_it_is_the_cheapest(tour):
    problem, route = tour

    table = timetable(problem, problem.vehicles[0], route)

    assert cost_of(problem, table) == least_cost(problem, route, table)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tour=any_tours(late=True))
def test_it_is_late_where_that_is_cheaper_than_waiting_and_nowhere_else(tour):
    problem, route = tour

    table = timetable(problem, problem.vehicles[0], route)

    assert cost_of(problem, table) == least_cost(problem, route, table)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tour=any_tours(most=3, rests=True))
def test_the_law_s_rests_are_taken_with_the_least_loss(tour):
    problem, route = tour

    table = timetable(problem, problem.vehicles[0], route)

    assert cost_of(problem, table) == least_cost(problem, route, table)
    if table is not None:
        assert keeps_the_law(problem.vehicles[0], table)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tour=any_tours(most=2, late=True, rests=True))
def test_lateness_and_rests_together_never_find_too_little_nor_break_the_law(tour):
    problem, route = tour

    table = timetable(problem, problem.vehicles[0], route)

    cost, least = cost_of(problem, table), least_cost(problem, route, table)
    assert (cost is None) == (least is None)
    assert cost is None or least is None or cost >= least
    assert table is None or keeps_the_law(problem.vehicles[0], table)


def keeps_the_law(vehicle: VehicleDay, table: Timetable) -> bool:
    """Between two pauses long enough, nobody drives or works longer than each rest allows."""
    for rest in vehicle.rests:
        start, driven, short = table.steps[0].start_s, 0, 0
        for step in table.steps:
            driven += step.drive_s
            until = step.start_s if step.pause else step.departure_s
            if rest.drive_s is not None and driven > rest.drive_s:
                return False
            if rest.work_s is not None and until - start - short > rest.work_s:
                return False
            length = step.departure_s - step.start_s if step.pause else 0
            if step.pause and length >= rest.length_s:
                start, driven, short = step.departure_s, 0, 0
            else:
                short += length
    return True


def test_it_leaves_as_early_as_it_can_without_waiting():
    roads = Roads(np.full((2, 2), 60, np.int32), np.full((2, 2), 60, np.int32))
    visit = Visit("1", "1", 1, Load(), 30, opens_s=500, closes_s=900)
    vehicle = VehicleDay("V", 0, Load(), 0, 10_000)
    day = datetime(2026, 11, 24, tzinfo=PARIS)
    points = (GeoPoint(0, 0), GeoPoint(0, 0))
    problem = Problem(
        date(2026, 11, 24), day, PARIS, ("D",), points, (visit,), (vehicle,), (roads,)
    )

    table = timetable(problem, vehicle, [0])

    assert table is not None
    assert (table.start_s, table.steps[1].start_s, table.work_s) == (440, 500, 150)


def test_a_limit_on_metres_or_work_forbids_the_tour():
    roads = Roads(np.full((2, 2), 60, np.int32), np.full((2, 2), 60, np.int32))
    visit = Visit("1", "1", 1, Load(), 30)
    vehicle = VehicleDay("V", 0, Load(), 0, 10_000)
    day = datetime(2026, 11, 24, tzinfo=PARIS)
    points = (GeoPoint(0, 0), GeoPoint(0, 0))
    problem = Problem(
        date(2026, 11, 24), day, PARIS, ("D",), points, (visit,), (vehicle,), (roads,)
    )

    assert timetable(problem, replace(vehicle, max_m=120), [0]) is not None
    assert timetable(problem, replace(vehicle, max_m=119), [0]) is None
    assert timetable(problem, replace(vehicle, max_work_s=150), [0]) is not None
    assert timetable(problem, replace(vehicle, max_work_s=149), [0]) is None


def test_pauses_with_a_common_moment_share_one_cut():
    clock = clock_for([Pause(2_700, 100, 900), Pause(1_800, 500, 1_200), Pause(600, 5_000, 6_000)])

    assert clock.cuts == ((700, 2_700), (5_500, 600))


def test_a_squeezed_clock_stands_still_inside_its_cuts():
    clock = SqueezedClock(((100, 50), (300, 10)))

    assert [clock.at(s) for s in (0, 100, 120, 150, 160, 300, 305, 320)] == [
        0,
        100,
        100,
        100,
        110,
        250,
        250,
        260,
    ]


def a_line(*visits: Visit, vehicle: VehicleDay, apart_s: int = 60) -> Problem:
    """Places in a row, one after the other so many seconds and metres; the depot is the first."""
    size = 1 + max(visit.place for visit in visits) + 1
    row = np.arange(size, dtype=np.int32) * apart_s
    ways = np.abs(row[:, None] - row[None, :]).astype(np.int32)
    return Problem(
        date(2026, 11, 24),
        datetime(2026, 11, 24, tzinfo=PARIS),
        PARIS,
        ("D",),
        tuple(GeoPoint(0, 0) for _ in range(size)),
        visits,
        (vehicle,),
        (Roads(ways.copy(), ways.copy()),),
    )


def told(table: Timetable | None) -> list[tuple[str, int, int, int]]:
    assert table is not None
    return [(s.kind.value, s.arrival_s, s.start_s, s.departure_s) for s in table.steps]


def test_a_trip_leaves_when_its_goods_are_ready_and_comes_back_for_more():
    visits = [Visit("1", "1", 1, service_s=30), Visit("2", "2", 2, service_s=30, ready_s=1_000)]
    vehicle = VehicleDay("V", 0, Load(), 500, 9_000, loading_s=100, reloads=1, reload_s=50)

    table = timetable(a_line(*visits, vehicle=vehicle), vehicle, [0, RELOAD, 1])

    assert told(table) == [
        ("depart", 700, 700, 800),
        ("delivery", 860, 860, 890),
        ("reload", 950, 950, 1_000),
        ("delivery", 1_120, 1_120, 1_150),
        ("return", 1_270, 1_270, 1_270),
    ]
    assert table is not None
    assert (table.work_s, table.distance_m) == (570, 360)


def test_a_day_may_begin_elsewhere_and_end_at_the_last_door():
    visits = [Visit("1", "1", 1, service_s=30)]
    vehicle = VehicleDay(
        "V", 0, Load(), 0, 9_000, starts=2, lead_m=120, lead_s=120, loading_s=40, open_ended=True
    )

    table = timetable(a_line(*visits, vehicle=vehicle), vehicle, [0])

    assert told(table) == [
        ("depart", 0, 0, 0),
        ("load", 120, 120, 160),
        ("delivery", 220, 220, 250),
        ("return", 250, 250, 250),
    ]
    assert table is not None
    assert [step.place for step in table.steps] == [2, 0, 1, 1]
    assert (table.work_s, table.distance_m, table.drive_s) == (250, 180, 180)


def test_setup_is_spent_once_at_a_door_and_a_crew_needs_its_share_rounded_up():
    visits = [
        Visit("1", "1", 1, service_s=10, setup_s=20),
        Visit("2", "2", 1, service_s=11, setup_s=35),
        Visit("3", "3", 2, service_s=13, setup_s=5),
    ]
    vehicle = VehicleDay("V", 0, Load(), 0, 9_000, reloads=1, service_percent=50)
    problem = a_line(*visits, vehicle=vehicle)

    def lengths(route: list[int]) -> list[int]:
        table = timetable(problem, vehicle, route)
        assert table is not None
        return [s.departure_s - s.start_s for s in table.steps if s.visit is not None]

    assert lengths([0, 1, 2]) == [23, 6, 9]
    assert lengths([0, 2, 1]) == [15, 9, 23]
    assert lengths([0, RELOAD, 1]) == [15, 23]


def test_a_rest_by_law_that_lies_in_the_hours_of_the_pause_is_the_pause():
    visits = [Visit(f"{n}", f"{n}", n, service_s=600) for n in (1, 2, 3)]
    pause = Pause(300, 1_000, 2_000)
    vehicle = VehicleDay("V", 0, Load(), 0, 20_000, pause=pause, rests=(Rest(900, work_s=1_800),))

    table = timetable(a_line(*visits, vehicle=vehicle), vehicle, [0, 1, 2])

    assert table is not None
    (rest,) = [step for step in table.steps if step.pause]
    assert rest.departure_s - rest.start_s == 900
    assert 1_000 <= rest.start_s <= 2_000
