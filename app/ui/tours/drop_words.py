"""What the card beside the pointer says of a move: where to, at what price, against what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app import formats
from app.domain.tours import Stop, Tour, Violation
from app.i18n import N_, _, n_
from app.planning.tours.consequences import Figures, Preview, Touched
from app.ui.icons import Icon
from app.ui.tours.lanes import Day
from app.wording import sentence
from app.wording.tours import violation_reason

_MOST_BROKEN = 3
_SHORT = {
    "hand_agreed": N_("agreed"),
    "hand_locked": N_("locked"),
    "hand_other_node": N_("goods at another node"),
    "hand_vehicle_off": N_("out of service"),
}
_SHORT_UNITS = {
    "late": formats.duration,
    "after_shift": formats.duration,
    "too_heavy": formats.weight,
    "too_bulky": formats.volume,
    "too_many_parcels": formats.number,
    "too_far": formats.distance,
    "battery_margin": formats.distance,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line below the figures: a sign, its tone and the words."""

    icon: Icon
    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: its name, each tour's part, and the sum with its unit in its tone."""

    name: str
    parts: tuple[str, ...]
    total: str
    tone: str = "text1"


@dataclass(frozen=True, slots=True)
class CardWords:
    """Everything on the card; `tours` head the columns."""

    origin: int = 0
    origin_text: str = ""
    target: int = 0
    target_text: str = ""
    tours: tuple[int, ...] = ()
    rows: tuple[FigureRow, ...] = ()
    lines: tuple[Line, ...] = ()
    gestures: tuple[tuple[str, str], ...] = ()

    @property
    def spoken(self) -> str:
        """The card in words, for a reader."""
        figures = (f"{row.name} {row.total}" for row in self.rows)
        lines = (line.text for line in self.lines)
        head = " ".join(filter(None, (self.origin_text, self.target_text)))
        return ". ".join((head, *figures, *lines))


@dataclass(frozen=True, slots=True)
class Told:
    """What the words need besides the preview: the day, what is tight, rooms and ends of shifts."""

    day: Day
    tight_s: int
    vehicles: dict[str, str]
    rooms_g: dict[str, int]


def card_words(seen: Preview, told: Told, cheaper: Preview | None = None) -> CardWords:
    """A move in a few lines."""
    if seen.refused is not None:
        line = Line(Icon.REFUSED, "danger", named(sentence(seen.refused), told))
        return CardWords(lines=(line,), gestures=((_("Esc"), _("cancel")),))
    changed = [each for each in seen.touched if each.before != each.after]
    shown = changed or list(seen.touched)
    target = shown[-1] if shown else None
    origin = _origin(seen, shown)
    return CardWords(
        0 if origin is None else origin.tour.number,
        "" if origin is None else _stops(seen, origin.before),
        0 if target is None else target.tour.number,
        _place(seen, target),
        tuple(each.tour.number for each in shown) if len(shown) > 1 else (),
        tuple(_rows(shown)),
        tuple(_lines(seen, shown, told, cheaper)),
        _gestures(seen),
    )


def price_of(seen: Preview) -> tuple[str, str]:
    """What a tour asks for, in a few letters and their tone: its kilometres, or what is broken."""
    if not seen.free:
        return _in_short(seen), "danger"
    metres = seen.touched[-1].change.distance_m if seen.touched else 0
    return formats.change(formats.distance, metres), "success" if metres < 0 else "text2"


def _in_short(seen: Preview) -> str:
    """What is against it in two or three words."""
    reason = seen.refused or seen.against
    if reason is not None:
        return _(_SHORT[reason.code]) if reason.code in _SHORT else sentence(reason)
    violation = seen.broken[0]
    form = _SHORT_UNITS.get(violation.code)
    if form is None:
        return sentence(violation_reason(violation))
    amount, limit = form(violation.amount), form(violation.limit)
    if violation.code in ("late", "after_shift"):
        text = _("{time} late") if violation.code == "late" else _("{time} after the shift")
        return text.format(time=amount)
    return f"{amount} > {limit}"


