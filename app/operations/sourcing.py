"""Source orders: suggest nodes by the retailer's rules, reserve what was decided, overrule it."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from app.domain.acts.ground import SwitchNode
from app.domain.acts.offers import WithdrawOffer
from app.domain.acts.orders import ApplySourcing, ReleaseOrder
from app.domain.journal import Settled
from app.domain.orders import OPEN_TO_SOURCING, Order, OrderState
from app.domain.sourcing import SourcingDecision
from app.domain.sourcing_record import Decider
from app.domain.stock import StockCell
from app.errors import NothingToSend, ReasonNeeded, UnknownSubject, WhollyRefused
from app.jobs import uncollected
from app.operations.sourcing_ground import Ground, load_ground
from app.operations.sourcing_record import recorded
from app.operations.sourcing_run import SourcingRun
from app.operations.sourcing_run import as_document as as_document
from app.ports import Progress, Stop, never, unheard
from app.workspace import Workspace

_ENDED = frozenset({OrderState.CLOSED, OrderState.CANCELLED})


@uncollected()
def source(
    workspace: Workspace,
    *,
    at: datetime | None = None,
    orders: Collection[str] | None = None,
    apply: bool = False,
    stop: Stop = never,
    progress: Progress = unheard,
) -> SourcingRun:
    """A decision for every open order not wholly allocated, or for those named among them.

    Those named are not held back for others, whatever their rule says. With `apply`, one operation
    reserves what was decided; an order whose stock went meanwhile is refused alone. What says
    nothing new is not written again.

    Raises:
        Stopped: a person pressed Stop; nothing was changed.
    """
    ground = workspace.read(
        load_ground,
        workspace.policy(),
        at or workspace.now(),
        states=OPEN_TO_SOURCING,
        codes=orders,
    )
    decisions = ground.suggestions(at_once=orders is not None, stop=stop, progress=progress)
    run = SourcingRun(ground.now, tuple(decisions), offered=ground.offered, ground=ground.light)
    decider = Decider.RULES if orders is None else Decider.NAMED
    return applied(workspace, run, ground, decider) if apply else run


def accept(
    workspace: Workspace, decisions: Iterable[SourcingDecision], run: SourcingRun | None = None
) -> Settled:
    """Reserve what was suggested, as it was suggested; `run` is the one that suggested it.

    Raises:
        WhollyRefused: none of the orders can have it any more.
    """
    wanted = tuple(decisions)
    if run is not None and run.ground is not None and _suggested_by(run, wanted):
        decider = Decider.RULES if run.proof is None else Decider.OPTIMUM
        wanted = recorded(workspace, run.ground, run.decisions, decider, wanted)
    return workspace.submit(ApplySourcing(wanted))


def _suggested_by(run: SourcingRun, wanted: Iterable[SourcingDecision]) -> bool:
    by_order = {made.order: made for made in run.decisions}
    return all(by_order.get(one.order) == one for one in wanted)


def assign(workspace: Workspace, order: str, node: str, reason: str) -> SourcingDecision:
    """Give all that an order still needs to one node, over the fences if need be.

    An order that is allocated already is released first, and one on offer taken back: that is an
    entry of its own.

    Raises:
        ReasonNeeded: no reason was given.
        UnknownSubject: there is no such order or node.
        NothingToSend: the order is closed or cancelled.
        NoStock: the node has fewer pieces, its safety stock included.
        AlreadyPlanned, AlreadyBooked: a shipment of the order is in a tour or with its carrier.
    """
    if not reason.strip():
        raise ReasonNeeded(order)
    ground = _ground_of(workspace, order)
    if ground.orders[0].state is OrderState.OFFERED:
        _by_hand(ground, node, reason)
        workspace.submit(WithdrawOffer(order, reason.strip()))
        ground = _ground_of(workspace, order)
    if ground.orders[0].state is OrderState.ALLOCATED:
        _by_hand(_as_if_released(ground), node, reason)
        release(workspace, order, reason)
        ground = _ground_of(workspace, order)
    kept = recorded(workspace, ground, (_by_hand(ground, node, reason),), Decider.PERSON)
    workspace.submit(ApplySourcing(kept))
    return kept[0]


def release(workspace: Workspace, order: str, reason: str) -> Settled:
    """Give back all that an order holds; it is to be sourced anew.

    Raises:
        AlreadyPlanned, AlreadyBooked: a shipment of the order is in a tour or with its carrier.
    """
    return workspace.submit(ReleaseOrder(order, reason.strip()))


def switch_node(workspace: Workspace, node: str, *, active: bool, reason: str = "") -> Settled:
    """Open or close a node for sourcing; the next run minds it."""
    return workspace.submit(SwitchNode(node, active, reason.strip()))


def applied(
    workspace: Workspace, run: SourcingRun, ground: Ground, decider: Decider
) -> SourcingRun:
    """The run with what was reserved, and what it was decided from kept beside it.

    Decisions that say nothing new are not written again.
    """
    new = saying_more(run.decisions, ground)
    if not new:
        return run
    kept = {one.order: one for one in recorded(workspace, ground, run.decisions, decider, new)}
    decisions = tuple(kept.get(made.order, made) for made in run.decisions)
    run = replace(run, decisions=decisions)
    try:
        settled = accept(workspace, kept.values())
    except WhollyRefused as refusal:
        return replace(run, refused=refusal.parts)
    return replace(run, entry=settled.entry, refused=settled.refused)


def saying_more(decisions: Iterable[SourcingDecision], ground: Ground) -> list[SourcingDecision]:
    """The decisions that are worth writing, given what was decided before."""
    states = {order.code: order.state for order in ground.orders}
    return [
        made
        for made in decisions
        if _says_more(made, states[made.order], ground.decided.get(made.order))
    ]


def _says_more(made: SourcingDecision, state: OrderState, before: SourcingDecision | None) -> bool:
    """Whether a decision changes anything: pieces, the order's state, or what is said of it.

    An order allocated in part keeps the reasons of what it has, until it gets more.
    """
    if made.shipments or made.status is not state or before is None:
        return True
    if state is OrderState.PARTIALLY_ALLOCATED:
        return False
    return _substance(made) != _substance(before)


def _substance(made: SourcingDecision) -> tuple[object, ...]:
    return (made.status, made.reasons, made.rule, made.policy_version, made.shipments)


def _ground_of(workspace: Workspace, order: str) -> Ground:
    ground = workspace.read(load_ground, workspace.policy(), workspace.now(), codes=(order,))
    if not ground.orders:
        raise UnknownSubject("order", order)
    if ground.orders[0].state in _ENDED:
        raise NothingToSend(order)
    return ground


def _by_hand(ground: Ground, node: str, reason: str) -> SourcingDecision:
    return decided_by_hand(ground, ground.orders[0], node, reason.strip())


def decided_by_hand(ground: Ground, order: Order, node: str, reason: str) -> SourcingDecision:
    """What becomes of an order that a person gives to a node; nothing is written.

    Raises:
        UnknownSubject, NothingToSend, NoStock: it cannot be.
    """
    from app.planning.sourcing.by_hand import assigned  # heavy

    return assigned(
        order,
        node,
        reason,
        ground.nodes,
        ground.stock,
        ground.products,
        ground.policy,
        now=ground.now,
        zone=ground.zone,
        node_load=ground.node_load,
        held=ground.held.get(order.code, ()),
        pickup_points=ground.pickup_points,
        refusals=ground.refusals,
        answers=ground.answers,
    )


def _as_if_released(ground: Ground) -> Ground:
    """The ground as it would be once the order's own pieces are given back."""
    own: Counter[tuple[str, str]] = Counter()
    for shipment in ground.held.get(ground.orders[0].code, ()):
        for line in shipment.lines:
            own[shipment.node, line.sku] += line.quantity
    stock = tuple(_given_back(cell, own[cell.node, cell.sku]) for cell in ground.stock)
    return replace(ground, stock=stock, held={})


def _given_back(cell: StockCell, pieces: int) -> StockCell:
    return replace(cell, reserved_here=max(0, cell.reserved_here - pieces))
