"""What the palette finds besides actions: orders by number, client, street and town; tours."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from app.formats import order_number, searchable
from app.ui.icons import Icon
from app.ui.widgets.palette_rows import PaletteEntry
from db.queries.board import OrderRow

MOST = 12


def palette_results(
    query: str, rows: Sequence[OrderRow], choose: Callable[[Iterable[str]], None]
) -> list[PaletteEntry]:
    """The day's orders that hold every word of the query, the first dozen."""
    words = [plain(word) for word in query.split()]
    if not words:
        return []
    found: list[PaletteEntry] = []
    for row in rows:
        text = plain(f"{row.code} {row.customer} {row.order.address.one_line} {row.nodes}")
        if "".join(words) in text or all(word in text for word in words):
            found.append(_entry(row, choose))
            if len(found) == MOST:
                break
    return found


def plain(text: str) -> str:
    """The text as search compares it: without accents, case and spaces."""
    bare = unicodedata.normalize("NFKD", searchable(text))
    return "".join(char for char in bare if not unicodedata.combining(char))


def _entry(row: OrderRow, choose: Callable[[Iterable[str]], None]) -> PaletteEntry:
    return PaletteEntry(
        text=f"{order_number(row.code)} · {row.customer}",
        run=lambda: choose((row.code,)),
        detail=row.order.address.one_line,
        icon=Icon.ORDER,
    )
