"""Rows of a spreadsheet, streamed as the text that a CSV file would hold."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO
from xml.parsers.expat import ExpatError

from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.tables.sheet_rows import SheetRows
from app.connectors.feeds.tables.source import Limits, Source
from app.connectors.feeds.tables.table import Dialect, SourceRow, Table
from app.connectors.feeds.tables.workbook import Sheet, Workbook

#: What is raised by a workbook that no spreadsheet wrote.
_BROKEN = (
    ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def open_xlsx(source: Source, limits: Limits, sheet: str = "") -> Table:
    """The table of a sheet, the first visible one unless named; its first row with text heads it.

    Raises:
        Unreadable: no workbook, no such sheet, or no header.
    """
    file = source.path.open("rb")
    try:
        workbook = _opened(file, source)
        chosen = _chosen(workbook, sheet, source)
        found = SheetRows(workbook.open(chosen), workbook.texts, workbook.shown)
        rows = _rows(found, source, limits)
        header = next(rows, None)
        if header is None:
            raise Unreadable("empty_file", file=source.path.name)
    except BaseException:
        file.close()
        raise
    names = tuple(sheet.name for sheet in workbook.sheets)
    dialect = Dialect(source.form, source.encoding, sheet=chosen.name, sheets=names)
    return Table(tuple(header.cells), rows, dialect, max(0, found.expected - 1), file.close)


def _opened(file: IO[bytes], source: Source) -> Workbook:
    try:
        return Workbook(file)
    except _BROKEN as error:
        raise Unreadable("damaged_workbook", file=source.path.name) from error


def _chosen(workbook: Workbook, name: str, source: Source) -> Sheet:
    fitting = [sheet for sheet in workbook.sheets if name in ("", sheet.name)]
    if not fitting:
        found = ", ".join(sheet.name for sheet in workbook.sheets)
        raise Unreadable("no_such_sheet", file=source.path.name, sheet=name, sheets=found)
    return next((sheet for sheet in fitting if name or sheet.visible), fitting[0])


def _rows(found: SheetRows, source: Source, limits: Limits) -> Iterator[SourceRow]:
    """The rows that hold anything, numbered as in the sheet."""
    name = source.path.name
    try:
        for line, cells in found:
            if len(cells) > limits.columns:
                raise Unreadable("too_many_columns", line=line, file=name, limit=limits.columns)
            yield SourceRow(line, cells)
    except _BROKEN as error:
        raise Unreadable("damaged_workbook", file=name) from error
