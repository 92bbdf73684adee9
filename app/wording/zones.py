"""How an access zone reads: whom it keeps out, and in which hours of a day."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from app import formats
from app.domain.values import Window
from app.domain.zones import AccessZone, Ban
from app.i18n import _


class Hours(Protocol):
    """When something is closed on a day."""

    @property
    def windows(self) -> Sequence[Window]: ...
    @property
    def whole_day(self) -> bool: ...


def who(ban: Ban) -> str:
    """Whom a ban keeps out, in few words."""
    return f"{_kind(ban)}{_class(ban)}"


def closed_when(hours: Hours, zone: ZoneInfo) -> str:
    """When a ban holds on its day."""
    if hours.whole_day:
        return _("all day")
    if not hours.windows:
        return _("not that day")
    return ", ".join(formats.window(one.start, one.end, zone) for one in hours.windows)


def since_until(zone: AccessZone) -> str:
    """From when to when a zone is law."""
    if zone.valid_from is None and zone.valid_to is None:
        return ""
    if zone.valid_to is None:
        return _("since {day}").format(day=_day(zone.valid_from))
    if zone.valid_from is None:
        return _("until {day}").format(day=_day(zone.valid_to))
    return _("{first} to {last}").format(first=_day(zone.valid_from), last=_day(zone.valid_to))


def _day(on: date | None) -> str:
    return "" if on is None else formats.short_date(on)


def _kind(ban: Ban) -> str:
    if ban.above_kg is not None:
        tonnes = formats.number(ban.above_kg / 1_000, 1 if ban.above_kg % 1_000 else 0)
        return _("vehicles over {tonnes} t").format(tonnes=tonnes)
    if ban.heavy is None:
        return _("motor vehicles")
    return _("lorries") if ban.heavy else _("vans")


def _class(ban: Ban) -> str:
    match ban.critair_from:
        case None:
            return ""
        case "":
            return _(" without Crit'Air")
        case "5":
            return _(" Crit'Air 5 and none")
        case found:
            return _(" Crit'Air {found} and worse").format(found=found)
