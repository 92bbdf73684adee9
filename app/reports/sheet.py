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
    """The tour place by place; legs and weights add up to what the day's table prints."""
    stops, local = one.tour.stops, one.zone(zone)
    legs = shared_out([stop.distance_m for stop in stops], KM, row.distance_m)
    grams = shared_out([v.stop.load.weight_g for v in one.visits], KG, row.weight_g)
    visits = iter(zip(one.visits, grams, strict=True))
    return tuple(
        _visit_line(*next(visits), leg, local)
        if stop.kind in _VISITS
        else _other_line(one, stop, leg, local)
        for stop, leg in zip(stops, legs, strict=True)
    )


def _visit_line(visit: Visit, weight_g: int, leg_m: int, zone: ZoneInfo) -> SheetLine:
    stop = visit.stop
    return SheetLine(
        stop.kind,
        visit.number,
        formats.clock(stop.arrival, zone),
        _waits(stop),
        formats.window(stop.window.start, stop.window.end, zone) if stop.window else "",
        visit.customer,
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


def door_words(visit: Visit) -> str:
    """What to know at the door: the floor, then the note."""
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
