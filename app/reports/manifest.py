"""The manifest of a batch: what is handed to a carrier, to be signed by both (bordereau de remise).

Same bookings, same language, same bytes.
"""

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.domain.bookings import Booking, BookingFormat, CarrierProfile, Party
from app.domain.values import Load
from app.formats import long_date, number, weight
from app.i18n import _, n_
from app.reports.fonts import BOLD, REGULAR, SEMIBOLD, register_fonts
from app.reports.manifest_table import Row, draw_heading, draw_row, draw_totals, rows_of
from app.reports.paper import MM, Page, Style, code128, text_width, wrapped
from app.tokens import Colours, tokens

WIDTH, HEIGHT = A4
LEFT, RIGHT = 15 * MM, WIDTH - 15 * MM
TOP, BOTTOM = 15 * MM, HEIGHT - 17 * MM
TABLE_HEADING = 20.0
TOTALS = 24.0
SIGNATURES = 118.0
_GAP = 5 * MM


def export(bookings: Sequence[Booking], profile: CarrierProfile) -> bytes:  # noqa: ARG001
    """The whole document; every carrier gets the same one, whatever its profile."""
    register_fonts()
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1, pageCompression=1)
    _Manifest(canvas, bookings).draw()
    canvas.save()
    return written.getvalue()


