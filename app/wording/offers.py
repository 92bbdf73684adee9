"""What is said about offers, claims and refusals."""

from app.i18n import N_

#: Why a node says no, in a few words.
DECLINES: dict[str, str] = {
    "absent": N_("not on the shelf"),
    "fewer": N_("fewer than thought"),
    "damaged": N_("damaged"),
    "no_time": N_("no time"),
    "other": N_("another reason"),
}

#: How far a node has come with a shipment.
WORK: dict[str, str] = {
    "claimed": N_("taken"),
    "preparing": N_("in preparation"),
    "ready": N_("ready"),
    "handed_over": N_("handed over"),
}

#: Where an offer stands.
STATES: dict[str, str] = {
    "open": N_("open"),
    "claimed": N_("claimed"),
    "released": N_("put back"),
    "expired": N_("lapsed"),
    "withdrawn": N_("taken back"),
    "exhausted": N_("refused by all"),
}

_JOURNAL: dict[str, str] = {
    "entry_offer": N_("Order {order} offered to {nodes}"),
    "entry_widen_offer": N_("Offer of order {order} widened to {nodes}"),
    "entry_withdraw_offer": N_("Offer of order {order} taken back"),
    "entry_lapse_offers": N_("Offers past their deadline ended: {count}"),
    "entry_claim": N_("Order {order} claimed by {node}"),
    "entry_decline": N_("Order {order} refused by {node}: {decline}"),
    "entry_give_back": N_("Order {order} given back by {node}: {decline}"),
    "entry_work": N_("Shipment {shipment}: {work}"),
    "entry_see_offer": N_("Offer of order {order} seen by {node}"),
}

_REFUSALS: dict[str, str] = {
    "already_claimed": N_("Order {order} was claimed by {winner_name} at {claimed_at}."),
    "offer_expired": N_("The offer of order {order} lapsed at {expired_at}."),
    "offer_withdrawn": N_("The offer of order {order} was taken back at {ended_at}."),
    "offer_exhausted": N_("All the nodes asked refused order {order}."),
    "not_asked": N_("Order {order} was not offered to {node}."),
    "not_offered": N_("Order {order} is not offered to anyone."),
    "already_offered": N_("Order {order} is offered already: widen the offer, or take it back."),
    "order_offered": N_("Order {order} is offered: take the offer back before changing it."),
    "claim_after_refusal": N_("{node} has answered already for order {order}."),
    "nothing_claimed": N_("No line of order {order} was named."),
    "line_not_offered": N_("{sku} is not offered, or not so many of it (order {order})."),
    "node_refused_before": N_("{node} refused order {order} at {refused_at}: {decline}."),
    "work_further": N_("Shipment {shipment} is as far as that already: {work}."),
    "nobody_to_ask": N_("No node is left that could be asked for order {order}."),
    "node_switched_off": N_("{node} is switched off for sourcing."),
    "deadline_past": N_("{node} would have no time to answer for order {order}."),
    "missing_strange": N_("{sku} is not among what {node} was to send of order {order}."),
    "nothing_held": N_("{node} holds nothing of order {order}."),
    "already_handed_over": N_("{node} has handed order {order} over already."),
}

_WHY: dict[str, str] = {
    "why_offer_open": N_("Offered to {nodes} until {expires_at}."),
    "why_offer_claimed": N_(
        "Offered to {nodes}: {node} claimed it at {claimed_at}, after {after_s}."
    ),
    "why_offer_released": N_(
        "Offered to {nodes}: {node} claimed it at {claimed_at}, then gave it back."
    ),
    "why_offer_expired": N_("Offered to {nodes}: nobody claimed it before {ended_at}."),
    "why_offer_withdrawn": N_("Offered to {nodes}: taken back at {ended_at}."),
    "why_offer_exhausted": N_("Offered to {nodes}: all of them refused."),
    "why_awaited": N_("has until {expires_at} to answer"),
    "why_outrun": N_("{node} was quicker"),
    "why_no_answer": N_("did not answer"),
    "tell_client_refused": N_(
        "To tell the client: “Order {order} cannot be handed over at {store} ({decline}). Shall we "
        "have it sent there from another store, or cancel it?”"
    ),
    "offer_out_of_ring": N_("{distance_m} away, beyond this wave's {limit_m}"),
    "offer_asked_before": N_("was asked before"),
    "offer_needs_nobody": N_("needs nobody to claim: the rules may assign it"),
    "offer_busy": N_("has {open} offers to answer already, of {limit} at most"),
    "offer_closed": N_("closed until {opens_at}"),
    "offer_shut": N_("not open for long enough to answer"),
}

_CHECKS: dict[str, str] = {
    "offer_astray": N_("Order {order}: its state and its offer disagree."),
    "answers_differ": N_("Offer {offer}: its answers do not fit its end."),
    "work_on_nothing": N_("{shipment} is being prepared, and is no longer active."),
}

SENTENCES: dict[str, str] = {**_JOURNAL, **_REFUSALS, **_WHY, **_CHECKS}
