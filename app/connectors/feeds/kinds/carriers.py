"""The panel of carriers: carriers, services, zones, tariffs, surcharges and pickup points."""

from decimal import Decimal
from typing import Any

from app.connectors.feeds.cells import (
    code,
    country,
    currency,
    decimal,
    known_carrier,
    one_of,
    opening_hours,
    scaled,
    some_of,
    text,
    truth,
    whole,
    words,
)
from app.connectors.feeds.columns import Column, Kind, one_a_row
from app.connectors.feeds.faults import Misfit
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.kinds.addresses import (
    address_columns,
    address_of,
    coordinate_columns,
    point_of,
)
from app.connectors.feeds.moments import clock, day, weekdays
from app.connectors.feeds.rows import TypedRow
from app.domain.carriers import (
    Carrier,
    CarrierService,
    PickupPoint,
    ServiceKind,
    Surcharge,
    SurchargeKind,
    TariffKind,
    TariffLine,
    TariffUnit,
    ZoneRule,
)
from app.domain.orders import Mode
from app.i18n import N_

_CARRIER = Column(
    "carrier", known_carrier, N_("The code of a carrier that is there."), required=True
)
_ADDRESS = ("street", "postcode", "town", "country")
_VALIDITY = (
    Column("valid_from", day, N_("First day it counts; always if empty.")),
    Column("valid_to", day, N_("Last day it counts; for ever if empty.")),
)


def _without_address(row: TypedRow) -> dict[str, Any]:
    return {name: value for name, value in row.cells.items() if name not in _ADDRESS}


def _carrier(row: TypedRow, ground: Ground) -> Carrier:
    own = {"name": row.cells["code"], **_without_address(row)}
    return Carrier(address=address_of(row, ground), **own)


def _service(row: TypedRow, _ground: Ground) -> CarrierService:
    _in_order(row)
    return CarrierService(**row.cells)


def _zone(row: TypedRow, _ground: Ground) -> ZoneRule:
    return ZoneRule(**row.cells)


def _tariff(row: TypedRow, ground: Ground) -> TariffLine:
    cells = {"version": "1", "zone": "", "from_excl": Decimal(0), "to_incl": None, **row.cells}
    _of_a_known_service(row, ground)
    _in_order(row)
    if cells["to_incl"] is not None and cells["to_incl"] <= cells["from_excl"]:
        raise Misfit("empty_bracket", column="to_incl")
    return TariffLine(**{"currency": ground.currency, **cells})


def _surcharge(row: TypedRow, ground: Ground) -> Surcharge:
    cells = {"service": "", "label": row.cells["code"], "rank": 100, **row.cells}
    if "service" in row.cells:
        _of_a_known_service(row, ground)
    _in_order(row)
    return Surcharge(**cells)


def _pickup_point(row: TypedRow, ground: Ground) -> PickupPoint:
    address = address_of(row, ground)
    point = point_of(row, address, ground)
    own = {"name": row.cells["code"], **_without_address(row)}
    own = {name: value for name, value in own.items() if name not in ("latitude", "longitude")}
    return PickupPoint(point=point, address=address, **own)


def _of_a_known_service(row: TypedRow, ground: Ground) -> None:
    carrier, service = row.cells["carrier"], row.cells["service"]
    if (carrier, service) not in ground.known.services:
        raise Misfit("unknown_service", column="service", carrier=carrier, service=service)


def _in_order(row: TypedRow) -> None:
    first, last = row.cells.get("valid_from"), row.cells.get("valid_to")
    if first is not None and last is not None and last < first:
        raise Misfit("ends_before_start", column="valid_to")


CARRIERS = Kind(
    "carriers",
    "carrier",
    (
        Column("code", code, N_("The carrier's own code, kept as written."), required=True),
        Column("name", text(), N_("The name people call it by; the code if empty.")),
        Column("siren", code, N_("Number in the French business register.")),
        Column("account", code, N_("Our customer number with the carrier.")),
        *address_columns(),
        Column("phone", text(40), N_("Telephone.")),
        Column("booking_format", code, N_("How it is sent bookings, such as generic_csv.")),
        Column("active", truth, N_("yes or no; a carrier that is not active gets nothing.")),
    ),
    one_a_row(_carrier, key=lambda carrier: carrier.code),
)

