"""The journal: who asked for what, when, and how it ended; each entry chained to the one before."""

import hashlib
import secrets
import time
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, insert, select, update

from app.domain.acts.desk import Undo
from app.domain.acts.orders import ImportRows, MoveOrders
from app.domain.journal import Entry, EntryState, Operation
from app.domain.reasons import Reason, because
from app.domain.sourcing import SourcingDecision
from db.changes import Outcome
from db.codec import from_json, instant, moment, pack, sha256, to_json, unpack
from db.entry_kinds import KINDS, ROW_KINDS, kind_of
from db.entry_lines import summary_of
from db.tables import operations

GENESIS = "0" * 64
#: Kinds that decisions come with, besides those that turn such entries back and forth.
_MAY_TELL = frozenset({"move_orders", "undo"})


@dataclass(frozen=True, slots=True)
class StoredOperation:
    """An operation as the journal holds it."""

    seq: int
    id: str
    kind: str
    actor: str
    at: datetime
    state: EntryState
    body: str
    undone_by: str


def revive(entry: StoredOperation) -> Operation:
    """The operation as it was asked for, rows of an import included."""
    wanted: Operation = from_json(entry.body, KINDS[entry.kind])
    if isinstance(wanted, ImportRows):
        kind = ROW_KINDS[wanted.kind]
        rows = tuple(msgspec.convert(row, kind, strict=False) for row in wanted.rows)
        return replace(wanted, rows=rows)
    return wanted


def new_id() -> str:
    """A UUIDv7 (RFC 9562): sorts by time, and two desks never make the same."""
    stamp = int(time.time() * 1000)
    number = (stamp << 80) | secrets.randbits(80)
    number = (number & ~(0xF << 76)) | (0x7 << 76)
    number = (number & ~(0x3 << 62)) | (0x2 << 62)
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def write_pending(
    work: Connection, operation_id: str, wanted: Operation, *, actor: str, at: datetime
) -> None:
    """Store an operation with its entry, chained to the one before, until it is settled."""
    body = to_json(wanted).encode()
    last = work.execute(
        select(operations.c.hash).order_by(operations.c.seq.desc()).limit(1)
    ).scalar()
    previous = last or GENESIS
    digest = sha256(body)
    values = {
        "id": operation_id,
        "kind": kind_of(wanted),
        "actor": actor,
        "at": instant(at),
        "body_sha256": digest,
        "previous_hash": previous,
    }
    work.execute(
        insert(operations).values(
            **values,
            body=pack(body.decode()),
            hash=_link(values),
            state=EntryState.PENDING.value,
            summary=to_json(summary_of(wanted)),
            depth=_depth(work, wanted),
        )
    )


def write_outcome(work: Connection, operation_id: str, outcome: Outcome) -> None:
    """Store how an operation ended."""
    text = to_json(outcome)
    work.execute(
        update(operations)
        .where(operations.c.id == operation_id)
        .values(
            state=outcome.state.value,
            result=pack(text),
            result_sha256=sha256(text.encode()),
            undoable=int(_undoable(outcome)),
        )
    )


def mark_undone(work: Connection, operation_id: str, by: str) -> None:
    """Note on an entry which later one compensates it; empty = it stands again."""
    work.execute(update(operations).where(operations.c.id == operation_id).values(undone_by=by))


def pending(work: Connection) -> list[StoredOperation]:
    """Operations that are not settled yet, in the order they were asked for."""
    rows = work.execute(
        select(operations)
        .where(operations.c.state == EntryState.PENDING.value)
        .order_by(operations.c.seq)
    )
    return [_stored(row) for row in rows]


def stored(work: Connection, operation_id: str) -> StoredOperation | None:
    """One operation by its id, or None."""
    row = work.execute(select(operations).where(operations.c.id == operation_id)).first()
    return None if row is None else _stored(row)


