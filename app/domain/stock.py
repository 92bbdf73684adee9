"""How much of a product a node holds, and how much of it may be promised by when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StockCell:
    """The counters of one product at one node, in pieces; every counter is zero or more.

    `reserved_elsewhere` is what other systems hold (the file's `reserved`); `reserved_here` is the
    sum of our own active reservations.
    """

    node: str
    sku: str
    on_hand: int = 0
    reserved_elsewhere: int = 0
    reserved_here: int = 0
    blocked: int = 0
    safety_stock: int = 0
    inbound: int = 0
    inbound_at: datetime | None = None
    in_transit: int = 0
    in_transit_at: datetime | None = None
    as_of: datetime | None = None

    @property
    def reserved(self) -> int:
        return self.reserved_elsewhere + self.reserved_here

    @property
    def available(self) -> int:
        """What may be promised right now: never below zero."""
        held = self.reserved + self.blocked + self.safety_stock
        return max(0, self.on_hand - held)


def available_to_promise(cell: StockCell, by: datetime | None = None) -> int:
    """Pieces that may be promised by an instant: what is there, plus lots that arrive by then.

    A lot without a date is never counted. A shortage today (more held than on hand) is made good
    by the arriving lots before they are promised.
    """
    held = cell.reserved + cell.blocked + cell.safety_stock
    coming = 0
    if by is not None:
        if cell.inbound_at is not None and cell.inbound_at <= by:
            coming += cell.inbound
        if cell.in_transit_at is not None and cell.in_transit_at <= by:
            coming += cell.in_transit
    return max(0, cell.on_hand + coming - held)
