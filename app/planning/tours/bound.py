"""How cheap a day's tours can be at best: a sum that no plan whatever can stay below, with proof.

Money alone is bounded: what tours cost, and what carriers ask for what they leave out. Every visit
is left out at its price, or reached from somewhere by somebody: from another door, or from the
depot by a vehicle that starts there. So a plan picks one way in for each visit and one way out of
each place, no place twice; the cheapest such picks, free to fall into circles without a depot,
cost no more than any plan (an assignment). To that comes what vehicles cost by being sent out at
all: so many are needed at least for the goods, or for the hours, each visit bearing its share, and
of vehicles that share no visit with others one at least, unless all of theirs is left out.

What is left away only makes a plan dearer: waiting, setup, overtime, loads on the way, the hours
of vehicles, lateness. Where there are too many visits for the assignment, the cheapest way in for
each, then the cheapest way out of each for what is left, bound it from below as well.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.tours import TourPlan
from app.planning.tours.bound_costs import NEVER, WayCosts
from app.planning.tours.problem import Problem

if TYPE_CHECKING:  # who only knows a bound needs no numpy
    from app.planning.tours.bound_costs import Costs

#: More visits than these are bounded by ways in and out alone: the assignment keeps the
#: interpreter to itself, and no window waits longer than for these.
MOST_ASSIGNED = 300
#: Rounding of fixed cost, kilometres and hours takes off this much of a tour at most, in cents.
_ROUNDED_CENTS = 1.5


class BoundKind(StrEnum):
    """How sure a bound is."""

    PROVEN = "proven"


@dataclass(frozen=True, slots=True)
class Bound:
    """`total_cents` are the plan's tours and carriers; no plan costs less than `bound_cents`."""

    total_cents: int
    bound_cents: int
    kind: BoundKind = BoundKind.PROVEN

    @property
    def gap(self) -> float:
        """The share of its cost that a better plan could save at most."""
        if self.total_cents <= 0:
            return 0.0
        return max(0.0, 1 - self.bound_cents / self.total_cents)


def bound_of(problem: Problem, plan: TourPlan, *, standing_cents: int = 0) -> Bound:
    """The plan's cost beside what no plan can stay below; `plan` are the tours of the problem.

    `standing_cents` are tours that no planning changes: they count on both sides.
    """
    toured = {stop.shipment for tour in plan.tours for stop in tour.deliveries}
    left = sum(v.prize_cents for v in problem.visits if v.shipment not in toured)
    total = standing_cents + plan.cost_cents + left
    return Bound(total, standing_cents + least_cents(problem))


def least_cents(problem: Problem) -> int:
    """What no plan of a day can stay below, rounded down to the cent."""
    import numpy as np

    if not problem.visits:
        return 0
    prizes = np.array([visit.prize_cents for visit in problem.visits], dtype=np.float64)
    fixed = np.array([day.fixed_cents for day in problem.vehicles], dtype=np.float64)
    costs = WayCosts(problem)
    ways, shares = costs.ways(), costs.sent_out()
    least = 0.0
    for visits, vehicles in costs.parts():
        left = float(prizes[visits].sum())
        if len(vehicles):
            places = np.concatenate((visits, len(prizes) + vehicles))
            own = ways[np.ix_(places, places)]
            sent = _least_sent(own, prizes[visits], shares[visits], float(fixed[vehicles].min()))
            left = min(left, sent - _ROUNDED_CENTS * len(vehicles))
        least += left
    return max(0, int(np.floor(least)))


def _least_sent(ways: "Costs", prizes: "Costs", shares: "Costs", fixed_cents: float) -> float:
    """The least of a part of the day where at least one vehicle is sent out.

    Either all bear their shares of that, or the first vehicle costs its fixed cost whole: what
    asks for more holds, for both hold.
    """
    import numpy as np

    count = len(prizes)
    pick = _assigned if count <= MOST_ASSIGNED else _reduced
    shared = ways.copy()
    shared[:, :count] += shares
    for each in (ways, shared):
        np.fill_diagonal(each, np.concatenate((prizes, np.zeros(len(each) - count))))
    return max(pick(shared), pick(ways) + fixed_cents)


def _assigned(ways: "Costs") -> float:
    """The cheapest pick of one way into and one way out of each place."""
    import numpy as np
    from ortools.graph.python.linear_sum_assignment import (  # heavy
        SimpleLinearSumAssignment,
    )

    scale = 100  # hundredths of a cent, rounded down: the sum stays below
    rows, columns = np.nonzero(ways < NEVER)
    solver = SimpleLinearSumAssignment()
    solver.add_arcs_with_cost(
        rows.astype(np.int32),
        columns.astype(np.int32),
        np.floor(scale * ways[rows, columns]).astype(np.int64),
    )
    if solver.solve() != solver.OPTIMAL:
        return _reduced(ways)
    return float(solver.optimal_cost()) / scale


def _reduced(ways: "Costs") -> float:
    """The cheapest way into each place, then out of each for what it costs beyond that."""
    least_in = ways.min(axis=0)
    return float(least_in.sum() + (ways - least_in).min(axis=1).sum())
