"""The fourth link: the tour that brings it, the stops before and after, or why none does."""

from collections.abc import Iterator

from app import formats
from app.domain.orders import Mode
from app.domain.reasons import Reason, because
from app.domain.tours import Colour, PlanState, Stop, StopKind, Tour
from app.i18n import N_, _, n_
from app.operations.why_chain import Link
from app.ui.icons import Icon
from app.ui.why.facts import Carriage, Facts
from app.ui.why.lines import Card, Detail, Note
from app.ui.why.words import joined
from app.ui.widgets.lines import Cell, Layout, Leads, Line, Slot, Target
from app.ui.widgets.looks import Align, Look, Mark, Run, TourChip, Words, figure
from app.wording import sentence

STOPS = Layout(
    "stops",
    (
        Slot("number", "", width=34, align=Align.RIGHT),
        Slot("at", N_("Arrives"), width=54, align=Align.RIGHT),
        Slot("who", N_("Stop, client"), width=150, least=90, grows=True),
        Slot("window", N_("Window"), width=86, leaves=1),
        Slot("slack", N_("Slack"), width=60, align=Align.RIGHT),
    ),
)
STATES = {
    PlanState.DRAFT: N_("draft"),
    PlanState.VALIDATED: N_("validated"),
    PlanState.PUBLISHED: N_("published"),
    PlanState.CLOSED: N_("closed"),
}
_KINDS = {
    StopKind.DEPART: N_("leaves {node}"),
    StopKind.BREAK: N_("break"),
    StopKind.RELOAD: N_("reloads at {node}"),
    StopKind.RETURN: N_("back at {node}"),
}


def card(facts: Facts) -> Card:
    """The tour and the place in it, or what is in the way."""
    riding = [one for one in facts.travelling if one.tour is not None]
    if riding:
        return _riding(facts, riding)
    left_out = facts.row.unplanned
    if left_out is not None:
        red = left_out.colour is Colour.RED
        choice = _("Impossible on a tour") if red else _("Left out of the tours")
        said = sentence(left_out.reasons[0]) if left_out.reasons else ""
        return Card(Link.TOUR, Icon.WARNING, choice, said, "danger" if red else "warn")
    choice, beside = _none(facts)
    return Card(Link.TOUR, Icon.TOUR, choice, beside, "text2")


def detail(facts: Facts) -> Detail:
    """The whole tour with the order's stop in the middle, or what each vehicle says."""
    riding = [one for one in facts.travelling if one.tour is not None]
    if not riding:
        return Detail(_("Tour"), STOPS, (), (*_why_none(facts), *_bound(facts)))
    lines: list[Line] = []
    for one in riding:
        if one.tour is not None:
            lines += _tour_lines(facts, one.tour)
    first = riding[0].tour
    aside = "" if first is None else _figures(first)
    title = _("Tour {number}").format(number=_label(first)) if first else ""
    return Detail(title, STOPS, tuple(lines), _bound(facts), aside=aside, at=_own_key(riding[0]))


def _riding(facts: Facts, riding: list[Carriage]) -> Card:
    said = [
        joined(_label(one.tour), _position(one))
        for one in riding
        if one.tour is not None and one.row is not None
    ]
    tour = riding[0].tour
    fetched = next(filter(None, (_fetched(facts, one) for one in riding)), "")
    beside = "" if tour is None else joined(fetched, _ends(facts, tour), _(STATES[tour.state]))
    return Card(Link.TOUR, Icon.TOUR, " + ".join(dict.fromkeys(said)), beside)


def _position(one: Carriage) -> str:
    if one.row is None or one.tour is None:
        return ""
    return _("stop {position} of {stops}").format(
        position=one.row.position, stops=len(one.tour.deliveries)
    )


def _fetched(facts: Facts, one: Carriage) -> str:
    """Where and when its goods come aboard, if that is not at the depot."""
    stops = () if one.tour is None else one.tour.deliveries
    fetch = next((stop for stop in stops if stop.shipment == one.shipment.code), None)
    if fetch is None or one.tour is None or not one.tour.is_fetch(fetch):
        return ""
    time = formats.clock(fetch.start, facts.asked.zone)
    return _("picked up at {node} at {time}").format(node=one.shipment.node, time=time)


def _label(tour: Tour) -> str:
    return f"T{tour.number}"


def _ends(facts: Facts, tour: Tour) -> str:
    at = formats.clock(tour.end, facts.asked.zone)
    vehicle = facts.names.vehicle(tour.vehicle)
    return _("{vehicle} · ends at {time}").format(vehicle=vehicle, time=at)


def _figures(tour: Tour) -> str:
    stops = len(tour.deliveries)
    said = n_("{count} stop", "{count} stops", stops).format(count=formats.number(stops))
    return joined(said, formats.distance(tour.distance_m), formats.money(tour.cost_cents))


def _none(facts: Facts) -> tuple[str, str]:
    travelling = facts.travelling
    if not facts.carriages:
        return _("No tour yet"), ""
    if not travelling:
        return _("No tour: collected"), ""
    if all(one.decided is not None and one.decided.best for one in travelling):
        return _("No tour: a carrier brings it"), ""
    if any(one.shipment.to_node for one in travelling):
        return _("No tour: moved between nodes"), ""
    if facts.row.mode is not Mode.HOME_DELIVERY:
        return _("No tour: to a pickup point"), ""
    nodes = list(dict.fromkeys(one.shipment.node for one in travelling))
    if not facts.depots.intersection(nodes):
        return _("No tour: a carrier brings it"), _("{node} has no vehicle").format(node=nodes[0])
    return _("Not planned yet"), _vehicles(facts, nodes)


