"""What sourcing decisions were made from, kept so that they can be made again alike."""

from array import array
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.nodes import Product, StockNode
from app.domain.offers import Refusal
from app.domain.orders import Order, Shipment
from app.domain.policy import Policy
from app.domain.sourcing import SourcingDecision
from app.domain.stock import StockCell
from app.domain.values import GeoPoint


class Decider(StrEnum):
    """Who made the decisions of a record.

    `named` is the rules for orders asked for by name, none of which waits for others.
    """

    RULES = "rules"
    NAMED = "named"
    OPTIMUM = "optimum"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class PackedStock:
    """Many stock cells as rows of numbers: a node, a SKU, then a value for each of `columns`.

    Nodes, SKUs and instants stand in lists and are known by their place; no instant is place -1.
    """

    columns: tuple[str, ...]
    nodes: tuple[str, ...]
    skus: tuple[str, ...]
    instants: tuple[datetime, ...]
    rows: bytes


@dataclass(frozen=True, slots=True)
class SourcingInputs:
    """All that a run of sourcing looked at; of orders without what only their drivers need."""

    policy: Policy
    now: datetime
    orders: tuple[Order, ...]
    nodes: tuple[StockNode, ...]
    stock: PackedStock
    products: tuple[Product, ...]
    held: dict[str, tuple[Shipment, ...]] = field(default_factory=dict)
    node_load: dict[str, int] = field(default_factory=dict)
    pickup_points: dict[str, GeoPoint] = field(default_factory=dict)
    refusals: dict[str, dict[str, Refusal]] = field(default_factory=dict)
    answers: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """Pieces that one node was to send for an order."""

    node: str
    sku: str
    pieces: int


@dataclass(frozen=True, slots=True)
class Made:
    """A decision in brief: the digest of all it says, and what it took from the stock.

    What a person did not accept was suggested and not `kept`.
    """

    order: str
    digest: str
    given: tuple[Given, ...] = ()
    kept: bool = True


@dataclass(frozen=True, slots=True)
class SourcingRecord:
    """Inputs and what was made of them, in the turn of the orders; `code` is a digest of it all."""

    code: str
    decider: Decider
    inputs: SourcingInputs
    made: tuple[Made, ...]

    def digest(self, order: str) -> str:
        """The digest of the decision on an order; empty when there was none."""
        return next((one.digest for one in self.made if one.order == order), "")


def given_by(decision: SourcingDecision) -> tuple[Given, ...]:
    """The pieces that a decision takes from the stock."""
    return tuple(
        Given(shipment.node, line.sku, line.quantity)
        for shipment in decision.shipments
        for line in shipment.lines
    )


_KEYS = ("node", "sku")
_COLUMNS = tuple(each.name for each in fields(StockCell) if each.name not in _KEYS)


def packed_stock(cells: Iterable[StockCell]) -> PackedStock:
    """Cells as numbers, in order of node and SKU."""
    ordered = sorted(cells, key=lambda cell: (cell.node, cell.sku))
    nodes: dict[str, int] = {}
    skus: dict[str, int] = {}
    instants: dict[datetime, int] = {}
    rows = array("i")
    for cell in ordered:
        rows.append(nodes.setdefault(cell.node, len(nodes)))
        rows.append(skus.setdefault(cell.sku, len(skus)))
        for name in _COLUMNS:
            rows.append(_number(getattr(cell, name), instants))
    return PackedStock(_COLUMNS, tuple(nodes), tuple(skus), tuple(instants), rows.tobytes())


def unpacked_stock(
    packed: PackedStock, only: Collection[str] | None = None
) -> tuple[StockCell, ...]:
    """The cells again, all or of some SKUs; a counter newer than they are has its usual value."""
    rows = array("i")
    rows.frombytes(packed.rows)
    width = len(_KEYS) + len(packed.columns)
    wanted = {at for at, sku in enumerate(packed.skus) if only is None or sku in only}
    starts = range(0, len(rows), width)
    return tuple(_cell(packed, rows[at : at + width]) for at in starts if rows[at + 1] in wanted)


def _number(value: int | datetime | None, instants: dict[datetime, int]) -> int:
    if isinstance(value, int):
        return value
    return -1 if value is None else instants.setdefault(value, len(instants))


def _cell(packed: PackedStock, row: "array[int]") -> StockCell:
    known: dict[str, Any] = {}
    for name, number in zip(packed.columns, row[len(_KEYS) :], strict=True):
        if name in _INSTANTS:
            known[name] = None if number < 0 else packed.instants[number]
        else:
            known[name] = number
    return StockCell(packed.nodes[row[0]], packed.skus[row[1]], **known)


#: The counters that are instants: those without a number by default.
_INSTANTS = frozenset(each.name for each in fields(StockCell) if each.default is None)
