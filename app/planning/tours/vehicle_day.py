"""What a vehicle's day is in whole numbers: its hours, pauses, limits, prices, begin and end."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import ceil, floor
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.nodes import StockNode
from app.domain.policy import TouringPolicy
from app.domain.reach import loading_of, reach_m
from app.domain.travel import is_heavy
from app.domain.values import GeoPoint, Window
from app.planning.emissions import factor_of
from app.planning.tours.problem import Pause, Rest, VehicleDay

#: Who starts or ends so near to the depot does so there.
AT_DEPOT_M = 25


@dataclass(frozen=True, slots=True)
class Depot:
    """A node that has vehicles, with its place's number and its own time zone."""

    place: int
    node: StockNode

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.node.timezone)

    def elsewhere(self, point: GeoPoint | None) -> GeoPoint | None:
        """The point, unless it is none or lies at the depot."""
        if point is None or round(point.distance_m(self.node.point)) <= AT_DEPOT_M:
            return None
        return point


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day that is planned; no vehicle leaves before `not_before`."""

    on: date
    reference: datetime
    not_before: datetime | None = None

    def seconds(self, moment: datetime) -> float:
        return (moment - self.reference).total_seconds()


def vehicle_day(
    vehicle: Vehicle, depot: Depot, calendar: Calendar, policy: TouringPolicy
) -> VehicleDay:
    """The day without its roads and its places: these are numbered for all vehicles together."""
    shift, factor = shift_of(vehicle, calendar.on, depot.zone), factor_of(vehicle)
    most_m = reach_m(vehicle, policy, calendar.on)
    leaves = shift.start
    if calendar.not_before is not None:
        leaves = min(max(shift.start, calendar.not_before), shift.end)
    to_s = floor(calendar.seconds(shift.end))
    return VehicleDay(
        vehicle.code,
        depot.place,
        vehicle.capacity,
        min(ceil(calendar.seconds(leaves)), to_s),
        to_s,
        most_m,
        vehicle.max_work_s,
        pause=_pause(vehicle, depot.zone, calendar),
        fixed_cents=vehicle.fixed_cost_cents,
        km_cents=Decimal(str(vehicle.cost_per_km_cents)),
        hour_cents=vehicle.cost_per_hour_cents,
        co2e_g_per_km=factor.g_per_km,
        emission_level=factor.level,
        skills=vehicle.skills,
        rests=tuple(
            Rest(rule.length_s, rule.drive_s, rule.work_s)
            for rule in policy.rests
            if not rule.heavy_only or is_heavy(vehicle)
        ),
        open_ended=not vehicle.comes_home and vehicle.ends_at is None,
        loading_s=loading_of(vehicle, policy),
        reloads=vehicle.reloads,
        reload_s=vehicle.reload_s,
        overtime_s=0 if vehicle.max_work_s is None else vehicle.overtime_s,
        overtime_hour_cents=vehicle.overtime_cost_per_hour_cents,
        service_percent=vehicle.service_percent,
        kept_back_m=(vehicle.max_m or 0) - (most_m or 0),
    )


def shift_of(vehicle: Vehicle, on: date, zone: ZoneInfo) -> Window:
    """The hours that a vehicle may be out; a shift that ends before it starts ends tomorrow."""
    start = datetime.combine(on, vehicle.shift_from, zone)
    end = datetime.combine(on, vehicle.shift_to, zone)
    if vehicle.shift_to <= vehicle.shift_from:
        end = datetime.combine(on + timedelta(days=1), vehicle.shift_to, zone)
    return Window(start.astimezone(UTC), end.astimezone(UTC))


def _pause(vehicle: Vehicle, zone: ZoneInfo, calendar: Calendar) -> Pause | None:
    """The driver's break, whole within its hours where they are long enough, else from their start.

    Hours that were not given are the middle third of the shift.
    """
    if vehicle.break_s <= 0:
        return None
    hours = _break_hours(vehicle, calendar.on, zone)
    start_s = ceil(calendar.seconds(hours.start))
    end_s = floor(calendar.seconds(hours.end))
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
