"""What people ask of tours: keep, agree, lock, change by hand."""

from dataclasses import dataclass
from datetime import date

from app.domain.locks import TourLock
from app.domain.tours import PlanState, Tour, TourPlan, Unplanned


@dataclass(frozen=True, slots=True)
class SaveTours:
    """A day's draft tours are to be replaced by this plan; agreed and locked ones stay.

    `scenario` names the supposition that the plan was chosen from, empty = none.
    """

    plan: TourPlan
    scenario: str = ""


@dataclass(frozen=True, slots=True)
class SetTourState:
    """Tours are to be validated, published or closed; empty `tours` = all of the day."""

    on: date
    state: PlanState
    tours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LockTour:
    """A tour is to be left alone by the solver, or freed."""

    tour: str
    locked: bool


@dataclass(frozen=True, slots=True)
class Unplan:
    """Shipments are to be taken out of their draft tours; each touched tour comes re-timed."""

    shipments: tuple[str, ...]
    plan: TourPlan


@dataclass(frozen=True, slots=True)
class EditTours:
    """Draft tours of a day are to become as a person's hand left them, and no other tour.

    Each tour bears the revision it was looked at with, 0 = it is new; one without deliveries goes.
    `what` names the move, `shipments` are those it moved. `reason` says why a rule was broken or a
    lock not minded: then it was `forced`. `left` are those that no tour carries any more.
    """

    on: date
    what: str
    tours: tuple[Tour, ...]
    reason: str = ""
    forced: bool = False
    shipments: tuple[str, ...] = ()
    left: tuple[Unplanned, ...] = ()


@dataclass(frozen=True, slots=True)
class LockShipments:
    """What planning may not change is to be kept; a lock with the same code is taken over."""

    locks: tuple[TourLock, ...]


@dataclass(frozen=True, slots=True)
class Unlock:
    """A lock is not to hold any more."""

    code: str
