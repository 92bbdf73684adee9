"""Plans and verdicts as the JSON of the public interface."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app import formats
from app.domain.reasons import Reason
from app.domain.tours import Stop, Tour, TourPlan, Unplanned, Violation
from app.domain.values import Load
from app.i18n import _, n_
from app.operations.touring_run import Judged, PlanRun
from app.planning.tours.bound import Bound
from app.planning.tours.displacing import Displacement
from app.planning.tours.loosening import unit_of
from app.planning.tours.plan_shape import PlanShape, shape_of
from app.planning.tours.relaxing import Remedy
from app.wording import sentence
from app.wording.tours import violation_reason


def as_document(
    run: PlanRun,
    remedies: Mapping[str, Sequence[Remedy]] | None = None,
    displaced: Mapping[str, Displacement] | None = None,
) -> dict[str, Any]:
    """A planning run; times are in the zone of each tour's depot.

    `remedies` are those of the shipments left out for which they were reckoned, `displaced` is whom
    they would displace.
    """
    plan, told, others = run.plan, remedies or {}, displaced or {}
    zones = {depot: ZoneInfo(name) for depot, name in run.zones}
    return {
        "date": run.on.isoformat(),
        "tours": [_tour_document(tour, zones) for tour in plan.tours],
        "unplanned": [
            _unplanned_document(left, told.get(left.shipment), others.get(left.shipment))
            for left in plan.unplanned
        ],
        "summary": {
            **_summary(plan),
            **_shape_document(shape_of(plan.tours)),
            **_bound_document(run.bound),
        },
        "notes": [_reason_document(note) for note in run.notes],
        "curve": [
            {
                "seconds": round(point.seconds, 2),
                "cost_cents": point.cost_cents,
                "worth_cents": point.worth_cents,
                "unplanned": point.unplanned,
            }
            for point in run.curve
        ],
    }


def _bound_document(bound: Bound | None) -> dict[str, Any]:
    """How good the plan is at least: tours with carriers, and what no plan can stay below."""
    if bound is None:
        return {"total_cents": None, "bound_cents": None, "gap": None, "bound_kind": None}
    return {
        "total_cents": bound.total_cents,
        "bound_cents": bound.bound_cents,
        "gap": round(bound.gap, 4),
        "bound_kind": bound.kind.value,
    }


def _shape_document(shape: PlanShape) -> dict[str, int]:
    """How evenly the hours are shared, and how clear the tours' areas are."""
    return {
        "longest_s": shape.longest_s,
        "shortest_s": shape.shortest_s,
        "spread_s": shape.spread_s,
        "apart_m": shape.apart_m,
        "crossings": shape.crossings,
    }


def shape_in_words(shape: PlanShape) -> str:
    """The same in a line, for a person who compares plans."""
    crossings = n_("{count} crossing", "{count} crossings", shape.crossings)
    return " · ".join(
        (
            _("Tours from {shortest} to {longest} of work").format(
                shortest=formats.duration(shape.shortest_s),
                longest=formats.duration(shape.longest_s),
            ),
            _("stops on average {distance} from the middle of their tour").format(
                distance=formats.distance(shape.apart_m)
            ),
            crossings.format(count=formats.number(shape.crossings)),
        )
    )


def bound_in_words(bound: Bound) -> str:
    """What could still be saved at most, and of what."""
    text = _("At most {share} of {total} (tours and carriers) could still be saved: proven.")
    share = formats.share(bound.gap)
    return text.format(share=share, total=formats.money(bound.total_cents))


def verdict_document(judged: Judged) -> dict[str, Any]:
    """What a judge found; the figures of the summary are his own."""
    verdict = judged.verdict
    return {
        "feasible": verdict.feasible,
        "violations": [_violation_document(found) for found in verdict.violations],
        "summary": {
            **_summary(judged.plan),
            "violations": len(verdict.violations),
            "distance_m": verdict.distance_m,
            "drive_s": verdict.drive_s,
            "cost_cents": verdict.cost_cents,
            "co2e_g": verdict.co2e_g,
            "late_s": verdict.late_s,
        },
    }


