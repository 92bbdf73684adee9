"""Which surcharges come on top of a base price, in their order, each with its reckoning."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from app.domain.carriers import QuoteLine, Surcharge, SurchargeKind, TariffUnit
from app.domain.conditions import Known, holds, read_condition
from app.planning.carriage.consignment import Consignment
from app.planning.carriage.tariff import Quantities, in_force, rounded

#: Codes of the lines that a tariff itself gives: percentages "of base" count them all.
BASE_LINES = frozenset({"base", "minimum"})


def due(surcharges: Iterable[Surcharge], service: str, on: date) -> tuple[Surcharge, ...]:
    """The surcharges of a service that are valid that day, in the order of their ranks."""
    valid = (
        s
        for s in surcharges
        if s.service in ("", service) and in_force(s.valid_from, s.valid_to, on)
    )
    return tuple(sorted(valid, key=lambda s: (s.rank, s.code)))


def with_surcharges(
    base: tuple[QuoteLine, ...],
    surcharges: Iterable[Surcharge],
    known: Mapping[str, Known],
    amounts: Quantities,
) -> tuple[QuoteLine, ...]:
    """The lines of the base, and after them each surcharge whose condition holds.

    Raises:
        BadCondition: a condition cannot be read, so the price cannot be known.
    """
    lines = list(base)
    for surcharge in surcharges:
        if not holds(read_condition(surcharge.condition), known):
            continue
        cents = rounded(_exact_cents(surcharge, lines, amounts))
        if cents:
            lines.append(QuoteLine(surcharge.code, surcharge.label or surcharge.code, cents))
    return tuple(lines)


def _exact_cents(surcharge: Surcharge, lines: list[QuoteLine], amounts: Quantities) -> Decimal:
    if surcharge.kind is SurchargeKind.FIXED:
        return surcharge.amount
    if surcharge.kind is SurchargeKind.PER_UNIT:
        return surcharge.amount * amounts.get(_unit_of(surcharge), Decimal(0))
    return surcharge.amount * _part_of(lines, surcharge.applies_to) / 100


def _unit_of(surcharge: Surcharge) -> TariffUnit:
    named = surcharge.applies_to.strip().upper()
    return TariffUnit(named) if named in TariffUnit.__members__ else TariffUnit.PARCEL


def _part_of(lines: Iterable[QuoteLine], applies_to: str) -> int:
    """What a percentage is taken of: the base, the total so far, or the lines it names."""
    named = set(applies_to.replace(",", " ").replace("+", " ").split()) or {"base"}
    if "total" in named:
        return sum(line.cents for line in lines)
    wanted = (named | BASE_LINES) if "base" in named else named
    return sum(line.cents for line in lines if line.code in wanted)


def known_facts(goods: Consignment, on: date) -> dict[str, Known]:
    """What conditions may ask about the goods, under the names of the predicate language."""
    load = goods.load
    facts: dict[str, Known] = {
        "weight_g": Decimal(load.weight_g),
        "weight_kg": Decimal(load.weight_g) / 1000,
        "volume_ml": Decimal(load.volume_ml),
        "volume_l": Decimal(load.volume_ml) / 1000,
        "volume_m3": Decimal(load.volume_ml) / 1_000_000,
        "parcels": Decimal(load.parcels),
        "length_mm": Decimal(goods.longest_mm),
        "length_cm": Decimal(goods.longest_mm) / 10,
        "girth_mm": Decimal(goods.girth_mm),
        "girth_cm": Decimal(goods.girth_mm) / 10,
        "value_cents": Decimal(goods.value_cents),
        "weekday": Decimal(on.isoweekday()),
        "month": Decimal(on.month),
        "country": frozenset(goods.destination.countries),
        "department": frozenset(goods.destination.departments),
        "postcode": goods.destination.postcode,
        "phone": "given" if goods.has_phone else "missing",
        "email": "given" if goods.has_email else "missing",
        "handling": goods.handling,
    }
    if goods.distance_m is not None:
        facts["distance_km"] = Decimal(goods.distance_m) / 1000
    if goods.mode is not None:
        facts["mode"] = goods.mode.value
    return facts
