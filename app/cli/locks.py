"""Commands about what planning may not change: lock, unlock."""

import argparse
from datetime import date, datetime
from typing import Any

from app.cli.context import Answer, Call, Command
from app.cli.options import with_day
from app.cli.parsing import WrongUsage, a_time
from app.domain.locks import LockKind, TourLock
from app.i18n import _
from app.operations import (
    locks,
)

_LOCKS = {
    "vehicle": LockKind.VEHICLE,
    "not_vehicle": LockKind.NOT_VEHICLE,
    "time": LockKind.AT,
    "together": LockKind.TOGETHER,
    "apart": LockKind.APART,
    "first": LockKind.FIRST,
}


_LOCK_USAGE = (
    "regie lock --date D [--shipment S] [--reason R]"
    " [--vehicle V | --not-vehicle V | --time HH:MM | --together | --apart | --first V]"
)


_OF_SEVERAL = (LockKind.TOGETHER, LockKind.APART, LockKind.FIRST)


def _lock(call: Call) -> Answer:
    options, settled = call.options, None
    made = _locks_asked(call)
    if made:
        settled = locks.lock_shipments(call.workspace, made)
    return _locks_answer(locks.as_document(call.workspace, options.date, settled))


def _locks_asked(call: Call) -> tuple[TourLock, ...]:
    """The locks that the command line lays down; none = those of the day are listed."""
    options, shipments = call.options, tuple(call.options.shipment or ())
    name = next((name for name in _LOCKS if getattr(options, name)), None)
    if name is None or not shipments:
        if name is not None or shipments:
            raise _unclear(_("say which shipments, and what is to hold for them."))
        return ()
    kind, said = _LOCKS[name], getattr(options, name)
    if kind in (LockKind.TOGETHER, LockKind.APART) and len(set(shipments)) < 2:
        raise _unclear(_("at least two shipments are needed for that."))
    at = datetime.combine(options.date, said, call.workspace.zone) if name == "time" else None
    each = [shipments] if kind in _OF_SEVERAL else [(shipment,) for shipment in shipments]
    vehicle = said if isinstance(said, str) else ""
    return tuple(TourLock(options.date, kind, names, vehicle, at, options.reason) for names in each)


def _unclear(message: str) -> WrongUsage:
    return WrongUsage(message, _("usage: ") + _LOCK_USAGE)


def _unlock(call: Call) -> Answer:
    settled = locks.unlock(call.workspace, call.options.lock)
    on = date.fromisoformat(call.options.lock[:10])
    return _locks_answer(locks.as_document(call.workspace, on, settled))


def _locks_answer(document: dict[str, Any]) -> Answer:
    lines = [f"{lock['code']}  {lock['text']}" for lock in document["locks"]]
    return Answer(document, "\n".join(lines) or _("Nothing is locked that day."))


def _lock_options(parser: argparse.ArgumentParser) -> None:
    with_day(parser)
    parser.add_argument(
        "--shipment",
        action="append",
        metavar="S",
        help=_("the shipment; may be repeated. Without it the day's locks are listed"),
    )
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--vehicle", metavar="V", help=_("only on this vehicle"))
    one.add_argument("--not-vehicle", metavar="V", help=_("never on this vehicle"))
    one.add_argument("--time", type=a_time, metavar="HH:MM", help=_("at this time"))
    one.add_argument("--together", action="store_true", help=_("on one vehicle"))
    one.add_argument("--apart", action="store_true", help=_("on different vehicles"))
    one.add_argument("--first", metavar="V", help=_("first on this vehicle, in this order"))
    parser.add_argument("--reason", default="", metavar="R", help=_("why"))


def _unlock_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lock", metavar="CODE", help=_("the lock's code, as `lock` lists it"))


LOCKS = {
    "lock": Command(_lock, _lock_options),
    "unlock": Command(_unlock, _unlock_options),
}
