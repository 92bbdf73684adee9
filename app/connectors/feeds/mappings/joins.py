"""Rows made wider by other files, thinned by a filter, gathered in groups: what a mapping asks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple

from app.connectors.feeds.cells import number_of
from app.connectors.feeds.faults import Misfit, Unreadable
from app.connectors.feeds.mappings.mapping import Join, LeaveOut, Mapping
from app.connectors.feeds.tables.opening import open_table
from app.connectors.feeds.tables.source import Limits
from app.connectors.feeds.tables.table import SourceRow
from app.connectors.feeds.tables.tidy import tidy
from app.domain.reasons import Reason, because
from app.ports import Stop, never

#: Titles of the columns that a group adds: how many rows, and the totals of columns.
COUNT = "\ue001count"
TOTAL = "\ue001total "


class WideRow(NamedTuple):
    """A row with the cells of every file; `unmatched` names joined files without a row for it."""

    lines: tuple[int, ...]
    cells: Sequence[str]
    trouble: Reason | None = None
    unmatched: frozenset[str] = frozenset()


@dataclass(slots=True)
class Tally:
    """What passes by while rows are read: how many there are, and how many were not wanted."""

    rows: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Wide:
    """Titles and rows, at any stage."""

    titles: tuple[str, ...]
    rows: Iterator[WideRow]

    def position(self, title: str) -> int:
        """Where a column stands.

        Raises:
            Unreadable: there is none of that title.
        """
        if title not in self.titles:
            raise Unreadable("no_such_column", line=1, column=title, title=title)
        return self.titles.index(title)


@dataclass(frozen=True, slots=True)
class Companions:
    """Where other files lie that a mapping may join: beside the first, and nowhere else."""

    folder: Path
    limits: Limits
    stop: Stop = never

    def file(self, name: str) -> Path:
        """The file of that name in the folder or below.

        Raises:
            Unreadable: it lies elsewhere.
        """
        try:
            path = (self.folder / name).resolve()
            inside = path.is_relative_to(self.folder.resolve())
        except (OSError, ValueError) as error:
            raise Unreadable("not_a_file", file=name) from error
        if not inside:
            raise Unreadable("outside_folder", file=name)
        return path


def widened(own: Wide, mapping: Mapping, tally: Tally, companions: Companions) -> Wide:
    """The rows as the mapping wants them: joined, filtered, grouped.

    Raises:
        Unreadable: a file to join is missing, elsewhere, or cannot be read.
    """
    wide = own
    for join in mapping.joins:
        wide = _joined(wide, join, companions)
    if mapping.leave_out:
        wide = _kept(wide, mapping.leave_out, tally)
    if mapping.group_by:
        totals = tuple(fill.total for _, fill in mapping.fills if fill.total)
        wide = _grouped(wide, mapping.group_by, totals, mapping.decimal_mark)
    return wide


def as_wide(header: Sequence[str], rows: Iterable[SourceRow], tally: Tally) -> Wide:
    """A table's own rows, each with as many cells as its header."""
    width = len(header)

    def even() -> Iterator[WideRow]:
        for row in rows:
            tally.rows += 1
            cells, trouble = row.cells, row.trouble
            if len(cells) < width:
                cells = cells + [""] * (width - len(cells))
            elif len(cells) > width:
                if any(cell.strip() for cell in cells[width:]):
                    trouble = trouble or because("too_many_cells", cells=len(cells), columns=width)
                cells = cells[:width]
            yield WideRow((row.line,), cells, trouble)

    return Wide(tuple(tidy(title) for title in header), even())


def _joined(wide: Wide, join: Join, companions: Companions) -> Wide:
    on = wide.position(join.on)
    titles, rows_by_key = _indexed(join, companions)
    blank = [""] * len(titles)
    missing = frozenset({join.name})

    def beside_each() -> Iterator[WideRow]:
        for row in wide.rows:
            found = None if row.trouble else rows_by_key.get(tidy(row.cells[on]))
            if not found:
                yield row._replace(cells=[*row.cells, *blank], unmatched=row.unmatched | missing)
            elif len(found) > 1 and not join.many:
                several = because("several_matches", file=join.file, key=tidy(row.cells[on]))
                yield row._replace(cells=[*row.cells, *blank], trouble=several)
            else:
                for theirs in found:
                    yield row._replace(cells=[*row.cells, *theirs])

    return Wide(wide.titles + titles, beside_each())


def _indexed(
    join: Join, companions: Companions
) -> tuple[tuple[str, ...], dict[str, list[Sequence[str]]]]:
    """The joined file's titles, and its rows by their key; where one is wanted, twins are one."""
    path, limits = companions.file(join.file), companions.limits
    rows_by_key: dict[str, list[Sequence[str]]] = {}
    with open_table(path, limits, sheet=join.sheet, stop=companions.stop).table as table:
        wide = as_wide(table.header, table.rows, Tally())
        key = wide.position(join.key)
        for row in islice(wide.rows, limits.joined_rows):
            found = rows_by_key.setdefault(tidy(row.cells[key]), [])
            if not row.trouble and (join.many or row.cells not in found):
                found.append(row.cells)
        if next(wide.rows, None) is not None:
            raise Unreadable("too_many_rows", file=path.name, limit=limits.joined_rows)
    rows_by_key.pop("", None)  # nothing is no key
    return tuple(f"{join.name}.{title}" for title in wide.titles), rows_by_key


def _kept(wide: Wide, rules: tuple[LeaveOut, ...], tally: Tally) -> Wide:
    unwanted = [(wide.position(rule.column), frozenset(rule.values)) for rule in rules]

    def leaves_out(row: WideRow) -> bool:
        return not row.trouble and any(tidy(row.cells[at]) in held for at, held in unwanted)

    def wanted() -> Iterator[WideRow]:
        for _, rows in groupby(wide.rows, key=lambda row: row.lines):
            left = [row for row in rows if not leaves_out(row)]
            tally.left_out += not left
            yield from left

    return Wide(wide.titles, wanted())


@dataclass(slots=True)
class _Group:
    first: WideRow
    lines: list[int]
    totals: list[Decimal]
    trouble: Reason | None = None


def _grouped(wide: Wide, by: tuple[str, ...], totals: tuple[str, ...], decimal_mark: str) -> Wide:
    keys = [wide.position(title) for title in by]
    summed = [wide.position(title) for title in totals]
    blank = [""] * (1 + len(totals))

    def gathered() -> Iterator[WideRow]:
        groups: dict[tuple[str, ...], _Group] = {}
        for row in wide.rows:
            if row.trouble:
                yield row._replace(cells=[*row.cells, *blank])
                continue
            key = tuple(tidy(row.cells[position]) for position in keys)
            group = groups.setdefault(key, _Group(row, [], [Decimal(0)] * len(summed)))
            group.lines.append(row.lines[0])
            _add_up(group, row, summed, decimal_mark)
        for group in groups.values():
            totalled = (f"{total:f}".replace(".", decimal_mark or ".") for total in group.totals)
            figures = [str(len(group.lines)), *totalled]
            cells = [*group.first.cells, *figures]
            yield group.first._replace(
                lines=tuple(dict.fromkeys(group.lines)), cells=cells, trouble=group.trouble
            )

    return Wide((*wide.titles, COUNT, *(TOTAL + title for title in totals)), gathered())


def _add_up(group: _Group, row: WideRow, summed: list[int], decimal_mark: str) -> None:
    for index, position in enumerate(summed):
        try:
            cell = row.cells[position].strip() or "0"
            group.totals[index] += number_of(cell, decimal_mark)
        except Misfit as misfit:
            group.trouble = misfit.reason
