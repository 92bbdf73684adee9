"""From where an order could be sent, what each way would count, and the stock that all share."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Option:
    """A node that could send an order whole, as the rules allow.

    `visit` is its stop in the tours' problem, None where no tour starts there; `carrier_mc` is what
    a carrier asks from there, or what leaving it out counts where none would have it (`priced`
    says which); `beside_mc` what else follows from the node: last pieces, busy nodes. All in
    thousandths of a cent.
    """

    node: str
    visit: int | None
    carrier_mc: int
    beside_mc: int = 0
    priced: bool = True


@dataclass(frozen=True, slots=True)
class Movable:
    """An order that may be sent from elsewhere; the first of its options is how it is now.

    `shipment` is what answers it now, `becomes` the one that would be made.
    """

    order: str
    shipment: str
    becomes: str
    pieces: tuple[tuple[str, int], ...]
    options: tuple[Option, ...]

    @property
    def now(self) -> Option:
        return self.options[0]


@dataclass(slots=True)
class Shelf:
    """What nodes may still promise, and how many more orders they take today (absent = any)."""

    free: Counter[Cell]
    room: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, free: Mapping[Cell, int], room: Mapping[str, int]) -> "Shelf":
        return cls(Counter(free), dict(room))

    def copy(self) -> "Shelf":
        return Shelf(self.free.copy(), dict(self.room))

    def has(self, node: str, pieces: Iterable[tuple[str, int]]) -> bool:
        """Whether a node can promise all these pieces, and one order more."""
        enough = all(self.free[node, sku] >= many for sku, many in pieces)
        return enough and self.room.get(node, 1) > 0

    def move(self, pieces: Iterable[tuple[str, int]], node: str, to: str) -> None:
        """Give pieces back to one node and take them from another."""
        for sku, many in pieces:
            self.free[node, sku] += many
            self.free[to, sku] -= many
        for place, more in ((node, 1), (to, -1)):
            if place in self.room:
                self.room[place] += more
