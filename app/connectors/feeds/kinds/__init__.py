"""The kinds of file there are, in the order in which one leans on another."""

from app.connectors.feeds.columns import Kind
from app.connectors.feeds.kinds.access import ACCESS_ZONES
from app.connectors.feeds.kinds.carriers import (
    CARRIERS,
    PICKUP_POINTS,
    SERVICES,
    SURCHARGES,
    TARIFFS,
    ZONES,
)
from app.connectors.feeds.kinds.fleet import VEHICLES
from app.connectors.feeds.kinds.goods import PRODUCTS, STOCK
from app.connectors.feeds.kinds.nodes import NODES
from app.connectors.feeds.kinds.notes import NOTES
from app.connectors.feeds.kinds.orders import ORDERS

KINDS: tuple[Kind, ...] = (
    NODES,
    PRODUCTS,
    CARRIERS,
    SERVICES,
    ZONES,
    TARIFFS,
    SURCHARGES,
    PICKUP_POINTS,
    VEHICLES,
    ACCESS_ZONES,
    NOTES,
    STOCK,
    ORDERS,
)


def kind_named(name: str) -> Kind | None:
    """The kind of that name, `orders` or `order`, in any case."""
    wanted = name.casefold()
    return next((kind for kind in KINDS if wanted in (kind.name, kind.row_kind)), None)
