"""Plans and verdicts as the JSON of the public interface, and plans read back from it."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.reasons import Reason
from app.domain.tours import Colour, Stop, StopKind, Tour, TourPlan, Unplanned, Violation
from app.domain.values import GeoPoint, Load, Window
from app.errors import BadFile
from app.i18n import _
from app.operations.touring_run import Judged, PlanRun
from app.wording import sentence
from app.wording.machine import words_of
from app.wording.tours import violation_reason

#: A plan of the largest day is a hundred times smaller than this.
LARGEST_BYTES = 200_000_000


def as_document(run: PlanRun) -> dict[str, Any]:
    """A planning run; times are in the zone of each tour's depot."""
    plan = run.plan
    zones = {depot: ZoneInfo(name) for depot, name in run.zones}
    return {
        "date": run.on.isoformat(),
        "tours": [_tour_document(tour, zones) for tour in plan.tours],
        "unplanned": [_unplanned_document(left) for left in plan.unplanned],
        "summary": _summary(plan),
        "notes": [_reason_document(note) for note in run.notes],
    }


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
        },
    }


def plan_from_file(file: Path, zone: ZoneInfo) -> TourPlan:
    """The plan in a file that `as_document` or somebody else wrote.

    Raises:
        BadFile: it cannot be read, or is no plan.
    """
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise BadFile(file.name, _("the file is too large"))
        document = json.loads(file.read_text(encoding="utf-8-sig"))
        if not isinstance(document, Mapping):
            raise BadFile(file.name, _("This is no plan: {what}.").format(what=_("no tours in it")))
        return plan_from(document, zone)
    except OSError as error:
        raise BadFile(file.name, words_of(error)) from error
    except KeyError as missing:
        raise BadFile(file.name, _("“{name}” is missing").format(name=missing.args[0])) from missing
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        what = _("This is no plan: {what}.").format(what=error)
        raise BadFile(file.name, what) from error


def plan_from(document: Mapping[str, Any], zone: ZoneInfo) -> TourPlan:
    """The plan that a document describes; a tour's day is the plan's."""
    on = _day(document, zone)
    tours = [_tour_from(told, number, on) for number, told in enumerate(document["tours"], 1)]
    left_out = [left for left in document.get("unplanned", ()) if left.get("shipment")]
    return TourPlan(
        on,
        tuple(tours),
        tuple(
            Unplanned(str(left.get("order", "")), str(left["shipment"]), Colour.YELLOW, ())
            for left in left_out
        ),
    )


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


def _unplanned_document(left: Unplanned) -> dict[str, Any]:
    return {
        "order": left.order,
        "shipment": left.shipment,
        "colour": left.colour.value,
        "reasons": [_reason_document(reason) for reason in left.reasons],
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


def _day(document: Mapping[str, Any], zone: ZoneInfo) -> date:
    """The plan's day: as it says, else that of its first departure."""
    if "date" in document:
        return date.fromisoformat(document["date"])
    starts = [_moment(tour["stops"][0]["departure"]) for tour in document["tours"] if tour["stops"]]
    if not starts:
        raise KeyError("date")
    return min(starts).astimezone(zone).date()


def _tour_from(told: Mapping[str, Any], number: int, on: date) -> Tour:
    stops = tuple(_stop_from(stop) for stop in told["stops"])
    if not stops:
        raise ValueError(_("a tour without stops"))
    return Tour(
        code=str(told.get("tour", f"T{number}")),
        number=number,
        on=on,
        vehicle=str(told["vehicle"]),
        depot=str(told["depot"]),
        stops=stops,
        load=_load_from(told["load"]),
        distance_m=int(told["distance_m"]),
        drive_s=int(told["drive_s"]),
        cost_cents=int(told["cost_cents"]),
        co2e_g=int(told["co2e_g"]),
    )


def _stop_from(told: Mapping[str, Any]) -> Stop:
    window = told.get("window")
    return Stop(
        kind=StopKind(told["kind"]),
        point=GeoPoint(float(told["latitude"]), float(told["longitude"])),
        arrival=_moment(told["arrival"]),
        start=_moment(told["start"]),
        departure=_moment(told["departure"]),
        order=str(told.get("order") or ""),
        shipment=str(told.get("shipment") or ""),
        window=Window(_moment(window[0]), _moment(window[1])) if window else None,
        load=_load_from(told.get("load") or {}),
        distance_m=int(told.get("distance_m", 0)),
        drive_s=int(told.get("drive_s", 0)),
    )


def _load_from(told: Mapping[str, Any]) -> Load:
    return Load(*(int(told.get(name, 0)) for name in ("weight_g", "volume_ml", "parcels")))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(_("{text} has no offset").format(text=text))
    return moment
