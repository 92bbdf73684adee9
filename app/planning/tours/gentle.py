"""What a few moves would change: a list to tick, each move with its own gain.

Moves build on others only where they touch a tour that those touched: so whatever is ticked, with
what it needs, is a plan that was timed, and gains add up to the cent.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from app.domain.tours import Tour, TourPlan
from app.planning.tours.consequences import Figures, Touched


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may change: so many stops get another place, and no start by more than `within_s`.

    A stop counts whether it goes to another tour or to another place of its own.
    """

    stops: int
    within_s: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A stop that gets another place; `to` is the code of its tour afterwards."""

    order: str
    shipment: str
    tour: str
    to: str


@dataclass(frozen=True, slots=True)
class GentleMove:
    """One line to tick: stops that move together, and the tours before and after.

    `needs` are the numbers of moves, of this list, that must be done before it.
    """

    number: int
    moved: tuple[Moved, ...]
    touched: tuple[Touched, ...]
    needs: frozenset[int] = frozenset()

    @property
    def change(self) -> Figures:
        """What it changes, once what it needs is done."""
        return sum((each.change for each in self.touched), Figures())


@dataclass(frozen=True)
class Suggestion:
    """The moves found, in an order in which each may be done; `looked_at` are the day's drafts."""

    plan: TourPlan
    budget: Budget
    looked_at: tuple[str, ...] = ()
    moves: tuple[GentleMove, ...] = ()

    @cached_property
    def _needed(self) -> tuple[frozenset[int], ...]:
        """For each move all that must be done with it, itself too."""
        found: list[frozenset[int]] = []
        for move in self.moves:
            found.append(frozenset({move.number}).union(*(found[n] for n in move.needs)))
        return tuple(found)

    def with_needed(self, ticked: Iterable[int]) -> frozenset[int]:
        """These moves with what they need."""
        return frozenset().union(*(self._needed[number] for number in ticked))

    def without(self, ticked: Collection[int], number: int) -> frozenset[int]:
        """What stays ticked when this one is not any more: nothing that needs it."""
        return frozenset(n for n in ticked if number not in self._needed[n])

    def touched(self, ticked: Iterable[int]) -> tuple[Touched, ...]:
        """The tours before, and after these moves with what they need.

        A tour that one move makes and another one gives up is not among them.
        """
        first: dict[str, Tour | None] = {}
        last: dict[str, Tour | None] = {}
        for number in sorted(self.with_needed(ticked)):
            for each in self.moves[number].touched:
                first.setdefault(each.tour.code, each.before)
                last[each.tour.code] = each.after
        both = ((first[code], last[code]) for code in first)
        return tuple(Touched(was, becomes) for was, becomes in both if was or becomes)

    def change(self, ticked: Iterable[int]) -> Figures:
        """What these moves change, with what they need."""
        return sum((each.change for each in self.touched(ticked)), Figures())

    def plan_with(self, ticked: Iterable[int]) -> TourPlan:
        """The whole day with these moves."""
        touched = {each.tour.code: each.after for each in self.touched(ticked)}
        kept = [tour for tour in self.plan.tours if tour.code not in touched]
        tours = [*kept, *(tour for tour in touched.values() if tour is not None)]
        return replace(self.plan, tours=tuple(sorted(tours, key=lambda tour: tour.number)))
