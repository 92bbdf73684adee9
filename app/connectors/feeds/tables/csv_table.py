"""Rows of a CSV file, streamed; a row that is broken does not take its neighbours with it."""

import csv
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TextIO

from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.tables.dialect import (
    SAMPLE_LINES,
    cells_of,
    decimal_mark,
    declared_separator,
    likely_separator,
)
from app.connectors.feeds.tables.source import Limits, Source
from app.connectors.feeds.tables.table import Dialect, SourceRow, Table
from app.domain.reasons import Reason, because

#: A cell may hold line breaks; one that holds more than this has lost its closing quote.
MOST_LINES_A_ROW = 100


def open_csv(source: Source, limits: Limits, said: str = "") -> Table:
    """The table of a text file: separator (unless `said`) and decimal mark found in its head.

    Raises:
        Unreadable: there is no header.
    """
    codec, errors = source.codec
    file = source.path.open(encoding=codec, errors=errors)
    try:
        lines = _Lines(file, limits.line_characters)
        sample = [line for line, _ in lines.ahead(SAMPLE_LINES) if line.strip()]
        separator = declared_separator(sample[0]) if sample else ""
        if separator:
            lines.skip_to_text()
            lines.take()
            sample = sample[1:]
        separator = said or separator or likely_separator(sample)
        header, rows = _header_and_rows(lines, separator, source)
        mark = decimal_mark([cells_of(line, separator) for line in sample[1:]])
    except BaseException:
        file.close()
        raise
    dialect = Dialect(source.form, source.encoding, separator, mark)
    return Table(header, rows, dialect, max(0, source.lines - 1), file.close)


def _header_and_rows(
    lines: "_Lines", separator: str, source: Source
) -> tuple[tuple[str, ...], Iterator[SourceRow]]:
    header = next(_records(lines, separator, lambda: 0), None)
    if header is None:
        raise Unreadable("empty_file", file=source.path.name)
    if header.trouble is not None:
        raise Unreadable("no_header", line=header.line, file=source.path.name)
    width = len(header.cells)
    return tuple(header.cells), _records(lines, separator, lambda: width)


def _records(lines: "_Lines", separator: str, width: Callable[[], int]) -> Iterator[SourceRow]:
    """Cut lines into rows.

    An open quote may swallow what follows: such a row is given up, and reading goes on with the
    very next line.
    """
    while (start := lines.skip_to_text()) is not None:
        record = _Record(lines, separator, width())
        cells = record.cells()
        if record.trouble is not None:
            lines.go_back_to(start + 1)
            yield SourceRow(start, cells, record.trouble)
        elif any(cells):
            yield SourceRow(start, cells)


class _Record:
    """The lines of one row, handed to the csv module as long as it asks for more."""

    def __init__(self, lines: "_Lines", separator: str, width: int) -> None:
        self._lines = lines
        self._separator = separator
        self._width = width
        self._taken = 0
        self.trouble: Reason | None = None

    def cells(self) -> list[str]:
        """The cells of the row; with `trouble`, those of its first line, as far as they go."""
        first = next(self, "")
        if '"' not in first:  # most rows: nothing for the csv module to do
            return first.rstrip("\n").split(self._separator)
        reader = csv.reader(chain([first], self), delimiter=self._separator, strict=True)
        try:
            cells = next(reader, [])
        except csv.Error:  # a quote closes in the middle of a cell
            cells = cells_of(first, self._separator)
            if not cells:
                self.trouble = because("unreadable_row")
            elif self._taken > 1 or first.count('"') % 2:
                self.trouble = self.trouble or because("open_quote")
            return cells
        return cells_of(first, self._separator) if self.trouble else cells

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        taken = self._lines.take()
        if taken is None or (self._taken and not self._may_go_on(taken[0])):
            self.trouble = because("open_quote")
            raise StopIteration
        line, self.trouble = taken
        self._taken += 1
        if self.trouble is not None:
            raise StopIteration
        return line

    def _may_go_on(self, line: str) -> bool:
        """A line that is whole by itself is a row of its own, not the rest of a cell."""
        whole = self._width > 1 and line.count('"') % 2 == 0
        if whole and len(cells_of(line, self._separator)) == self._width:
            return False
        return self._taken < MOST_LINES_A_ROW


class _Lines:
    """The lines of a file with their numbers; the last few can be taken again."""

    def __init__(self, file: TextIO, longest: int) -> None:
        self._file = file
        self._longest = longest
        self._kept: list[tuple[str, Reason | None]] = []  # lines from number `_first` on
        self._first = 1
        self._next = 1

    def take(self) -> tuple[str, Reason | None] | None:
        """The next line, or None at the end; a line too long comes empty, with its reason."""
        position = self._next - self._first
        if position == len(self._kept) and not self._read():
            return None
        self._next += 1
        return self._kept[position]

    def skip_to_text(self) -> int | None:
        """The number of the next line that is not blank; lines before it are let go."""
        while (taken := self.take()) is not None:
            if taken[0].strip() or taken[1] is not None:
                self._next -= 1
                del self._kept[: self._next - self._first]
                self._first = self._next
                return self._next
        return None

    def go_back_to(self, number: int) -> None:
        self._next = number

    def ahead(self, count: int) -> list[tuple[str, Reason | None]]:
        """The next lines, without taking them."""
        while len(self._kept) < count and self._read():
            pass
        return self._kept[:count]

    def _read(self) -> bool:
        line = self._file.readline(self._longest)
        if not line:
            return False
        reason = None
        if len(line) == self._longest and not line.endswith("\n"):
            reason = because("line_too_long", limit=self._longest)
            line = ""
            while (rest := self._file.readline(self._longest)) and not rest.endswith("\n"):
                pass
        self._kept.append((line, reason))
        return True
