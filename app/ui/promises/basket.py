"""How a basket is typed: products with numbers of pieces, parted by blanks or commas."""

import re
from collections.abc import Iterable

from app.domain.orders import OrderLine

_MOST_PIECES = 1_000_000
_PARTS = re.compile(r"[\s,;]+")


def basket_of(text: str) -> tuple[OrderLine, ...]:
    """The lines that were typed, such as `CUI-1960=2 ENF-1476`; one piece if no number follows."""
    return tuple(_line(part) for part in _PARTS.split(text.strip()) if part)


def as_typed(lines: Iterable[OrderLine]) -> str:
    """Lines as a person would type them."""
    return " ".join(
        line.sku if line.quantity == 1 else f"{line.sku}={line.quantity}" for line in lines
    )


def _line(part: str) -> OrderLine:
    sku, equals, number = part.rpartition("=")
    if equals and sku and number.isdigit() and 1 <= int(number) <= _MOST_PIECES:
        return OrderLine(sku, int(number))
    return OrderLine(part, 1)
