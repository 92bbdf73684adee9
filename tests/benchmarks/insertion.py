"""How fast one order finds its cheapest place in a big day: `python -m tests.benchmarks.insertion`.

2,000 orders on 100 tours by default, all vehicles and every gap, nothing else moved; the tours keep
windows, a break of their own and the law's rests. Times are those of the processor.
"""

import argparse
import random
import statistics
import sys
import time
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np

from app.domain.values import GeoPoint, Load
from app.planning.tours.insertion import best_insertion, cheapest_place
from app.planning.tours.problem import Pause, Problem, Rest, Roads, VehicleDay, Visit
from app.planning.tours.settle import Driven, Exact

PARIS = ZoneInfo("Europe/Paris")
HOUR = 3_600
REACH_M = 15_000


def big_day(orders: int, vehicles: int, wanted: int, seed: int) -> Problem:
    """Doors at random round one depot; a third of them with two hours to come in."""
    chance = random.Random(seed)
    spots = np.array(
        [(0.0, 0.0)]
        + [
            (chance.uniform(-REACH_M, REACH_M), chance.uniform(-REACH_M, REACH_M))
            for _ in range(orders + wanted)
        ]
    )
    metres = 1.3 * np.hypot(*(spots[:, None] - spots[None, :]).transpose(2, 0, 1))
    roads = Roads(metres.astype(np.int32), (60 + metres / 9).astype(np.int32))
    visits = []
    for number in range(orders + wanted):
        opens_s = chance.randint(8, 15) * HOUR if chance.random() < 1 / 3 else 0
        closes_s = opens_s + 2 * HOUR if opens_s else 24 * HOUR
        load = Load(5_000, 10_000, 1)
        visits.append(Visit(f"{number}", f"{number}", number + 1, load, 180, opens_s, closes_s))
    fleet = tuple(
        VehicleDay(
            f"V{n}",
            0,
            Load(600_000, 6_000_000, 200),
            8 * HOUR,
            18 * HOUR,
            pause=Pause(2_700, 41_400, 47_700),
            fixed_cents=4_000,
            km_cents=Decimal(35),
            hour_cents=2_400,
            rests=(Rest(1_200, work_s=6 * HOUR),),
        )
        for n in range(vehicles)
    )
    on = date(2026, 11, 24)
    points = tuple(GeoPoint(50 + y / 111_000, 3 + x / 70_000) for x, y in spots)
    reference = datetime(2026, 11, 24, tzinfo=PARIS)
    return Problem(on, reference, PARIS, ("D",), points, tuple(visits), fleet, (roads,))


def swept(exact: Exact, orders: int) -> dict[int, Driven]:
    """Tours of neighbours round the compass, each built where every next order costs least."""
    points, centre = exact.problem.points, exact.problem.points[0]
    by_angle = sorted(
        range(orders),
        key=lambda v: np.arctan2(
            points[v + 1].latitude - centre.latitude, points[v + 1].longitude - centre.longitude
        ),
    )
    each = -(-orders // len(exact.problem.vehicles))
    tours: dict[int, Driven] = {}
    for vehicle, start in enumerate(range(0, orders, each)):
        for visit in by_angle[start : start + each]:
            found = best_insertion(exact, vehicle, tours.get(vehicle), visit)
            if found is not None:
                tours[vehicle] = found.tour
    return tours


def main() -> None:
    """Insert some orders, one by one, and say how long each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=2_000)
    parser.add_argument("--vehicles", type=int, default=100)
    parser.add_argument("--wanted", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    problem = big_day(options.orders, options.vehicles, options.wanted, options.seed)
    exact = Exact(problem)
    tours = swept(exact, options.orders)
    took_ms, placed = [], 0
    for visit in range(options.orders, options.orders + options.wanted):
        started = time.process_time()
        found = cheapest_place(exact, tours, visit)
        took_ms.append(1_000 * (time.process_time() - started))
        placed += found is not None
    stops = sum(len(tour.made) for tour in tours.values())
    sys.stdout.write(
        f"{stops} orders on {len(tours)} tours: {placed} of {options.wanted} placed;"
        f" first {took_ms[0]:.0f} ms, median {statistics.median(took_ms):.1f} ms,"
        f" worst after it {max(took_ms[1:]):.1f} ms\n"
    )


if __name__ == "__main__":
    main()
