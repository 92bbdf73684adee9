"""What a kind of file is: its columns, and how rows of them become values of the domain."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.connectors.feeds.cells import Parser
from app.connectors.feeds.faults import Misfit
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.rows import Made, Rejected, TypedRow
from app.domain.reasons import because

Assemble = Callable[[Iterable[TypedRow], Ground], Iterator[Made | Rejected]]
Build = Callable[[TypedRow, Ground], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column that a file may have: how its cells are read, and what it holds (`help`).

    `unit` is what its numbers are in, and what a mapping converts to: rounded unless `exact`.
    `shared` marks what several rows say together, such as an order's customer: it may stand on
    one of them. `absent` is the reason given where a mapping's joined file has nothing for it.
    """

    name: str
    parse: Parser
    help: str
    required: bool = False
    unit: str = ""
    exact: bool = False
    shared: bool = False
    absent: str = "no_match"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: `name` is its own and the file's, `row_kind` what the journal calls a row."""

    name: str
    row_kind: str
    columns: tuple[Column, ...]
    assemble: Assemble

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)


def one_a_row(build: Build, key: Callable[[Any], object]) -> Assemble:
    """Every row makes one value; a key that came before in the same file is refused."""

    def assemble(rows: Iterable[TypedRow], ground: Ground) -> Iterator[Made | Rejected]:
        first_lines: dict[object, int] = {}
        for row in rows:
            made = built(row, build, ground)
            if made is not None:
                first = first_lines.setdefault(key(made.value), row.line)
                if first != row.line:
                    row.faults.append(row.fault(because("repeated", first_line=first)))
            yield row.rejected() if row.faults or made is None else made

    return assemble


def built(row: TypedRow, build: Build, ground: Ground) -> Made | None:
    """The row's value; None when the row has faults, or gets one here."""
    if row.faults:
        return None
    try:
        value = build(row, ground)
    except Misfit as misfit:
        row.faults.append(row.fault(misfit.reason, misfit.column))
        return None
    return Made(value, row.source.lines, tuple(row.notes))
