"""Rows of one sheet of a workbook, streamed from its XML as the texts that people see."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from math import isfinite
from string import ascii_letters
from typing import IO

from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.escape import unescape

from app.connectors.feeds.tables.table import FORMULA_WITHOUT_RESULT
from app.connectors.feeds.tables.xml_parts import parsed

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of any sheet

#: A number of a style as a date or time; None = it is just a number.
Dates = Callable[[int, float], str | None]


class NotASheet(ValueError):
    """A row or a column that no spreadsheet has."""


class SheetRows:
    """The rows that hold anything, each with its number in the sheet."""

    def __init__(self, file: IO[bytes], texts: Sequence[str], dates: Dates) -> None:
        self._file = file
        self._texts = texts
        self._dates = dates
        self._ready: list[tuple[int, list[str]]] = []
        self._line = 0
        self._cells: list[str] = []
        self._attributes: Mapping[str, str] = {}
        self._value = ""
        self._has_formula = False
        self._hears = False
        self.expected = 0  # rows, as the sheet says before they come: good for a progress bar

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        for _ in parsed(self._file, self._starts, self._ends, self._says):
            yield from self._ready
            self._ready.clear()

    def _starts(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._attributes, self._value, self._has_formula = attributes, "", False
        elif name in ("v", "t"):
            self._hears = True
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._line = int(float(attributes.get("r", self._line + 1)))
            self._cells = []
            if not 0 < self._line <= LAST_ROW:
                raise NotASheet
        elif name == "dimension":
            last = attributes.get("ref", "").rpartition(":")[2].lstrip(ascii_letters + "$")
            self.expected = min(int(last), LAST_ROW) if last.isdecimal() else 0

    def _says(self, text: str) -> None:
        if self._hears:
            self._value += text

    def _ends(self, name: str) -> None:
        if name in ("v", "t"):
            self._hears = False
        elif name == "c":
            self._take_cell()
        elif name == "row" and any(self._cells):
            self._ready.append((self._line, self._cells))

    def _take_cell(self) -> None:
        position = self._position()
        if position == len(self._cells):
            self._cells.append(self._text())
        else:
            self._cells += [""] * (position + 1 - len(self._cells))
            self._cells[position] = self._text()

    def _position(self) -> int:
        reference = self._attributes.get("r")
        if not reference:
            return len(self._cells)
        column: int = column_index_from_string(reference.rstrip("0123456789"))
        if column > LAST_COLUMN:
            raise NotASheet
        return column - 1

    def _text(self) -> str:
        """The cell as a CSV file would hold it."""
        value, kind = self._value, self._attributes.get("t", "n")
        if not value:  # a formula may well come to an empty text: that is `str`
            return FORMULA_WITHOUT_RESULT if self._has_formula and kind != "str" else ""
        if kind == "s":
            return self._texts[int(value)]
        if kind == "n":
            return self._number(value)
        if kind == "b":
            return "true" if value in ("1", "true") else "false"
        return str(unescape(value))

    def _number(self, value: str) -> str:
        style = int(self._attributes.get("s", 0))
        if style and (shown := self._dates(style, float(value))) is not None:
            return shown
        return value if value.isdecimal() else plain_number(value)


def plain_number(value: str) -> str:
    """A number to the 15 digits that spreadsheets show: 3.0000000000000004 is 3, 1E-5 0.00001."""
    number = float(value)
    return f"{Decimal(f'{number:.15g}').normalize():f}" if isfinite(number) else value
