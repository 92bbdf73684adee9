"""Do tours pass through zones closed to their vehicle: told with a verdict, refused if so ruled."""

from collections.abc import Sequence
from typing import Any

from app import formats
from app.domain.reasons import Reason, because
from app.domain.tours import Tour
from app.errors import WhollyRefused
from app.i18n import n_
from app.operations.roads import ways_of_tours
from app.planning.tours.passing import Passing, Passings, passings_of
from app.wording import sentence
from app.workspace import Workspace
from db.fleet import load_access_zones, load_vehicles


def passings(workspace: Workspace, tours: Sequence[Tour]) -> Passings:
    """What the workspace's roads and zones say of the ways of these tours."""
    days = {tour.on for tour in tours}
    zones = [zone for zone in workspace.read(load_access_zones) if any(map(zone.in_force, days))]
    if not zones:
        return Passings()
    fleet = {vehicle.code: vehicle for vehicle in workspace.read(load_vehicles)}
    ways = ways_of_tours(workspace, tours)
    country = workspace.policy().country
    return passings_of(tours, fleet, zones, ways, workspace.zone, country)


def passing_reason(workspace: Workspace, found: Passing) -> Reason:
    """One of them, to be put into words."""
    return because(
        "passes_zone",
        tour=f"T{found.tour.number}",
        vehicle=found.tour.vehicle,
        stop=found.stop + 1,
        zone=found.zone.name,
        leaves_at=found.leg.start.astimezone(workspace.zone).isoformat(),
        arrives_at=found.leg.end.astimezone(workspace.zone).isoformat(),
    )


def refuse_passing(workspace: Workspace, tours: Sequence[Tour]) -> None:
    """Refuse tours that pass through a zone closed to their vehicle, where the rules say so.

    Raises:
        WhollyRefused: one does; its reason names tour, zone and stop.
    """
    if workspace.policy().touring.passing_refused:
        for found in passings(workspace, tours).found:
            reason = passing_reason(workspace, found)
            raise WhollyRefused(because("passing_refused", why=sentence(reason)), ())


def with_passings(
    workspace: Workspace, document: dict[str, Any], tours: Sequence[Tour]
) -> dict[str, Any]:
    """A verdict's document with these findings: warnings, or violations where so ruled.

    Where no zone keeps a vehicle of these tours out there is nothing to tell.
    """
    seen = passings(workspace, tours)
    if not seen.legs:
        return document
    told = [_document(workspace, found) for found in seen.found]
    refused = told if workspace.policy().touring.passing_refused else []
    summary = document["summary"]
    return {
        **document,
        "feasible": document["feasible"] and not refused,
        "violations": [*document["violations"], *refused],
        "warnings": [] if refused else told,
        "summary": {**summary, "violations": summary["violations"] + len(refused)},
        "passing": {"legs": seen.legs, "unchecked": seen.unknown},
    }


def unchecked_in_words(document: dict[str, Any]) -> list[str]:
    """That some ways could not be looked at, if so."""
    unchecked = document.get("passing", {}).get("unchecked", 0)
    if not unchecked:
        return []
    text = n_(
        "Whether {count} way passes through a closed zone is not known: no road is known for it.",
        "Whether {count} ways pass through a closed zone is not known: no road is known for them.",
        unchecked,
    )
    return [text.format(count=formats.number(unchecked))]


def _document(workspace: Workspace, found: Passing) -> dict[str, Any]:
    reason = passing_reason(workspace, found)
    return {
        "code": reason.code,
        "text": sentence(reason),
        "tour": found.tour.code,
        "stop": found.stop,
        "shipment": found.tour.stops[found.stop].shipment or None,
        "amount": 1,
        "limit": 0,
        "zone": found.zone.key,
        "vehicle": found.tour.vehicle,
        "from": reason["leaves_at"],
        "to": reason["arrives_at"],
    }
