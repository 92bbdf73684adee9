"""The second half of the review's page: carriers, what was left out and why, and the method."""

from app import formats
from app.i18n import _, n_
from app.reports.day_review import Carried, CarrierReview, DayReview, HandedOver, LeftOut
from app.reports.html_parts import listed, row, section, table
from app.reports.markup import Markup, joined, tag
from app.reports.method import notes
from app.reports.review_words import cause_words, cost_title, references_in_words, said
from app.reports.shown import CarrierRow, carrier_rows


def carriers(review: DayReview) -> Markup:
    """Every carrier's day with its booking references."""
    rows, total = carrier_rows(review)
    heads = (
        (_("Carrier"), ""),
        (_("Shipments"), "n"),
        (_("Parcels"), "n"),
        (_("kg"), "n"),
        (cost_title(review), "n"),
        (_("kg CO₂e"), "n"),
        (_("Bookings"), ""),
    )
    lines = [row(*_figures(one), (_bookings(one), "")) for one in rows]
    foot = row(*_figures(total), ("", ""))
    return section(_("Carriers"), table(heads, lines, foot), place="carriers")


def shipments(review: DayReview) -> Markup:
    """The shipments behind: folded on a screen, open on paper."""
    every = [_shipments(review, one) for one in review.carriers]
    return section(_("Shipments with carriers"), *every)


def handed_over(review: DayReview) -> Markup:
    """What the tours left out and a carrier took instead, with the reason."""
    heads = (
        (_("Order"), ""),
        (_("Customer"), ""),
        (_("Given to"), ""),
        (cost_title(review), "n"),
        (_("Why not by tour"), ""),
    )
    return section(
        _("Left out of the tours, taken by a carrier"),
        table(heads, [_handed(one) for one in review.handed_over]),
        beside=formats.number(len(review.handed_over)),
    )


def left_out(review: DayReview) -> Markup:
    """Every order that nobody delivers, grouped by cause, with the reasons in words."""
    title = _("Left out, and why")
    if not review.left_out:
        nothing = _("Nothing was left out: every order has its way to the customer.")
        return section(title, tag("p", nothing, class_="pad"), place="left-out")
    heads = ((_("Order"), ""), (_("Customer"), ""), (_("Due"), ""), (_("Why"), ""))
    groups: list[Markup] = []
    for cause in dict.fromkeys(one.cause for one in review.left_out):
        some = [one for one in review.left_out if one.cause is cause]
        groups.append(tag("h3", f"{cause_words(cause)} · {len(some)}", class_="pad"))
        groups.append(table(heads, [_left(review, one) for one in some]))
    beside = formats.number(len(review.left_out))
    return section(title, *groups, beside=beside, place="left-out")


def method(review: DayReview) -> Markup:
    """How the figures were reckoned."""
    told = [
        tag(
            "div",
            tag("h3", note.title),
            tag("p", note.text),
            *([tag("ul", *(tag("li", line) for line in note.details))] if note.details else []),
        )
        for note in notes(review)
    ]
    if not told:
        return Markup("")
    return section(_("How the figures are made"), tag("div", *told, class_="notes"))


def _figures(one: CarrierRow) -> tuple[tuple[str, str], ...]:
    return (
        (one.name, "who"),
        (one.shipments, "n"),
        (one.parcels, "n"),
        (one.kg, "n"),
        (one.cost, "n"),
        (one.co2e, "n"),
    )


def _bookings(one: CarrierRow) -> Markup:
    parts: list[str] = [references_in_words(one.references)]
    if one.unsent:
        text = n_("{count} not sent yet", "{count} not sent yet", one.unsent)
        parts += [" ", tag("span", text.format(count=one.unsent), class_="tag tight")]
    return joined(parts)


def _shipments(review: DayReview, carrier: CarrierReview) -> Markup:
    heads = (
        (_("Shipment"), ""),
        (_("Customer"), ""),
        (_("Destination"), ""),
        (_("Service"), ""),
        (_("Delivery"), ""),
        (_("Parcels"), "n"),
        (_("kg"), "n"),
        (cost_title(review), "n"),
        (_("g CO₂e"), "n"),
        (_("Booking"), ""),
    )
    count = len(carrier.carried)
    title = n_("{carrier}: {count} shipment", "{carrier}: {count} shipments", count)
    return tag(
        "details",
        tag("summary", title.format(carrier=carrier.name, count=formats.number(count))),
        table(heads, [_carried(one) for one in carrier.carried]),
    )


def _carried(one: Carried) -> Markup:
    return row(
        (one.shipment, "one"),
        (one.customer, "who"),
        (one.town, ""),
        (one.service, ""),
        (_delivery(one), "one"),
        (formats.number(one.parcels), "n"),
        (formats.kilograms(one.weight_g), "n"),
        (formats.amount(one.cost_cents), "n"),
        (formats.number(one.co2e_g), "n"),
        (one.reference or _("not sent yet"), "one"),
    )


def _delivery(one: Carried) -> Markup:
    day = formats.day_month(one.delivered_on) if one.delivered_on else ""
    if not one.late_days:
        return joined([day])
    late = n_("{count} day late", "{count} days late", one.late_days).format(count=one.late_days)
    return joined([day, " ", tag("span", late, class_="tag late")])


def _handed(one: HandedOver) -> Markup:
    return row(
        (formats.order_number(one.order), "one"),
        (_customer(one.customer, one.town), ""),
        (one.carrier, ""),
        (formats.amount(one.cost_cents), "n"),
        (listed([said(told) for told in one.reasons]), ""),
    )


def _left(review: DayReview, one: LeftOut) -> Markup:
    due = formats.day_month(one.due_on) if one.due_on else ""
    overdue = one.due_on is not None and one.due_on < review.on
    return row(
        (formats.order_number(one.order), "one"),
        (_customer(one.customer, one.town), ""),
        (tag("span", due, class_="tag late") if overdue else due, "one"),
        (listed([said(told) for told in one.reasons]) if one.reasons else "", ""),
    )


def _customer(customer: str, town: str) -> Markup:
    who = [tag("span", customer, class_="who")] if customer else []
    where = [tag("span", town, class_="where")] if town else []
    return joined([*who, *([tag("br")] if who and where else []), *where])
