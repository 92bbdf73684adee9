"""Why this tour and this time: the stop as the stored plan has it, between its neighbours."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from app.domain.reasons import Reason, because
from app.domain.tours import Stop
from app.operations.why_chain import Link, Weighed, WhyLink, figures
from app.operations.why_facts import Facts, Ride, iso, travelling
from app.planning.tours.relaxing import Remedy
from app.wording.notes import note_reason


def tour_link(facts: Facts, remedies: tuple[Remedy, ...] = ()) -> WhyLink:
    """The tour and the stops before and after, or why there is none and what would change that."""
    chosen = tuple(_stop(facts, ride) for ride in facts.rides)
    rejected = tuple(
        Weighed("", shipment=left.shipment, reasons=left.reasons) for left in facts.left_out
    )
    flip = remedies[0].reason if remedies else None
    reasons = (*_no_tour(facts), *map(note_reason, facts.notes))
    return WhyLink(Link.TOUR, chosen, rejected, reasons=reasons, flip=flip, remedies=remedies)


def _no_tour(facts: Facts) -> tuple[Reason, ...]:
    if facts.rides:
        return ()
    if facts.left_out:
        return (because("left_out_of_tours"),)
    away = travelling(facts)
    if away and all(shipment.code in facts.choices for shipment in away):
        return (because("rides_with_carrier"),)
    return (because("not_planned_yet"),)


def _stop(facts: Facts, ride: Ride) -> Weighed:
    """The stop of a shipment: its place among the tour's deliveries and its two neighbours."""
    tour, stops, deliveries = ride.tour, ride.tour.stops, ride.tour.deliveries
    known = figures(
        vehicle=tour.vehicle,
        depot=tour.depot,
        state=tour.state.value,
        position=deliveries.index(ride.stop) + 1,
        stops=len(deliveries),
        previous=_neighbour(stops, ride.at - 1),
        next=_neighbour(stops, ride.at + 1),
        leg_m=ride.stop.distance_m,
        leg_s=ride.stop.drive_s,
        **_fetched(facts, ride),
    )
    return Weighed(tour.code, f"T{tour.number}", ride.shipment.code, known)


def _fetched(facts: Facts, ride: Ride) -> dict[str, str]:
    """Where and when its goods come aboard, if that is not at the depot."""
    fetch = next(stop for stop in ride.tour.deliveries if stop.shipment == ride.stop.shipment)
    if not ride.tour.is_fetch(fetch):
        return {}
    zone = ZoneInfo(facts.zone_of.get(ride.shipment.node, facts.zone.key))
    return {"fetch_node": ride.shipment.node, "fetched_at": iso(fetch.start, zone)}


def _neighbour(stops: Sequence[Stop], at: int) -> str:
    """The order at a stop, or what else happens there."""
    if not 0 <= at < len(stops):
        return ""
    return stops[at].order or stops[at].kind.value


def time_link(facts: Facts) -> WhyLink:
    """When the van is at the door, and how much time is to spare."""
    if not facts.rides:
        return WhyLink(Link.TIME, reasons=(because("time_open"),))
    chosen = tuple(_arrival(facts, ride) for ride in facts.rides)
    slack_s = [ride.stop.slack_s for ride in facts.rides if ride.stop.slack_s is not None]
    margin = because("lead_slack", slack_s=min(slack_s)) if slack_s else None
    return WhyLink(Link.TIME, chosen, margin=margin)


def _arrival(facts: Facts, ride: Ride) -> Weighed:
    stop = ride.stop
    zone = ZoneInfo(facts.zone_of.get(ride.tour.depot, facts.zone.key))
    known = figures(
        arrival_at=iso(stop.arrival, zone),
        start_at=iso(stop.start, zone),
        departure_at=iso(stop.departure, zone),
        window_from_at=None if stop.window is None else iso(stop.window.start, zone),
        window_to_at=None if stop.window is None else iso(stop.window.end, zone),
        waiting_s=stop.waiting_s,
        late_s=stop.late_s,
        slack_s=stop.slack_s,
        tour_end_at=iso(ride.tour.end, zone),
    )
    return Weighed(iso(stop.start, zone), "", ride.shipment.code, known)
