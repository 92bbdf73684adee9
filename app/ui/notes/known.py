"""What orders already tell a note about them: a client, a street, a door, a vehicle, its area."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.knowledge import About, Note
from db.queries.board import OrderRow

_NUMBER = re.compile(r"^\s*\d+\s*(?:bis|ter|quater|[a-d])?\b[\s,]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """What is filled in by itself when a note begins; all empty for a note from nothing.

    `areas` are the postcodes of an area drawn round several orders, else that of the one order.
    """

    customer: str = ""
    street: str = ""
    postcode: str = ""
    vehicle: str = ""
    areas: frozenset[str] = frozenset()

    def note(self, about: About) -> Note:
        """The beginning of a note about that."""
        empty = Note("", about, "")
        match about:
            case About.CLIENT:
                return replace(empty, subject=self.customer)
            case About.STREET:
                street = _NUMBER.sub("", self.street) or self.street
                return replace(empty, subject=street, postcode=self.postcode)
            case About.PLACE:
                return replace(empty, subject=self.street, postcode=self.postcode)
            case About.POSTCODE:
                return replace(empty, subject=self.postcode)
        areas = self.areas or frozenset({self.postcode} if self.postcode else ())
        return replace(empty, subject=self.vehicle, areas=areas)


def known_of(row: OrderRow, vehicles: Mapping[str, str]) -> Known:
    """What an order tells; `vehicles` are those of tours, by the tours' codes."""
    address = row.order.address
    vehicle = next(iter(_vehicles_of(row, vehicles)), "")
    return Known(row.customer, address.street, address.postcode, vehicle)


def area_of(rows: Sequence[OrderRow], vehicles: Mapping[str, str]) -> Known:
    """What the orders inside an area tell: their postcodes, and the vehicle that most ride on."""
    postcodes = frozenset(row.postcode for row in rows if row.postcode)
    riding = Counter(vehicle for row in rows for vehicle in _vehicles_of(row, vehicles))
    most = max(riding, key=lambda vehicle: (riding[vehicle], vehicle), default="")
    return Known(vehicle=most, areas=postcodes)


def _vehicles_of(row: OrderRow, vehicles: Mapping[str, str]) -> list[str]:
    """The vehicles that the order's shipments ride on."""
    tours = (shipment.tour_code for shipment in row.shipments if shipment.tour_code)
    return [vehicles[tour] for tour in tours if tour in vehicles]
