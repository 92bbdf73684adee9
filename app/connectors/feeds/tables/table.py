"""A table as it was found in a file: a header, numbered rows, and how it is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import NamedTuple, Self

from app.connectors.feeds.tables.source import Encoding, Form
from app.domain.reasons import Reason

#: How a cell says that its formula was never calculated; who types cells refuses it.
FORMULA_WITHOUT_RESULT = "=?"


class SourceRow(NamedTuple):
    """One row as text; `trouble` says why its cells cannot be trusted."""

    line: int
    cells: list[str]
    trouble: Reason | None = None


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written, as it was detected; `decimal_mark` is empty where no decimal is."""

    form: Form
    encoding: Encoding
    separator: str = ""
    decimal_mark: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()


class Table:
    """Rows to be read once, in order; closes its file when left."""

    def __init__(
        self,
        header: tuple[str, ...],
        rows: Iterator[SourceRow],
        dialect: Dialect,
        expected_rows: int,
        close: Callable[[], None],
    ) -> None:
        self.header = header
        self.rows = rows
        self.dialect = dialect
        self.expected_rows = expected_rows
        self.close = close

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()
