"""Which orders another node sends cheaper, because its tour passes by: found move by move.

Every change is reckoned exactly on the tours it touches, and is done only where the stock of the
node, its room and the rules allow it: what stands at the end is never dearer than the beginning.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.tours import Tour, TourPlan
from app.planning.joint.moves import JointMove, JointSuggestion, Sent
from app.planning.joint.options import Movable, Option, Shelf
from app.planning.joint.state import Change, State
from app.planning.tours.consequences import Touched
from app.planning.tours.gentle import GentleMove, Moved
from app.planning.tours.gentle_search import DraftDay
from app.planning.tours.problem import Problem
from app.ports import Stop, never

#: So many stops in a row are tried together: alone each would leave the van coming all the same.
LONGEST = 5
#: Tours with so few stops are tried to be given up, each stop to where it is best.
SHORT_TOUR = 10


def unheard_move(count: int) -> None:
    """Nobody listens to moves found."""


@dataclass(frozen=True, slots=True)
class Question:
    """A day to be looked at: its drafts, the orders that may move, and the stock they share.

    `problem` knows each order once for each node whose tours could bring it; the visits have
    shipments of different names there.
    """

    problem: Problem
    plan: TourPlan
    drafts: tuple[Tour, ...]
    orders: tuple[Movable, ...]
    shelf: Shelf
    least_cents: int = 100


def joint_moves(
    question: Question,
    enough: Stop = never,
    on_move: Callable[[int], object] = unheard_move,
) -> JointSuggestion:
    """The moves that gain `least_cents` or more, until there is none left or it is `enough`."""
    search = _Search(question, enough)
    found: list[JointMove] = []
    while (change := search.best()) is not None:
        found.append(search.take(change, len(found)))
        on_move(len(found))
    codes = tuple(tour.code for tour in question.drafts)
    return JointSuggestion(question.plan, codes, tuple(found))


_Try = tuple[tuple[int, ...], str | None, tuple[int, ...]]


class _Search:
    """The state with its list of groups to try; what was tried is known until something moves."""

    def __init__(self, question: Question, enough: Stop) -> None:
        self._question, self._enough = question, enough
        self._day = DraftDay(question.problem, question.plan, question.drafts, None)
        kept = _known(question.orders, self._day)
        self._state = State(
            self._day.exact, dict(self._day.tours), kept, question.shelf, self._day.away, enough
        )
        self._limit_mc = -1000 * question.least_cents
        self._tried: dict[_Try, Change | None] = {}
        self._freed: dict[str, list[int]] = {}
        self._waiting: list[tuple[tuple[int, ...], str | None]] = []
        visits = question.problem.visits
        self._names = {
            visits[option.visit].shipment: order.becomes
            for order in kept
            for option in order.options[1:]
            if option.visit is not None
        }

    def best(self) -> Change | None:
        """A change of the shortest groups that still gain something, None when none does.

        Those that were found together are done one after the other, the one that gained most then
        first, as long as they gain: to look at all of them again after each would take too long.
        """
        while not self._enough():
            while self._waiting:
                group, node = self._waiting.pop()
                if node is None or node in self._elsewhere(group):
                    change = self._try(group, node)
                    if change is not None:
                        return change
            if not self._look():
                return None
        return None

    def _look(self) -> bool:
        """Note every change of the shortest groups that gain something."""
        for groups in (self._singles(), self._rows(), self._short_tours()):
            found = []
            for group, node in groups:
                if self._enough():
                    break
                change = self._try(group, node)
                if change is not None:
                    found.append((-change.added_mc, group, node))
            if found:
                found.sort(key=lambda one: one[0])
                self._waiting = [(group, node) for _, group, node in found]
                return True
        return False

    def take(self, change: Change, number: int) -> JointMove:
        """Do it, and write it down as a move of the list."""
        state, day = self._state, self._day
        carried = state.vehicle_of()
        before = {v: day.code(carried[v]) for _, o, _ in change.sent if (v := o.visit) in carried}
        state.take(change)
        touched, needs = day.turn(number, change.tours)
        after = {v: day.code(vehicle) for v, vehicle in state.vehicle_of().items()}
        sent = tuple(self._sent(*one, before, after) for one in change.sent)
        needs |= self._after_what_frees(change, number)
        names = self._names
        touched = tuple(_as_made(each, names) for each in touched)
        moved = tuple(Moved(one.order, one.becomes, one.tour, one.to_tour) for one in sent)
        tours = GentleMove(number, moved, touched, needs)
        carriers = -sum(one.carrier_cents for one in sent)
        return JointMove(sent, tours, carriers, change.added_mc)

    def _try(self, group: tuple[int, ...], node: str | None) -> Change | None:
        """What it would change; known as long as nothing has moved where it matters."""
        state = self._state
        nodes = {state.option[number].node for number in group}
        if node is not None:
            nodes.add(node)
        else:
            nodes |= {option.node for n in group for option in state.orders[n].options}
        key = group, node, tuple(state.versions.get(one, 0) for one in sorted(nodes))
        if key not in self._tried:
            self._tried[key] = state.moved(group, node, self._limit_mc)
        return self._tried[key]

    def _singles(self) -> Iterator[tuple[tuple[int, ...], str | None]]:
        for number in range(len(self._state.orders)):
            for node in self._elsewhere((number,)):
                yield (number,), node

    def _rows(self) -> Iterator[tuple[tuple[int, ...], str | None]]:
        """Stops that follow each other, two and more at a time."""
        for row in self._movable_rows():
            for length in range(2, LONGEST + 1):
                for start in range(len(row) - length + 1):
                    group = tuple(row[start : start + length])
                    for node in self._elsewhere(group):
                        yield group, node

    def _short_tours(self) -> Iterator[tuple[tuple[int, ...], str | None]]:
        for vehicle, tour in list(self._state.tours.items()):
            row = [n for row in self._movable_rows(vehicle) for n in row]
            if len(row) == len(tour.made) <= SHORT_TOUR:
                yield tuple(row), None

    def _movable_rows(self, only: int | None = None) -> Iterator[list[int]]:
        """The orders of each tour that may move, in rows without others between."""
        orders = {one.visit: n for n, one in enumerate(self._state.option) if one.visit is not None}
        for vehicle, tour in list(self._state.tours.items()):
            if only not in (None, vehicle):
                continue
            row: list[int] = []
            for visit in tour.visits:
                if visit in orders:
                    row.append(orders[visit])
                elif row:
                    yield row
                    row = []
            if row:
                yield row

    def _elsewhere(self, group: Sequence[int]) -> list[str]:
        """The other nodes that could send all of them by tour."""
        state = self._state
        able: set[str] | None = None
        for number in group:
            own = {o.node for o in state.orders[number].options if o.visit is not None}
            own.discard(state.option[number].node)
            able = own if able is None else able & own
        return sorted(able or ())

    def _after_what_frees(self, change: Change, number: int) -> frozenset[int]:
        """The moves that gave up stock or room where this one takes some."""
        needs = {n for _, _, option in change.sent for n in self._freed.get(option.node, ())}
        for _, before, _ in change.sent:
            self._freed.setdefault(before.node, []).append(number)
        return frozenset(needs)

    def _sent(
        self,
        number: int,
        was: Option,
        becomes: Option,
        before: dict[int, str],
        after: dict[int, str],
    ) -> Sent:
        order, target = self._state.orders[number], becomes.visit
        assert target is not None  # noqa: S101 - a move always ends in a tour
        near_m, passes_at = self._nearest(target)
        tour = "" if was.visit is None else before.get(was.visit, "")
        return Sent(
            order.order,
            order.shipment,
            order.becomes,
            was.node,
            becomes.node,
            tour,
            after[target],
            round(was.carrier_mc / 1000) if was.priced and not tour else 0,
            near_m,
            passes_at,
        )

    def _nearest(self, target: int) -> tuple[int | None, str | None]:
        """The nearest other stop of a visit's tour, and when the tour is there."""
        problem = self._question.problem
        tour = self._state.tours[self._state.vehicle_of()[target]]
        here = problem.points[problem.visits[target].place]
        others = [s for s in tour.table.steps if s.visit is not None and s.visit != target]
        if not others:
            return None, None
        there = min(others, key=lambda step: here.distance_m(problem.points[step.place]))
        passes_at = problem.instant(there.start_s).astimezone(problem.zone)
        near_m = round(here.distance_m(problem.points[there.place]))
        return near_m, passes_at.isoformat(timespec="seconds")


def _known(orders: Sequence[Movable], day: DraftDay) -> tuple[Movable, ...]:
    """Without those on drafts that are left alone, as they break a rule."""
    carried = {visit for tour in day.tours.values() for visit in tour.made}
    planned = {stop.shipment for tour in day.drafts for stop in tour.deliveries}
    return tuple(one for one in orders if one.shipment not in planned or one.now.visit in carried)


def _as_made(each: Touched, names: Mapping[str, str]) -> Touched:
    """The tours with the shipments by the names that they will have."""
    return replace(each, before=_renamed(each.before, names), after=_renamed(each.after, names))


def _renamed(tour: Tour | None, names: Mapping[str, str]) -> Tour | None:
    if tour is None:
        return None
    stops = (replace(s, shipment=names.get(s.shipment, s.shipment)) for s in tour.stops)
    return replace(tour, stops=tuple(stops))
