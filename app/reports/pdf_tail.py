"""What the printed review says besides the tours: carriers, what was left out, the method."""

from app import formats
from app.i18n import _, n_
from app.reports.day_review import Carried, CarrierReview, DayReview, HandedOver, LeftOut, Told
from app.reports.fonts import SEMIBOLD
from app.reports.method import notes
from app.reports.paper import Style, fitted, wrapped
from app.reports.paper_flow import ROOM, Cell, Column, Flow, TableRow
from app.reports.review_words import cause_words, cost_title, references_in_words, said, sign
from app.reports.shown import CarrierRow, carrier_rows


def draw(flow: Flow, review: DayReview) -> None:
    """The day's decisions, one part after the other."""
    _left_out(flow, review)
    if review.handed_over:
        _handed_over(flow, review)
    if review.carriers:
        _carriers(flow, review)
    _method(flow, review)


def shipments(flow: Flow, review: DayReview) -> None:
    """Every shipment with a carrier, carrier by carrier."""
    flow.heading(_("Shipments with carriers"))
    for carrier in review.carriers:
        count = len(carrier.carried)
        title = n_("{carrier}: {count} shipment", "{carrier}: {count} shipments", count)
        flow.subheading(title.format(carrier=carrier.name, count=formats.number(count)))
        _carried_table(flow, review, carrier)


def _carriers(flow: Flow, review: DayReview) -> None:
    rows, total = carrier_rows(review)
    figures = (
        Column(_("Shipments"), 52, right=True),
        Column(_("Parcels"), 42, right=True),
        Column(_("kg"), 50, right=True),
        Column(cost_title(review), 62, right=True),
        Column(_("kg CO₂e"), 48, right=True),
    )
    name = 110.0
    rest = ROOM - name - sum(column.width for column in figures)
    columns = (Column(_("Carrier"), name), *figures, Column(_("Bookings"), rest))
    flow.heading(_("Carriers"), room=90)
    body, strong = flow.style(8.8), flow.style(8.8, face=SEMIBOLD)
    lines = [_carrier_line(flow, one, name, rest, body, strong) for one in rows]
    flow.table(columns, lines, _carrier_line(flow, total, name, rest, strong, strong))


def _carrier_line(
    flow: Flow, one: CarrierRow, name: float, rest: float, body: Style, strong: Style
) -> TableRow:
    small = flow.style(7.8, "text2")
    references = [
        (text, small) for text in wrapped(references_in_words(one.references), small, rest - 8)
    ]
    if one.unsent:
        text = n_("{count} not sent yet", "{count} not sent yet", one.unsent)
        references.append((text.format(count=one.unsent), flow.style(7.8, "warn", SEMIBOLD)))
    texts = (one.shipments, one.parcels, one.kg, one.cost, one.co2e)
    return TableRow(
        (
            Cell(((fitted(one.name, strong, name - 8), strong),)),
            *(Cell(((text, body),)) for text in texts),
            Cell(tuple(references)),
        )
    )


def _left_out(flow: Flow, review: DayReview) -> None:
    flow.heading(_("Left out, and why"), formats.number(len(review.left_out)), room=80)
    if not review.left_out:
        nothing = _("Nothing was left out: every order has its way to the customer.")
        flow.paragraph(nothing, flow.style(9, "text2"))
        return
    columns = (
        Column(_("Order"), 50),
        Column(_("Customer"), 128),
        Column(_("Due"), 40),
        Column(_("Why"), ROOM - 218),
    )
    for cause in dict.fromkeys(one.cause for one in review.left_out):
        some = [one for one in review.left_out if one.cause is cause]
        flow.subheading(f"{cause_words(cause)} · {len(some)}")
        flow.table(columns, [_left_line(flow, review, one, columns) for one in some])


