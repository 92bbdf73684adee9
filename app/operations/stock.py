"""The unified picture of stock, as rows, words and data."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.errors import UnknownSubject
from app.formats import number, short_moment
from app.i18n import _
from app.operations.stock_dates import available_dates, next_piece_chance
from app.workspace import Workspace
from db.nodes import load_nodes, load_products
from db.queries.stock import StockRow, stock_rows


def picture(
    workspace: Workspace, node: str | None = None, sku: str | None = None
) -> list[StockRow]:
    """Every cell of a node, of a product, or of both; reservations of this desk included.

    Raises:
        UnknownSubject: there is no such node or product.
    """
    if node is not None and node not in {known.code for known in workspace.read(load_nodes)}:
        raise UnknownSubject("node", node)
    if sku is not None and not workspace.read(load_products, {sku}):
        raise UnknownSubject("sku", sku)
    return workspace.read(stock_rows, node, sku)


def as_document(rows: list[StockRow], now: datetime) -> dict[str, Any]:
    """The picture as the JSON of the public interface; times are in the zone of the node."""
    return {"rows": [_row_document(row, now) for row in rows]}


def as_text(rows: list[StockRow]) -> str:
    """The picture as a table in words."""
    if not rows:
        return _("No stock is known. Import it: regie import stock.csv")
    head = (_("node"), _("product"), _("on hand"), _("reserved"), _("available"), _("as of"))
    lines = [head, *(_line(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            text.rjust(width) if 2 <= i <= 4 else text.ljust(width)
            for i, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _row_document(row: StockRow, now: datetime) -> dict[str, Any]:
    cell, zone = row.cell, ZoneInfo(row.timezone)
    sure = next_piece_chance(cell, row.kind, now)
    return {
        "node": cell.node,
        "sku": cell.sku,
        "on_hand": cell.on_hand,
        "reserved": cell.reserved,
        "handed_over": row.handed_over,
        "blocked": cell.blocked,
        "safety_stock": cell.safety_stock,
        "inbound": cell.inbound,
        "inbound_at": _at(cell.inbound_at, zone),
        "in_transit": cell.in_transit,
        "in_transit_at": _at(cell.in_transit_at, zone),
        "available": row.available,
        "as_of": _at(row.as_of, zone),
        "provisional": False,
        "available_by": {each.when.value: each.pieces for each in available_dates(cell, now, zone)},
        "next_piece_sure": None if sure is None else round(sure, 4),
    }


def _at(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else moment.astimezone(zone).isoformat()


def _line(row: StockRow) -> tuple[str, ...]:
    as_of = "" if row.as_of is None else short_moment(row.as_of, ZoneInfo(row.timezone))
    counts = (row.cell.on_hand, row.cell.reserved, row.available)
    return (row.cell.node, row.cell.sku, *(number(count) for count in counts), as_of)
