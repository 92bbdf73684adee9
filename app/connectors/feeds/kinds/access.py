"""access_zones.geojson: areas that some vehicles may not enter, and when."""

import json
import re
from typing import Any

from app.connectors.feeds.cells import code, text, truth, whole
from app.connectors.feeds.cells import opening_hours as hours
from app.connectors.feeds.columns import Column, Kind, one_a_row
from app.connectors.feeds.faults import Misfit
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.moments import day
from app.connectors.feeds.rows import TypedRow
from app.domain.values import GeoPoint
from app.domain.zones import AccessZone, Ban, Ring
from app.i18n import N_

_CLASS = re.compile(r"(?:V|crit'?air\s*)?([1-5]|E|EL|NC|none)", re.IGNORECASE)
_NO_HOURS = "off"


def _critair(cell: str, _ground: Ground) -> str:
    """A class as the French schema writes it: V1 to V5, EL, NC (none)."""
    found = _CLASS.fullmatch(cell)
    if found is None:
        raise Misfit("not_one_of", allowed="EL, V1, V2, V3, V4, V5, NC")
    name = found[1].upper()
    return {"EL": "E", "NC": "", "NONE": ""}.get(name, name)


def _rings(cell: str, _ground: Ground) -> tuple[Ring, ...]:
    """The rings of a polygon or of several, as GeoJSON (RFC 7946): longitude first."""
    try:
        geometry = json.loads(cell)
        kind, held = geometry["type"], geometry["coordinates"]
        polygons = {"Polygon": [held], "MultiPolygon": held}[kind]
        rings = [ring for polygon in polygons for ring in polygon]
        made = tuple(tuple(GeoPoint(y, x) for x, y, *_ in ring) for ring in rings)
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Misfit("no_polygon") from fault
    if not made or any(len(ring) < 4 for ring in made):
        raise Misfit("no_polygon")
    return made


def _zone(row: TypedRow, _ground: Ground) -> AccessZone:
    cells = row.cells
    bans = tuple(_bans(cells))
    if not bans:
        raise Misfit("no_ban")
    since, until = cells.get("valid_from"), cells.get("valid_to")
    if since is not None and until is not None and until < since:
        raise Misfit("ends_before_start", column="valid_to")
    return AccessZone(
        cells["code"],
        cells["geometry"],
        bans,
        cells.get("label", ""),
        since,
        until,
        cells.get("active", True),
    )


def _bans(cells: dict[str, Any]) -> "list[Ban]":
    bans = [
        Ban(cells.get(f"{size}_hours", Ban().hours), heavy, cells[f"{size}_critair"])
        for size, heavy in (("light", False), ("heavy", True))
        if f"{size}_critair" in cells
    ]
    if "above_kg" in cells:
        bans.append(Ban(cells.get("above_hours", Ban().hours), above_kg=cells["above_kg"]))
    if "motor_hours" in cells:
        bans.append(Ban(cells["motor_hours"]))
    return [ban for ban in bans if ban.hours != _NO_HOURS]


ACCESS_ZONES = Kind(
    "access_zones",
    "access_zone",
    (
        Column("code", code, N_("The zone's own code; its phases share it."), required=True),
        Column("label", text(), N_("What people call it.")),
        Column("valid_from", day, N_("First day; empty = always.")),
        Column("valid_to", day, N_("Last day; empty = for good.")),
        Column("light_critair", _critair, N_("Vans kept out: this class and the worse ones.")),
        Column("light_hours", hours, N_("In which hours; empty = always.")),
        Column("heavy_critair", _critair, N_("Lorries kept out: this class and the worse ones.")),
        Column("heavy_hours", hours, N_("In which hours; empty = always.")),
        Column("above_kg", whole(), N_("Vehicles kept out that weigh more, loaded."), unit="kg"),
        Column("above_hours", hours, N_("In which hours; empty = always.")),
        Column("motor_hours", hours, N_("Hours in which no motor vehicle may enter.")),
        Column("active", truth, N_("no = switched off, without deleting it.")),
        Column("geometry", _rings, N_("Polygons, as GeoJSON."), required=True),
    ),
    one_a_row(_zone, key=lambda zone: zone.key),
)
