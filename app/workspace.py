"""The running program without windows: one way in to a folder's two databases."""

import getpass
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from app.domain.acts.desk import Undo
from app.domain.journal import Changes, EntryState, Operation, Settled
from app.domain.policy import Policy
from app.domain.sourcing_record import SourcingRecord
from app.errors import EnvironmentProblem, NothingToUndo, NotUndoable, UnknownSubject, WhollyRefused
from db import backup, journal, ledger
from db.changes import Outcome
from db.desk import carry_out
from db.desk.along import carry_along, turn_along
from db.desk.guards import guard, guard_undo
from db.desk.turning import undo_on_desk
from db.engine import reader, refuse_old_sqlite, writer
from db.entry_kinds import kind_of
from db.folder_lock import FolderLock
from db.papers import keep_fact, load_fact, load_policy
from db.schema import bring_up_to_date
from db.sourcing_records import keep_record
from db.tables import MIRROR_TABLES
from db.troubles import machine_errors

P = ParamSpec("P")
T = TypeVar("T")
Listener = Callable[[Changes], None]
Clock = Callable[[], datetime]

#: How long what sourcing decisions were made from is kept.
RECORDS_KEPT = timedelta(days=60)


def system_clock() -> datetime:
    """The machine's time, aware, UTC."""
    return datetime.now(UTC)


