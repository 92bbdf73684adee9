"""The best timetable for an order of visits, against trying every start and every pause."""

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.values import GeoPoint, Load
from app.planning.tours.problem import Pause, Problem, Roads, VehicleDay, Visit
from app.planning.tours.squeezed import SqueezedClock, clock_for
from app.planning.tours.timetable import timetable
from tests.tours.a_day import PARIS

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
