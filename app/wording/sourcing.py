"""What is said about nodes and stock."""

from collections import Counter
from collections.abc import Callable

from app.domain.reasons import Reason
from app.formats import number
from app.i18n import N_, _, n_
from app.wording.policy import RATINGS

#: What keeps a node out of an order, said beside the node's name.
_FENCES: dict[str, str] = {
    "refused_before": N_("refused at {refused_at}: {decline}"),
    "switched_off": N_("switched off for sourcing"),
    "does_not_serve": N_("does not serve this kind of order"),
    "does_not_transfer": N_("sends nothing to other stores"),
    "other_kind": N_("not the kind of node this rule looks at"),
    "not_named": N_("not among the nodes this rule names"),
    "not_held": N_("does not keep {sku}"),
    "stock_figure_old": N_("stock counted more than {limit_s} ago"),
    "full": N_("full: {orders} orders of {limit} today"),
    "out_of_range": N_("{distance_m} away, beyond the limit of {limit_m}"),
    "too_far_in_time": N_("too far for the time left: ready at {ready_at}, then {travel_s} away"),
    "hours_unreadable": N_("opening hours cannot be read: {hours}"),
    "closed_for_long": N_("not open in the next {days} days"),
    "closes_before_ready": N_("closes at {closes_at}, ready at {ready_at}"),
    "opens_too_late": N_("opens at {opens_at}, too late to leave by {needed_at}"),
    "closed_today": N_("closed today, opens on {opens_on} at {opens_at}"),
    "past_cutoff": N_("past the cut-off of {cutoff_at}"),
}

#: Nodes too many to be told one by one.
_OTHERS: dict[str, str] = {
    "others_switched_off": N_("Other nodes ({count}): switched off for sourcing"),
    "others_refused_before": N_("Other nodes ({count}): refused this order before"),
    "others_does_not_serve": N_("Other nodes ({count}): do not serve this kind of order"),
    "others_other_kind": N_("Other nodes ({count}): not the kind this rule looks at"),
    "others_not_named": N_("Other nodes ({count}): not among those this rule names"),
    "others_short_of_stock": N_("Other nodes ({count}): not enough stock"),
    "others_stock_figure_old": N_("Other nodes ({count}): stock counted too long ago"),
    "others_full": N_("Other nodes ({count}): full for today"),
    "others_out_of_range": N_("Other nodes ({count}): out of range"),
    "others_too_far_in_time": N_("Other nodes ({count}): too far for the time left"),
    "others_not_open": N_("Other nodes ({count}): not open when needed"),
    "others_past_cutoff": N_("Other nodes ({count}): past their cut-off"),
    "others_ranked_lower": N_("Other nodes ({count}): ranked lower"),
}

#: The figures behind the points of a score.
_RATINGS: dict[str, str] = {
    "rated_distance": N_("{distance_m} by road"),
    "rated_cost": N_("costs {cost_cents}"),
    "rated_promise": N_("{slack_s} before the promise"),
    "rated_carbon": N_("{emitted_co2e_g}"),
    "rated_keep_stock": N_("{left} left for the node's own customers"),
    "rated_load": N_("{load_share} of the day's capacity taken"),
    "rated_answers": N_("takes and carries out {kept_share} of its offers"),
    "rated_fewest_shipments": N_("{pieces} pieces of {asked}"),
}

