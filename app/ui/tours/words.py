"""What the timeline says in words: figures of a tour, and what lanes and stops are called."""

from collections.abc import Iterable, Sequence

from app import formats
from app.domain.fleet import Vehicle
from app.domain.tours import PlanState, StopKind, Tour, TourPlan
from app.i18n import N_, _, n_
from app.planning.tours.bound import Bound
from app.ui.tours.lanes import Bar, Day, Lane
from db.queries.board import OrderRow

#: Capacities from here on are none: nobody has said what the vehicle holds.
NO_LIMIT_G, _NO_LIMIT_ML, _NO_LIMIT_PARCELS = 10**9, 10**9, 10**6
_STATES = {
    PlanState.DRAFT: N_("draft"),
    PlanState.VALIDATED: N_("validated"),
    PlanState.PUBLISHED: N_("published"),
    PlanState.CLOSED: N_("closed"),
}


def stops_in_words(count: int) -> str:
    """`11 stops`."""
    return n_("{count} stop", "{count} stops", count).format(count=formats.number(count))


def figures_of(tour: Tour) -> str:
    """A tour in one line: stops, way, money, carbon."""
    return " · ".join(
        (
            stops_in_words(len(tour.deliveries)),
            formats.distance(tour.distance_m),
            formats.money(tour.cost_cents),
            formats.emissions(tour.co2e_g),
        )
    )


def subtitle_of(plan: TourPlan, *, brief: bool) -> str:
    """How many tours and stops there are, and how far the tours have been agreed."""
    if not plan.tours:
        return ""
    parts = [formats.number(len(plan.tours)), stops_in_words(plan.stop_count)]
    if not brief:
        parts.append(", ".join(_counts(plan.tours)))
        parts += _spread(plan.tours)
    return " · ".join(parts)


def _spread(tours: Sequence[Tour]) -> Iterable[str]:
    """How unevenly the hours are shared; nothing of a single tour."""
    hours_s = [tour.work_s for tour in tours]
    if len(hours_s) > 1:
        spread = formats.duration(max(hours_s) - min(hours_s))
        yield _("{spread} from the shortest to the longest").format(spread=spread)


def to_gain(bound: Bound) -> str:
    """What a better plan could save at most: `24,6 % to gain at most`."""
    share = formats.whole_share(bound.gap)
    return _("{share} to gain at most (proven)").format(share=share)


def lane_name(lane: Lane) -> str:
    """What a lane is called: its tour, vehicle and driver."""
    tour = f"T{lane.number}" if lane.number else ""
    return " · ".join(filter(None, (tour, lane.label, lane.vehicle.driver)))


def lane_tip(lane: Lane, day: Day) -> str:
    """All that is known of a tour and its vehicle."""
    hours = _clock_span(lane.from_s, lane.to_s, day)
    if lane.tour is None:
        lines = [lane_name(lane), _("Without a tour; on duty {hours}").format(hours=hours)]
        return "\n".join([*lines, *_rooms(lane.vehicle)])
    tour = lane.tour
    state = _("being planned") if lane.ghost else _(_STATES[tour.state])
    work = _("{work} of work, {drive} of driving").format(
        work=formats.duration(tour.work_s), drive=formats.duration(tour.drive_s)
    )
    lines = [f"{lane_name(lane)} · {state}", f"{hours} · {work}"]
    lines.append(f"{figures_of(tour)}, {formats.emissions_level(tour.emission_level)}")
    lines += [*_fillings(lane, tour), *_risks(lane)]
    if lane.vehicle.critair:
        lines.append(_("Crit'Air {disc}").format(disc=lane.vehicle.critair))
    if tour.forced:
        lines.append(_("A rule was broken by hand: {said}").format(said=tour.forced))
    if tour.locked:
        lines.append(_("Locked: planning leaves it as it is"))
    return "\n".join(lines)


def bar_name(bar: Bar, lane: Lane, day: Day, row: OrderRow | None) -> str:
    """What a stop is called, with its hours and how it stands to its window."""
    hours = _clock_span(bar.from_s, bar.to_s, day)
    if bar.kind is StopKind.BREAK:
        return _("Break {hours}").format(hours=hours)
    if bar.kind is StopKind.RELOAD:
        return _("Reload {hours}").format(hours=hours)
    stop = _("T{tour}, stop {number}").format(tour=lane.number, number=bar.number)
    who = row.customer if row is not None else ""
    fetch = _("goods picked up") if bar.fetch else ""
    return " · ".join(filter(None, (stop, fetch, formats.order_number(bar.order), who)))


