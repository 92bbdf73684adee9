"""What every promise looks at but stock: made ready once, asked many times."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from app.domain.carriers import Panel, PickupPoint
from app.domain.fleet import Vehicle
from app.domain.nodes import Product, StockNode
from app.domain.orders import Mode, OrderLine
from app.domain.packing import packed
from app.domain.policy import Policy
from app.domain.values import Address, GeoPoint, Load, Window
from app.planning.carriage.prices import PriceDesk, ServiceKey
from app.planning.carriage.workdays import is_holiday
from app.planning.carriage.zones import destination_of
from app.planning.sourcing.nodes import NodeTable
from app.planning.sourcing.survey import HANDOVER_S, METRES_PER_S

#: How many days ahead a date is looked for.
DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True)
class GivenAlready:
    """What the days hold before the promise: orders, loads, tours that are agreed, quotas used.

    `orders` are today's by node; `loads` those of home deliveries by depot and day; `left_out` the
    days whose tours could not take all; `agreed` the vehicles whose tour of a day is settled;
    `services` counts shipments by day and service, `relays` parcels by pickup point.
    """

    orders: Mapping[str, int] = field(default_factory=dict)
    loads: Mapping[tuple[str, date], Load] = field(default_factory=dict)
    left_out: frozenset[tuple[str, date]] = frozenset()
    agreed: frozenset[tuple[str, date]] = frozenset()
    services: Mapping[date, Mapping[ServiceKey, int]] = field(default_factory=dict)
    relays: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Goods:
    """A basket as vehicles and carriers see it."""

    load: Load
    handling: frozenset[str]
    value_cents: int
    longest_mm: int
    girth_mm: int

    @classmethod
    def of(cls, lines: Iterable[OrderLine], products: Mapping[str, Product]) -> "Goods":
        """An unknown product weighs nothing and still takes a parcel."""
        lines = tuple(lines)
        known = [products.get(line.sku, Product(line.sku)) for line in lines]
        sides = [sorted((p.length_mm, p.width_mm, p.height_mm)) for p in known]
        return cls(
            packed(lines, products),
            frozenset(mark for product in known for mark in product.handling),
            sum(line.quantity * line.unit_price_cents for line in lines),
            max((longest for _, _, longest in sides), default=0),
            max((long + 2 * (low + mid) for low, mid, long in sides), default=0),
        )


class PromiseGround:
    """Nodes with their hours, vehicles by depot, prices by day; good for the day it was made on."""

    def __init__(
        self,
        nodes: Iterable[StockNode],
        policy: Policy,
        *,
        on: date,
        vehicles: Iterable[Vehicle] = (),
        panel: Panel | None = None,
        given: GivenAlready = GivenAlready(),
    ) -> None:
        self.policy, self.panel, self.given = policy, panel or Panel(), given
        self.on = on
        self.zone = ZoneInfo(policy.timezone)
        self.since = datetime.combine(on, time(), self.zone).astimezone(UTC)
        self.table = NodeTable(nodes, given.orders, self.since)
        self.vehicles: dict[str, list[Vehicle]] = {}
        for vehicle in vehicles:
            if vehicle.active:
                self.vehicles.setdefault(vehicle.depot, []).append(vehicle)
        self._desks: dict[date, PriceDesk] = {}
        self._starts = [[w.start for w in windows or ()] for windows in self.table.windows]

    @cached_property
    def relays(self) -> tuple[PickupPoint, ...]:
        """The pickup points in use whose carrier has a service for them."""
        serving = {s.carrier for s in self.panel.services if Mode.PICKUP_POINT in s.modes}
        return tuple(p for p in self.panel.pickup_points if p.active and p.carrier in serving)

    def warm_up(self) -> None:
        """Make ready now what would make the first question slow: prices and calendars."""
        for ahead in range(DAYS_AHEAD):
            self.desk(self.on + timedelta(days=ahead))
        is_holiday(self.on, destination_of(Address(country=self.policy.country)))

    def windows(self, at: int, since: datetime) -> tuple[Window, ...]:
        """When a node is open from an instant on."""
        windows = self.table.windows[at] or ()
        first = max(0, bisect_right(self._starts[at], since) - 1)
        if first < len(windows) and windows[first].end <= since:
            first += 1
        rest = windows[first:]
        if rest and rest[0].start < since:
            return (Window(since, rest[0].end), *rest[1:])
        return rest

    def open_on(self, at: int, day: date) -> bool:
        """Whether a node is open at all on a day."""
        start = datetime.combine(day, time(), ZoneInfo(self.table.nodes[at].timezone))
        end = datetime.combine(day + timedelta(days=1), time(), start.tzinfo)
        first = next(iter(self.windows(at, start)), None)
        return first is not None and first.start < end

    def desk(self, day: date) -> PriceDesk:
        """The prices of a day's collection, whatever the hour: cut-offs are minded elsewhere."""
        if day not in self._desks:
            policy = replace(
                self.policy, carriage=replace(self.policy.carriage, min_place_score=0.0)
            )
            long_before = datetime.combine(day - timedelta(days=7), time(), self.zone)
            self._desks[day] = PriceDesk(self.panel, policy, on=day, now=long_before)
        return self._desks[day]

    def road_m(self, at: int, goal: GeoPoint | None) -> int | None:
        """The road from a node to a place, as sourcing reckons it; None = the place is unknown."""
        if goal is None:
            return None
        return round(self.policy.sourcing.circuity * self.table.nodes[at].point.distance_m(goal))

    def way_cents(self, road_m: int) -> int:
        """What a way of our own is reckoned to cost."""
        sourcing = self.policy.sourcing
        return round(sourcing.shipment_cents + sourcing.km_cents * road_m / 1000)

    def way_co2e_g(self, road_m: int) -> int:
        return round(self.policy.sourcing.co2e_g_per_km * road_m / 1000)


def travel_time(road_m: int) -> timedelta:
    """Getting away and to the door."""
    return timedelta(seconds=round(HANDOVER_S + road_m / METRES_PER_S))
