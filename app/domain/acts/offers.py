"""What people ask of offers and of the nodes' work: offer, claim, decline, prepare, hand over."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.offers import DeclineReason, Shortfall, WorkState
from app.domain.orders import OrderLine


@dataclass(frozen=True, slots=True)
class Asked:
    """A node that is to be asked, and until when it may answer."""

    node: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """What an order still needs is to be shown to nodes; the first to claim wins.

    `lines` empty = all that no shipment answers yet. `wave` counts the attempts of this order.
    """

    order: str
    asked: tuple[Asked, ...]
    lines: tuple[OrderLine, ...] = ()
    minutes: int = 0
    fallback: bool = True
    wave: int = 1


@dataclass(frozen=True, slots=True)
class WidenOffer:
    """An open offer is to be shown to further nodes; those that wait get as long as they."""

    order: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class WithdrawOffer:
    """An open offer is to be taken back; its order is sourced anew."""

    order: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LapseOffers:
    """Offers whose deadline has passed are to end; the judge's clock decides which of them."""

    offers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimOffer:
    """A node takes an offered order, or some lines of it."""

    order: str
    node: str
    lines: tuple[OrderLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SeeOffer:
    """A node has opened an offer and not answered yet."""

    order: str
    node: str


@dataclass(frozen=True, slots=True)
class DeclineOffer:
    """A node refuses an offered order; `missing` names products, empty = all it was asked for."""

    order: str
    node: str
    reason: DeclineReason
    missing: tuple[Shortfall, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class GiveBack:
    """A node gives back what it was to send, whole or the products named.

    `shipments` are its shipments as the desk knows them, none of them in a tour or booked.
    """

    order: str
    node: str
    reason: DeclineReason
    missing: tuple[Shortfall, ...] = ()
    note: str = ""
    shipments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdvanceWork:
    """A node has come further with a shipment: preparing, ready, handed over."""

    shipment: str
    state: WorkState
