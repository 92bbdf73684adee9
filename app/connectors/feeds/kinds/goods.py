"""products.csv and stock.csv: what there is, and how many of it where."""

from app.connectors.feeds.cells import code, known_node, known_sku, text, whole, words
from app.connectors.feeds.columns import Column, Kind, one_a_row
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.moments import moment
from app.connectors.feeds.rows import TypedRow
from app.domain.nodes import Product
from app.domain.stock import StockCell
from app.i18n import N_

_MOMENTS = ("inbound_at", "in_transit_at", "as_of")


def _product(row: TypedRow, _ground: Ground) -> Product:
    return Product(**row.cells)


def _cell(row: TypedRow, ground: Ground) -> StockCell:
    cells = row.cells
    if "reserved" in cells:
        cells["reserved_elsewhere"] = cells.pop("reserved")
    for name in _MOMENTS:
        if name in cells:
            cells[name] = row.instant(name, ground.zone)
    return StockCell(**cells)


def _counter(name: str, help_text: str) -> Column:
    return Column(name, whole(), help_text)


PRODUCTS = Kind(
    "products",
    "product",
    (
        Column("sku", code, N_("The article's own code, kept as written."), required=True),
        Column("label", text(), N_("What the article is called.")),
        Column("weight_g", whole(), N_("Weight of one piece, in grams."), unit="g"),
        Column("length_mm", whole(), N_("Length, in millimetres."), unit="mm"),
        Column("width_mm", whole(), N_("Width, in millimetres."), unit="mm"),
        Column("height_mm", whole(), N_("Height, in millimetres."), unit="mm"),
        Column(
            "volume_ml",
            whole(),
            N_("Volume, in millilitres; from the three sides if empty."),
            unit="ml",
        ),
        Column("handling", words, N_("What it asks for: cold fragile dangerous two_person.")),
        Column("ean", code, N_("Bar code.")),
    ),
    one_a_row(_product, key=lambda product: product.sku),
)

STOCK = Kind(
    "stock",
    "stock",
    (
        Column("node", known_node, N_("The code of a node that is there."), required=True),
        Column("sku", known_sku, N_("The code of a product that is there."), required=True),
        _counter("on_hand", N_("Pieces that are there.")),
        _counter("reserved", N_("Pieces that other systems hold; ours are added.")),
        _counter("blocked", N_("Pieces that may not be sold.")),
        _counter("safety_stock", N_("Pieces always kept back.")),
        _counter("inbound", N_("Pieces expected from suppliers.")),
        Column("inbound_at", moment(), N_("When they are expected.")),
        _counter("in_transit", N_("Pieces on their way from another node.")),
        Column("in_transit_at", moment(), N_("When they arrive.")),
        Column("as_of", moment(), N_("When this was counted; the moment of import if empty.")),
    ),
    one_a_row(_cell, key=lambda cell: (cell.node, cell.sku)),
)
