"""How a base price reads in a quote: its line, what the minimum adds, and its carbon."""

from decimal import Decimal

from app.domain.carriers import CarrierService, QuoteLine, TariffUnit
from app.domain.reasons import Reason, because
from app.planning.carriage.consignment import Consignment
from app.planning.carriage.tariff import BasePrice, rounded

_BY_WEIGHT = frozenset({TariffUnit.KG, TariffUnit.KG200, TariffUnit.KG250})


def base_lines(base: BasePrice, zone: str) -> tuple[QuoteLine, ...]:
    """The base, and what the minimum adds to it: two lines that round to the whole."""
    cents = rounded(base.cents)
    line = QuoteLine("base", "", cents, _carriage(base, zone))
    if short := rounded(base.total) - cents:
        return (line, QuoteLine("minimum", "", short, because("minimum_charge")))
    return (line,)


def co2e_g(service: CarrierService, goods: Consignment) -> int:
    """By tonne-kilometre where vehicles are shared, else by the kilometre of a run of its own."""
    kilometres = Decimal(goods.distance_m or 0) / 1000
    if service.co2e_g_per_tkm:
        tonnes = Decimal(goods.load.weight_g) / 1_000_000
        return rounded(service.co2e_g_per_tkm * tonnes * kilometres)
    return rounded(service.co2e_g_per_km * kilometres)


def _carriage(base: BasePrice, zone: str) -> Reason:
    """What the base price is for, in the unit of its line."""
    if base.line.unit in _BY_WEIGHT:
        return _by_weight(base, zone)
    whole = int(base.quantity)
    counted = {
        TariffUnit.PARCEL: because("carried_by_parcel", zone=zone, parcels=whole),
        TariffUnit.PAL: because("carried_by_pallet", zone=zone, pallets=whole),
        TariffUnit.KM: because(
            "carried_by_distance", zone=zone, distance_m=rounded(base.quantity * 1000)
        ),
        TariffUnit.M3: because(
            "carried_by_volume", zone=zone, volume_ml=rounded(base.quantity * 1_000_000)
        ),
    }
    return counted.get(base.line.unit, because("carried_by_stop", zone=zone))


def _by_weight(base: BasePrice, zone: str) -> Reason:
    weight_g = _grams(base.quantity)
    if base.declared == base.quantity:
        return because("carried_by_weight", zone=zone, weight_g=weight_g)
    declared_g = _grams(base.declared)
    return because("carried_as_heavier", zone=zone, weight_g=weight_g, declared_g=declared_g)


def _grams(kilograms: Decimal) -> int:
    return rounded(kilograms * 1000)
