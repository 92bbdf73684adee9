"""By which services of which carriers a basket could come, to a door or to a pickup point."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile

from app.domain.carriers import CarrierService, PickupPoint, Quote, ServiceKind
from app.domain.orders import Mode
from app.domain.promises import NoPromise, PromiseKind, PromiseOption, PromiseStep, StepKind
from app.domain.reasons import Reason, because
from app.domain.values import Address, GeoPoint, Window
from app.planning.carriage.consignment import Consignment
from app.planning.carriage.prices import ServiceKey
from app.planning.carriage.zones import destination_of
from app.planning.opening import UnreadableHours, hours_between
from app.planning.promise.ground import DAYS_AHEAD, Goods, PromiseGround
from app.planning.promise.readiness import Ready

#: Refusals that another day may lift.
_OF_THE_DAY = frozenset(
    {"service_day", "service_holiday", "service_cutoff", "service_quota", "service_not_yet"}
)
_QUICK = frozenset({ServiceKind.EXPRESS, ServiceKind.BIKE})
_RELAY_DAYS = 7


@dataclass(frozen=True, slots=True)
class Bound:
    """Where the goods go: a door, or a pickup point of one carrier."""

    address: Address
    point: GeoPoint | None
    insee: str = ""
    relay: PickupPoint | None = None

    @property
    def mode(self) -> Mode:
        return Mode.PICKUP_POINT if self.relay else Mode.HOME_DELIVERY


@dataclass(slots=True)
class _Search:
    """One node asking the services day after day, until each has said yes or can never."""

    found: Ready
    ground: PromiseGround
    goods: Consignment
    bound: Bound
    wanted_on: date | None
    pending: set[ServiceKey]
    passed: dict[ServiceKey, list[PromiseStep]]

    def run(self) -> Iterator[PromiseOption | NoPromise]:
        first = self.found.leaves.astimezone(self.found.zone).date()
        for ahead in range(DAYS_AHEAD):
            if not self.pending:
                return
            day = first + timedelta(days=ahead)
            if not self.ground.open_on(self.found.at, day):
                self._pass_all(day)
                continue
            yield from self._ask(day)
        for key in sorted(self.pending):
            yield self._refused(key, self._last(key))

    def _ask(self, day: date) -> Iterator[PromiseOption | NoPromise]:
        desk, taken = self.ground.desk(day), self.ground.given.services.get(day, {})
        quotes, refused = desk.quotes(self.goods, taken, only=self.pending)
        for quote in quotes:
            key = (quote.carrier, quote.service)
            service = desk.services[key]
            too_late = self._past_cutoff(service, day)
            if too_late is not None:
                self._pass(key, too_late)
            elif quote.delivered_on is not None and self._is_wanted(quote.delivered_on):
                self.pending.discard(key)
                yield self._option(service, quote, day)
        for one in refused:
            key = (one.carrier, one.service)
            if one.reason.code in _OF_THE_DAY:
                self._pass(key, one.reason)
            else:
                self.pending.discard(key)
                yield self._refused(key, one.reason)

    def _is_wanted(self, there: date) -> bool:
        return self.wanted_on is None or there >= self.wanted_on

    def _past_cutoff(self, service: CarrierService, day: date) -> Reason | None:
        """The goods may leave that day only after the carrier has come."""
        leaves = self.found.leaves.astimezone(self.found.zone)
        if service.cutoff is None or leaves.date() != day or leaves.time() <= service.cutoff:
            return None
        cutoff = f"{service.cutoff:%H:%M}"
        return because("promise_ready_too_late", cutoff=cutoff, ready=f"{leaves:%H:%M}")

    def _pass(self, key: ServiceKey, reason: Reason) -> None:
        self.passed.setdefault(key, []).append(PromiseStep(StepKind.PASSED, None, reason))

    def _pass_all(self, day: date) -> None:
        node = self.found.node.code
        for key in self.pending:
            self._pass(key, because("promise_node_closed", node=node, tour_on=day.isoformat()))

    def _last(self, key: ServiceKey) -> Reason:
        steps = self.passed.get(key, ())
        return steps[-1].reason if steps else because("promise_not_in_sight", days=DAYS_AHEAD)

    def _refused(self, key: ServiceKey, reason: Reason) -> NoPromise:
        kind = PromiseKind.PICKUP_POINT if self.bound.relay else None
        place = self.bound.relay.code if self.bound.relay else ""
        return NoPromise(reason, kind, self.found.node.code, *key, place)

    def _option(self, service: CarrierService, quote: Quote, day: date) -> PromiseOption:
        there = quote.delivered_on or day
        window = self._window(there)
        on = window.start.astimezone(self.found.zone).date()
        key = (quote.carrier, quote.service)
        return PromiseOption(
            self._kind(service),
            self.found.node.code,
            on,
            window,
            quote.total_cents,
            quote.co2e_g,
            (*self.passed.get(key, ()), *self._steps(service, quote, day, there, window)),
            quote.carrier,
            quote.service,
            self.bound.relay.code if self.bound.relay else "",
            order_by=self._collected(service, day),
            added_days=self.found.added_days,
            late_days=max(0, (on - self.wanted_on).days) if self.wanted_on else 0,
        )

    def _kind(self, service: CarrierService) -> PromiseKind:
        if self.bound.relay:
            return PromiseKind.PICKUP_POINT
        return PromiseKind.EXPRESS if service.kind in _QUICK else PromiseKind.HOME

    def _collected(self, service: CarrierService, day: date) -> datetime:
        """The last moment at which the carrier collects that day: its cut-off, or closing time."""
        start = datetime.combine(day, time(), self.found.zone)
        end = datetime.combine(day + timedelta(days=1), time(), self.found.zone)
        windows = self.ground.windows(self.found.at, start)
        of_the_day = takewhile(lambda w: w.start < end, windows)
        closing = max((min(w.end, end) for w in of_the_day), default=end)
        if service.cutoff is None:
            return closing.astimezone(UTC)
        return datetime.combine(day, service.cutoff, self.found.zone).astimezone(UTC)

    def _window(self, there: date) -> Window:
        """The day at a door, or the first hours of the pickup point from then on."""
        touring, zone = self.ground.policy.touring, self.ground.zone
        relay = self.bound.relay
        if relay is not None and relay.opening_hours.strip():
            start = datetime.combine(there, touring.day_from, zone)
            end = start + timedelta(days=_RELAY_DAYS)
            try:
                open_ = hours_between(relay.opening_hours, zone, relay.address, start, end)
            except UnreadableHours:
                open_ = ()
            if open_:
                return open_[0]
        opens = datetime.combine(there, touring.day_from, zone).astimezone(UTC)
        closes = datetime.combine(there, touring.day_to, zone).astimezone(UTC)
        return Window(min(max(opens, self.found.leaves), closes), closes)

    def _steps(
        self, service: CarrierService, quote: Quote, day: date, there: date, window: Window
    ) -> Iterator[PromiseStep]:
        at = self._collected(service, day)
        said = because(
            "promise_picked_up",
            carrier=quote.carrier,
            service=quote.service,
            pick_up_on=day.isoformat(),
            until=f"{at.astimezone(self.found.zone):%H:%M}",
        )
        yield PromiseStep(StepKind.PICK_UP, at, said)
        moved = because("promise_transit", days=service.transit_days, there_on=there.isoformat())
        yield PromiseStep(StepKind.TRANSIT, window.start, moved)
        if relay := self.bound.relay:
            opens = window.start.astimezone(self.ground.zone)
            closes = window.end.astimezone(self.ground.zone)
            said = because(
                "promise_open",
                place=relay.name,
                open_on=opens.date().isoformat(),
                opens=f"{opens:%H:%M}",
                closes=f"{closes:%H:%M}",
            )
            yield PromiseStep(StepKind.OPENING, window.start, said)


def carrier_options(
    found: Ready,
    ground: PromiseGround,
    goods: Goods,
    bound: Bound,
    wanted_on: date | None,
    kinds: Collection[PromiseKind],
) -> Iterator[PromiseOption | NoPromise]:
    """Each service's first date from a node, or why it has none."""
    first = found.leaves.astimezone(found.zone).date()
    services = ground.desk(first).services
    pending = {key for key, service in services.items() if _is_asked(service, bound, kinds)}
    if bound.relay is not None and (full := _no_room(ground, bound.relay, goods)) is not None:
        for key in sorted(pending):
            yield NoPromise(full, PromiseKind.PICKUP_POINT, found.node.code, *key, bound.relay.code)
        return
    consignment = _consignment(found, ground, goods, bound)
    yield from _Search(found, ground, consignment, bound, wanted_on, pending, {}).run()


