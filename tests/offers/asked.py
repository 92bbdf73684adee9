"""An order shown to some nodes, for the tests of offers."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from app.domain.acts.offers import Asked, ClaimOffer, DeclineOffer, OpenOffer
from app.domain.acts.orders import ImportRows
from app.domain.offers import DeclineReason, Offer, Shortfall
from app.domain.orders import Order, OrderLine, OrderState
from app.domain.stock import StockCell
from app.workspace import Workspace
from db.offers import latest_offer
from db.orders import load_orders
from db.stock import load_stock
from tests.builders import LILLE, NOW, ROUBAIX, a_cell, a_node, a_product, an_order

NODES = ("LIL", "RBX", "TCG")
IN_20_MIN = NOW + timedelta(minutes=20)


class Clock:
    """A clock that tests turn."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **by: float) -> None:
        self.at += timedelta(**by)


def fill(
    workspace: Workspace,
    *,
    on_hand: int = 3,
    orders: Iterable[Order] | None = None,
    nodes: Iterable[str] = NODES,
    skus: Iterable[str] = ("SKU1",),
    **node: Any,
) -> None:
    """Three stores with the same stock, and an order near by."""
    places = {"LIL": LILLE, "RBX": ROUBAIX}
    named, goods = tuple(nodes), tuple(skus)
    for kind, rows in {
        "node": tuple(a_node(code, places.get(code, LILLE), **node) for code in named),
        "product": tuple(a_product(sku) for sku in goods),
        "stock": tuple(a_cell(code, sku, on_hand) for code in named for sku in goods),
        "order": tuple(orders if orders is not None else (an_order(),)),
    }.items():
        workspace.submit(ImportRows(kind, f"{kind}s.csv", rows))


def offered(
    workspace: Workspace,
    order: str = "480001",
    to: Iterable[str] = NODES,
    until: datetime = IN_20_MIN,
    **but: Any,
) -> Offer:
    asked = tuple(Asked(node, until) for node in to)
    workspace.submit(OpenOffer(order, asked, **but))
    return the_offer(workspace, order)


def claimed(workspace: Workspace, node: str, order: str = "480001", *lines: OrderLine) -> None:
    workspace.submit(ClaimOffer(order, node, lines))


def declined(
    workspace: Workspace,
    node: str,
    reason: DeclineReason = DeclineReason.NO_TIME,
    *missing: Shortfall,
    order: str = "480001",
) -> None:
    workspace.submit(DeclineOffer(order, node, reason, missing))


def the_offer(workspace: Workspace, order: str = "480001") -> Offer:
    found = workspace.read(latest_offer, order)
    assert found is not None
    return found


def state_of(workspace: Workspace, order: str = "480001") -> OrderState:
    return workspace.read(load_orders, (order,))[0].state


def cell(workspace: Workspace, node: str = "LIL", sku: str = "SKU1") -> StockCell:
    return workspace.read(load_stock, (sku,), (node,))[0]
