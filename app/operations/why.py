"""Why does an order go as it goes? Read from what was stored when each decision was made."""

from dataclasses import replace

from app.domain.reasons import Reason
from app.domain.windows import window_of
from app.operations.remedying import remedies_for
from app.operations.why_carrier import carrier_link
from app.operations.why_chain import Link, Weighed, WhyChain, WhyLink, figures
from app.operations.why_document import as_document as as_document
from app.operations.why_document import as_text as as_text
from app.operations.why_facts import Facts, iso_or_none, read_facts, stands
from app.operations.why_flips import flips_of
from app.operations.why_node import node_link
from app.operations.why_stop import may_flip, stop_flips_for
from app.operations.why_tour import time_link, tour_link
from app.planning.tours.relaxing import Remedy
from app.planning.tours.stop_flips import StopFlips
from app.workspace import Workspace


def why(workspace: Workspace, order: str, *, flip_stops: bool = True) -> WhyChain:
    """The chain of an order: order, node, carrier, tour, time.

    Without `flip_stops` nobody reckons what would have its stops elsewhere: that makes the whole
    day ready.

    Raises:
        UnknownSubject: there is no such order.
    """
    facts = workspace.read(read_facts, order, workspace.policy())
    decision = facts.decision if stands(facts) else None
    stops = _stop_flips(workspace, facts) if flip_stops else StopFlips()
    links = (
        _order(facts),
        _with_flips(workspace, facts),
        carrier_link(facts),
        _flipped(tour_link(facts, _remedies(workspace, facts)), stops.tour),
        _flipped(time_link(facts), stops.time),
    )
    return WhyChain(facts.order, decision, links)


def _with_flips(workspace: Workspace, facts: Facts) -> WhyLink:
    """The node, with what would have made it another; said of decisions that still stand."""
    link, decision = node_link(facts), facts.decision
    if decision is None or not stands(facts):
        return link
    found = tuple(flip.reason for flip in flips_of(workspace, decision))
    return replace(link, flip=next(iter(found), None), flips=found)


def _flipped(link: WhyLink, flips: tuple[Reason, ...]) -> WhyLink:
    """The link with what would make it another, where that is known."""
    return replace(link, flip=flips[0], flips=flips) if flips else link


def _stop_flips(workspace: Workspace, facts: Facts) -> StopFlips:
    """What would have the order's stops on other tours, or at other hours."""
    rides = [ride for ride in facts.rides if may_flip(ride.tour)]
    found = [stop_flips_for(workspace, ride.tour.on, ride.shipment.code) for ride in rides]
    return StopFlips(
        tuple(flip for each in found for flip in each.tour),
        tuple(flip for each in found for flip in each.time),
    )


def _remedies(workspace: Workspace, facts: Facts) -> tuple[Remedy, ...]:
    """What would let a vehicle take the shipments that the tours left out."""
    if not facts.left_out:
        return ()
    window = window_of(facts.order, workspace.policy(), facts.zone)
    on = window.start.astimezone(facts.zone).date()
    found = remedies_for(workspace, on, (left.shipment for left in facts.left_out))
    return tuple(remedy for each in found.values() for remedy in each)


def _order(facts: Facts) -> WhyLink:
    """What was asked for, where and by when."""
    order, decision = facts.order, facts.decision
    sent_g = sum(shipment.load.weight_g for shipment in facts.shipments)
    known = figures(
        mode=order.mode.value,
        state=order.state.value,
        pieces=order.pieces,
        weight_g=sent_g or (decision.weight_g if decision else None),
        place_score_share=order.place.score if order.place else None,
        promised_from_at=iso_or_none(order.promised_from, facts.zone),
        promised_to_at=iso_or_none(order.promised_to, facts.zone),
        due_at=iso_or_none(facts.due, facts.zone),
    )
    name = f"{order.address.postcode} {order.address.town}".strip()
    return WhyLink(Link.ORDER, (Weighed(order.code, name, figures=known),))
