"""Bookings as an XLSX file: typed cells, and the same bytes each time it is written."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from app.connectors.carriers.columns import Cell, Column, columns_for
from app.domain.bookings import Booking, BookingFormat, CarrierProfile

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOMENTS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
#: What XML 1.0 cannot hold is written as spreadsheets do, `_x0000_`; so is a text that looks so.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\r\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def export(bookings: Sequence[Booking], profile: CarrierProfile) -> bytes:
    """The whole workbook: one sheet, a heading that stays in view, a row a shipment."""
    from openpyxl import Workbook  # 0.2 s to import, and only needed here

    book = Workbook()
    sheet = book.active
    columns = columns_for(profile)
    sheet.title = "bookings"
    _write_heading(sheet, columns)
    for row, booking in enumerate(bookings, start=2):
        for number, column in enumerate(columns, start=1):
            _write(sheet.cell(row, number), column.value(booking))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    written = io.BytesIO()
    book.save(written)
    return _timeless(written.getvalue(), bookings)


def _write_heading(sheet: Any, columns: Sequence[Column]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(1, number, column.name)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width


def _write(cell: Any, value: Cell) -> None:
    """A text stays a text, whatever it begins with."""
    if not isinstance(value, str):
        cell.value = value
        return
    if value:
        cell.value = _UNWRITABLE.sub(lambda found: f"_x{ord(found.group()):04X}_", value)
        cell.data_type = "s"
        cell.number_format = "@"


def _timeless(workbook: bytes, bookings: Sequence[Booking]) -> bytes:
    """The same workbook with the moment of the bookings in place of the writer's clock."""
    moment = max((b.created_at for b in bookings), default=datetime(1980, 1, 1, tzinfo=UTC))
    stamp = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = _MOMENTS.sub(rb"\g<1>" + stamp + rb"\g<3>", source.read(name))
            target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


FORMAT = BookingFormat("xlsx", export)
