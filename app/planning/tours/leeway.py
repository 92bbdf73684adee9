"""Whether a tour takes one more visit when limits give way, and by how little they may."""

from collections.abc import Iterator, Sequence

from app.planning.tours.insertion import best_insertion, slots
from app.planning.tours.itinerary import crew_s
from app.planning.tours.loads import most_aboard, trips_of
from app.planning.tours.loosening import ROOMS, Amounts, Limit, loosened, step_of
from app.planning.tours.problem import Problem
from app.planning.tours.room import Door
from app.planning.tours.settle import Driven, Exact
from app.planning.tours.slack import Ways, hull_s
from app.planning.tours.trips import with_one_more_trip

Route = tuple[int, ...]


class Leeway:
    """One vehicle's day by itself: `before` is its tour without the visit, driven as `tour`.

    `unit` is the visit with all that comes along.
    """

    def __init__(
        self,
        problem: Problem,
        before: Route,
        tour: Driven | None,
        unit: Route,
        visit: int,
    ) -> None:
        self._problem, self._unit, self._visit = problem, unit, visit
        self._before = before
        self._tour = None if tour is None else Driven(before, tour.table, tour.worth_mc)
        self._loose: dict[tuple[tuple[Limit, int], ...], Exact] = {}

    def route(self, amounts: Amounts) -> Route | None:
        """Some way to take the visit when these limits give way, or None where there is none."""
        exact = self._exact(amounts)
        if len(self._unit) > 1:
            return self._united(exact)
        day, wanted = exact.problem.vehicles[0], exact.problem.visits[self._visit]
        if not day.may_take(wanted) or not wanted.load.fits(day.capacity):
            return None
        for route in self._routes(exact):
            if exact.drive(0, route) is not None:
                return route
        return None

    def _united(self, exact: Exact) -> Route | None:
        tour = exact.drive(0, self._before) if self._before else None
        if self._before and tour is None:
            return None
        found = best_insertion(exact, 0, tour, self._visit, unit=self._unit)
        return None if found is None else found.tour.visits

    def _routes(self, exact: Exact) -> Iterator[Route]:
        """The routes worth a timetable, the most promising first."""
        tour, visit = self._tour, self._visit
        day, wanted = exact.problem.vehicles[0], exact.problem.visits[visit]
        ways = Ways(exact.problem, day.roads, wanted.place)
        length_s = crew_s(day, wanted.service_s)
        door = Door(ways.to_s, ways.from_s, wanted.place, length_s, *hull_s(wanted))
        for slot in sorted(slots(exact, 0, tour, visit, ways)):
            at = slot.position
            if tour is not None and exact.room(0, tour).least_work_s(at, door) is None:
                continue
            yield (*self._before[:at], visit, *self._before[at:])
        if tour is not None:
            for _, route in with_one_more_trip(exact, 0, tour, visit):
                yield route

    def drives(self, route: Route, amounts: Amounts) -> bool:
        """This very route is possible when these limits give way."""
        return self._exact(amounts).drive(0, route) is not None

    def least(self, route: Route, amounts: Amounts, limit: Limit) -> int:
        """By how little one of these limits may give way on this very route."""
        step = step_of(limit)
        driven = self._exact(amounts).drive(0, route)
        if driven is None:
            raise AssertionError("the route was found with these limits")
        most = min(amounts[limit], self._used(driven, limit))
        low, high = 0, -(-most // step)
        middle = high - 1  # what the cheapest timetable uses is mostly what is needed
        while low < high:
            if self.drives(route, {**amounts, limit: middle * step}):
                high = middle
            else:
                low = middle + 1
            middle = (low + high) // 2
        return high * step

    def _used(self, driven: Driven, limit: Limit) -> int:
        """At most so much of a limit does for this timetable."""
        day, table = self._problem.vehicles[0], driven.table
        if limit in ROOMS:
            aboard = [most_aboard(self._problem, trip) for trip in trips_of(driven.visits)]
            dimension = ROOMS[limit]
            most: int = max(getattr(load, dimension) for load in aboard)
            room: int = getattr(day.capacity, dimension)
            return max(0, most - room)
        match limit:
            case Limit.START:
                return max(0, day.from_s - table.steps[0].start_s)
            case Limit.END:
                return max(0, table.end_s - day.to_s)
            case Limit.WORK:
                return max(0, table.work_s - (day.most_work_s or 0))
            case Limit.DISTANCE:
                return max(0, table.distance_m - (day.max_m or 0))
        return self._used_at_doors(driven, limit)

    def _used_at_doors(self, driven: Driven, limit: Limit) -> int:
        used = [0]
        for step in driven.table.steps:
            if step.visit in self._unit and step.visit is not None:
                visit = self._problem.visits[step.visit]
                if limit is Limit.EARLIER:
                    used.append(visit.spans[0][0] - step.start_s)
                elif limit is Limit.LATER:
                    used.append(step.start_s - visit.spans[-1][1])
                else:
                    used.append(visit.ready_s - driven.table.steps[0].start_s)
        return max(used)

    def cheapest(self, amounts: Amounts) -> Driven:
        """The tour with the visit where it costs least when these limits give way."""
        exact = self._exact(amounts)
        tour = exact.drive(0, self._before) if self._before else None
        unit: Sequence[int] = self._unit if len(self._unit) > 1 else ()
        found = best_insertion(exact, 0, tour, self._visit, unit=tuple(unit))
        if found is None:
            raise AssertionError("a route was found with these limits")
        return found.tour

    def _exact(self, amounts: Amounts) -> Exact:
        key = tuple((limit, amount) for limit, amount in amounts.items() if amount)
        if key not in self._loose:
            self._loose[key] = Exact(loosened(self._problem, 0, self._unit, dict(key)))
        return self._loose[key]
