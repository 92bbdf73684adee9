"""How wide the columns of one table are: what a person hid or widened, and what figures need."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.ui.widgets.fitting import Need, fitted_widths
from app.ui.widgets.rows import Column


class ColumnWidths:
    """Columns by their place; `title_width` tells the pixels that a column's title needs."""

    def __init__(self, columns: Sequence[Column[Any]], title_width: Callable[[int], int]) -> None:
        self._columns, self._title_width = columns, title_width
        self.hidden: frozenset[str] = frozenset()
        self._asked: dict[int, int] = {}  # widths the person gave
        self._needed: dict[int, int] = {}  # widths below which a figure would be cut

    def hide(self, names: Iterable[str]) -> None:
        """Leave these columns out, and no others."""
        self.hidden = frozenset(names)

    def show(self, name: str, *, shown: bool) -> None:
        """Leave one column out, or show it again."""
        self.hidden = self.hidden - {name} if shown else self.hidden | {name}

    def ask(self, place: int, width: int) -> None:
        """The person gave a column this width."""
        self._asked[place] = width

    def lack(self, place: int, width: int) -> bool:
        """A figure needs this width; whether that is more than was known."""
        if width <= self._needed.get(place, 0):
            return False
        self._needed[place] = width
        return True

    def fitted(self, room: int) -> list[int | None]:
        """The width of each column in so much room, None = it is not shown."""
        shown = [i for i, column in enumerate(self._columns) if column.name not in self.hidden]
        needs = [self._need(i) for i in shown]
        widths = dict(zip(shown, fitted_widths(needs, room), strict=True))
        return [widths.get(i) for i in range(len(self._columns))]

    def _need(self, place: int) -> Need:
        column = self._columns[place]
        asked = self._asked.get(place)
        needed = max(self._needed.get(place, 0), self._title_width(place))
        least = max(column.narrowest, needed)
        if asked is not None:
            return Need(asked, min(asked, least), grows=False, leaves=column.leaves)
        return Need(max(column.width, least), least, column.grows, column.leaves)
