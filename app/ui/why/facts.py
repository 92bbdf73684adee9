"""All that is known about one order, gathered off the window's thread for its five links."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.domain.carriers import CarrierChoice
from app.domain.orders import Mode, Queue, Shipment
from app.domain.reasons import Reason
from app.domain.sourcing import SourcingDecision
from app.domain.tours import Tour
from app.operations.forecast import forecast, suggested_shipments
from app.operations.sourcing_run import SourcingRun
from app.operations.why import why
from app.operations.why_chain import Link
from app.operations.why_flips import flips_in
from app.wording.notes import NOTE_HOLDS
from app.workspace import Workspace
from db.bookings import load_choices
from db.orders import load_shipments
from db.queries.board import Board, OrderRow, ShipmentRow
from db.queries.names import Names, load_names

if TYPE_CHECKING:
    from app.operations.promise_risks import AtRisk

_UNSOURCED = frozenset({Queue.BLOCKED, Queue.TO_SOURCE, Queue.ASK_CLIENT, Queue.OFFERED})


@dataclass(frozen=True, slots=True)
class Asked:
    """Which order is asked about, as the desk showed it at that moment.

    `run` is the one that made the suggestion.
    """

    row: OrderRow
    suggestion: SourcingDecision | None
    board: Board
    now: datetime
    zone: ZoneInfo
    tight_slack_s: int
    run: SourcingRun | None = None

    @property
    def unsourced(self) -> bool:
        return self.row.queue in _UNSOURCED

    def same_as(self, other: "Asked") -> bool:
        """Whether nothing that is told has changed since."""
        return (self.row, self.suggestion, self.board.plan) == (
            other.row,
            other.suggestion,
            other.board.plan,
        )


@dataclass(frozen=True, slots=True)
class Carriage:
    """How one shipment travels: `decided` was kept for it, `asked_now` is what carriers would ask.

    `row` is None while the shipment is only suggested; `tour` is the one that brings it.
    """

    shipment: Shipment
    row: ShipmentRow | None = None
    decided: CarrierChoice | None = None
    asked_now: CarrierChoice | None = None
    tour: Tour | None = None

    @property
    def travels(self) -> bool:
        """What is collected where it lies needs nobody."""
        return bool(self.shipment.to_node) or self.shipment.mode is not Mode.CLICK_AND_COLLECT

    @property
    def choice(self) -> CarrierChoice | None:
        """What was decided, else what would be."""
        return self.decided or self.asked_now


@dataclass(frozen=True, slots=True)
class Facts:
    """What the five links are told from; `live` marks a suggestion of now, not a decision.

    `remedies` would let a vehicle take what the tours left out, `flips` send it from elsewhere,
    `notes` bind its door.

    `risk` says why its promise may not hold, once that was looked for.

    Not `whole`: only what the board knows, shown while the rest is still being read.
    """

    asked: Asked
    decision: SourcingDecision | None
    carriages: tuple[Carriage, ...]
    names: Names
    whole: bool = True
    remedies: tuple[Reason, ...] = ()
    flips: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    risk: "AtRisk | None" = None

    @property
    def row(self) -> OrderRow:
        return self.asked.row

    @property
    def live(self) -> bool:
        return self.asked.unsourced

    @property
    def depots(self) -> frozenset[str]:
        """The nodes that have vehicles of their own."""
        return frozenset(v.depot for v in self.names.vehicles.values() if v.active)

    @property
    def travelling(self) -> tuple[Carriage, ...]:
        return tuple(carriage for carriage in self.carriages if carriage.travels)


def at_first_sight(asked: Asked) -> Facts:
    """What the board alone knows of an order: enough for all but the carriers' prices."""
    row, tours = asked.row, {tour.code: tour for tour in asked.board.plan.tours}
    carriages = tuple(
        Carriage(
            Shipment(one.code, row.code, one.node, (), row.mode, one.to_node, one.load),
            one,
            tour=tours.get(one.tour_code),
        )
        for one in row.shipments
    )
    decision = asked.suggestion if asked.unsourced else row.decision
    nodes = {node.code: node for node in asked.board.nodes}
    return Facts(asked, decision, carriages, Names(nodes), whole=False)


def gather(workspace: Workspace, asked: Asked, on: date) -> Facts:
    """Read what was decided, and reckon what carriers would ask where nothing was."""
    order, decision = asked.row.order, asked.suggestion
    remedies: tuple[Reason, ...] = ()
    found: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    if not asked.unsourced:
        chain = why(workspace, order.code, flip_stops=False)
        decision = chain.decision
        remedies = tuple(remedy.reason for remedy in chain.link(Link.TOUR).remedies)
        notes = tuple(r for r in chain.link(Link.TOUR).reasons if r.code == NOTE_HOLDS)
        found = chain.link(Link.NODE).flips
    elif decision is not None and asked.run is not None:
        found = tuple(flip.reason for flip in flips_in(asked.run, decision))
    kept = tuple(workspace.read(load_shipments, (order.code,)))
    suggested: tuple[Shipment, ...] = ()
    if asked.unsourced and decision is not None:
        suggested = suggested_shipments(workspace, order, decision)
    decided = workspace.read(load_choices, [shipment.code for shipment in kept])
    open_ones = [s for s in (*kept, *suggested) if s.code not in decided]
    asked_now = forecast(workspace, order, open_ones, on) if open_ones else {}
    rows = {row.code: row for row in asked.row.shipments}
    tours = {tour.code: tour for tour in asked.board.plan.tours}
    carriages = []
    for shipment in (*kept, *suggested):
        row = rows.get(shipment.code)
        tour = tours.get(row.tour_code) if row is not None else None
        choices = decided.get(shipment.code), asked_now.get(shipment.code)
        carriages.append(Carriage(shipment, row, *choices, tour))
    names = workspace.read(load_names, {line.sku for line in order.lines})
    travel = tuple(carriages)
    return Facts(asked, decision, travel, names, remedies=remedies, flips=found, notes=notes)
