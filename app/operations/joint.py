"""Send orders from where a tour passes: look for such moves, tick some, do these as one entry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.domain.acts.orders import MoveOrders
from app.domain.journal import Settled
from app.domain.orders import Order, Shipment, ShipmentAtDoor, ShipmentState
from app.domain.reasons import Reason, because
from app.domain.tours import Tour
from app.errors import MovedOn, WhollyRefused
from app.operations.moves_watch import MovesWatch
from app.operations.touring import Drafts, drafts_with
from app.planning.joint.elsewhere import joint_elsewhere
from app.planning.joint.moves import JointSuggestion, Sent
from app.planning.joint.options import Movable, Option, Shelf
from app.planning.tours.consequences import Touched
from app.ports import Progress, Stop, never, unheard
from app.workspace import Workspace
from db.decisions import load_decisions
from db.fleet import load_vehicles
from db.queries.agreed import load_movable, next_shipments

if TYPE_CHECKING:
    from app.planning.joint.weighing import Weighing

#: How long it may take, and what a move must gain, when nobody says.
SECONDS, LEAST_CENTS = 20.0, 100
#: In these states an order may still be sent from elsewhere, and be brought otherwise.
_MOVABLE = (ShipmentState.RESERVED, ShipmentState.PLANNED, ShipmentState.CARRIER_CHOSEN)


def joint_moves(
    workspace: Workspace,
    on: date,
    *,
    least_cents: int = LEAST_CENTS,
    seconds: float | None = SECONDS,
    stop: Stop = never,
    progress: Progress = unheard,
) -> JointSuggestion:
    """Orders that another node's tour would bring for less; nothing is written.

    Looked at are orders on the day's drafts, left out or with a carrier. Agreed and locked tours
    stay, and so does what a person placed, locked or chose by hand. Stop keeps what was found.

    Raises:
        WhollyRefused: the day has no draft tours to start from.
        SolverCrashed: the search died.
    """
    from app.planning.joint.search import Question  # heavy

    ways = _Ways(workspace)
    day, asked = drafts_with(workspace, on, ways.doors)
    if not day.drafts:
        raise WhollyRefused(because("joint_no_drafts", on=on.isoformat()), ())
    orders, shelf = ways.movable(day, asked)
    question = Question(day.problem, day.plan, day.drafts, orders, shelf, least_cents)
    watch = MovesWatch(stop, progress, seconds)
    found = joint_elsewhere(question, seconds=seconds, stop=watch.stop, on_move=watch.on_move)
    watch.done(len(found.moves))
    return found


def apply_joint(
    workspace: Workspace, suggestion: JointSuggestion, ticked: Iterable[int]
) -> Settled:
    """Do the moves that were ticked, with what they need: orders and tours as one entry.

    Raises:
        WhollyRefused: nothing is ticked.
        MovedOn, NoStock, AlreadyAgreed, AlreadyPlanned, AlreadyBooked: the day moved on meanwhile.
    """
    numbers = suggestion.with_needed(ticked)
    sent = suggestion.sent(numbers)
    touched = [each for each in suggestion.tours.touched(numbers) if each.before != each.after]
    if not sent or not touched:
        raise WhollyRefused(because("hand_unchanged"), ())
    weighing = _weighing(workspace, sent)
    saved = saved_by(suggestion, numbers)
    decisions = tuple(
        weighing.decision(one.order, one.to_node, reason_of(one, saved[one.order]))
        for one in sent.values()
    )
    before = tuple(workspace.read(load_decisions, set(sent)).values())
    tours = tuple(_left(each) for each in touched)
    return workspace.submit(MoveOrders("joint", decisions, before, suggestion.plan.on, tours))


def saved_by(suggestion: JointSuggestion, numbers: Iterable[int]) -> dict[str, int]:
    """What the last move of each order saves, in cents, with the orders that go with it."""
    found: dict[str, int] = {}
    for number in sorted(numbers):
        move = suggestion.moves[number]
        found.update((one.order, -move.change.cost_cents) for one in move.sent)
    return found


def reason_of(sent: Sent, saved_cents: int) -> Reason:
    """Why an order goes to another node: the van that passes by, and when."""
    facts: dict[str, str | int] = {
        "node": sent.to_node,
        "from_node": sent.node,
        "tour": sent.to_tour.rpartition("-")[2],
    }
    if saved_cents > 0:
        kind, facts["saved_cents"] = "", saved_cents
    else:  # nobody else would bring it, or it goes with others that gain more
        kind, facts["more_cents"] = "_dearer", -saved_cents
    if sent.near_m is None or sent.passes_at is None:
        return because(f"joint_own_tour{kind}", **facts)
    facts |= {"near_m": sent.near_m, "passes_at": sent.passes_at}
    return because(f"joint_passes{kind}", **facts)


def _left(each: Touched) -> Tour:
    """The tour as it is to be; one that is gone keeps its name and no stop."""
    return replace(each.tour, stops=()) if each.after is None else each.after


class _Ways:
    """The orders that may move, from where they could be sent, and the doors that this makes."""

    def __init__(self, workspace: Workspace) -> None:
        from app.planning.sourcing.agreed import Agreed  # heavy

        found = workspace.read(load_movable, _MOVABLE)
        self._agreed = {s.code: Agreed(order, s) for order, s in found}
        self._workspace = workspace
        self._becomes = workspace.read(next_shipments, {order.code for order, _ in found})
        self._depots = sorted({v.depot for v in workspace.read(load_vehicles) if v.active})
        self._nodes: dict[str, tuple[str, ...]] = {}
        self._weighing: Weighing | None = None

    def doors(self, day: Sequence[ShipmentAtDoor]) -> list[ShipmentAtDoor]:
        """The day's doors once more for each other node that could send there."""
        from app.operations.agreed_ground import setting_for  # heavy, as what follows
        from app.planning.joint.weighing import Weighing

        wanted = [d for d in day if d.shipment.code in self._agreed and not d.group]
        agreed = [self._agreed[door.shipment.code] for door in wanted]
        self._weighing = Weighing.of(setting_for(self._workspace, agreed), agreed)
        made = []
        for door in wanted:
            now = door.shipment.node
            found = self._weighing.nodes_for(door.shipment.order, self._depots)
            nodes = tuple(node for node in found if node != now)
            self._nodes[door.shipment.code] = nodes
            made += [self._from(door, node) for node in nodes]
        return made

    def movable(self, day: Drafts, asked: Mapping[str, int]) -> tuple[tuple[Movable, ...], Shelf]:
        """The orders with what each way would count, and the stock that all share."""
        weighing = self._weighing
        assert weighing is not None  # noqa: S101 - the doors were asked for before
        shelf = weighing.shelf()
        visits = {visit.shipment: n for n, visit in enumerate(day.problem.visits)}
        otherwise = weighing.setting.policy.touring.carrier_prize_cents

        def option(order: str, node: str, shipment: str, *, holds: bool) -> Option:
            carrier = asked.get(shipment, otherwise)
            beside = weighing.beside_cents(order, node, shelf, holds=holds)
            priced = shipment in asked
            return Option(node, visits.get(shipment), 1000 * carrier, 1000 * beside, priced)

        found = []
        for code, nodes in self._nodes.items():
            one = self._agreed[code]
            order, now = one.order.code, one.shipment.node
            others = [option(order, n, self._name(order, n), holds=False) for n in nodes]
            others = [way for way in others if way.visit is not None]
            if others:
                here = option(order, now, code, holds=True)
                pieces = tuple((line.sku, line.quantity) for line in one.shipment.lines)
                becomes = self._becomes[order]
                found.append(Movable(order, code, becomes, pieces, (here, *others)))
        return tuple(found), shelf

    def _from(self, door: ShipmentAtDoor, node: str) -> ShipmentAtDoor:
        name = self._name(door.shipment.order, node)
        shipment = replace(
            door.shipment, code=name, node=node, state=ShipmentState.RESERVED, revision=1
        )
        return replace(door, shipment=shipment)

    def _name(self, order: str, node: str) -> str:
        """A name for the shipment that this node would send: no other has it."""
        return f"{self._becomes[order]}@{node}"


def _weighing(workspace: Workspace, sent: Mapping[str, Sent]) -> "Weighing":
    from app.operations.agreed_ground import setting_for  # heavy, as what follows
    from app.planning.joint.weighing import Weighing
    from app.planning.sourcing.agreed import Agreed

    found: list[tuple[Order, Shipment]] = workspace.read(load_movable, _MOVABLE)
    agreed = [Agreed(order, shipment) for order, shipment in found if order.code in sent]
    missing = sent.keys() - {one.order.code for one in agreed}
    if missing:
        raise MovedOn(min(missing))
    return Weighing.of(setting_for(workspace, agreed), agreed)
