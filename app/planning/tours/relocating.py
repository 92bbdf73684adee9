"""Which visit would be cheaper elsewhere, exactly: each by itself, until none would.

The search moves visits all the time, but in a model that leaves out what depends on a whole tour:
pauses, rests by law, one setup a door. Here every tour is timed as it will be driven.
"""

from collections.abc import Callable, Sequence

from app.planning.tours.insertion import least_added_mc, most_saved_mc, options, place_among
from app.planning.tours.loads import tidy
from app.planning.tours.problem import RELOAD, Problem
from app.planning.tours.settle import Driven, Exact


def left_to_gain(problem: Problem) -> bool:
    """Whether tours may cost something else than they do in the search's model."""
    breaks = any(day.pause or day.rests for day in problem.vehicles)
    return breaks or any(visit.setup_s or visit.late_s or visit.shut for visit in problem.visits)


_Move = Callable[[int, int, Driven], bool]


class Relocation:
    """Moves visits of these tours, which it changes; what was tried in vain is not tried again."""

    def __init__(self, exact: Exact, tours: dict[int, Driven]) -> None:
        self._exact, self._tours = exact, tours
        self._turn = 0
        self._tried: dict[int, int] = {}
        self._known: dict[int, tuple[Driven | None, int]] = {}
        self._within_tried: set[tuple[int, tuple[int, ...], int]] = set()

    def run(self, enough: Callable[[], bool]) -> bool:
        """Move what gains until nothing does, or it is enough; whether anything was moved.

        Other tours come first: whether one of them can gain is known before anything is timed.
        """
        self._turn += 1
        moved = False
        while self._round(self._elsewhere, enough) or self._round(self._within, enough):
            moved = True
        return moved

    def _round(self, move: _Move, enough: Callable[[], bool]) -> bool:
        """Every visit that is bound to no other and to no place, once; whether any was moved."""
        units, moved = self._exact.units, False
        for vehicle, tour in list(self._tours.items()):
            for visit in tour.made:
                if enough():
                    return moved
                now = self._tours.get(vehicle)
                free = len(units.of(visit)) == 1 and not units.fixed(visit)
                if free and now is not None and visit in now.visits:
                    moved |= move(vehicle, visit, now)
        return moved

    def _elsewhere(self, vehicle: int, visit: int, tour: Driven) -> bool:
        """Move a visit to the tour where it adds least, if that is less than it costs here."""
        among = self._changed_since(vehicle, visit) - {vehicle}
        self._tried[visit] = self._turn
        limit_mc = self._most_saved_mc(vehicle, visit, tour)
        able = [n for n in options(self._exact, self._tours) if n in among]
        able = [n for n in able if self._may_gain(n, visit, limit_mc)]
        return bool(able) and self._move(vehicle, visit, tour, able)

    def _most_saved_mc(self, vehicle: int, visit: int, tour: Driven) -> int:
        if len(tour.made) == 1 or RELOAD in tour.visits:
            return tour.worth_mc  # without the visit a whole trip may be spared
        return most_saved_mc(self._exact, vehicle, tour, tour.visits.index(visit))

    def _may_gain(self, vehicle: int, visit: int, limit_mc: int) -> bool:
        least_mc = least_added_mc(self._exact, vehicle, self._tours.get(vehicle), visit)
        return least_mc is not None and least_mc < limit_mc

    def _within(self, vehicle: int, visit: int, tour: Driven) -> bool:
        """Move a visit to another place of its tour."""
        key = vehicle, tour.visits, visit
        if key in self._within_tried or len(tour.made) < 2:
            return False
        self._within_tried.add(key)
        return self._move(vehicle, visit, tour, [vehicle])

    def _move(self, vehicle: int, visit: int, tour: Driven, among: Sequence[int]) -> bool:
        rest = tidy([v for v in tour.visits if v != visit])
        driven = self._exact.drive(vehicle, rest) if rest else None
        if driven is None and rest:
            return False
        others = {n: kept for n, kept in self._tours.items() if n != vehicle}
        if driven is not None:
            others[vehicle] = driven
        saved_mc = tour.worth_mc - (driven.worth_mc if driven is not None else 0)
        found = place_among(self._exact, others, among, visit, saved_mc)
        if found is None:
            return False
        self._tours.pop(vehicle)
        self._tours.update({**others, found.vehicle: found.tour})
        self._turn += 1
        return True

    def _changed_since(self, vehicle: int, visit: int) -> set[int]:
        """The vehicles that this visit has not been tried on as they are now."""
        everyone = {*self._tours, *options(self._exact, self._tours)}
        for number in everyone:
            now = self._tours.get(number)
            known = self._known.get(number)
            if known is None or known[0] is not now:
                self._known[number] = now, self._turn
        since = self._tried.get(visit, 0)
        if self._known[vehicle][1] > since:
            return everyone
        return {number for number in everyone if self._known[number][1] > since}
