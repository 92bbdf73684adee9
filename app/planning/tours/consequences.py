"""What a move by hand would change: tours before and after, rules broken, stops at other times."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.reasons import Reason
from app.domain.tours import Tour, Violation


@dataclass(frozen=True, slots=True)
class Figures:
    """What a tour comes to; seconds of work leave the breaks out."""

    stops: int = 0
    distance_m: int = 0
    work_s: int = 0
    cost_cents: int = 0
    co2e_g: int = 0
    late: int = 0
    late_s: int = 0

    @classmethod
    def of(cls, tour: Tour | None) -> "Figures":
        """The tour's own figures; nothing where there is no tour."""
        if tour is None:
            return cls()
        return cls(
            len(tour.deliveries),
            tour.distance_m,
            tour.work_s,
            tour.cost_cents,
            tour.co2e_g,
            sum(stop.late_s > 0 for stop in tour.stops),
            tour.late_s,
        )

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.stops + other.stops,
            self.distance_m + other.distance_m,
            self.work_s + other.work_s,
            self.cost_cents + other.cost_cents,
            self.co2e_g + other.co2e_g,
            self.late + other.late,
            self.late_s + other.late_s,
        )

    def __sub__(self, other: "Figures") -> "Figures":
        return Figures(
            self.stops - other.stops,
            self.distance_m - other.distance_m,
            self.work_s - other.work_s,
            self.cost_cents - other.cost_cents,
            self.co2e_g - other.co2e_g,
            self.late - other.late,
            self.late_s - other.late_s,
        )


@dataclass(frozen=True, slots=True)
class Shift:
    """A stop of a touched tour that stays on it and is served at another time."""

    tour: str
    order: str
    shipment: str
    before: datetime
    after: datetime

    @property
    def by_s(self) -> int:
        return int((self.after - self.before).total_seconds())


@dataclass(frozen=True, slots=True)
class Touched:
    """A tour before and after; None before = it is new, None after = it is gone.

    `broken` are rules that it breaks afterwards and did not break before, or not so much; `found`
    is everything that the judge finds in it afterwards.
    """

    before: Tour | None
    after: Tour | None
    broken: tuple[Violation, ...] = ()
    found: tuple[Violation, ...] = ()

    @property
    def tour(self) -> Tour:
        """The tour as it will be, else as it was."""
        known = self.after or self.before
        if known is None:
            raise AssertionError("a touched tour was there before, or is there afterwards")
        return known

    @property
    def was(self) -> Figures:
        return Figures.of(self.before)

    @property
    def becomes(self) -> Figures:
        return Figures.of(self.after)

    @property
    def change(self) -> Figures:
        return self.becomes - self.was

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """The stops that stay on the tour and are served at another time."""
        if self.before is None or self.after is None:
            return ()
        known = {stop.shipment: stop.start for stop in self.before.doors}
        return tuple(
            Shift(self.after.code, stop.order, stop.shipment, known[stop.shipment], stop.start)
            for stop in self.after.doors
            if known.get(stop.shipment, stop.start) != stop.start
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a move would do. `refused` = it cannot be, whoever wants it; nothing is touched then.

    `against` is what a person may overrule besides the rules broken: a tour that was locked.
    `first` is the first stop that is moved, as it will stand: tour code and place from 0.
    """

    what: str
    shipments: tuple[str, ...] = ()
    touched: tuple[Touched, ...] = ()
    refused: Reason | None = None
    against: Reason | None = None
    first: tuple[str, int] | None = None

    @property
    def broken(self) -> tuple[Violation, ...]:
        """Every rule that would be broken newly, or more."""
        return tuple(violation for each in self.touched for violation in each.broken)

    @property
    def changes(self) -> bool:
        """Whether anything would be otherwise."""
        return any(each.before != each.after for each in self.touched)

    @property
    def free(self) -> bool:
        """Whether it can be done without overruling anything."""
        return self.refused is None and self.against is None and not self.broken

    @property
    def change(self) -> Figures:
        """What all touched tours change together."""
        return sum((each.change for each in self.touched), Figures())

    @property
    def was(self) -> Figures:
        return sum((each.was for each in self.touched), Figures())

    @property
    def becomes(self) -> Figures:
        return sum((each.becomes for each in self.touched), Figures())

    @property
    def tours(self) -> tuple[Tour, ...]:
        """The touched tours as they will be."""
        return tuple(each.after for each in self.touched if each.after is not None)

    def shifts(self) -> Iterator[Shift]:
        """Every stop that stays where it is and is served at another time."""
        for each in self.touched:
            yield from each.shifts
