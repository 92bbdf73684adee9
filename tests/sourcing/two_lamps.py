"""An agreed order that has Lille's last lamp, and a new one that needs it more."""

from datetime import timedelta

from app.domain.acts.orders import ImportRows
from app.domain.orders import OrderLine
from app.domain.values import GeoPoint
from app.operations.sourcing import source
from app.workspace import Workspace
from db.orders import load_shipments
from tests.builders import LILLE, NOW, ROUBAIX, a_cell, a_node, a_product, an_order

#: A little nearer to Lille than to Roubaix; and far south of both, where Roubaix is too far.
BETWEEN, SOUTH = GeoPoint(50.66, 3.105), GeoPoint(50.55, 3.03)
LAMP = (OrderLine("LAMP-12", 1),)


def fill(workspace: Workspace, *, in_roubaix: int = 9) -> None:
    """The agreed order has Lille's last lamp; Roubaix could serve it nearly as well."""
    agreed = an_order("480001", BETWEEN, lines=LAMP, placed_at=NOW - timedelta(hours=2))
    _import(workspace, "node", a_node("LIL", LILLE), a_node("RBX", ROUBAIX))
    _import(workspace, "product", a_product("LAMP-12"))
    _import(workspace, "stock", a_cell("LIL", "LAMP-12", 1), a_cell("RBX", "LAMP-12", in_roubaix))
    _import(workspace, "order", agreed)
    source(workspace, apply=True)
    _import(workspace, "order", an_order("480002", SOUTH, lines=LAMP))


def _import(workspace: Workspace, kind: str, *rows: object) -> None:
    workspace.submit(ImportRows(kind, f"{kind}.csv", rows))


def nodes_of(workspace: Workspace) -> dict[str, str]:
    return {shipment.order: shipment.node for shipment in workspace.read(load_shipments)}
