"""What an order already tells a note about it: its client, its street, its door, its vehicle."""

import re
from dataclasses import dataclass, replace

from app.domain.knowledge import About, Note
from db.queries.board import OrderRow

_NUMBER = re.compile(r"^\s*\d+\s*(?:bis|ter|quater|[a-d])?\b[\s,]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """What is filled in by itself when a note begins; all empty for a note from nothing."""

    customer: str = ""
    street: str = ""
    postcode: str = ""
    vehicle: str = ""

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
        areas = frozenset({self.postcode} if self.postcode else ())
        return replace(empty, subject=self.vehicle, areas=areas)


def known_of(row: OrderRow, vehicles: dict[str, str]) -> Known:
    """What an order tells; `vehicles` are those of tours, by the tours' codes."""
    address = row.order.address
    tours = [shipment.tour_code for shipment in row.shipments if shipment.tour_code]
    vehicle = next((vehicles[tour] for tour in tours if tour in vehicles), "")
    return Known(row.customer, address.street, address.postcode, vehicle)
