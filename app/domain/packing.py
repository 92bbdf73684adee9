"""How many parcels some lines make, and what they weigh and fill."""

from collections.abc import Iterable, Mapping

from app.domain.nodes import Product
from app.domain.orders import OrderLine
from app.domain.values import Load

#: A piece heavier or bigger than this travels in a parcel of its own.
BULKY_G = 15_000
BULKY_ML = 60_000
#: What a parcel of smaller pieces may weigh and fill.
PARCEL_G = 25_000
PARCEL_ML = 60_000


def packed(lines: Iterable[OrderLine], products: Mapping[str, Product]) -> Load:
    """The load of some lines; an unknown product weighs nothing and still takes a parcel."""
    weight_g = volume_ml = bulky = small_g = small_ml = 0
    for line in lines:
        product = products.get(line.sku, Product(line.sku))
        piece_g, piece_ml = product.weight_g, product.filled_ml
        weight_g += line.quantity * piece_g
        volume_ml += line.quantity * piece_ml
        if piece_g > BULKY_G or piece_ml > BULKY_ML:
            bulky += line.quantity
        else:
            small_g += line.quantity * piece_g
            small_ml += line.quantity * piece_ml
    small = max(-(-small_g // PARCEL_G), -(-small_ml // PARCEL_ML))
    return Load(weight_g, volume_ml, max(1, bulky + small))
