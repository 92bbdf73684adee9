"""From a file to the values of one kind: bytes > table > mapping > typed row or fault > value."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from app.connectors.feeds.columns import Kind
from app.connectors.feeds.faults import Fault, Unreadable
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.mappings.joins import Companions
from app.connectors.feeds.mappings.layout import Slot, lay_out
from app.connectors.feeds.mappings.mapping import Mapping
from app.connectors.feeds.rows import Made, Rejected, TypedRow
from app.connectors.feeds.tables.opening import Opened, open_table
from app.connectors.feeds.tables.source import LIMITS, Form, Limits, Source
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


class Feed:
    """An open file seen as a kind: bytes, table and mapping are behind, typing is ahead."""

    def __init__(
        self,
        path: Path,
        kind: Kind,
        mapping: Mapping | None,
        *,
        limits: Limits,
        head: int | None = None,
        progress: Progress = unheard,
        stop: Stop = never,
    ) -> None:
        self.kind = kind
        opened = opened_as_said(path, limits, mapping, stop)
        self.source, self._table = opened.source, opened.table
        if mapping is not None and self.dialect.form is Form.XLSX:
            mapping = replace(mapping, decimal_mark="")  # a workbook's numbers are numbers
        self._mapping = mapping
        try:
            rows = islice(_watched(self._table, limits, progress, stop), head)
            companions = Companions(path.parent, limits, stop)
            self.layout = lay_out(self._table.header, rows, kind, mapping, companions)
        except BaseException:
            self._table.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._table.close()

    @property
    def dialect(self) -> Dialect:
        return self._table.dialect

    def typed(self, ground: Ground) -> Iterator[TypedRow]:
        """The rows with their cells read, or faults."""
        places = self.layout.places
        return typed_rows(self.layout.rows(), self.layout.slots, places, self._grounded(ground))

    def outcomes(self, ground: Ground) -> Iterator[Made | Rejected]:
        """What the rows become."""
        return self.kind.assemble(self.typed(ground), self._grounded(ground))

    def _grounded(self, ground: Ground) -> Ground:
        """A mapping's own zone is that of times without one, its mark that of all decimals."""
        if self._mapping is None:
            return ground
        zone = ZoneInfo(self._mapping.timezone) if self._mapping.timezone else ground.zone
        return replace(ground, zone=zone, decimal_mark=self._mapping.decimal_mark)


def opened_as_said(
    path: Path, limits: Limits, mapping: Mapping | None = None, stop: Stop = never
) -> Opened:
    """The file as a mapping says it is written, else as it is found.

    Raises:
        Unreadable: it is no table, or breaks a limit.
        EnvironmentProblem: the machine does not let it be read.
    """
    if mapping is None:
        return open_table(path, limits, stop=stop)
    return open_table(
        path,
        limits,
        sheet=mapping.sheet,
        encoding=mapping.encoding,
        separator=mapping.separator,
        stop=stop,
    )


def read_feed(
    path: Path,
    kind: Kind,
    ground: Ground,
    *,
    mapping: Mapping | None = None,
    limits: Limits = LIMITS,
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
    with Feed(path, kind, mapping, limits=limits, head=head, progress=progress, stop=stop) as feed:
        outcomes = list(feed.outcomes(ground))
        return Harvest(
            kind=kind,
            source=feed.source,
            dialect=feed.dialect,
            slots=feed.layout.slots,
            unknown=feed.layout.unknown,
            made=tuple(outcome for outcome in outcomes if isinstance(outcome, Made)),
            rejected=_by_line([o for o in outcomes if isinstance(o, Rejected)]),
            rows=feed.layout.tally.rows,
            left_out=feed.layout.tally.left_out,
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
