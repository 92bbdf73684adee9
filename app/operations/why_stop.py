"""What would have a planned shipment ride elsewhere or come at another hour, on the day as kept."""

from datetime import date

from app.domain.tours import PlanState, Tour
from app.operations.remedying import ground_for, now_second, tours_at_hand, vehicles_at_hand
from app.planning.tours.hands import Hands
from app.planning.tours.stop_flips import StopFlips, stop_flips
from app.workspace import Workspace


def stop_flips_for(
    workspace: Workspace, on: date, shipment: str, *, hands: Hands | None = None
) -> StopFlips:
    """The flips of one shipment's stop; none where its tour is agreed, locked, or breaks a rule.

    `hands` is the day where it is ready already, by `ground_for`.
    """
    ready = ground_for(workspace, on) if hands is None else hands
    tour = ready.tours.get(ready.carried.get(shipment, ""))
    visit = ready.visits.get(shipment)
    if tour is None or visit is None or not may_flip(tour):
        return StopFlips()
    free = vehicles_at_hand(workspace, ready)
    tours, vehicle = tours_at_hand(ready, free), ready.vehicles.get(tour.vehicle, -1)
    if vehicle not in tours:
        return StopFlips()
    now_s = now_second(workspace, ready)
    return stop_flips(ready.exact, tours, vehicle, visit, vehicles=free, now_s=now_s)


def may_flip(tour: Tour) -> bool:
    """Whether its stops may go elsewhere at all: what people agreed or locked stays."""
    return tour.state is PlanState.DRAFT and not tour.locked
