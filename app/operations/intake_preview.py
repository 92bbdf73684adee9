"""What an import would make of a file: its columns, a sample of its rows, and what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from app.connectors.feeds.columns import Column, Kind
from app.connectors.feeds.faults import Fault, Unreadable
from app.connectors.feeds.ground import Ground, Known
from app.connectors.feeds.kinds import KINDS
from app.connectors.feeds.mappings.layout import by_our_names
from app.connectors.feeds.mappings.mapping import Fill, Mapping
from app.connectors.feeds.mappings.suggested import kind_guessed, suggest_mapping, with_dates
from app.connectors.feeds.pipeline import Feed, opened_as_said, read_feed
from app.connectors.feeds.rows import TypedRow
from app.connectors.feeds.tables.source import LIMITS, Limits
from app.connectors.feeds.tables.table import Dialect
from app.connectors.feeds.tables.tidy import tidy
from app.operations.intake_files import NAMES, chosen_kind, kind_by_name
from app.operations.intake_ground import ground_of
from app.operations.locating import Locator
from app.ports import Geocoder
from app.workspace import Workspace

#: How many rows are shown of each column.
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A cell as it stands in the file, and as it is read: one of value and fault."""

    text: str
    value: Any = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One of our columns, the title that fills it (empty = nothing does), and some cells."""

    column: Column
    title: str = ""
    examples: tuple[Example, ...] = ()

    @property
    def is_missing(self) -> bool:
        return self.column.required and not self.title


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file, seen as a kind through a mapping.

    `mapping` is the one that was used, `suggested` what the header would suggest; `unknown` are
    titles that nothing reads. `first_rows` are cells as they stand; `lines` are those of the
    examples. With `trouble` the file as a whole cannot be read so.
    """

    file: str
    kind: Kind
    dialect: Dialect
    header: tuple[str, ...]
    mapping: Mapping
    suggested: Mapping
    columns: tuple[ColumnUse, ...]
    unknown: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()
    rows: int = 0
    left_out: int = 0
    rejected: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    trouble: Fault | None = None
    first_rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[int, ...] = ()


def preview(
    workspace: Workspace,
    path: Path,
    kind: str = "",
    mapping: Mapping | None = None,
    *,
    rows: int = 200,
    examples: int = EXAMPLES,
    known: Known | None = None,
    gazetteer: Geocoder | None = None,
    limits: Limits = LIMITS,
) -> Preview:
    """Read the first rows of a file as the import would; without mapping, as named or suggested.

    A mapping that fills nothing says only how the file is written. `known` are the codes that
    rows may refer to: the workspace's own unless given.

    Raises:
        Unreadable: it is no table, or nothing tells what kind it is.
        EnvironmentProblem: the machine does not let it be read.
    """
    with opened_as_said(path, limits, mapping).table as table:
        header, dialect = tuple(tidy(title) for title in table.header), table.dialect
        first = tuple(tuple(row.cells) for row in islice(table.rows, examples))
    chosen = chosen_kind(kind, mapping) or kind_by_name(path) or kind_guessed(header, KINDS)
    if chosen is None:
        raise Unreadable("unknown_kind", file=path.name, names=NAMES)
    suggested = suggest_mapping(header, chosen)
    with Locator(workspace, gazetteer=gazetteer) as locator:
        ground = ground_of(workspace, workspace.policy(), locator, known)
        suggested = with_dates(suggested, chosen, header, first)
        used = _used(mapping, header, chosen, suggested)
        seen = Preview(
            path.name,
            chosen,
            dialect,
            header,
            used,
            suggested,
            _uses(chosen, used, ()),
            first_rows=first,
        )
        try:
            harvest = read_feed(path, chosen, ground, mapping=used, limits=limits, head=rows)
            typed = _typed(path, chosen, used, ground, limits, examples)
        except Unreadable as unreadable:
            return replace(seen, trouble=unreadable.fault)
    return replace(
        seen,
        columns=_uses(chosen, used, typed),
        unknown=harvest.unknown,
        values=harvest.values,
        rows=harvest.rows,
        left_out=harvest.left_out,
        rejected=tuple(one.fault for one in harvest.rejected),
        notes=harvest.notes,
        lines=tuple(row.line for row in typed),
    )


def _used(
    mapping: Mapping | None, header: Sequence[str], kind: Kind, suggested: Mapping
) -> Mapping:
    if mapping is not None and mapping.fills:
        return mapping
    found = _own_or_suggested(header, kind, suggested)
    return found if mapping is None else replace(mapping, kind=kind.name, fills=found.fills)


def _own_or_suggested(header: Sequence[str], kind: Kind, suggested: Mapping) -> Mapping:
    """Our own names where they are enough, as the import would; else what is suggested."""
    own = by_our_names(header, kind)
    named = {name for name, _ in own.fills}
    return own if named.issuperset(kind.required) else suggested


def _typed(
    path: Path, kind: Kind, mapping: Mapping, ground: Ground, limits: Limits, count: int
) -> list[TypedRow]:
    with Feed(path, kind, mapping, limits=limits, head=50 * count) as feed:
        return list(islice(feed.typed(ground), count))


def _uses(kind: Kind, mapping: Mapping, typed: Sequence[TypedRow]) -> tuple[ColumnUse, ...]:
    fills = dict(mapping.fills)
    return tuple(
        ColumnUse(column, _title(fills.get(column.name)), _examples(column, fills, typed))
        for column in kind.columns
    )


def _title(fill: Fill | None) -> str:
    """What people see as the source of a column."""
    if fill is None:
        return ""
    if fill.constant is not None:
        return f"= {fill.constant}"
    return " + ".join(fill.columns) or fill.total or "#"


def _examples(
    column: Column, fills: dict[str, Fill], typed: Sequence[TypedRow]
) -> tuple[Example, ...]:
    if column.name not in fills:
        return ()
    return tuple(
        Example(
            row.text(column.name),
            row.cells.get(column.name),
            next((f for f in row.faults if f.column == row.places[column.name].title), None),
        )
        for row in typed
    )
