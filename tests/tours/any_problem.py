"""Small days drawn by chance in which everything may be asked of tours; times are tens."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from app.domain.values import GeoPoint, Load
from app.planning.tours.problem import Pause, Problem, Rest, Roads, Shut, VehicleDay, Visit
from app.planning.tours.timetable import timetable

STEP = 10
MOST_VISITS, MOST_VEHICLES = 5, 2
T = TypeVar("T")


def any_problem(chance: Random, least: int = 2, most: int = MOST_VISITS) -> Problem:
    """A day of a few visits and one or two vehicles; each feature comes now and then."""
    depots = chance.choice((1, 1, 2))
    count = chance.randint(least, most)
    places = depots + count + 1
    visits = [_visit(chance, n, depots, places) for n in range(count)]
    vehicles = [
        _vehicle(chance, code, depots, places) for code in "AB"[: chance.randint(1, MOST_VEHICLES)]
    ]
    roads = tuple(_roads(chance, places) for _ in range(chance.choice((1, 1, 2))))
    vehicles = [replace(day, roads=chance.randrange(len(roads))) for day in vehicles]
    problem = Problem(
        on=date(2026, 11, 24),
        reference=datetime(2026, 11, 24, tzinfo=UTC),
        zone=ZoneInfo("UTC"),
        depots=tuple(f"D{n}" for n in range(depots)),
        points=tuple(GeoPoint(0, n / 1_000) for n in range(places)),
        visits=tuple(visits),
        vehicles=tuple(vehicles),
        roads=roads,
        carbon_cents_per_kg=chance.choice((0, 10, 90)),
        collects_last=chance.random() < 0.15,
    )
    return _begun(chance, _bound(chance, problem))


def _roads(chance: Random, places: int) -> Roads:
    ways_s = np.zeros((places, places), dtype=np.int32)
    for a in range(places):
        for b in range(places):
            ways_s[a, b] = 0 if a == b else chance.randint(1, 12) * STEP
    for over in range(places):  # roads are the shortest: none is longer than the way round
        ways_s = np.minimum(ways_s, ways_s[:, [over]] + ways_s[[over], :])
    return Roads(ways_s * 11, ways_s.copy())


def _sometimes(chance: Random, often: float, make: Callable[[], T], otherwise: T) -> T:
    return make() if chance.random() < often else otherwise


def _visit(chance: Random, number: int, depots: int, places: int) -> Visit:
    tens = lambda most: chance.randint(0, most) * STEP  # noqa: E731 - said once, here
    opens = tens(30)
    visit = Visit(
        f"{number}",
        f"{number}",
        chance.randrange(depots, places),
        Load(chance.randint(0, 4), chance.randint(0, 4), 1),
        tens(5),
        opens,
        opens + tens(50),
        prize_cents=chance.choice((0, 200, 900, 50_000)),
        unusual_cents=chance.choice((0, 300)),
    )
    if chance.random() < 0.3:
        visit = replace(visit, setup_s=tens(5), ready_s=tens(20))
    if chance.random() < 0.3:
        later = visit.closes_s + tens(10) + STEP
        visit = replace(visit, also=((later, later + tens(20)),))
    if chance.random() < 0.3:
        visit = replace(visit, late_s=tens(12), late_hour_cents=chance.choice((0, 700, 3_000)))
    if chance.random() < 0.2:
        start = tens(30)
        shut = Shut(frozenset(chance.sample("AB", chance.randint(1, 2))), start, start + tens(12))
        visit = replace(visit, shut=(shut,))
    return replace(
        visit,
        depots=_sometimes(chance, 0.4, lambda: frozenset({chance.randrange(depots)}), frozenset()),
        needs=_sometimes(chance, 0.2, lambda: frozenset({"lift"}), frozenset()),
        only=_sometimes(chance, 0.1, lambda: frozenset({chance.choice("AB")}), frozenset()),
        never=_sometimes(chance, 0.1, lambda: frozenset({chance.choice("AB")}), frozenset()),
        usual=_sometimes(chance, 0.2, lambda: frozenset({chance.choice("AB")}), frozenset()),
        collect=chance.random() < 0.15,
    )


def _vehicle(chance: Random, code: str, depots: int, places: int) -> VehicleDay:
    tens = lambda most: chance.randint(0, most) * STEP  # noqa: E731 - said once, here
    day = VehicleDay(
        code,
        chance.randrange(depots),
        Load(chance.randint(3, 14), chance.randint(3, 14), chance.randint(1, 5)),
        tens(10),
        400 + tens(60),
        fixed_cents=chance.choice((0, 0, 150)),
        km_cents=Decimal(chance.choice(("0", "35", "112.5"))),
        hour_cents=chance.choice((0, 2_400, 7_300)),
        co2e_g_per_km=chance.choice((0, 250)),
        skills=_sometimes(chance, 0.6, lambda: frozenset({"lift"}), frozenset()),
        loading_s=chance.choice((0, 0, 30)),
        service_percent=chance.choice((100, 100, 200)),
    )
    if chance.random() < 0.3:
        day = replace(day, reloads=chance.randint(1, 2), reload_s=tens(3))
    if chance.random() < 0.3:
        first = tens(30)
        day = replace(day, pause=Pause(STEP + tens(5), first, first + tens(20)))
    if chance.random() < 0.25:
        law = Rest(STEP + tens(4), chance.choice((None, 200)), chance.choice((None, 260)))
        day = replace(day, rests=(law,))
    if chance.random() < 0.3:
        day = replace(
            day,
            max_work_s=200 + tens(30),
            overtime_s=tens(12),
            overtime_hour_cents=chance.choice((0, 1_200)),
        )
    if chance.random() < 0.2:
        day = replace(day, max_m=2_000 + 500 * chance.randint(0, 10))
    if chance.random() < 0.2:
        day = replace(day, starts=chance.randrange(places), lead_s=tens(5), lead_m=tens(50))
    if chance.random() < 0.3:
        ends = chance.choice((None, chance.randrange(places)))
        day = replace(day, ends=ends, open_ended=ends is None)
    return day


def _bound(chance: Random, problem: Problem) -> Problem:
    """Now and then two visits ride together or apart, or one brings what another one fetched."""
    numbers = list(range(len(problem.visits)))
    chance.shuffle(numbers)
    one, two = numbers[:2]
    drawn = chance.random()
    if drawn < 0.15:
        return replace(problem, together=(frozenset({one, two}),))
    if drawn < 0.3:
        return replace(problem, apart=(frozenset({one, two}),))
    if drawn > 0.75 and not problem.collects_last:
        visits = list(problem.visits)
        source = replace(
            visits[one], collect=True, prize_cents=0, depots=visits[two].depots, ready_s=-10_000_000
        )
        taker = replace(visits[two], collect=False, source=one, load=source.load)
        visits[one], visits[two] = source, taker
        return replace(problem, visits=tuple(visits))
    return problem


def _begun(chance: Random, problem: Problem) -> Problem:
    """Now and then a vehicle has begun with a visit that stands by itself, and can be driven."""
    if chance.random() > 0.15:
        return problem
    bound = {v for group in (*problem.together, *problem.apart) for v in group}
    for number, visit in enumerate(problem.visits):
        plain = not visit.collect and visit.source is None and number not in bound
        fits = visit.load.fits(problem.vehicles[0].capacity)
        able = plain and fits and problem.vehicles[0].may_take(visit)
        if able and timetable(problem, problem.vehicles[0], (number,)) is not None:
            return replace(problem, begun=((0, (number,)),))
    return problem