def _vehicles(facts: Facts, nodes: list[str]) -> str:
    said = []
    for node in nodes:
        count = sum(v.depot == node and v.active for v in facts.names.vehicles.values())
        if count:
            text = n_("{count} vehicle at {node}", "{count} vehicles at {node}", count)
            said.append(text.format(count=formats.number(count), node=node))
    return joined(*said)


def _why_none(facts: Facts) -> tuple[Note, ...]:
    left_out = facts.row.unplanned
    if left_out is not None:
        tone = "danger" if left_out.colour is Colour.RED else "warn"
        said = [Note(Icon.WARNING, sentence(reason), tone) for reason in left_out.reasons]
        said += [Note(Icon.DONE, _named(facts, remedy), "success") for remedy in facts.remedies]
        return tuple(said)
    choice, beside = _none(facts)
    return (Note(Icon.TOUR, f"{choice}. {beside}".rstrip(". ") + "."),)


def _bound(facts: Facts) -> tuple[Note, ...]:
    """The notes of the local knowledge book that bind the door."""
    return tuple(Note(Icon.COMMENT, sentence(note)) for note in facts.notes)


def _named(facts: Facts, remedy: Reason) -> str:
    """A remedy in words, with the vehicle's name in the place of its code."""
    name = facts.names.vehicle(str(remedy["vehicle"]))
    return sentence(because(remedy.code, **{**dict(remedy.facts), "vehicle": name}))


def _tour_lines(facts: Facts, tour: Tour) -> Iterator[Line]:
    vehicle = facts.names.vehicles.get(tour.vehicle)
    driver = vehicle.driver if vehicle is not None else ""
    said = joined(facts.names.vehicle(tour.vehicle), driver, _(STATES[tour.state]))
    everybody = Target(Leads.TO_ORDERS, tuple(stop.order for stop in tour.deliveries))
    chip = Cell(_label(tour), TourChip(tour.number))
    head = Cell(said, Words((Run(said, strong=True),), spills=True))
    yield Line(f"{tour.code} head", (chip, head), everybody)
    number = 0
    for place, stop in enumerate(tour.stops):
        if stop.kind in (StopKind.DELIVERY, StopKind.PICKUP):
            number += 1
            yield _stop(facts, stop, number, fetch=tour.is_fetch(stop))
        else:
            yield _pause(facts, tour, stop, place)


def _own_key(one: Carriage) -> str:
    return f"stop {one.shipment.code}"


def _stop(facts: Facts, stop: Stop, number: int, *, fetch: bool) -> Line:
    own = stop.order == facts.row.code
    others = {row.code: row for row in facts.asked.board.rows} if not own else {}
    row = facts.row if own else others.get(stop.order)
    who = f"{row.customer}, {row.town}" if row is not None else ""
    if fetch:
        who = _("goods picked up for {customer}").format(customer=row.customer if row else "")
    code = formats.order_number(stop.order)
    zone = facts.asked.zone
    at = formats.clock(stop.arrival, zone)
    window = formats.window(stop.window.start, stop.window.end, zone) if stop.window else ""
    tone = "accent" if own else "text1"
    runs = (Run(code, tone, strong=own), Run(who, tone if own else "text2", strong=own))
    cells = (
        Cell(str(number), figure(str(number), "accent" if own else "text2", strong=own)),
        Cell(at, figure(at, tone, strong=own)),
        Cell(f"{code} {who}", Words(runs), tip=f"{code} {who}"),
        Cell(window, figure(window, "text2")) if window else Cell(),
        _slack(facts, stop),
    )
    key = f"fetch {stop.shipment}" if fetch else f"stop {stop.shipment}"
    return Line(key, cells, Target(Leads.TO_ORDERS, (stop.order,)))


def _slack(facts: Facts, stop: Stop) -> Cell:
    if stop.late_s > 0:
        late = f"+{formats.duration(stop.late_s)}"
        return Cell(late, figure(late, "danger", strong=True))
    if stop.slack_s is None:
        return Cell()
    said = formats.duration(stop.slack_s)
    tone = "warn" if stop.slack_s < facts.asked.tight_slack_s else "text2"
    return Cell(said, figure(said, tone))


def _pause(facts: Facts, tour: Tour, stop: Stop, place: int) -> Line:
    said = _(_KINDS.get(stop.kind, "")).format(node=tour.depot)
    at = formats.clock(stop.departure if place == 0 else stop.arrival, facts.asked.zone)
    sign: Look | None = Mark(Icon.BREAK, "text3") if stop.kind is StopKind.BREAK else None
    cells = (
        Cell("", sign),
        Cell(at, figure(at, "text3")),
        Cell(said, Words((Run(said, "text3"),))),
    )
    target = None if stop.kind is StopKind.BREAK else Target(Leads.TO_NODE, (tour.depot,))
    return Line(f"{tour.code} {place}", cells, target)
