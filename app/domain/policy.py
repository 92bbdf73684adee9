"""The retailer's policy: how orders are sourced, toured and given to carriers; versioned data."""

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from app.domain.nodes import NodeKind
from app.domain.orders import Mode


class Fence(StrEnum):
    """What removes a node from the candidates."""

    OPEN = "open"
    SERVES_MODE = "serves_mode"
    HAS_STOCK = "has_stock"
    BELOW_CAPACITY = "below_capacity"
    WITHIN_RANGE = "within_range"
    BEFORE_CUTOFF = "before_cutoff"


class Rating(StrEnum):
    """What ranks the nodes that remain."""

    DISTANCE = "distance"
    COST = "cost"
    PROMISE = "promise"
    CARBON = "carbon"
    KEEP_STOCK = "keep_stock"
    LOAD = "load"
    FEWEST_SHIPMENTS = "fewest_shipments"
    ANSWERS = "answers"


class Turn(StrEnum):
    """What decides who takes from the stock first, when there is not enough for all."""

    PROMISE = "promise"
    VALUE = "value"
    PLACED = "placed"
    PIECES = "pieces"


class Weekday(StrEnum):
    """A day of the week, Monday first."""

    MONDAY = "mo"
    TUESDAY = "tu"
    WEDNESDAY = "we"
    THURSDAY = "th"
    FRIDAY = "fr"
    SATURDAY = "sa"
    SUNDAY = "su"


