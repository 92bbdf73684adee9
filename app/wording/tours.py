"""What is said about tours and plans."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from app import formats
from app.domain.locks import TourLock
from app.domain.reasons import Fact, Reason, because
from app.domain.tours import Violation
from app.i18n import N_, _, n_

SENTENCES: dict[str, str] = {
    # why an order is in no tour
    "tour_no_address": N_("The address has no place on the map yet."),
    "tour_vague_address": N_(
        "The address is too vague for a tour: located to {score_share}, {least_share} is needed."
    ),
    "tour_depot_closed": N_("{node} is supposed to be closed."),
    "tour_vehicles_busy": N_("Every vehicle of {node} already has an agreed tour that day."),
    "tour_nobody_fetches": N_(
        "No vehicle that may fetch it at {node} is free that day, by the rules of tours."
    ),
    "tour_source_closed": N_("Its goods cannot be taken over at {node} that day: closed, or late."),
    "tour_no_skill": N_("{vehicle} is not equipped for it: {skill}."),
    "tour_too_heavy": N_("Too heavy for {vehicle}: {weight_g}, it carries {room_weight_g}."),
    "tour_too_bulky": N_("Too bulky for {vehicle}: {volume_ml}, it holds {room_volume_ml}."),
    "tour_too_many_parcels": N_(
        "Too many parcels for {vehicle}: {parcels}, it holds {room_parcels}."
    ),
    "tour_beyond_battery": N_(
        "Too far for the battery of {vehicle}: {distance_m} there and back, {limit_m} at most with"
        " {kept_m} kept back."
    ),
    "tour_too_far": N_("Too far for {vehicle}: {distance_m} there and back, {limit_m} at most."),
    "tour_window_closed": N_(
        "{vehicle} would be there at {arrival_at} at the earliest,"
        " the window closes at {closes_at}."
    ),
    "tour_home_too_late": N_(
        "{vehicle} would be back at {home_at}, its shift ends at {shift_end_at}."
    ),
    "tour_no_room_for_break": N_("{vehicle}: no time left for the driver's break."),
    "tour_full_weight": N_("{vehicle} is full: {free_weight_g} left, {weight_g} needed."),
    "tour_full_volume": N_("{vehicle} is full: {free_volume_ml} left, {volume_ml} needed."),
    "tour_full_parcels": N_(
        "{vehicle} is full: room for {free_parcels} more parcels, {parcels} needed."
    ),
    "tour_no_time_left": N_("{vehicle} has no time left for it on its tour."),
    "tour_cheaper_carrier": N_(
        "By {vehicle} it would cost {added_cents} more, a carrier takes {carrier_cents}."
    ),
    "tour_not_placed": N_(
        "{vehicle} could take it for {added_cents}; the planning was stopped before."
    ),
    "tour_not_tried": N_("{vehicle} was not tried: the planning was stopped before."),
    "tour_kept_for_others": N_("Not by {vehicle}: it is kept for {others}."),
    "tour_kept_for_nobody": N_("Not by {vehicle}: what was laid down leaves it no vehicle."),
    "tour_not_by_vehicle": N_("{vehicle} may not bring it."),
    "tour_goods_too_late": N_(
        "{vehicle} waits for the goods until {ready_at}: too late,"
        " the window closes at {closes_at}."
    ),
    "tour_shut_out": N_("{vehicle} may not stop there from {from_at} to {to_at}."),
    "tour_too_long": N_("{vehicle} would work {work_s} for it, {limit_s} at most."),
    "tour_no_room_for_rest": N_("{vehicle}: no time left for the {rest_s} of rest due by law."),
    "tour_no_way_by_source": N_("{vehicle} cannot fetch it at its source and bring it in time."),
    "tour_too_much_together": N_(
        "{vehicle} cannot take all {count} orders that are to ride together."
    ),
    "tour_kept_apart": N_("{vehicle} already brings {other}, which it may not ride with."),
    "tour_taken_out": N_("Taken out of tour {tour} by hand."),
    # what is known about emissions
    "emissions_own": N_("{vehicle}: {per_km_co2e_g} a kilometre, as given for the vehicle."),
    "emissions_default": N_("{vehicle}: {per_km_co2e_g} a kilometre, French default ({kind})."),
    "emissions_as_diesel": N_(
        "{vehicle}: consumption unknown, counted as diesel at {per_km_co2e_g} a kilometre ({kind})."
    ),
    # what is wrong with the fleet
    "vehicle_without_depot": N_("Vehicle {vehicle} is left aside: its depot {depot} is unknown."),
    "no_vehicles_at": N_("{node} has no vehicle."),
    # what stands in the way of solving
    "solver_crashed": N_("The planning broke off: {detail}. Nothing was changed; try again."),
    # what people lay down
    "laid_vehicle": N_("{shipments} on {vehicle}"),
    "laid_not_vehicle": N_("{shipments} not on {vehicle}"),
    "laid_at": N_("{shipments} at {agreed_at}"),
    "laid_together": N_("{shipments} together"),
    "laid_apart": N_("{shipments} on different vehicles"),
    "laid_first": N_("{shipments} first on {vehicle}"),
    "laid_vehicle_away": N_("{vehicle} is not on the road that day."),
    "laid_other_depot": N_("{vehicle} starts from {depot}, {shipment} leaves from {node}."),
    "laid_several_nodes": N_("They leave from several nodes: {nodes}."),
    "laid_out_of_hours": N_("No vehicle of {node} is out then."),
    "laid_too_much": N_(
        "Together they are too much for one vehicle: {weight_g}, {parcels} parcels."
    ),
    # what a judge finds in a plan
    "check_unknown_vehicle": N_("{tour}: its vehicle is unknown."),
    "check_vehicle_off": N_("{tour}: its vehicle is out of service."),
    "check_vehicle_twice": N_("{tour}: its vehicle is on another tour for {amount_s} of it."),
    "check_tour_twice": N_("{tour} appears {amount} times."),
    "check_unknown_depot": N_("{tour}: the vehicle's depot is unknown."),
    "check_foreign_depot": N_("{tour} does not start from its vehicle's depot."),
    "check_wrong_depot": N_("{tour}, stop {stop}: {amount_m} away from the depot."),
    "check_wrong_place": N_("{tour}, stop {stop}: {amount_m} away from the door of {shipment}."),
    "check_no_departure": N_("{tour} never leaves its depot."),
    "check_no_return": N_("{tour} does not end with its return to the depot."),
    "check_too_many_reloads": N_("{tour} reloads {amount} times, {limit} are allowed."),
    "check_unknown_shipment": N_("{tour}, stop {stop}: shipment {shipment} is unknown."),
    "check_other_node": N_("{tour}, stop {stop}: {shipment} leaves from another node."),
    "check_other_order": N_("{tour}, stop {stop}: {shipment} belongs to another order."),
    "check_no_home_delivery": N_("{tour}, stop {stop}: {shipment} is no home delivery."),
    "check_with_carrier": N_("{tour}, stop {stop}: {shipment} was sent to a carrier."),
    "check_no_skill": N_("{tour}, stop {stop}: the vehicle is not equipped for {shipment}."),
    "check_shipment_twice": N_("{tour}, stop {stop}: {shipment} is delivered twice."),
    "check_planned_and_left_out": N_("{shipment} is both in {tour} and left out."),
    "check_time_runs_back": N_("{tour}, stop {stop}: time runs back by {amount_s}."),
    "check_too_fast": N_("{tour}, stop {stop}: {amount_s} to get there, {limit_s} are needed."),
    "check_service_short": N_("{tour}, stop {stop}: {amount_s} at the door, {limit_s} are needed."),
    "check_late": N_("{tour}, stop {stop}: {shipment} is {amount_s} late."),
    "check_early": N_("{tour}, stop {stop}: {shipment} is {amount_s} early."),
    "check_before_shift": N_("{tour} leaves {amount_s} before its vehicle's shift."),
    "check_after_shift": N_("{tour} comes home {amount_s} after its vehicle's shift."),
    "tours_share_nothing": N_(
        "Each of the {count} tours leaves from another depot: there are no stops that they could"
        " share out more evenly, or by area."
    ),
    "passes_zone": N_(
        "{tour} passes through {zone}, closed to {vehicle}, between {leaves_at} and {arrives_at} on"
        " its way to stop {stop}."
    ),
    "passing_refused": N_(
        "{why} Give the tour to another vehicle, or let the rules allow it, then validate."
    ),
    "check_battery_margin": N_(
        "{tour} covers {amount_m}: with the margin of its battery, {limit_m} at most."
    ),
    "check_too_far": N_("{tour} covers {amount_m}, its vehicle {limit_m} at most."),
    "check_break_missing": N_("{tour} has no break, {limit_s} are due."),
    "check_break_short": N_("{tour}, stop {stop}: the break lasts {amount_s}, {limit_s} are due."),
    "check_break_outside": N_("{tour}, stop {stop}: the break is {amount_s} outside its hours."),
    "check_too_heavy": N_("{tour}: {amount_g} aboard, its vehicle carries {limit_g}."),
    "check_too_bulky": N_("{tour}: {amount_ml} aboard, its vehicle holds {limit_ml}."),
    "check_too_many_parcels": N_("{tour}: {amount} parcels aboard, its vehicle holds {limit}."),
    "check_wrong_start": N_("{tour} starts {amount_m} away from where its driver does."),
    "check_wrong_end": N_("{tour}, stop {stop}: {amount_m} away from where it is to end."),
    "check_not_loaded": N_("{tour} does not come to its depot to load before its first stop."),
    "check_load_out_of_place": N_("{tour}, stop {stop}: it loads where no loading is due."),
    "check_loading_short": N_("{tour}, stop {stop}: {amount_s} to load, {limit_s} are needed."),
    "check_goods_not_ready": N_(
        "{tour}, stop {stop}: {shipment} leaves {amount_s} before its goods are ready."
    ),
    "check_not_collected": N_(
        "{tour}, stop {stop}: {shipment} is not collected before, on the same trip."
    ),
    "check_not_delivered": N_("{tour}, stop {stop}: {shipment} is collected and never delivered."),
    "check_source_shut": N_(
        "{tour}, stop {stop}: {shipment} is taken over {amount_s} outside its node's hours."
    ),
    "check_shut": N_(
        "{tour}, stop {stop}: {amount_s} at the door of {shipment} while its vehicle may not be."
    ),
    "check_too_much_work": N_("{tour}: {amount_s} of work, its vehicle {limit_s} at most."),
    "check_rest_missing": N_(
        "{tour}, stop {stop}: {amount_s} by then without a pause long enough, {limit_s} at most."
    ),
    "check_lock_vehicle": N_("{tour}, stop {stop}: {shipment} is locked to another vehicle."),
    "check_lock_not_vehicle": N_(
        "{tour}, stop {stop}: {shipment} was not to ride on this vehicle."
    ),
    "check_lock_time": N_("{tour}, stop {stop}: {shipment} is {amount_s} off its agreed time."),
    "check_lock_together": N_("{shipment} was to ride with others, and does not."),
    "check_lock_apart": N_("{tour}, stop {stop}: {shipment} was not to ride with another there."),
    "check_lock_first": N_("{shipment} is fixed as visit {limit} of its vehicle, and is not."),
    "check_group_split": N_("{shipment} does not ride with the rest of its group."),
    "check_distance_differs": N_("{tour} says {amount_m}, the way is {limit_m}."),
    "check_drive_time_differs": N_("{tour} says {amount_s} of driving, it takes {limit_s}."),
    "check_cost_differs": N_("{tour} says {amount_cents}, it costs {limit_cents}."),
    "check_co2e_differs": N_("{tour} says {amount_co2e_g}, it emits {limit_co2e_g}."),
    "check_weight_differs": N_("{tour} says {amount_g} aboard, it is loaded with {limit_g}."),
    "check_volume_differs": N_("{tour} says {amount_ml} aboard, it is loaded with {limit_ml}."),
    "check_parcels_differ": N_("{tour} says {amount} parcels aboard, it is loaded with {limit}."),
}

#: The unit of each violation's amount and limit; all others are bare counts.
_UNITS = {
    "_s": (
        "vehicle_twice",
        "time_runs_back",
        "too_fast",
        "service_short",
        "late",
        "early",
        "before_shift",
        "after_shift",
        "break_missing",
        "break_short",
        "break_outside",
        "drive_time_differs",
        "loading_short",
        "goods_not_ready",
        "source_shut",
        "shut",
        "too_much_work",
        "rest_missing",
        "lock_time",
    ),
    "_m": (
        "wrong_depot",
        "wrong_start",
        "wrong_end",
        "wrong_place",
        "too_far",
        "battery_margin",
        "distance_differs",
    ),
    "_g": ("too_heavy", "weight_differs"),
    "_ml": ("too_bulky", "volume_differs"),
    "_cents": ("cost_differs",),
    "_co2e_g": ("co2e_differs",),
}
_UNIT_OF = {code: unit for unit, codes in _UNITS.items() for code in codes}


def violation_reason(violation: Violation) -> Reason:
    """A judge's finding as a reason: amount and limit in their unit, stops counted from 1."""
    unit = _UNIT_OF.get(violation.code, "")
    facts: dict[str, Fact] = {
        "tour": violation.tour.rsplit("-", 1)[-1],
        "stop": "" if violation.stop is None else violation.stop + 1,
        "shipment": violation.shipment,
        f"amount{unit}": violation.amount,
        f"limit{unit}": violation.limit,
    }
    return because(f"check_{violation.code}", **facts)


