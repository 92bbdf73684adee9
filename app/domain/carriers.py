"""The panel of carriers: who carries what, where to, by when, at which price."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from app.domain.orders import Mode
from app.domain.reasons import Reason
from app.domain.values import Address, GeoPoint


class ServiceKind(StrEnum):
    """What kind of carriage a service is."""

    PARCEL = "parcel"
    EXPRESS = "express"
    BIKE = "bike"
    PALLET = "pallet"


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier of the panel."""

    code: str
    name: str
    siren: str = ""
    account: str = ""
    address: Address = Address()
    phone: str = ""
    booking_format: str = "generic_csv"
    active: bool = True
    revision: int = 1


@dataclass(frozen=True, slots=True)
class CarrierService:
    """One service of a carrier; a limit of None binds nothing.

    `days` are ISO weekdays (1 = Monday) on which the carrier collects and delivers; `transit_days`
    counts working days; `energy` names the fleet; `emission_level` is 1 to 4 of the French method.
    """

    carrier: str
    code: str
    label: str = ""
    kind: ServiceKind = ServiceKind.PARCEL
    modes: frozenset[Mode] = frozenset({Mode.HOME_DELIVERY})
    max_weight_g: int | None = None
    max_length_mm: int | None = None
    max_girth_mm: int | None = None
    max_pieces: int | None = None
    max_value_cents: int | None = None
    handling: frozenset[str] = frozenset()
    days: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    cutoff: time | None = None
    transit_days: int = 1
    quota_per_day: int | None = None
    energy: str = "diesel"
    co2e_g_per_km: int = 0
    co2e_g_per_tkm: int = 0
    emission_level: int = 1
    valid_from: date | None = None
    valid_to: date | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """A line of `zones.csv`: the longest matching prefix wins; all empty = everywhere."""

    carrier: str
    zone: str
    country: str = ""
    department: str = ""
    postcode_prefix: str = ""
    insee: str = ""


class TariffUnit(StrEnum):
    """What a tariff line is counted in.

    KG200 and KG250 are kilograms to pay: the weight or, if that is more, the volume at 200 (one kg
    for 5,000 cm3) or 250 kg a cubic metre.
    """

    KG = "KG"
    KG200 = "KG200"
    KG250 = "KG250"
    PARCEL = "PARCEL"
    PAL = "PAL"
    STOP = "STOP"
    TOUR = "TOUR"
    HOUR = "HOUR"
    KM = "KM"
    M3 = "M3"


class TariffKind(StrEnum):
    """How a tariff line turns a quantity into money.

    FLAT is the price of the bracket; PER_UNIT multiplies the whole quantity; BASE_PLUS adds, for
    what lies above `from_excl`, to the price of the bracket that ends there (to `minimum_cents` if
    none does). PAYABLE_AS is PER_UNIT with the right to declare the first step of the next bracket
    when that is cheaper ("payant pour").
    """

    FLAT = "FLAT"
    PER_UNIT = "PER_UNIT"
    BASE_PLUS = "BASE_PLUS"
    PAYABLE_AS = "PAYABLE_AS"


@dataclass(frozen=True, slots=True)
class TariffLine:
    """A bracket `from_excl < quantity <= to_incl` of a dated sheet; prices exclude tax.

    An empty zone is every zone; `step` rounds the quantity up to whole steps; no price of the line
    is below `minimum_cents`.
    """

    carrier: str
    service: str
    version: str
    zone: str
    unit: TariffUnit
    from_excl: Decimal
    to_incl: Decimal | None
    kind: TariffKind
    amount_cents: Decimal
    step: Decimal | None = None
    minimum_cents: int = 0
    currency: str = "EUR"
    valid_from: date | None = None
    valid_to: date | None = None


class SurchargeKind(StrEnum):
    """How a surcharge is reckoned: cents, a percentage of other lines, or cents a unit."""

    FIXED = "fixed"
    PERCENT = "percent"
    PER_UNIT = "per_unit"


@dataclass(frozen=True, slots=True)
class Surcharge:
    """A supplement, applied in order of `rank`; an empty service is every service of the carrier.

    `applies_to` says, for a percentage, of what: `base`, `total` (every line before it) or codes of
    earlier surcharges; for `per_unit`, of which unit (`base` = parcels). `condition` is empty or a
    predicate that `app.domain.conditions` reads.
    """

    carrier: str
    service: str
    code: str
    label: str
    rank: int
    kind: SurchargeKind
    amount: Decimal
    applies_to: str = "base"
    condition: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class PickupPoint:
    """A relay or locker of a carrier."""

    code: str
    carrier: str
    name: str
    point: GeoPoint
    address: Address = Address()
    opening_hours: str = ""
    max_weight_g: int | None = None
    capacity_parcels: int | None = None
    active: bool = True
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything a choice of carrier looks at."""

    carriers: tuple[Carrier, ...] = ()
    services: tuple[CarrierService, ...] = ()
    zones: tuple[ZoneRule, ...] = ()
    tariffs: tuple[TariffLine, ...] = ()
    surcharges: tuple[Surcharge, ...] = ()
    pickup_points: tuple[PickupPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One line of a price, rounded half up to the cent.

    A surcharge has the carrier's own label; the lines of the tariff itself have `detail` instead.
    """

    code: str
    label: str
    cents: int
    detail: Reason | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What a service asks for a shipment; `version` names the tariff sheet, prices exclude tax.

    `late_days` counts the days by which `delivered_on` misses the promise.
    """

    carrier: str
    service: str
    lines: tuple[QuoteLine, ...]
    version: str = ""
    zone: str = ""
    delivered_on: date | None = None
    co2e_g: int = 0
    emission_level: int = 1
    late_days: int = 0

    @property
    def total_cents(self) -> int:
        return sum(line.cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class RefusedService:
    """A service that cannot take the shipment, and the first fence that says so."""

    carrier: str
    service: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class CarrierChoice:
    """The service suggested for a shipment, the dearer ones, and the refused with their reason.

    `ranked` is best first; empty = no carrier can take it. `override` is a person's reason.
    """

    shipment: str
    ranked: tuple[Quote, ...]
    refused: tuple[RefusedService, ...]
    policy_version: int = 0
    override: str = ""

    @property
    def best(self) -> Quote | None:
        return self.ranked[0] if self.ranked else None


@dataclass(frozen=True, slots=True)
class BookingFile:
    """One file of an immutable batch, as it was written."""

    reference: str
    format: str
    file_name: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Shipments handed to a carrier together, under one reference that never changes."""

    reference: str
    carrier: str
    on: date
    shipments: tuple[str, ...]
    files: tuple[BookingFile, ...]
