"""What one transaction did to rows, kept so that it can be undone: before and after, by key."""

from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.journal import EntryState, PartRefused

Row = dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row's values before and after (None = it was not there)."""

    table: str
    key: tuple[str, ...]
    before: Row | None
    after: Row | None

    @property
    def reversed(self) -> "RowChange":
        return replace(self, before=self.after, after=self.before)


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