def lock_reason(lock: TourLock, zone: ZoneInfo) -> Reason:
    """What a lock says, as a reason; its time is told in the zone."""
    facts: dict[str, Fact] = {"shipments": ", ".join(lock.shipments)}
    if lock.vehicle:
        facts["vehicle"] = lock.vehicle
    if lock.at is not None:
        facts["agreed_at"] = lock.at.astimezone(zone).isoformat()
    return because(f"laid_{lock.kind.value}", **facts)


def contradiction_reason(
    locks: Sequence[TourLock], zone: ZoneInfo, why: Reason | None = None
) -> Reason:
    """Locks that cannot all hold, as one reason; `locks` are their codes, `why` what hinders."""
    facts: dict[str, Fact] = {"count": len(locks), "locks": ", ".join(lock.code for lock in locks)}
    for number, lock in enumerate(locks, start=1):
        for name, value in lock_reason(lock, zone):
            facts[f"lock_{number}_{name}"] = value
        facts[f"lock_{number}_says"] = lock.kind.value
    if why is not None:
        facts["why"] = why.code
        facts |= {f"why_{name}": value for name, value in why}
    return because("locks_contradict", **facts)


def _locks_contradict(reason: Reason) -> str:
    """Each lock in words, in the order in which they were found."""
    count = int(reason["count"])
    said = []
    for number in range(1, count + 1):
        prefix = f"lock_{number}_"
        facts = {name.removeprefix(prefix): value for name, value in reason if prefix in name}
        template = _(SENTENCES[f"laid_{facts['says']}"])
        agreed_at = str(facts.get("agreed_at", ""))
        at = datetime.fromisoformat(agreed_at) if agreed_at else None
        clock = "" if at is None or at.tzinfo is None else formats.clock(at, at.tzinfo)
        said.append(template.format_map(facts | {"agreed_at": clock}))
    text = n_("This cannot hold: {locks}.", "These cannot all hold: {locks}.", count)
    text = text.format(locks="; ".join(said))
    told = dict(reason.facts)
    if "why" not in told:
        return text
    from app.wording import sentence  # the words of another reason

    why = {name[4:]: value for name, value in told.items() if name.startswith("why_")}
    return f"{text} {sentence(because(str(told['why']), **why))}"


#: Reasons whose sentence lists as much as there is.
COMPOSED: dict[str, Callable[[Reason], str]] = {"locks_contradict": _locks_contradict}
