"""Files for tests of the intake: each says only what matters to the case."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from app.connectors.feeds.columns import Kind
from app.connectors.feeds.ground import Ground, Known
from app.connectors.feeds.pipeline import Harvest, read_feed
from app.domain.places import Located, Precision
from app.domain.values import Address
from tests.builders import LAMBERSART

NODES_CSV = "code,name,kind,latitude,longitude\nLIL,Lille,store,50.6366,3.0635\n"
PRODUCTS_CSV = "sku,label,weight_g\nSKU1,Lamp,1000\nSKU2,Chair,4000\n"
STOCK_CSV = "node,sku,on_hand\nLIL,SKU1,10\nLIL,SKU2,3\n"
ORDER_HEADER = "order,placed_at,mode,sku,quantity,customer,postcode,town"
ORDERS_CSV = (
    f"{ORDER_HEADER}\n"
    "480001,2026-11-24T08:00,home_delivery,SKU1,1,Claire Delattre,59130,Lambersart\n"
    "480002,2026-11-24T08:05,home_delivery,SKU1,2,Paul Roux,59000,Lille\n"
)


def a_file(folder: Path, text: str | bytes, name: str = "file.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def a_workbook(
    folder: Path, rows: Iterable[Sequence[Any]], name: str = "file.xlsx", sheet: str = "Sheet"
) -> Path:
    """A workbook with one sheet of these rows."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(folder / name)
    return folder / name


def a_folder(folder: Path, **files: str) -> Path:
    """A folder with a day's files; keywords change or add some: `stock="..."` is stock.csv."""
    day = folder / "day"
    day.mkdir(exist_ok=True)
    contents = {
        "nodes": NODES_CSV,
        "products": PRODUCTS_CSV,
        "stock": STOCK_CSV,
        "orders": ORDERS_CSV,
    } | files
    for name, text in contents.items():
        a_file(day, text, f"{name}.csv")
    return day


def in_lambersart(address: Address) -> Located | None:
    """A gazetteer that knows one town."""
    known = address.town.casefold() == "lambersart"
    return Located(LAMBERSART, 0.7, Precision.TOWN, "59130 Lambersart") if known else None


class OneTown:
    """The same as a geocoder."""

    def locate(self, address: Address) -> Located | None:
        return in_lambersart(address)


#: What rows are judged against in tests of the pure part.
GROUND = Ground(
    known=Known(
        {"LIL": "Europe/Paris", "REU": "Indian/Reunion"},
        frozenset({"SKU1", "SKU2"}),
        frozenset({"DEX"}),
        frozenset({("DEX", "STD")}),
    ),
    locate=in_lambersart,
)


def harvest(path: Path, kind: Kind, ground: Ground = GROUND, **but: Any) -> Harvest:
    """The file read as the kind."""
    return read_feed(path, kind, ground, **but)


def codes(read: Harvest) -> list[tuple[int, str, str]]:
    """What was refused: line, column and code."""
    return [(r.fault.line, r.fault.column, r.fault.reason.code) for r in read.rejected]
