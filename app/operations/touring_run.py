"""What a run of the tour planner found, and what a judge found in a plan."""

from dataclasses import dataclass, replace
from datetime import date

from app.domain.reasons import Reason
from app.domain.tours import Tour, TourPlan, Verdict
from app.planning.tours.bound import Bound


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """How good the plan was after so many seconds; `worth_cents` is what is minimised."""

    seconds: float
    cost_cents: int
    worth_cents: int
    unplanned: int


@dataclass(frozen=True, slots=True)
class PlanRun:
    """Tours suggested for a day: `drafts` are new, `kept` were agreed or locked before.

    `notes` tell what was left aside or went wrong; `zones` are the depots' time zones; `entry` is
    the journal's, empty when nothing was written. `curve` is how the search came there; `bound`
    what no plan of that day can stay below, None where only a part was free to change.
    """

    on: date
    drafts: TourPlan
    kept: tuple[Tour, ...] = ()
    notes: tuple[Reason, ...] = ()
    zones: tuple[tuple[str, str], ...] = ()
    entry: str = ""
    curve: tuple[CurvePoint, ...] = ()
    bound: Bound | None = None

    @property
    def plan(self) -> TourPlan:
        """The whole day: what is kept and what is new, by number."""
        tours = sorted((*self.kept, *self.drafts.tours), key=lambda tour: tour.number)
        return replace(self.drafts, tours=tuple(tours))


@dataclass(frozen=True, slots=True)
class Judged:
    """A plan with its verdict."""

    plan: TourPlan
    verdict: Verdict
