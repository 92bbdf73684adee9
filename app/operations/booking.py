"""Hand a day's shipments to their carriers: immutable batches, and their files in a folder."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.connectors.carriers.preflight import faults_of
from app.connectors.durable_files import prepare_folder, write_durably
from app.domain.acts.desk import BookBatches
from app.domain.bookings import Booking, BookingFault
from app.domain.carriers import Batch, Carrier, Quote
from app.domain.orders import ShipmentAtDoor, ShipmentState
from app.errors import Stopped, UnknownSubject
from app.operations.batches import FORMATS, Ground, batch_of, booking_of, profile_of
from app.plugins import plugin_names
from app.ports import Progress, Stop, never, unheard
from app.wording import sentence
from app.workspace import Workspace
from db.bookings import load_batches, load_choices, next_serial
from db.nodes import load_nodes
from db.orders import load_doors
from db.panel import load_panel


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that now lies in the folder, byte for byte as the batch keeps it."""

    path: Path
    carrier: str
    format: str
    reference: str
    sha256: str
    shipments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BookingRun:
    """The day's files, old and new; the references made now; what could not be sent, and why."""

    on: date
    files: tuple[WrittenFile, ...]
    blocked: tuple[BookingFault, ...] = ()
    new: tuple[str, ...] = ()
    entry: str = ""


def book(
    workspace: Workspace,
    on: date,
    out: Path,
    *,
    carrier: str | None = None,
    format: str | None = None,  # noqa: A002 - what the command line calls it
    stop: Stop = never,
    progress: Progress = unheard,
) -> BookingRun:
    """Put what is allocated and not yet sent into new batches, then write all of the day's files.

    The bytes are kept before any file is written: cut off in between, the next run writes them. A
    shipment that its carrier would not understand is left out with its faults, and the others go.

    Raises:
        UnknownSubject: there is no such carrier or format.
        EnvironmentProblem: the folder cannot be written, or the disk is full.
        Stopped: a person pressed Stop; nothing was sent.
    """
    _check(workspace, carrier, format)
    prepare_folder(out)
    bookings = _bookings(workspace, on, carrier)
    blocked = _faults(workspace, bookings)
    faulty = {fault.shipment for fault in blocked}
    sound = [booking for booking in bookings if booking.shipment not in faulty]
    batches = _batches(workspace, sound, format, stop, progress)
    entry = workspace.submit(BookBatches(tuple(batches))).entry if batches else ""
    files = [
        written
        for batch in workspace.read(load_batches, on, carrier)
        for written in _written(batch, out.absolute(), format)
    ]
    new = tuple(batch.reference for batch in batches)
    return BookingRun(on, tuple(files), blocked, new, entry)


def write_again(
    workspace: Workspace, on: date, references: Collection[str], out: Path
) -> tuple[WrittenFile, ...]:
    """Write the files of a day's batches once more, byte for byte as they were kept.

    Raises:
        UnknownSubject: the day has no batch under one of the references.
        EnvironmentProblem: the folder cannot be written, or the disk is full.
    """
    kept = {batch.reference: batch for batch in workspace.read(load_batches, on)}
    unknown = next((reference for reference in references if reference not in kept), None)
    if unknown is not None:
        raise UnknownSubject("batch", unknown)
    prepare_folder(out)
    return tuple(
        written
        for reference in references
        for written in _written(kept[reference], out.absolute(), None)
    )


def as_document(run: BookingRun) -> dict[str, Any]:
    """The run as the JSON of the public interface."""
    return {
        "files": [
            {
                "file": str(file.path),
                "carrier": file.carrier,
                "format": file.format,
                "reference": file.reference,
                "sha256": file.sha256,
                "shipments": list(file.shipments),
            }
            for file in run.files
        ],
        "blocked": [
            {
                "shipment": fault.shipment,
                "field": fault.field,
                "code": fault.reason.code,
                "text": sentence(fault.reason),
                "proposal": sentence(fault.advice),
            }
            for fault in run.blocked
        ],
        "summary": {
            "shipments": len({code for file in run.files for code in file.shipments}),
            "batches": len({file.reference for file in run.files}),
            "new_batches": list(run.new),
        },
    }


def files_of(run: BookingRun, folder: Path) -> list[Path]:
    """The run's files in the folder they were written to."""
    return [folder / file.path.name for file in run.files]


def _check(workspace: Workspace, carrier: str | None, file_format: str | None) -> None:
    if carrier is not None:
        known: Iterable[Carrier] = workspace.read(load_panel).carriers
        if all(one.code != carrier for one in known):
            raise UnknownSubject("carrier", carrier)
    if file_format is not None and file_format not in plugin_names(FORMATS):
        raise UnknownSubject("booking_format", file_format)


def _bookings(workspace: Workspace, on: date, carrier: str | None) -> list[Booking]:
    """The day's shipments that have a carrier and were not sent."""
    policy = workspace.policy()
    ground = Ground(
        workspace.read(load_panel),
        {node.code: node for node in workspace.read(load_nodes)},
        policy,
        on,
        workspace.now(),
    )
    chosen = _chosen(workspace)
    doors: list[ShipmentAtDoor] = workspace.read(load_doors, policy, workspace.zone, on)
    return [
        booking_of(door, chosen[door.shipment.code], ground)
        for door in sorted(doors, key=lambda door: door.shipment.code)
        if door.shipment.state is ShipmentState.CARRIER_CHOSEN
        and carrier in (None, chosen[door.shipment.code].carrier)
    ]


def _chosen(workspace: Workspace) -> Mapping[str, Quote]:
    kept = workspace.read(load_choices)
    return {code: choice.best for code, choice in kept.items() if choice.best is not None}


def _faults(workspace: Workspace, bookings: Iterable[Booking]) -> tuple[BookingFault, ...]:
    return tuple(
        fault
        for booking in bookings
        for fault in faults_of([booking], profile_of(workspace, booking.carrier.code))
    )


def _batches(
    workspace: Workspace,
    bookings: Iterable[Booking],
    file_format: str | None,
    stop: Stop,
    progress: Progress,
) -> list[Batch]:
    """A batch for each carrier at each node, numbered on from the carrier's last one."""
    groups: defaultdict[tuple[str, str], list[Booking]] = defaultdict(list)
    for booking in bookings:
        groups[booking.carrier.code, booking.sender.code].append(booking)
    serials: dict[str, int] = {}
    made = []
    for done, ((carrier, _site), group) in enumerate(sorted(groups.items())):
        if stop():
            raise Stopped
        progress(done, len(groups))
        serials[carrier] = serials.get(carrier) or workspace.read(next_serial, carrier)
        reference = f"{carrier}-{serials[carrier]:05d}"
        serials[carrier] += 1
        profile = profile_of(workspace, carrier)
        asked = (*profile.formats, group[0].carrier.booking_format, file_format or "")
        made.append(batch_of(group, reference, profile, filter(None, asked)))
    return made


def _written(batch: Batch, out: Path, file_format: str | None) -> Iterable[WrittenFile]:
    for file in batch.files:
        if file_format in (None, file.format):
            path = out / file.file_name
            write_durably(path, file.content)
            yield WrittenFile(
                path, batch.carrier, file.format, file.reference, file.sha256, batch.shipments
            )
