"""The first link: what was ordered, for whom, where to and by when."""

from app import formats
from app.domain.orders import Mode
from app.domain.places import Located, Precision
from app.i18n import N_, _, n_
from app.operations.why_chain import Link
from app.ui.icons import Icon
from app.ui.why.fact_lines import FACTS, fact
from app.ui.why.facts import Facts
from app.ui.why.lines import Card, Detail, Note
from app.ui.why.words import MODES, asked_window, joined, when
from app.ui.widgets.lines import Leads, Line, Target

#: From here on a place is called sure; below, approximate.
SURE_PLACE = 0.9
_PRECISIONS = {
    Precision.GIVEN: N_("came with the order"),
    Precision.PIN: N_("placed by hand"),
    Precision.HOUSE: N_("to the house number"),
    Precision.STREET: N_("to the street"),
    Precision.TOWN: N_("to the town"),
    Precision.POSTCODE: N_("to the postcode"),
    Precision.DEPARTMENT: N_("to the department only"),
}


def card(facts: Facts) -> Card:
    """The order's number, mode and window; parcels, weight and how sure the address is."""
    row, day = facts.row, facts.asked.board.on
    window = asked_window(row, facts.asked.zone, day)
    number = formats.order_number(row.code)
    choice = joined(number, f"{_(MODES[row.mode])} {window}".strip())
    lost = row.mode is Mode.HOME_DELIVERY and row.place is None
    tone = "warn" if lost else "text1"
    return Card(Link.ORDER, Icon.ORDER, choice, joined(*_goods(facts), _where(facts)), tone)


def detail(facts: Facts) -> Detail:
    """What came in with the order, line by line."""
    row, order = facts.row, facts.row.order
    placed = _("placed {moment}").format(
        moment=formats.short_moment(order.placed_at, facts.asked.zone)
    )
    lines = [
        *_who(facts),
        *_when(facts),
        *_what(facts),
        *(fact("note", _("Note"), order.note) if order.note else ()),
    ]
    title = _("Order {number}").format(number=formats.order_number(row.code))
    return Detail(title, FACTS, tuple(lines), _notes(facts), aside=placed)


def _goods(facts: Facts) -> tuple[str, ...]:
    """Parcels and weight of what is sent, or would be."""
    loads = [carriage.shipment.load for carriage in facts.carriages]
    parcels, weight_g = sum(x.parcels for x in loads), sum(x.weight_g for x in loads)
    if not loads:
        pieces = facts.row.pieces
        return (n_("{count} piece", "{count} pieces", pieces).format(count=formats.number(pieces)),)
    said = n_("{count} parcel", "{count} parcels", parcels).format(count=formats.number(parcels))
    return said, formats.weight(weight_g)


def _where(facts: Facts) -> str:
    order = facts.row.order
    if order.mode is Mode.CLICK_AND_COLLECT:
        return facts.names.node(order.collect_node) or order.collect_node
    if order.mode is Mode.PICKUP_POINT and (
        point := facts.names.pickup_points.get(order.pickup_point)
    ):
        return point.name
    return _trust(facts.row.place)


def _trust(place: Located | None) -> str:
    if place is None:
        return _("address to check")
    share = formats.whole_share(place.score)
    if place.score >= SURE_PLACE:
        return _("address sure ({share})").format(share=share)
    return _("address approximate ({share})").format(share=share)


def _who(facts: Facts) -> list[Line]:
    order, place = facts.row.order, facts.row.place
    here = Target(Leads.TO_ORDERS, (order.code,))
    lines = [
        *fact("customer", _("Customer"), order.customer, target=here),
        *fact("address", _("Address"), order.address.one_line, target=here),
        *fact("place", _("Located"), _precision(place), _share(place), tone=_place_tone(place)),
    ]
    if point := facts.names.pickup_points.get(order.pickup_point):
        said = f"{point.name}, {point.address.one_line}"
        lines += fact("pickup_point", _("Pickup point"), said)
    if order.collect_node:
        store = Target(Leads.TO_NODE, (order.collect_node,))
        said = f"{order.collect_node} {facts.names.node(order.collect_node)}"
        lines += fact("collect", _("Collected at"), said, target=store)
    lines += fact("phone", _("Phone"), order.phone)
    lines += fact("email", _("E-mail"), order.email)
    return lines


def _precision(place: Located | None) -> str:
    if place is None:
        return _("nowhere yet: the address has to be checked")
    said = _(_PRECISIONS[place.precision])
    return f"{said} ({place.matched})" if place.matched and place.score < SURE_PLACE else said


def _share(place: Located | None) -> str:
    return "" if place is None else formats.whole_share(place.score)


def _place_tone(place: Located | None) -> str:
    return "text1" if place is not None and place.score >= SURE_PLACE else "warn"


def _when(facts: Facts) -> list[Line]:
    row, order, zone, day = facts.row, facts.row.order, facts.asked.zone, facts.asked.board.on
    promised = when(order.promised_from, order.promised_to, zone, day)
    wished = when(order.wish_from, order.wish_to, zone, day)
    lines = [
        *fact("promised", _("Promised"), promised),
        *fact("wished", _("Wished"), wished),
    ]
    if not promised and not wished:
        lines += fact("due", _("By the rules"), when(row.window.start, row.window.end, zone, day))
    return lines


def _what(facts: Facts) -> list[Line]:
    order = facts.row.order
    lines: list[Line] = []
    for number, line in enumerate(order.lines):
        head = _("Goods") if number == 0 else ""
        what = f"{formats.number(line.quantity)} × {line.sku}  {facts.names.product(line.sku)}"
        value = formats.money(line.quantity * line.unit_price_cents)
        lines += fact(f"line {line.sku}", head, what.rstrip(), value)
    if len(order.lines) > 1:
        lines += fact("value", "", _("Value"), formats.money(order.value_cents), strong=True)
    return lines


def _notes(facts: Facts) -> tuple[Note, ...]:
    if facts.row.mode is Mode.HOME_DELIVERY and facts.row.place is None:
        text = _("Place it by hand, and the next order to that address will know.")
        return (Note(Icon.CHECK_ADDRESS, text, "warn"),)
    return ()
