"""Does one tour keep every rule: the judge's questions to it, each answered by violations."""

from collections.abc import Iterator

from app.domain.orders import ShipmentAtDoor, ShipmentState
from app.domain.tours import Stop, StopKind, Violation
from app.domain.values import GeoPoint
from app.planning.tours import court_loads, court_rests, court_times
from app.planning.tours.case import LOADING, SAME_PLACE_M, Case, near
from app.planning.tours.case import seconds as seconds
from app.planning.tours.facts import Facts as Facts
from app.planning.tours.facts import ShutHours as ShutHours
from app.planning.tours.transfers import rides_on_tours

NO_SKILL_NEEDED = frozenset({"fragile"})


class Court(Case):
    """One tour before the judge, and everything that is against it."""

    def violations(self) -> Iterator[Violation]:
        yield from self._shape()
        if len(self.stops) < 2:
            return
        yield from self._places()
        yield from self._shipments()
        yield from court_times.violations(self)
        yield from court_rests.violations(self)
        yield from court_loads.violations(self)
        yield from self._claims()

    def _shape(self) -> Iterator[Violation]:
        """A tour leaves once, comes home once, and does something in between."""
        stops = self.stops
        if not self.vehicle.active:
            yield self.found("vehicle_off", None, 1, 0)
        if len(stops) < 2 or stops[0].kind is not StopKind.DEPART:
            yield self.found("no_departure", 0, 0, 1)
        if len(stops) < 2 or stops[-1].kind is not StopKind.RETURN:
            yield self.found("no_return", max(0, len(stops) - 1), 0, 1)
        for number, stop in enumerate(stops[1:-1], start=1):
            if stop.kind in (StopKind.DEPART, StopKind.RETURN):
                yield self.found("no_return", number, 0, 1)
        yield from self._loadings()
        reloads = sum(stop.kind is StopKind.RELOAD for stop in stops)
        if reloads > self.vehicle.reloads:
            yield self.found("too_many_reloads", None, reloads, self.vehicle.reloads)

    def _loadings(self) -> Iterator[Violation]:
        """Who starts elsewhere loads at the depot before anything else, and only then."""
        places = [n for n, stop in enumerate(self.stops) if stop.kind is not StopKind.BREAK]
        loads = [n for n in places if self.stops[n].kind is StopKind.LOAD]
        due = places[1:2] if self._starts_away() else []
        if due and due != loads[:1]:
            yield self.found("not_loaded", due[0], 0, 1)
        for number in loads:
            if number not in due:
                yield self.found("load_out_of_place", number, 1, 0)

    def _starts_away(self) -> bool:
        start = self.vehicle.starts_at
        return start is not None and (self.depot is None or not near(start, self.depot.point))

    def _places(self) -> Iterator[Violation]:
        """It starts, loads and ends where the vehicle's day has these places."""
        if self.depot is None:
            yield self.found("unknown_depot", None, 1, 0)
            return
        if self.tour.depot != self.vehicle.depot:
            yield self.found("foreign_depot", None, 1, 0)
        home, start, end = self.depot.point, self.vehicle.starts_at, self.end_point
        for number, stop in enumerate(self.stops):
            if stop.kind is StopKind.DEPART and start is not None:
                yield from self._away_from(number, start, "wrong_start")
            elif stop.kind in LOADING or (stop.kind is StopKind.RETURN and end == home):
                yield from self._away_from(number, home, "wrong_depot")
            elif stop.kind is StopKind.RETURN and end is not None:
                yield from self._away_from(number, end, "wrong_end")

    def _away_from(self, number: int, point: GeoPoint, code: str) -> Iterator[Violation]:
        metres = round(point.distance_m(self.stops[number].point))
        if metres > SAME_PLACE_M:
            yield self.found(code, number, metres, SAME_PLACE_M, self.stops[number].shipment)

    def _shipments(self) -> Iterator[Violation]:
        """Each visit is to one that we know, at its place, within our skills."""
        for number in self.visits:
            stop, door = self.stops[number], self.door(number)
            if door is None:
                yield self.found("unknown_shipment", number, 1, 0, stop.shipment)
                continue
            yield from self._misplaced(number, stop, door)
            due = self.point_due(number)
            if due is not None:
                yield from self._away_from(number, due, "wrong_place")
            lacking = door.handling - NO_SKILL_NEEDED - self.vehicle.skills
            if lacking and not self.at_source(number):
                yield self.found("no_skill", number, len(lacking), 0, stop.shipment)

    def _misplaced(self, number: int, stop: Stop, door: ShipmentAtDoor) -> Iterator[Violation]:
        """Whether a shipment belongs on this tour at all."""
        shipment = door.shipment
        if stop.order and stop.order != shipment.order:
            yield self.found("other_order", number, 1, 0, stop.shipment)
        if self.at_source(number):
            return
        if shipment.node != self.vehicle.depot and not court_loads.is_collected(self, number):
            yield self.found("other_node", number, 1, 0, stop.shipment)
        if not rides_on_tours(door, self.facts.policy):
            yield self.found("no_home_delivery", number, 1, 0, stop.shipment)
        if shipment.state is ShipmentState.BOOKED:
            yield self.found("with_carrier", number, 1, 0, stop.shipment)

    def _claims(self) -> Iterator[Violation]:
        """The figures written in the plan are those that come out."""
        tour, leaving = self.tour, court_loads.leaving(self)
        for code, claimed, found in (
            ("distance_differs", tour.distance_m, self.distance_m),
            ("drive_time_differs", tour.drive_s, self.drive_s),
            ("cost_differs", tour.cost_cents, self.cost_cents),
            ("co2e_differs", tour.co2e_g, self.co2e_g),
            ("weight_differs", tour.load.weight_g, leaving.weight_g),
            ("volume_differs", tour.load.volume_ml, leaving.volume_ml),
            ("parcels_differ", tour.load.parcels, leaving.parcels),
        ):
            if claimed != found:
                yield self.found(code, None, claimed, found)
