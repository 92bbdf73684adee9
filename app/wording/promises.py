"""What is said of dates that may be promised: the chain behind each, and why others may not."""

from app.i18n import N_

#: What kinds of promise are called.
KINDS: dict[str, str] = {
    "home": N_("At home"),
    "express": N_("Express"),
    "pickup_point": N_("Pickup point"),
    "collect": N_("Collected in store"),
}

_CHAIN: dict[str, str] = {
    "promise_in_parts": N_("no node has everything: {shipments} shipments from {nodes}"),
    "promise_stock": N_("{node} has it in stock; counted {age_s} ago"),
    "promise_stock_uncounted": N_("{node} has it in stock; nobody knows when it was counted"),
    "promise_stock_coming": N_("{node} has it from {there_on} on, once arrivals are in"),
    "promise_stale": N_("stock counted {age_s} ago, too long to rely on: days added: {days}"),
    "promise_stale_unknown": N_("stock counted nobody knows when: days added: {days}"),
    "promise_full_today": N_("full today ({orders} orders of {limit}): prepared from tomorrow on"),
    "promise_prepared": N_("prepared in {preparation_s}: ready on {ready_on} at {ready_at}"),
    "promise_cut_off": N_("past the cut-off of {cutoff}: leaves on {leaves_on}"),
    "promise_tour": N_("our tour of {tour_on} from {node}, {road_m} away; {room_share} room left"),
    "promise_picked_up": N_("{carrier} {service} collects on {pick_up_on}, until {until}"),
    "promise_transit": N_("working days on the way: {days}; there on {there_on}"),
    "promise_transfer": N_("{node} sends it to {to_node}, there on {there_on} at {there_at}"),
    "promise_open": N_("handed over at {place} on {open_on} from {opens} to {closes}"),
}
_LATER: dict[str, str] = {
    "promise_node_closed": N_("{node} is closed on {tour_on}"),
    "promise_tours_agreed": N_("the tours of {tour_on} are agreed already"),
    "promise_tours_overfull": N_("the tours of {tour_on} left orders out already"),
    "promise_tours_full": N_("the tours of {tour_on} have no room left"),
    "promise_tours_too_late": N_("no tour of {tour_on} could be there in time"),
    "promise_ready_too_late": N_("ready at {ready}, after the carrier's cut-off of {cutoff}"),
}
_NONE: dict[str, str] = {
    "promise_no_vehicle": N_("no vehicle at {node} can take it"),
    "promise_not_in_sight": N_("no date in the next {days} days"),
    "promise_place_unknown": N_("The place is not known: give a postcode."),
    "promise_place_not_found": N_("{said} is not found: check postcode and town."),
    "promise_no_relay": N_("The panel has no pickup point."),
    "promise_no_store": N_("No store hands orders over."),
    "promise_none_to_send": N_("nobody can send {node} what it lacks"),
    "promise_relay_full": N_("{place} is full: {held} parcels of {limit}"),
    "promise_not_together": N_("never has everything at once"),
    "promise_more_nodes": N_("Other nodes that lack something: {nodes}"),
}

#: The last moments on the way to a promise.
MILESTONES: dict[str, str] = {
    "source": N_("To source by"),
    "prepare": N_("To prepare from"),
    "hand_over": N_("To hand over by"),
    "there": N_("Promised by"),
}
_RISKS: dict[str, str] = {
    "risk_late_on_tour": N_("{late_s} late on {tour}."),
    "risk_tight_on_tour": N_("Only {slack_s} to spare on {tour}."),
    "risk_carrier_late": N_("{carrier} is there too late; days after the promise: {days}."),
    "risk_overdue": N_("It was due {overdue_s} ago, and nothing brings it yet."),
    "risk_should_have_left": N_("It is {travel_s} away and should have left by now."),
    "risk_left_out": N_("The day's tours left it out, and no carrier has it."),
    "risk_nobody": N_("Nobody can have it there within sight."),
    "risk_soonest_too_late": N_(
        "The soonest it could be there is {soonest_on} from {soonest_at} on."
    ),
}

SENTENCES: dict[str, str] = {**_CHAIN, **_LATER, **_NONE, **_RISKS}
