"""Which carrier each of a day's shipments should have, within the carriers' quotas."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.carriers import CarrierChoice, Panel, Quote, RefusedService
from app.domain.nodes import StockNode
from app.domain.orders import ShipmentAtDoor
from app.domain.policy import CarriagePolicy, Policy
from app.domain.reasons import Reason
from app.errors import Stopped
from app.planning.carriage.consignment import InseeOf, no_insee
from app.planning.carriage.fences import quota_reached
from app.planning.carriage.prices import PriceDesk, ServiceKey
from app.planning.carriage.ranking import rank_key, weighed_cents
from app.planning.carriage.sharing import Option, share_out
from app.ports import Progress, Stop, never, unheard


@dataclass(frozen=True, slots=True)
class _Priced:
    """A shipment with its prices, best first, and who cannot take it."""

    shipment: str
    ranked: tuple[Quote, ...]
    refused: tuple[RefusedService, ...]


def choose(
    doors: Iterable[ShipmentAtDoor],
    panel: Panel,
    policy: Policy,
    *,
    on: date,
    now: datetime,
    nodes: Iterable[StockNode] = (),
    taken: Mapping[ServiceKey, int] | None = None,
    insee_of: InseeOf = no_insee,
    stop: Stop = never,
    progress: Progress = unheard,
) -> list[CarrierChoice]:
    """A carrier for every shipment, in the order of their codes; same input, same answer.

    `taken` counts what each service was given for that day before. A service that this batch fills
    up is kept among the refused of those who would have liked it, with its quota as the reason.

    Raises:
        Stopped: a person pressed Stop.
    """
    desk = PriceDesk(panel, policy, on=on, now=now, nodes=nodes, insee_of=insee_of)
    priced = _price_all(desk, doors, policy.carriage, on, taken or {}, stop, progress)
    places = _places_left(desk, taken or {})
    wanted = [[_option(quote, policy.carriage, on) for quote in one.ranked] for one in priced]
    given = share_out(wanted, places)
    full = _full_services(given, places)
    return [
        _choice(one, service, full, desk, policy.version)
        for one, service in zip(priced, given, strict=True)
    ]


def cheapest_quotes(
    doors: Iterable[ShipmentAtDoor],
    panel: Panel,
    policy: Policy,
    on: date,
    now: datetime,
    nodes: Iterable[StockNode] = (),
    insee_of: InseeOf = no_insee,
) -> dict[str, Quote]:
    """The cheapest price that keeps each shipment's promise; no entry where none does."""
    desk = PriceDesk(panel, policy, on=on, now=now, nodes=nodes, insee_of=insee_of)
    cheapest: dict[str, Quote] = {}
    for door in doors:
        in_time = [quote for quote in desk.quotes_for(door)[0] if not quote.late_days]
        if in_time:
            best = min(in_time, key=lambda q: (q.total_cents, q.carrier, q.service))
            cheapest[door.shipment.code] = best
    return cheapest


def _price_all(
    desk: PriceDesk,
    doors: Iterable[ShipmentAtDoor],
    policy: CarriagePolicy,
    on: date,
    taken: Mapping[ServiceKey, int],
    stop: Stop,
    progress: Progress,
) -> list[_Priced]:
    ordered = sorted(doors, key=lambda door: door.shipment.code)
    priced = []
    for done, door in enumerate(ordered):
        if stop():
            raise Stopped
        progress(done, len(ordered))
        quotes, refused = desk.quotes_for(door, taken)
        ranked = tuple(sorted(quotes, key=lambda quote: rank_key(quote, policy, on)))
        priced.append(_Priced(door.shipment.code, ranked, tuple(refused)))
    progress(len(ordered), len(ordered))
    return priced


def _places_left(desk: PriceDesk, taken: Mapping[ServiceKey, int]) -> dict[ServiceKey, int]:
    return {
        key: service.quota_per_day - taken.get(key, 0)
        for key, service in desk.services.items()
        if service.quota_per_day is not None
    }


def _option(quote: Quote, policy: CarriagePolicy, on: date) -> Option:
    cost = round(weighed_cents(quote, policy, on))
    return Option((quote.carrier, quote.service), cost, late=quote.late_days > 0)


def _full_services(
    given: Sequence[ServiceKey | None], places: Mapping[ServiceKey, int]
) -> frozenset[ServiceKey]:
    used = Counter(service for service in given if service)
    return frozenset(service for service, room in places.items() if used[service] >= room)


def _choice(
    one: _Priced,
    given: ServiceKey | None,
    full: frozenset[ServiceKey],
    desk: PriceDesk,
    policy_version: int,
) -> CarrierChoice:
    def key(quote: Quote) -> ServiceKey:
        return (quote.carrier, quote.service)

    first = [quote for quote in one.ranked if key(quote) == given]
    others = [q for q in one.ranked if key(q) != given and key(q) not in full]
    filled = tuple(
        RefusedService(*key(quote), quota_reached(desk.services[key(quote)]))
        for quote in one.ranked
        if key(quote) != given and key(quote) in full
    )
    return CarrierChoice(one.shipment, tuple(first + others), one.refused + filled, policy_version)


def chosen_by_hand(
    desk: PriceDesk,
    door: ShipmentAtDoor,
    service: ServiceKey,
    reason: str,
    policy: Policy,
    on: date,
) -> CarrierChoice | Reason | None:
    """The choice a person makes, with what the others ask and which fence it overrides.

    A reason instead says why the service has no price at all; None, that the panel has no such
    service.
    """
    priced = desk.price_anyway(door, service)
    if not isinstance(priced, Quote):
        return priced
    quotes, refused = desk.quotes_for(door)
    others = sorted(
        (quote for quote in quotes if (quote.carrier, quote.service) != service),
        key=lambda quote: rank_key(quote, policy.carriage, on),
    )
    return CarrierChoice(
        door.shipment.code, (priced, *others), tuple(refused), policy.version, override=reason
    )