#: What is said of an order as a whole.
_ORDERS: dict[str, str] = {
    "best_node": N_("{node} leads {next_node} by {margin} points."),
    "only_node": N_("{node} is the only candidate."),
    "fallback_node": N_("No rule finds it whole: {node} takes what nothing else can."),
    "held_until": N_(
        "Rule “{rule}” holds it back until {ends_on} at {ends_at} ({waiting} orders wait)."
    ),
    "held_for_number": N_(
        "Rule “{rule}” holds it back until {wanted} orders wait ({waiting} so far)."
    ),
    "waits_whole": N_("Nothing leaves before all of it can."),
    "split_needed": N_("No node has everything: {shipments} share the order."),
    "reallocated": N_(
        "Moved from {nodes}: {saved_cents} less for all orders together, and {order} is served."
    ),
    "reallocated_cheaper": N_("Moved from {nodes}: {saved_cents} less for all orders together."),
    "orders_share_pieces": N_(
        "{orders} orders share {available} pieces of {sku}: they ask for {asked}, {short} too many."
    ),
    "orders_share_nothing": N_(
        "{orders} orders ask for {asked} pieces of {sku}, and no node that could send them has any."
    ),
    "way_out_transfer": N_("{from_node} can give {pieces} to {node}: {cost_cents} for the way."),
    "way_out_inbound": N_(
        "{pieces} arrive at {node} on {expected_on}: the wait counts {cost_cents}."
    ),
    "way_out_buffer": N_(
        "{node} keeps {pieces} back as safety stock or below the floor: sending them counts"
        " {cost_cents}."
    ),
    "joint_passes": N_(
        "{node} sends it instead of {from_node}: its tour {tour} passes {near_m} away at"
        " {passes_at}, {saved_cents} less in all."
    ),
    "joint_passes_dearer": N_(
        "{node} sends it instead of {from_node}, from where nobody would bring it: its tour {tour}"
        " passes {near_m} away at {passes_at}, {more_cents} more in all."
    ),
    "joint_own_tour_dearer": N_(
        "{node} sends it instead of {from_node}, from where nobody would bring it: with a tour"
        " {tour} of its own, {more_cents} more in all."
    ),
    "joint_own_tour": N_(
        "{node} sends it instead of {from_node}: with a tour {tour} of its own, {saved_cents} less"
        " in all."
    ),
    "optimum_cheapest": N_(
        "Chosen by the optimum: {node} costs least for this order, {more_cents} less than {other}."
    ),
    "optimum_only_node": N_("Chosen by the optimum: only {node} has everything."),
    "optimum_piece_serves": N_(
        "Chosen by the optimum: {other} is {more_cents} cheaper for this order, but its {sku}"
        " serves order {order}."
    ),
    "optimum_pieces_serve": N_(
        "Chosen by the optimum: {other} is {more_cents} cheaper for this order, but its {sku}"
        " serves order {order} and {more} more."
    ),
    "optimum_node_full": N_(
        "Chosen by the optimum: {other} is {more_cents} cheaper for this order, but its {limit}"
        " orders of the day are better used for others."
    ),
    "optimum_within_gap": N_(
        "Chosen by the optimum: {other} would be {more_cents} cheaper, but the search ended before"
        " weighing it."
    ),
    "optimum_split": N_(
        "Chosen by the optimum: {shipments} nodes share the order, for {cost_cents} in all."
    ),
    "optimum_served_others": N_(
        "Left without stock by the optimum: what it could have had saves more elsewhere"
        " (orders: {orders})."
    ),
    "optimum_too_dear": N_(
        "Left by the optimum: any shipment would cost more than the {unserved_cents} that its"
        " pieces count."
    ),
    "by_optimum": N_("All open orders were weighed at once."),
    "collected_from_own_stock": N_("{node} has it on the shelf."),
    "transferred_to_store": N_("{node} sends it to {to_node}, where it is collected."),
    "later_than_due": N_("It was due on {due_on} at {due_at} and will be late."),
    "rule_found_none": N_("Rule “{rule}” found no whole answer."),
    "assigned_by_hand": N_("Assigned to {node} by hand."),
    "assigned_instead": N_("Assigned to {node} by hand instead of {instead_of}."),
    "address_to_check": N_("The address has to be checked: {address}"),
    "collect_refused": N_(
        "Refused by {node} ({decline}): ask the client before sending it from elsewhere."
    ),
    "no_collect_node": N_("No store was chosen to collect from."),
    "unknown_collect_node": N_("The store to collect from is unknown: {node}"),
    "collect_store_out": N_("{node} cannot hand the order over: choose another store."),
    "no_rule_applies": N_("No rule is meant for this order."),
    "no_nodes": N_("No node is known. Import nodes first."),
    "nothing_left": N_("Every line is on its way already."),
    "no_candidate": N_("No candidate: {nodes} nodes looked at, all ruled out."),
    "shipments_used_up": N_("The rules allow no further shipment ({shipments} so far)."),
    "stock_coming": N_("{coming} of {sku} expected at {node} on {expected_on}."),
    "stock_out_of_reach": N_("{sku}: {somewhere} in stock, none at a node that can serve."),
    "stock_too_little": N_("{sku}: {asked} missing, {available} at hand."),
    "stock_nowhere": N_("{sku}: available nowhere ({asked} missing)."),
    "reason_needed": N_("Say why order {order} goes against the rules."),
    "nothing_to_send": N_("Order {order} needs nothing more."),
}

