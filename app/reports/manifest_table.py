"""The table of a manifest: a row a shipment, each with a barcode to scan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.bookings import Booking
from app.domain.values import Load
from app.formats import kilograms, number
from app.i18n import _
from app.reports.fonts import REGULAR, SEMIBOLD
from app.reports.paper import MM, Page, Style, code128, wrapped
from app.tokens import Colours

SHIPMENT = Style(SEMIBOLD, 9)
NAME = Style(SEMIBOLD, 9.5)
TOWN = Style(REGULAR, 9.5)
SMALL = Style(REGULAR, 8)
_NUMBER_WIDTH = 20.0
_SHIPMENT_WIDTH = 46 * MM
_TOWN_WIDTH = 42 * MM
_PARCELS_WIDTH = 13 * MM
_WEIGHT_WIDTH = 17 * MM
_BAR_HEIGHT = 5.2 * MM
_STEP = 11.5
_FIRST_BASELINE = 12.0


@dataclass(frozen=True, slots=True)
class Row:
    """A shipment laid out: its texts on lines, its barcode, and how high it all is."""

    booking: Booking
    shipment: tuple[str, ...]
    name: tuple[str, ...]
    beneath: tuple[str, ...]
    town: tuple[str, ...]
    code: Any | None
    code_has_own_line: bool
    height: float


def rows_of(bookings: Sequence[Booking], width: float) -> list[Row]:
    """Every booking laid out for a table of that width."""
    return [_row(booking, width) for booking in bookings]


def draw_heading(page: Page, left: float, right: float, y: float, colours: Colours) -> float:
    """The names of the columns; where the first row begins."""
    style = Style(SEMIBOLD, 8, colours.text2)
    page.text(left + _NUMBER_WIDTH, y + 11, _("Shipment"), style)
    page.text(_name_left(left), y + 11, _("Consignee"), style)
    page.text(_town_left(right), y + 11, _("Destination"), style)
    page.text_right(right - _WEIGHT_WIDTH, y + 11, _("Parcels"), style)
    page.text_right(right, y + 11, _("kg"), style)
    page.rule(left, y + 17, right, colours.border_strong, 0.8)
    return y + 20


def draw_row(
    page: Page, left: float, right: float, y: float, position: int, row: Row, colours: Colours
) -> float:
    """One shipment; where the next row begins."""
    base = y + _FIRST_BASELINE
    grey = Style(SMALL.face, SMALL.size, colours.text2)
    page.text(left, base, number(position), Style(REGULAR, 8, colours.text3))
    below = page.lines(left + _NUMBER_WIDTH, base, row.shipment, SHIPMENT, _STEP)
    after_name = page.lines(_name_left(left), base, row.name, NAME, _STEP)
    page.lines(_name_left(left), after_name, row.beneath, grey, 10)
    page.lines(_town_left(right), base, row.town, TOWN, _STEP)
    load = row.booking.load
    page.text_right(right - _WEIGHT_WIDTH, base, number(load.parcels), TOWN)
    page.text_right(right, base, kilograms(load.weight_g), TOWN)
    if row.code is not None:
        top = y + row.height - _BAR_HEIGHT - 4.5 if row.code_has_own_line else below - 7.5
        page.barcode(left + _NUMBER_WIDTH, top, row.code)
    page.rule(left, y + row.height, right, colours.border_subtle, 0.5)
    return y + row.height


def draw_totals(
    page: Page, left: float, right: float, y: float, total: Load, colours: Colours
) -> float:
    """The sums under their columns."""
    style = Style(SEMIBOLD, 10, colours.text1)
    page.rule(left, y, right, colours.border_strong, 0.8)
    page.text(left + _NUMBER_WIDTH, y + 15, _("Total"), style)
    page.text_right(right - _WEIGHT_WIDTH, y + 15, number(total.parcels), style)
    page.text_right(right, y + 15, kilograms(total.weight_g), style)
    return y + 20


def _row(booking: Booking, width: float) -> Row:
    name_width = _town_left(width) - _name_left(0) - 8
    shipment = wrapped(booking.shipment, SHIPMENT, _SHIPMENT_WIDTH - 8)
    name = wrapped(booking.consignee.name or "-", NAME, name_width)
    beneath = wrapped(_beneath(booking), SMALL, name_width)
    town = wrapped(_town(booking), TOWN, _TOWN_WIDTH - 4)
    code = code128(booking.shipment, _BAR_HEIGHT, _SHIPMENT_WIDTH - 10)
    wide = code or code128(booking.shipment, _BAR_HEIGHT, width - _NUMBER_WIDTH)
    own_line = code is None and wide is not None
    texts = max(len(name) * _STEP + len(beneath) * 10, len(town) * _STEP)
    beside = len(shipment) * _STEP + (_BAR_HEIGHT + 2 if code else 0)
    height = max(texts, beside) + 8.5 + (_BAR_HEIGHT + 3 if own_line else 0)
    return Row(booking, shipment, name, beneath, town, wide, own_line, height)


def _beneath(booking: Booking) -> str:
    """What the driver must know besides: the service, and the relay that receives."""
    service = booking.service_label or booking.service
    if booking.pickup_point is None:
        return service
    return f"{service} · {booking.pickup_point.name}"


def _town(booking: Booking) -> str:
    address = (booking.pickup_point or booking.consignee).address
    abroad = address.country not in ("", booking.sender.address.country)
    return f"{address.postcode} {address.town}{f' ({address.country})' if abroad else ''}".strip()


def _name_left(left: float) -> float:
    return left + _NUMBER_WIDTH + _SHIPMENT_WIDTH


def _town_left(right: float) -> float:
    return right - _WEIGHT_WIDTH - _PARCELS_WIDTH - _TOWN_WIDTH