def _left_line(
    flow: Flow, review: DayReview, one: LeftOut, columns: tuple[Column, ...]
) -> TableRow:
    overdue = one.due_on is not None and one.due_on < review.on
    due = flow.style(8.6, "danger", SEMIBOLD) if overdue else flow.style(8.6)
    day = formats.day_month(one.due_on) if one.due_on else ""
    return TableRow(
        (
            Cell(((formats.order_number(one.order), flow.style(8.6)),)),
            Cell(_customer(flow, one.customer, one.town, columns[1].width)),
            Cell(((day, due),)),
            Cell(_reasons(flow, one.reasons, columns[3].width)),
        )
    )


def _handed_over(flow: Flow, review: DayReview) -> None:
    columns = (
        Column(_("Order"), 50),
        Column(_("Customer"), 128),
        Column(_("Given to"), 84),
        Column(cost_title(review), 54, right=True),
        Column(_("Why not by tour"), ROOM - 316),
    )
    title = _("Left out of the tours, taken by a carrier")
    flow.heading(title, formats.number(len(review.handed_over)), room=80)
    flow.table(columns, [_handed_line(flow, one, columns) for one in review.handed_over])


def _handed_line(flow: Flow, one: HandedOver, columns: tuple[Column, ...]) -> TableRow:
    body = flow.style(8.6)
    return TableRow(
        (
            Cell(((formats.order_number(one.order), body),)),
            Cell(_customer(flow, one.customer, one.town, columns[1].width)),
            Cell(((fitted(one.carrier, body, columns[2].width - 8), body),)),
            Cell(((formats.amount(one.cost_cents), body),)),
            Cell(_reasons(flow, one.reasons, columns[4].width)),
        )
    )


def _method(flow: Flow, review: DayReview) -> None:
    told = notes(review)
    if not told:
        return
    flow.heading(_("How the figures are made"), room=80)
    for note in told:
        flow.subheading(note.title)
        flow.paragraph(note.text, flow.style(8.4, "text2"))
        for line in note.details:
            flow.paragraph(f"· {line}", flow.style(8, "text3"), indent=6)


def _carried_table(flow: Flow, review: DayReview, carrier: CarrierReview) -> None:
    columns = (
        Column(_("Shipment"), 56),
        Column(_("Customer"), 100),
        Column(_("Destination"), 104),
        Column(_("Service"), 76),
        Column(_("Delivery"), 52),
        Column(_("kg"), 34, right=True),
        Column(sign(review), 42, right=True),
        Column(_("Booking"), ROOM - 464),
    )
    rows = [_carried_line(flow, one, columns) for one in carrier.carried]
    flow.table(columns, rows)


def _carried_line(flow: Flow, one: Carried, columns: tuple[Column, ...]) -> TableRow:
    body = flow.style(8.2)
    late = flow.style(8.2, "danger", SEMIBOLD)
    texts = (
        (one.shipment, body),
        (one.customer, body),
        (one.town, body),
        (one.service, body),
        (_delivery(one), late if one.late_days else body),
        (formats.kilograms(one.weight_g), body),
        (formats.amount(one.cost_cents), body),
        (one.reference or _("not sent yet"), body),
    )
    return TableRow(
        tuple(
            Cell(((fitted(text, style, column.width - 6), style),))
            for (text, style), column in zip(texts, columns, strict=True)
        )
    )


def _delivery(one: Carried) -> str:
    day = formats.day_month(one.delivered_on) if one.delivered_on else ""
    if not one.late_days:
        return day
    return _("{day} (+{late} d)").format(day=day, late=formats.number(one.late_days))


def _customer(flow: Flow, customer: str, town: str, width: float) -> tuple[tuple[str, Style], ...]:
    strong, small = flow.style(8.6, face=SEMIBOLD), flow.style(7.8, "text2")
    lines = [(fitted(customer, strong, width - 8), strong)] if customer else []
    lines += [(fitted(town, small, width - 8), small)] if town else []
    return tuple(lines)


def _reasons(flow: Flow, reasons: tuple[Told, ...], width: float) -> tuple[tuple[str, Style], ...]:
    style = flow.style(8.2)
    return tuple(
        (line, style) for told in reasons for line in wrapped(said(told), style, width - 8)
    )
