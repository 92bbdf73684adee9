"""The day's shares as lines: our own tours, then each carrier with its services, then all of it."""

from collections.abc import Iterator
from dataclasses import replace

from app import formats
from app.domain.carriers import Carrier, CarrierService, ServiceKind
from app.domain.orders import Mode
from app.domain.tours import TourPlan
from app.i18n import N_, _, n_
from app.ui.icons import Icon
from app.ui.widgets.lines import Cell, Layout, Line, Slot
from app.ui.widgets.looks import Align, Look, Mark, Meter, Run, Words, figure
from db.queries.carriers import CarrierDay, Given

SHARES = Layout(
    "shares",
    (
        Slot("sign", "", width=26, align=Align.CENTRE),
        Slot("name", N_("Carrier, service"), width=210, least=120, grows=True),
        Slot("cutoff", N_("Before"), width=56, align=Align.RIGHT, leaves=2, hint=N_("Cut-off")),
        Slot("quota", N_("Quota"), width=86, leaves=1, hint=N_("Given of what it takes in a day")),
        Slot("shipments", N_("Shipments"), width=76, align=Align.RIGHT),
        Slot("sent", N_("Sent"), width=64, align=Align.RIGHT, hint=N_("Bookings exported")),
        Slot("cost", "€", width=76, align=Align.RIGHT, hint=N_("Without tax")),
        Slot("emissions", N_("kg CO₂e"), width=72, align=Align.RIGHT),
    ),
)
_KINDS = {
    ServiceKind.PARCEL: (Icon.ORDER, N_("parcel network")),
    ServiceKind.EXPRESS: (Icon.CARRIER, N_("express courier")),
    ServiceKind.BIKE: (Icon.CARGO_BIKE, N_("bike courier")),
    ServiceKind.PALLET: (Icon.WAREHOUSE, N_("pallet network")),
}
_MODES = {
    Mode.HOME_DELIVERY: N_("home delivery"),
    Mode.PICKUP_POINT: N_("pickup point"),
    Mode.CLICK_AND_COLLECT: N_("transfer to a store"),
}
#: From this part of its quota on, a service is shown as nearly full.
_NEARLY_FULL = 0.9
#: CO2e is shown in tenths of a kilogram.
_CO2E_STEP_G = 100
_INDENT = Run("", width=8)


def share_lines(day: CarrierDay, plan: TourPlan) -> tuple[Line, ...]:
    """Every carrier of the panel, those without a shipment too: they could have had one."""
    return tuple(_lines(day, plan))


def _lines(day: CarrierDay, plan: TourPlan) -> Iterator[Line]:
    own, given = _shown(day, plan)
    if plan.tours:
        yield _own_fleet(len(plan.tours), own)
    for carrier in day.carriers:
        services = [s for s in day.services if s.carrier == carrier.code]
        parts = [given.get((s.carrier, s.code), Given()) for s in services]
        yield _carrier(carrier, sum(parts, Given()))
        for service, one in zip(services, parts, strict=True):
            yield _service(carrier, service, one)
    if day.carriers:
        yield _total(sum(given.values(), own))


def _shown(day: CarrierDay, plan: TourPlan) -> tuple[Given, dict[tuple[str, str], Given]]:
    """Our own tours and each service, with CO2e in parts that add up as they are shown."""
    own = Given(plan.stop_count, 0, plan.cost_cents, plan.co2e_g)
    parts = [own.co2e_g, *(given.co2e_g for given in day.given.values())]
    first, *rest = formats.rounded_parts(parts, _CO2E_STEP_G)
    given = zip(day.given.items(), rest, strict=True)
    return replace(own, co2e_g=first), {
        service: replace(one, co2e_g=shown) for (service, one), shown in given
    }


def _own_fleet(tours: int, own: Given) -> Line:
    said = n_("{count} tour", "{count} tours", tours).format(count=formats.number(tours))
    runs = (Run(_("Own fleet"), strong=True), Run(said, "text2", small=True))
    name = Cell(f"{_('Own fleet')} {said}", Words(runs))
    sign = Cell("", Mark(Icon.VAN))
    return Line("own fleet", (sign, name, Cell(), Cell(), *_figures(own, strong=True)))


