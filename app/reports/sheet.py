"""What the sheet of one tour says: its figures, and every stop in order."""

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app import formats
from app.domain.tours import Stop, StopKind
from app.i18n import _, n_
from app.reports.day_review import DayReview, Keeping, TourReview, Visit
from app.reports.kpis import shared_out
from app.reports.shown import KG, KM, MINUTE, TourRow

_VISITS = frozenset({StopKind.DELIVERY, StopKind.PICKUP})


@dataclass(frozen=True, slots=True)
class SheetLine:
    """What a tour does at one place, as its sheet says it; `number` is 0 but at deliveries."""

    kind: StopKind
    number: int
    time: str
    beside_time: str
    window: str
    name: str
    address: str
    order: str
    parcels: str
    kg: str
    slack: str
    keeping: Keeping
    km: str
    co2e: str
    phone: str = ""
    note: str = ""
    approximate: bool = False


def sheet_lines(one: TourReview, row: TourRow, zone: ZoneInfo) -> tuple[SheetLine, ...]:
    """The tour place by place; legs and weights add up to what the day's table prints.

    Of the weights those that the vehicle leaves its depot with; the others come aboard on the way.
    """
    stops, local = one.tour.stops, one.zone(zone)
    legs = shared_out([stop.distance_m for stop in stops], KM, row.distance_m)
    loaded = [visit for visit in one.visits if from_depot(one, visit)]
    shared = shared_out([visit.stop.load.weight_g for visit in loaded], KG, row.weight_g)
    known = dict(zip((visit.number for visit in loaded), shared, strict=True))
    grams = [known.get(visit.number, visit.stop.load.weight_g) for visit in one.visits]
    visits = iter(zip(one.visits, grams, strict=True))
    return tuple(
        _visit_line(*next(visits), leg, local)
        if stop.kind in _VISITS
        else _other_line(one, stop, leg, local)
        for stop, leg in zip(stops, legs, strict=True)
    )


def from_depot(one: TourReview, visit: Visit) -> bool:
    """Whether a visit delivers what was loaded at the depot."""
    stop = visit.stop
    return stop.kind is StopKind.DELIVERY and stop.shipment not in one.tour.fetched


def _visit_line(visit: Visit, weight_g: int, leg_m: int, zone: ZoneInfo) -> SheetLine:
    stop = visit.stop
    return SheetLine(
        stop.kind,
        visit.number,
        formats.clock(stop.arrival, zone),
        _waits(stop),
        formats.window(stop.window.start, stop.window.end, zone) if stop.window else "",
        who_words(visit),
        visit.address.one_line,
        formats.order_number(stop.order),
        formats.number(stop.load.parcels),
        formats.kilograms(weight_g),
        slack_words(stop),
        visit.keeping,
        formats.kilometres(leg_m),
        formats.number(visit.co2e_g),
        phone_words(visit.phone),
        door_words(visit),
        visit.approximate,
    )


def total_words(one: TourReview) -> str:
    """Of what the total of a sheet is: goods fetched on the way do not count in it."""
    return _("Total from the depot") if one.tour.fetched else _("Total")


def who_words(visit: Visit) -> str:
    """Who is visited, and where goods are picked up that this is so."""
    if visit.stop.kind is StopKind.PICKUP:
        return _("Pick up: {name}").format(name=visit.customer)
    return visit.customer


def goods_words(visit: Visit) -> str:
    """The pieces by their codes: `2 × LIN-1007, 1 × LIN-1002`."""
    space = formats.NO_BREAK_SPACE
    return ", ".join(
        f"{formats.number(line.quantity)}{space}×{space}{line.sku}" for line in visit.goods
    )


def door_words(visit: Visit) -> str:
    """What to know at the door: the floor, then the note; of goods to fetch whose, and which."""
    if visit.fetched_for is not None:
        said = _("for {customer}").format(customer=visit.fetched_for) if visit.fetched_for else ""
        return " · ".join(filter(None, (said, goods_words(visit))))
    if visit.kept_for:
        return _("to be collected by {customer}").format(customer=visit.kept_for)
    said = _("floor {floor}") if visit.lift else _("floor {floor} without a lift")
    floor = said.format(floor=formats.number(visit.floor)) if visit.floor else ""
    return " · ".join(filter(None, (floor, visit.note)))


