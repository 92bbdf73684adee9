"""From laid rows to typed ones: every cell read by its column's parser, or a precise fault."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.connectors.feeds.faults import Fault, Misfit
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.mappings.layout import Slot
from app.connectors.feeds.rows import LaidRow, Place, TypedRow
from app.connectors.feeds.tables.table import FORMULA_WITHOUT_RESULT
from app.connectors.feeds.tables.tidy import tidy

#: What a spreadsheet writes where it could not calculate, in English and in French.
SPREADSHEET_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
    | {"#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!"}
)


def typed_rows(
    rows: Iterable[LaidRow], slots: Sequence[Slot], places: Mapping[str, Place], ground: Ground
) -> Iterator[TypedRow]:
    """Read every cell; what cannot be read is a fault of its row, and no other row's matter.

    A row in trouble is read as far as it goes, so that its order can be told, and is no good.
    """
    for row in rows:
        typed = TypedRow(row, places, {})
        _read_cells(typed, slots, ground)
        if row.trouble is not None:
            typed.faults[:] = [Fault(typed.line, "", "", row.trouble)]
        yield typed


def _read_cells(typed: TypedRow, slots: Sequence[Slot], ground: Ground) -> None:
    cells = typed.cells
    for slot, text in zip(slots, typed.source.cells, strict=True):
        try:
            cell = text and _cell(text, slot)
            if cell:
                cells[slot.column.name] = slot.column.parse(cell, ground)
            elif slot.column.required and not slot.column.shared:
                absent = slot.column.name in typed.source.unmatched
                raise Misfit(slot.column.absent if absent else "missing")
        except Misfit as misfit:
            typed.faults.append(typed.fault(misfit.reason, slot.column.name))


def _cell(text: str, slot: Slot) -> str:
    """The text as our column wants it: tidied, converted, or what stands for a blank."""
    cell = tidy(text)
    if cell.startswith(("#", "=")):
        _refuse_spreadsheet_slips(cell)
    if cell and slot.convert is not None:
        cell = slot.convert(cell)
    return cell


def _refuse_spreadsheet_slips(cell: str) -> None:
    if cell == FORMULA_WITHOUT_RESULT:
        raise Misfit("formula_without_result")
    if cell.upper() in SPREADSHEET_ERRORS:
        raise Misfit("spreadsheet_error")
