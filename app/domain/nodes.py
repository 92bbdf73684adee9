"""Where goods are kept, and the products they are."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from app.domain.values import Address, GeoPoint


class NodeKind(StrEnum):
    """What kind of place a stock node is."""

    STORE = "store"
    WAREHOUSE = "warehouse"
    SUPPLIER = "supplier"
    HUB = "hub"


class Service(StrEnum):
    """What a node can do for an order."""

    SHIP_FROM_STORE = "ship_from_store"
    CLICK_AND_COLLECT = "click_and_collect"
    HOME_DELIVERY = "home_delivery"


@dataclass(frozen=True, slots=True)
class StockNode:
    """A store, warehouse, supplier or hub.

    `opening_hours` is OpenStreetMap syntax, empty = always open; `orders_per_day` None = no limit;
    `cutoff` is the last moment, in the node's time zone, at which an order leaves the same day.
    """

    code: str
    name: str
    kind: NodeKind
    point: GeoPoint
    address: Address = Address()
    opening_hours: str = ""
    services: frozenset[Service] = frozenset(Service)
    orders_per_day: int | None = None
    preparation_minutes: int = 0
    cutoff: time | None = None
    active: bool = True
    timezone: str = "Europe/Paris"
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Product:
    """One article; lengths in millimetres, weight in grams, volume in millilitres."""

    sku: str
    label: str = ""
    weight_g: int = 0
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    volume_ml: int = 0
    handling: frozenset[str] = frozenset()
    ean: str = ""
    revision: int = 1

    @property
    def filled_ml(self) -> int:
        """The volume given, or that of the box when only its sides are known."""
        return self.volume_ml or self.length_mm * self.width_mm * self.height_mm // 1000
