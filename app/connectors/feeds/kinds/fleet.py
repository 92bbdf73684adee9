"""vehicles.csv: what drives the tours."""

import re
from typing import Any

from app.connectors.feeds.cells import (
    code,
    known_node,
    one_of,
    real,
    scaled,
    text,
    truth,
    whole,
    words,
)
from app.connectors.feeds.columns import Column, Kind, one_a_row
from app.connectors.feeds.faults import Misfit
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.kinds.addresses import point_given
from app.connectors.feeds.moments import clock
from app.connectors.feeds.rows import TypedRow
from app.domain.fleet import Energy, Vehicle
from app.domain.values import Load
from app.i18n import N_

_CRITAIR = re.compile(r"(?:crit'?air\s*)?([0-5E])", re.IGNORECASE)
_PREFIX = re.compile(r"(?=.*\d)[0-9A-Z]{1,10}")
_NAMES = {
    "fuel": "energy",
    "max_km": "max_m",
    "break_minutes": "break_s",
    "loading_minutes": "loading_s",
    "reload_minutes": "reload_s",
    "max_work_minutes": "max_work_s",
    "overtime_minutes": "overtime_s",
}


def _critair(cell: str, _ground: Ground) -> str:
    found = _CRITAIR.fullmatch(cell)
    if found is None:
        raise Misfit("not_one_of", allowed="E, 0, 1, 2, 3, 4, 5")
    return {"0": "E"}.get(found[1], found[1].upper())


def _areas(cell: str, _ground: Ground) -> frozenset[str]:
    """Postcodes, or their first characters."""
    prefixes = re.split(r"[\s,;|/]+", cell.upper())
    known = frozenset(prefix for prefix in prefixes if prefix)
    for prefix in sorted(known):
        if not _PREFIX.fullmatch(prefix):
            raise Misfit("bad_area", prefix=prefix)
    return known


def _vehicle(row: TypedRow, _ground: Ground) -> Vehicle:
    cells = row.cells
    starts_at = point_given(row, "start_latitude", "start_longitude")
    ends_at = point_given(row, "end_latitude", "end_longitude")
    room = Vehicle(code="", depot="").capacity
    capacity = Load(
        cells.pop("capacity_kg", room.weight_g),
        cells.pop("capacity_l", room.volume_ml),
        cells.pop("capacity_parcels", room.parcels),
    )
    own: dict[str, Any] = {
        _NAMES.get(name, name): value for name, value in cells.items() if name not in _POINTS
    }
    return Vehicle(capacity=capacity, starts_at=starts_at, ends_at=ends_at, **own)


_POINTS = frozenset({"start_latitude", "start_longitude", "end_latitude", "end_longitude"})


def _minutes(name: str, help: str) -> Column:  # noqa: A002 - as Column calls it
    """A column of minutes, kept as seconds."""
    return Column(name, scaled(60, 1_440), help, unit="min", exact=True)


VEHICLES = Kind(
    "vehicles",
    "vehicle",
    (
        Column("code", code, N_("The vehicle's own code, kept as written."), required=True),
        Column("label", text(), N_("What people call it.")),
        Column("depot", known_node, N_("The node it starts from and returns to."), required=True),
        Column(
            "fuel",
            one_of(
                Energy,
                essence=Energy.PETROL,
                gazole=Energy.DIESEL,
                gnv=Energy.CNG,
                hybride=Energy.HYBRID,
                electrique=Energy.ELECTRIC,
                électrique=Energy.ELECTRIC,
                hydrogène=Energy.HYDROGEN,
                vélo_cargo=Energy.CARGO_BIKE,
            ),
            N_("diesel, petrol, cng, hybrid, electric, hydrogen or cargo_bike."),
        ),
        Column("critair", _critair, N_("Crit'Air class: E, 1 to 5; none if empty.")),
        Column(
            "capacity_kg",
            scaled(1_000),
            N_("How much it carries, in kilograms."),
            unit="kg",
            exact=True,
        ),
        Column(
            "capacity_l", scaled(1_000), N_("How much it holds, in litres."), unit="l", exact=True
        ),
        Column("capacity_parcels", whole(), N_("How many parcels it holds.")),
        Column("shift_from", clock(), N_("HH:MM, when it may leave its depot.")),
        Column("shift_to", clock(midnight_ends=True), N_("HH:MM, when it must be back.")),
        Column(
            "max_km",
            scaled(1_000),
            N_("How far it may drive a day, in kilometres."),
            unit="km",
            exact=True,
        ),
        _minutes("break_minutes", N_("Length of the driver's break, in minutes.")),
        Column("break_from", clock(), N_("HH:MM, the break is not before.")),
        Column("break_to", clock(midnight_ends=True), N_("HH:MM, the break is over by then.")),
        Column(
            "fixed_cost_cents", whole(), N_("Cost of a day on the road, in cents."), unit="cents"
        ),
        Column(
            "cost_per_km_cents",
            real(),
            N_("Cost of a kilometre, in cents."),
            unit="cents",
            exact=True,
        ),
        Column("cost_per_hour_cents", whole(), N_("Cost of an hour, in cents."), unit="cents"),
        Column(
            "co2e_g_per_km", scaled(1), N_("Emissions of a kilometre, in grams of CO2e."), unit="g"
        ),
        Column("skills", words, N_("What it can do that not all can, such as cold tail_lift.")),
        Column("reloads", whole(0, 20), N_("How often a day it may return to load again.")),
        _minutes("loading_minutes", N_("Minutes to load before leaving.")),
        _minutes("reload_minutes", N_("Minutes to load again between two trips.")),
        _minutes("max_work_minutes", N_("Usual work of a day, in minutes; the shift if empty.")),
        _minutes("overtime_minutes", N_("Minutes it may work beyond that.")),
        Column(
            "overtime_cost_per_hour_cents",
            whole(),
            N_("What an hour of overtime costs more, in cents."),
            unit="cents",
        ),
        Column(
            "start_latitude",
            real(-90, 90),
            N_("Where its day starts, in decimal degrees; the depot if empty."),
        ),
        Column("start_longitude", real(-180, 180), N_("Decimal degrees.")),
        Column(
            "end_latitude",
            real(-90, 90),
            N_("Where its day ends, in decimal degrees; the depot if empty."),
        ),
        Column("end_longitude", real(-180, 180), N_("Decimal degrees.")),
        Column("comes_home", truth, N_("No: its day ends at the last door. Yes if empty.")),
        Column(
            "service_percent",
            whole(1, 1_000),
            N_("Percent of the usual time at a door that its crew needs; 100 if empty."),
        ),
        Column("areas", _areas, N_("Postcodes, or their first digits, that its driver knows.")),
        Column(
            "gross_weight_kg",
            whole(0, 100_000),
            N_("Weight in all with its load (GVWR), in kilograms."),
            unit="kg",
        ),
        Column("driver", text(), N_("Who drives it that day.")),
    ),
    one_a_row(_vehicle, key=lambda vehicle: vehicle.code),
)
