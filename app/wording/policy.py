"""What the retailer's policy is called on screen and explained in its file."""

from app.i18n import N_

#: Each value of the policy, by its place in `rules.toml`, in one sentence.
HINTS: dict[str, str] = {
    "label": N_("The name of these rules."),
    "version": N_("Counted by Régie each time rules are published."),
    "timezone": N_("The clock by which days begin and end."),
    "country": N_("The country of addresses that name none, two letters."),
    "currency": N_("The one currency of all amounts, three letters."),
    "sourcing.split_allowed": N_("Whether several nodes may share an order."),
    "sourcing.max_shipments": N_("At most so many shipments for one order."),
    "sourcing.min_split_value_cents": N_(
        "No split where a part, or what is left over, is worth less, in cents."
    ),
    "sourcing.shipment_cents": N_("What one shipment costs before any distance, in cents."),
    "sourcing.km_cents": N_("What each kilometre costs, in cents."),
    "sourcing.circuity": N_("How much longer roads are than the straight line."),
    "sourcing.co2e_g_per_km": N_("Grams of CO2e for each kilometre."),
    "sourcing.min_place_score": N_("Addresses located less surely wait to be checked, 0 to 1."),
    "sourcing.inseparable": N_(
        "Orders with a product of such handling are never split: cold, fragile, two_person ..."
    ),
    "sourcing.send_in_part": N_(
        "Whether what is there leaves at once while the rest waits for its date."
    ),
    "sourcing.fallback_node": N_(
        "Where orders go that no rule finds whole, over its fences, if it has everything."
    ),
    "sourcing.turns": N_(
        "Who takes first from stock that is short: promise, value, placed, pieces."
    ),
    "sourcing.promise_days": N_("Orders without promise or wish are due after so many days."),
    "sourcing.unserved_piece_cents": N_(
        "The optimum counts so much for a piece that nobody sends, in cents."
    ),
    "sourcing.late_day_cents": N_(
        "The optimum counts so much for each day begun after the promise, in cents."
    ),
    "sourcing.carbon_cents_per_kg": N_("The optimum counts so much for a kilogram of CO2e."),
    "sourcing.last_piece_cents": N_(
        "The optimum counts so much for a store's last piece of a product, in cents."
    ),
    "sourcing.busy_node_cents": N_(
        "The optimum counts so much for a shipment from a full node, less from a freer one."
    ),
    "sourcing.store_floor": N_(
        "Stores with so many pieces or fewer of a product send none of it, though they may sell it."
    ),
    "sourcing.other_floor": N_("The same for warehouses, suppliers and hubs."),
    "sourcing.rule.name": N_("A short name, used in reports; each rule has its own."),
    "sourcing.rule.label": N_("The name that people read."),
    "sourcing.rule.fences": N_("What keeps a node out; stock always does."),
    "sourcing.rule.weights": N_("What ranks the nodes that are left, and how much it weighs."),
    "sourcing.rule.only": N_("Which orders the rule is for; nothing here = all of them."),
    "sourcing.rule.only.modes": N_("home_delivery, click_and_collect, pickup_point."),
    "sourcing.rule.only.countries": N_("Countries of the address, two letters each."),
    "sourcing.rule.only.departments": N_("Departments of the address: 59, 2A, 974."),
    "sourcing.rule.only.postcode_prefixes": N_("Postcodes of the address that begin so: 590, 75."),
    "sourcing.rule.only.skus": N_("Orders with one of these products; COLD-* = all that begin so."),
    "sourcing.rule.only.handling": N_("Orders with a product of such handling: cold, fragile ..."),
    "sourcing.rule.only.customers": N_("Clients by their name; Mairie* = all that begin so."),
    "sourcing.rule.only.weekdays": N_("Orders placed on these days: mo, tu, we, th, fr, sa, su."),
    "sourcing.rule.only.placed_from": N_("Orders placed at this hour or later."),
    "sourcing.rule.only.placed_before": N_(
        "Orders placed before this hour; before placed_from = across midnight."
    ),
    "sourcing.rule.only.min_value_cents": N_("Orders worth at least so much, in cents."),
    "sourcing.rule.only.max_value_cents": N_("Orders worth at most so much, in cents."),
    "sourcing.rule.only.min_weight_g": N_("Orders that weigh at least so much, in grams."),
    "sourcing.rule.only.max_weight_g": N_("Orders that weigh at most so much, in grams."),
    "sourcing.rule.node_kinds": N_("Only store, warehouse, supplier or hub; empty = every kind."),
    "sourcing.rule.max_range_m": N_("Nodes farther away by road, in metres, are out of range."),
    "sourcing.rule.max_shipments": N_("Fewer shipments than the policy allows, for this rule."),
    "sourcing.rule.max_late_days": N_('Days of lateness borne after the promise; "any" = no end.'),
    "sourcing.rule.max_stock_age_h": N_("Stock counted longer ago, in hours, is not trusted."),
    "sourcing.rule.offer_nodes": N_("Offers of this rule ask at most so many nodes at once."),
    "sourcing.rule.nodes": N_("Only these nodes, by their code; empty = all."),
    "sourcing.rule.hold_until": N_(
        "Orders of this rule wait for this hour and are then sourced together."
    ),
    "sourcing.rule.hold_orders": N_(
        "Orders of this rule wait until there are so many, and are then sourced together."
    ),
    "sourcing.rule.offer_answer_s": N_("Seconds to answer offers of this rule."),
    "offers.nodes": N_("An offer asks at most so many nodes at once."),
    "offers.answer_s": N_("Seconds that the nodes asked have to answer."),
    "offers.by_opening_hours": N_("Whether that time runs only while a node is open."),
    "offers.wanted_chance": N_("As few nodes are asked as give a claim with this chance, 0 to 1."),
    "offers.range_m": N_("The first wave asks nodes within so many metres by road."),
    "offers.widen_m": N_("Each further wave reaches so many metres farther."),
    "offers.waves": N_("How many waves there are before the rules decide."),
    "offers.max_open_per_node": N_("A node with so many offers to answer is spared."),
    "offers.remind_s": N_("Nodes are reminded so many seconds before the deadline."),
    "offers.fallback": N_("Whether the rules assign the order when nobody claims it."),
    "offers.claims_itself": N_("Kinds of nodes that claim at once, without a person."),
    "promise.stale_age_h": N_("Stock counted longer ago, in hours, is promised with more days."),
    "promise.stale_days": N_("So many days are then added to what is promised."),
    "touring.min_place_score": N_("Addresses located less surely ride in no tour, 0 to 1."),
    "touring.service_s": N_("Seconds at a door."),
    "touring.service_s_per_parcel": N_("Seconds more for each further parcel."),
    "touring.service_s_per_floor": N_("Seconds more for each floor without a lift."),
    "touring.handover_s": N_("Seconds to load at the depot, for vehicles whose file says nothing."),
    "touring.day_from": N_("When deliveries begin where nothing was promised."),
    "touring.day_to": N_("When deliveries end where nothing was promised."),
    "touring.carrier_prize_cents": N_(
        "What it is worth to deliver what no carrier can take, in cents."
    ),
    "touring.carbon_cents_per_kg": N_("The price of a kilogram of CO2e inside plans, in cents."),
    "touring.tight_slack_s": N_("Stops with less slack, in seconds, are shown as tight."),
    "touring.late_tolerance_s": N_("Seconds after a window in which a tour may still arrive."),
    "touring.late_cents_per_hour": N_("What an hour of such lateness counts in plans, in cents."),
    "touring.unknown_area_cents": N_(
        "What a delivery out of the areas its driver knows counts in plans, in cents."
    ),
    "touring.even_percent": N_(
        "By how many per cent a day's tours may cost more at most, for drivers to work about as"
        " long as each other; 0 for the cheapest tours."
    ),
    "touring.compact_percent": N_(
        "By how many per cent a day's tours may cost more at most, for each to keep to an area of"
        " its own; 0 for the cheapest tours."
    ),
    "touring.battery_margin_percent": N_(
        "How many per cent of the way an electric vehicle is good for (max_km) its battery keeps"
        " back; longer tours are not planned for it."
    ),
    "touring.cold_margin_percent": N_("How many per cent more it keeps back in the cold months."),
    "touring.cold_from_month": N_("The first cold month, 1 to 12."),
    "touring.cold_to_month": N_("The last cold month, 1 to 12."),
    "touring.passing_refused": N_(
        "Whether tours whose way passes through a zone closed to their vehicle cannot be validated;"
        " else it is only told. Seen where roads are known."
    ),
    "touring.fetch_within_m": N_(
        "Goods of a node without a vehicle are fetched by vehicles of depots within so many metres;"
        " 0 for never."
    ),
    "touring.fetch_nodes": N_("Nodes without a vehicle where any vehicle fetches, however far."),
    "touring.transfers": N_(
        "Whether goods that one store sends another, to be collected there, ride on tours."
    ),
    "touring.pickup_points": N_("Whether parcels for a known pickup point ride on tours."),
    "touring.fetch_s": N_("Seconds to take goods over at such a node, once a stop."),
    "touring.rest.name": N_("A short name; each pause has its own."),
    "touring.rest.length_s": N_("How long the pause is, in seconds."),
    "touring.rest.drive_s": N_("Due before more driving than this, in seconds."),
    "touring.rest.work_s": N_("Due before more work than this, in seconds."),
    "touring.rest.heavy_only": N_("Whether it is for vehicles over 3.5 t alone."),
    "carriage.min_place_score": N_("Addresses located less surely go to no carrier, 0 to 1."),
    "carriage.weight_cost": N_("How much the price weighs."),
    "carriage.weight_promise": N_("How much an early delivery weighs."),
    "carriage.weight_carbon": N_("How much low emissions weigh."),
    "carriage.excluded_energies": N_("Fleets that may carry nothing: diesel, petrol, cng ..."),
}

#: The fences of a rule, by their name in the file.
FENCES: dict[str, str] = {
    "open": N_("open when needed"),
    "serves_mode": N_("serves this kind of order"),
    "has_stock": N_("has the stock"),
    "below_capacity": N_("below its daily capacity"),
    "within_range": N_("within range"),
    "before_cutoff": N_("before its cut-off"),
}

#: The ratings of a rule, by their name in the file.
RATINGS: dict[str, str] = {
    "distance": N_("distance"),
    "cost": N_("cost"),
    "promise": N_("promise"),
    "carbon": N_("carbon"),
    "keep_stock": N_("stock"),
    "load": N_("load"),
    "fewest_shipments": N_("fewest shipments"),
    "answers": N_("answers"),
}

#: The names of the rules that come with the program; a retailer's own pass through untranslated.
LABELS = (
    N_("Nearest"),
    N_("Farther away"),
    N_("Late rather than never"),
    N_("Cheapest"),
    N_("Greenest"),
    N_("Warehouse first"),
    N_("Warehouses"),
    N_("Stores"),
    N_("Promise first"),
    N_("On time"),
)
