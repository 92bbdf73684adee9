"""Lines of the worklist for tests, each naming only what matters."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.orders import Mode, Order, OrderState, Queue
from app.domain.policy import Policy
from app.domain.sourcing import Candidate, SourcingDecision, SuggestedShipment
from app.domain.tours import TourPlan
from app.domain.values import Load, Window
from app.domain.windows import window_of
from app.ui.orders.work_row import Worklist, WorkRow
from app.ui.orders.worklist import Basis, worklist
from app.ui.views import Moment
from db.queries.board import Board, OrderRow
from db.queries.directory import Directory
from tests.builders import NOW, a_node, an_order

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2026, 11, 24)
MOMENT = Moment(NOW, 600)


def paris(hour: int, minute: int = 0, day: int = 24) -> datetime:
    """An instant of November 2026 by the clock in Paris."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


def promised(code: str = "480213", start: int = 14, end: int = 16, **but: Any) -> Order:
    """An order promised between two hours of today."""
    order = an_order(code, promised_from=paris(start), promised_to=paris(end))
    return replace(order, **but)


def on_board(order: Order, queue: Queue = Queue.TO_SOURCE, **but: Any) -> OrderRow:
    """The order as the board has it."""
    window: Window = window_of(order, Policy(), PARIS)
    row = OrderRow(
        order.code,
        order.customer,
        order.address.postcode,
        order.address.town,
        order.mode,
        queue,
        window,
        order.promised_to is not None,
        window.end,
        order.pieces,
        Load(),
        order.place,
        (),
        order,
    )
    return replace(row, **but)


def candidate(node: str = "LIL", **but: Any) -> Candidate:
    """A node that could be ready at once and is half an hour away."""
    made = Candidate(
        node,
        available=5,
        distance_m=3_000,
        score=80.0,
        ready_at=NOW,
        arrives_at=NOW + timedelta(minutes=30),
    )
    return replace(made, **but)


def decided(
    order: Order, *candidates: Candidate, nodes: Iterable[str] = ("LIL",), **but: Any
) -> SourcingDecision:
    """A suggestion for the order: everything from these nodes, or nothing at all."""
    chosen = tuple(SuggestedShipment(node, order.lines) for node in nodes)
    made = SourcingDecision(
        order.code,
        order.revision,
        OrderState.ALLOCATED if chosen else OrderState.UNFILLABLE,
        chosen,
        candidates or (candidate(),),
        (),
        rule="near",
        policy_version=0,
        decided_at=NOW,
        parcels=2,
        weight_g=8_400,
        pieces=order.pieces,
    )
    return replace(made, **but)


def a_list(
    *rows: OrderRow,
    suggested: Iterable[SourcingDecision] = (),
    directory: Directory | None = None,
    before: Worklist | None = None,
    **but: Any,
) -> Worklist:
    """The worklist of a board with these rows."""
    board = Board(TODAY, rows, TourPlan(TODAY, ()), (a_node(), a_node("LAM")))
    suggestions = {decision.order: decision for decision in suggested}
    basis = Basis(board, suggestions, directory or Directory(), MOMENT, PARIS, {})
    return worklist(replace(basis, **but), before)


def a_line(order: Order | None = None, *, queue: Queue = Queue.TO_SOURCE, **but: Any) -> WorkRow:
    """One line of the worklist; `but` replaces what it shows."""
    made = a_list(on_board(order or promised(), queue)).rows[0]
    return replace(made, **but)


def collected(code: str = "480190", **but: Any) -> Order:
    """An order that its customer fetches from a store, from 14:00 on."""
    order = an_order(code, mode=Mode.CLICK_AND_COLLECT, collect_node="LIL", promised_from=paris(14))
    return replace(order, **but)
