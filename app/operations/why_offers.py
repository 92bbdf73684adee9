"""What offers have to do with the node: who was asked, who took it, who said no or nothing."""

from zoneinfo import ZoneInfo

from app.domain.offers import Offer, OfferState, Recipient, RecipientState, Refusal
from app.domain.orders import Mode
from app.domain.reasons import Reason, because
from app.operations.why_chain import Weighed
from app.operations.why_facts import Facts, iso


def told_of_offers(facts: Facts) -> tuple[Reason, ...]:
    """One sentence for each offer of the order, and what to tell a client who came to collect."""
    said = [told_of_offer(offer, facts.zone) for offer in facts.offers]
    waits = facts.order.mode is Mode.CLICK_AND_COLLECT and not facts.shipments
    if waits and facts.refusals:
        last = max(facts.refusals, key=lambda one: (one.at, one.node))
        said += [for_the_client(last, facts.node_names.get(last.node, ""))]
    return tuple(said)


def for_the_client(refusal: Refusal, node_name: str) -> Reason:
    """What the client of an order to collect should be told and asked."""
    return because(
        "tell_client_refused",
        order=refusal.order,
        store=node_name or refusal.node,
        decline=refusal.reason.value,
    )


def answered_no(facts: Facts) -> tuple[Weighed, ...]:
    """The nodes that were asked and do not send: what each said, the latest word of each."""
    senders = {shipment.node for shipment in facts.shipments}
    last: dict[str, Reason] = {}
    for offer in facts.offers:
        for one in offer.recipients:
            if (reason := _answer(facts, offer, one)) is not None:
                last[one.node] = reason
    for refusal in facts.refusals:
        last[refusal.node] = _refused(facts, refusal)
    return tuple(
        Weighed(node, facts.node_names.get(node, ""), reasons=(reason,))
        for node, reason in sorted(last.items())
        if node not in senders
    )


def told_of_offer(offer: Offer, zone: ZoneInfo) -> Reason:
    """What became of one offer."""
    nodes = ", ".join(offer.nodes)
    if offer.state is OfferState.OPEN:
        return because("why_offer_open", nodes=nodes, expires_at=iso(offer.expires, zone))
    ended = offer.ended_at or offer.expires
    ended_at = iso(ended, zone)
    if offer.state in (OfferState.CLAIMED, OfferState.RELEASED):
        taken_s = round((ended - offer.opened_at).total_seconds())
        code = f"why_offer_{offer.state.value}"
        return because(code, nodes=nodes, node=offer.winner, claimed_at=ended_at, after_s=taken_s)
    return because(f"why_offer_{offer.state.value}", nodes=nodes, ended_at=ended_at)


def _answer(facts: Facts, offer: Offer, one: Recipient) -> Reason | None:
    match one.state:
        case RecipientState.SENT | RecipientState.SEEN if offer.is_open:
            zone = _zone(facts, one.node)
            return because("why_awaited", expires_at=iso(one.expires, zone))
        case RecipientState.LAPSED if offer.winner:
            return because("why_outrun", node=offer.winner)
        case RecipientState.LAPSED:
            return because("why_no_answer")
        case _:
            return None


def _refused(facts: Facts, said: Refusal) -> Reason:
    at = iso(said.at, _zone(facts, said.node))
    return because("refused_before", refused_at=at, decline=said.reason.value)


def _zone(facts: Facts, node: str) -> ZoneInfo:
    return ZoneInfo(facts.zone_of.get(node, facts.zone.key))
