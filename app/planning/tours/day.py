"""How a day's shipments and vehicles become a problem in whole numbers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from math import ceil, floor
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.nodes import StockNode
from app.domain.orders import ShipmentAtDoor
from app.domain.policy import Policy, TouringPolicy
from app.domain.reasons import Reason, because
from app.domain.tours import Colour, Unplanned
from app.domain.travel import VehicleProfile, profile_of
from app.domain.values import GeoPoint, Window
from app.planning.tours.fetching import Fetch, fetch_of, fetch_times_s, fetch_windows
from app.planning.tours.problem import FAR_S, Problem, Roads, VehicleDay, Visit
from app.planning.tours.vehicle_day import Calendar, Depot, vehicle_day
from app.ports import TravelTimes

_BUSY = "tour_vehicles_busy"
#: Handling that any vehicle can do; every other kind needs a vehicle with that skill.
UNSKILLED = frozenset({"fragile"})


def problem_of(
    doors: Iterable[ShipmentAtDoor],
    vehicles: Iterable[Vehicle],
    nodes: Iterable[StockNode],
    travel: TravelTimes,
    policy: Policy,
    on: date,
    zone: ZoneInfo,
    *,
    prizes: Mapping[str, int] | None = None,
    busy: Collection[str] = (),
    taken: Collection[int] = (),
    not_before: datetime | None = None,
    fetch: Fetch | None = None,
) -> Problem:
    """The day as a problem; each shipment leaves from its own node, or is fetched there.

    `prizes` are the carriers' prices in cents, the policy's where there is none; `busy` are
    vehicles that already have a tour, `taken` the numbers of those tours. No vehicle leaves
    before `not_before`: a day under way is planned from now on. `fetch` says which goods come
    aboard on the way, the policy where it is not given: each is two visits, its source just before
    its delivery.
    """
    fleet, known = [vehicle for vehicle in vehicles if vehicle.active], list(nodes)
    fetch = fetch_of(policy.touring, fleet, known) if fetch is None else fetch
    depots = _depots(fleet, known)
    free = [v for v in fleet if v.depot in depots and v.code not in busy]
    wanted = sorted(doors, key=lambda door: door.shipment.code)
    start = _Start(on, fetch, depots, {v.depot for v in free}, {n.code: n for n in known})
    here = [door for door in wanted if start.is_here(door)]
    reference = datetime.combine(on, time(), zone).astimezone(UTC)
    aside = {door.shipment.code: start.why_aside(door, policy.touring) for door in here}
    goes = [door for door in here if aside[door.shipment.code] is None]
    profiles = list(dict.fromkeys(map(profile_of, free)))
    free.sort(key=lambda vehicle: (depots[vehicle.depot].place, vehicle.code))
    places = _Places(depots, goes, free, start.sites(goes))
    roads = tuple(_roads(travel, places.points, profile) for profile in profiles)
    calendar = Calendar(on, reference, not_before)
    days = [vehicle_day(v, depots[v.depot], calendar, policy.touring) for v in free]
    days = [
        places.placed(day, vehicle, profiles.index(profile_of(vehicle)), roads)
        for day, vehicle in zip(days, free, strict=True)
    ]
    terms = _Terms(policy.touring, calendar, prizes or {}, free, start, places)
    return Problem(
        on=on,
        reference=reference,
        zone=zone,
        depots=tuple(depots),
        points=places.points,
        visits=terms.visits(goes),
        vehicles=tuple(days),
        roads=roads,
        carbon_cents_per_kg=policy.touring.carbon_cents_per_kg,
        method=travel.note,
        set_aside=tuple(
            Unplanned(door.shipment.order, door.shipment.code, Colour.RED, (why,))
            for door in here
            if (why := aside[door.shipment.code]) is not None
        ),
        left_to_carriers=len(wanted) - len(here),
        taken=frozenset(taken),
        even_percent=policy.touring.even_percent,
        compact_percent=policy.touring.compact_percent,
    )


def homeless(vehicles: Iterable[Vehicle], nodes: Iterable[StockNode]) -> tuple[Reason, ...]:
    """Vehicles whose depot is no node that we know."""
    known = {node.code for node in nodes}
    return tuple(
        because("vehicle_without_depot", vehicle=vehicle.code, depot=vehicle.depot)
        for vehicle in sorted(vehicles, key=lambda v: v.code)
        if vehicle.active and vehicle.depot not in known
    )


def _depots(fleet: Sequence[Vehicle], nodes: Iterable[StockNode]) -> dict[str, Depot]:
    homes = {vehicle.depot for vehicle in fleet}
    own = sorted((node for node in nodes if node.code in homes), key=lambda node: node.code)
    return {node.code: Depot(place, node) for place, node in enumerate(own)}


@dataclass(frozen=True, slots=True)
class _Start:
    """Where goods come aboard that day; `idle` are the depots that have a vehicle to send."""

    on: date
    fetch: Fetch
    depots: Mapping[str, Depot]
    idle: Collection[str]
    nodes: Mapping[str, StockNode]

    def is_here(self, door: ShipmentAtDoor) -> bool:
        """Whether our own vehicles could bring it at all."""
        return door.shipment.node in self.depots or self.fetches(door)

    def fetches(self, door: ShipmentAtDoor) -> bool:
        """Whether it comes aboard at its node, on the way."""
        return door.shipment.node in self.nodes and self.fetch.takes(door.shipment)

    def may_start_from(self, door: ShipmentAtDoor) -> frozenset[str]:
        """The depots with a vehicle to send whose vehicles may bring it."""
        if self.fetches(door):
            return self.fetch.may_start_from(door.shipment, self.idle)
        return frozenset({door.shipment.node}) & frozenset(self.idle)

    def sites(self, doors: Iterable[ShipmentAtDoor]) -> dict[str, GeoPoint]:
        """The nodes without a place of their own where these goods are fetched."""
        codes = dict.fromkeys(door.shipment.node for door in doors if self.fetches(door))
        return {code: self.nodes[code].point for code in codes if code not in self.depots}

    def windows(self, door: ShipmentAtDoor) -> tuple[Window, ...] | None:
        """When it can be taken over at its node; None = at any time."""
        return fetch_windows(self.nodes[door.shipment.node], self.on, door)

    def why_aside(self, door: ShipmentAtDoor, policy: TouringPolicy) -> Reason | None:
        """Why no tour is even tried for a shipment."""
        if door.place is None:
            return because("tour_no_address")
        if door.place.score < policy.min_place_score:
            least = policy.min_place_score
            return because("tour_vague_address", score_share=door.place.score, least_share=least)
        node = door.shipment.node
        if not self.may_start_from(door):
            return because("tour_nobody_fetches" if self.fetches(door) else _BUSY, node=node)
        if self.fetches(door) and self.windows(door) == ():
            return because("tour_source_closed", node=node)
        return None


class _Places:
    """The numbers of all places: depots first, then doors, then where vehicles start and end.

    Last come the nodes where goods are fetched.
    """

    def __init__(
        self,
        depots: Mapping[str, Depot],
        doors: Sequence[ShipmentAtDoor],
        fleet: Sequence[Vehicle],
        sites: Mapping[str, GeoPoint],
    ) -> None:
        self._depots = depots
        first = len(depots)
        self._doors = {at: first + n for n, at in enumerate(dict.fromkeys(d.door for d in doors))}
        first += len(self._doors)
        ends = [
            point
            for vehicle in fleet
            for wanted in (vehicle.starts_at, vehicle.ends_at)
            if (point := depots[vehicle.depot].elsewhere(wanted)) is not None
        ]
        self._ends = {point: first + n for n, point in enumerate(dict.fromkeys(ends))}
        first += len(self._ends)
        self._sites = {node: first + n for n, node in enumerate(sites)}
        homes = (depot.node.point for depot in depots.values())
        at_doors = (at[0] for at in self._doors if at is not None)
        self.points = (*homes, *at_doors, *self._ends, *sites.values())

    def door(self, door: ShipmentAtDoor) -> int:
        return self._doors[door.door]

    def site(self, node: str) -> int:
        """Where goods of a node are taken over."""
        return self._depots[node].place if node in self._depots else self._sites[node]

    def placed(
        self, day: VehicleDay, vehicle: Vehicle, road: int, roads: Sequence[Roads]
    ) -> VehicleDay:
        """The day with its roads, and with its start and end where they are not the depot."""
        depot = self._depots[vehicle.depot]
        start, end = depot.elsewhere(vehicle.starts_at), depot.elsewhere(vehicle.ends_at)
        day = replace(day, roads=road, ends=None if end is None else self._ends[end])
        if start is None:
            return day
        place, ways = self._ends[start], roads[road]
        return replace(
            day,
            starts=place,
            lead_m=int(ways.distance_m[place, day.depot]),
            lead_s=int(ways.duration_s[place, day.depot]),
        )


@dataclass(frozen=True, slots=True)
class _Terms:
    """What makes a visit of a shipment: the policy, the day, the carriers' prices, the drivers."""

    policy: TouringPolicy
    calendar: Calendar
    prices: Mapping[str, int]
    fleet: Sequence[Vehicle]
    start: _Start
    places: _Places

    def visits(self, doors: Iterable[ShipmentAtDoor]) -> tuple[Visit, ...]:
        """One for each shipment, two where it is fetched: the source comes first."""
        made: list[Visit] = []
        for door in doors:
            depots = self._depots(door)
            if not self.start.fetches(door):
                made.append(self._visit(door, depots))
                continue
            made.append(self._source(door, depots))
            made.append(replace(self._visit(door, depots), source=len(made) - 1, ready_s=-FAR_S))
        return tuple(made)

    def _depots(self, door: ShipmentAtDoor) -> frozenset[int]:
        """The places it may start from; what may start from all is bound to none."""
        wanted, depots = self.start.may_start_from(door), self.start.depots
        if self.start.fetches(door) and wanted >= set(self.start.idle):
            return frozenset()
        return frozenset(depots[code].place for code in wanted)

    def _source(self, door: ShipmentAtDoor, depots: frozenset[int]) -> Visit:
        """Taking the goods over at their node."""
        shipment, windows = door.shipment, self.start.windows(door)
        setup_s, service_s = fetch_times_s(self.policy, shipment)
        first, *also = windows or (None,)
        opens_s, closes_s = (-FAR_S, FAR_S) if first is None else self._span(first)
        return Visit(
            shipment.code,
            shipment.order,
            self.places.site(shipment.node),
            shipment.load,
            service_s,
            opens_s,
            closes_s,
            first,
            depots=depots,
            needs=door.handling - UNSKILLED,
            also=tuple(self._span(window) for window in also if window is not None),
            setup_s=setup_s,
            collect=True,
        )

    def _visit(self, door: ShipmentAtDoor, depots: frozenset[int]) -> Visit:
        shipment, policy, place = door.shipment, self.policy, self.places.door(door)
        opens_s, closes_s = (-FAR_S, FAR_S) if door.window is None else self._span(door.window)
        return Visit(
            shipment.code,
            shipment.order,
            place,
            shipment.load,
            max(0, door.service_s),
            opens_s,
            closes_s,
            door.window,
            max(0, self.prices.get(shipment.code, policy.carrier_prize_cents)),
            depots,
            door.handling - UNSKILLED,
            also=() if door.window is None else tuple(map(self._span, door.also)),
            late_s=0 if door.window is None else policy.late_tolerance_s,
            late_hour_cents=policy.late_cents_per_hour,
            ready_s=-FAR_S if door.ready_at is None else self._ready_s(door.ready_at),
            setup_s=max(0, door.setup_s),
            usual=self._usual(door.address.postcode),
            unusual_cents=policy.unknown_area_cents,
        )

    def _span(self, window: Window) -> tuple[int, int]:
        """The whole seconds inside a window."""
        opens_s = ceil(self.calendar.seconds(window.start))
        return _clipped(opens_s), _clipped(floor(self.calendar.seconds(window.end)))

    def _ready_s(self, ready_at: datetime) -> int:
        return _clipped(ceil(self.calendar.seconds(ready_at)))

    def _usual(self, postcode: str) -> frozenset[str]:
        """Whose drivers know the area, nobody in particular where all do or it costs nothing."""
        if not self.policy.unknown_area_cents:
            return frozenset()
        knowing = {v.code for v in self.fleet if not v.areas or postcode.startswith(tuple(v.areas))}
        return frozenset() if len(knowing) == len(self.fleet) else frozenset(knowing)


def _roads(travel: TravelTimes, points: Sequence[GeoPoint], profile: VehicleProfile) -> Roads:
    import numpy as np  # heavy

    matrix = travel.matrix(points, profile)
    return Roads(
        np.ascontiguousarray(matrix.distance_m, dtype=np.int32),
        np.ascontiguousarray(matrix.duration_s, dtype=np.int32),
    )


def _clipped(second: int) -> int:
    return max(-FAR_S, min(FAR_S, second))