def summary_of(seen: Preview) -> str:
    """The sum of a move on one line."""
    change = seen.change
    parts = [
        formats.change(formats.distance, change.distance_m),
        formats.change(formats.duration, change.work_s),
        formats.change(formats.money, change.cost_cents),
        formats.change(formats.emissions, change.co2e_g),
    ]
    if change.late_s:
        late = _("lateness {change}")
        parts.append(late.format(change=formats.change(formats.duration, change.late_s)))
    return " · ".join(parts)


def objection_to(seen: Preview) -> str:
    """The first thing against a move, "" when nothing is."""
    if seen.refused is not None:
        return sentence(seen.refused)
    if seen.against is not None:
        return sentence(seen.against)
    return sentence(violation_reason(seen.broken[0])) if seen.broken else ""


def place_in_words(tour: Tour, place: int) -> str:
    """`place 14, after 13`; the first and the last are called so."""
    if place == 0:
        return _("first")
    if place == len(tour.deliveries) - 1 and place > 0:
        return _("last, after {before}").format(before=place)
    return _("place {number}, after {before}").format(number=place + 1, before=place)


def _origin(seen: Preview, shown: Sequence[Touched]) -> Touched | None:
    """The tour that the first of the moved stops comes from."""
    first = seen.shipments[0] if seen.shipments else ""
    for each in shown:
        if each.before is not None and any(s.shipment == first for s in each.before.deliveries):
            return each
    return None


def _stops(seen: Preview, tour: Tour | None) -> str:
    """`stop 10`, or how many."""
    if len(seen.shipments) > 1:
        count = len(seen.shipments)
        return n_("{count} stop", "{count} stops", count).format(count=formats.number(count))
    stops = () if tour is None else tour.deliveries
    found = [n for n, stop in enumerate(stops, start=1) if stop.shipment in seen.shipments]
    return _("stop {number}").format(number=found[0]) if found else ""


def _place(seen: Preview, target: Touched | None) -> str:
    if seen.first is None or target is None or target.after is None:
        return ""
    return place_in_words(target.after, seen.first[1])


def _rows(shown: Sequence[Touched]) -> Iterator[FigureRow]:
    """The figures; parts without unit add up to the sum beside them."""
    changes = [each.change for each in shown]
    total = sum(changes, Figures())
    for name, parts, unit, small, whole in (
        (_("Distance"), [c.distance_m for c in changes], 100, _tenths, formats.distance),
        (_("Duration"), [c.work_s for c in changes], 60, _minutes, formats.duration),
        (_("Cost"), [c.cost_cents for c in changes], 1, formats.amount, formats.money),
        (_("CO₂e"), [c.co2e_g for c in changes], 100, _tenths, _kilograms),
    ):
        rounded = formats.rounded_parts(parts, unit)
        sum_text = formats.change(whole, sum(rounded))
        yield FigureRow(name, tuple(formats.change(small, part) for part in rounded), sum_text)
    if any(each.was.late_s or each.becomes.late_s for each in shown):
        rounded = formats.rounded_parts([c.late_s for c in changes], 60)
        tone = "danger" if total.late_s > 0 else "success" if total.late_s < 0 else "text1"
        late = tuple(formats.change(_minutes, part) for part in rounded)
        yield FigureRow(_("Lateness"), late, formats.change(formats.duration, sum(rounded)), tone)


def _tenths(value: formats.Figure) -> str:
    return formats.number(float(value) / 1000, 1)


def _kilograms(grams: formats.Figure) -> str:
    return f"{_tenths(grams)}{formats.NO_BREAK_SPACE}kg"


def _minutes(seconds: formats.Figure) -> str:
    return formats.number(float(seconds) / 60)


def _lines(
    seen: Preview, shown: Sequence[Touched], told: Told, cheaper: Preview | None
) -> Iterator[Line]:
    target = shown[-1] if shown else None
    if target is not None and target.after is not None:
        yield from _arrival(seen, target.after, told)
        yield _carried(target.after, told)
    yield from _shifted(seen)
    if seen.against is not None:
        yield Line(Icon.LOCKED, "danger", sentence(seen.against))
    first = seen.shipments[0] if seen.shipments else ""  # its lateness is told with its arrival
    broken = [v for v in seen.broken if v.code != "late" or v.shipment != first]
    for violation in broken[:_MOST_BROKEN]:
        yield Line(Icon.REFUSED, "danger", _broken(seen, violation, told))
    if (more := len(broken) - _MOST_BROKEN) > 0:
        text = n_("{count} more rule is broken", "{count} more rules are broken", more)
        yield Line(Icon.REFUSED, "danger", text.format(count=formats.number(more)))
    if cheaper is not None and cheaper.first is not None:
        yield Line(Icon.SURE, "info", _cheaper(cheaper))


