"""Which promises of a day are at risk and why, by when what must happen, what would save each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.nodes import StockNode
from app.domain.orders import Mode, Queue, Shipment
from app.domain.promises import PromiseAsked, PromiseKind, PromiseOption
from app.domain.reasons import Reason, because
from app.domain.stock import StockCell
from app.domain.values import Window
from app.domain.windows import wanted_by
from app.errors import Stopped, UnknownSubject
from app.operations.promise_ground import promise_ground
from app.planning.opening import UnreadableHours, open_windows
from app.planning.promise.ground import PromiseGround
from app.planning.promise.milestones import Milestone, milestones
from app.planning.promise.promising import promise
from app.ports import Progress, Stop, never, unheard
from app.workspace import Workspace
from db.nodes import load_products
from db.orders import load_shipments
from db.queries.board import OrderRow, load_board
from db.stock import load_stock

#: Queues in which nothing brings the order yet.
_WAITING = frozenset(
    {Queue.TO_SOURCE, Queue.ASK_CLIENT, Queue.OFFERED, Queue.TO_PLAN, Queue.NO_CARRIER}
)
_UNSOURCED = frozenset({Queue.TO_SOURCE, Queue.ASK_CLIENT, Queue.OFFERED})
_HORIZON = timedelta(days=21)
#: How many ways out are told of an order, the cheapest first.
_MOST_SAVERS = 3
_KINDS = {
    Mode.HOME_DELIVERY: frozenset({PromiseKind.HOME, PromiseKind.EXPRESS}),
    Mode.PICKUP_POINT: frozenset({PromiseKind.PICKUP_POINT}),
    Mode.CLICK_AND_COLLECT: frozenset({PromiseKind.COLLECT}),
}


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A promise that may not hold: why, the last moments on its way, and what would save it.

    `savers` are dates that keep the promise, if the order went so instead; nothing was changed.
    """

    order: str
    due_at: datetime
    reasons: tuple[Reason, ...]
    milestones: tuple[Milestone, ...] = ()
    savers: tuple[PromiseOption, ...] = ()


@dataclass(frozen=True, slots=True)
class RiskRun:
    """The day's promises at risk, the most urgent first."""

    on: date
    at: datetime
    zone: ZoneInfo
    risks: tuple[AtRisk, ...]


def promise_risks(
    workspace: Workspace,
    on: date,
    *,
    order: str | None = None,
    ground: PromiseGround | None = None,
    stop: Stop = never,
    progress: Progress = unheard,
) -> RiskRun:
    """Look at every order of the day, or at the one named; nothing is changed.

    Raises:
        UnknownSubject: that day has no such order.
        Stopped: a person pressed Stop.
    """
    policy, zone, now = workspace.policy(), workspace.zone, workspace.now()
    board = workspace.read(load_board, policy, zone, on)
    if order is not None and all(row.code != order for row in board.rows):
        raise UnknownSubject("order", order)
    rows = [row for row in board.rows if order in (None, row.code)]
    ready = ground or promise_ground(workspace)
    found: list[AtRisk] = []
    for done, row in enumerate(rows):
        if stop():
            raise Stopped
        progress(done, len(rows))
        risk = risk_of(workspace, row, board.nodes, ready)
        if risk is not None:
            found.append(risk)
    progress(len(rows), len(rows))
    found.sort(key=lambda risk: (_next_by(risk, now), risk.order))
    return RiskRun(on, now, zone, tuple(found))


def risk_of(
    workspace: Workspace, row: OrderRow, nodes: Sequence[StockNode], ground: PromiseGround
) -> AtRisk | None:
    """What threatens one promise, or None."""
    policy, now = workspace.policy(), workspace.now()
    due_at = wanted_by(row.order, policy, workspace.zone)
    reasons = [*_reasons(row, now, due_at, policy.touring.tight_slack_s)]
    savers: tuple[PromiseOption, ...] = ()
    if reasons or row.queue in _UNSOURCED:
        in_time, soonest = _dates_in_time(workspace, row, due_at, ground)
        savers = in_time[:_MOST_SAVERS]
        if not in_time:
            reasons += _no_date(soonest, workspace.zone)
    if not reasons:
        return None
    return AtRisk(row.code, due_at, tuple(reasons), _milestones(row, nodes, due_at, now), savers)


def _next_by(risk: AtRisk, now: datetime) -> datetime:
    """By when something must be done next."""
    coming = [each.by for each in risk.milestones if each.by >= now]
    return coming[0] if coming else risk.due_at


