"""What would carriers ask for what is not theirs yet: an order's shipments, or those suggested."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from app.domain.carriers import CarrierChoice
from app.domain.orders import Order, Shipment, ShipmentAtDoor
from app.domain.packing import packed
from app.domain.sourcing import SourcingDecision
from app.operations.communes import insee_finder
from app.planning.carriage.choice import choose
from app.workspace import Workspace
from db.nodes import load_nodes, load_products
from db.orders import doors_of
from db.panel import load_panel


def forecast(
    workspace: Workspace, order: Order, shipments: Iterable[Shipment], on: date
) -> dict[str, CarrierChoice]:
    """Each shipment's prices and refusals if it were collected on that day; nothing is kept.

    Quotas are left aside: who gets the last place is settled when the whole day is shared out.
    """
    policy, panel = workspace.policy(), workspace.read(load_panel)
    doors: list[ShipmentAtDoor] = workspace.read(
        doors_of, order, tuple(shipments), policy, workspace.zone
    )
    with insee_finder(panel) as insee_of:
        choices = choose(
            doors,
            panel,
            policy,
            on=on,
            now=workspace.now(),
            nodes=workspace.read(load_nodes),
            insee_of=insee_of,
        )
    return {choice.shipment: choice for choice in choices}


def suggested_shipments(
    workspace: Workspace, order: Order, decision: SourcingDecision
) -> tuple[Shipment, ...]:
    """The shipments that a suggestion would make, under codes of their own: `480213+1`."""
    return workspace.read(_suggested, order, decision)


def _suggested(
    connection: Connection, order: Order, decision: SourcingDecision
) -> tuple[Shipment, ...]:
    wanted = {line.sku for shipment in decision.shipments for line in shipment.lines}
    products = load_products(connection, wanted)
    return tuple(
        Shipment(
            f"{order.code}+{number}",
            order.code,
            shipment.node,
            shipment.lines,
            order.mode,
            shipment.to_node,
            packed(shipment.lines, products),
        )
        for number, shipment in enumerate(decision.shipments, start=1)
    )