def bar_tip(bar: Bar, lane: Lane, day: Day, now_s: int, row: OrderRow | None) -> str:
    """When a stop is served, how much time there is to spare, and why it waits or is late."""
    lines = [bar_name(bar, lane, day, row)]
    if not bar.number:
        return lines[0]
    if bar.fetch:
        lines.append(_fetched(bar, lane, day, row))
    elif row is not None:
        lines.append(row.order.address.one_line)
    service = _("Service {hours}").format(hours=_clock_span(bar.from_s, bar.to_s, day))
    arrival = _("arrival {time}").format(time=_clock(bar.arrives_s, day))
    lines.append(f"{service}, {arrival}" if bar.waiting_s > 0 else service)
    lines += [*_window(bar, day), *_waiting(bar)]
    load = n_("{count} parcel", "{count} parcels", bar.load.parcels)
    lines.append(
        f"{load.format(count=formats.number(bar.load.parcels))} · "
        f"{formats.weight(bar.load.weight_g)}"
    )
    way = _("{distance} and {time} of driving to get there")
    distance, time = formats.distance(bar.leg_m), formats.duration(bar.leg_s)
    lines.append(way.format(distance=distance, time=time))
    if lane.is_done(bar, now_s):
        lines.append(_("Its time has passed"))
    return "\n".join(lines)


def _fetched(bar: Bar, lane: Lane, day: Day, row: OrderRow | None) -> str:
    """Where goods come aboard, and when they are delivered."""
    nodes = () if row is None else (s.node for s in row.shipments if s.code == bar.shipment)
    node = next(iter(nodes), "")
    doors = (b.from_s for b in lane.bars if b.shipment == bar.shipment and not b.fetch)
    text = _("Picked up at {node}, delivered at {time}")
    return text.format(node=node, time=_clock(next(doors, bar.to_s), day))


def _counts(tours: Iterable[Tour]) -> Iterable[str]:
    states = [tour.state for tour in tours]
    for state in reversed(PlanState):
        if count := states.count(state):
            yield _count(state, count).format(count=formats.number(count))


def _count(state: PlanState, count: int) -> str:
    match state:
        case PlanState.DRAFT:
            return n_("{count} draft", "{count} drafts", count)
        case PlanState.VALIDATED:
            return n_("{count} validated", "{count} validated", count)
        case PlanState.PUBLISHED:
            return n_("{count} published", "{count} published", count)
        case PlanState.CLOSED:
            return n_("{count} closed", "{count} closed", count)


def _clock(second: int, day: Day) -> str:
    return formats.clock(day.moment(second), day.zone)


def _clock_span(from_s: int, to_s: int, day: Day) -> str:
    return f"{_clock(from_s, day)}{formats.EN_DASH}{_clock(to_s, day)}"


def _window(bar: Bar, day: Day) -> Iterable[str]:
    if bar.opens_s is None or bar.closes_s is None:
        yield _("No window")
        return
    window = _("Window {hours}").format(
        hours=formats.window(day.moment(bar.opens_s), day.moment(bar.closes_s), day.zone)
    )
    if bar.late_s:
        late = _("{time} late").format(time=formats.duration(bar.late_s))
        yield f"{window}, {late}"
    else:
        slack = _("{time} to spare").format(time=formats.duration(bar.slack_s or 0))
        yield f"{window}, {slack}"


def _waiting(bar: Bar) -> Iterable[str]:
    if bar.waiting_s > 0:
        yield _("Waits {time} for the window to open").format(time=formats.duration(bar.waiting_s))


def _risks(lane: Lane) -> Iterable[str]:
    if late := lane.late:
        text = n_("{count} stop comes late", "{count} stops come late", late)
        yield text.format(count=formats.number(late))
    if tight := lane.tight:
        text = n_(
            "{count} stop has little time to spare",
            "{count} stops have little time to spare",
            tight,
        )
        yield text.format(count=formats.number(tight))


def _fillings(lane: Lane, tour: Tour) -> Iterable[str]:
    room, load = lane.vehicle.capacity, tour.load
    of = _("{what} {amount} of {room} ({share})")
    if room.weight_g < NO_LIMIT_G:
        yield of.format(
            what=_("Weight"),
            amount=formats.weight(load.weight_g),
            room=formats.weight(room.weight_g),
            share=formats.whole_share(lane.filling.weight),
        )
    if room.volume_ml < _NO_LIMIT_ML:
        yield of.format(
            what=_("Volume"),
            amount=formats.volume(load.volume_ml),
            room=formats.volume(room.volume_ml),
            share=formats.whole_share(lane.filling.volume),
        )
    if room.parcels < _NO_LIMIT_PARCELS:
        yield of.format(
            what=_("Parcels"),
            amount=formats.number(load.parcels),
            room=formats.number(room.parcels),
            share=formats.whole_share(lane.filling.parcels),
        )


def _rooms(vehicle: Vehicle) -> Iterable[str]:
    room = vehicle.capacity
    known = []
    if room.weight_g < NO_LIMIT_G:
        known.append(formats.weight(room.weight_g))
    if room.volume_ml < _NO_LIMIT_ML:
        known.append(formats.volume(room.volume_ml))
    if room.parcels < _NO_LIMIT_PARCELS:
        text = n_("{count} parcel", "{count} parcels", room.parcels)
        known.append(text.format(count=formats.number(room.parcels)))
    if known:
        yield _("Holds {rooms}").format(rooms=" · ".join(known))
