"""Which columns the worklist has, and how each line fills them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from math import floor
from zoneinfo import ZoneInfo

from app import formats
from app.domain.orders import Mode
from app.domain.sourcing import SURE_MARGIN
from app.i18n import N_, _, n_
from app.ui.icons import Icon
from app.ui.orders import figures
from app.ui.orders.standing import SIGNS, Standing
from app.ui.orders.time_left import time_left, told
from app.ui.orders.trouble import in_short
from app.ui.orders.work_row import Way, WorkRow
from app.ui.widgets.looks import (
    Align,
    Blank,
    Look,
    Mark,
    Meter,
    Run,
    TourChip,
    Words,
    figure,
    words,
)
from app.ui.widgets.rows import Column
from app.wording import sentence

LEFT = "left"
NODE = "node"
#: Columns that wait in the chooser until somebody wants them.
HIDDEN_AT_FIRST = ("state", "street", "pieces", "value", "placed", "note")

_FULL_MARGIN = 30.0
_FULL_SLACK_S = 3600
MODES = {
    Mode.HOME_DELIVERY: (Icon.HOME, N_("Home delivery")),
    Mode.PICKUP_POINT: (Icon.PICKUP_POINT, N_("Pickup point")),
    Mode.CLICK_AND_COLLECT: (Icon.COLLECT, N_("Click and collect")),
}
_WAYS = {
    Way.COLLECT: N_("Collection"),
    Way.TOUR: N_("Tour"),
    Way.CARRIER: N_("Carrier"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """What the cells must know besides their line."""

    now: Callable[[], datetime]
    zone: Callable[[], ZoneInfo]
    day: Callable[[], date]


def columns(clock: Clock) -> list[Column[WorkRow]]:
    """All columns, in their first order; what gives way first has the lowest `leaves`."""
    return [*_who(), *_what(clock), *_answer(), *_more(clock)]


def _who() -> list[Column[WorkRow]]:
    return [
        Column(
            name="standing",
            title="",
            hint=N_("How the order stands"),
            text=lambda row: _(SIGNS[row.standing].word),
            look=lambda row: Mark(SIGNS[row.standing].icon, SIGNS[row.standing].tone),
            sort=lambda row: tuple(Standing).index(row.standing),
            tooltip=_standing_tip,
            align=Align.CENTRE,
            width=26,
        ),
        Column(
            name="order",
            title=N_("Order"),
            text=lambda row: formats.order_number(row.code),
            look=lambda row: words(formats.order_number(row.code), strong=True),
            copy=lambda row: row.code,
            width=70,
        ),
        Column(
            name="client",
            title=N_("Client"),
            text=lambda row: row.customer,
            width=112,
            least=76,
            grows=True,
        ),
        Column(
            name="town",
            title=N_("Town"),
            text=lambda row: f"{row.postcode} {row.town}".strip(),
            look=_town,
            sort=lambda row: (row.town.casefold(), row.postcode),
            tooltip=_town_tip,
            width=150,
            least=78,
            grows=True,
        ),
    ]


def _what(clock: Clock) -> list[Column[WorkRow]]:
    return [
        Column(
            name="mode",
            title="",
            hint=N_("How the goods reach the customer"),
            text=lambda row: _(MODES[row.mode][1]),
            look=lambda row: Mark(MODES[row.mode][0]),
            sort=lambda row: tuple(Mode).index(row.mode),
            align=Align.CENTRE,
            width=28,
            leaves=4,
        ),
        Column(
            name="parcels",
            title=N_("Parcels"),
            text=lambda row: "" if row.parcels is None else figures.count(row.parcels),
            sort=lambda row: row.parcels,
            align=Align.RIGHT,
            width=44,
            leaves=2,
        ),
        Column(
            name="weight",
            title="kg",
            hint=N_("Weight"),
            text=lambda row: "" if row.weight_g is None else figures.kilograms(row.weight_g),
            sort=lambda row: row.weight_g,
            align=Align.RIGHT,
            width=50,
            leaves=3,
        ),
        Column(
            name="promised",
            title=N_("Promised"),
            text=lambda row: _asked(row, clock),
            look=lambda row: _asked_look(row, clock),
            sort=lambda row: row.asked.start or row.asked.end,
            tooltip=lambda row: _asked_tip(row, clock),
            width=86,
        ),
        Column(
            name=LEFT,
            title=N_("Left"),
            hint=N_("Time left for the next step, before the promise is in danger"),
            text=lambda row: _left(row, clock),
            look=lambda row: _left_look(row, clock),
            sort=lambda row: None if row.deadline is None else row.deadline.at,
            tooltip=lambda row: "" if row.deadline is None else _told(row, clock),
            align=Align.RIGHT,
            width=64,
        ),
    ]


def _answer() -> list[Column[WorkRow]]:
    return [
        Column(
            name=NODE,
            title=N_("Suggestion"),
            short_title=N_("From node"),
            hint=N_("The node suggested, or the one that has the order"),
            text=_node,
            look=_node_look,
            sort=lambda row: row.nodes or None,
            tooltip=_node_tip,
            width=150,
            least=62,
        ),
        Column(
            name="margin",
            title=N_("Margin"),
            hint=N_("Points ahead of the next node; on a tour, the slack of the stop"),
            text=_margin,
            look=_margin_look,
            sort=_margin_sort,
            align=Align.RIGHT,
            width=72,
            leaves=5,
        ),
        Column(
            name="by",
            title=N_("By"),
            hint=N_("The tour, the carrier or the collection"),
            text=_by,
            look=_by_look,
            sort=lambda row: (row.tours, _by(row)) if row.tours or _by(row) else None,
            tooltip=_by_tip,
            width=112,
            least=80,
        ),
    ]


def _more(clock: Clock) -> list[Column[WorkRow]]:
    return [
        Column(
            name="state",
            title=N_("State"),
            text=lambda row: _(SIGNS[row.standing].word),
            sort=lambda row: tuple(Standing).index(row.standing),
            width=150,
            leaves=1,
        ),
        Column(
            name="street",
            title=N_("Street"),
            text=lambda row: row.source.order.address.street,
            width=150,
            leaves=1,
        ),
        Column(
            name="pieces",
            title=N_("Pieces"),
            text=lambda row: figures.count(row.pieces),
            sort=lambda row: row.pieces,
            align=Align.RIGHT,
            width=48,
            leaves=1,
        ),
        Column(
            name="value",
            title="€",
            hint=N_("Value of the goods"),
            text=lambda row: formats.amount(row.source.order.value_cents),
            sort=lambda row: row.source.order.value_cents,
            align=Align.RIGHT,
            width=64,
            leaves=1,
        ),
        Column(
            name="placed",
            title=N_("Placed"),
            text=lambda row: formats.short_moment(row.source.order.placed_at, clock.zone()),
            sort=lambda row: row.source.order.placed_at,
            width=104,
            leaves=1,
        ),
        Column(
            name="note",
            title=N_("Note"),
            text=lambda row: row.source.order.note,
            width=150,
            leaves=1,
        ),
    ]


def _standing_tip(row: WorkRow) -> str:
    lines = [_(SIGNS[row.standing].word)]
    if row.source.unplanned is not None:
        lines += [sentence(reason) for reason in row.source.unplanned.reasons]
    return "\n".join(lines)


def _town(row: WorkRow) -> Look:
    runs = [Run(row.postcode, "text2", drops=True), Run(row.town)]
    if row.approximate and row.standing is not Standing.CHECK_ADDRESS:
        runs.append(Run("≈", "warn"))
    return Words(tuple(run for run in runs if run.text))


def _town_tip(row: WorkRow) -> str:
    line = row.source.order.address.one_line
    place = row.source.place
    if not row.approximate or place is None:
        return line
    trust = _("Placed approximately: {share}").format(share=formats.whole_share(place.score))
    return f"{line}\n{trust}"


def _asked(row: WorkRow, clock: Clock) -> str:
    return figures.asked(row.asked.start, row.asked.end, clock.zone(), clock.day())


def _asked_look(row: WorkRow, clock: Clock) -> Look:
    return figure(_asked(row, clock), "text1" if row.asked.promised else "text3")


def _asked_tip(row: WorkRow, clock: Clock) -> str:
    asked, zone = row.asked, clock.zone()
    moment = asked.end or asked.start
    if moment is None:
        return ""
    day = formats.long_date(moment.astimezone(zone).date())
    what = _("Promised") if asked.promised else _("Not promised: wished, or by the rules")
    return f"{what}\n{day}, {formats.window(asked.start, asked.end, zone)}"


def _left(row: WorkRow, clock: Clock) -> str:
    left = time_left(row, clock.now())
    return "" if left is None else left.text


def _left_look(row: WorkRow, clock: Clock) -> Look:
    left = time_left(row, clock.now())
    return Blank() if left is None else figure(left.text, left.tone, strong=left.strong)


def _told(row: WorkRow, clock: Clock) -> str:
    return "" if row.deadline is None else told(row.deadline, clock.now(), clock.zone())


def _node(row: WorkRow) -> str:
    if row.trouble is not None:
        return in_short(row.trouble)
    if not row.nodes:
        return ""
    return f"{'+'.join(row.nodes)} {_beside_node(row)}".strip()


def _beside_node(row: WorkRow) -> str:
    """The node's name; for several, or for a part, what that means."""
    if row.standing is Standing.PART:
        return _("{served} of {pieces}").format(served=row.served, pieces=row.pieces)
    if len(row.nodes) > 1:
        count = len(row.nodes)
        return n_("{count} shipment", "{count} shipments", count).format(count=count)
    return row.node_name


