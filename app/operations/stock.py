"""The unified picture of stock, as rows, words and data."""

from typing import Any
from zoneinfo import ZoneInfo

from app.formats import number, short_moment
from app.i18n import _
from app.workspace import Workspace
from db.queries.stock import StockRow, stock_rows


def picture(
    workspace: Workspace, node: str | None = None, sku: str | None = None
) -> list[StockRow]:
    """Every cell of a node, of a product, or of both; reservations of this desk included."""
    return workspace.read(stock_rows, node, sku)


def as_document(rows: list[StockRow], zone: ZoneInfo) -> dict[str, Any]:
    """The picture as the JSON of the public interface."""
    return {
        "rows": [
            {
                "node": row.cell.node,
                "sku": row.cell.sku,
                "on_hand": row.cell.on_hand,
                "reserved": row.cell.reserved,
                "blocked": row.cell.blocked,
                "safety_stock": row.cell.safety_stock,
                "inbound": row.cell.inbound,
                "in_transit": row.cell.in_transit,
                "available": row.available,
                "as_of": None if row.as_of is None else row.as_of.astimezone(zone).isoformat(),
                "provisional": False,
            }
            for row in rows
        ]
    }


def as_text(rows: list[StockRow], workspace: Workspace) -> str:
    """The picture as a table in words."""
    if not rows:
        return _("No stock is known. Import it: regie import stock.csv")
    head = (_("node"), _("product"), _("on hand"), _("reserved"), _("available"), _("as of"))
    lines = [head, *(_line(row, workspace.zone) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            text.rjust(width) if 2 <= i <= 4 else text.ljust(width)
            for i, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _line(row: StockRow, zone: ZoneInfo) -> tuple[str, ...]:
    as_of = "" if row.as_of is None else short_moment(row.as_of, zone)
    counts = (row.cell.on_hand, row.cell.reserved, row.available)
    return (row.cell.node, row.cell.sku, *(number(count) for count in counts), as_of)