def outcome(work: Connection, operation_id: str) -> Outcome | None:
    """How an operation ended, or None while it is pending."""
    packed = work.scalar(select(operations.c.result).where(operations.c.id == operation_id))
    return None if packed is None else from_json(unpack(packed), Outcome)


def told_again(work: Connection, turned: str) -> tuple[SourcingDecision, ...]:
    """The decisions that hold once an entry is undone: those before it, or its own once more."""
    redone, entry = False, stored(work, turned)
    while entry is not None and entry.kind in _MAY_TELL:
        wanted = revive(entry)
        if isinstance(wanted, MoveOrders):
            return wanted.decisions if redone else wanted.before
        redone, entry = not redone, stored(work, wanted.entry if isinstance(wanted, Undo) else "")
    return ()


def latest_undoable(work: Connection, actor: str, *, redo: bool) -> str | None:
    """This person's latest entry that Ctrl+Z (or, with `redo`, Ctrl+Y) takes.

    An entry's depth counts how often it turned: 0 done, 1 undone, 2 redone ... Undo takes even
    ones, redo odd ones as long as nothing new was done since.
    """
    rows = work.execute(
        select(operations.c.id, operations.c.depth, operations.c.kind)
        .where(
            operations.c.actor == actor,
            operations.c.undoable == 1,
            operations.c.undone_by == "",
        )
        .order_by(operations.c.seq.desc())
        .limit(500)
    )
    for row in rows:
        turned = row.depth % 2 == 1
        if turned == redo:
            return str(row.id)
        if redo and row.depth == 0:
            return None
    return None


def entries(work: Connection, since: datetime | None = None, limit: int = 500) -> list[Entry]:
    """The journal's latest lines, newest first."""
    query = select(operations).order_by(operations.c.seq.desc()).limit(limit)
    if since is not None:
        query = query.where(operations.c.at >= instant(since))
    return [_entry(row) for row in work.execute(query)]


def chain_findings(work: Connection) -> tuple[int, str, list[Reason]]:
    """Walk the whole chain: how many entries, the head's hash, and what does not fit."""
    count, head = 0, GENESIS
    findings: list[Reason] = []
    for row in work.execute(select(operations).order_by(operations.c.seq)):
        count += 1
        values = {
            name: getattr(row, name)
            for name in ("id", "kind", "actor", "at", "body_sha256", "previous_hash")
        }
        if row.previous_hash != head or _link(values) != row.hash:
            findings.append(because("chain_broken", entry=row.id))
        if _digest(row.body) != row.body_sha256:
            findings.append(because("body_changed", entry=row.id))
        if row.result is not None and _digest(row.result) != row.result_sha256:
            findings.append(because("result_changed", entry=row.id))
        head = row.hash
    return count, head, findings


def _digest(packed: bytes) -> str:
    try:
        return sha256(unpack(packed).encode())
    except Exception:  # noqa: BLE001 - whatever the damage is, the digest differs
        return ""


def _link(values: dict[str, Any]) -> str:
    names = ("previous_hash", "id", "kind", "actor", "at", "body_sha256")
    text = "\n".join(str(values[name]) for name in names)
    return hashlib.sha256(text.encode()).hexdigest()


def _stored(row: Row[Any]) -> StoredOperation:
    return StoredOperation(
        row.seq,
        row.id,
        row.kind,
        row.actor,
        moment(row.at),
        EntryState(row.state),
        unpack(row.body),
        row.undone_by,
    )


def _undoable(ended: Outcome) -> bool:
    return ended.undoable and ended.state is EntryState.SETTLED and bool(ended.rows)


def _depth(work: Connection, wanted: Operation) -> int:
    if not isinstance(wanted, Undo):
        return 0
    before = work.scalar(select(operations.c.depth).where(operations.c.id == wanted.entry))
    return int(before or 0) + 1


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        row.id,
        moment(row.at),
        row.actor,
        row.kind,
        EntryState(row.state),
        from_json(row.summary, Reason),
        row.undone_by,
        bool(row.undoable) and not row.undone_by,
    )
