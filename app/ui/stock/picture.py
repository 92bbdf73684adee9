"""Which lines of stock are shown, in which order: reckoned whole, away from the window's thread."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from app.ui.orders.search import plain
from app.ui.stock.lines import StockLine, by_node, by_product


class Grouping(Enum):
    """What makes a line."""

    CELLS = "cells"
    PRODUCTS = "products"
    NODES = "nodes"


class Only(Enum):
    """Which lines are wanted."""

    ALL = "all"
    AVAILABLE = "available"
    OUT = "out"  # nothing may be promised
    SHORT = "short"  # more is held than is there
    RESERVED = "reserved"  # our own orders hold some
    COMING = "coming"  # more is on its way
    OLD = "old"  # the figure is older than the limit


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants to see; `old_before` is the limit for the age of a figure."""

    search: str = ""
    node: str = ""
    only: Only = Only.ALL
    grouping: Grouping = Grouping.CELLS
    sort: str = "product"
    descending: bool = False
    by: datetime | None = None
    old_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Pieces of all lines that are shown."""

    on_hand: int = 0
    reserved: int = 0
    available: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """The lines in order and where each stands; how many there are of each grouping; sums."""

    asked: Asked
    lines: tuple[StockLine, ...] = ()
    places: dict[Hashable, int] = field(default_factory=dict)
    counts: dict[Grouping, int] = field(default_factory=lambda: dict.fromkeys(Grouping, 0))
    totals: Totals = Totals()


def picture(lines: Sequence[StockLine], asked: Asked) -> Picture:
    """The lines that are asked for."""
    found = _found(lines, asked)
    shown = [line for line in _grouped(found, asked.grouping) if _wanted(line, asked)]
    key = _KEYS.get(asked.sort, _by_product)
    shown.sort(key=lambda line: key(line, asked), reverse=asked.descending)
    return Picture(
        asked,
        tuple(shown),
        {line.key: place for place, line in enumerate(shown)},
        {grouping: _count(found, grouping, asked) for grouping in Grouping},
        Totals(
            sum(line.on_hand for line in shown),
            sum(line.reserved_here + line.reserved_elsewhere for line in shown),
            sum(line.available for line in shown),
        ),
    )


def is_old(line: StockLine, old_before: datetime | None) -> bool:
    """Whether the figure was counted too long ago, or nobody knows when."""
    return old_before is not None and (line.as_of is None or line.as_of < old_before)


def _found(lines: Sequence[StockLine], asked: Asked) -> list[StockLine]:
    words = plain(asked.search).split()
    return [
        line
        for line in lines
        if (not asked.node or line.node == asked.node)
        and (not words or all(word in line.words for word in words))
    ]


def _grouped(lines: list[StockLine], grouping: Grouping) -> list[StockLine]:
    match grouping:
        case Grouping.PRODUCTS:
            return by_product(lines)
        case Grouping.NODES:
            return by_node(lines)
        case Grouping.CELLS:
            return lines


def _count(lines: list[StockLine], grouping: Grouping, asked: Asked) -> int:
    if asked.only is Only.ALL and grouping is not Grouping.CELLS:
        return len({line.sku if grouping is Grouping.PRODUCTS else line.node for line in lines})
    return sum(_wanted(line, asked) for line in _grouped(lines, grouping))


def _wanted(line: StockLine, asked: Asked) -> bool:
    match asked.only:
        case Only.ALL:
            return True
        case Only.AVAILABLE:
            return line.available > 0
        case Only.OUT:
            return line.available == 0
        case Only.SHORT:
            return line.short > 0
        case Only.RESERVED:
            return line.reserved_here > 0
        case Only.COMING:
            return bool(line.inbound or line.in_transit)
        case Only.OLD:
            return is_old(line, asked.old_before)


def _by_node(line: StockLine, _asked: Asked) -> Any:
    return line.node, line.sku


def _by_product(line: StockLine, _asked: Asked) -> Any:
    return line.sku, line.node


def _by_label(line: StockLine, _asked: Asked) -> Any:
    return plain(line.label), line.sku, line.node


def _by_age(line: StockLine, _asked: Asked) -> Any:
    """The oldest first; of unknown age before all."""
    return line.as_of is not None, line.as_of.timestamp() if line.as_of is not None else 0.0


def _by_promise(line: StockLine, asked: Asked) -> Any:
    return line.available if asked.by is None else line.available_by(asked.by)


def _figure(name: str) -> Callable[[StockLine, Asked], Any]:
    return lambda line, _asked: (getattr(line, name), line.sku, line.node)


_KEYS: dict[str, Callable[[StockLine, Asked], Any]] = {
    "node": _by_node,
    "product": _by_product,
    "label": _by_label,
    "age": _by_age,
    "promise": _by_promise,
    **{
        name: _figure(name)
        for name in (
            "on_hand",
            "reserved_here",
            "reserved_elsewhere",
            "blocked",
            "safety_stock",
            "inbound",
            "in_transit",
            "available",
        )
    },
}
