"""Access zones switched on and off: data that the law moves, never deleted."""

from dataclasses import replace

from sqlalchemy import Connection

from app.domain.acts.ground import SwitchZone
from app.domain.journal import EntryState
from app.domain.zones import AccessZone
from app.errors import UnknownSubject
from db.changes import Outcome
from db.codec import from_json, to_json
from db.tables import access_zones
from db.transaction import Pen


def switch_zone(ledger: Connection, wanted: SwitchZone) -> Outcome:
    """Let a zone hold or not: the phase of that key, else every phase of that code.

    Raises:
        UnknownSubject: there is no such zone.
    """
    pen = Pen(ledger)
    exact = pen.find(access_zones, access_zones.c.code == wanted.zone)
    phases = access_zones.c.code.startswith(f"{wanted.zone}/", autoescape=True)
    rows = exact or pen.find(access_zones, phases)
    if not rows:
        raise UnknownSubject("access_zone", wanted.zone)
    for row in rows:
        zone = replace(from_json(str(row["body"]), AccessZone), active=wanted.active)
        pen.put(access_zones, {"code": str(row["code"]), "body": to_json(zone)})
    return Outcome(
        EntryState.SETTLED,
        rows=pen.changes,
        kinds=frozenset({"access_zone"}),
        ids=tuple(str(row["code"]) for row in rows),
    )
