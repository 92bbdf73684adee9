"""Rows of a spreadsheet, streamed as the text that a CSV file would hold."""

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

import openpyxl
from defusedxml.common import DefusedXmlException

from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.tables.source import CHUNK, Limits, Source
from app.connectors.feeds.tables.table import Dialect, SourceRow, Table

BATCH = 500
LAST_ROW = 1_048_576  # of any sheet

#: What openpyxl, zipfile and the XML parser raise on a workbook that no spreadsheet wrote.
_BROKEN = (
    DefusedXmlException,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")

if not openpyxl.DEFUSEDXML:
    raise ImportError("hostile workbooks are read only with defusedxml, and it is switched off")


def open_xlsx(source: Source, limits: Limits, sheet: str = "") -> Table:
    """The table of a sheet, the first one unless named; its first row with text heads it.

    Raises:
        Unreadable: no workbook, no such sheet, or no header.
    """
    file = source.path.open("rb")
    try:
        workbook = _Workbook(file, source, limits)
        chosen = workbook.sheet_named(sheet)
        rows = workbook.rows(chosen)
        header = next(rows, None)
        if header is None:
            raise Unreadable("empty_file", file=source.path.name)
    except BaseException:
        file.close()
        raise
    dialect = Dialect(source.form, source.encoding, sheet=chosen, sheets=workbook.sheets)
    expected = workbook.expected_rows(chosen)
    return Table(tuple(header.cells), rows, dialect, expected, file.close)


class _Workbook:
    """A workbook read row by row; formulas without a result are told from empty cells."""

    def __init__(self, file: BinaryIO, source: Source, limits: Limits) -> None:
        self._name = source.path.name
        self._limits = limits
        self._values = self._loaded(file, data_only=True)
        self._formulas = self._loaded(file, data_only=False) if _has_formulas(file) else None
        self.sheets: tuple[str, ...] = tuple(page.title for page in self._values.worksheets)

    def sheet_named(self, name: str) -> str:
        if not self.sheets or (name and name not in self.sheets):
            found = ", ".join(self.sheets)
            raise Unreadable("no_such_sheet", file=self._name, sheet=name, sheets=found)
        return name or self.sheets[0]

    def expected_rows(self, sheet: str) -> int:
        return min(LAST_ROW, self._values[sheet].max_row or 0)

    def rows(self, sheet: str) -> Iterator[SourceRow]:
        """The rows that hold anything, numbered as in the sheet."""
        for line, cells in enumerate(self._lines(sheet), 1):
            if line > LAST_ROW or len(cells) > self._limits.columns:
                raise Unreadable("damaged_workbook", line=line, file=self._name)
            if any(cell is not None for cell in cells):
                yield SourceRow(line, [_text(cell) for cell in cells])

    def _lines(self, sheet: str) -> Iterator[tuple[Any, ...]]:
        values = self._batches(self._values[sheet])
        if self._formulas is None:
            return values
        return map(_worked_out, values, self._batches(self._formulas[sheet]))

    def _loaded(self, file: BinaryIO, *, data_only: bool) -> Any:
        try:
            with _calm():
                return openpyxl.load_workbook(
                    file, read_only=True, data_only=data_only, keep_links=False
                )
        except _BROKEN as error:
            raise Unreadable("damaged_workbook", file=self._name) from error

    def _batches(self, page: Any) -> Iterator[tuple[Any, ...]]:
        page.reset_dimensions()  # what a file says of its own size is not to be relied on
        rows = page.iter_rows(values_only=True)
        while True:
            try:
                with _calm():
                    batch = list(islice(rows, BATCH))
            except _BROKEN as error:
                raise Unreadable("damaged_workbook", file=self._name) from error
            if not batch:
                return
            yield from batch


class _calm(warnings.catch_warnings):  # noqa: N801 - reads as a word
    """openpyxl warns of what it does not draw (validations, extensions): nothing for us."""

    def __enter__(self) -> None:
        super().__enter__()
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


class _NotWorkedOut:
    """A formula that no spreadsheet has calculated: it has no value that could be taken."""


def _worked_out(values: tuple[Any, ...], formulas: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        _NotWorkedOut if value is None and formula is not None else value
        for value, formula in zip(values, formulas, strict=False)
    )


def _has_formulas(file: BinaryIO) -> bool:
    """Is there a formula in any sheet? A pass over the bytes, much cheaper than parsing twice."""
    with zipfile.ZipFile(file) as archive:
        pages = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_holds_formula(archive, name) for name in pages)


def _holds_formula(archive: zipfile.ZipFile, name: str) -> bool:
    try:
        with archive.open(name) as page:
            tail = b""
            while chunk := page.read(CHUNK):
                if _FORMULA.search(tail + chunk):
                    return True
                tail = chunk[-16:]
    except _BROKEN:
        return False  # told when the rows are read
    return False


#: How a cell says that its formula was never worked out; parsers refuse it.
FORMULA_WITHOUT_RESULT = "=?"


def _moment(cell: datetime) -> str:
    """To the second, as the sheet shows it; at midnight a day and nothing more."""
    whole = (cell + timedelta(milliseconds=500)).replace(microsecond=0)
    return whole.date().isoformat() if whole.time() == time() else whole.isoformat()


_WRITTEN: dict[type, Callable[[Any], str]] = {
    bool: lambda cell: "true" if cell else "false",
    float: lambda cell: f"{Decimal(repr(cell)).normalize():f}",
    datetime: _moment,
    date: date.isoformat,
    time: lambda cell: cell.strftime("%H:%M:%S"),
    type: lambda _not_worked_out: FORMULA_WITHOUT_RESULT,
}


def _text(cell: Any) -> str:
    """The cell as a CSV file would hold it."""
    return "" if cell is None else _WRITTEN.get(type(cell), str)(cell)
