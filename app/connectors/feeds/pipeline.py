"""From a file to the values of one kind: bytes > table > mapping > typed row or fault > value."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.connectors.feeds.columns import Kind
from app.connectors.feeds.faults import Fault, Unreadable
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.mappings.joins import Companions
from app.connectors.feeds.mappings.layout import Slot, lay_out
from app.connectors.feeds.mappings.mapping import Mapping
from app.connectors.feeds.rows import Made, Rejected
from app.connectors.feeds.tables.opening import open_table
from app.connectors.feeds.tables.source import Limits, Source
from app.connectors.feeds.tables.table import Dialect, SourceRow, Table
from app.connectors.feeds.typed import typed_rows
from app.errors import Stopped
from app.ports import Progress, Stop, never, unheard

#: How many rows pass between two looks at Stop.
BREATH = 1_000


@dataclass(frozen=True, slots=True)
class Harvest:
    """Everything a file gave: values with their lines, rejections, and how it was understood."""

    kind: Kind
    source: Source
    dialect: Dialect
    slots: tuple[Slot, ...]
    unknown: tuple[str, ...]
    made: tuple[Made, ...]
    rejected: tuple[Rejected, ...]
    rows: int
    left_out: int

    @property
    def values(self) -> tuple[Any, ...]:
        return tuple(made.value for made in self.made)

    @property
    def notes(self) -> tuple[Fault, ...]:
        return tuple(note for made in self.made for note in made.notes)


def read_feed(
    path: Path,
    kind: Kind,
    ground: Ground,
    *,
    mapping: Mapping | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    head: int | None = None,
    progress: Progress = unheard,
    stop: Stop = never,
) -> Harvest:
    """Read a file as a kind, all of it or its first rows: one way for all that read files.

    Raises:
        Unreadable: the file as a whole cannot be read as this kind.
        Stopped: a person pressed Stop; nothing is lost, for nothing was kept.
        EnvironmentProblem: the machine does not let the file be read.
    """
    if mapping is not None and mapping.timezone:
        ground = replace(ground, zone=ZoneInfo(mapping.timezone))
    sheet = mapping.sheet if mapping else ""
    opened = open_table(path, limits, sheet=sheet, stop=stop)
    with opened.table as table:
        rows = islice(_watched(table, limits, progress, stop), head)
        companions = Companions(path.parent, limits, stop)
        layout = lay_out(table.header, rows, kind, mapping, companions)
        typed = typed_rows(layout.rows(), layout.slots, layout.places, ground)
        outcomes = list(kind.assemble(typed, ground))
    return Harvest(
        kind=kind,
        source=opened.source,
        dialect=table.dialect,
        slots=layout.slots,
        unknown=layout.unknown,
        made=tuple(outcome for outcome in outcomes if isinstance(outcome, Made)),
        rejected=_by_line([outcome for outcome in outcomes if isinstance(outcome, Rejected)]),
        rows=layout.tally.rows,
        left_out=layout.tally.left_out,
    )


def _watched(table: Table, limits: Limits, progress: Progress, stop: Stop) -> Iterator[SourceRow]:
    """The table's rows, with a look at Stop and a word of progress now and then."""
    for count, row in enumerate(table.rows):
        if count % BREATH == 0:
            if stop():
                raise Stopped
            progress(count, table.expected_rows)
        if count >= limits.rows:
            raise Unreadable("too_many_rows", line=row.line, limit=limits.rows)
        yield row


def _by_line(rejected: list[Rejected]) -> tuple[Rejected, ...]:
    """One rejection a line of the file, in its order; what else is wrong there stands beside."""
    merged: dict[int, Rejected] = {}
    for one in rejected:
        for line in one.lines:
            before = merged.get(line)
            if before is None:
                merged[line] = Rejected((line,), replace(one.fault, line=line))
            else:
                also = (*before.fault.also, replace(one.fault, also=()))
                merged[line] = Rejected((line,), replace(before.fault, also=also))
    return tuple(merged[line] for line in sorted(merged))