class _Manifest:
    """One document while it is drawn."""

    def __init__(self, canvas: Canvas, bookings: Sequence[Booking]) -> None:
        self._canvas, self._bookings = canvas, bookings
        self._first = bookings[0]
        self._colours: Colours = tokens("light").colours
        self._page = Page(canvas, HEIGHT, self._colours)
        self._label = Style(REGULAR, 8, self._colours.text2)
        self._body = Style(REGULAR, 9.5, self._colours.text1)
        self._strong = Style(SEMIBOLD, 10.5, self._colours.text1)

    def draw(self) -> None:
        canvas, first = self._canvas, self._first
        title = _("Manifest {reference}").format(reference=first.reference)
        canvas.setTitle(title)
        canvas.setAuthor(first.sender.name)
        canvas.setSubject(f"{first.carrier.name} · {long_date(first.on)}")
        y = self._heading() + _GAP
        pages = _pages(rows_of(self._bookings, RIGHT - LEFT), y)
        number_of_row = 1
        for index, rows in enumerate(pages, start=1):
            if index > 1:
                canvas.showPage()
                y = self._running_head()
            y = draw_heading(self._page, LEFT, RIGHT, y, self._colours) if rows else y
            for row in rows:
                y = draw_row(self._page, LEFT, RIGHT, y, number_of_row, row, self._colours)
                number_of_row += 1
            if index == len(pages):
                y = draw_totals(self._page, LEFT, RIGHT, y, _total(self._bookings), self._colours)
                self._signatures(y + _GAP)
            self._footer(index, len(pages))

    def _heading(self) -> float:
        """Title, reference and its barcode; then who hands over, who takes, and how much."""
        page, first = self._page, self._first
        page.text(LEFT, TOP + 17, _("Manifest"), Style(BOLD, 21, self._colours.text1))
        day = long_date(first.on)
        page.text(LEFT, TOP + 33, f"{first.reference} · {day}", Style(SEMIBOLD, 11))
        self._reference_barcode()
        y = TOP + 46
        page.rule(LEFT, y, RIGHT, self._colours.text1, 0.9)
        third = (RIGHT - LEFT) / 3
        ends = [
            self._party(LEFT, y + 16, third - 12, _("Carrier"), self._carrier_lines()),
            self._party(LEFT + third, y + 16, third - 12, _("Sender"), _address(first.sender)),
            self._figures(LEFT + 2 * third, y + 16),
        ]
        return max(ends)

    def _reference_barcode(self) -> None:
        code = code128(self._first.reference, 11 * MM, 80 * MM)
        if code is None:
            return
        left = RIGHT - code.width
        self._page.barcode(left, TOP, code)
        self._page.text(left, TOP + code.height + 8, self._first.reference, Style(REGULAR, 8))

    def _carrier_lines(self) -> tuple[str, ...]:
        carrier = self._first.carrier
        party = Party(carrier.name or carrier.code, carrier.address, carrier.phone)
        known = [*_address(party)]
        if carrier.siren:
            known.append(_("SIREN {siren}").format(siren=carrier.siren))
        if carrier.account:
            known.append(_("Account {account}").format(account=carrier.account))
        return tuple(known)

    def _party(self, x: float, y: float, width: float, label: str, lines: Sequence[str]) -> float:
        page = self._page
        page.text(x, y, label, self._label)
        y += 14
        for index, line in enumerate(lines):
            style = self._strong if index == 0 else self._body
            y = page.lines(x, y, wrapped(line, style, width), style, 12.5)
        return y

    def _figures(self, x: float, y: float) -> float:
        """The three figures that both sides count, large enough to be read standing."""
        total = _total(self._bookings)
        count = len(self._bookings)
        self._page.text(x, y, _("Handed over"), self._label)
        figures = (
            (number(count), n_("shipment", "shipments", count)),
            (number(total.parcels), n_("parcel", "parcels", total.parcels)),
            (weight(total.weight_g), ""),
        )
        large = Style(SEMIBOLD, 15, self._colours.text1)
        for figure, unit in figures:
            y += 18
            self._page.text(x, y, figure, large)
            beside = x + text_width(figure, large) + 4
            self._page.text(beside, y, unit, Style(REGULAR, 9.5, self._colours.text2))
        return y

    def _running_head(self) -> float:
        first = self._first
        text = f"{_('Manifest')} {first.reference} · {first.carrier.name} · {long_date(first.on)}"
        self._page.text(LEFT, TOP + 8, text, Style(SEMIBOLD, 10, self._colours.text1))
        return TOP + 18

    def _signatures(self, y: float) -> None:
        """Two boxes; what the carrier found wrong is written before it signs."""
        width = (RIGHT - LEFT - _GAP) / 2
        right = LEFT + width + _GAP
        self._signature(LEFT, y, width, _("Handed over by the sender"), ())
        checks = (_("Parcels received"), _("Reservations"))
        self._signature(right, y, width, _("Received by the carrier"), checks)

    def _signature(
        self, x: float, y: float, width: float, title: str, checks: Sequence[str]
    ) -> None:
        page = self._page
        page.box(x, y, width, SIGNATURES)
        page.text(x + 8, y + 15, title, Style(SEMIBOLD, 9.5, self._colours.text1))
        at = y + 34
        for field in (_("Name"), _("Date and time"), *checks):
            page.text(x + 8, at, field, self._label)
            page.rule(x + 84, at + 2, x + width - 8, self._colours.border)
            at += 16
        page.text(x + 8, at, _("Signature"), self._label)

    def _footer(self, page_number: int, pages: int) -> None:
        style = Style(REGULAR, 8, self._colours.text3)
        first = self._first
        text = f"{first.reference} · {first.sender.name} · {first.carrier.name}"
        self._page.text(LEFT, HEIGHT - 9 * MM, text, style)
        numbered = _("page {page} of {pages}").format(page=page_number, pages=pages)
        self._page.text_right(RIGHT, HEIGHT - 9 * MM, numbered, style)


def _pages(rows: Sequence[Row], first_top: float) -> list[list[Row]]:
    """The rows of each page; the last page has room for totals and signatures."""
    pages: list[list[Row]] = [[]]
    y = first_top + TABLE_HEADING
    for index, row in enumerate(rows):
        tail = TOTALS if index == len(rows) - 1 else 0
        if y + row.height + tail > BOTTOM:
            pages.append([])
            y = TOP + 18 + TABLE_HEADING
        pages[-1].append(row)
        y += row.height
    if y + TOTALS + _GAP + SIGNATURES > BOTTOM:
        pages.append([pages[-1].pop()] if len(pages[-1]) > 1 else [])
    return pages


def _address(party: Party) -> tuple[str, ...]:
    address = party.address
    town = f"{address.postcode} {address.town}".strip()
    lines = (party.name, address.street, town, party.phone)
    return tuple(line for line in lines if line.strip())


def _total(bookings: Sequence[Booking]) -> Load:
    return sum((booking.load for booking in bookings), Load())


FORMAT = BookingFormat("pdf", export)