def _node_look(row: WorkRow) -> Look:
    if row.trouble is not None:
        sign = SIGNS[row.standing]
        tone = sign.tone if sign.tone in ("warn", "danger", "info") else "danger"
        return Words((Run(in_short(row.trouble), tone),), spills=True)
    if not row.nodes:
        return Blank()
    tone = "warn" if row.standing is Standing.PART else "text2"
    beside = Run(_beside_node(row), tone, drops=True)
    return Words((Run("+".join(row.nodes), strong=True, width=30), beside))


def _node_tip(row: WorkRow) -> str:
    if row.suggestion is None:
        return _node(row)
    return "\n".join([_node(row), *(sentence(reason) for reason in row.suggestion.reasons)])


def _margin(row: WorkRow) -> str:
    if row.slack_s is not None:
        return _slack(row)
    if row.margin is None or not row.nodes:
        return ""
    return figures.count(floor(row.margin))  # 4.7 is below five points, and reads so


def _slack(row: WorkRow) -> str:
    if row.late_s:
        return formats.change(formats.duration, row.late_s)
    return figures.minutes(row.slack_s or 0)


def _margin_look(row: WorkRow) -> Look:
    text = _margin(row)
    if not text:
        return Blank()
    if row.slack_s is not None:
        return _slack_look(row, text)
    margin = row.margin or 0.0
    close = margin < SURE_MARGIN
    fill, tone = ("warn_solid", "warn") if close else ("text3", "text2")
    return Meter(margin / _FULL_MARGIN, text, fill, tone)


