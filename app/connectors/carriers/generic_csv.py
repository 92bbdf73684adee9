"""Bookings as a CSV file: a row a shipment, in the charset and with the marks of the profile."""

import csv
import io
from collections.abc import Sequence

from app.connectors.carriers.columns import Cell, columns_for
from app.connectors.carriers.formulas import neutral
from app.domain.bookings import Booking, BookingFormat, CarrierProfile


def export(bookings: Sequence[Booking], profile: CarrierProfile) -> bytes:
    """The whole file; texts that a spreadsheet would run are made neutral."""
    columns = columns_for(profile)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=profile.separator, lineterminator=profile.newline)
    writer.writerow(column.name for column in columns)
    for booking in bookings:
        writer.writerow(_written(column.value(booking)) for column in columns)
    return text.getvalue().encode(profile.charset)


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return neutral(cell)
    return "" if cell is None else str(cell)


FORMAT = BookingFormat("csv", export)
