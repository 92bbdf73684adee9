"""One zone laid open: its bans with their hours, their vehicles, what is out of reach."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from app import formats
from app.i18n import N_, _
from app.planning.tours.zone_effects import BanDay, ZoneEffect
from app.ui.widgets.lines import Cell, Layout, Leads, Line, Slot, Target
from app.ui.widgets.looks import Run, Words
from app.wording.zones import closed_when, who

DETAIL = Layout(
    "zone",
    (
        Slot("what", N_("Kept out"), 190, least=120, grows=True),
        Slot("when", N_("That day"), 120, least=84),
    ),
)


def zone_lines(
    effect: ZoneEffect | None, orders: Mapping[str, str], zone: ZoneInfo
) -> tuple[Line, ...]:
    """The lines of the chosen zone; `orders` tells each shipment's order, where a line leads."""
    if effect is None:
        return ()
    return (*_bans(effect, zone), *_out_of_reach(effect, orders))


def _bans(effect: ZoneEffect, zone: ZoneInfo) -> Iterator[Line]:
    for number, ban in enumerate(effect.bans):
        said = who(ban.ban)
        when = closed_when(ban, zone)
        yield Line(
            f"ban/{number}",
            (
                Cell(said, Words((Run(said, strong=True),)), said),
                Cell(when, Words((Run(when),)), _week(ban)),
            ),
        )
        for vehicle in sorted(ban.vehicles) if ban.windows else ():
            yield Line(f"ban/{number}/{vehicle}", (Cell(vehicle, Words((Run(vehicle, "text2"),))),))


def _out_of_reach(effect: ZoneEffect, orders: Mapping[str, str]) -> Iterator[Line]:
    for shipment in effect.unreachable:
        order = orders.get(shipment, shipment.rpartition("-")[0])
        number = formats.order_number(order)
        said = _("out of reach")
        yield Line(
            f"shipment/{shipment}",
            (
                Cell(number, Words((Run(number, "accent"),)), shipment),
                Cell(said, Words((Run(said, "danger"),))),
            ),
            Target(Leads.TO_ORDERS, (order,)),
        )


def _week(ban: BanDay) -> str:
    """The hours as the law writes them, whatever the day."""
    return ban.ban.hours
