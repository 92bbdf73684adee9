"""Which tour breaks first: a plan driven through many days on which things go as they do.

Each simulated day draws, for all tours, how slow the streets are; for each tour, whether its goods
come late; for each way, how long it takes; for each door, whether the client is there and how long
the stop lasts. The driver keeps the order of the stops, never leaves the depot before the time
planned, waits for a window to open, and takes the pause where it stands. So a tour is judged by the
room it has, not by what a cleverer driver would make of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log, sqrt
from typing import TYPE_CHECKING

from app.domain.tours import Stop, StopKind, Tour

if TYPE_CHECKING:  # who only knows a result needs no numpy
    import numpy as np
    from numpy.typing import NDArray

    Seconds = NDArray[np.float64]

_DOORS = (StopKind.DELIVERY, StopKind.PICKUP)
#: So many days are simulated when nobody says.
DAYS = 500


@dataclass(frozen=True, slots=True)
class Chances:
    """How the days differ from the plan, and where that is known from.

    `absent_share`: clients that do not open; 6 % is the first-attempt failure rate that British
    carriers report (93.7 % success, SmartRoutes 2024). The driver then waits `absent_s` in place of
    the stop. `day_cv` and `way_cv` are coefficients of variation of driving times, of a whole day
    and of one way, log-normal with the planned time as mean, as studies of vehicle routing with
    stochastic travel times draw them; the two figures themselves are assumed, as are those below.
    `stop_cv` is that of the time at a door, log-normal too. `goods_late_share` of the tours wait
    for their goods, exponentially long with a mean of `goods_late_s`.
    """

    absent_share: float = 0.06
    absent_s: int = 240
    day_cv: float = 0.08
    way_cv: float = 0.20
    stop_cv: float = 0.35
    goods_late_share: float = 0.05
    goods_late_s: int = 900


@dataclass(frozen=True, slots=True)
class Breaking:
    """The stop at which a tour is first late on more days than at any other."""

    order: str
    shipment: str
    position: int
    days_share: float


@dataclass(frozen=True, slots=True)
class Stressed:
    """What became of one tour: shares of the days, and means over all of them.

    `breaks_share` of the days a stop was late or the shift was not kept. `first` is None where no
    stop ever was late.
    """

    tour: str
    vehicle: str
    stops: int
    breaks_share: float
    late_share: float
    over_share: float
    late_stops: float
    late_s: float
    over_s: float
    absent: float
    first: Breaking | None


@dataclass(frozen=True, slots=True)
class StressTest:
    """All tours, the one that breaks first at the head; `whole_share` of days nothing broke."""

    tours: tuple[Stressed, ...]
    whole_share: float
    days: int
    seed: int
    chances: Chances


def stress(
    tours: Iterable[Tour],
    shift_ends: Mapping[str, datetime],
    *,
    now: datetime | None = None,
    days: int = DAYS,
    seed: int = 0,
    chances: Chances | None = None,
) -> StressTest:
    """Drive each tour through so many days; `shift_ends` say by vehicle when it is to be home.

    Stops that are left by `now`, as planned, are done: nothing befalls them any more. The same seed
    gives the same days, and a tour the same result whatever other tours there are.
    """
    import numpy as np  # heavy

    drawn = chances or Chances()
    slow = _log_normal(np.random.default_rng([seed]), drawn.day_cv, (days, 1))
    whole = np.ones(days, dtype=bool)
    found: list[Stressed] = []
    for tour in tours:
        if tour.deliveries:
            draw = np.random.default_rng([seed, tour.number])
            befalls = _Drawn.of(len(tour.stops), slow, draw, drawn)
            run = _Run.of(tour, befalls, drawn.absent_s, now)
            end = shift_ends.get(tour.vehicle)
            home_s = None if end is None else (end - tour.stops[0].start).total_seconds()
            whole &= ~run.broken(home_s)
            found.append(run.stressed(home_s))
    found.sort(key=lambda one: (-one.breaks_share, -one.late_s - one.over_s, one.tour))
    return StressTest(tuple(found), float(whole.mean()), days, seed, drawn)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What befalls one tour: factors of driving and of stops, who is out, when its goods come."""

    ways: "Seconds"
    lasts: "Seconds"
    absent: "NDArray[np.bool_]"
    goods_s: "Seconds"

    @classmethod
    def of(
        cls, stops: int, slow: "Seconds", draw: "np.random.Generator", chances: Chances
    ) -> "_Drawn":
        """By day and stop; `slow` is how slow the streets are on each day."""
        import numpy as np

        days = slow.shape[0]
        wait_s = draw.exponential(chances.goods_late_s, days)
        return cls(
            slow * _log_normal(draw, chances.way_cv, (days, stops)),
            _log_normal(draw, chances.stop_cv, (days, stops)),
            draw.random((days, stops)) < chances.absent_share,
            np.where(draw.random(days) < chances.goods_late_share, wait_s, 0.0),
        )


