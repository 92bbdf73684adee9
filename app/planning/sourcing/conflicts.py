"""Which orders want pieces that are not enough for all of them: any can have them, not all."""

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """The pieces of one product that an order still needs, and the nodes that could send them."""

    order: str
    pieces: int
    nodes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Orders that share too few pieces: each of them could go without, whoever gets them.

    `nodes` are where the pieces lie, `available` how many there are.
    """

    orders: tuple[str, ...]
    nodes: tuple[str, ...]
    asked: int
    available: int

    @property
    def short(self) -> int:
        return self.asked - self.available


class Sharing:
    """As many pieces as can be given to these wishes, and what that leaves."""

    def __init__(self, wishes: Sequence[Wish], free: Mapping[str, int]) -> None:
        self._wishes = wishes
        self.left = Counter({node: many for node, many in free.items() if many > 0})
        self.unmet = [wish.pieces for wish in wishes]
        self._given: list[Counter[str]] = [Counter() for _ in wishes]
        self._takers: dict[str, set[int]] = {}
        for number in range(len(wishes)):
            while self.unmet[number] and self._give(number):
                pass

    @property
    def short(self) -> int:
        """The pieces that nobody can have."""
        return sum(self.unmet)

    def conflicts(self) -> list[Conflict]:
        """The orders that could go without, in groups that share pieces with each other."""
        orders, seen = self._reached(n for n, many in enumerate(self.unmet) if many)[0], set[int]()
        found = []
        for number in sorted(orders):
            if number not in seen:
                group = self._together(number, orders)
                seen |= group
                found.append(self._conflict(group))
        return found

    def _give(self, number: int) -> bool:
        """One piece more for a wish, others giving way to what is left for them elsewhere."""
        _, came_to, came_from = self._reached([number])
        node = next((one for one in came_to if self.left[one] > 0), None)
        if node is None:
            return False
        self.left[node] -= 1
        self.unmet[number] -= 1
        while True:
            taker = came_to[node]
            self._move(taker, node, 1)
            if taker == number:
                return True
            node = came_from[taker]
            self._move(taker, node, -1)

    def _move(self, number: int, node: str, by: int) -> None:
        given = self._given[number]
        given[node] += by
        takers = self._takers.setdefault(node, set())
        if given[node]:
            takers.add(number)
        else:
            takers.discard(number)

    def _reached(self, starts: Iterable[int]) -> tuple[set[int], dict[str, int], dict[int, str]]:
        """Who would have to give way if these took more, and how it comes to that.

        For each node who would take there, for each who gives way where.
        """
        orders, waiting = set[int](), deque(starts)
        orders.update(waiting)
        came_to: dict[str, int] = {}
        came_from: dict[int, str] = {}
        while waiting:
            number = waiting.popleft()
            for node in sorted(self._wishes[number].nodes - came_to.keys()):
                came_to[node] = number
                for taker in sorted(self._takers.get(node, set()) - orders):
                    orders.add(taker)
                    came_from[taker] = node
                    waiting.append(taker)
        return orders, came_to, came_from

    def _together(self, first: int, among: set[int]) -> set[int]:
        """Those of them that are bound to one by nodes that they share."""
        group, waiting = {first}, [first]
        while waiting:
            nodes = self._wishes[waiting.pop()].nodes
            for other in among - group:
                if not nodes.isdisjoint(self._wishes[other].nodes):
                    group.add(other)
                    waiting.append(other)
        return group

    def _conflict(self, group: set[int]) -> Conflict:
        asked = sum(self._wishes[number].pieces for number in group)
        unmet = sum(self.unmet[number] for number in group)
        nodes = {node for number in group for node in self._wishes[number].nodes}
        orders = sorted(self._wishes[number].order for number in group)
        return Conflict(tuple(orders), tuple(sorted(nodes)), asked, asked - unmet)


def conflicts_among(wishes: Iterable[Wish], free: Mapping[str, int]) -> list[Conflict]:
    """The conflicts about one product, `free` being its pieces by node."""
    in_turn = sorted(wishes, key=lambda wish: wish.order)
    return Sharing(in_turn, free).conflicts()