def nearest_relays(ground: PromiseGround, goal: GeoPoint, count: int) -> Sequence[PickupPoint]:
    """The pickup points nearest to a place."""
    return sorted(ground.relays, key=lambda p: (p.point.distance_m(goal), p.code))[:count]


def _is_asked(service: CarrierService, bound: Bound, kinds: Collection[PromiseKind]) -> bool:
    if bound.relay is not None:
        return service.carrier == bound.relay.carrier and Mode.PICKUP_POINT in service.modes
    if Mode.HOME_DELIVERY not in service.modes:
        return False
    kind = PromiseKind.EXPRESS if service.kind in _QUICK else PromiseKind.HOME
    return kind in kinds


def _no_room(ground: PromiseGround, relay: PickupPoint, goods: Goods) -> Reason | None:
    """A pickup point full of parcels that are on their way to it already."""
    if relay.capacity_parcels is None:
        return None
    held = ground.given.relays.get(relay.code, 0)
    if held == 0 or held + goods.load.parcels <= relay.capacity_parcels:
        return None  # what never fits, the fences say
    return because("promise_relay_full", place=relay.name, held=held, limit=relay.capacity_parcels)


def _consignment(found: Ready, ground: PromiseGround, goods: Goods, bound: Bound) -> Consignment:
    home = ground.policy.country
    return Consignment(
        shipment="",
        load=goods.load,
        origin=destination_of(found.node.address, home=home),
        origin_zone=found.node.timezone,
        destination=destination_of(bound.address, bound.insee, home),
        mode=bound.mode,
        distance_m=ground.road_m(found.at, bound.point),
        handling=goods.handling,
        value_cents=goods.value_cents,
        longest_mm=goods.longest_mm,
        girth_mm=goods.girth_mm,
        pickup_point=bound.relay.code if bound.relay else "",
        has_phone=True,
        has_email=True,
    )