SERVICES = Kind(
    "services",
    "service",
    (
        _CARRIER,
        Column("code", code, N_("The service's own code, kept as written."), required=True),
        Column("label", text(), N_("What the service is called.")),
        Column("kind", one_of(ServiceKind), N_("parcel, express, bike or pallet.")),
        Column("modes", some_of(Mode), N_("home_delivery, click_and_collect, pickup_point.")),
        Column(
            "max_weight_g", whole(), N_("Heaviest shipment, in grams; no limit if empty."), unit="g"
        ),
        Column(
            "max_length_mm",
            whole(),
            N_("Longest side, in millimetres; no limit if empty."),
            unit="mm",
        ),
        Column(
            "max_girth_mm",
            whole(),
            N_("Length and girth, in millimetres; no limit if empty."),
            unit="mm",
        ),
        Column("max_pieces", whole(), N_("Most parcels in a shipment; no limit if empty.")),
        Column(
            "max_value_cents",
            whole(),
            N_("Highest value, in cents; no limit if empty."),
            unit="cents",
        ),
        Column("handling", words, N_("What it can do: cold fragile dangerous two_person.")),
        Column("days", weekdays, N_("Days it collects and delivers, such as Mo-Fr.")),
        Column("cutoff", clock(), N_("HH:MM, the last moment to hand over the same day.")),
        Column("transit_days", whole(0, 365), N_("Working days from hand-over to delivery.")),
        Column("quota_per_day", whole(), N_("Most shipments a day; no limit if empty.")),
        Column("energy", text(40), N_("What drives its fleet, such as diesel or electric.")),
        Column(
            "co2e_g_per_km",
            scaled(1),
            N_("Emissions of a kilometre, in grams of CO2e."),
            unit="g",
            exact=True,
        ),
        Column(
            "co2e_g_per_tkm",
            scaled(1),
            N_("Emissions of a tonne-kilometre, in grams of CO2e."),
            unit="g",
            exact=True,
        ),
        Column("emission_level", whole(1, 4), N_("How exact the emissions are: level 1 to 4.")),
        *_VALIDITY,
    ),
    one_a_row(_service, key=lambda service: (service.carrier, service.code)),
)

ZONES = Kind(
    "zones",
    "zone",
    (
        _CARRIER,
        Column("zone", code, N_("The zone's name in the carrier's tariff."), required=True),
        Column("country", country, N_("Country, by its two letters; every one if empty.")),
        Column("department", code, N_("Department, such as 59 or 2A; every one if empty.")),
        Column("postcode_prefix", code, N_("How postcodes begin; the longest that fits wins.")),
        Column("insee", code, N_("INSEE code of a commune.")),
    ),
    one_a_row(
        _zone, key=lambda z: (z.carrier, z.country, z.department, z.postcode_prefix, z.insee)
    ),
)

TARIFFS = Kind(
    "tariffs",
    "tariff",
    (
        _CARRIER,
        Column("service", code, N_("The code of one of its services."), required=True),
        Column("version", code, N_("Name of the price sheet.")),
        Column("currency", currency, N_("The workspace's one currency.")),
        *_VALIDITY,
        Column("zone", code, N_("Zone of the carrier; every one if empty.")),
        Column(
            "unit",
            one_of(TariffUnit),
            N_("What is counted: KG, PARCEL, PAL and so on."),
            required=True,
        ),
        Column("from_excl", decimal(), N_("The bracket begins above this quantity; 0 if empty.")),
        Column("to_incl", decimal(), N_("The bracket ends with this quantity; open if empty.")),
        Column(
            "kind",
            one_of(TariffKind),
            N_("FLAT, PER_UNIT, BASE_PLUS or PAYABLE_AS."),
            required=True,
        ),
        Column(
            "amount_cents",
            decimal(),
            N_("Price without tax, in cents; decimals allowed."),
            required=True,
            unit="cents",
            exact=True,
        ),
        Column("step", decimal(), N_("Quantities are rounded up to whole steps; none if empty.")),
        Column("minimum_cents", whole(), N_("The price is never below, in cents."), unit="cents"),
    ),
    one_a_row(
        _tariff,
        key=lambda t: (t.carrier, t.service, t.version, t.zone, t.unit, t.from_excl),
    ),
)

SURCHARGES = Kind(
    "surcharges",
    "surcharge",
    (
        _CARRIER,
        Column("service", code, N_("One of its services; all if empty.")),
        Column("code", code, N_("The surcharge's own code."), required=True),
        Column("label", text(), N_("What it is called on a quote.")),
        Column("rank", whole(0, 10_000), N_("Surcharges are added in this order.")),
        Column("kind", one_of(SurchargeKind), N_("fixed, percent or per_unit."), required=True),
        Column(
            "amount",
            decimal(-1_000_000_000),
            N_("Cents, or percent; decimals allowed."),
            required=True,
        ),
        Column("applies_to", text(), N_("What a percentage is taken of: base if empty.")),
        Column("condition", text(), N_("When it is due; always if empty.")),
        *_VALIDITY,
    ),
    one_a_row(_surcharge, key=lambda s: (s.carrier, s.service, s.code, s.valid_from)),
)

PICKUP_POINTS = Kind(
    "pickup_points",
    "pickup_point",
    (
        Column("code", code, N_("The point's own code, kept as written."), required=True),
        _CARRIER,
        Column("name", text(), N_("The name people call it by; the code if empty.")),
        *coordinate_columns(),
        *address_columns(),
        Column(
            "opening_hours",
            opening_hours,
            N_("Opening hours as OpenStreetMap writes them, such as Mo-Sa 09:00-19:00; PH off."),
        ),
        Column(
            "max_weight_g", whole(), N_("Heaviest shipment, in grams; no limit if empty."), unit="g"
        ),
        Column("capacity_parcels", whole(), N_("How many parcels it holds.")),
        Column("active", truth, N_("yes or no; a point that is not active gets nothing.")),
    ),
    one_a_row(_pickup_point, key=lambda point: point.code),
)
