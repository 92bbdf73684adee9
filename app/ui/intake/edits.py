"""What a person changes in a mapping: each change gives a new one."""

from collections.abc import Sequence
from dataclasses import replace

from app.connectors.feeds.columns import Column, Kind
from app.connectors.feeds.mappings.mapping import Fill, Mapping
from app.connectors.feeds.mappings.suggested import dated, unit_of

Rows = Sequence[Sequence[str]]


def columns_filled_by(mapping: Mapping, title: str) -> tuple[str, ...]:
    """Which of our columns a column of the file fills."""
    return tuple(name for name, fill in mapping.fills if title in (*fill.columns, fill.total))


def become(
    mapping: Mapping, kind: Kind, title: str, name: str, header: Sequence[str], rows: Rows
) -> Mapping:
    """A column of the file fills this one of ours and no other; nothing when `name` is empty.

    Where ours is filled by others already, theirs are put together in the order of the file.
    """
    freed = _without(mapping, title)
    if not name:
        return freed
    before = dict(freed.fills).get(name)
    if before is None or not before.columns:
        return filled(freed, kind, name, _fill_from(title, _column(kind, name), header, rows))
    together = sorted({*before.columns, title}, key=lambda each: _place(header, each))
    return filled(freed, kind, name, replace(before, columns=tuple(together)))


def fill_from(
    mapping: Mapping, kind: Kind, name: str, title: str, header: Sequence[str], rows: Rows
) -> Mapping:
    """One of our columns is filled by this column of the file, which may fill others too."""
    return filled(mapping, kind, name, _fill_from(title, _column(kind, name), header, rows))


def filled(mapping: Mapping, kind: Kind, name: str, fill: Fill | None) -> Mapping:
    """The mapping with this fill for one of our columns, in the kind's order; None = nothing."""
    fills = dict(mapping.fills)
    if fill is None:
        fills.pop(name, None)
    else:
        fills[name] = fill
    ordered = tuple((c.name, fills[c.name]) for c in kind.columns if c.name in fills)
    return replace(mapping, fills=ordered)


def written(mapping: Mapping, **said: str) -> Mapping:
    """The mapping with another word on how the file is written; titles may be others then."""
    again = replace(mapping, **said)  # type: ignore[arg-type]  # the names are the fields'
    return again if set(said) == {"decimal_mark"} else replace(again, fills=())


def _without(mapping: Mapping, title: str) -> Mapping:
    fills = []
    for name, fill in mapping.fills:
        left = tuple(each for each in fill.columns if each != title)
        if left != fill.columns:
            if left:
                fills.append((name, replace(fill, columns=left)))
        elif fill.total != title:
            fills.append((name, fill))
    return replace(mapping, fills=tuple(fills))


def _fill_from(title: str, column: Column, header: Sequence[str], rows: Rows) -> Fill:
    """Unit and form of date are suggested, as they are when the file is first seen."""
    return dated(Fill((title,), unit=unit_of(title, column)), column, header, rows)


def _column(kind: Kind, name: str) -> Column:
    return next(column for column in kind.columns if column.name == name)


def _place(header: Sequence[str], title: str) -> int:
    return list(header).index(title) if title in header else len(header)
