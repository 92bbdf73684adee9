"""How a cell of theirs becomes the text ours would hold: codes, dates, units."""

from collections.abc import Callable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from app.connectors.feeds.cells import number_of
from app.connectors.feeds.columns import Column
from app.connectors.feeds.faults import Misfit
from app.connectors.feeds.mappings.mapping import Fill

Convert = Callable[[str], str]

#: What a unit measures, and how many of the smallest one it is.
UNITS: dict[str, tuple[str, Decimal]] = {
    "mg": ("weight", Decimal("0.001")),
    "g": ("weight", Decimal(1)),
    "kg": ("weight", Decimal(1_000)),
    "t": ("weight", Decimal(1_000_000)),
    "lb": ("weight", Decimal("453.59237")),
    "oz": ("weight", Decimal("28.349523125")),
    "mm": ("length", Decimal(1)),
    "cm": ("length", Decimal(10)),
    "dm": ("length", Decimal(100)),
    "m": ("length", Decimal(1_000)),
    "km": ("length", Decimal(1_000_000)),
    "in": ("length", Decimal("25.4")),
    "mi": ("length", Decimal(1_609_344)),
    "ml": ("volume", Decimal(1)),
    "cl": ("volume", Decimal(10)),
    "dl": ("volume", Decimal(100)),
    "l": ("volume", Decimal(1_000)),
    "cm3": ("volume", Decimal(1)),
    "dm3": ("volume", Decimal(1_000)),
    "m3": ("volume", Decimal(1_000_000)),
    "cents": ("money", Decimal(1)),
    "euros": ("money", Decimal(100)),
    "s": ("time", Decimal(1)),
    "min": ("time", Decimal(60)),
    "h": ("time", Decimal(3_600)),
}


def conversion(fill: Fill, column: Column, decimal_mark: str = "") -> Convert | None:
    """Everything that a mapping does to a cell of theirs, in order; None when it does nothing.

    Decimals go in and come out with the `decimal_mark`, where one is said.
    """
    steps: list[Convert] = []
    if fill.codes or fill.other_codes is not None:
        steps.append(_translated(fill))
    if fill.date:
        steps.append(_dated(fill.date))
    if fill.unit and fill.unit != column.unit:
        steps.append(_in_unit(fill.unit, column, decimal_mark))
    if not steps:
        return None

    def convert(cell: str) -> str:
        for step in steps:
            cell = step(cell)
        return cell

    return convert


def can_convert(unit: str, column: Column) -> bool:
    """Do both measure the same?"""
    return unit in UNITS and column.unit in UNITS and UNITS[unit][0] == UNITS[column.unit][0]


def _translated(fill: Fill) -> Convert:
    codes = {theirs.casefold(): ours for theirs, ours in fill.codes}
    other = fill.other_codes
    return lambda cell: codes.get(cell.casefold(), cell if other is None else other)


def _dated(form: str) -> Convert:
    has_clock = any(mark in form for mark in ("%H", "%I", "%X", "%c", "%T", "%R"))

    def convert(cell: str) -> str:
        try:
            read = datetime.strptime(cell, form)  # noqa: DTZ007 - the zone comes with the row
        except (ValueError, OverflowError) as error:
            raise Misfit("not_in_date_format", form=form) from error
        return read.isoformat() if has_clock else read.date().isoformat()

    return convert


def _in_unit(unit: str, column: Column, decimal_mark: str) -> Convert:
    factor = UNITS[unit][1] / UNITS[column.unit][1]

    def convert(cell: str) -> str:
        value = number_of(cell, decimal_mark) * factor
        if not column.exact:
            value = value.quantize(Decimal(1), ROUND_HALF_UP)
        return f"{value:f}".replace(".", decimal_mark or ".")

    return convert
