"""Source new orders and let agreed ones make room: seen first, then done as one entry."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.domain.acts.orders import MoveOrders
from app.domain.orders import OPEN_TO_SOURCING, ShipmentState
from app.domain.sourcing_record import Decider
from app.formats import money, order_number
from app.i18n import _
from app.jobs import uncollected
from app.operations.sourcing import applied, saying_more
from app.operations.sourcing_ground import Ground, load_ground
from app.operations.sourcing_record import recorded
from app.operations.sourcing_run import SourcingRun, as_document
from app.ports import Stop, never
from app.workspace import Workspace
from db.decisions import load_decisions
from db.queries.agreed import load_movable

if TYPE_CHECKING:
    from app.planning.sourcing.reallocating import Reallocated

#: An agreed order moves only where that saves so much, when nobody says.
FROM_CENTS = 500
#: How long each search may take.
SEARCH_S = 0.3


@dataclass(frozen=True, slots=True)
class ReallocationRun:
    """A decision for every open order, and the agreed orders that would move for them.

    `saved_cents` is what all moves together save, with the new orders at their best without any.
    """

    run: SourcingRun
    moves: tuple["Reallocated", ...]
    from_cents: int
    saved_cents: int = 0

    @property
    def entry(self) -> str:
        return self.run.entry


@uncollected()
def reallocate(
    workspace: Workspace,
    *,
    from_cents: int = FROM_CENTS,
    only: Collection[str] | None = None,
    seconds: float | None = SEARCH_S,
    apply: bool = False,
    stop: Stop = never,
) -> ReallocationRun:
    """All open orders at least cost; an agreed order moves where that saves `from_cents` or more.

    With `only`, no other agreed orders move than these. Agreed orders in tours or booked, prepared,
    locked or placed by hand stay. With `apply`, all of it is one entry of the journal.

    Raises:
        MovedOn, NoStock, AlreadyPlanned, AlreadyBooked: it cannot be any more; nothing was changed.
    """
    from app.operations.agreed_ground import setting_for  # heavy, as all that follows
    from app.planning.sourcing.agreed import Agreed
    from app.planning.sourcing.reallocating import reallocate as weighed

    ground = workspace.read(
        load_ground, workspace.policy(), workspace.now(), states=OPEN_TO_SOURCING
    )
    asked = {line.sku for order in ground.orders for line in order.lines}
    movable = workspace.read(
        load_movable, (ShipmentState.RESERVED, ShipmentState.CARRIER_CHOSEN), asked
    )
    agreed = [Agreed(order, shipment) for order, shipment in movable]
    setting = replace(setting_for(workspace, agreed, asked), refusals=ground.refusals)
    found = weighed(
        ground.orders,
        agreed,
        ground.held,
        setting,
        from_cents=from_cents,
        only=only,
        seconds=seconds,
        stop=stop,
    )
    run = SourcingRun(ground.now, found.decisions, offered=ground.offered)
    saved = found.unmoved_cents - found.cost_cents
    made = ReallocationRun(run, found.moves, from_cents, saved)
    return _applied(workspace, made, ground) if apply else made


def _applied(workspace: Workspace, made: ReallocationRun, ground: Ground) -> ReallocationRun:
    """Written: as usual where nobody moves, else all of it or nothing."""
    if not made.moves:
        run = applied(workspace, made.run, ground, Decider.OPTIMUM)
        return ReallocationRun(run, (), made.from_cents)
    moved = {move.order for move in made.moves}
    worth = saying_more(made.run.decisions, ground)
    new = recorded(workspace, ground, made.run.decisions, Decider.OPTIMUM, worth)
    before = workspace.read(load_decisions, moved)
    wanted = MoveOrders(
        "reallocated",
        (*(move.decision for move in made.moves), *new),
        tuple(before.values()),
    )
    settled = workspace.submit(wanted)
    run = SourcingRun(made.run.at, made.run.decisions, settled.entry, offered=made.run.offered)
    return ReallocationRun(run, made.moves, made.from_cents, made.saved_cents)


def moves_document(made: ReallocationRun) -> dict[str, Any]:
    """The run as the public interface tells it, with the agreed orders that move."""
    return {
        **as_document(made.run),
        "moves": [
            {
                "order": move.order,
                "from": move.node,
                "to": list(move.decision.nodes),
                "saved_cents": move.saved_cents,
                "serves": list(move.served),
            }
            for move in made.moves
        ],
        "saved_cents": made.saved_cents,
    }


def in_a_line(move: "Reallocated") -> str:
    """`480112 from LIL to RBX saves 12.40 €: 480199 is served from LIL`."""
    line = _("{order} from {node} to {to} saves {money}").format(
        order=order_number(move.order),
        node=move.node,
        to=", ".join(move.decision.nodes),
        money=money(move.saved_cents),
    )
    if not move.served:
        return line
    served = ", ".join(order_number(order) for order in move.served)
    return _("{line}: {orders} then leaves from there").format(line=line, orders=served)
