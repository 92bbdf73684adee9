"""Which kinds of entries the journal has, and which rows an import may bring."""

from typing import Any

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
from app.domain.carriers import (
    Carrier,
    CarrierService,
    PickupPoint,
    Surcharge,
    TariffLine,
    ZoneRule,
)
from app.domain.fleet import Vehicle
from app.domain.journal import Operation
from app.domain.knowledge import Note
from app.domain.nodes import Product, StockNode
from app.domain.orders import Order
from app.domain.stock import StockCell
from app.domain.zones import AccessZone

KINDS: dict[str, type[Any]] = {
    "import": ImportRows,
    "source": ApplySourcing,
    "release": ReleaseOrder,
    "cancel": CancelOrder,
    "offer": OpenOffer,
    "widen_offer": WidenOffer,
    "withdraw_offer": WithdrawOffer,
    "lapse_offers": LapseOffers,
    "claim": ClaimOffer,
    "see_offer": SeeOffer,
    "decline": DeclineOffer,
    "give_back": GiveBack,
    "work": AdvanceWork,
    "switch_node": SwitchNode,
    "switch_zone": SwitchZone,
    "count_stock": CountStock,
    "write_note": WriteNote,
    "strike_note": StrikeNote,
    "correct_address": CorrectAddress,
    "save_tours": SaveTours,
    "tour_state": SetTourState,
    "lock_tour": LockTour,
    "unplan": Unplan,
    "edit_tours": EditTours,
    "move_orders": MoveOrders,
    "choose_carriers": ChooseCarriers,
    "book": BookBatches,
    "publish_policy": PublishPolicy,
    "save_mapping": SaveMapping,
    "save_view": SaveView,
    "lock_shipments": LockShipments,
    "unlock": Unlock,
    "undo": Undo,
}
_NAMES = {kind: name for name, kind in KINDS.items()}
#: What the rows of an import are, by kind.
ROW_KINDS: dict[str, type[Any]] = {
    "node": StockNode,
    "product": Product,
    "stock": StockCell,
    "order": Order,
    "vehicle": Vehicle,
    "access_zone": AccessZone,
    "note": Note,
    "carrier": Carrier,
    "service": CarrierService,
    "zone": ZoneRule,
    "tariff": TariffLine,
    "surcharge": Surcharge,
    "pickup_point": PickupPoint,
}


def kind_of(operation: Operation) -> str:
    """The journal's name for an operation."""
    return _NAMES[type(operation)]