def _carrier(carrier: Carrier, given: Given) -> Line:
    name = carrier.name or carrier.code
    tone = "text1" if carrier.active else "text3"
    runs = [Run(carrier.code, tone, strong=True, width=36), Run(name, tone, strong=True)]
    if not carrier.active:
        runs.append(Run(_("switched off"), "warn", small=True))
    cell = Cell(f"{carrier.code} {name}", Words(tuple(runs)), tip=_carrier_tip(carrier))
    sign = Cell("", Mark(Icon.CARRIER, "text2" if carrier.active else "text3"))
    key = f"carrier {carrier.code}"
    return Line(key, (sign, cell, Cell(), Cell(), *_figures(given, strong=True)))


def _service(carrier: Carrier, service: CarrierService, given: Given) -> Line:
    icon, kind = _KINDS[service.kind]
    label = service.label or service.code
    tone = "text1" if carrier.active else "text3"
    cutoff = "" if service.cutoff is None else f"{service.cutoff:%H:%M}"
    cells = (
        Cell(_(kind), Mark(icon, "text3")),
        Cell(label, Words((_INDENT, Run(label, tone))), tip=_service_tip(service)),
        Cell(cutoff, figure(cutoff, "text2") if cutoff else None),
        _quota(service, given),
        *_figures(given),
    )
    return Line(f"service {service.carrier} {service.code}", cells)


def _quota(service: CarrierService, given: Given) -> Cell:
    """How much of its day it has, as a bar with both figures."""
    if service.quota_per_day is None:
        return Cell()
    said = f"{formats.number(given.shipments)}/{formats.number(service.quota_per_day)}"
    part = given.shipments / service.quota_per_day if service.quota_per_day else 1.0
    full = part >= _NEARLY_FULL
    look: Look = Meter(part, said, "warn_solid" if full else "text3", "warn" if full else "text2")
    return Cell(said, look)


def _total(together: Given) -> Line:
    look = Words((Run(_("All together"), strong=True),))
    name = Cell(_("All together"), look)
    return Line("total", (Cell(), name, Cell(), Cell(), *_figures(together, strong=True)))


def _figures(of: Given, *, strong: bool = False) -> tuple[Cell, ...]:
    return (
        _number(of.shipments, formats.number(of.shipments), strong=strong),
        _number(of.sent, formats.number(of.sent), tone="success"),
        _number(of.cents, formats.amount(of.cents), strong=strong),
        _number(of.co2e_g, formats.kilograms(of.co2e_g), strong=strong),
    )


def _number(value: int, said: str, *, tone: str = "text1", strong: bool = False) -> Cell:
    """A figure; nothing where there is none, so that what is stands out."""
    return Cell(said, figure(said, tone, strong=strong)) if value else Cell()


def _carrier_tip(carrier: Carrier) -> str:
    lines = [carrier.name or carrier.code, carrier.address.one_line, carrier.phone]
    if carrier.siren:
        lines.append(_("SIREN {number}").format(number=carrier.siren))
    if carrier.account:
        lines.append(_("Account {number}").format(number=carrier.account))
    lines.append(_("Booking file: {format}").format(format=carrier.booking_format))
    return "\n".join(line for line in lines if line)


def _service_tip(service: CarrierService) -> str:
    """What it takes, in words: modes, limits, days."""
    modes = ", ".join(_(_MODES[mode]) for mode in Mode if mode in service.modes)
    lines = [f"{service.code} · {_(_KINDS[service.kind][1])}", modes]
    if service.max_weight_g is not None:
        lines.append(_("up to {weight}").format(weight=formats.weight(service.max_weight_g)))
    if service.max_pieces is not None:
        count = service.max_pieces
        said = n_("up to {count} parcel", "up to {count} parcels", count)
        lines.append(said.format(count=formats.number(count)))
    if service.max_value_cents is not None:
        lines.append(_("worth up to {value}").format(value=formats.money(service.max_value_cents)))
    days = n_(
        "there after {count} working day", "there after {count} working days", service.transit_days
    )
    lines.append(days.format(count=formats.number(service.transit_days)))
    lines.append(formats.emissions_level(service.emission_level))
    if service.valid_to is not None:
        lines.append(_("until {day}").format(day=formats.long_date(service.valid_to)))
    return "\n".join(lines)
