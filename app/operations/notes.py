"""The local knowledge book: read, written, struck out, and how often tours kept to each note."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app import formats
from app.domain.acts.ground import StrikeNote, WriteNote
from app.domain.journal import Settled
from app.domain.knowledge import Note, binding
from app.i18n import _, n_
from app.planning.tours.local_notes import NoteUse, note_uses
from app.wording.notes import asks, subject
from app.workspace import Workspace
from db.notes import load_notes
from db.orders import load_doors
from db.plans import load_plan, planned_days

_NUMBERED = re.compile(r"N(\d+)")


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note, and how often tours kept to it."""

    note: Note
    use: NoteUse


def book(workspace: Workspace) -> tuple[NoteLine, ...]:
    """Every note with its uses, counted in the tours that are kept."""
    notes = workspace.read(load_notes)
    if not notes:
        return ()
    first = min((note.written_on or date.min for note in notes), default=date.min)
    days = [on for on in workspace.read(planned_days) if on >= first]
    tours = [tour for on in days for tour in workspace.read(load_plan, on).tours]
    doors = workspace.read(load_doors, workspace.policy(), workspace.zone)
    uses = note_uses(notes, tours, {door.shipment.code: door for door in doors})
    return tuple(NoteLine(note, uses[note.code]) for note in notes)


def write_note(workspace: Workspace, note: Note) -> Settled:
    """Keep a note: under the next number without a code, by this user, as of today.

    Raises:
        WhollyRefused: it says nothing, or cannot hold.
    """
    today = workspace.now().astimezone(workspace.zone).date()
    code = note.code or _next_code(workspace.read(load_notes))
    kept = replace(note, code=code, author=workspace.user, written_on=today)
    return workspace.submit(WriteNote(kept))


def strike_note(workspace: Workspace, code: str, reason: str = "") -> Settled:
    """Take a note out of the book.

    Raises:
        UnknownSubject: there is no such note.
    """
    return workspace.submit(StrikeNote(code, reason.strip()))


def notes_on(workspace: Workspace, order: str) -> tuple[Note, ...]:
    """The notes that bind an order's doors."""
    notes = workspace.read(load_notes)
    if not notes:
        return ()
    doors = workspace.read(load_doors, workspace.policy(), workspace.zone)
    bound = {n.code: n for d in doors if d.shipment.order == order for n in binding(notes, d)}
    return tuple(bound[code] for code in sorted(bound))


def as_document(lines: Iterable[NoteLine]) -> dict[str, Any]:
    """The book, as the command line tells machines."""
    return {"notes": [_document(line) for line in lines]}


def as_text(lines: Iterable[NoteLine]) -> str:
    """The same in words."""
    told = []
    for line in lines:
        about = _("{about}: {asks}").format(about=subject(line.note), asks=asks(line.note))
        told.append(f"{line.note.code}  {about}  {used(line.use)}  {line.note.reason}".rstrip())
    return "\n".join(told) or _("Nothing is noted yet.")


def used(use: NoteUse) -> str:
    """How often a note was kept to."""
    if not use.stops:
        return _("not used yet")
    return n_("used {count} time", "used {count} times", use.stops).format(
        count=formats.number(use.stops)
    )


def _next_code(notes: Iterable[Note]) -> str:
    numbers = [int(found[1]) for note in notes if (found := _NUMBERED.fullmatch(note.code))]
    return f"N{max(numbers, default=0) + 1}"


def _document(line: NoteLine) -> dict[str, Any]:
    note = line.note
    return {
        "note": note.code,
        "about": note.about.value,
        "subject": note.subject,
        "postcode": note.postcode,
        "only": sorted(note.only),
        "weekdays": sorted(note.weekdays),
        "not_before": None if note.not_before is None else note.not_before.isoformat("minutes"),
        "not_after": None if note.not_after is None else note.not_after.isoformat("minutes"),
        "more_s": note.more_s,
        "areas": sorted(note.areas),
        "reason": note.reason,
        "author": note.author,
        "written_on": None if note.written_on is None else note.written_on.isoformat(),
        "text": asks(note),
        "used": line.use.stops,
        "days": [on.isoformat() for on in line.use.days],
    }