def phone_words(phone: str) -> str:
    """A French number as people dial it, `06 12 34 56 78`; any other as it is."""
    bare = re.sub(r"[ .\u00a0-]", "", phone)
    found = re.fullmatch(r"(?:\+33|0033|0)([1-9]\d{8})", bare)
    if found is None:
        return phone
    return formats.NO_BREAK_SPACE.join(re.findall(r"\d\d", f"0{found[1]}"))


def slack_words(stop: Stop) -> str:
    """What a stop has to spare, never rounded up, or how late it is."""
    if stop.late_s:
        return _("late {time}").format(time=formats.duration(stop.late_s))
    if stop.slack_s is None:
        return ""
    return formats.duration(stop.slack_s - stop.slack_s % MINUTE)


def _other_line(one: TourReview, stop: Stop, leg_m: int, zone: ZoneInfo) -> SheetLine:
    """Leaving, coming home, a reload or the break."""
    at = stop.departure if stop.kind is StopKind.DEPART else stop.arrival
    name, address = place_words(one, stop)
    moves = stop.kind is not StopKind.DEPART and (leg_m or stop.kind is not StopKind.BREAK)
    return SheetLine(
        stop.kind,
        0,
        formats.clock(stop.start if stop.kind is StopKind.BREAK else at, zone),
        "",
        "",
        name,
        address,
        "",
        "",
        "",
        "",
        Keeping.EASY,
        formats.kilometres(leg_m) if moves else "",
        "",
    )


def place_words(one: TourReview, stop: Stop) -> tuple[str, str]:
    """What a tour does where nobody is visited, and the address of its depot if it is there."""
    if stop.kind is StopKind.BREAK:
        lasts = formats.duration((stop.departure - stop.start).total_seconds())
        return _("Break, {time}").format(time=lasts), ""
    if one.depot is not None and stop.point != one.depot.point and stop.kind in _ELSEWHERE:
        return _ELSEWHERE[stop.kind](), ""
    address = one.depot.address.one_line if one.depot else ""
    return _AT_DEPOT[stop.kind]().format(depot=one.depot_name), address


#: A driver may start and end elsewhere than at the depot.
_ELSEWHERE = {
    StopKind.DEPART: lambda: _("Sets out"),
    StopKind.RETURN: lambda: _("Ends the tour"),
}
_AT_DEPOT = {
    StopKind.DEPART: lambda: _("Leaves {depot}"),
    StopKind.LOAD: lambda: _("Loads at {depot}"),
    StopKind.RELOAD: lambda: _("Reloads at {depot}"),
    StopKind.RETURN: lambda: _("Back at {depot}"),
}


def _waits(stop: Stop) -> str:
    if stop.waiting_s < MINUTE:
        return ""
    return _("waits {time}").format(time=formats.duration(stop.waiting_s))


def facts(
    review: DayReview, one: TourReview, figures: TourRow, *, money: bool = True
) -> tuple[tuple[str, str, str], ...]:
    """A tour's figures: label, value, and what it is made of."""
    tour, space = one.tour, formats.NO_BREAK_SPACE
    told = [
        (_("Stops on time"), figures.on_time, _troubles(one)),
        (_("Distance"), f"{figures.km}{space}km", ""),
        (_("Work"), figures.work, _("driving {figure}").format(figure=figures.drive)),
    ]
    if one.waiting_s >= MINUTE:
        told.append((_("Waiting"), formats.duration(one.waiting_s), ""))
    told.append(_load(one, figures))
    if money:
        level = formats.emissions_level(tour.emission_level)
        told.append((_("Cost"), formats.money(tour.cost_cents, review.currency), ""))
        told.append((_("Emissions"), f"{figures.co2e}{space}kg{space}CO₂e", level))
    return tuple(told)


def _troubles(one: TourReview) -> str:
    late = n_("{count} late", "{count} late", one.late).format(count=one.late)
    tight = n_("{count} tight", "{count} tight", one.tight).format(count=one.tight)
    return ", ".join(text for count, text in ((one.late, late), (one.tight, tight)) if count)


def _load(one: TourReview, figures: TourRow) -> tuple[str, str, str]:
    parcels = n_("{count} parcel", "{count} parcels", one.tour.load.parcels)
    fills = [_FILLS[name]().format(share=formats.whole_share(s)) for name, s in one.fills.items()]
    load = f"{parcels.format(count=figures.parcels)} · {figures.kg}{formats.NO_BREAK_SPACE}kg"
    return _("Load"), load, ", ".join(fills)


_FILLS = {
    "weight": lambda: _("weight {share}"),
    "volume": lambda: _("volume {share}"),
    "parcels": lambda: _("parcels {share}"),
}
