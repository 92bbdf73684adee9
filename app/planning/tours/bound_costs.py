"""What the ways of a day cost at the very least, whoever drives them: what its bound adds up."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from app.planning.tours.problem import FAR_S, Problem, VehicleDay, Visit

if TYPE_CHECKING:  # who only knows a bound needs no numpy
    import numpy as np
    from numpy.typing import NDArray

    Costs = NDArray[np.float64]
    Places = NDArray[np.intp] | int

#: What cannot be picked; far above every price, far below any overflow.
NEVER = 1e12


class WayCosts:
    """What ways cost at least in cents, whoever drives them: visits first, then vehicles.

    A vehicle's row is its way out of the depot, its column the way home.
    """

    def __init__(self, problem: Problem) -> None:
        import numpy as np

        self._problem = problem
        self._kinds: dict[tuple[object, ...], list[int]] = {}
        for number, day in enumerate(problem.vehicles):
            key = (day.roads, day.km_cents, day.hour_cents, day.service_percent, day.depot)
            self._kinds.setdefault((*key, day.reloads > 0), []).append(number)
        able = [[day.may_take(visit) for visit in problem.visits] for day in problem.vehicles]
        self._able = np.array(able, dtype=bool)  # by vehicle and visit

    def parts(self) -> "Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]":
        """Visits with the vehicles that may make them, apart from all others; then the rest."""
        import numpy as np

        groups: list[tuple[set[int], list[int]]] = []
        for number, able in enumerate(self._able):
            visits, vehicles = set(np.flatnonzero(able).tolist()), [number]
            for group in [group for group in groups if not group[0].isdisjoint(visits)]:
                groups.remove(group)
                visits, vehicles = visits | group[0], vehicles + group[1]
            groups.append((visits, vehicles))
        nobody = set(range(len(self._problem.visits))).difference(*(group[0] for group in groups))
        for visits, vehicles in (*groups, (nobody, [])):
            yield np.array(sorted(visits), dtype=np.intp), np.array(vehicles, dtype=np.intp)

    def ways(self) -> "Costs":
        """The costs of all ways; the diagonal means nothing yet."""
        import numpy as np

        problem = self._problem
        count, vehicles = len(problem.visits), len(problem.vehicles)
        ways = np.full((count + vehicles, count + vehicles), NEVER)
        between = ways[:count, :count]
        for numbers in self._kinds.values():
            np.minimum(between, self._between(numbers), out=between)
        between[self._too_late()] = NEVER
        for number, day in enumerate(problem.vehicles):
            able = self._able[number]
            ways[count + number, :count] = np.where(able, self._out(day), NEVER)
            ways[:count, count + number] = np.where(able, self._home(day), NEVER)
        return ways

    def sent_out(self) -> "Costs":
        """What sending vehicles out at all costs at least, as each visit's share.

        A visit needs a part of the roomiest vehicle that may make it, and bears as much of the
        cheapest one's fixed cost: those of one tour add up to its vehicle at most. Of the goods or
        of the hours, whichever asks for more.
        """
        import numpy as np

        problem, days = self._problem, self._problem.vehicles
        fixed = self._of_able([day.fixed_cents for day in days], largest=False)
        found = []
        for dimension in ("weight_g", "volume_ml", "parcels"):
            loads = [getattr(v.load, dimension) if v.from_depot else 0 for v in problem.visits]
            rooms = [(1 + day.reloads) * getattr(day.capacity, dimension) for day in days]
            room = self._of_able(rooms, largest=True)
            found.append(fixed * np.array(loads, dtype=np.float64) / np.maximum(room, 1))
        longest = self._of_able([_longest_s(day) for day in days], largest=True)
        found.append(fixed * self._least_work_s() / np.maximum(longest, 1))
        return max(found, key=lambda shares: float(shares.sum()))

    def _of_able(self, values: Sequence[int], *, largest: bool) -> "Costs":
        """For each visit the largest, or least, value of the vehicles that may make it; else 0."""
        import numpy as np

        of_vehicles = np.array(values, dtype=np.float64)[:, None]
        none = -np.inf if largest else np.inf
        told = np.where(self._able, of_vehicles, none)
        best: Costs = told.max(axis=0) if largest else told.min(axis=0)
        return np.where(np.isfinite(best), best, 0.0)

    def _least_work_s(self) -> "Costs":
        """The shortest way in and the shortest time at the door, for each visit."""
        import numpy as np

        places = self._places()
        doors, times = np.unique(places, return_counts=True)
        depots = np.array(sorted({day.depot for day in self._problem.vehicles}), dtype=np.intp)
        sources = np.concatenate((doors, depots))
        drive = self._fastest()[np.ix_(sources, places)]
        own = sources[:, None] == places
        drive[own] = np.inf
        shared = np.concatenate((times > 1, np.zeros(len(depots), dtype=bool)))
        drive[own & shared[:, None]] = 0.0  # of several at one door all but one drive nowhere
        percent = min(day.service_percent for day in self._problem.vehicles)
        work: Costs = drive.min(axis=0) + self._service_s(percent)
        return work

    def _between(self, numbers: list[int]) -> "Costs":
        """From door to door, the time at the second one too; through the depot where that is less.

        Only a vehicle that comes back for more goods may be there in between.
        """
        import numpy as np

        day, able = self._problem.vehicles[numbers[0]], self._able[numbers].any(axis=0)
        places = self._places()
        ways = self._money(day, places[:, None], places)
        if day.reloads:
            through = self._money(day, places[:, None], day.depot)
            ways = np.minimum(ways, through + self._money(day, day.depot, places))
        ways = ways + self._door_cents(day)
        ways[~able, :] = NEVER
        ways[:, ~able] = NEVER
        return ways

    def _out(self, day: VehicleDay) -> "Costs":
        loading = day.hour_cents * day.loading_s / 3600
        return self._money(day, day.depot, self._places()) + self._door_cents(day) + loading

    def _home(self, day: VehicleDay) -> "Costs":
        import numpy as np

        if day.open_ended:
            return np.zeros(len(self._problem.visits))
        end = day.depot if day.ends is None else day.ends
        return self._money(day, self._places(), end)

    def _money(self, day: VehicleDay, here: "Places", there: "Places") -> "Costs":
        """Kilometres and hours from some places to others."""
        roads = self._problem.roads[day.roads]
        km = float(day.km_cents) / 1000
        hours = day.hour_cents / 3600
        money: Costs = roads.distance_m[here, there] * km + roads.duration_s[here, there] * hours
        return money

    def _door_cents(self, day: VehicleDay) -> "Costs":
        return self._service_s(day.service_percent) * (day.hour_cents / 3600)

    def _service_s(self, percent: int) -> "Costs":
        import numpy as np

        served = [visit.service_s for visit in self._problem.visits]
        return np.array(served, dtype=np.float64) * percent / 100

    def _too_late(self) -> "NDArray[np.bool_]":
        """Which visits are closed by when anybody could come there from another one."""
        import numpy as np

        visits = self._problem.visits
        opens = np.array([_earliest_s(v, self._problem.vehicles) for v in visits], dtype=np.float64)
        closes = np.array([v.spans[-1][1] + v.late_s for v in visits], dtype=np.float64)
        percent = min(day.service_percent for day in self._problem.vehicles)
        places = self._places()
        drive = self._fastest()[np.ix_(places, places)]
        there: Costs = (opens + self._service_s(percent))[:, None] + drive
        return there > closes

    def _fastest(self) -> "Costs":
        """The shortest time from any place to any other, past a depot where one may reload."""
        import numpy as np

        used = sorted({day.roads for day in self._problem.vehicles})
        roads = [self._problem.roads[number].duration_s for number in used]
        fastest: Costs = np.minimum.reduce(roads).astype(np.float64)
        for depot in {day.depot for day in self._problem.vehicles if day.reloads}:
            through = fastest[:, depot][:, None] + fastest[depot]
            fastest = np.minimum(fastest, through)
        return fastest

    def _places(self) -> "NDArray[np.intp]":
        import numpy as np

        return np.array([visit.place for visit in self._problem.visits], dtype=np.intp)


def _longest_s(day: VehicleDay) -> int:
    """The most work in one tour."""
    shift_s = max(0, day.to_s - day.from_s)
    return shift_s if day.most_work_s is None else min(shift_s, day.most_work_s)


def _earliest_s(visit: Visit, days: Iterable[VehicleDay]) -> int:
    """When service may start at the earliest."""
    return max(visit.spans[0][0], min((day.from_s for day in days), default=-FAR_S))
