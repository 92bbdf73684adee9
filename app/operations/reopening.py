"""Agreed tours changed by hand: seen first as if they were drafts, then reopened and changed."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.domain.journal import Settled
from app.domain.tours import PlanState, Tour
from app.operations.hand import apply_move
from app.operations.touring import set_state
from app.planning.tours.consequences import Preview
from app.planning.tours.hands import Hands
from app.planning.tours.moves import Displace, Drive, Merge, Move, Place, Reverse, Split, Swap
from app.planning.tours.previewing import preview
from app.planning.tours.rearranging import shipments_of
from app.workspace import Workspace

_AGREED = (PlanState.VALIDATED, PlanState.PUBLISHED)


def agreed_tours(hands: Hands, move: Move, now: datetime) -> tuple[Tour, ...]:
    """The agreed tours that a move would change, where all of them can be reopened.

    None where one is closed, or published and under way: what has been driven stays.
    """
    touched = [tour for tour in _touched(hands, move) if tour.state is not PlanState.DRAFT]
    for tour in touched:
        under_way = tour.state is PlanState.PUBLISHED and tour.start <= now
        if tour.state not in _AGREED or under_way:
            return ()
    return tuple(touched)


def preview_reopened(hands: Hands, move: Move, agreed: Collection[Tour]) -> Preview:
    """What a move would change if these tours were drafts."""
    codes = {tour.code for tour in agreed}
    tours = tuple(
        replace(tour, state=PlanState.DRAFT) if tour.code in codes else tour
        for tour in hands.plan.tours
    )
    return preview(Hands.of(hands.problem, replace(hands.plan, tours=tours), hands.facts), move)


def reopen_and_move(
    workspace: Workspace, on: date, move: Move, agreed: Collection[Tour], reason: str = ""
) -> Settled:
    """Make drafts of these tours again, then do the move; with a reason it may break a rule.

    Raises:
        WhollyRefused, ReasonNeeded, MovedOn: as for any move; the tours are drafts then all the
            same, to be looked at again.
    """
    published = [tour.code for tour in agreed if tour.state is PlanState.PUBLISHED]
    if published:
        set_state(workspace, on, PlanState.VALIDATED, published)
    if agreed:
        set_state(workspace, on, PlanState.DRAFT, [tour.code for tour in agreed])
    return apply_move(workspace, on, move, reason=reason, force=bool(reason))


def _touched(hands: Hands, move: Move) -> Sequence[Tour]:
    """The tours that a move takes from, brings to or turns."""
    codes = [hands.carried.get(shipment, "") for shipment in shipments_of(hands, move)]
    vehicles: list[str] = []
    match move:
        case Place(_, tour, vehicle):
            codes.append(tour)
            vehicles.append(vehicle)
        case Displace(_, vehicle, _, onto):
            vehicles += [vehicle, onto]
        case Merge(tour, other) | Swap(tour, other):
            codes += [tour, other]
        case Reverse(tour) | Split(tour) | Drive(tour):
            codes.append(tour)
    driven = (hands.tour_of_vehicle(vehicle) for vehicle in vehicles if vehicle)
    codes += [tour.code for tour in driven if tour is not None]
    return [hands.tours[code] for code in dict.fromkeys(codes) if code in hands.tours]
