"""By which of our own tours a basket could come: the first day with time and room left."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.domain.fleet import Vehicle
from app.domain.promises import PromiseKind, PromiseOption, PromiseStep, StepKind
from app.domain.reach import reach_m
from app.domain.reasons import Reason, because
from app.domain.values import GeoPoint, Load, Window
from app.planning.promise.ground import DAYS_AHEAD, Goods, PromiseGround, travel_time
from app.planning.promise.readiness import Ready
from app.planning.tours.day import UNSKILLED


@dataclass(frozen=True, slots=True)
class TourDay:
    """A tour that could take the goods: when it could be at the door, when it must have left."""

    day: date
    window: Window
    last_start: datetime
    room_share: float


def tour_option(
    found: Ready, ground: PromiseGround, goods: Goods, goal: GeoPoint, wanted_on: date | None
) -> PromiseOption | Reason:
    """The first tour from the node, or why there is none within sight."""
    able = [v for v in ground.vehicles.get(found.node.code, ()) if _takes(v, goods)]
    if not able:
        return because("promise_no_vehicle", node=found.node.code)
    road_m = ground.road_m(found.at, goal) or 0
    passed: list[PromiseStep] = []
    first = found.leaves.astimezone(found.zone).date()
    start = max(first, wanted_on) if wanted_on else first
    for ahead in range(DAYS_AHEAD):
        day = start + timedelta(days=ahead)
        made = _on_day(found, ground, able, goods, road_m, day)
        if isinstance(made, TourDay):
            return _option(found, ground, made, road_m, passed, wanted_on)
        passed.append(PromiseStep(StepKind.PASSED, None, made))
    return passed[0].reason


def _takes(vehicle: Vehicle, goods: Goods) -> bool:
    return goods.load.fits(vehicle.capacity) and goods.handling - UNSKILLED <= vehicle.skills


def _on_day(
    found: Ready,
    ground: PromiseGround,
    able: list[Vehicle],
    goods: Goods,
    road_m: int,
    day: date,
) -> TourDay | Reason:
    given, node = ground.given, found.node
    if not ground.open_on(found.at, day):
        return because("promise_node_closed", node=node.code, tour_on=day.isoformat())
    free = [v for v in able if (v.code, day) not in given.agreed]
    if not free:
        return because("promise_tours_agreed", tour_on=day.isoformat())
    if (node.code, day) in given.left_out:
        return because("promise_tours_overfull", tour_on=day.isoformat())
    room_share = _room_share(free, given.loads.get((node.code, day), Load()), goods.load)
    if room_share is None:
        return because("promise_tours_full", tour_on=day.isoformat())
    spans = [s for v in free if (s := _span(found, ground, v, road_m, day)) is not None]
    if not spans:
        return because("promise_tours_too_late", tour_on=day.isoformat())
    window = Window(min(w.start for w, _ in spans), max(w.end for w, _ in spans))
    return TourDay(day, window, max(last for _, last in spans), room_share)


def _room_share(free: list[Vehicle], taken: Load, wanted: Load) -> float | None:
    """What is left of the day's whole room once the goods are in; None where they do not fit."""
    whole = Load()
    for vehicle in free:
        for _ in range(1 + vehicle.reloads):
            whole += vehicle.capacity
    used = taken + wanted
    if not used.fits(whole):
        return None
    pairs = (
        (used.weight_g, whole.weight_g),
        (used.volume_ml, whole.volume_ml),
        (used.parcels, whole.parcels),
    )
    return 1.0 - max(part / room for part, room in pairs if room)


def _span(
    found: Ready, ground: PromiseGround, vehicle: Vehicle, road_m: int, day: date
) -> tuple[Window, datetime] | None:
    """When a vehicle could serve the door that day, and when it must have left at the latest."""
    most_m = reach_m(vehicle, ground.policy.touring, day)
    if most_m is not None and 2 * road_m > most_m:
        return None
    touring, way = ground.policy.touring, travel_time(road_m)
    starts = datetime.combine(day, vehicle.shift_from, found.zone)
    ends = datetime.combine(day, vehicle.shift_to, found.zone)
    if ends <= starts:
        ends = datetime.combine(day + timedelta(days=1), vehicle.shift_to, found.zone)
    opens = datetime.combine(day, touring.day_from, found.zone)
    closes = datetime.combine(day, touring.day_to, found.zone)
    home = way if vehicle.comes_home else timedelta()
    latest = min(closes, _earlier(ends, home + timedelta(seconds=touring.service_s)))
    leaves = max(starts.astimezone(UTC), found.leaves) + timedelta(seconds=vehicle.loading_s)
    earliest = max(opens.astimezone(UTC), leaves + way)
    if earliest > latest:
        return None
    loading = timedelta(seconds=vehicle.loading_s)
    return Window(earliest, latest.astimezone(UTC)), _earlier(latest, way + loading)


def _earlier(instant: datetime, by: timedelta) -> datetime:
    """An instant some time before another, by true seconds: clocks may change between the two."""
    return instant.astimezone(UTC) - by


def _option(
    found: Ready,
    ground: PromiseGround,
    made: TourDay,
    road_m: int,
    passed: list[PromiseStep],
    wanted_on: date | None,
) -> PromiseOption:
    said = because(
        "promise_tour",
        node=found.node.code,
        tour_on=made.day.isoformat(),
        room_share=round(made.room_share, 4),
        road_m=road_m,
    )
    return PromiseOption(
        PromiseKind.HOME,
        found.node.code,
        made.day,
        made.window,
        ground.way_cents(road_m),
        ground.way_co2e_g(road_m),
        (*passed, PromiseStep(StepKind.TOUR, made.window.start, said)),
        order_by=made.last_start,
        added_days=found.added_days,
        late_days=(made.day - wanted_on).days if wanted_on else 0,
    )
