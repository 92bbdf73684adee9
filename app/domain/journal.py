"""The journal: what any operation may be, what came of it, and the lines that are kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.acts.desk import (
    BookBatches,
    ChooseCarriers,
    PublishPolicy,
    SaveMapping,
    SaveView,
    Undo,
)
from app.domain.acts.ground import CountStock, StrikeNote, SwitchNode, SwitchZone, WriteNote
from app.domain.acts.offers import (
    AdvanceWork,
    ClaimOffer,
    DeclineOffer,
    GiveBack,
    LapseOffers,
    OpenOffer,
    SeeOffer,
    WidenOffer,
    WithdrawOffer,
)
from app.domain.acts.orders import (
    ApplySourcing,
    CancelOrder,
    CorrectAddress,
    ImportRows,
    MoveOrders,
    ReleaseOrder,
)
from app.domain.acts.tours import (
    EditTours,
    LockShipments,
    LockTour,
    SaveTours,
    SetTourState,
    Unlock,
    Unplan,
)
from app.domain.reasons import Reason

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
