"""Why a service cannot take some goods: the first fence that says so, with its figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.carriers import Carrier, CarrierService, PickupPoint
from app.domain.orders import Mode
from app.domain.policy import CarriagePolicy
from app.domain.reasons import Reason, because
from app.planning.carriage.consignment import Consignment
from app.planning.carriage.workdays import works_on

#: Handling that has a sentence of its own.
_KNOWN_HANDLING = frozenset({"cold", "fragile", "dangerous", "two_person"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One service asked to take some goods on a day; `zones` are those of the destination.

    `taken` counts what the service has been given for that day already; with `has_points` the
    carrier's relays are among `points`.
    """

    goods: Consignment
    carrier: Carrier
    service: CarrierService
    zones: frozenset[str]
    points: Mapping[str, PickupPoint]
    policy: CarriagePolicy
    on: date
    now: datetime
    taken: int = 0
    has_points: bool = False


def refusal_of(asked: Asked) -> Reason | None:
    """The first reason why the service cannot take the goods, or None."""
    return next((reason for fence in _FENCES if (reason := fence(asked))), None)


def quota_reached(service: CarrierService) -> Reason:
    """The refusal of a service that has been given all it takes in a day."""
    return because("service_quota", quota=service.quota_per_day or 0)


def _contract(asked: Asked) -> Reason | None:
    service = asked.service
    if not asked.carrier.active:
        return because("carrier_inactive", carrier=asked.carrier.name or asked.carrier.code)
    if service.valid_from and asked.on < service.valid_from:
        return because("service_not_yet", from_on=service.valid_from.isoformat())
    if service.valid_to and asked.on > service.valid_to:
        return because("service_ended", to_on=service.valid_to.isoformat())
    return None


def _mode(asked: Asked) -> Reason | None:
    mode = asked.goods.mode
    if mode is None or mode in asked.service.modes:
        return None
    if mode is Mode.CLICK_AND_COLLECT and Mode.HOME_DELIVERY in asked.service.modes:
        return None  # a transfer to a store is a delivery like any other
    return because("service_mode", mode=mode.value)


def _pickup_point(asked: Asked) -> Reason | None:
    """A relay that was chosen must be the carrier's; if none was, it finds one near the address."""
    goods = asked.goods
    if goods.mode is not Mode.PICKUP_POINT or not goods.pickup_point:
        return None
    point = asked.points.get(goods.pickup_point)
    if point is not None and point.carrier == asked.carrier.code:
        return _room_at(point, goods)
    if point is None and not asked.has_points:
        return None  # we were not given the carrier's list: it knows its own
    return because("pickup_point_elsewhere", pickup_point=goods.pickup_point)


def _room_at(point: PickupPoint, goods: Consignment) -> Reason | None:
    load = goods.load
    if not point.active:
        return because("pickup_point_closed", pickup_point=point.name)
    if point.max_weight_g is not None and load.weight_g > point.max_weight_g:
        return because(
            "pickup_point_weight",
            pickup_point=point.name,
            weight_g=load.weight_g,
            limit_g=point.max_weight_g,
        )
    if point.capacity_parcels is not None and load.parcels > point.capacity_parcels:
        return because(
            "pickup_point_full",
            pickup_point=point.name,
            parcels=load.parcels,
            limit=point.capacity_parcels,
        )
    return None


def _address(asked: Asked) -> Reason | None:
    score, needed = asked.goods.place_score, asked.policy.min_place_score
    if score >= needed:
        return None
    return because("carrier_address_vague", score_share=score, needed_share=needed)


def _zone(asked: Asked) -> Reason | None:
    if asked.zones:
        return None
    place = asked.goods.destination
    return because("service_zone", place=f"{place.postcode} {place.country}".strip())


def _day(asked: Asked) -> Reason | None:
    if works_on(asked.service.days, asked.on, asked.goods.origin):
        return None
    idle = asked.on.isoweekday() not in asked.service.days
    return because("service_day" if idle else "service_holiday", day_on=asked.on.isoformat())


def _cutoff(asked: Asked) -> Reason | None:
    """Only today's collection can be missed: other days lie ahead, or are played again."""
    cutoff = asked.service.cutoff
    here = asked.now.astimezone(ZoneInfo(asked.goods.origin_zone))
    if cutoff is None or here.date() != asked.on or here.time() <= cutoff:
        return None
    return because("service_cutoff", cutoff=f"{cutoff:%H:%M}", time=f"{here:%H:%M}")


def _weight(asked: Asked) -> Reason | None:
    weight_g, limit_g = asked.goods.load.weight_g, asked.service.max_weight_g
    if limit_g is None or weight_g <= limit_g:
        return None
    return because("service_weight", weight_g=weight_g, limit_g=limit_g)


def _length(asked: Asked) -> Reason | None:
    return _too_long("service_length", asked.goods.longest_mm, asked.service.max_length_mm)


def _girth(asked: Asked) -> Reason | None:
    return _too_long("service_girth", asked.goods.girth_mm, asked.service.max_girth_mm)


def _too_long(code: str, length_mm: int, limit_mm: int | None) -> Reason | None:
    if limit_mm is None or length_mm <= limit_mm:
        return None
    return because(code, length_cm=-(-length_mm // 10), limit_cm=limit_mm // 10)


def _pieces(asked: Asked) -> Reason | None:
    parcels, limit = asked.goods.load.parcels, asked.service.max_pieces
    if limit is None or parcels <= limit:
        return None
    return because("service_pieces", parcels=parcels, limit=limit)


def _value(asked: Asked) -> Reason | None:
    value_cents, limit_cents = asked.goods.value_cents, asked.service.max_value_cents
    if limit_cents is None or value_cents <= limit_cents:
        return None
    return because("service_value", value_cents=value_cents, limit_cents=limit_cents)


def _handling(asked: Asked) -> Reason | None:
    missing = sorted(asked.goods.handling - asked.service.handling)
    if not missing:
        return None
    if missing[0] in _KNOWN_HANDLING:
        return because(f"service_handling_{missing[0]}")
    return because("service_handling", handling=missing[0])


def _energy(asked: Asked) -> Reason | None:
    if asked.service.energy not in asked.policy.excluded_energies:
        return None
    return because("service_energy", energy=asked.service.energy)


def _quota(asked: Asked) -> Reason | None:
    quota = asked.service.quota_per_day
    return quota_reached(asked.service) if quota is not None and asked.taken >= quota else None


_FENCES: tuple[Callable[[Asked], Reason | None], ...] = (
    _contract,
    _mode,
    _pickup_point,
    _address,
    _zone,
    _weight,
    _length,
    _girth,
    _pieces,
    _value,
    _handling,
    _energy,
    _day,
    _cutoff,
    _quota,
)
