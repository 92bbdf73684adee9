"""What the values of the rules are called in the form; their file explains them in full."""

from app.i18n import N_, _
from app.wording.policy import HINTS

#: Of one rule, by the name of its field.
RULE: dict[str, str] = {
    "max_range_m": N_("Not farther than"),
    "max_late_days": N_("Not later than the promise by"),
    "max_stock_age_h": N_("Stock counted within"),
    "max_shipments": N_("Not more shipments than"),
    "hold_until": N_("Its orders wait until"),
    "hold_orders": N_("Its orders wait until there are"),
    "offer_nodes": N_("Offered to at most so many nodes"),
    "offer_answer_s": N_("They answer an offer within"),
}

#: For which orders a rule is.
CONDITION: dict[str, str] = {
    "placed_from": N_("Placed at or after"),
    "placed_before": N_("Placed before"),
    "min_value_cents": N_("Worth at least"),
    "max_value_cents": N_("Worth at most"),
    "min_weight_g": N_("Weighing at least"),
    "max_weight_g": N_("Weighing at most"),
}

#: The lists of words in a condition.
WORDS: dict[str, str] = {
    "departments": N_("Departments"),
    "postcode_prefixes": N_("Postcodes beginning with"),
    "countries": N_("Countries"),
    "skus": N_("Products"),
    "handling": N_("Handling"),
    "customers": N_("Clients"),
}

WEEKDAYS: dict[str, str] = {
    "mo": N_("Mon"),
    "tu": N_("Tue"),
    "we": N_("Wed"),
    "th": N_("Thu"),
    "fr": N_("Fri"),
    "sa": N_("Sat"),
    "su": N_("Sun"),
}

SOURCING: dict[str, str] = {
    "split_allowed": N_("Several nodes may share an order"),
    "max_shipments": N_("Shipments of one order, at most"),
    "min_split_value_cents": N_("No part worth less than"),
    "send_in_part": N_("What is there leaves, the rest waits"),
    "inseparable": N_("Handling that is never split"),
    "fallback_node": N_("Where no rule finds it whole: to"),
    "shipment_cents": N_("A shipment costs"),
    "km_cents": N_("A kilometre costs"),
    "circuity": N_("Roads against the straight line"),
    "co2e_g_per_km": N_("CO₂e of a kilometre"),
    "min_place_score": N_("Least trust in an address"),
    "promise_days": N_("Without a promise, due after"),
    "store_floor": N_("Pieces that stores keep from sourcing"),
    "other_floor": N_("Pieces that other nodes keep from it"),
    "unserved_piece_cents": N_("A piece nobody sends counts"),
    "late_day_cents": N_("A day too late counts"),
    "carbon_cents_per_kg": N_("A kilogram of CO₂e counts"),
    "last_piece_cents": N_("A store's last piece counts"),
    "busy_node_cents": N_("A shipment from a full node counts"),
}

PROMISE: dict[str, str] = {
    "stale_age_h": N_("Stock is old once counted longer ago than"),
    "stale_days": N_("Days then added to a promise"),
}

OFFERS: dict[str, str] = {
    "nodes": N_("Nodes asked at once, at most"),
    "wanted_chance": N_("Wanted chance of a claim"),
    "answer_s": N_("Time to answer"),
    "by_opening_hours": N_("Time runs in opening hours alone"),
    "range_m": N_("First asked within"),
    "widen_m": N_("Each further wave reaches farther by"),
    "waves": N_("Waves before the rules decide"),
    "max_open_per_node": N_("Offers to answer per node, at most"),
    "remind_s": N_("Reminded before the deadline by"),
    "fallback": N_("The rules assign when nobody claims"),
}

TOURING: dict[str, str] = {
    "service_s": N_("Time at a door"),
    "service_s_per_parcel": N_("More for each further parcel"),
    "service_s_per_floor": N_("More for each floor on foot"),
    "handover_s": N_("Loading at the depot"),
    "day_from": N_("Deliveries from"),
    "day_to": N_("Deliveries until"),
    "tight_slack_s": N_("Tight below a slack of"),
    "late_tolerance_s": N_("Late after a window by at most"),
    "late_cents_per_hour": N_("An hour of lateness counts"),
    "unknown_area_cents": N_("Out of the driver's areas counts"),
    "even_percent": N_("Evener hours may cost more by"),
    "compact_percent": N_("Clearer areas may cost more by"),
    "battery_margin_percent": N_("Batteries keep back"),
    "cold_margin_percent": N_("In cold months, more by"),
    "cold_from_month": N_("Cold from the month"),
    "cold_to_month": N_("Cold until the month"),
    "passing_refused": N_("No way through closed zones"),
    "fetch_within_m": N_("Goods are fetched at stores within"),
    "fetch_nodes": N_("Stores where goods are fetched from anywhere"),
    "fetch_s": N_("Time to take goods over at a store"),
    "transfers": N_("Transfers between stores ride on tours"),
    "pickup_points": N_("Parcels for pickup points ride on tours"),
    "carrier_prize_cents": N_("Worth of what no carrier takes"),
    "carbon_cents_per_kg": N_("Price of a kg of CO₂e"),
    "min_place_score": N_("Least trust in an address"),
}

CARRIAGE: dict[str, str] = {
    "weight_cost": N_("Weight of the price"),
    "weight_promise": N_("Weight of an early delivery"),
    "weight_carbon": N_("Weight of low emissions"),
    "excluded_energies": N_("Energies that carry nothing"),
    "min_place_score": N_("Least trust in an address"),
}

FENCES: dict[str, str] = {
    "open": N_("Open when needed"),
    "serves_mode": N_("Serves this kind of order"),
    "has_stock": N_("Has the stock"),
    "below_capacity": N_("Below its daily capacity"),
    "within_range": N_("Within range"),
    "before_cutoff": N_("Before its cut-off"),
}

RATINGS: dict[str, str] = {
    "distance": N_("Near"),
    "cost": N_("Cheap"),
    "promise": N_("Well before the promise"),
    "carbon": N_("Little CO₂e"),
    "keep_stock": N_("Keeps stock where it sells"),
    "load": N_("Has time to prepare"),
    "fewest_shipments": N_("Few shipments"),
    "answers": N_("Takes what it is offered"),
}

NODE_KINDS: dict[str, str] = {
    "store": N_("Stores"),
    "warehouse": N_("Warehouses"),
    "supplier": N_("Suppliers"),
    "hub": N_("Hubs"),
}

MODES: dict[str, str] = {
    "home_delivery": N_("Home delivery"),
    "click_and_collect": N_("Click and collect"),
    "pickup_point": N_("Pickup points"),
}


def explained(place: str) -> str:
    """What the file says of a value, by its place in it."""
    return _(HINTS[place])