def _slack_look(row: WorkRow, text: str) -> Look:
    if row.late_s:
        return figure(text, "danger", strong=True)
    return figure(text, "warn" if row.standing is Standing.TIGHT else "text2")


def _margin_sort(row: WorkRow) -> tuple[int, float] | None:
    """Points and minutes are never compared: tours come after what is to be sourced."""
    if row.slack_s is not None:
        return 1, float(row.slack_s - row.late_s)
    if row.margin is None or not row.nodes:
        return None
    return 0, row.margin


def _by(row: WorkRow) -> str:
    if row.tours:
        return " ".join(f"T{number}" for number in row.tours)
    if row.carriers:
        return ", ".join(row.carriers)
    return _(_WAYS[row.way]) if row.way else ""


def _by_look(row: WorkRow) -> Look:
    if row.tours:
        more = len(row.tours) - 1
        return TourChip(row.tours[0], f"+{more}" if more else "")
    text = _by(row)
    if not text:
        return Blank()
    known = row.carriers or row.way is Way.COLLECT
    return words(text, "text2" if known else "text3", small=True)


def _by_tip(row: WorkRow) -> str:
    if row.tours and row.position:
        return _("Tour {tour}, stop {position}").format(tour=_by(row), position=row.position)
    references = [s.reference for s in row.source.shipments if s.reference]
    if references:
        return _("{carrier}, booked under {references}").format(
            carrier=_by(row), references=", ".join(references)
        )
    if row.carriers:
        return _("{carrier}, not booked yet").format(carrier=_by(row))
    return _("To be expected: {way}").format(way=_by(row)) if row.way else ""
