"""What a lane of the timeline shows: a tour in seconds of its day, or a vehicle without one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from itertools import pairwise
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.tours import PlanState, Stop, StopKind, Tour, TourPlan
from app.domain.values import Load

_DOOR = (StopKind.DELIVERY, StopKind.PICKUP)


class Standing(Enum):
    """How a stop stands to its window."""

    EASY = auto()
    TIGHT = auto()
    LATE = auto()


@dataclass(frozen=True, slots=True)
class Bar:
    """A stop, a break or a reload; seconds count from midnight of the day.

    `number` is 0 for what is no delivery or pickup; `leg_m` and `leg_s` lead to it. `fetch` = goods
    are only taken over there, and delivered later on.
    """

    kind: StopKind
    from_s: int
    to_s: int
    arrives_s: int
    number: int = 0
    order: str = ""
    shipment: str = ""
    opens_s: int | None = None
    closes_s: int | None = None
    standing: Standing = Standing.EASY
    late_s: int = 0
    slack_s: int | None = None
    leg_m: int = 0
    leg_s: int = 0
    load: Load = Load()
    fetch: bool = False

    @property
    def waiting_s(self) -> int:
        return self.from_s - self.arrives_s


@dataclass(frozen=True, slots=True)
class Filling:
    """Shares of a vehicle's three capacities at the moment it carries most; 1 = full."""

    weight: float = 0.0
    volume: float = 0.0
    parcels: float = 0.0

    @property
    def largest(self) -> float:
        return max(self.weight, self.volume, self.parcels)


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the timeline; without a tour it is a vehicle that stays at home.

    `carried` is a curve of steps: from a second on, the share of the vehicle that is full.
    A `ghost` is a tour that is still being searched for, and kept nowhere.
    """

    vehicle: Vehicle
    from_s: int
    to_s: int
    tour: Tour | None = None
    bars: tuple[Bar, ...] = ()
    filling: Filling = Filling()
    carried: tuple[tuple[int, float], ...] = ()
    ghost: bool = False

    @property
    def key(self) -> str:
        return self.tour.code if self.tour is not None else self.vehicle.code

    @property
    def number(self) -> int:
        return self.tour.number if self.tour is not None else 0

    @property
    def label(self) -> str:
        return self.vehicle.label or self.vehicle.code

    @property
    def stops(self) -> tuple[Bar, ...]:
        return tuple(bar for bar in self.bars if bar.number)

    @property
    def orders(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(bar.order for bar in self.bars if bar.order))

    @property
    def late(self) -> int:
        return sum(bar.standing is Standing.LATE for bar in self.bars)

    @property
    def tight(self) -> int:
        return sum(bar.standing is Standing.TIGHT for bar in self.bars)

    @property
    def under_way(self) -> bool:
        """Whether its times count as driven once passed: a mere plan delivers nothing."""
        published = (PlanState.PUBLISHED, PlanState.CLOSED)
        return self.tour is not None and self.tour.state in published

    def is_done(self, bar: Bar, now_s: int) -> bool:
        """Whether the time of this stop has passed on a tour that is under way."""
        return self.under_way and bar.to_s <= now_s


@dataclass(frozen=True, slots=True)
class Day:
    """The day that all seconds count from."""

    on: date
    zone: ZoneInfo
    midnight: datetime = field(init=False, compare=False)

    def __post_init__(self) -> None:
        start = datetime.combine(self.on, time(), self.zone).astimezone(UTC)
        object.__setattr__(self, "midnight", start)

    def second(self, moment: datetime) -> int:
        return int((moment - self.midnight).total_seconds())

    def moment(self, second: float) -> datetime:
        return self.midnight + timedelta(seconds=second)


def lanes_of(
    plan: TourPlan,
    vehicles: Iterable[Vehicle],
    day: Day,
    *,
    tight_slack_s: int,
    ghosts: Sequence[Tour] = (),
) -> tuple[Lane, ...]:
    """A lane for each tour by number, then for each active vehicle without one, by code.

    `ghosts` are shown in the place of the draft tours that they would replace.
    """
    fleet = {vehicle.code: vehicle for vehicle in vehicles}
    kept = [t for t in plan.tours if not ghosts or is_fixed(t)]
    tours = sorted([*kept, *ghosts], key=lambda tour: tour.number)
    searched = {id(tour) for tour in ghosts}
    taken = {tour.vehicle for tour in tours}
    return (
        *(
            tour_lane(
                tour,
                fleet.get(tour.vehicle, Vehicle(tour.vehicle, tour.depot)),
                day,
                tight_slack_s,
                ghost=id(tour) in searched,
            )
            for tour in tours
        ),
        *(
            _idle_lane(vehicle, day)
            for code, vehicle in sorted(fleet.items())
            if vehicle.active and code not in taken
        ),
    )


def is_fixed(tour: Tour) -> bool:
    """Whether a new plan leaves this tour as it is."""
    return tour.locked or tour.state is not PlanState.DRAFT


def tour_lane(
    tour: Tour, vehicle: Vehicle, day: Day, tight_slack_s: int, *, ghost: bool = False
) -> Lane:
    """The lane of one tour."""
    peak, carried = _carried(tour, vehicle.capacity, day)
    return Lane(
        vehicle,
        day.second(tour.start),
        day.second(tour.end),
        tour,
        tuple(_bars(tour, day, tight_slack_s)),
        _filling(peak, vehicle.capacity),
        carried,
        ghost,
    )


def _idle_lane(vehicle: Vehicle, day: Day) -> Lane:
    start = datetime.combine(day.on, vehicle.shift_from, day.zone)
    overnight = vehicle.shift_to <= vehicle.shift_from
    end = datetime.combine(day.on + timedelta(days=overnight), vehicle.shift_to, day.zone)
    return Lane(vehicle, day.second(start), day.second(end))


def _bars(tour: Tour, day: Day, tight_slack_s: int) -> Iterable[Bar]:
    number, fetched = 0, tour.fetched
    for stop in tour.stops:
        if stop.kind in (StopKind.DEPART, StopKind.RETURN):
            continue
        number += stop.kind in _DOOR
        bar = _bar(stop, number if stop.kind in _DOOR else 0, day, tight_slack_s)
        yield replace(bar, fetch=stop.kind is StopKind.PICKUP and stop.shipment in fetched)


def _bar(stop: Stop, number: int, day: Day, tight_slack_s: int) -> Bar:
    window = stop.window
    return Bar(
        stop.kind,
        day.second(stop.start),
        day.second(stop.departure),
        day.second(stop.arrival),
        number,
        stop.order,
        stop.shipment,
        None if window is None else day.second(window.start),
        None if window is None else day.second(window.end),
        _standing(stop, tight_slack_s),
        stop.late_s,
        stop.slack_s,
        stop.distance_m,
        stop.drive_s,
        stop.load,
    )


def _standing(stop: Stop, tight_slack_s: int) -> Standing:
    if stop.late_s > 0:
        return Standing.LATE
    slack_s = stop.slack_s
    return Standing.TIGHT if slack_s is not None and slack_s < tight_slack_s else Standing.EASY


def _carried(tour: Tour, capacity: Load, day: Day) -> tuple[Load, tuple[tuple[int, float], ...]]:
    """The most that is on board in each dimension, and the curve of the fullest one."""
    steps = list(_on_board(tour))
    peak = Load(
        max((load.weight_g for _, load in steps), default=0),
        max((load.volume_ml for _, load in steps), default=0),
        max((load.parcels for _, load in steps), default=0),
    )
    curve = tuple((day.second(at), _filling(load, capacity).largest) for at, load in steps)
    return peak, curve


def _on_board(tour: Tour) -> Iterable[tuple[datetime, Load]]:
    """What is on board from a moment on: loaded at the depot or on the way, less at each door."""
    fetched = tour.fetched
    at_depot = [
        place
        for place, stop in enumerate(tour.stops)
        if stop.kind in (StopKind.DEPART, StopKind.RELOAD, StopKind.RETURN)
    ]
    for here, there in pairwise(at_depot):
        between = tour.stops[here + 1 : there]
        loaded = (s for s in between if s.kind is StopKind.DELIVERY and s.shipment not in fetched)
        load = sum((stop.load for stop in loaded), Load())
        yield tour.stops[here].departure, load
        for stop in between:
            if stop.kind in _DOOR:
                load = load + stop.load if stop.kind is StopKind.PICKUP else _less(load, stop.load)
                yield stop.departure, load


def _less(load: Load, gone: Load) -> Load:
    return Load(
        load.weight_g - gone.weight_g,
        load.volume_ml - gone.volume_ml,
        load.parcels - gone.parcels,
    )


def _filling(load: Load, room: Load) -> Filling:
    return Filling(
        _share(load.weight_g, room.weight_g),
        _share(load.volume_ml, room.volume_ml),
        _share(load.parcels, room.parcels),
    )


def _share(amount: int, room: int) -> float:
    if room <= 0:
        return 1.0 if amount > 0 else 0.0
    return amount / room
