"""Stock to look at: two stores, a warehouse, products with a shortage, arrivals and old figures."""

from datetime import timedelta
from typing import Any

from app.domain.acts.orders import ImportRows
from app.domain.orders import OrderLine
from app.domain.stock import StockCell
from app.operations.sourcing import accept, source
from app.workspace import Workspace
from tests.builders import LAMBERSART, LILLE, NOW, a_cell, a_node, a_product, an_order
from tests.ui.why.mornings import ENGLOS, promised

NODES = (
    a_node("LAM", LAMBERSART, name="Lambersart"),
    a_node("LIC", LILLE, name="Lille Centre"),
    a_node("ENG", ENGLOS, name="Englos"),
)
PRODUCTS = (
    a_product("LAMPE-01", label="Lampe de chevet"),
    a_product("CHAISE-02", label="Chaise pliante"),
    a_product("TABLE-03", label="Table basse en chêne"),
)


def cells() -> tuple[StockCell, ...]:
    """Fresh, old, dated and undated figures."""
    fresh, old = NOW - timedelta(hours=3), NOW - timedelta(days=4)

    def cell(node: str, sku: str, on_hand: int, **but: Any) -> StockCell:
        return a_cell(node, sku, on_hand, **({"as_of": fresh} | but))

    return (
        cell("LAM", "LAMPE-01", 12, safety_stock=2),
        cell("LAM", "CHAISE-02", 4, reserved_elsewhere=1, safety_stock=1, as_of=old),
        cell("LAM", "TABLE-03", 2, safety_stock=3),
        cell("LIC", "LAMPE-01", 30, blocked=4),
        cell("LIC", "CHAISE-02", 0, inbound=24, inbound_at=NOW + timedelta(days=1)),
        cell("LIC", "TABLE-03", 6, in_transit=5),
        cell("ENG", "LAMPE-01", 140, safety_stock=10),
        cell("ENG", "CHAISE-02", 60, in_transit=8, in_transit_at=NOW + timedelta(hours=6)),
    )


def fill(workspace: Workspace, *, orders: bool = True) -> None:
    """Take them in, and let two orders hold lamps."""
    rows: dict[str, tuple[Any, ...]] = {"node": NODES, "product": PRODUCTS, "stock": cells()}
    for kind, values in rows.items():
        workspace.submit(ImportRows(kind, f"{kind}s.csv", values))
    if orders:
        lamp = promised(
            "480213", customer="Claire Delattre", lines=(OrderLine("LAMPE-01", 2, 4_990),)
        )
        more = an_order("480214", customer="Inès Bouchet", lines=(OrderLine("LAMPE-01", 1, 4_990),))
        workspace.submit(ImportRows("order", "orders.csv", (lamp, more)))
        accept(workspace, source(workspace).decisions)
