"""What the cells of a line say and how they look."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from math import floor
from zoneinfo import ZoneInfo

from app import formats
from app.domain.sourcing import SURE_MARGIN
from app.i18n import N_, _, n_
from app.ui.orders import figures
from app.ui.orders.standing import SIGNS, Standing
from app.ui.orders.time_left import time_left, told
from app.ui.orders.trouble import in_short
from app.ui.orders.work_row import Way, WorkRow
from app.ui.widgets.looks import Blank, Look, Meter, Run, TourChip, Words, figure, words
from app.wording import sentence

_FULL_MARGIN = 30.0
_TELLING_TONES = ("warn", "danger", "info")
_WAYS = {
    Way.COLLECT: N_("Collection"),
    Way.TOUR: N_("Tour"),
    Way.CARRIER: N_("Carrier"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """What cells must know besides their line."""

    now: Callable[[], datetime]
    zone: Callable[[], ZoneInfo]
    day: Callable[[], date]


def standing_tip(row: WorkRow) -> str:
    """The standing in a word, and why it was left out of the tours."""
    lines = [_(SIGNS[row.standing].word)]
    if row.source.unplanned is not None:
        lines += [sentence(reason) for reason in row.source.unplanned.reasons]
    return "\n".join(lines)


def town_look(row: WorkRow) -> Look:
    """Postcode and town, marked where the place is only approximate."""
    runs = [Run(row.postcode, "text2", drops=True), Run(row.town)]
    if row.approximate and row.standing is not Standing.CHECK_ADDRESS:
        runs.append(Run("≈", "warn"))
    return Words(tuple(run for run in runs if run.text))


def town_tip(row: WorkRow) -> str:
    """The whole address, and how far its place can be trusted."""
    line = row.source.order.address.one_line
    place = row.source.place
    if not row.approximate or place is None:
        return line
    trust = _("Placed approximately: {share}").format(share=formats.whole_share(place.score))
    return f"{line}\n{trust}"


def asked_text(row: WorkRow, clock: Clock) -> str:
    """When the customer is to have it."""
    return figures.asked(row.asked.start, row.asked.end, clock.zone(), clock.day())


def asked_look(row: WorkRow, clock: Clock) -> Look:
    """A promise stands out from a wish."""
    return figure(asked_text(row, clock), "text1" if row.asked.promised else "text3")


def asked_tip(row: WorkRow, clock: Clock) -> str:
    """The day and the window, and whether it is a promise."""
    asked, zone = row.asked, clock.zone()
    moment = asked.end or asked.start
    if moment is None:
        return ""
    day = formats.long_date(moment.astimezone(zone).date())
    what = _("Promised") if asked.promised else _("Not promised: wished, or by the rules")
    return f"{what}\n{day}, {formats.window(asked.start, asked.end, zone)}"


def left_text(row: WorkRow, clock: Clock) -> str:
    """The time left at this moment."""
    left = time_left(row, clock.now())
    return "" if left is None else left.text


def left_look(row: WorkRow, clock: Clock) -> Look:
    """The time left in the tone of its urgency."""
    left = time_left(row, clock.now())
    return Blank() if left is None else figure(left.text, left.tone, strong=left.strong)


def left_tip(row: WorkRow, clock: Clock) -> str:
    """What the time is left for."""
    return "" if row.deadline is None else told(row.deadline, clock.now(), clock.zone())


def node_text(row: WorkRow) -> str:
    """The node, or why there is none."""
    if row.trouble is not None:
        return in_short(row.trouble)
    if not row.nodes:
        return ""
    return f"{'+'.join(row.nodes)} {_beside_node(row)}".strip()


def node_look(row: WorkRow) -> Look:
    """Code and name; a trouble in its tone, over the empty cells beside it."""
    if row.trouble is not None:
        tone = SIGNS[row.standing].tone
        shown = tone if tone in _TELLING_TONES else "danger"
        return Words((Run(in_short(row.trouble), shown),), spills=True)
    if not row.nodes:
        return Blank()
    tone = "warn" if row.standing is Standing.PART else "text2"
    beside = Run(_beside_node(row), tone, drops=True)
    return Words((Run("+".join(row.nodes), strong=True, width=30), beside))


def node_tip(row: WorkRow) -> str:
    """Everything that is said of the suggestion."""
    if row.suggestion is None:
        return node_text(row)
    return "\n".join([node_text(row), *(sentence(reason) for reason in row.suggestion.reasons)])


def margin_text(row: WorkRow) -> str:
    """Points ahead of the next node; on a tour, the slack of the stop."""
    if row.slack_s is not None:
        return _slack(row)
    if row.margin is None or not row.nodes:
        return ""
    return figures.count(floor(row.margin))  # 4.7 is below five points, and reads so


def margin_look(row: WorkRow) -> Look:
    """A bar for points, a figure for slack."""
    text = margin_text(row)
    if not text:
        return Blank()
    if row.slack_s is not None:
        return _slack_look(row, text)
    margin = row.margin or 0.0
    fill, tone = ("warn_solid", "warn") if margin < SURE_MARGIN else ("text3", "text2")
    return Meter(margin / _FULL_MARGIN, text, fill, tone)


def margin_sort(row: WorkRow) -> tuple[int, float] | None:
    """Points and minutes are never compared: tours come after what is to be sourced."""
    if row.slack_s is not None:
        return 1, float(row.slack_s - row.late_s)
    if row.margin is None or not row.nodes:
        return None
    return 0, row.margin


def by_text(row: WorkRow) -> str:
    """The tour, the carrier, or what is to be expected."""
    if row.tours:
        return " ".join(f"T{number}" for number in row.tours)
    if row.carriers:
        return ", ".join(row.carriers)
    return _(_WAYS[row.way]) if row.way else ""


def by_look(row: WorkRow) -> Look:
    """A chip for a tour; what is only expected stands back."""
    if row.tours:
        more = len(row.tours) - 1
        return TourChip(row.tours[0], f"+{more}" if more else "")
    text = by_text(row)
    if not text:
        return Blank()
    known = row.carriers or row.way is Way.COLLECT
    return words(text, "text2" if known else "text3", small=True)


def by_sort(row: WorkRow) -> tuple[tuple[int, ...], str] | None:
    """Tours by their number, then carriers by name."""
    text = by_text(row)
    return (row.tours, text) if text else None


def by_tip(row: WorkRow) -> str:
    """The stop on the tour, or the reference of the booking."""
    if row.tours and row.position:
        return _("Tour {tour}, stop {position}").format(tour=by_text(row), position=row.position)
    references = [s.reference for s in row.source.shipments if s.reference]
    if references:
        return _("{carrier}, booked under {references}").format(
            carrier=by_text(row), references=", ".join(references)
        )
    if row.carriers:
        return _("{carrier}, not booked yet").format(carrier=by_text(row))
    return _("To be expected: {way}").format(way=by_text(row)) if row.way else ""


def _beside_node(row: WorkRow) -> str:
    """The node's name; for several, or for a part, what that means."""
    if row.standing is Standing.PART:
        return _("{served} of {pieces}").format(served=row.served, pieces=row.pieces)
    if len(row.nodes) > 1:
        count = len(row.nodes)
        return n_("{count} shipment", "{count} shipments", count).format(count=count)
    return row.node_name


def _slack(row: WorkRow) -> str:
    if row.late_s:
        return formats.change(formats.duration, row.late_s)
    return figures.minutes(row.slack_s or 0)


def _slack_look(row: WorkRow, text: str) -> Look:
    if row.late_s:
        return figure(text, "danger", strong=True)
    return figure(text, "warn" if row.standing is Standing.TIGHT else "text2")
