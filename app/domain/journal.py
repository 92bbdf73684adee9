"""What people ask for: one frozen value per kind of operation, and the journal that keeps it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.domain.carriers import Batch, CarrierChoice
from app.domain.knowledge import Note
from app.domain.locks import TourLock
from app.domain.offers import DeclineReason, Shortfall, WorkState
from app.domain.orders import OrderLine
from app.domain.places import Located
from app.domain.policy import Policy
from app.domain.reasons import Reason
from app.domain.sourcing import SourcingDecision
from app.domain.tours import PlanState, Tour, TourPlan, Unplanned


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


@dataclass(frozen=True, slots=True)
class SwitchNode:
    """A node is to be opened or closed for sourcing, at once."""

    node: str
    active: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CountStock:
    """Somebody counted a product at a node: so many pieces are on hand, whatever was booked."""

    node: str
    sku: str
    counted: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SwitchZone:
    """An access zone is to hold or not: one phase by its key, or all that share its code."""

    zone: str
    active: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WriteNote:
    """What somebody knows is to bind the tours; a note with the same code is written anew."""

    note: Note


@dataclass(frozen=True, slots=True)
class StrikeNote:
    """A note is not to bind any more."""

    note: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CorrectAddress:
    """A place is to be remembered for an address, and wins over every geocoder."""

    address_key: str
    address: str
    place: Located


@dataclass(frozen=True, slots=True)
class SaveTours:
    """A day's draft tours are to be replaced by this plan; agreed and locked ones stay.

    `scenario` names the supposition that the plan was chosen from, empty = none.
    """

    plan: TourPlan
    scenario: str = ""


@dataclass(frozen=True, slots=True)
class SetTourState:
    """Tours are to be validated, published or closed; empty `tours` = all of the day."""

    on: date
    state: PlanState
    tours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LockTour:
    """A tour is to be left alone by the solver, or freed."""

    tour: str
    locked: bool


@dataclass(frozen=True, slots=True)
class Unplan:
    """Shipments are to be taken out of their draft tours; each touched tour comes re-timed."""

    shipments: tuple[str, ...]
    plan: TourPlan


@dataclass(frozen=True, slots=True)
class EditTours:
    """Draft tours of a day are to become as a person's hand left them, and no other tour.

    Each tour bears the revision it was looked at with, 0 = it is new; one without deliveries goes.
    `what` names the move, `shipments` are those it moved. `reason` says why a rule was broken or a
    lock not minded: then it was `forced`. `left` are those that no tour carries any more.
    """

    on: date
    what: str
    tours: tuple[Tour, ...]
    reason: str = ""
    forced: bool = False
    shipments: tuple[str, ...] = ()
    left: tuple[Unplanned, ...] = ()


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


@dataclass(frozen=True, slots=True)
class ChooseCarriers:
    """Carriers are to be kept for shipments, with what was refused and why."""

    choices: tuple[CarrierChoice, ...]


@dataclass(frozen=True, slots=True)
class BookBatches:
    """Export batches are to be kept for ever, bytes and all."""

    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class PublishPolicy:
    """A new version of the retailer's policy; `text` is the readable `rules.toml`.

    It is in force from `starts` on, None = as ever it was published.
    """

    policy: Policy
    text: str
    starts: datetime | None = None


@dataclass(frozen=True, slots=True)
class LockShipments:
    """What planning may not change is to be kept; a lock with the same code is taken over."""

    locks: tuple[TourLock, ...]


@dataclass(frozen=True, slots=True)
class Unlock:
    """A lock is not to hold any more."""

    code: str


@dataclass(frozen=True, slots=True)
class SaveMapping:
    """A named column mapping, as TOML, to be offered for the next file like it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SaveView:
    """A named view of the orders table; empty `text` forgets it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Undo:
    """An earlier entry is to be compensated, if its subjects have not moved on."""

    entry: str


Operation = (
    ImportRows
    | ApplySourcing
    | ReleaseOrder
    | CancelOrder
    | OpenOffer
    | WidenOffer
    | WithdrawOffer
    | LapseOffers
    | ClaimOffer
    | SeeOffer
    | DeclineOffer
    | GiveBack
    | AdvanceWork
    | SwitchNode
    | CountStock
    | SwitchZone
    | WriteNote
    | StrikeNote
    | CorrectAddress
    | SaveTours
    | SetTourState
    | LockTour
    | Unplan
    | EditTours
    | MoveOrders
    | ChooseCarriers
    | BookBatches
    | PublishPolicy
    | SaveMapping
    | SaveView
    | LockShipments
    | Unlock
    | Undo
)


class EntryState(StrEnum):
    """How far an entry has come."""

    PENDING = "pending"
    SETTLED = "settled"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit touched, so that each view decides whether to look again."""

    kinds: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    @classmethod
    def everything(cls) -> "Changes":
        return cls(frozenset({"*"}))

    def touch(self, *kinds: str) -> bool:
        return "*" in self.kinds or not self.kinds.isdisjoint(kinds)


@dataclass(frozen=True, slots=True)
class PartRefused:
    """One subject of an operation that was refused while the others went in."""

    subject: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Settled:
    """The end of an operation: its entry, what changed, which parts were refused, and counts."""

    entry: str
    kind: str
    state: EntryState
    changes: Changes = Changes()
    refused: tuple[PartRefused, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()

    def count(self, name: str) -> int:
        return dict(self.counts).get(name, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal, as people read it."""

    entry: str
    at: datetime
    actor: str
    kind: str
    state: EntryState
    summary: Reason
    undone_by: str = ""
    undoable: bool = False
