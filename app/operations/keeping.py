"""Look after a workspace: its journal as data, its backups, its checks."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.journal import Entry
from app.domain.reasons import Reason
from app.errors import NoBackup
from app.operations.recomputing import recompute_findings
from app.ports import Progress, unheard
from app.wording import sentence
from app.workspace import Workspace
from db import backup, checks
from db.folder_lock import FolderLock
from db.journal import chain_findings, entries


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check of the workspace found."""

    entries: int
    head: str
    findings: tuple[Reason, ...]

    @property
    def ok(self) -> bool:
        return not self.findings


def journal(
    workspace: Workspace, since: datetime | None = None, limit: int = 10_000
) -> list[Entry]:
    """The journal's lines, newest first."""
    if since is not None and since.tzinfo is None:
        since = since.replace(tzinfo=workspace.zone)
    return workspace.read(entries, since, limit)


def journal_document(lines: list[Entry], zone: ZoneInfo) -> dict[str, Any]:
    """The journal as the JSON of the public interface."""
    return {
        "entries": [
            {
                "entry": line.entry,
                "at": line.at.astimezone(zone).isoformat(),
                "actor": line.actor,
                "kind": line.kind,
                "state": line.state.value,
                "text": sentence(line.summary),
                "undone_by": line.undone_by or None,
                "undoable": line.undoable,
            }
            for line in lines
        ]
    }


def latest_document(workspace: Workspace) -> dict[str, Any]:
    """The journal's newest line, as `journal_document` tells it."""
    return journal_document(journal(workspace, limit=1), workspace.zone)


def restore(folder: Path, copy: Path | None = None) -> Path:
    """Put a backup (default: the latest) in place of a closed workspace.

    Raises:
        NoBackup: there is none.
        EnvironmentProblem: the folder is open elsewhere, or the backup is damaged.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chosen = copy or next(iter(reversed(backup.kept_backups(folder))), None)
    if chosen is None or not chosen.is_dir():
        raise NoBackup(str(copy or folder / "backups"))
    lock = FolderLock(folder)
    try:
        backup.restore(folder, chosen)
    finally:
        lock.release()
    return chosen


def verify(workspace: Workspace, *, progress: Progress = unheard) -> Findings:
    """Walk the journal's chain, reckon reservations and decisions again, look at offers.

    `progress` counts the decisions' records: these are what may take long.
    """
    count, head, findings = workspace.read(chain_findings)
    stock, offered = workspace.read(checks.stock_findings), workspace.read(checks.offer_findings)
    decided = recompute_findings(workspace, progress=progress)
    return Findings(count, head, (*findings, *stock, *offered, *decided))


def verify_document(found: Findings) -> dict[str, Any]:
    """The check as the JSON of the public interface."""
    return {
        "entries": found.entries,
        "head": found.head,
        "ok": found.ok,
        "findings": [
            {"code": reason.code, "text": sentence(reason), **dict(reason.facts)}
            for reason in found.findings
        ],
    }
