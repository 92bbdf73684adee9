"""Three orders round Lille that want the same kind of lamp, and the stock that a test gives."""

from typing import Any

from app.domain.acts.orders import ImportRows
from app.domain.orders import OrderLine
from app.domain.stock import StockCell
from app.workspace import Workspace
from tests.builders import LAMBERSART, LILLE, LYON, ROUBAIX, a_node, a_product, an_order

LAMP = (OrderLine("LAMP-12", 1, 1_990),)


def fill(workspace: Workspace, *stock: StockCell) -> None:
    """Three orders round Lille for one kind of lamp."""
    rows: dict[str, list[Any]] = {
        "node": [a_node("LIL", LILLE), a_node("RBX", ROUBAIX), a_node("LYO", LYON)],
        "product": [a_product("LAMP-12")],
        "stock": list(stock),
        "order": [an_order(f"48000{n}", LAMBERSART, lines=LAMP) for n in (1, 2, 3)],
    }
    for kind, values in rows.items():
        workspace.submit(ImportRows(kind, f"{kind}.csv", tuple(values)))
