"""Which columns the worklist has, and how they give way when there is little room."""

from app import formats
from app.domain.orders import Mode
from app.i18n import N_, _
from app.ui.icons import Icon
from app.ui.orders import cells, figures
from app.ui.orders.cells import Clock as Clock
from app.ui.orders.standing import SIGNS, Standing
from app.ui.orders.work_row import WorkRow
from app.ui.widgets.looks import Align, Mark, words
from app.ui.widgets.rows import Column

LEFT = "left"
NODE = "node"
#: Columns that wait in the chooser until somebody wants them.
HIDDEN_AT_FIRST = ("state", "street", "pieces", "value", "placed", "note")
MODES = {
    Mode.HOME_DELIVERY: (Icon.HOME, N_("Home delivery")),
    Mode.PICKUP_POINT: (Icon.PICKUP_POINT, N_("Pickup point")),
    Mode.CLICK_AND_COLLECT: (Icon.COLLECT, N_("Click and collect")),
}


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
            tooltip=cells.standing_tip,
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
            look=cells.town_look,
            sort=lambda row: (row.town.casefold(), row.postcode),
            tooltip=cells.town_tip,
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
            text=lambda row: cells.asked_text(row, clock),
            look=lambda row: cells.asked_look(row, clock),
            sort=lambda row: row.asked.start or row.asked.end,
            tooltip=lambda row: cells.asked_tip(row, clock),
            width=86,
        ),
        Column(
            name=LEFT,
            title=N_("Left"),
            hint=N_("Time left for the next step, before the promise is in danger"),
            text=lambda row: cells.left_text(row, clock),
            look=lambda row: cells.left_look(row, clock),
            sort=lambda row: None if row.deadline is None else row.deadline.at,
            tooltip=lambda row: cells.left_tip(row, clock),
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
            text=cells.node_text,
            look=cells.node_look,
            sort=lambda row: row.nodes or None,
            tooltip=cells.node_tip,
            width=150,
            least=62,
        ),
        Column(
            name="margin",
            title=N_("Margin"),
            hint=N_("Points ahead of the next node; on a tour, the slack of the stop"),
            text=cells.margin_text,
            look=cells.margin_look,
            sort=cells.margin_sort,
            align=Align.RIGHT,
            width=72,
            leaves=5,
        ),
        Column(
            name="by",
            title=N_("By"),
            hint=N_("The tour, the carrier or the collection"),
            text=cells.by_text,
            look=cells.by_look,
            sort=cells.by_sort,
            tooltip=cells.by_tip,
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
