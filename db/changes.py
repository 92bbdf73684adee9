"""What one transaction did to rows, kept so that it can be undone: before and after, by key."""

from dataclasses import dataclass, field
from typing import Any

from app.domain.journal import EntryState, PartRefused
from db.codec import sha256

Cell = str | int | None
Row = dict[str, Cell]

#: Columns that grow and are never set back by an undo.
NEVER_RESTORED = frozenset({"revision", "last_shipment"})
#: Longer texts that a change left alone are kept as a digest: enough to see that they moved on.
_SHORT = 40


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row's values before and after (None = it was not there).

    A row that was there and still is has only the columns that changed in both; `rest` are the
    others, long texts as digests.
    """

    table: str
    key: tuple[str, ...]
    before: Row | None
    after: Row | None
    rest: Row = field(default_factory=dict)

    def stands(self, now: Row | None) -> bool:
        """Whether a row is as the change left it; a later change that was undone is no bar."""
        if now is None or self.after is None:
            return now is self.after
        as_left = all(now[k] == v for k, v in self.after.items() if k not in NEVER_RESTORED)
        return as_left and all(_brief(now[k]) == v for k, v in self.rest.items())


def change_of(table: str, key: tuple[str, ...], before: Row | None, after: Row | None) -> RowChange:
    """What is kept of a change: all that is needed to take it back, and not much more."""
    if before is None or after is None:
        return RowChange(table, key, before, after)
    moved = [name for name, value in after.items() if value != before[name]]
    rest = {k: _brief(v) for k, v in after.items() if k not in moved and k not in NEVER_RESTORED}
    return RowChange(
        table,
        key,
        {name: before[name] for name in moved},
        {name: after[name] for name in moved},
        rest,
    )


def _brief(value: Cell) -> Cell:
    if isinstance(value, str) and len(value) > _SHORT:
        return f"#{sha256(value.encode())[:32]}"
    return value


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an operation ended, as it is stored under its id."""

    state: EntryState
    rows: tuple[RowChange, ...] = ()
    kinds: frozenset[str] = frozenset()
    ids: tuple[str, ...] = ()
    refused: tuple[PartRefused, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    undoable: bool = True


@dataclass(slots=True)
class Tally:
    """Counts gathered while an operation is settled."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, by: int = 1) -> None:
        self.counts[name] = self.counts.get(name, 0) + by

    @property
    def pairs(self) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(self.counts.items()))


def key_of(values: Any, names: tuple[str, ...]) -> tuple[str, ...]:
    """The key of a row, from the names of its key columns."""
    return tuple(str(values[name]) for name in names)
