"""What a tariff sheet asks for goods that go to a zone, before surcharges."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from app.domain.carriers import TariffKind, TariffLine, TariffUnit
from app.domain.values import Load

Quantities = Mapping[TariffUnit, Decimal]
Brackets = Collection[TariffLine]

#: What one pallet place takes, when nobody counted pallets: a 80 x 120 cm pallet, 1.80 m high.
PALLET_G = 800_000
PALLET_ML = 1_728_000
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class BasePrice:
    """The price of the dearest line that matches; `declared` exceeds `quantity` in "payant pour".

    `short_of_minimum` is what the minimum adds to `cents`.
    """

    line: TariffLine
    quantity: Decimal
    declared: Decimal
    cents: Decimal
    short_of_minimum: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        return self.cents + self.short_of_minimum


def rounded(exact: Decimal) -> int:
    """To the nearest whole (cent, gram, metre), halves up."""
    return int(exact.quantize(_ONE, ROUND_HALF_UP))


def quantities_of(load: Load, distance_m: int | None) -> Quantities:
    """How much the goods are in each unit; hours and whole tours cannot be told of a shipment."""
    kilograms = Decimal(load.weight_g) / 1000
    cubic_metres = Decimal(load.volume_ml) / 1_000_000
    pallets = max(_share(load.weight_g, PALLET_G), _share(load.volume_ml, PALLET_ML), 1)
    quantities = {
        TariffUnit.KG: kilograms,
        TariffUnit.KG200: max(kilograms, cubic_metres * 200),
        TariffUnit.KG250: max(kilograms, cubic_metres * 250),
        TariffUnit.PARCEL: Decimal(load.parcels),
        TariffUnit.PAL: Decimal(pallets),
        TariffUnit.STOP: _ONE,
        TariffUnit.M3: cubic_metres,
    }
    if distance_m is not None:
        quantities[TariffUnit.KM] = Decimal(distance_m) / 1000
    return quantities


def sheet_in_force(lines: Iterable[TariffLine], on: date) -> tuple[TariffLine, ...]:
    """The lines of the version valid that day; of several, of the one that began last."""
    valid = [line for line in lines if in_force(line.valid_from, line.valid_to, on)]
    if not valid:
        return ()
    latest = max(valid, key=lambda line: (line.valid_from or date.min, line.version)).version
    return tuple(line for line in valid if line.version == latest)


def in_force(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Whether a day lies between two days, both included; None is open."""
    return (valid_from or date.min) <= on <= (valid_to or date.max)


def base_price(sheet: Brackets, zones: Collection[str], amounts: Quantities) -> BasePrice | None:
    """The dearest of the lines that match: two matching bases never add up. None = no price."""
    priced = (
        _price(line, amounts[line.unit], sheet)
        for line in sheet
        if (not line.zone or line.zone in zones)
        and line.unit in amounts
        and _holds(line, amounts[line.unit])
    )
    return max(priced, key=lambda price: price.total, default=None)


def _holds(line: TariffLine, quantity: Decimal) -> bool:
    """Whether a quantity falls into a bracket; goods of unknown weight fall into the first one."""
    above = quantity > line.from_excl or quantity == line.from_excl == 0
    return above and (line.to_incl is None or quantity <= line.to_incl)


def _price(line: TariffLine, quantity: Decimal, sheet: Brackets) -> BasePrice:
    if line.kind is TariffKind.PAYABLE_AS:
        return _cheapest_declaration(line, quantity, sheet)
    if line.kind is TariffKind.FLAT:
        cents = line.amount_cents
    elif line.kind is TariffKind.PER_UNIT:
        cents = line.amount_cents * _whole_steps(quantity, line.step)
    else:
        cents = _price_below(line, sheet)
        cents += line.amount_cents * _whole_steps(quantity - line.from_excl, line.step)
    return _at_least_minimum(line, quantity, quantity, cents)


def _price_below(line: TariffLine, sheet: Brackets) -> Decimal:
    """What the bracket that ends where this one begins asks for all it can hold."""
    below = [
        other
        for other in sheet
        if other.to_incl == line.from_excl
        and other.from_excl < line.from_excl
        and (other.zone, other.unit) == (line.zone, line.unit)
    ]
    return max(
        (_price(other, line.from_excl, sheet).total for other in below),
        default=Decimal(line.minimum_cents),
    )


def _cheapest_declaration(line: TariffLine, quantity: Decimal, sheet: Brackets) -> BasePrice:
    """The price for what it is, or for the first step of a higher bracket when that is less."""
    own = _declared(line, quantity, quantity)
    higher = [
        _declared(other, quantity, other.from_excl + (other.step or _ONE))
        for other in sheet
        if other.kind is TariffKind.PAYABLE_AS
        and other.from_excl > line.from_excl
        and (other.zone, other.unit) == (line.zone, line.unit)
    ]
    return min([own, *higher], key=lambda price: price.total)


def _declared(line: TariffLine, quantity: Decimal, declared: Decimal) -> BasePrice:
    cents = line.amount_cents * _whole_steps(declared, line.step)
    return _at_least_minimum(line, quantity, declared, cents)


def _at_least_minimum(
    line: TariffLine, quantity: Decimal, declared: Decimal, cents: Decimal
) -> BasePrice:
    short = max(Decimal(0), line.minimum_cents - cents)
    return BasePrice(line, quantity, declared, cents, short)


def _whole_steps(quantity: Decimal, step: Decimal | None) -> Decimal:
    """The quantity rounded up to whole steps."""
    if not step:
        return quantity
    return (quantity / step).quantize(_ONE, ROUND_CEILING) * step


def _share(amount: int, room: int) -> int:
    return -(-amount // room)
