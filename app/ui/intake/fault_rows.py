"""What is wrong with lines of a file, what was noted, and what would change: as rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from app import formats
from app.connectors.feeds.faults import Fault
from app.i18n import N_, _
from app.operations.intake_report import RowChange
from app.ui.widgets.looks import Align, Elide, Run, Words, figure, words
from app.ui.widgets.rows import Column
from app.wording import sentence
from app.wording.columns import COLUMNS

#: How many rows a list shows; a file of refused lines has them all.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One fault; `place` tells apart those of one line."""

    place: int
    line: int
    column: str
    value: str
    said: str
    tone: str


def fault_rows(faults: Iterable[Fault], tone: str) -> list[FaultRow]:
    """Every fault on a row of its own, as many as a list shows."""
    each = (one for fault in faults for one in (fault, *fault.also))
    return [
        FaultRow(place, one.line, one.column, one.value, sentence(one.reason), tone)
        for place, one in enumerate(islice(each, MOST))
    ]


def fault_columns() -> list[Column[FaultRow]]:
    """Line, column and value as they stand in the file, then the reason."""
    return [
        Column(
            name="line",
            title=N_("Line"),
            text=_line,
            look=lambda row: figure(_line(row), "text2"),
            sort=lambda row: row.line,
            align=Align.RIGHT,
            width=64,
        ),
        Column(
            name="column",
            title=N_("Column"),
            text=lambda row: row.column,
            width=140,
            least=90,
        ),
        Column(
            name="value",
            title=N_("Value"),
            text=lambda row: row.value,
            look=lambda row: Words((Run(row.value, "text1", strong=True),), Elide.MIDDLE),
            width=160,
            least=90,
        ),
        Column(
            name="reason",
            title=N_("Reason"),
            text=lambda row: row.said,
            look=lambda row: words(row.said, row.tone),
            width=400,
            least=160,
            grows=True,
        ),
    ]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A field that a line changes; `place` tells apart those of one line."""

    place: int
    change: RowChange


def change_columns() -> list[Column[ChangeRow]]:
    """What was there before, and what is to be there."""
    return [
        Column(
            name="line",
            title=N_("Line"),
            text=lambda row: formats.number(row.change.line),
            look=lambda row: figure(formats.number(row.change.line), "text2"),
            sort=lambda row: row.change.line,
            align=Align.RIGHT,
            width=64,
        ),
        Column(
            name="key",
            title=N_("Code"),
            text=lambda row: row.change.key,
            look=lambda row: Words((Run(row.change.key, strong=True),), Elide.MIDDLE),
            width=160,
            least=90,
        ),
        Column(name="field", title=N_("Column"), text=_field, width=140, least=90),
        Column(
            name="before",
            title=N_("Before"),
            text=lambda row: row.change.before,
            look=lambda row: words(row.change.before, "text3"),
            width=170,
            least=80,
            grows=True,
        ),
        Column(
            name="after",
            title=N_("After"),
            text=lambda row: row.change.after,
            width=170,
            least=80,
            grows=True,
        ),
    ]


def _line(row: FaultRow) -> str:
    return formats.number(row.line) if row.line else ""


def _field(row: ChangeRow) -> str:
    return _(COLUMNS.get(row.change.field, "")) or row.change.field
