"""The third link: who carries it, at which price line by line, and why others cannot."""

from collections.abc import Iterator

from app import formats
from app.domain.carriers import CarrierChoice, Quote
from app.domain.orders import Mode
from app.i18n import _, n_
from app.operations.why_chain import Link
from app.ui.carriers.quote_lines import SERVICES, quote_key, quote_lines, refused_lines
from app.ui.icons import Icon
from app.ui.why.facts import Carriage, Facts
from app.ui.why.lines import Card, Detail, Note
from app.ui.why.words import joined
from app.ui.widgets.lines import Cell, Leads, Line, Target
from app.ui.widgets.looks import Mark, Run, Words


def card(facts: Facts) -> Card:
    """Own fleet or carrier, its price, and how much more the next one asks."""
    travelling = facts.travelling
    if not facts.carriages:
        return Card(Link.CARRIER, Icon.CARRIER, _("Nothing to carry yet"), tone="text2")
    if not travelling:
        return Card(Link.CARRIER, Icon.COLLECT, _("Nobody: collected where it lies"))
    heads = list(dict.fromkeys(_head(facts, one) for one in travelling))
    tone = "danger" if any(_nobody(facts, one) for one in travelling) else "text1"
    icon = Icon.VAN if all(_rides(facts, one) for one in travelling) else Icon.CARRIER
    return Card(Link.CARRIER, icon, " + ".join(heads), _beside(facts, travelling[0]), tone)


def detail(facts: Facts, unfolded: frozenset[str]) -> Detail:
    """Every service's price or refusal; an unfolded one shows the lines that add up to it."""
    travelling = facts.travelling
    lines: list[Line] = []
    for one in travelling:
        if len(travelling) > 1:
            lines.append(_heading(one))
        lines += _shipment_lines(facts, one, unfolded)
    quotes = sum(len(one.choice.ranked) for one in travelling if one.choice)
    refused = sum(len(one.choice.refused) for one in travelling if one.choice)
    title = _("Carrier: {count} of {total} can").format(
        count=formats.number(quotes), total=formats.number(quotes + refused)
    )
    return Detail(
        title if travelling else _("Carrier"),
        SERVICES,
        tuple(lines),
        _notes(facts),
        aside=_aside(facts),
    )


def first_unfolded(facts: Facts) -> frozenset[str]:
    """The price that is open at first: that of the carrier chosen."""
    return frozenset(
        quote_key(one.shipment.code, one.choice.ranked[0])
        for one in facts.travelling[:1]
        if one.choice is not None and one.choice.ranked and not _rides(facts, one)
    )


def _rides(facts: Facts, one: Carriage) -> bool:
    """Whether our own vehicles bring it, or would: a home delivery from a node that has some."""
    if one.tour is not None:
        return True
    if one.decided is not None or one.shipment.to_node:
        return False
    if one.shipment.mode is not Mode.HOME_DELIVERY or (one.row and one.row.unplanned):
        return False
    return one.shipment.node in facts.depots


def _nobody(facts: Facts, one: Carriage) -> bool:
    return not _rides(facts, one) and one.choice is not None and one.choice.best is None


def _head(facts: Facts, one: Carriage) -> str:
    if one.tour is not None:
        return joined(_("Own fleet"), facts.names.vehicle(one.tour.vehicle))
    if _rides(facts, one):
        return joined(_("Own fleet"), _("to plan"))
    best = one.choice.best if one.choice else None
    if best is None:
        return _("No carrier can take it") if one.choice else _("Not chosen yet")
    return joined(facts.names.carrier(best.carrier), formats.money(best.total_cents))


def _beside(facts: Facts, one: Carriage) -> str:
    choice = one.choice
    if choice is None:
        return ""
    rivals = choice.ranked if _rides(facts, one) else choice.ranked[1:]
    return joined(_sent(one), _next(facts, one, rivals[0] if rivals else None), _refusals(choice))


def _sent(one: Carriage) -> str:
    if one.row is not None and one.row.reference:
        return _("sent, {reference}").format(reference=one.row.reference)
    if one.decided is not None and one.decided.override:
        return _("by hand: {reason}").format(reason=one.decided.override)
    return ""


def _next(facts: Facts, one: Carriage, rival: Quote | None) -> str:
    if rival is None:
        return ""
    name, asks = facts.names.carrier(rival.carrier), formats.money(rival.total_cents)
    if _rides(facts, one):
        return _("a carrier: {name} {price}").format(name=name, price=asks)
    return _("ahead of {name} {price}").format(name=name, price=asks)


def _refusals(choice: CarrierChoice) -> str:
    count = len(choice.refused)
    said = n_("{count} refused", "{count} refused", count)
    return said.format(count=formats.number(count)) if count else ""


def _aside(facts: Facts) -> str:
    if any(one.decided is None and one.asked_now is not None for one in facts.travelling):
        return _("prices of {time}").format(time=formats.clock(facts.asked.now, facts.asked.zone))
    return ""


def _heading(one: Carriage) -> Line:
    number = one.shipment.code.rpartition("-")[2].rpartition("+")[2]
    place = one.shipment.node
    said = _("Shipment {number} from {node}").format(number=number, node=place)
    if one.shipment.to_node:
        said = _("Shipment {number} from {node} to {store}").format(
            number=number, node=place, store=one.shipment.to_node
        )
    look = Words((Run(said, "text1", strong=True),), spills=True)
    target = Target(Leads.TO_NODE, (place,))
    return Line(f"{one.shipment.code} head", (Cell(), Cell(said, look)), target)


def _shipment_lines(facts: Facts, one: Carriage, unfolded: frozenset[str]) -> Iterator[Line]:
    if _rides(facts, one):
        yield _own_fleet(facts, one)
    if one.choice is None:
        return
    code = one.shipment.code
    for place, quote in enumerate(one.choice.ranked):
        chosen = place == 0 and not _rides(facts, one)
        open_now = quote_key(code, quote) in unfolded
        yield from quote_lines(facts.names, code, quote, chosen=chosen, unfolded=open_now)
    for refused in one.choice.refused:
        yield from refused_lines(facts.names, code, refused)


def _own_fleet(facts: Facts, one: Carriage) -> Line:
    vehicle = facts.names.vehicle(one.tour.vehicle) if one.tour else _("to plan")
    runs = (Run(_("Own fleet"), strong=True), Run(vehicle, "text2"))
    target = None
    if one.tour is not None:
        target = Target(Leads.TO_ORDERS, tuple(stop.order for stop in one.tour.deliveries))
    sign = Cell(_("Chosen"), Mark(Icon.DONE, "success"))
    text = f"{runs[0].text} {vehicle}"
    return Line(f"{one.shipment.code} own", (sign, Cell(text, Words(runs))), target)


def _notes(facts: Facts) -> tuple[Note, ...]:
    if not facts.carriages:
        return (Note(Icon.CARRIER, _("Nothing to carry yet.")),)
    notes = []
    if not facts.travelling:
        text = _("Collected at {node}: no carrier is needed.")
        notes.append(Note(Icon.COLLECT, text.format(node=facts.row.order.collect_node)))
    for one in facts.travelling:
        if one.decided is not None and one.decided.override:
            text = _("Decided by hand: {because}").format(because=one.decided.override)
            notes.append(Note(Icon.OVERRIDE, text))
        if one.row is not None and one.row.reference:
            text = _("Sent to the carrier under {reference}.").format(reference=one.row.reference)
            notes.append(Note(Icon.EXPORT, text, "success"))
    return tuple(notes)
