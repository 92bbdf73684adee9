"""Keep what sourcing decisions are made from, and make them again from it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from app.domain.orders import Order
from app.domain.policy import Policy
from app.domain.sourcing import SourcingDecision
from app.domain.sourcing_record import (
    Decider,
    SourcingInputs,
    SourcingRecord,
    packed_stock,
    unpacked_stock,
)
from app.domain.stock import StockCell
from app.operations.sourcing_ground import Ground
from app.ports import Stop, never
from app.workspace import Workspace
from db.sourcing_records import record_of

#: Larger grounds are not kept: their stock alone would fill the disk within weeks.
MOST_CELLS = 2_000_000


def recorded(
    workspace: Workspace,
    ground: Ground,
    made: Iterable[SourcingDecision],
    decider: Decider,
    kept: Iterable[SourcingDecision] | None = None,
) -> tuple[SourcingDecision, ...]:
    """The decisions, bearing the code of the record of what they were made from.

    `made` are all those of the run, in their turn; `kept` those to be carried out, None = all.
    """
    every = tuple(made)
    wanted = every if kept is None else tuple(kept)
    if len(ground.stock) > MOST_CELLS:
        return wanted
    record = record_of(_inputs(ground), decider, every, {one.order for one in wanted})
    workspace.keep_record(record)
    return tuple(replace(one, inputs=record.code) for one in wanted)


def ground_of(
    record: SourcingRecord,
    policy: Policy | None = None,
    *,
    stock: tuple[StockCell, ...] | None = None,
) -> Ground:
    """What was looked at, as it was; with other rules, or a part of the stock, if given."""
    seen = record.inputs
    rules = policy or seen.policy
    return Ground(
        rules,
        ZoneInfo(rules.timezone),
        seen.now,
        seen.orders,
        seen.nodes,
        unpacked_stock(seen.stock) if stock is None else stock,
        {product.sku: product for product in seen.products},
        seen.held,
        seen.node_load,
        seen.pickup_points,
        {},
        seen.refusals,
        answers=seen.answers,
    )


def decided_again(
    record: SourcingRecord, ground: Ground, *, stop: Stop = never
) -> list[SourcingDecision]:
    """What the rules make of a record's ground; of an optimum's, what they alone would have.

    Raises:
        Stopped: `stop` said so.
    """
    return ground.suggestions(at_once=record.decider is Decider.NAMED, stop=stop)


def _inputs(ground: Ground) -> SourcingInputs:
    return SourcingInputs(
        ground.policy,
        ground.now,
        tuple(_without_calls(order) for order in _by_code(ground.orders)),
        tuple(sorted(ground.nodes, key=lambda node: node.code)),
        packed_stock(ground.stock),
        tuple(ground.products[sku] for sku in sorted(ground.products)),
        ground.held,
        ground.node_load,
        ground.pickup_points,
        ground.refusals,
        ground.answers,
    )


def _by_code(orders: Sequence[Order]) -> list[Order]:
    return sorted(orders, key=lambda order: order.code)


def _without_calls(order: Order) -> Order:
    """An order without what rules never look at and nobody should find here."""
    return replace(order, phone="", email="", note="")