def _reasons(
    row: OrderRow, now: datetime, due_at: datetime, tight_slack_s: int
) -> Iterable[Reason]:
    if row.queue is Queue.CLOSED:
        return
    if row.tours and row.late_s > 0:
        yield because("risk_late_on_tour", late_s=row.late_s, tour=f"T{row.tours[0]}")
    elif row.tours and row.slack_s is not None and 0 <= row.slack_s < tight_slack_s:
        yield because("risk_tight_on_tour", slack_s=row.slack_s, tour=f"T{row.tours[0]}")
    if row.late_days:
        yield because("risk_carrier_late", carrier=row.carriers[0], days=row.late_days)
    if row.queue in _WAITING:
        yield from _while_waiting(row, now, due_at)


def _while_waiting(row: OrderRow, now: datetime, due_at: datetime) -> Iterable[Reason]:
    if due_at < now:
        yield because("risk_overdue", overdue_s=round((now - due_at).total_seconds()))
    elif row.queue not in _UNSOURCED and due_at - row.way < now:
        yield because("risk_should_have_left", travel_s=round(row.way.total_seconds()))
    elif row.unplanned is not None:
        yield because("risk_left_out")


def _no_date(soonest: PromiseOption | None, zone: ZoneInfo) -> Iterable[Reason]:
    if soonest is None:
        return (because("risk_nobody"),)
    there = soonest.window.start.astimezone(zone).isoformat(timespec="seconds")
    return (because("risk_soonest_too_late", soonest_on=there[:10], soonest_at=there),)


def _dates_in_time(
    workspace: Workspace, row: OrderRow, due_at: datetime, ground: PromiseGround
) -> tuple[tuple[PromiseOption, ...], PromiseOption | None]:
    """The dates that would keep the promise, the cheapest first; and the soonest of all."""
    order = row.order
    held = tuple(workspace.read(load_shipments, (order.code,)))
    skus = {line.sku for line in order.lines}
    cells = _as_if_given_back(workspace.read(load_stock, skus), held)
    asked = PromiseAsked(
        order.lines,
        order.address,
        None if order.place is None else order.place.point,
        kinds=_KINDS[order.mode],
    )
    products = workspace.read(load_products, skus)
    told = promise(asked, ground, cells, products, workspace.now())
    options = [option for option in told.options if _serves(option, row)]
    in_time = [option for option in options if _is_there(option, due_at, ground.zone)]
    in_time.sort(key=lambda option: (option.cost_cents, option.on, option.window.start))
    soonest = min(options, key=lambda option: option.window.start, default=None)
    return tuple(in_time), soonest


def _serves(option: PromiseOption, row: OrderRow) -> bool:
    """Whether the order could go so: to the place it is for, and otherwise than it goes now."""
    order = row.order
    if order.mode is Mode.CLICK_AND_COLLECT:
        return option.place == order.collect_node
    if order.mode is Mode.PICKUP_POINT and order.pickup_point:
        return option.place == order.pickup_point
    now = any(
        (one.carrier, one.service) == (option.carrier, option.service) and one.node == option.node
        for one in row.shipments
    )
    return not now and not (row.tours and not option.carrier and option.node in row.nodes)


def _is_there(option: PromiseOption, due_at: datetime, zone: ZoneInfo) -> bool:
    """By the hour at which it can be there at the earliest, and by the day."""
    return option.window.start <= due_at and option.on <= due_at.astimezone(zone).date()


def _as_if_given_back(cells: Iterable[StockCell], held: Sequence[Shipment]) -> list[StockCell]:
    """The stock as it would be were the order sourced anew."""
    own: dict[tuple[str, str], int] = {}
    for shipment in held:
        for line in shipment.lines:
            cell = (shipment.node, line.sku)
            own[cell] = own.get(cell, 0) + line.quantity
    return [
        replace(cell, reserved_here=max(0, cell.reserved_here - own.get((cell.node, cell.sku), 0)))
        for cell in cells
    ]


def _milestones(
    row: OrderRow, nodes: Sequence[StockNode], due_at: datetime, now: datetime
) -> tuple[Milestone, ...]:
    """Those of the node with the least time left; none where it is not known who sends."""
    by_code = {node.code: node for node in nodes}
    chosen = [] if row.decision is None else [row.decision.candidate(code) for code in row.nodes]
    plans = [
        milestones(
            by_code[one.node],
            _open_windows(by_code[one.node], now),
            one.arrives_at - one.ready_at,
            due_at,
        )
        for one in chosen
        if one and one.node in by_code and one.arrives_at and one.ready_at
    ]
    tightest = min(plans, key=lambda plan: plan[0].by, default=())
    return tightest if row.queue in _UNSOURCED else tightest[1:]


def _open_windows(node: StockNode, now: datetime) -> Sequence[Window]:
    try:
        return open_windows(node, now, now + _HORIZON)
    except UnreadableHours:
        return ()
