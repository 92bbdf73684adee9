"""What the joint search finds: orders that change their node, as a list to tick."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from app.domain.tours import TourPlan
from app.planning.tours.consequences import Figures, Touched
from app.planning.tours.gentle import Budget, GentleMove, Suggestion


@dataclass(frozen=True, slots=True)
class Sent:
    """An order that another node sends: from where to where, and which tours bring it.

    `tour` is empty where a carrier had it. `shipment` is the one it has, `becomes` the one that is
    made. `near_m` is how far the nearest other stop of its new tour is, and `passes_at` when the
    tour is there, on the wall; None in a tour of its own.
    """

    order: str
    shipment: str
    becomes: str
    node: str
    to_node: str
    tour: str
    to_tour: str
    carrier_cents: int = 0
    near_m: int | None = None
    passes_at: str | None = None


@dataclass(frozen=True, slots=True)
class JointMove:
    """One line to tick: orders that go together, and the tours before and after.

    `carrier_cents` is what carriers are paid more, or less; `worth_mc` what the search counts, all
    consequences with it, in thousandths of a cent: below zero.
    """

    sent: tuple[Sent, ...]
    tours: GentleMove
    carrier_cents: int
    worth_mc: int

    @property
    def number(self) -> int:
        return self.tours.number

    @property
    def needs(self) -> frozenset[int]:
        return self.tours.needs

    @property
    def change(self) -> Figures:
        """What it changes: tours and carriers, once what it needs is done."""
        change = self.tours.change
        return replace(change, cost_cents=change.cost_cents + self.carrier_cents)


@dataclass(frozen=True)
class JointSuggestion:
    """The moves found, in an order in which each may be done; `looked_at` are the day's drafts."""

    plan: TourPlan
    looked_at: tuple[str, ...] = ()
    moves: tuple[JointMove, ...] = ()

    @property
    def tours(self) -> Suggestion:
        """The same as moves of stops alone."""
        moves = tuple(move.tours for move in self.moves)
        return Suggestion(self.plan, Budget(len(moves)), self.looked_at, moves)

    def with_needed(self, ticked: Iterable[int]) -> frozenset[int]:
        """These moves with what they need."""
        return self.tours.with_needed(ticked)

    def without(self, ticked: Collection[int], number: int) -> frozenset[int]:
        """What stays ticked when this one is not any more: nothing that needs it."""
        return self.tours.without(ticked, number)

    def touched(self, ticked: Iterable[int]) -> tuple[Touched, ...]:
        """The tours before, and after these moves with what they need."""
        return self.tours.touched(ticked)

    def sent(self, ticked: Iterable[int]) -> dict[str, Sent]:
        """Where each order goes in the end, by order, with all that these moves need."""
        found: dict[str, Sent] = {}
        for number in sorted(self.with_needed(ticked)):
            for one in self.moves[number].sent:
                first = found.get(one.order, one)
                found[one.order] = replace(
                    one, shipment=first.shipment, node=first.node, tour=first.tour
                )
        return {order: one for order, one in found.items() if one.node != one.to_node}

    def change(self, ticked: Iterable[int]) -> Figures:
        """What these moves change in all, with what they need."""
        numbers = self.with_needed(ticked)
        carriers = sum(self.moves[number].carrier_cents for number in numbers)
        change = self.tours.change(numbers)
        return replace(change, cost_cents=change.cost_cents + carriers)
