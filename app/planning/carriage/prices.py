"""What each service of the panel asks for some goods on a day, or why it cannot take them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from app.domain.carriers import (
    Carrier,
    CarrierService,
    Panel,
    Quote,
    QuoteLine,
    RefusedService,
    Surcharge,
    TariffLine,
)
from app.domain.conditions import BadCondition, Known
from app.domain.nodes import StockNode
from app.domain.orders import ShipmentAtDoor
from app.domain.policy import Policy
from app.domain.reasons import Reason, because
from app.planning.carriage.consignment import (
    Consignment,
    InseeOf,
    consignment_of,
    no_insee,
)
from app.planning.carriage.fences import Asked, refusal_of
from app.planning.carriage.quote_lines import base_lines, co2e_g
from app.planning.carriage.surcharges import due, known_facts, with_surcharges
from app.planning.carriage.tariff import Quantities, base_price, quantities_of, sheet_in_force
from app.planning.carriage.workdays import arrival_day
from app.planning.carriage.zones import ZoneMap

ServiceKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A service with all that prices it on one day."""

    carrier: Carrier
    service: CarrierService
    zones: ZoneMap
    sheet: tuple[TariffLine, ...]
    surcharges: tuple[Surcharge, ...]

    @property
    def key(self) -> ServiceKey:
        return (self.carrier.code, self.service.code)


@dataclass(frozen=True, slots=True)
class _Measured:
    """Goods with what tariffs count and conditions ask, the same for every service."""

    goods: Consignment
    amounts: Quantities
    known: Mapping[str, Known]

    @classmethod
    def of(cls, goods: Consignment, on: date) -> Self:
        return cls(goods, quantities_of(goods.load, goods.distance_m), known_facts(goods, on))


class PriceDesk:
    """The panel made ready for one day; asked for many shipments, it looks things up once."""

    def __init__(
        self,
        panel: Panel,
        policy: Policy,
        *,
        on: date,
        now: datetime,
        nodes: Iterable[StockNode] = (),
        insee_of: InseeOf = no_insee,
    ) -> None:
        self._policy, self._on, self._now = policy, on, now
        self._insee_of = insee_of
        self._nodes = {node.code: node for node in nodes}
        self._points = {point.code: point for point in panel.pickup_points}
        self._with_points = {point.carrier for point in panel.pickup_points}
        self._ready = _make_ready(panel, on)
        self._subset: dict[tuple[ServiceKey, frozenset[str]], tuple[TariffLine, ...]] = {}

    @property
    def services(self) -> dict[ServiceKey, CarrierService]:
        """Every service that has a carrier, by its key."""
        return {ready.key: ready.service for ready in self._ready}

    def quotes_for(
        self, door: ShipmentAtDoor, taken: Mapping[ServiceKey, int] | None = None
    ) -> tuple[list[Quote], list[RefusedService]]:
        """Prices of the services that can take a shipment, and the refusals of the others."""
        return self.quotes(self._consignment(door), taken)

    def price_anyway(self, door: ShipmentAtDoor, service: ServiceKey) -> Quote | Reason | None:
        """What a service asks for a shipment whatever its fences say, or why there is no price.

        None = the panel has no such service.
        """
        ready = next((ready for ready in self._ready if ready.key == service), None)
        if ready is None:
            return None
        measured = _Measured.of(self._consignment(door), self._on)
        return self._price(ready, self._asked(ready, measured.goods, taken=0), measured)

    def quotes(
        self,
        goods: Consignment,
        taken: Mapping[ServiceKey, int] | None = None,
        *,
        only: Collection[ServiceKey] | None = None,
    ) -> tuple[list[Quote], list[RefusedService]]:
        """The same for goods that are no shipment yet; `only` these services, None = all."""
        measured = _Measured.of(goods, self._on)
        quotes, refused = [], []
        for ready in self._ready:
            if only is not None and ready.key not in only:
                continue
            answer = self._ask(ready, measured, (taken or {}).get(ready.key, 0))
            if isinstance(answer, Quote):
                quotes.append(answer)
            else:
                refused.append(RefusedService(*ready.key, answer))
        return quotes, refused

    def _ask(self, ready: _Ready, measured: _Measured, taken: int) -> Quote | Reason:
        asked = self._asked(ready, measured.goods, taken)
        return refusal_of(asked) or self._price(ready, asked, measured)

    def _asked(self, ready: _Ready, goods: Consignment, taken: int) -> Asked:
        return Asked(
            goods,
            ready.carrier,
            ready.service,
            ready.zones.zones_of(goods.destination),
            self._points,
            self._policy.carriage,
            self._on,
            self._now,
            taken,
            ready.carrier.code in self._with_points,
        )

    def _consignment(self, door: ShipmentAtDoor) -> Consignment:
        return consignment_of(door, self._nodes, self._points, self._policy, self._insee_of)

    def _price(self, ready: _Ready, asked: Asked, measured: _Measured) -> Quote | Reason:
        zone = ", ".join(sorted(asked.zones))
        base = base_price(self._sheet_for(ready, asked.zones), asked.zones, measured.amounts)
        if base is None:
            return because("tariff_missing", zone=zone)
        if base.line.currency != self._policy.currency:
            return because("tariff_currency", currency=base.line.currency)
        zone = base.line.zone or zone
        known = {**measured.known, "zone": zone}
        try:
            lines = with_surcharges(
                base_lines(base, zone), ready.surcharges, known, measured.amounts
            )
        except BadCondition as bad:
            return because("tariff_condition", condition=bad.text)
        return _quote(asked, lines, base.line.version, zone)

    def _sheet_for(self, ready: _Ready, zones: frozenset[str]) -> tuple[TariffLine, ...]:
        key = (ready.key, zones)
        if key not in self._subset:
            lines = tuple(x for x in ready.sheet if not x.zone or x.zone in zones)
            self._subset[key] = lines
        return self._subset[key]


