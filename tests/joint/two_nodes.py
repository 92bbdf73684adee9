"""A day of two nodes in a real workspace, planned by hand so that one van drives too far."""

from typing import Any

from app.domain.acts.orders import ApplySourcing, ImportRows
from app.domain.orders import OrderLine, OrderState
from app.domain.sourcing import SourcingDecision, SuggestedShipment
from app.domain.values import GeoPoint
from app.operations import hand
from app.planning.tours.moves import Place
from app.workspace import Workspace
from tests.builders import LILLE, NOW, ROUBAIX, a_cell, a_node, a_product, a_vehicle, an_order
from tests.tours.a_day import ON, at

#: Doors by order: two in Lille, three in Roubaix; all but 4 and 5 were sourced from Lille.
DOORS = {
    "1": GeoPoint(50.640, 3.070),
    "2": GeoPoint(50.642, 3.075),
    "3": GeoPoint(50.692, 3.176),
    "4": GeoPoint(50.693, 3.177),
    "5": GeoPoint(50.695, 3.170),
}
SOURCED = {"1": "LIL", "2": "LIL", "3": "LIL", "4": "RBX", "5": "RBX"}


def fill(workspace: Workspace, *, in_roubaix: int = 5) -> None:
    """A day planned by hand: the van of Lille drives to Roubaix for order 3."""
    orders = [
        an_order(code, point, promised_from=at(13), promised_to=at(18))
        for code, point in DOORS.items()
    ]
    rows: dict[str, list[Any]] = {
        "node": [a_node("LIL", LILLE), a_node("RBX", ROUBAIX)],
        "product": [a_product()],
        "stock": [a_cell("LIL", on_hand=9), a_cell("RBX", on_hand=in_roubaix)],
        "order": orders,
        "vehicle": [
            a_vehicle("V1", "LIL", fixed_cost_cents=0),
            a_vehicle("V2", "RBX", fixed_cost_cents=0),
        ],
    }
    for kind, values in rows.items():
        workspace.submit(ImportRows(kind, f"{kind}s.csv", tuple(values)))
    workspace.submit(ApplySourcing(tuple(sourced(*pair) for pair in SOURCED.items())))
    hand.apply_move(workspace, ON, Place(("1-1", "2-1", "3-1"), vehicle="V1", position=0))
    hand.apply_move(workspace, ON, Place(("4-1", "5-1"), vehicle="V2", position=0))


def sourced(order: str, node: str) -> SourcingDecision:
    shipments = (SuggestedShipment(node, (OrderLine("SKU1", 1, 1_990),)),)
    return SourcingDecision(order, 1, OrderState.ALLOCATED, shipments, (), (), "nearest", 0, NOW)
