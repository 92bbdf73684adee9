"""Which areas are closed to which of our vehicles on a day, and switching one on or off."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from app import formats
from app.domain.acts.ground import SwitchZone
from app.domain.journal import Settled
from app.domain.orders import Mode, ShipmentAtDoor, ShipmentState
from app.domain.zones import AccessZone
from app.i18n import _, n_
from app.planning.tours.zone_effects import BanDay, ZoneEffect, ZonesDay, zones_on
from app.wording.zones import closed_when, who
from app.workspace import Workspace
from db.fleet import load_access_zones, load_vehicles
from db.orders import load_doors

#: States in which a shipment may still ride with us.
_OURS = frozenset({ShipmentState.RESERVED, ShipmentState.PLANNED})


def zones_of_day(workspace: Workspace, on: date) -> ZonesDay:
    """Every access zone, and what it does to that day's vehicles and home deliveries."""
    policy, clock = workspace.policy(), workspace.zone
    doors = workspace.read(load_doors, policy, clock, on)
    return zones_on(
        workspace.read(load_access_zones),
        on,
        workspace.read(load_vehicles),
        [door for door in doors if _ours(door)],
        clock,
        policy.country,
    )


def zones_in_force(workspace: Workspace, on: date) -> tuple[AccessZone, ...]:
    """The zones that hold on a day, for who draws them."""
    return tuple(zone for zone in workspace.read(load_access_zones) if zone.in_force(on))


def switch_zone(workspace: Workspace, zone: str, *, active: bool, reason: str = "") -> Settled:
    """Let a zone hold, or not: one phase by its key, or all phases by their code.

    Raises:
        UnknownSubject: there is no such zone.
    """
    return workspace.submit(SwitchZone(zone, active, reason.strip()))


def as_document(day: ZonesDay, clock: ZoneInfo) -> dict[str, Any]:
    """The zones of a day, as the command line tells machines; times by that clock."""
    return {
        "on": day.on.isoformat(),
        "zones": [_zone_document(effect, clock) for effect in day.effects],
        "summary": {
            "zones": len(day.effects),
            "in_force": sum(effect.in_force for effect in day.effects),
            "vehicles": list(day.vehicles),
            "stops": day.stops,
            "unreachable": list(day.unreachable),
        },
    }


def as_text(day: ZonesDay, clock: ZoneInfo) -> str:
    """The same in words."""
    if not day.effects:
        return _(
            "No access zone is known. Take a file of them in: regie import access_zones.geojson"
        )
    lines = []
    for effect in day.effects:
        mark = "+" if effect.in_force else "-"
        lines.append(f"{mark} {effect.zone.key}  {effect.zone.label}  {summed_up(effect)}")
        lines += [f"    {who(ban.ban)} · {closed_when(ban, clock)}" for ban in effect.bans]
    lines.append(_summary(day))
    return "\n".join(lines)


def summed_up(effect: ZoneEffect) -> str:
    """How many of our vehicles and stops a zone concerns, and what it leaves without a vehicle."""
    vehicles, left = len(effect.vehicles), len(effect.unreachable)
    said = [
        n_("{count} vehicle kept out", "{count} vehicles kept out", vehicles).format(
            count=formats.number(vehicles)
        ),
        n_("{count} stop inside", "{count} stops inside", effect.stops).format(
            count=formats.number(effect.stops)
        ),
    ]
    if left:
        told = n_("{count} shipment without a vehicle", "{count} shipments without a vehicle", left)
        said.append(told.format(count=formats.number(left)))
    return ", ".join(said)


def _summary(day: ZonesDay) -> str:
    held = sum(effect.in_force for effect in day.effects)
    counted = n_(
        "{count} zone in force on {day}.", "{count} zones in force on {day}.", held
    ).format(count=formats.number(held), day=formats.long_date(day.on))
    if not day.unreachable:
        return counted
    names = ", ".join(day.unreachable)
    return f"{counted} " + _("No vehicle may bring: {names}.").format(names=names)


def _zone_document(effect: ZoneEffect, clock: ZoneInfo) -> dict[str, Any]:
    zone = effect.zone
    return {
        "zone": zone.key,
        "code": zone.code,
        "label": zone.label,
        "valid_from": None if zone.valid_from is None else zone.valid_from.isoformat(),
        "valid_to": None if zone.valid_to is None else zone.valid_to.isoformat(),
        "active": zone.active,
        "in_force": effect.in_force,
        "bans": [_ban_document(ban, clock) for ban in effect.bans],
        "vehicles": list(effect.vehicles),
        "stops": effect.stops,
        "unreachable": list(effect.unreachable),
    }


def _ban_document(ban: BanDay, clock: ZoneInfo) -> dict[str, Any]:
    return {
        "text": who(ban.ban),
        "heavy": ban.ban.heavy,
        "critair_from": ban.ban.critair_from,
        "above_kg": ban.ban.above_kg,
        "hours": ban.ban.hours,
        "closed": [
            [moment.astimezone(clock).isoformat() for moment in (span.start, span.end)]
            for span in ban.windows
        ],
        "vehicles": sorted(ban.vehicles),
    }


def _ours(door: ShipmentAtDoor) -> bool:
    shipment = door.shipment
    home = shipment.mode is Mode.HOME_DELIVERY and not shipment.to_node
    return home and shipment.state in _OURS
