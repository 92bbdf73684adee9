"""nodes.csv: where goods are kept."""

from typing import Any

from app.connectors.feeds.cells import (
    code,
    one_of,
    opening_hours,
    some_of,
    text,
    timezone,
    truth,
    whole,
)
from app.connectors.feeds.columns import Column, Kind, one_a_row
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.kinds.addresses import (
    address_columns,
    address_of,
    coordinate_columns,
    point_of,
)
from app.connectors.feeds.moments import clock
from app.connectors.feeds.rows import TypedRow
from app.domain.nodes import NodeKind, Service, StockNode
from app.i18n import N_

_OWN = ("opening_hours", "services", "orders_per_day", "preparation_minutes", "cutoff", "active")


def _node(row: TypedRow, ground: Ground) -> StockNode:
    cells = row.cells
    address = address_of(row, ground)
    own: dict[str, Any] = {name: cells[name] for name in _OWN if name in cells}
    return StockNode(
        code=cells["code"],
        name=cells.get("name", cells["code"]),
        kind=cells["kind"],
        point=point_of(row, address, ground),
        address=address,
        timezone=cells.get("timezone", ground.zone.key),
        **own,
    )


NODES = Kind(
    "nodes",
    "node",
    (
        Column("code", code, N_("The node's own code, kept as written."), required=True),
        Column("name", text(), N_("The name people call it by; the code if empty.")),
        Column("kind", one_of(NodeKind), N_("store, warehouse, supplier or hub."), required=True),
        *coordinate_columns(),
        *address_columns(),
        Column(
            "opening_hours",
            opening_hours,
            N_("Opening hours as OpenStreetMap writes them, such as Mo-Sa 09:00-19:00; PH off."),
        ),
        Column(
            "services",
            some_of(Service),
            N_("What it can do: ship_from_store click_and_collect home_delivery; all if empty."),
        ),
        Column(
            "orders_per_day",
            whole(),
            N_("How many orders it can prepare a day; no limit if empty."),
        ),
        Column("preparation_minutes", whole(0, 100_000), N_("Minutes from order to parcel.")),
        Column("cutoff", clock(), N_("HH:MM, the last moment for an order to leave the same day.")),
        Column("active", truth, N_("yes or no; a node that is not active gets no orders.")),
        Column("timezone", timezone, N_("Time zone, such as Europe/Paris.")),
    ),
    one_a_row(_node, key=lambda node: node.code),
)
