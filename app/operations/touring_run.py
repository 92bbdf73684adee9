"""What a run of the tour planner found, and what a judge found in a plan."""

from dataclasses import dataclass, replace
from datetime import date

from app.domain.reasons import Reason
from app.domain.tours import Tour, TourPlan, Verdict


@dataclass(frozen=True, slots=True)
class PlanRun:
    """Tours suggested for a day: `drafts` are new, `kept` were agreed or locked before.

    `notes` tell what was left aside or went wrong; `zones` are the depots' time zones; `entry` is
    the journal's, empty when nothing was written.
    """

    on: date
    drafts: TourPlan
    kept: tuple[Tour, ...] = ()
    notes: tuple[Reason, ...] = ()
    zones: tuple[tuple[str, str], ...] = ()
    entry: str = ""

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
