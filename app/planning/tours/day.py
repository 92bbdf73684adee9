"""How a day's shipments and vehicles become a problem in whole numbers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from math import ceil, floor
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.nodes import StockNode
from app.domain.orders import ShipmentAtDoor
from app.domain.policy import Policy
from app.domain.reasons import Reason, because
from app.domain.tours import Colour, Unplanned
from app.domain.travel import VehicleProfile, profile_of
from app.domain.values import GeoPoint, Window
from app.planning.emissions import factor_of
from app.planning.tours.problem import FAR_S, Pause, Problem, Roads, VehicleDay, Visit
from app.ports import TravelTimes

#: Handling that any vehicle can do; every other kind needs a vehicle with that skill.
UNSKILLED = frozenset({"fragile"})


@dataclass(frozen=True, slots=True)
class Depot:
    """A node that has vehicles, with its place's number and its own time zone."""

    place: int
    node: StockNode

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.node.timezone)


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
) -> Problem:
    """The day as a problem; each shipment may leave from its own node only.

    `prizes` are the carriers' prices in cents, the policy's where there is none; `busy` are
    vehicles that already have a tour, `taken` the numbers of those tours. No vehicle leaves
    before `not_before`: a day under way is planned from now on.
    """
    fleet = [vehicle for vehicle in vehicles if vehicle.active]
    depots = _depots(fleet, nodes)
    free = [v for v in fleet if v.depot in depots and v.code not in busy]
    wanted = sorted(doors, key=lambda door: door.shipment.code)
    here = [door for door in wanted if door.shipment.node in depots]
    idle = {vehicle.depot for vehicle in free}
    reference = datetime.combine(on, time(), zone).astimezone(UTC)
    goes = [door for door in here if _why_aside(door, policy, idle) is None]
    places = [depot.node.point for depot in depots.values()]
    doorsteps = {at: n for n, at in enumerate(dict.fromkeys(door.door for door in goes))}
    points = (*places, *(at[0] for at in doorsteps if at is not None))
    prices = prizes or {}
    visits = tuple(
        _visit(
            door,
            len(places) + doorsteps[door.door],
            depots[door.shipment.node].place,
            reference,
            prices,
            policy,
        )
        for door in goes
    )
    profiles = list(dict.fromkeys(profile_of(vehicle) for vehicle in free))
    days = (_vehicle_day(v, depots[v.depot], on, reference, profiles, not_before) for v in free)
    return Problem(
        on=on,
        reference=reference,
        zone=zone,
        depots=tuple(depots),
        points=points,
        visits=visits,
        vehicles=tuple(sorted(days, key=lambda day: (day.depot, day.code))),
        roads=tuple(_roads(travel, points, profile) for profile in profiles),
        carbon_cents_per_kg=policy.touring.carbon_cents_per_kg,
        method=travel.note,
        set_aside=tuple(
            Unplanned(door.shipment.order, door.shipment.code, Colour.RED, (why,))
            for door in here
            if (why := _why_aside(door, policy, idle)) is not None
        ),
        left_to_carriers=len(wanted) - len(here),
        taken=frozenset(taken),
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


def _why_aside(door: ShipmentAtDoor, policy: Policy, idle: Collection[str]) -> Reason | None:
    """Why no tour is even tried for a shipment."""
    if door.place is None:
        return because("tour_no_address")
    if door.place.score < policy.touring.min_place_score:
        least = policy.touring.min_place_score
        return because("tour_vague_address", score_share=door.place.score, least_share=least)
    if door.shipment.node not in idle:
        return because("tour_vehicles_busy", node=door.shipment.node)
    return None


def _visit(
    door: ShipmentAtDoor,
    place: int,
    depot: int,
    reference: datetime,
    prices: Mapping[str, int],
    policy: Policy,
) -> Visit:
    shipment, window = door.shipment, door.window
    return Visit(
        shipment.code,
        shipment.order,
        place,
        shipment.load,
        max(0, door.service_s),
        -FAR_S if window is None else _clipped(ceil(_seconds(reference, window.start))),
        FAR_S if window is None else _clipped(floor(_seconds(reference, window.end))),
        window,
        max(0, prices.get(shipment.code, policy.touring.carrier_prize_cents)),
        frozenset({depot}),
        door.handling - UNSKILLED,
    )


def _vehicle_day(
    vehicle: Vehicle,
    depot: Depot,
    on: date,
    reference: datetime,
    profiles: Sequence[VehicleProfile],
    not_before: datetime | None,
) -> VehicleDay:
    shift, factor = shift_of(vehicle, on, depot.zone), factor_of(vehicle)
    leaves = shift.start if not_before is None else min(max(shift.start, not_before), shift.end)
    return VehicleDay(
        vehicle.code,
        depot.place,
        vehicle.capacity,
        min(ceil(_seconds(reference, leaves)), floor(_seconds(reference, shift.end))),
        floor(_seconds(reference, shift.end)),
        vehicle.max_m,
        pause=_pause(vehicle, on, depot.zone, reference),
        fixed_cents=vehicle.fixed_cost_cents,
        km_cents=Decimal(str(vehicle.cost_per_km_cents)),
        hour_cents=vehicle.cost_per_hour_cents,
        co2e_g_per_km=factor.g_per_km,
        emission_level=factor.level,
        roads=profiles.index(profile_of(vehicle)),
        skills=vehicle.skills,
    )


def shift_of(vehicle: Vehicle, on: date, zone: ZoneInfo) -> Window:
    """The hours that a vehicle may be out; a shift that ends before it starts ends tomorrow."""
    start = datetime.combine(on, vehicle.shift_from, zone)
    end = datetime.combine(on, vehicle.shift_to, zone)
    if vehicle.shift_to <= vehicle.shift_from:
        end = datetime.combine(on + timedelta(days=1), vehicle.shift_to, zone)
    return Window(start.astimezone(UTC), end.astimezone(UTC))


def _pause(vehicle: Vehicle, on: date, zone: ZoneInfo, reference: datetime) -> Pause | None:
    """The driver's break, whole within its hours where they are long enough, else from their start.

    Hours that were not given are the middle third of the shift.
    """
    if vehicle.break_s <= 0:
        return None
    hours = _break_hours(vehicle, on, zone)
    start_s = ceil(_seconds(reference, hours.start))
    end_s = floor(_seconds(reference, hours.end))
    return Pause(vehicle.break_s, start_s, max(start_s, end_s - vehicle.break_s))


def _break_hours(vehicle: Vehicle, on: date, zone: ZoneInfo) -> Window:
    """The hours of the break; one end that was not given is the shift's."""
    shift = shift_of(vehicle, on, zone)
    if vehicle.break_from is None and vehicle.break_to is None:
        third = (shift.end - shift.start) / 3
        return Window(shift.start + third, shift.end - third)
    start, end = shift.start, shift.end
    overnight = vehicle.shift_to <= vehicle.shift_from
    if vehicle.break_from is not None:
        day = on + timedelta(days=overnight and vehicle.break_from < vehicle.shift_from)
        start = datetime.combine(day, vehicle.break_from, zone).astimezone(UTC)
    if vehicle.break_to is not None:
        day = start.astimezone(zone).date()
        end = datetime.combine(day, vehicle.break_to, zone).astimezone(UTC)
        if overnight and end < start:
            tomorrow = day + timedelta(days=1)
            end = datetime.combine(tomorrow, vehicle.break_to, zone).astimezone(UTC)
    return Window(start, max(start, end))


def _roads(travel: TravelTimes, points: Sequence[GeoPoint], profile: VehicleProfile) -> Roads:
    import numpy as np  # heavy

    matrix = travel.matrix(points, profile)
    return Roads(
        np.ascontiguousarray(matrix.distance_m, dtype=np.int32),
        np.ascontiguousarray(matrix.duration_s, dtype=np.int32),
    )


def _seconds(reference: datetime, moment: datetime) -> float:
    return (moment - reference).total_seconds()


def _clipped(second: int) -> int:
    return max(-FAR_S, min(FAR_S, second))
