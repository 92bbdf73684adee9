"""notes.csv: what people know of clients, streets and drivers."""

import re
from collections.abc import Mapping
from typing import Any

from app.connectors.feeds.cells import code, one_of, scaled, some_of, text
from app.connectors.feeds.columns import Column, Kind, one_a_row
from app.connectors.feeds.faults import Misfit
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.moments import clock, day, weekdays
from app.connectors.feeds.rows import TypedRow
from app.domain.knowledge import MOST_MORE_S, About, Note, fault_of
from app.domain.travel import VehicleProfile
from app.i18n import N_


def _areas(cell: str, _ground: Ground) -> frozenset[str]:
    """Postcodes, or their first characters."""
    return frozenset(part for part in re.split(r"[\s,;|/]+", cell.upper()) if part)


def _note(row: TypedRow, _ground: Ground) -> Note:
    note = Note(**_fields(row.cells))
    fault = fault_of(note)
    if fault is not None:
        facts: dict[str, Any] = dict(fault.facts)
        raise Misfit(fault.code, **facts)
    return note


def _fields(cells: Mapping[str, Any]) -> dict[str, Any]:
    named = {"days": "weekdays", "more_minutes": "more_s"}
    return {named.get(name, name): value for name, value in cells.items()}


NOTES = Kind(
    "notes",
    "note",
    (
        Column("code", code, N_("The note's own code."), required=True),
        Column("about", one_of(About), N_("Whom or what the note is about."), required=True),
        Column(
            "subject",
            text(),
            N_("A client's name, a street, a street line, a postcode, or a vehicle's code."),
            required=True,
        ),
        Column("postcode", text(20), N_("Where the street or the address is; empty = anywhere.")),
        Column("only", some_of(VehicleProfile), N_("Kinds of vehicle that may come: bike, van …")),
        Column("days", weekdays, N_("Days on which a stop may lie; empty = any.")),
        Column("not_before", clock(), N_("HH:MM from which a stop may begin.")),
        Column("not_after", clock(), N_("HH:MM by which a stop ends.")),
        Column(
            "more_minutes",
            scaled(60, MOST_MORE_S // 60),
            N_("Minutes at the door beyond the usual."),
            unit="min",
            exact=True,
        ),
        Column("areas", _areas, N_("Postcodes, or their beginnings, that the driver knows.")),
        Column("reason", text(), N_("Why, in words.")),
        Column("author", text(80), N_("Whose word it is.")),
        Column("written_on", day, N_("Since when.")),
    ),
    one_a_row(_note, key=lambda note: note.code),
)
