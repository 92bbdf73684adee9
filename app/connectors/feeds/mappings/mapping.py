"""How somebody else's layout is read as ours: a saved mapping, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fill:
    """What fills one of our columns: columns of theirs, a constant, or a figure over a group.

    Several columns are joined by `glue`; `default` stands for a blank. Then, in this order: `codes`
    translates, `date` reads their form of a date (as strptime knows it), `unit` is converted from.
    A column of a joined file is written `name.column`.
    """

    columns: tuple[str, ...] = ()
    constant: str | None = None
    count: bool = False
    total: str = ""
    glue: str = " "
    codes: tuple[tuple[str, str], ...] = ()
    other_codes: str | None = None
    date: str = ""
    unit: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Join:
    """Columns of a second file beside the first: rows whose `key` equals our column `on`.

    With `many`, each row that fits makes a row of its own; else there should be one at most.
    """

    name: str
    file: str
    on: str
    key: str
    many: bool = False
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Rows not wanted: those whose column holds one of these values ("" = nothing)."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A layout of somebody else's for one kind; `fills` names our columns.

    `file` is the name of the file it was made for, `timezone` the zone of its times when they
    bear none; with `group_by`, rows alike in those columns make one. `encoding`, `separator` and
    `decimal_mark` are those of a text file where finding them out fails; empty = as found.
    """

    kind: str
    fills: tuple[tuple[str, Fill], ...]
    file: str = ""
    sheet: str = ""
    timezone: str = ""
    joins: tuple[Join, ...] = ()
    leave_out: tuple[LeaveOut, ...] = ()
    group_by: tuple[str, ...] = ()
    encoding: str = ""
    separator: str = ""
    decimal_mark: str = ""
