"""A clock without pauses: the hours in which drivers rest are taken out before solving.

The solver knows no pauses, neither the vehicles' own nor those of the law. For every group of
vehicles that can rest at a common moment that span is cut out of the clock; a plan made in what is
left has room for each pause when the span is put back, and the timetable then slides it into its
best gap.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.planning.tours.problem import Pause, Rest, VehicleDay


@dataclass(frozen=True, slots=True)
class SqueezedClock:
    """Spans cut out of the day, as (from, length) in seconds, in order and apart."""

    cuts: tuple[tuple[int, int], ...] = ()

    def at(self, second: int) -> int:
        """The time on this clock; a moment inside a cut is the cut itself."""
        lost = 0
        for from_s, length_s in self.cuts:
            lost += min(max(0, second - from_s), length_s)
        return second - lost


def pauses_of(vehicle: VehicleDay) -> Iterator[Pause]:
    """The vehicle's own pause, and those that a whole shift of work needs besides by law."""
    own = vehicle.pause
    if own is not None:
        yield own
    for rest in vehicle.rests:
        hours = _needed(vehicle, rest)
        if hours is not None and (own is None or not _covers(own, hours)):
            yield hours


def _needed(vehicle: VehicleDay, rest: Rest) -> Pause | None:
    """A pause that parts the shift in two spells of work that are short enough, if that does it."""
    if rest.work_s is None or vehicle.to_s - vehicle.from_s <= rest.work_s:
        return None
    first_s = max(vehicle.from_s, vehicle.to_s - rest.work_s - rest.length_s)
    last_s = vehicle.from_s + rest.work_s
    return Pause(rest.length_s, first_s, last_s) if first_s <= last_s else None


def _covers(own: Pause, needed: Pause) -> bool:
    """Whatever moment the own pause takes in the middle of its hours does for both."""
    middle_s = (own.from_s + own.to_s) // 2
    return own.length_s >= needed.length_s and needed.from_s <= middle_s <= needed.to_s


def clock_for(pauses: Iterable[Pause]) -> SqueezedClock:
    """The fewest cuts that give every pause its time, each amid what its group has in common."""
    cuts: list[tuple[int, int]] = []
    groups: list[list[Pause]] = []
    for pause in sorted(set(pauses), key=lambda p: (p.to_s, p.from_s, p.length_s)):
        if groups and pause.from_s <= min(p.to_s for p in groups[-1]):
            groups[-1].append(pause)
        else:
            groups.append([pause])
    for group in groups:
        earliest_s = max(pause.from_s for pause in group)
        latest_s = min(pause.to_s for pause in group)
        length_s = max(pause.length_s for pause in group)
        start_s = (earliest_s + latest_s) // 2
        if cuts:
            start_s = max(start_s, cuts[-1][0] + cuts[-1][1])
        cuts.append((start_s, length_s))
    return SqueezedClock(tuple(cuts))
