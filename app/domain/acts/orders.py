"""What people ask of orders and of the files they come in: take in, source, release, cancel."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.places import Located
from app.domain.sourcing import SourcingDecision
from app.domain.tours import Tour


@dataclass(frozen=True, slots=True)
class ImportRows:
    """Rows of one file are to become the mirror's: `rows` are domain values of the kind named."""

    kind: str
    file: str
    rows: tuple[Any, ...]
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class ApplySourcing:
    """Stock is to be reserved as decided; each order is settled by itself."""

    decisions: tuple[SourcingDecision, ...]


@dataclass(frozen=True, slots=True)
class ReleaseOrder:
    """An order's reservations are to be given back and the order sourced anew."""

    order: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """An order is not wanted any more; its reservations go back."""

    order: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CorrectAddress:
    """A place is to be remembered for an address, and wins over every geocoder."""

    address_key: str
    address: str
    place: Located


@dataclass(frozen=True, slots=True)
class MoveOrders:
    """Orders are to go to the nodes decided now, and draft tours with them: all of it or nothing.

    What an order holds is given back first; one that holds nothing is simply sourced. `before` are
    the decisions that stood, to be told again when this is undone. `tours` are draft tours of day
    `on`, as for `EditTours`: they may carry the shipments that are made here. `what` names why.
    """

    what: str
    decisions: tuple[SourcingDecision, ...]
    before: tuple[SourcingDecision, ...] = ()
    on: date | None = None
    tours: tuple[Tour, ...] = ()
