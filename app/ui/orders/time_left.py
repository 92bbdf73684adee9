"""How the time left reads: a figure, a tone that warns, and a sentence that says for what."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from app import formats
from app.i18n import N_, _
from app.ui.orders import figures
from app.ui.orders.deadlines import Deadline, Until
from app.ui.orders.standing import Standing
from app.ui.orders.work_row import WorkRow

#: Below these, deciding cannot wait.
URGENT_S = 15 * 60
SOON_S = 60 * 60
#: From here on, days say more than hours.
_IN_DAYS_S = 48 * 3600
_DAY_S = 24 * 3600
_MINUTE_S = 60

_TOLD = {
    Until.SOURCE: N_("To be given to a node by {at}"),
    Until.PREPARE: N_("To be prepared from {at} at the latest"),
    Until.LEAVE: N_("To leave its node by {at}"),
    Until.DOOR: N_("Promised by {at}"),
}
_TOLD_PASSED = {
    Until.SOURCE: N_("Should have been given to a node by {at}"),
    Until.PREPARE: N_("Should have been in preparation since {at}"),
    Until.LEAVE: N_("Should have left its node by {at}"),
    Until.DOOR: N_("Was promised by {at}"),
}


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """The figure with its tone; `strong` when nothing is more urgent."""

    text: str
    tone: str
    strong: bool = False


def time_left(row: WorkRow, now: datetime) -> TimeLeft | None:
    """What the line shows of its deadline; nothing for an order that is closed."""
    if row.deadline is None:
        return None
    left_s = row.deadline.left_s(now)
    tone, strong = _tone(row, left_s)
    return TimeLeft(_figure(left_s), tone, strong)


def told(deadline: Deadline, now: datetime, zone: tzinfo) -> str:
    """The deadline in a sentence."""
    sentences = _TOLD if deadline.at >= now else _TOLD_PASSED
    local, today = deadline.at.astimezone(zone).date(), now.astimezone(zone).date()
    at = (
        formats.clock(deadline.at, zone)
        if local == today
        else formats.short_moment(deadline.at, zone)
    )
    return _(sentences[deadline.until]).format(at=at)


def _tone(row: WorkRow, left_s: int) -> tuple[str, bool]:
    """Amber and red mean the same as everywhere: tight, and late or about to be."""
    if row.standing is Standing.LATE:
        return "danger", True
    if row.standing is Standing.TIGHT:
        return "warn", False
    if row.deadline is None or row.deadline.until is Until.DOOR:
        return "text2", False
    if left_s < URGENT_S:
        return "danger", True
    return ("warn", False) if left_s < SOON_S else ("text2", False)


def _figure(left_s: int) -> str:
    """Never more than there is: minutes left are rounded down, minutes lost as well."""
    if left_s >= 0:
        return _minutes(left_s) if left_s >= _MINUTE_S else formats.duration(1)
    lost = _minutes(-left_s)
    return lost if -left_s < _MINUTE_S else formats.MINUS + lost


def _minutes(seconds: int) -> str:
    if seconds >= _IN_DAYS_S:
        return _("{count} d").format(count=formats.number(seconds // _DAY_S))
    return figures.minutes(seconds)
