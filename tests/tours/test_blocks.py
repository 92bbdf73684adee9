"""A part too large to be searched at once falls into blocks: nothing lost, nobody without work."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from app.domain.values import GeoPoint
from app.planning.tours.blocks import BLOCK, WHOLE_UP_TO, blocks_of
from app.planning.tours.parts import Part
from app.planning.tours.problem import Problem, Roads
from app.planning.tours.solver import solve
from tests.builders import a_vehicle
from tests.tours.a_day import Day, a_door

MANY = WHOLE_UP_TO + 300


def a_huge_day(count: int = MANY, vehicles: int = 40) -> Problem:
    """Doors at random between two depots, each with its vehicles; as the crow flies."""
    day = Day([a_door("1")], [a_vehicle(f"V{n:03d}") for n in range(vehicles)]).problem()
    chance = Random(7)
    points = [day.points[0]] + [
        GeoPoint(50 + chance.uniform(0, 0.4), 3 + chance.uniform(0, 0.9)) for _ in range(count)
    ]
    metres = np.array([(111_000 * p.latitude, 71_000 * p.longitude) for p in points])
    between = np.abs(metres[:, None] - metres[None, :]).sum(axis=2)
    roads = Roads(between.astype(np.int32), (60 + between / 12).astype(np.int32))
    visits = tuple(
        replace(day.visits[0], shipment=f"S{n}", order=f"O{n}", place=n + 1, prize_cents=4_000)
        for n in range(count)
    )
    return replace(day, points=tuple(points), visits=visits, roads=(roads,))


HUGE = a_huge_day()
EVERYTHING = Part(tuple(range(len(HUGE.visits))), tuple(range(len(HUGE.vehicles))))


def test_blocks_share_out_all_visits_and_vehicles_evenly():
    blocks = blocks_of(HUGE, EVERYTHING)

    assert sorted(v for block in blocks for v in block.visits) == list(EVERYTHING.visits)
    assert sorted(v for block in blocks for v in block.vehicles) == list(EVERYTHING.vehicles)
    assert max(len(block.visits) for block in blocks) <= BLOCK
    sizes = [len(block.vehicles) for block in blocks]
    assert max(sizes) - min(sizes) <= 1


def test_a_block_holds_neighbours():
    def spread(visits: tuple[int, ...]) -> float:
        points = [HUGE.points[HUGE.visits[v].place] for v in visits]
        easts, norths = [p.longitude for p in points], [p.latitude for p in points]
        return (max(easts) - min(easts)) * (max(norths) - min(norths))

    blocks = blocks_of(HUGE, EVERYTHING)

    assert sum(spread(block.visits) for block in blocks) <= 1.01 * spread(EVERYTHING.visits)


def test_what_belongs_together_and_what_is_begun_stays_in_one_block():
    first, last = 0, len(HUGE.visits) - 1
    bound = replace(
        HUGE, together=(frozenset({first, last}),), begun=((39, (5, 900)), (38, (last, 17)))
    )

    blocks = blocks_of(bound, EVERYTHING)

    home = {v: n for n, block in enumerate(blocks) for v in block.visits}
    mine = {v: n for n, block in enumerate(blocks) for v in block.vehicles}
    assert home[first] == home[last] == home[17] == mine[38]
    assert home[5] == home[900] == mine[39]


@pytest.mark.parametrize("vehicles", [1, 2, 5])
def test_no_block_is_without_a_vehicle(vehicles: int):
    few = Part(EVERYTHING.visits, tuple(range(vehicles)))

    assert all(block.vehicles for block in blocks_of(HUGE, few))


def test_a_vehicle_goes_where_its_goods_are_wanted():
    only = frozenset({HUGE.vehicles[0].code})
    west = {v for v in EVERYTHING.visits if HUGE.points[HUGE.visits[v].place].longitude < 3.1}
    visits = tuple(
        replace(visit, only=only) if number in west else visit
        for number, visit in enumerate(HUGE.visits)
    )

    blocks = blocks_of(replace(HUGE, visits=visits), EVERYTHING)

    (its,) = [block for block in blocks if 0 in block.vehicles]
    assert west & set(its.visits)


def test_an_ordinary_part_stays_whole():
    part = Part(tuple(range(WHOLE_UP_TO)), (0,))

    assert blocks_of(HUGE, part) == [part]


def test_a_huge_day_is_planned_and_nothing_is_lost():
    plan = solve(HUGE, seconds=2)

    carried = [stop.shipment for tour in plan.tours for stop in tour.deliveries]
    left = [one.shipment for one in plan.unplanned]
    assert sorted([*carried, *left]) == sorted(visit.shipment for visit in HUGE.visits)
    assert carried
