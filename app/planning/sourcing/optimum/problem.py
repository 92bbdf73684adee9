"""What sourcing all orders at once is: orders, what nodes could send, what it costs; whole numbers.

Everything is columns of integers, so that a day of twenty thousand orders is a handful of arrays.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Orders to be given to nodes at least cost.

    A *line* asks for pieces for an order; a piece that nobody sends costs `line_unserved`. A *case*
    is an order as one rule sees it: an order has one or several, and is served by one of them, in
    `case_most` shipments at most (`case_partly` where pieces are left over), for `case_cost`
    besides what its shipments cost. A *pair* is a node that a case allows, with what a shipment
    from there costs; an *option* is a line that it could help with, out of a *cell* of stock. A
    node makes `node_room` shipments at most. No part of a split order, nor what is left over, may
    be worth less than `least_value`, at `line_value` a piece.

    Lines are in order of `line_order`, cases of `case_order`, pairs of `pair_case`, options of
    `option_pair`. Money is in whole units of the caller's choice: cents, or parts of cents.
    """

    orders: int
    line_order: Ints
    line_asked: Ints
    line_unserved: Ints
    line_value: Ints
    case_order: Ints
    case_most: Ints
    case_partly: Ints
    case_cost: Ints
    pair_case: Ints
    pair_node: Ints
    pair_cost: Ints
    option_pair: Ints
    option_line: Ints
    option_cell: Ints
    cell_pieces: Ints
    node_room: Ints
    least_value: int = 0

    @property
    def nodes(self) -> int:
        return len(self.node_room)

    def line_starts(self) -> Ints:
        """Where the lines of each order begin, and the end."""
        return np.searchsorted(self.line_order, np.arange(self.orders + 1))


@dataclass(frozen=True, slots=True)
class Sent:
    """A shipment: by which case, from which node, how many pieces of which lines."""

    case: int
    node: int
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Best:
    """What is known at a moment: the best cost, and what nobody can go below."""

    seconds: float
    cost: int
    bound: int

    @property
    def gap(self) -> float:
        """By how much of itself the cost may be too high."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Shipments in order of their case, what they cost, and how good that is at the least.

    `curve` is how the best cost and the bound came about; `prices` of the cells and the nodes are
    those of the bound: what one more piece, or one more shipment, would save. `proven` says that
    nothing cheaper exists.
    """

    shipments: tuple[Sent, ...]
    cost: int
    bound: int
    curve: tuple[Best, ...]
    cell_price: Floats
    node_price: Floats
    stopped: bool = False

    @property
    def proven(self) -> bool:
        return self.cost == self.bound

    @property
    def gap(self) -> float:
        return self.curve[-1].gap if self.curve else 0.0