#: What is said of the links from the order to the door.
_LINKS: dict[str, str] = {
    "not_sourced_yet": N_("Not sourced yet."),
    "recomputed_same": N_(
        "Made again from its inputs with rules v{version}: the same, byte for byte."
    ),
    "recomputed_other": N_(
        "Order {order}: made again from its inputs with rules v{version}, the decision is another"
        " ({nodes})."
    ),
    "recomputed_not_kept": N_("What it was decided from is not kept: it cannot be made again."),
    "recomputed_moved": N_(
        "It was agreed, then moved by weighing it with other orders or with the day's tours: what"
        " these were like then is not kept, so the move cannot be made again. The journal says who"
        " moved it, and undoes it."
    ),
    "recomputed_not_decided": N_("Nothing was decided yet."),
    "recomputed_searched": N_(
        "Found by weighing all orders at once; the rules v{version} alone would have said {nodes}."
    ),
    "given_back": N_("Its pieces were given back since; it is to be sourced anew."),
    "by_rule": N_("Rule “{rule}”, version {version}."),
    "overridden": N_("Decided by hand: {because}"),
    "ranked_lower": N_("ranked lower: {points} points"),
    "lead_points": N_("leads by {points} points"),
    "lead_cents": N_("the next costs {dearer_cents} more"),
    "lead_slack": N_("{slack_s} to spare"),
    "nothing_to_carry_yet": N_("Nothing to carry yet."),
    "collected_at": N_("Collected at {node}: no carrier is needed."),
    "no_carrier_can": N_("No carrier can take it."),
    "no_carrier_yet": N_("No carrier was chosen yet."),
    "left_out_of_tours": N_("Left out of the day's tours."),
    "rides_with_carrier": N_("Goes with a carrier, in none of our tours."),
    "not_planned_yet": N_("Not planned yet."),
    "time_open": N_("The time is open until it is planned."),
}

#: What would have sent an order elsewhere.
_FLIPS: dict[str, str] = {
    "flip_more_pieces": N_("{node} would send it with {pieces} more of {sku}."),
    "flip_fewer_pieces": N_("With {pieces} fewer of {sku} at {node}, it would go elsewhere."),
    "flip_switched_on": N_("{node} would send it if it were open for sourcing."),
    "flip_more_room": N_("{node} would send it with room for {limit} orders a day ({more} more)."),
    "flip_range": N_("{node} would send it if rule “{rule}” reached {to_m} instead of {from_m}."),
    "flip_cutoff": N_("{node} would send it with a cut-off {later_s} later, at {to_at}."),
    "flip_preparation": N_("{node} would send it if it were ready {sooner_s} sooner."),
    "flip_price": N_("{service} would carry it for {less_cents} less."),
    "flip_promise": N_("{node} would send it if it were due {later_s} later."),
}

SENTENCES: dict[str, str] = {**_FENCES, **_OTHERS, **_RATINGS, **_ORDERS, **_LINKS, **_FLIPS}


def _short_of_stock(reason: Reason) -> str:
    """What is available of what was asked for, and what keeps the rest: only what is not zero."""
    counts = Counter({name: int(value) for name, value in reason if isinstance(value, int)})
    told = {
        "on_hand": n_("{count} on hand", "{count} on hand", counts["on_hand"]),
        "reserved": n_("{count} reserved", "{count} reserved", counts["reserved"]),
        "safety": n_("{count} for safety", "{count} for safety", counts["safety"]),
        "blocked": n_("{count} blocked", "{count} blocked", counts["blocked"]),
        "taken": n_("{count} just given out", "{count} just given out", counts["taken"]),
        "kept": n_("{count} kept by the rules", "{count} kept by the rules", counts["kept"]),
    }
    parts = [
        text.format(count=number(counts[name]))
        for name, text in told.items()
        if counts[name] or name == "on_hand"
    ]
    return _("{sku}: {available} available of {asked} ({parts})").format(
        sku=reason["sku"],
        available=number(counts["available"]),
        asked=number(counts["asked"]),
        parts=", ".join(parts),
    )


def _flip_weight_down(reason: Reason) -> str:
    text = _(
        "{node} would send it if rule “{rule}” weighed “{rating}” {weight} or less instead of"
        " {before}."
    )
    return _weighed(reason, text)


def _flip_weight_up(reason: Reason) -> str:
    text = _(
        "{node} would send it if rule “{rule}” weighed “{rating}” {weight} or more instead of"
        " {before}."
    )
    return _weighed(reason, text)


def _weighed(reason: Reason, text: str) -> str:
    return text.format(
        node=reason["node"],
        rule=_(str(reason["rule"])),
        rating=_(RATINGS[str(reason["rating"])]),
        weight=number(float(reason["weight"]), 2),
        before=number(float(reason["before"]), 2),
    )


#: Reasons whose sentence is more than a list of their facts.
COMPOSED: dict[str, Callable[[Reason], str]] = {
    "short_of_stock": _short_of_stock,
    "flip_weight_down": _flip_weight_down,
    "flip_weight_up": _flip_weight_up,
}