@dataclass(frozen=True, slots=True)
class RuleCondition:
    """Which orders a rule set is for; an empty field asks nothing.

    `skus` and `customers` may end with `*`: whatever begins so. One line that fits is enough, for
    `skus` as for `handling`. The hours and days are those at which the order was placed, by the
    policy's clock; from 22:00 before 06:00 is a night.
    """

    modes: frozenset[Mode] = frozenset()
    countries: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    postcode_prefixes: frozenset[str] = frozenset()
    skus: frozenset[str] = frozenset()
    handling: frozenset[str] = frozenset()
    customers: frozenset[str] = frozenset()
    weekdays: frozenset[Weekday] = frozenset()
    placed_from: time | None = None
    placed_before: time | None = None
    min_value_cents: int | None = None
    max_value_cents: int | None = None
    min_weight_g: int | None = None
    max_weight_g: int | None = None


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Fences that remove, ratings that rank; `node_kinds` empty = every kind.

    The first set of the chain whose condition fits and that finds the whole order decides.
    `max_late_days` is the lateness borne after the promise, None = however late. Stock counted
    longer than `max_stock_age_h` ago is not trusted. `max_shipments`, and to how many nodes an
    order is offered and for how long (`offer_nodes`, `offer_answer_s`): None = the policy's.
    `nodes` names those that may send, empty = all. The orders of a rule with `hold_until` or
    `hold_orders` wait for that hour, or until so many of them wait, and are then sourced together.
    """

    name: str
    label: str = ""
    condition: RuleCondition = RuleCondition()
    fences: tuple[Fence, ...] = tuple(Fence)
    ratings: tuple[tuple[Rating, float], ...] = ((Rating.DISTANCE, 1.0),)
    node_kinds: frozenset[NodeKind] = frozenset()
    max_range_m: int | None = None
    max_shipments: int | None = None
    max_late_days: int | None = 0
    max_stock_age_h: int | None = None
    offer_nodes: int | None = None
    offer_answer_s: int | None = None
    nodes: frozenset[str] = frozenset()
    hold_until: time | None = None
    hold_orders: int | None = None

    @property
    def holds(self) -> bool:
        """Whether its orders wait for each other."""
        return self.hold_until is not None or self.hold_orders is not None


_NEAREST_RATINGS = (
    (Rating.DISTANCE, 0.9),
    (Rating.LOAD, 0.05),
    (Rating.KEEP_STOCK, 0.03),
    (Rating.CARBON, 0.02),
)

#: The chain of a retailer who has decided nothing yet: near by and in time, then from farther
#: away, then late rather than never.
NEAREST_CHAIN = (
    RuleSet("near", "Nearest", ratings=_NEAREST_RATINGS, max_range_m=50_000),
    RuleSet("farther", "Farther away", ratings=_NEAREST_RATINGS),
    RuleSet("late", "Late rather than never", ratings=_NEAREST_RATINGS, max_late_days=None),
)


@dataclass(frozen=True, slots=True)
class SourcingPolicy:
    """The chain of rule sets, read top-down, and what may be split.

    `shipment_cents` and `km_cents` estimate what sending from a node costs, on roads that are
    `circuity` times as long as the straight line; `min_place_score` is the lowest score of an
    address that may be sourced. An order without promise or wish is due `promise_days` after it
    was placed. No order is split where a part, or what is left over, is worth less than
    `min_split_value_cents`, nor where a product asks for handling named in `inseparable`. With
    `send_in_part` what is there leaves and the rest waits for its date, else all of it waits. An
    order that no rule finds whole goes to `fallback_node` if that has everything. `turns` say who
    takes first from stock that is short.

    The safety stock of a cell hides pieces from sale. A floor does not: below `store_floor` pieces
    in stores, `other_floor` elsewhere, nothing is sourced, though what is there may be sold.

    The optimum weighs more than the way: a piece that stays unserved counts
    `unserved_piece_cents`, each day begun after the promise `late_day_cents`, CO2e
    `carbon_cents_per_kg`, a store's last piece of a product `last_piece_cents`, and a shipment from
    a node with all its orders of the day taken `busy_node_cents`, in proportion below that.
    """

    chain: tuple[RuleSet, ...] = NEAREST_CHAIN
    split_allowed: bool = True
    max_shipments: int = 3
    min_split_value_cents: int = 0
    shipment_cents: int = 450
    km_cents: int = 35
    circuity: float = 1.3
    co2e_g_per_km: int = 250
    min_place_score: float = 0.0001
    promise_days: int = 2
    unserved_piece_cents: int = 100_000
    late_day_cents: int = 500
    carbon_cents_per_kg: int = 10
    last_piece_cents: int = 50
    busy_node_cents: int = 100
    inseparable: frozenset[str] = frozenset()
    send_in_part: bool = True
    fallback_node: str = ""
    turns: tuple[Turn, ...] = (Turn.PROMISE, Turn.VALUE, Turn.PLACED)
    store_floor: int = 0
    other_floor: int = 0

    def floor_of(self, kind: NodeKind) -> int:
        """Pieces of each product that sourcing leaves at a node of a kind."""
        return self.store_floor if kind is NodeKind.STORE else self.other_floor


@dataclass(frozen=True, slots=True)
class RestRule:
    """A pause that the law or a contract asks of drivers; an empty `heavy_only` is for all.

    `length_s` are due before more than `drive_s` of driving, or `work_s` of work, since the start
    or the last pause as long; None = that measure does not matter.
    """

    name: str
    length_s: int
    drive_s: int | None = None
    work_s: int | None = None
    heavy_only: bool = False


#: Heavy goods vehicles: Regulation (EC) 561/2006, article 7 (45 min after 4 h 30 of driving).
#: Everyone: Code du travail, L3121-16 (20 min once 6 h of work are reached).
LEGAL_RESTS = (
    RestRule("driving", 2_700, drive_s=16_200, heavy_only=True),
    RestRule("working", 1_200, work_s=21_600),
)


@dataclass(frozen=True, slots=True)
class TouringPolicy:
    """What tours obey beyond the vehicles' own limits.

    `carrier_prize_cents` is the prize of a stop no carrier can take; `carbon_cents_per_kg` prices
    CO2e inside the plan. At a door `service_s` is spent on arriving, then so much for each further
    parcel, and for each floor climbed on foot. Service may start `late_tolerance_s` after a window
    at the price of `late_cents_per_hour`; an order out of the areas that a driver knows counts
    `unknown_area_cents` more. `rests` are the pauses that are due whatever a vehicle's own break.
    A day's tours may cost `even_percent` more than the cheapest where that makes the hours of the
    drivers who go out alike, and `compact_percent` more where it parts their areas; 0 = nothing.
    Of the way an electric vehicle is good for, `battery_margin_percent` is kept back, and
    `cold_margin_percent` more in the months from `cold_from_month` to `cold_to_month`. A tour that
    passes through a zone closed to its vehicle is told of; with `passing_refused` it is not agreed.

    Goods of a node without a vehicle may be fetched there by those of depots within
    `fetch_within_m` as the crow flies; at a node of `fetch_nodes` by any vehicle. Taking goods over
    takes `fetch_s` once a stop, then so much for each further parcel as at a door. With `transfers`
    what stores send each other for collection rides on tours too, with `pickup_points` what is for
    a known pickup point.
    """

    min_place_score: float = 0.5
    service_s: int = 300
    service_s_per_parcel: int = 20
    service_s_per_floor: int = 45
    handover_s: int = 0
    day_from: time = time(8)
    day_to: time = time(20)
    carrier_prize_cents: int = 50_000
    carbon_cents_per_kg: int = 10
    tight_slack_s: int = 600
    late_tolerance_s: int = 0
    late_cents_per_hour: int = 3_000
    unknown_area_cents: int = 0
    even_percent: int = 0
    compact_percent: int = 0
    battery_margin_percent: int = 0
    cold_margin_percent: int = 0
    cold_from_month: int = 11
    cold_to_month: int = 3
    passing_refused: bool = False
    rests: tuple[RestRule, ...] = LEGAL_RESTS
    fetch_within_m: int = 0
    fetch_nodes: frozenset[str] = frozenset()
    fetch_s: int = 300
    transfers: bool = False
    pickup_points: bool = False


@dataclass(frozen=True, slots=True)
class CarriagePolicy:
    """How carriers are ranked: price first, then these shares of other criteria."""

    min_place_score: float = 0.5
    weight_cost: float = 1.0
    weight_promise: float = 0.0
    weight_carbon: float = 0.0
    excluded_energies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OfferPolicy:
    """How orders are shown to several nodes at once, the first to claim winning.

    Nodes within `range_m` by road are asked, the best of the rules first: as few as give a claim
    with the chance `wanted_chance`, and at most `nodes`. They have `answer_s`, by their opening
    hours if `by_opening_hours` says so. When nobody claims, the next wave asks others from
    `widen_m` farther away, `waves` in all; then, with `fallback`, the rules assign. A node with
    `max_open_per_node` offers to answer is spared. Nodes of the kinds `claims_itself` need nobody
    to claim for them. `remind_s` before the end, who has not answered is reminded.
    """

    nodes: int = 4
    answer_s: int = 1_200
    by_opening_hours: bool = False
    wanted_chance: float = 0.95
    range_m: int = 15_000
    widen_m: int = 15_000
    waves: int = 2
    max_open_per_node: int = 5
    remind_s: int = 300
    fallback: bool = True
    claims_itself: frozenset[NodeKind] = frozenset({NodeKind.WAREHOUSE})


@dataclass(frozen=True, slots=True)
class PromisePolicy:
    """How dates are promised to clients.

    Where the stock figure is older than `stale_age_h` hours, `stale_days` are added to what a
    node can promise, and it is said.
    """

    stale_age_h: int = 48
    stale_days: int = 1


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything the retailer decides beforehand; `version` counts what was published."""

    version: int = 0
    label: str = "Nearest"
    sourcing: SourcingPolicy = field(default_factory=SourcingPolicy)
    touring: TouringPolicy = field(default_factory=TouringPolicy)
    carriage: CarriagePolicy = field(default_factory=CarriagePolicy)
    offers: OfferPolicy = field(default_factory=OfferPolicy)
    promise: PromisePolicy = field(default_factory=PromisePolicy)
    timezone: str = "Europe/Paris"
    country: str = "FR"
    currency: str = "EUR"
