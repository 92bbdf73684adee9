"""Why this node: the candidates of the stored decision, with what spoke for and against each."""

from zoneinfo import ZoneInfo

from app.domain.offers import OfferState
from app.domain.orders import Shipment
from app.domain.reasons import Fact, Reason, because
from app.domain.sourcing import Candidate, Method, OtherNodes, SourcingDecision
from app.operations.why_chain import Link, Weighed, WhyLink, figures
from app.operations.why_facts import Facts, iso_or_none, stands
from app.operations.why_offers import answered_no, told_of_offers


def node_link(facts: Facts) -> WhyLink:
    """The nodes that send, and why none of the others does."""
    decision = facts.decision
    offered, refused = told_of_offers(facts), answered_no(facts)
    if decision is None or _taken_from_offers(facts):
        if not offered:
            return WhyLink(Link.NODE, reasons=(because("not_sourced_yet"),))
        return WhyLink(Link.NODE, _claimed(facts), refused, reasons=offered)
    if not stands(facts):
        return WhyLink(Link.NODE, (), refused, reasons=(because("given_back"), *offered))
    chosen = tuple(_sender(facts, decision, shipment) for shipment in facts.shipments)
    senders = {shipment.node for shipment in facts.shipments}
    aside = [_aside(facts, c) for c in decision.candidates if c.node not in senders]
    groups = [_group(facts, decision, group) for group in decision.others]
    margin = None
    if decision.margin is not None:
        margin = because("lead_points", points=round(decision.margin, 1))
    if decision.margin_cents is not None:
        margin = because("lead_cents", dearer_cents=decision.margin_cents)
    told = {one.code for one in aside}
    asked = (one for one in refused if one.code not in told)
    return WhyLink(
        Link.NODE, chosen, (*aside, *asked, *groups), margin, (*_said(decision), *offered)
    )


def _taken_from_offers(facts: Facts) -> bool:
    """Whether the order's pieces are where an offer, not the rules, has put them."""
    won = {offer.winner for offer in facts.offers if offer.state is OfferState.CLAIMED}
    senders = {shipment.node for shipment in facts.shipments}
    waits = any(offer.is_open for offer in facts.offers)
    return (bool(senders) and senders <= won) or (waits and not senders)


def _claimed(facts: Facts) -> tuple[Weighed, ...]:
    return tuple(
        Weighed(shipment.node, facts.node_names.get(shipment.node, ""), shipment.code)
        for shipment in facts.shipments
    )


def _said(decision: SourcingDecision) -> tuple[Reason, ...]:
    """By which rule, what it found, and why a person decided otherwise."""
    said = [*decision.reasons]
    if decision.rule:
        label = decision.rule_label or decision.rule
        said.append(because("by_rule", rule=label, version=decision.policy_version))
    if decision.method is Method.OPTIMAL:
        said.append(because("by_optimum"))
    if decision.override:
        said.append(because("overridden", because=decision.override))
    return tuple(said)


def _sender(facts: Facts, decision: SourcingDecision, shipment: Shipment) -> Weighed:
    candidate = decision.candidate(shipment.node)
    known = () if candidate is None else _figures(facts, candidate)
    if shipment.to_node:
        known = (*known, ("to_node", shipment.to_node))
    overridden = candidate.fences if candidate is not None and decision.override else ()
    name = facts.node_names.get(shipment.node, "")
    return Weighed(shipment.node, name, shipment.code, known, overridden)


def _aside(facts: Facts, candidate: Candidate) -> Weighed:
    reasons = candidate.fences
    if not reasons and candidate.score is not None:
        reasons = (because("ranked_lower", points=round(candidate.score, 1)),)
    name = facts.node_names.get(candidate.node, "")
    return Weighed(candidate.node, name, figures=_figures(facts, candidate), reasons=reasons)


def _group(facts: Facts, decision: SourcingDecision, group: OtherNodes) -> Weighed:
    """Nodes that share a reason; those that the decision does not name are all the rest."""
    named = {candidate.node for candidate in decision.candidates}
    named.update(node for other in decision.others for node in other.nodes)
    nodes = group.nodes or tuple(sorted(set(facts.node_names) - named))
    return Weighed(next(iter(nodes), ""), reasons=(group.reason,), also=nodes[1:])


def _figures(facts: Facts, candidate: Candidate) -> tuple[tuple[str, Fact], ...]:
    zone = ZoneInfo(facts.zone_of.get(candidate.node, facts.zone.key))
    points = {f"{part.criterion}_points": part.points for part in candidate.parts}
    return figures(
        score=None if candidate.score is None else round(candidate.score, 1),
        available=candidate.available,
        pieces=candidate.pieces,
        distance_m=candidate.distance_m,
        cost_cents=candidate.cost_cents,
        emitted_co2e_g=candidate.co2e_g,
        load_share=candidate.load_share,
        ready_at=iso_or_none(candidate.ready_at, zone),
        arrives_at=iso_or_none(candidate.arrives_at, zone),
        stock_as_of=iso_or_none(candidate.stock_as_of, zone),
        **points,
    )