def _tour_document(tour: Tour, zones: Mapping[str, ZoneInfo]) -> dict[str, Any]:
    zone = zones.get(tour.depot, ZoneInfo("UTC"))
    return {
        "tour": tour.code,
        "vehicle": tour.vehicle,
        "depot": tour.depot,
        "state": tour.state.value,
        "locked": tour.locked,
        "start": _at(tour.start, zone),
        "end": _at(tour.end, zone),
        "distance_m": tour.distance_m,
        "drive_s": tour.drive_s,
        "work_s": tour.work_s,
        "load": _load_document(tour.load),
        "cost_cents": tour.cost_cents,
        "co2e_g": tour.co2e_g,
        "emission_level": tour.emission_level,
        "stops": [_stop_document(stop, zone) for stop in tour.stops],
    }


def _stop_document(stop: Stop, zone: ZoneInfo) -> dict[str, Any]:
    order = {"order": stop.order, "shipment": stop.shipment} if stop.shipment else {}
    window = stop.window
    return {
        "kind": stop.kind.value,
        **order,
        "latitude": stop.point.latitude,
        "longitude": stop.point.longitude,
        "arrival": _at(stop.arrival, zone),
        "start": _at(stop.start, zone),
        "departure": _at(stop.departure, zone),
        "waiting_s": stop.waiting_s,
        "late_s": stop.late_s,
        "window": None if window is None else [_at(window.start, zone), _at(window.end, zone)],
        "distance_m": stop.distance_m,
        "drive_s": stop.drive_s,
        "load": _load_document(stop.load),
    }


def remedy_document(remedy: Remedy) -> dict[str, Any]:
    """A vehicle, the limits that would give way with their amounts, the price in all."""
    return {
        "vehicle": remedy.vehicle,
        "relax": [
            {"limit": limit.value, "amount": amount, "unit": unit_of(limit)}
            for limit, amount in remedy.amounts
        ],
        "added_cents": remedy.added_cents,
        "position": remedy.position,
        "new_tour": remedy.idle,
        "text": sentence(remedy.reason),
    }


def _unplanned_document(
    left: Unplanned, remedies: Sequence[Remedy] | None, displaced: Displacement | None
) -> dict[str, Any]:
    return {
        "order": left.order,
        "shipment": left.shipment,
        "colour": left.colour.value,
        "reasons": [_reason_document(reason) for reason in left.reasons],
        "remedies": None if remedies is None else [remedy_document(each) for each in remedies],
        "displaces": None if displaced is None else _reason_document(displaced.reason),
    }


def _summary(plan: TourPlan) -> dict[str, Any]:
    return {
        "tours": len(plan.tours),
        "stops": plan.stop_count,
        "unplanned": len(plan.unplanned),
        "left_to_carriers": plan.left_to_carriers,
        "distance_m": plan.distance_m,
        "drive_s": plan.drive_s,
        "work_s": plan.work_s,
        "cost_cents": plan.cost_cents,
        "co2e_g": plan.co2e_g,
        "emission_level": plan.emission_level,
        "late_s": plan.late_s,
        "method": plan.method,
        "seed": plan.seed,
        "iterations": plan.iterations,
    }


def _reason_document(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "text": sentence(reason), **dict(reason.facts)}


def _violation_document(found: Violation) -> dict[str, Any]:
    return {
        "code": found.code,
        "text": sentence(violation_reason(found)),
        "tour": found.tour,
        "stop": found.stop,
        "shipment": found.shipment or None,
        "amount": found.amount,
        "limit": found.limit,
    }


def _load_document(load: Load) -> dict[str, int]:
    return {"weight_g": load.weight_g, "volume_ml": load.volume_ml, "parcels": load.parcels}


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat()