class Workspace:
    """A folder's databases, its user and its clock: submit, read, subscribe, undo.

    Writes go through one lane; reads have connections of their own, on any thread.
    `checkpoint` is told each step of a submission: tests cut the program off there.
    """

    def __init__(
        self,
        folder: Path,
        *,
        user: str,
        clock: Clock | None,
        lock: FolderLock,
        checkpoint: Callable[[str], None],
    ) -> None:
        self.folder = folder
        self.user = user
        self._lock = lock
        self._checkpoint = checkpoint
        self._lane = threading.RLock()
        self._listeners: list[Listener] = []
        self._work: Engine = writer(folder / "work.db")
        self._mirror: Engine = writer(folder / "mirror.db")
        for engine, chain in ((self._work, "work"), (self._mirror, "mirror")):
            bring_up_to_date(engine, chain, self._backup_before_upgrade)
        self._reader: Engine = reader(folder / "mirror.db", folder / "work.db")
        self._opened_at = system_clock()
        self._clock = clock
        self._demo_start = self._find_demo_start()
        self._heal()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        user: str = "",
        clock: Clock | None = None,
        checkpoint: Callable[[str], None] = lambda _step: None,
    ) -> "Workspace":
        """Open a workspace, or make a new one in an empty folder.

        Raises:
            EnvironmentProblem: the folder is locked or cannot be written, a database is damaged or
                of a newer program, SQLite is too old, the disk is full.
        """
        refuse_old_sqlite()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EnvironmentProblem("read_only", folder=str(folder)) from error
        lock = FolderLock(folder)
        try:
            backup.finish_restore(folder)
            for name in backup.FILES:
                if (folder / name).exists():
                    backup.check(folder / name)
            who = user or _user()
            return cls(folder, user=who, clock=clock, lock=lock, checkpoint=checkpoint)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Let go of both databases and of the folder."""
        for engine in (self._reader, self._work, self._mirror):
            engine.dispose()
        self._lock.release()

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def now(self) -> datetime:
        """This workspace's clock: the machine's, the caller's, or a demonstration's own."""
        if self._clock is not None:
            return self._clock()
        if self._demo_start is not None:
            return self._demo_start + (system_clock() - self._opened_at)
        return system_clock()

    def use_clock(self, clock: Clock) -> None:
        """Take another clock's word for what is now."""
        self._clock = clock

    @property
    def is_demonstration(self) -> bool:
        return self._demo_start is not None

    def start_demonstration_clock(self, at: datetime) -> None:
        """Give the workspace a clock of its own that starts at `at`, now and at each opening."""
        with self._lane, self._work.begin() as work:
            keep_fact(work, "demonstration_start", at.isoformat())
        self._demo_start, self._opened_at = at, system_clock()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.policy().timezone)

    def policy(self) -> Policy:
        """The retailer's policy in force now."""
        published = self.read(load_policy, self.now())
        return Policy() if published is None else published.policy

    def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query on both databases as they are now; `work` is the second one's schema."""
        with self._reader.connect() as connection, connection.begin():
            return query(connection, *args, **kwargs)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell a listener of every commit, on the thread that made it; returns how to stop that."""
        self._listeners.append(listener)

        def leave() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return leave

    def submit(self, wanted: Operation) -> Settled:
        """Carry out one operation: journalled, settled, announced.

        Raises:
            Refused: the whole operation was refused; it is in the journal with its reason.
            EnvironmentProblem: the disk is full or a database locked; nothing was done.
        """
        if isinstance(wanted, Undo):
            return self.undo(wanted.entry)
        with self._lane:
            operation_id = journal.new_id()
            at = self.now()
            if isinstance(wanted, ledger.JUDGED):
                outcome = self._submit_judged(operation_id, wanted, at)
            else:
                outcome = self._submit_here(operation_id, wanted, at)
            settled = _settled(operation_id, kind_of(wanted), outcome)
        return self._announced(settled)

    def undo(self, entry: str | None = None) -> Settled:
        """Compensate an entry: this user's latest, or the one named.

        Raises:
            NothingToUndo, NotUndoable, MovedOn, NoStock, AlreadyPlanned, AlreadyBooked.
        """
        return self._turn(entry, redo=False)

    def redo(self) -> Settled:
        """Bring back what this user undid last, as long as nothing new was done since."""
        return self._turn(None, redo=True)

    def keep_record(self, record: SourcingRecord) -> None:
        """Keep what decisions are made from, beside the journal; what is old is let go."""
        with self._lane, self._writing(self._work) as work:
            keep_record(work, record, forget_before=record.inputs.now - RECORDS_KEPT)

    def back_up(self, to: Path | None = None) -> Path:
        """Copy both databases, checked, into `backups` (five are kept) or a folder of choice."""
        with self._lane:
            return backup.back_up(self.folder, system_clock().strftime("%Y%m%dT%H%M%S%f"), to)

    def _backup_before_upgrade(self) -> None:
        self.back_up()

    def _find_demo_start(self) -> datetime | None:
        text = self.read(load_fact, "demonstration_start")
        if text is None:
            return None
        start = datetime.fromisoformat(text)
        last = self.read(journal.entries, None, 1)
        return max(start, last[0].at + timedelta(seconds=1)) if last else start

    def _submit_judged(self, operation_id: str, wanted: Operation, at: datetime) -> Outcome:
        with self._writing(self._work) as work:
            guard(work, wanted)
            journal.write_pending(work, operation_id, wanted, actor=self.user, at=at)
        self._checkpoint("asked")
        return self._settle(operation_id, wanted, at)

    def _settle(self, operation_id: str, wanted: Operation, at: datetime) -> Outcome:
        with self._writing(self._mirror) as mirror:
            outcome = ledger.settle(mirror, operation_id, wanted, at)
        self._checkpoint("judged")
        return self._mark(operation_id, wanted, outcome)

    def _mark(self, operation_id: str, wanted: Operation, outcome: Outcome) -> Outcome:
        with self._writing(self._work) as work:
            outcome = carry_along(work, wanted, outcome)
            journal.write_outcome(work, operation_id, outcome)
        self._checkpoint("marked")
        return outcome

    def _submit_here(self, operation_id: str, wanted: Operation, at: datetime) -> Outcome:
        with self._writing(self._work) as work:
            journal.write_pending(work, operation_id, wanted, actor=self.user, at=at)
            outcome = carry_out(work, wanted, actor=self.user, at=at)
            journal.write_outcome(work, operation_id, outcome)
        self._checkpoint("marked")
        return outcome

    def _turn(self, entry: str | None, *, redo: bool) -> Settled:
        with self._lane:
            target_id = entry or self.read(journal.latest_undoable, self.user, redo=redo)
            if target_id is None:
                raise NothingToUndo
            target = self.read(journal.stored, target_id)
            if target is None:
                raise UnknownSubject("entry", target_id)
            operation_id, at = journal.new_id(), self.now()
            with self._writing(self._work) as work:
                ended = journal.outcome(work, target_id)
                if ended is None or not ended.undoable or not ended.rows or target.undone_by:
                    raise NotUndoable(target.kind, target_id)
                wanted = Undo(target_id)
                if _on_mirror(ended):
                    guard_undo(work, ended)
                    journal.write_pending(work, operation_id, wanted, actor=self.user, at=at)
                else:
                    journal.write_pending(work, operation_id, wanted, actor=self.user, at=at)
                    outcome = undo_on_desk(work, ended)
                    journal.write_outcome(work, operation_id, outcome)
                    journal.mark_undone(work, target_id, operation_id)
            if _on_mirror(ended):
                self._checkpoint("asked")
                outcome = self._settle_undo(operation_id, target_id)
            settled = _settled(operation_id, "undo", outcome)
        return self._announced(settled)

    def _settle_undo(self, operation_id: str, target_id: str) -> Outcome:
        with self._writing(self._mirror) as mirror:
            outcome = ledger.settle_undo(mirror, operation_id, target_id)
        self._checkpoint("judged")
        with self._writing(self._work) as work:
            ended = journal.outcome(work, target_id)
            if ended is not None and outcome.state is EntryState.SETTLED:
                told = journal.told_again(work, target_id)
                outcome = turn_along(work, outcome, ended, told)
            journal.write_outcome(work, operation_id, outcome)
            if outcome.state is EntryState.SETTLED:
                journal.mark_undone(work, target_id, operation_id)
        self._checkpoint("marked")
        return outcome

    def _heal(self) -> None:
        """Settle what a killed program left pending: the ledger repeats what it already judged."""
        for stored in self.read(journal.pending):
            operation = journal.revive(stored)
            if isinstance(operation, Undo):
                self._settle_undo(stored.id, operation.entry)
            else:
                self._settle(stored.id, operation, stored.at)

    @contextmanager
    def _writing(self, engine: Engine) -> Iterator[Connection]:
        with machine_errors(self.folder), engine.begin() as connection:
            yield connection

    def _announced(self, settled: Settled) -> Settled:
        if settled.state is EntryState.REFUSED:
            raise WhollyRefused(settled.refused[0].reason, settled.refused)
        for listener in list(self._listeners):
            listener(settled.changes)
        return settled


def _settled(operation_id: str, kind: str, outcome: Outcome) -> Settled:
    changes = Changes(outcome.kinds | {"journal"}, frozenset(outcome.ids))
    return Settled(operation_id, kind, outcome.state, changes, outcome.refused, outcome.counts)


def _on_mirror(ended: Outcome) -> bool:
    """Whether an entry's effect lies in the mirror, and so is the ledger's to undo."""
    return any(change.table in MIRROR_TABLES for change in ended.rows)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
