"""Two nodes with a van each, and orders that either could send: a day small enough to try all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations, product

from app.domain.tours import TourPlan
from app.planning.joint.options import Movable, Option, Shelf
from app.planning.joint.search import Question
from app.planning.tours.answer import plan_of
from app.planning.tours.problem import Problem
from app.planning.tours.settle import Driven, Exact
from tests.builders import ROUBAIX, a_node, a_vehicle
from tests.tours.a_day import ON, Day, a_door, without_carbon

NODES = ("LIL", "RBX")


@dataclass(frozen=True)
class Wish:
    """An order: where its door is, which node sends it now, and what a carrier would ask."""

    east: float
    north: float = 0.0
    now: str = "LIL"
    carrier_cents: int = 5_000
    pieces: int = 1
    by_tour: bool = True


@dataclass(frozen=True)
class JointDay:
    """The question, with what is needed to try everything."""

    question: Question
    problem: Problem
    orders: tuple[Movable, ...]
    stock: dict[str, int]

    def cost_mc(self, plan: TourPlan, nodes: dict[str, str]) -> int:
        """What a plan counts: its tours, and carriers for the orders that no tour brings."""
        exact = Exact(self.problem)
        number = {visit.shipment: n for n, visit in enumerate(self.problem.visits)}
        named = {(one.order, option.node): option for one in self.orders for option in one.options}
        total, brought = 0, set()
        for tour in plan.tours:
            vehicle = next(
                n for n, day in enumerate(self.problem.vehicles) if day.code == tour.vehicle
            )
            visits = []
            for stop in tour.deliveries:
                option = named[stop.order, tour.depot]
                assert option.visit is not None
                visits.append(option.visit)
                brought.add(stop.order)
            driven = exact.drive(vehicle, visits)
            assert driven is not None
            total += driven.worth_mc
        assert len(number) == len(self.problem.visits)
        for one in self.orders:
            option = named[one.order, nodes[one.order]]
            total += option.beside_mc + (0 if one.order in brought else option.carrier_mc)
        return total

    def least_mc(self) -> int:
        """The least that any sending and touring of this day counts, by trying all."""
        exact = Exact(self.problem)
        carrier = [None, *NODES]

        @cache
        def tour_mc(node: str, orders: tuple[int, ...]) -> int | None:
            vehicle = NODES.index(node)
            if not orders:
                return 0
            visits = [_visit(self.orders[n], node) for n in orders]
            driven = [exact.drive(vehicle, order) for order in permutations(visits)]
            return min((one.worth_mc for one in driven if one is not None), default=None)

        best = None
        for ways in product(carrier, repeat=len(self.orders)):
            cost = self._cost_of(ways, tour_mc)
            if cost is not None and (best is None or cost < best):
                best = cost
        assert best is not None
        return best

    def _cost_of(self, ways: Sequence[str | None], tour_mc) -> int | None:
        """None = stays with its node and goes by carrier."""
        total, taken = 0, Counter()
        for one, way in zip(self.orders, ways, strict=True):
            option = next((o for o in one.options if o.node == way), one.now)
            if way is None:
                total += option.carrier_mc
            total += option.beside_mc
            taken[option.node] += sum(many for _, many in one.pieces)
        if any(many > self.stock[node] for node, many in taken.items()):
            return None
        for node in NODES:
            inside = tuple(n for n, way in enumerate(ways) if way == node)
            cost = tour_mc(node, inside)
            if cost is None:
                return None
            total += cost
        return total


def a_joint_day(
    *wishes: Wish,
    spare: dict[str, int] | None = None,
    least_cents: int = 1,
    fixed_cents: int = 0,
) -> JointDay:
    """The day as it is planned order by order, each from its node; `spare` pieces are free there.

    Every order that is not by tour is with a carrier now.
    """
    doors = []
    for number, wish in enumerate(wishes):
        code = f"{480001 + number}"
        for node in NODES:
            door = a_door(code, wish.east, wish.north, node=node)
            name = f"{code}-1" if node == wish.now else f"{code}-2@{node}"
            doors.append(replace(door, shipment=replace(door.shipment, code=name)))
    prizes = {
        door.shipment.code: wishes[int(door.shipment.order) - 480001].carrier_cents
        for door in doors
    }
    vans = (("V1", "LIL"), ("V2", "RBX"))
    fleet = [a_vehicle(*van, fixed_cost_cents=fixed_cents) for van in vans]
    nodes = [a_node("LIL"), a_node("RBX", ROUBAIX)]
    problem = Day(doors, fleet, nodes, prizes, without_carbon()).problem()
    visits = {visit.shipment: n for n, visit in enumerate(problem.visits)}
    free = {"LIL": 99, "RBX": 99} if spare is None else spare
    orders = tuple(_movable(n, wish, visits) for n, wish in enumerate(wishes))
    plan = _planned(problem, orders, wishes)
    shelf = Shelf(Counter({(node, "SKU1"): many for node, many in free.items()}))
    held = Counter(dict.fromkeys(NODES, 0))
    for wish in wishes:
        held[wish.now] += wish.pieces
    stock = {node: free[node] + held[node] for node in NODES}
    question = Question(problem, plan, plan.tours, orders, shelf, least_cents)
    return JointDay(question, problem, orders, stock)


def _movable(number: int, wish: Wish, visits: dict[str, int]) -> Movable:
    code = f"{480001 + number}"
    other = NODES[1 - NODES.index(wish.now)]
    cents = 1000 * wish.carrier_cents
    here = Option(wish.now, visits[f"{code}-1"], cents)
    there = Option(other, visits[f"{code}-2@{other}"], cents)
    pieces = (("SKU1", wish.pieces),)
    return Movable(code, f"{code}-1", f"{code}-2", pieces, (here, there))


def _planned(problem: Problem, orders: Sequence[Movable], wishes: Sequence[Wish]) -> TourPlan:
    """Each node's best tour over its own orders that go by tour."""
    exact, tours = Exact(problem), {}
    for vehicle, node in enumerate(NODES):
        visits = [
            one.now.visit
            for one, wish in zip(orders, wishes, strict=True)
            if wish.by_tour and wish.now == node and one.now.visit is not None
        ]
        driven: list[Driven] = [
            tour for row in permutations(visits) if (tour := exact.drive(vehicle, row)) is not None
        ]
        if visits and driven:
            tours[vehicle] = min(driven, key=lambda tour: tour.worth_mc)
    plan = plan_of(problem, tours)
    assert plan.on == ON
    return plan


def _visit(order: Movable, node: str) -> int:
    found = next(option.visit for option in order.options if option.node == node)
    assert found is not None
    return found
