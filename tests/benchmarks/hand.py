"""What a hand waits for: `python -m tests.benchmarks.hand [--orders N --tours N --moves N]`.

Random moves over a large day, in CPU time: the pointer needs a preview in less than 5 ms. Each
preview is held to the judge: what it announces is what is found once the move is done.
"""

import argparse
import sys
from collections import Counter
from dataclasses import replace
from math import cos, pi, sin
from random import Random
from time import process_time

from app.connectors.roads.great_circle import GreatCircleTravel
from app.domain.tours import TourPlan
from app.places import Gazetteer, NoGazetteer
from app.planning.tours.check import judge
from app.planning.tours.consequences import Preview
from app.planning.tours.court import Facts
from app.planning.tours.day import problem_of
from app.planning.tours.hands import Hands
from app.planning.tours.known_ways import KnownWays
from app.planning.tours.moves import Move, Place, Reverse, Swap
from app.planning.tours.previewing import preview
from app.planning.tours.prices import prices
from app.ports import TravelTimes
from tests.builders import a_node, a_vehicle
from tests.tours.a_day import ON, PARIS, Day, a_door, between


def a_large_day(orders: int, tours: int, seed: int) -> Hands:
    """So many tours in all directions, with windows of four hours, every other one with a break."""
    chance = Random(seed)
    doors = []
    for number in range(orders):
        angle, away = 2 * pi * (number % tours) / tours, 0.02 + 0.12 * chance.random()
        east = away * cos(angle) + chance.uniform(-0.01, 0.01)
        north = 0.7 * away * sin(angle) + chance.uniform(-0.01, 0.01)
        opens = chance.randint(8, 14)
        window = between(opens, min(18, opens + 4))
        doors.append(a_door(f"{480_000 + number}", east, north, window=window))
    fleet = [a_vehicle(f"V{n:03}", break_s=2_700 * (n % 2)) for n in range(tours)]
    day, ways = Day(doors, fleet, (a_node(),)), KnownWays(_travel())
    problem = problem_of(doors, fleet, day.nodes, ways, day.policy, ON, PARIS)
    facts = Facts.of(doors, fleet, day.nodes, ways, PARIS)
    empty = Hands.of(problem, TourPlan(ON, ()), facts)
    made = []
    for number in range(tours):
        visits = [problem.visits[v] for v in range(number, orders, tours)]
        stops = tuple(v.shipment for v in sorted(visits, key=lambda v: v.closes_s))
        timed = empty.timed(empty.vehicles[f"V{number:03}"], stops, number + 1)
        if timed is not None:
            made.append(timed)
    return Hands.of(problem, TourPlan(ON, tuple(made)), facts)


def a_move(hands: Hands, chance: Random) -> Move:
    """Mostly a stop to a place of another tour, as a pointer does it."""
    one, two = chance.sample(hands.plan.tours, 2)
    kind = chance.random()
    if kind < 0.02:
        return Reverse(one.code)
    if kind < 0.04:
        return Swap(one.code, two.code)
    stop = chance.randrange(len(one.deliveries))
    along = one.deliveries[stop : stop + chance.choice((1, 1, 1, 2, 3))]
    shipments = tuple(each.shipment for each in along)
    return Place(shipments, two.code, position=chance.randint(0, len(two.deliveries)))


def holds(hands: Hands, seen: Preview) -> bool:
    """Whether the judge finds afterwards what was announced, to the cent."""
    verdict = judge(replace(hands.plan, tours=seen.tours), hands.facts)
    announced = Counter(violation for each in seen.touched for violation in each.found)
    return (
        Counter(verdict.violations) == announced
        and verdict.cost_cents == seen.becomes.cost_cents
        and verdict.distance_m == seen.becomes.distance_m
        and verdict.co2e_g == seen.becomes.co2e_g
    )


def _travel() -> TravelTimes:
    try:
        with Gazetteer() as gazetteer:
            return GreatCircleTravel.of(gazetteer)
    except NoGazetteer:
        return GreatCircleTravel()


def _told(what: str, times_s: list[float]) -> None:
    ordered = sorted(times_s)
    share = {name: ordered[int(part * (len(ordered) - 1))] for name, part in _SHARES}
    figures = "  ".join(f"{name} {1000 * value:6.2f}" for name, value in share.items())
    mean = 1000 * sum(ordered) / len(ordered)
    sys.stdout.write(f"{what:34} ms  mean {mean:6.2f}  {figures}\n")


_SHARES = (("half", 0.5), ("95 %", 0.95), ("most", 1.0))


def _timed(hands: Hands, move: Move) -> tuple[Preview, float]:
    start = process_time()
    seen = preview(hands, move)
    return seen, process_time() - start


def main() -> int:
    """Try random moves, then one drag over all places of twenty tours, then all prices."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=2_000)
    parser.add_argument("--tours", type=int, default=100)
    parser.add_argument("--moves", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=3)
    wanted = parser.parse_args()
    start, chance = process_time(), Random(wanted.seed)
    hands = a_large_day(wanted.orders, wanted.tours, wanted.seed)
    sys.stdout.write(f"made ready in {process_time() - start:.2f} s of CPU\n")
    found = [_timed(hands, a_move(hands, chance)) for _ in range(wanted.moves)]
    _told("random moves", [took_s for _seen, took_s in found])
    wrong = sum(not holds(hands, seen) for seen, _took_s in found if seen.refused is None)
    sys.stdout.write(f"{wrong} of {len(found)} previews differ from what the judge finds\n")
    fresh = a_large_day(wanted.orders, wanted.tours, wanted.seed)
    held = fresh.plan.tours[0].deliveries[3].shipment
    drag = [
        _timed(fresh, Place((held,), tour.code, position=place))[1]
        for tour in fresh.plan.tours[1:21]
        for place in range(len(tour.deliveries) + 1)
    ]
    _told("one stop over every place", drag)
    start = process_time()
    count = len(list(prices(fresh, (held,))))
    sys.stdout.write(f"{count} tours priced in {process_time() - start:.2f} s of CPU\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
