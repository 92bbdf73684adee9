"""A row on its way: laid out in our columns, then typed, then a value or a rejection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app.connectors.feeds.faults import Fault, shown
from app.connectors.feeds.moments import in_utc
from app.domain.reasons import Reason


class LaidRow(NamedTuple):
    """A row in our columns' order, still text; `lines` are those of the file it stands for.

    `unmatched` names the columns for which a joined file has no row.
    """

    lines: tuple[int, ...]
    cells: Sequence[str]
    trouble: Reason | None = None
    unmatched: frozenset[str] = frozenset()


class Place(NamedTuple):
    """Where one of our columns stands in a laid row, and the title it has in the file."""

    position: int
    title: str


@dataclass(frozen=True, slots=True)
class Made:
    """A value of the domain, the lines of the file it was made of, and what was noted."""

    value: Any
    lines: tuple[int, ...]
    notes: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """Lines that stay out, and why."""

    lines: tuple[int, ...]
    fault: Fault


@dataclass(slots=True)
class TypedRow:
    """A row whose cells were read: `cells` holds what was there; with `faults` it is no good."""

    source: LaidRow
    places: Mapping[str, Place]
    cells: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    @property
    def line(self) -> int:
        return self.source.lines[0]

    def text(self, column: str) -> str:
        """What the file has in that column."""
        place = self.places.get(column)
        return self.source.cells[place.position] if place and self.source.cells else ""

    def fault(self, reason: Reason, column: str = "") -> Fault:
        """The reason at this row, under the title that the column has in the file."""
        place = self.places.get(column)
        title = place.title if place else column
        return Fault(self.line, title, shown(self.text(column)), reason)

    def note(self, reason: Reason, column: str) -> None:
        """Something was read otherwise than written: the report lists it."""
        self.notes.append(self.fault(reason, column))

    def instant(self, column: str, zone: ZoneInfo) -> datetime | None:
        """The column's moment in UTC; the zone counts where the file gives no offset."""
        moment: datetime | None = self.cells.get(column)
        return None if moment is None else self._exact(moment, column, zone)

    def instants(self, column: str, zone: ZoneInfo) -> list[datetime]:
        """The moments of a column that may have several, in UTC."""
        return [self._exact(moment, column, zone) for moment in self.cells.get(column, ())]

    def _exact(self, moment: datetime, column: str, zone: ZoneInfo) -> datetime:
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
        exact, shifted = in_utc(moment, zone)
        if shifted is not None:
            self.note(shifted, column)
        return exact

    def rejected(self) -> Rejected:
        """The row as it stays out: its first fault, with the others beside it."""
        first, *others = self.faults
        return Rejected(self.source.lines, replace(first, also=tuple(others)))