@dataclass(frozen=True, slots=True)
class _Run:
    """One tour through all days: lateness by day and delivery, the hour home by day."""

    tour: Tour
    late_s: "Seconds"
    home_at_s: "Seconds"
    absent: "NDArray[np.bool_]"

    @classmethod
    def of(cls, tour: Tour, drawn: _Drawn, absent_s: int, now: datetime | None) -> "_Run":
        """Drive the tour; seconds count from when its first hand is laid on the goods."""
        import numpy as np

        origin, at_s = tour.stops[0].start, drawn.goods_s
        late: list[Seconds] = []
        absent: list[NDArray[np.bool_]] = []
        for place, stop in enumerate(tour.stops):
            left_s = (stop.departure - origin).total_seconds()
            if now is not None and stop.departure <= now:  # done as planned
                at_s = np.full_like(at_s, left_s)
                out, late_s = np.zeros(len(at_s), dtype=bool), np.zeros_like(at_s)
            else:
                at_s = at_s + stop.drive_s * drawn.ways[:, place]
                start_s = np.maximum(at_s, _not_before_s(stop, origin))
                client = not tour.is_fetch(stop)  # stores that hand goods over are there
                out, late_s = drawn.absent[:, place] & client, _late_s(stop, origin, start_s)
                at_s = start_s + _lasts_s(stop, drawn.lasts[:, place], out, absent_s)
            if stop.kind in _DOORS:
                late.append(late_s)
                absent.append(out)
            if place == 0:
                at_s = np.maximum(at_s, left_s)
        return cls(tour, np.stack(late, axis=1), at_s, np.stack(absent, axis=1))

    def broken(self, home_s: float | None) -> "NDArray[np.bool_]":
        """The days on which a stop was late or the vehicle came home after its shift."""
        return (self.late_s > 0).any(axis=1) | self._over(home_s)

    def stressed(self, home_s: float | None) -> Stressed:
        """The days summed up."""
        import numpy as np

        over_s = 0.0 if home_s is None else float(np.maximum(self.home_at_s - home_s, 0.0).mean())
        return Stressed(
            self.tour.code,
            self.tour.vehicle,
            len(self.tour.deliveries),
            breaks_share=float(self.broken(home_s).mean()),
            late_share=float((self.late_s > 0).any(axis=1).mean()),
            over_share=float(self._over(home_s).mean()),
            late_stops=float((self.late_s > 0).sum(axis=1).mean()),
            late_s=float(self.late_s.sum(axis=1).mean()),
            over_s=over_s,
            absent=float(self.absent.sum(axis=1).mean()),
            first=self._first(),
        )

    def _over(self, home_s: float | None) -> "NDArray[np.bool_]":
        if home_s is None:
            return self.home_at_s < 0
        return self.home_at_s > home_s

    def _first(self) -> Breaking | None:
        import numpy as np

        late = self.late_s > 0
        days = late.any(axis=1)
        if not days.any():
            return None
        counts = np.bincount(late[days].argmax(axis=1), minlength=late.shape[1])
        place = int(counts.argmax())
        stop = self.tour.deliveries[place]
        share = float(counts[place]) / late.shape[0]
        return Breaking(stop.order, stop.shipment, place + 1, share)


def _not_before_s(stop: Stop, origin: datetime) -> float:
    """When a stop may begin at the earliest: its window's opening, else whenever it is reached."""
    if stop.window is None or stop.window.start > stop.start:
        return 0.0
    return (stop.window.start - origin).total_seconds()


def _late_s(stop: Stop, origin: datetime, start_s: "Seconds") -> "Seconds":
    import numpy as np

    if stop.window is None:
        return np.zeros_like(start_s)
    late: Seconds = np.maximum(start_s - (stop.window.end - origin).total_seconds(), 0.0)
    return late


def _lasts_s(stop: Stop, factor: "Seconds", out: "NDArray[np.bool_]", absent_s: int) -> "Seconds":
    """How long a stop takes by day; pauses, loading and the like take as long as planned."""
    import numpy as np

    planned_s = (stop.departure - stop.start).total_seconds()
    if stop.kind not in _DOORS:
        return np.full_like(factor, planned_s)
    return np.where(out, absent_s, planned_s * factor)


def _log_normal(draw: "np.random.Generator", cv: float, shape: Sequence[int]) -> "Seconds":
    """Factors with a mean of 1 and this coefficient of variation."""
    sigma = sqrt(log(1 + cv * cv))
    return draw.lognormal(-sigma * sigma / 2, sigma, tuple(shape))