def quotes(
    door: ShipmentAtDoor,
    panel: Panel,
    policy: Policy,
    on: date,
    now: datetime,
    nodes: Iterable[StockNode] = (),
) -> tuple[list[Quote], list[RefusedService]]:
    """Every service's price for one shipment, or why not, in the order of the panel."""
    return PriceDesk(panel, policy, on=on, now=now, nodes=nodes).quotes_for(door)


def _make_ready(panel: Panel, on: date) -> tuple[_Ready, ...]:
    carriers = {carrier.code: carrier for carrier in panel.carriers}
    zone_maps = {
        code: ZoneMap(rule for rule in panel.zones if rule.carrier == code) for code in carriers
    }
    sheets: defaultdict[ServiceKey, list[TariffLine]] = defaultdict(list)
    for line in panel.tariffs:
        sheets[line.carrier, line.service].append(line)
    services = sorted(panel.services, key=lambda service: (service.carrier, service.code))
    return tuple(
        _Ready(
            carriers[service.carrier],
            service,
            zone_maps[service.carrier],
            sheet_in_force(sheets[service.carrier, service.code], on),
            due(_of_carrier(panel.surcharges, service.carrier), service.code, on),
        )
        for service in services
        if service.carrier in carriers
    )


def _of_carrier(surcharges: Iterable[Surcharge], carrier: str) -> Iterable[Surcharge]:
    return (surcharge for surcharge in surcharges if surcharge.carrier == carrier)


def _quote(asked: Asked, lines: tuple[QuoteLine, ...], version: str, zone: str) -> Quote:
    service, goods = asked.service, asked.goods
    arrival = arrival_day(service.days, asked.on, service.transit_days, goods.destination)
    late = (arrival - goods.promised_on).days if arrival and goods.promised_on else 0
    return Quote(
        asked.carrier.code,
        service.code,
        lines,
        version,
        zone,
        delivered_on=arrival,
        co2e_g=co2e_g(service, goods),
        emission_level=service.emission_level,
        late_days=max(0, late),
    )
