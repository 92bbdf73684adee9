"""Which columns of a table fill which of ours, and its rows laid out so."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.connectors.feeds.columns import Column, Kind
from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.mappings.conversions import Convert, conversion
from app.connectors.feeds.mappings.joins import (
    COUNT,
    TOTAL,
    Companions,
    Tally,
    Wide,
    as_wide,
    widened,
)
from app.connectors.feeds.mappings.mapping import Fill, Mapping
from app.connectors.feeds.rows import LaidRow, Place
from app.connectors.feeds.tables.table import SourceRow

ReadCell = Callable[[Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Slot:
    """One of our columns with what fills it; `title` is how people know it in their file."""

    column: Column
    fill: Fill
    title: str
    read: ReadCell
    convert: Convert | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A table seen as a kind; `unknown` are titles that fill nothing of ours."""

    slots: tuple[Slot, ...]
    unknown: tuple[str, ...]
    wide: Wide
    tally: Tally

    @property
    def places(self) -> dict[str, Place]:
        """Where each of our columns stands in a laid row."""
        return {slot.column.name: Place(i, slot.title) for i, slot in enumerate(self.slots)}

    def rows(self) -> Iterator[LaidRow]:
        """The table's rows in our columns' order."""
        readers = [slot.read for slot in self.slots]
        for row in self.wide.rows:
            cells = [read(row.cells) for read in readers]
            unmatched = self._without(row.unmatched) if row.unmatched else frozenset()
            yield LaidRow(row.lines, cells, row.trouble, unmatched)

    def _without(self, joins: frozenset[str]) -> frozenset[str]:
        """Our columns that those joined files would fill."""
        return frozenset(
            slot.column.name
            for slot in self.slots
            for title in slot.fill.columns
            if title.rpartition(".")[0] in joins
        )


def lay_out(
    header: Sequence[str],
    rows: Iterable[SourceRow],
    kind: Kind,
    mapping: Mapping | None,
    companions: Companions,
) -> Layout:
    """See a table as a kind, by a mapping or by our own names for columns.

    Raises:
        Unreadable: a column that the kind cannot do without has nothing to fill it.
    """
    tally = Tally()
    own = as_wide(header, rows, tally)
    mapping = mapping or by_our_names(own.titles, kind)
    wide = widened(own, mapping, tally, companions)
    fills = dict(mapping.fills)
    mark = mapping.decimal_mark
    slots = tuple(_slot(c, fills[c.name], wide, mark) for c in kind.columns if c.name in fills)
    missing = [name for name in kind.required if name not in fills]
    if missing:
        raise Unreadable("missing_columns", line=1, column=missing[0], columns=", ".join(missing))
    used = {title for fill in fills.values() for title in (*fill.columns, fill.total)}
    used |= {join.on for join in mapping.joins} | {rule.column for rule in mapping.leave_out}
    used |= set(mapping.group_by)
    return Layout(slots, tuple(t for t in own.titles if t and t not in used), wide, tally)


def by_our_names(titles: Sequence[str], kind: Kind) -> Mapping:
    """The mapping of a file that uses our own names, in any order and case.

    Raises:
        Unreadable: one name heads two columns.
    """
    named: dict[str, str] = {}
    ours = {column.name for column in kind.columns}
    for title in titles:
        name = "_".join(title.casefold().replace("-", " ").split())
        if name not in ours:
            continue
        if name in named:
            raise Unreadable("column_twice", line=1, column=title, title=title)
        named[name] = title
    return Mapping(kind.name, tuple((name, Fill((title,))) for name, title in named.items()))


def _slot(column: Column, fill: Fill, wide: Wide, decimal_mark: str) -> Slot:
    title = ", ".join(fill.columns) or fill.total or column.name
    convert = conversion(fill, column, decimal_mark)
    return Slot(column, fill, title, _reader(fill, wide), convert)


def _reader(fill: Fill, wide: Wide) -> ReadCell:
    """How the text of one of our columns comes out of a wide row."""
    read = _plain_reader(fill, wide)
    if not fill.default:
        return read
    return lambda cells: read(cells).strip() or fill.default


def _plain_reader(fill: Fill, wide: Wide) -> ReadCell:
    if fill.constant is not None:
        constant = fill.constant
        return lambda _cells: constant
    if fill.count or fill.total:
        position = wide.position(COUNT if fill.count else TOTAL + fill.total)
        return lambda cells: cells[position]
    positions = [wide.position(title) for title in fill.columns]
    if len(positions) == 1:
        (position,) = positions
        return lambda cells: cells[position]
    return lambda cells: fill.glue.join(c for p in positions if (c := cells[p].strip()))
