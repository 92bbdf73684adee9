"""What an entry is about, in one line: how many subjects, which one, which file or day."""

from datetime import datetime

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
from app.domain.journal import Operation
from app.domain.policy import Policy
from app.domain.reasons import Reason, because
from db.entry_kinds import kind_of


def summary_of(wanted: Operation) -> Reason:  # noqa: C901 - one line a kind
    """The entry in one sentence: how many subjects, which one, which file or day."""
    match wanted:
        case ImportRows(kind, file, rows):
            return because(f"entry_import_{kind}", count=len(rows), file=file)
        case ApplySourcing((one,)):
            nodes = "+".join(s.node for s in one.shipments)
            return because("entry_source_one", order=one.order, nodes=nodes)
        case ApplySourcing(many):
            return because("entry_source", count=len(many))
        case ReleaseOrder(order, _) | CancelOrder(order, _):
            return because(f"entry_{kind_of(wanted)}", order=order)
        case OpenOffer(order, asked) | WidenOffer(order, asked):
            named = ", ".join(one.node for one in asked)
            return because(f"entry_{kind_of(wanted)}", order=order, nodes=named)
        case WithdrawOffer(order, _):
            return because("entry_withdraw_offer", order=order)
        case LapseOffers(some):
            return because("entry_lapse_offers", count=len(some))
        case ClaimOffer(order, node) | SeeOffer(order, node):
            return because(f"entry_{kind_of(wanted)}", order=order, node=node)
        case DeclineOffer(order, node, reason) | GiveBack(order, node, reason):
            return because(f"entry_{kind_of(wanted)}", order=order, node=node, decline=reason.value)
        case AdvanceWork(shipment, state):
            return because("entry_work", shipment=shipment, work=state.value)
        case SwitchNode(node, active, _):
            return because("entry_open_node" if active else "entry_close_node", node=node)
        case CountStock(node, sku, counted, reason):
            return because("entry_count_stock", node=node, sku=sku, counted=counted, said=reason)
        case SwitchZone(zone, active, reason):
            return _switched(zone, active=active, reason=reason)
        case WriteNote(note):
            return because("entry_write_note", note=note.code, subject=note.subject)
        case StrikeNote(note, _):
            return because("entry_strike_note", note=note)
        case CorrectAddress(_, address, _):
            return because("entry_correct_address", address=address)
        case SaveTours(plan, ""):
            return because("entry_save_tours", count=len(plan.tours), on=plan.on.isoformat())
        case SaveTours(plan, scenario):
            count, on = len(plan.tours), plan.on.isoformat()
            return because("entry_adopt_scenario", count=count, on=on, scenario=scenario)
        case SetTourState(on, state, some):
            name = ", ".join(_number(code) for code in some)
            code = f"entry_{state.value}_tours" if some else f"entry_{state.value}_day"
            return because(code, tours=name, on=on.isoformat())
        case LockTour(tour, locked):
            return because("entry_lock_tour" if locked else "entry_unlock_tour", tour=_number(tour))
        case Unplan(some, _):
            return because("entry_unplan", count=len(some), name=some[0] if some else "")
        case EditTours():
            return _edited(wanted)
        case MoveOrders(what, decisions):
            return because(f"entry_move_{what}", count=len(decisions))
        case ChooseCarriers(choices):
            return because("entry_choose_carriers", count=len(choices))
        case BookBatches(batches):
            references = ", ".join(batch.reference for batch in batches)
            return because("entry_book", count=len(batches), references=references)
        case PublishPolicy(policy, _, datetime() as starts):
            return _dated(policy, starts)
        case PublishPolicy(policy, _):
            return because("entry_publish_policy", version=policy.version, label=policy.label)
        case SaveMapping(name, _) | SaveView(name, _):
            return because(f"entry_{kind_of(wanted)}", name=name)
        case LockShipments(locks):
            names = dict.fromkeys(name for lock in locks for name in lock.shipments)
            return because("entry_lock_shipments", shipments=", ".join(names))
        case Unlock(code):
            return because("entry_unlock", lock=code)
        case Undo():
            return because("entry_undo")


def _switched(zone: str, *, active: bool, reason: str) -> Reason:
    """Which access zone holds again, or no more; why, where that was said."""
    code = "entry_zone_on" if active else "entry_zone_off"
    if reason:
        return because(f"{code}_why", zone=zone.strip("/"), said=reason)
    return because(code, zone=zone.strip("/"))


def _dated(policy: Policy, starts: datetime) -> Reason:
    starts_at = starts.isoformat(timespec="seconds")
    return because(
        "entry_date_policy",
        version=policy.version,
        label=policy.label,
        starts_on=starts_at[:10],
        starts_at=starts_at,
    )


def _edited(wanted: EditTours) -> Reason:
    """What a hand did, to which tours, and why where a rule was broken."""
    names = ", ".join(f"T{tour.number}" for tour in wanted.tours)
    if wanted.forced:
        return because("entry_edit_forced", tours=names, said=wanted.reason)
    last = wanted.tours[-1] if wanted.tours else None
    tour = "" if last is None else f"T{last.number}"
    return because(f"entry_edit_{wanted.what}", tours=names, tour=tour, count=len(wanted.shipments))


def _number(tour: str) -> str:
    """A tour's number alone, `T3`, as people call it."""
    return tour.rpartition("-")[2]