def _broken(seen: Preview, violation: Violation, told: Told) -> str:
    """A rule that would be broken; what comes late is called as its lane calls it."""
    if violation.code != "late":
        return named(sentence(violation_reason(violation)), told)
    tour = next(tour for tour in seen.tours if tour.code == violation.tour)
    number = [stop.shipment for stop in tour.deliveries].index(violation.shipment) + 1
    text = _("T{tour}, stop {number}: {time} late")
    late = formats.duration(violation.amount)
    return text.format(tour=tour.number, number=number, time=late)


def _arrival(seen: Preview, tour: Tour, told: Told) -> Iterator[Line]:
    """When the first moved stop is reached, and how it stands to its window."""
    if seen.first is None or seen.first[0] != tour.code:
        return
    stop = tour.deliveries[seen.first[1]]
    at = _("Arrival {time}").format(time=formats.clock(stop.arrival, told.day.zone))
    if stop.window is None:
        yield Line(Icon.DONE, "success", f"{at}, {_('no window')}")
        return
    window = formats.window(stop.window.start, stop.window.end, told.day.zone)
    yield _standing(stop, f"{at}, {_('window {hours}').format(hours=window)}", told)


def _standing(stop: Stop, text: str, told: Told) -> Line:
    if stop.late_s > 0:
        late = _("{time} late").format(time=formats.duration(stop.late_s))
        return Line(Icon.LATE, "danger", f"{text}, {late}")
    slack_s = stop.slack_s or 0
    spare = _("{time} to spare").format(time=formats.duration(slack_s))
    tight = slack_s < told.tight_s
    return Line(
        Icon.LATE if tight else Icon.DONE, "warn" if tight else "success", f"{text}, {spare}"
    )


def _carried(tour: Tour, told: Told) -> Line:
    """What the tour carries, and when it ends."""
    end = _("ends {time}").format(time=formats.clock(tour.end, told.day.zone))
    room_g = told.rooms_g.get(tour.vehicle)
    load = formats.weight(tour.load.weight_g)
    if room_g is not None:
        load = _("{load} of {room}").format(load=load, room=formats.weight(room_g))
    over = room_g is not None and tour.load.weight_g > room_g
    text = _("T{number} carries {load}, {end}").format(number=tour.number, load=load, end=end)
    return Line(Icon.REFUSED if over else Icon.DONE, "danger" if over else "success", text)


def _shifted(seen: Preview) -> Iterator[Line]:
    """How far the stops move in time that stay where they are."""
    moved = set(seen.shipments)
    shifts = [shift.by_s for shift in seen.shifts() if shift.shipment not in moved]
    if not shifts:
        return
    farthest = max(shifts, key=abs)
    count = len(shifts)
    text = n_(
        "{count} other stop moves by up to {change}",
        "{count} other stops move by up to {change}",
        count,
    )
    change = formats.change(formats.duration, farthest)
    told = text.format(count=formats.number(count), change=change)
    yield Line(Icon.INFO, "info", told)


def _cheaper(seen: Preview) -> str:
    target = seen.touched[-1]
    if target.after is None or seen.first is None:
        return ""
    place = place_in_words(target.after, seen.first[1])
    text = _("Cheaper: T{number} {place} ({change})")
    change = formats.change(formats.money, seen.change.cost_cents)
    return text.format(number=target.tour.number, place=place, change=change)


def _gestures(seen: Preview) -> tuple[tuple[str, str], ...]:
    cancel = (_("Esc"), _("cancel"))
    if not seen.free:
        return (_("Ctrl"), _("force")), cancel
    return (_("Release"), _("drop")), (_("Right button"), _("choices")), cancel


def named(text: str, told: Told) -> str:
    """The sentence with vehicles called by their names."""
    for code, name in told.vehicles.items():
        if code in text and name != code:
            text = text.replace(code, name)
    return text
