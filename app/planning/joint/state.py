"""Tours and nodes as the moves so far leave them, and what one more change would count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.planning.joint.options import Movable, Option, Shelf
from app.planning.tours.insertion import options as vehicles_to_try
from app.planning.tours.insertion import place_among
from app.planning.tours.loads import tidy
from app.planning.tours.settle import Driven, Exact
from app.ports import Stop, never


@dataclass(frozen=True, slots=True)
class Change:
    """Orders that go to other nodes together, with the tours that this makes; None = no tour.

    `sent` are (number of the order, its option before, its option after); `added_mc` is below zero
    where it is worth it.
    """

    sent: tuple[tuple[int, Option, Option], ...]
    tours: Mapping[int, Driven | None]
    added_mc: int


@dataclass(slots=True)
class State:
    """Where each order is sent from, and the tours that bring them.

    `depots` are the node codes of the problem's depots; `away` vehicles are not to be used.
    """

    exact: Exact
    tours: dict[int, Driven]
    orders: Sequence[Movable]
    shelf: Shelf
    away: frozenset[int] = frozenset()
    enough: Stop = never
    option: list[Option] = field(init=False)
    by_node: dict[str, list[int]] = field(init=False)
    versions: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        problem = self.exact.problem
        self.option = [one.now for one in self.orders]
        self.by_node = {}
        for vehicle, day in enumerate(problem.vehicles):
            if vehicle not in self.away:
                self.by_node.setdefault(problem.depots[day.depot], []).append(vehicle)

    def vehicle_of(self) -> dict[int, int]:
        """The vehicle of each visit that is made."""
        return {visit: vehicle for vehicle, tour in self.tours.items() for visit in tour.made}

    def moved(self, group: Sequence[int], node: str | None, limit_mc: int) -> Change | None:
        """These orders sent from a node, or each from its best other one where `node` is None.

        None where that adds `limit_mc` or more, or cannot be, or when it is enough.
        """
        left = self._taken_out(group)
        if left is None:
            return None
        tours, saved_mc = left
        shelf, added_mc = self.shelf.copy(), -saved_mc
        changed: dict[int, Driven | None] = dict(tours)
        sent: list[tuple[int, Option, Option]] = []
        for number in group:
            if self.enough():
                return None
            found = self._placed(number, node, shelf, changed, limit_mc - added_mc)
            if found is None:
                return None
            option, one_mc, vehicle, tour = found
            added_mc += one_mc
            changed[vehicle] = tour
            before = self.option[number]
            shelf.move(self.orders[number].pieces, before.node, option.node)
            sent.append((number, before, option))
        return Change(tuple(sent), changed, added_mc) if added_mc < limit_mc else None

    def take(self, change: Change) -> None:
        """Let it be so."""
        touched = set()
        for vehicle, tour in change.tours.items():
            touched.add(self.exact.problem.depots[self.exact.problem.vehicles[vehicle].depot])
            if tour is None:
                self.tours.pop(vehicle, None)
            else:
                self.tours[vehicle] = tour
        for number, before, after in change.sent:
            self.option[number] = after
            self.shelf.move(self.orders[number].pieces, before.node, after.node)
            touched |= {before.node, after.node}
        for node in touched:
            self.versions[node] = self.versions.get(node, 0) + 1

    def _taken_out(self, group: Sequence[int]) -> tuple[dict[int, Driven | None], int] | None:
        """The tours without these orders, and what that saves; None where they may not go."""
        carried, units = self.vehicle_of(), self.exact.units
        gone: dict[int, set[int]] = {}
        saved_mc = 0
        for number in group:
            option = self.option[number]
            saved_mc += option.beside_mc
            if option.visit is not None and option.visit in carried:
                if units.of(option.visit) != (option.visit,) or units.fixed(option.visit):
                    return None
                gone.setdefault(carried[option.visit], set()).add(option.visit)
            else:
                saved_mc += option.carrier_mc
        tours: dict[int, Driven | None] = {}
        for vehicle, visits in gone.items():
            tour = self.tours[vehicle]
            route = tidy([visit for visit in tour.visits if visit not in visits])
            rest = self.exact.drive(vehicle, route) if route else None
            if route and rest is None:
                return None
            tours[vehicle] = rest
            saved_mc += tour.worth_mc - (0 if rest is None else rest.worth_mc)
        return tours, saved_mc

    def _placed(
        self,
        number: int,
        node: str | None,
        shelf: Shelf,
        changed: Mapping[int, Driven | None],
        limit_mc: int,
    ) -> tuple[Option, int, int, Driven] | None:
        """The cheapest tour of that node, or of any other one, for an order."""
        order, now = self.orders[number], self.option[number]
        tours = {v: tour for v, tour in self.tours.items() if v not in changed}
        tours |= {v: tour for v, tour in changed.items() if tour is not None}
        best = None
        for option in order.options:
            wanted = option.node != now.node if node is None else option.node == node
            if not wanted or option.visit is None or not shelf.has(option.node, order.pieces):
                continue
            fleet = set(self.by_node.get(option.node, ()))
            able = [v for v in vehicles_to_try(self.exact, tours) if v in fleet]
            room_mc = limit_mc - option.beside_mc
            found = place_among(self.exact, tours, able, option.visit, room_mc)
            if found is not None:
                limit_mc = found.added_mc + option.beside_mc
                best = option, limit_mc, found.vehicle, found.tour
        return best
