"""Which part of a picture is taken, so that names and tags keep clear of marks."""

from collections.abc import Iterator
from typing import NamedTuple


class Taken(NamedTuple):
    """A rectangle that something stands in."""

    left: float
    top: float
    right: float
    bottom: float


def around(x: float, y: float, half_width: float, half_height: float) -> Taken:
    """The rectangle about a middle."""
    return Taken(x - half_width, y - half_height, x + half_width, y + half_height)


class Room:
    """Taken rectangles in a grid: asking stays quick with thousands of them."""

    def __init__(self, cell: float = 48.0) -> None:
        self._cell = cell
        self._cells: dict[tuple[int, int], list[Taken]] = {}

    def take(self, box: Taken) -> None:
        for key in self._keys(box):
            self._cells.setdefault(key, []).append(box)

    def taken_by(self, box: Taken) -> list[Taken]:
        """What the rectangle would cover, each once."""
        found = dict.fromkeys(
            other
            for key in self._keys(box)
            for other in self._cells.get(key, ())
            if box.left < other.right
            and other.left < box.right
            and box.top < other.bottom
            and other.top < box.bottom
        )
        return list(found)

    def is_free(self, box: Taken) -> bool:
        return not self.taken_by(box)

    def _keys(self, box: Taken) -> Iterator[tuple[int, int]]:
        for column in range(int(box.left // self._cell), int(box.right // self._cell) + 1):
            for row in range(int(box.top // self._cell), int(box.bottom // self._cell) + 1):
                yield column, row
