"""What the tours left out: each shipment with its traffic light and every vehicle's reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app import formats
from app.domain.reasons import Reason
from app.domain.tours import Colour
from app.i18n import N_, _, n_
from app.ui.icons import Icon
from app.ui.widgets.looks import Align, Elide, Look, Mark, Run, Words, figure, words
from app.ui.widgets.rows import Column
from app.wording import sentence
from db.queries.board import OrderRow, ShipmentRow

_ORDER = (Colour.RED, Colour.YELLOW, Colour.GREEN)
LIGHTS = {
    Colour.RED: (Icon.NO_CANDIDATE, "danger"),
    Colour.YELLOW: (Icon.WARNING, "warn"),
    Colour.GREEN: (Icon.CARRIER, "success"),
}
_VERDICTS = {
    Colour.RED: N_("Impossible"),
    Colour.YELLOW: N_("Would displace others"),
    Colour.GREEN: N_("Cheaper by carrier"),
}
_EXPLAINED = {
    Colour.RED: N_("No vehicle could bring it, not even alone."),
    Colour.YELLOW: N_("A vehicle could bring it, in the place of other stops."),
    Colour.GREEN: N_("A vehicle could bring it, a carrier brings it for less."),
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A shipment that waits, with its reasons in the order the planner gave them."""

    row: OrderRow
    shipment: ShipmentRow
    colour: Colour
    reasons: tuple[str, ...]
    hours: str

    @property
    def order(self) -> str:
        return self.row.code

    @property
    def verdict(self) -> str:
        return _(_VERDICTS[self.colour])

    @property
    def explained(self) -> str:
        return _(_EXPLAINED[self.colour])


def left_out(
    rows: Iterable[OrderRow], vehicle_names: Mapping[str, str], hours: Mapping[str, str]
) -> tuple[LeftOut, ...]:
    """All that was left out, impossible first; vehicles are called by their names.

    `hours` are the windows of the orders in words.
    """
    found = [
        LeftOut(
            row,
            shipment,
            shipment.unplanned.colour,
            tuple(dict.fromkeys(_said(r, vehicle_names) for r in shipment.unplanned.reasons)),
            hours.get(row.code, ""),
        )
        for row in rows
        for shipment in row.shipments
        if shipment.unplanned is not None
    ]
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.colour), one.shipment.code)))


def summary_of(everything: Iterable[LeftOut]) -> str:
    """How many there are of each colour."""
    colours = [one.colour for one in everything]
    return " · ".join(_counts(colours))


def columns() -> list[Column[LeftOut]]:
    """The columns of the list; what gives way first has the lowest `leaves`."""
    return [
        Column(
            name="light",
            title="",
            hint=N_("Whether a vehicle could bring it"),
            text=lambda one: one.verdict,
            look=_light,
            sort=lambda one: _ORDER.index(one.colour),
            align=Align.CENTRE,
            width=26,
        ),
        Column(
            name="order",
            title=N_("Order"),
            text=lambda one: formats.order_number(one.order),
            look=lambda one: words(formats.order_number(one.order), strong=True),
            copy=lambda one: one.order,
            width=72,
        ),
        Column(
            name="client",
            title=N_("Client"),
            text=lambda one: one.row.customer,
            width=130,
            least=90,
            leaves=4,
        ),
        Column(
            name="town",
            title=N_("Town"),
            text=lambda one: f"{one.row.postcode} {one.row.town}".strip(),
            look=lambda one: Words((Run(one.row.postcode, "text2", drops=True), Run(one.row.town))),
            sort=lambda one: one.row.town,
            width=150,
            least=90,
            leaves=3,
        ),
        Column(
            name="window",
            title=N_("Window"),
            text=lambda one: one.hours,
            sort=lambda one: one.row.window.start,
            width=92,
            leaves=2,
        ),
        Column(
            name="weight",
            title="kg",
            hint=N_("Weight"),
            text=lambda one: formats.kilograms(one.shipment.load.weight_g),
            look=lambda one: figure(formats.kilograms(one.shipment.load.weight_g)),
            sort=lambda one: one.shipment.load.weight_g,
            align=Align.RIGHT,
            width=54,
            leaves=1,
        ),
        Column(
            name="reason",
            title=N_("Why"),
            text=_shortest,
            look=_why,
            tooltip=lambda one: "\n".join((one.explained, *one.reasons)),
            width=360,
            least=150,
            grows=True,
        ),
    ]


def _light(one: LeftOut) -> Look:
    return Mark(*LIGHTS[one.colour])


def _why(one: LeftOut) -> Look:
    tone = LIGHTS[one.colour][1]
    return Words(
        (Run(one.verdict, tone, strong=True, drops=True), Run(_shortest(one), "text2")),
        Elide.END,
        gap=8,
    )


def _shortest(one: LeftOut) -> str:
    return one.reasons[0] if one.reasons else one.explained


def _said(reason: Reason, vehicle_names: Mapping[str, str]) -> str:
    """The reason in words, with the vehicle's name in the place of its code."""
    facts = tuple(
        (name, vehicle_names.get(str(value), value) if name == "vehicle" else value)
        for name, value in reason
    )
    return sentence(Reason(reason.code, facts))


def _counts(colours: list[Colour]) -> Iterator[str]:
    total = len(colours)
    yield n_("{count} shipment", "{count} shipments", total).format(count=formats.number(total))
    for colour in _ORDER:
        if count := colours.count(colour):
            yield _count(colour, count).format(count=formats.number(count))


def _count(colour: Colour, count: int) -> str:
    match colour:
        case Colour.RED:
            return n_("{count} impossible", "{count} impossible", count)
        case Colour.YELLOW:
            return n_("{count} would displace others", "{count} would displace others", count)
        case Colour.GREEN:
            return n_("{count} cheaper by carrier", "{count} cheaper by carrier", count)
