"""What the pane shows of one day, made beside the window's thread: lanes, list and counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app import formats
from app.domain.fleet import Vehicle
from app.domain.orders import Mode, Queue, ShipmentState
from app.domain.tours import PlanState, Tour, TourPlan
from app.ui.tours.lanes import Day, Lane, lanes_of
from app.ui.tours.left_out import LeftOut, left_out
from db.queries.board import Board, OrderRow


@dataclass(frozen=True, slots=True)
class PaneDay:
    """One day on the pane; `ready` are shipments that wait for a tour."""

    day: Day
    plan: TourPlan
    lanes: tuple[Lane, ...] = ()
    rows: Mapping[str, OrderRow] | None = None
    left: tuple[LeftOut, ...] = ()
    ready: int = 0
    vehicles: int = 0

    @property
    def drafts(self) -> int:
        return sum(tour.state is PlanState.DRAFT and not tour.locked for tour in self.plan.tours)


def pane_day(
    board: Board,
    vehicles: Sequence[Vehicle],
    zone: ZoneInfo,
    tight_slack_s: int,
    *,
    fresh: TourPlan | None = None,
    ghosts: Sequence[Tour] = (),
) -> PaneDay:
    """The board as the pane shows it; `fresh` is a plan newer than the board's."""
    plan = board.plan if fresh is None else fresh
    day = Day(board.on, zone)
    lanes = lanes_of(plan, vehicles, day, tight_slack_s=tight_slack_s, ghosts=ghosts)
    names = {vehicle.code: vehicle.label or vehicle.code for vehicle in vehicles}
    hours = {
        row.code: formats.window(row.window.start, row.window.end, zone)
        for row in board.rows
        if row.unplanned is not None
    }
    return PaneDay(
        day,
        plan,
        lanes,
        {row.code: row for row in board.rows},
        left_out(board.rows, names, hours),
        _ready(board.rows),
        sum(vehicle.active for vehicle in vehicles),
    )


def _ready(rows: Iterable[OrderRow]) -> int:
    """Shipments to a customer's door that no tour and no carrier has."""
    return sum(
        shipment.state is ShipmentState.RESERVED
        and not (shipment.tour or shipment.carrier or shipment.to_node)
        for row in rows
        if row.queue is Queue.TO_PLAN and row.mode is Mode.HOME_DELIVERY
        for shipment in row.shipments
    )
