"""What people call what has a code: nodes, carriers, services, vehicles, products, relays."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from app.domain.carriers import PickupPoint
from app.domain.fleet import Vehicle
from app.domain.nodes import Product, StockNode
from db.fleet import load_vehicles
from db.nodes import load_nodes, load_products
from db.panel import load_carriers, load_pickup_points, load_services


@dataclass(frozen=True, slots=True)
class Names:
    """Names by code; a code that is not known stands for itself."""

    nodes: Mapping[str, StockNode] = field(default_factory=dict)
    carriers: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[tuple[str, str], str] = field(default_factory=dict)
    vehicles: Mapping[str, Vehicle] = field(default_factory=dict)
    products: Mapping[str, Product] = field(default_factory=dict)
    pickup_points: Mapping[str, PickupPoint] = field(default_factory=dict)

    def node(self, code: str) -> str:
        """The node's name, empty when it is not known: codes are shown beside names."""
        return self.nodes[code].name if code in self.nodes else ""

    def carrier(self, code: str) -> str:
        return self.carriers.get(code, "") or code

    def service(self, carrier: str, code: str) -> str:
        return self.services.get((carrier, code), "") or code

    def vehicle(self, code: str) -> str:
        return (self.vehicles[code].label if code in self.vehicles else "") or code

    def product(self, sku: str) -> str:
        """The product's label, empty when it is not known: codes are shown beside labels."""
        return self.products[sku].label if sku in self.products else ""


def load_names(connection: Connection, skus: Collection[str] = ()) -> Names:
    """Every name but those of products, of which only the ones asked for."""
    return Names(
        {node.code: node for node in load_nodes(connection)},
        {carrier.code: carrier.name for carrier in load_carriers(connection)},
        {(s.carrier, s.code): s.label for s in load_services(connection)},
        {vehicle.code: vehicle for vehicle in load_vehicles(connection)},
        load_products(connection, skus) if skus else {},
        {point.code: point for point in load_pickup_points(connection)},
    )
