"""Which of a view's lines are shown: a search and a few conditions, all of which must hold."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time
from zoneinfo import ZoneInfo

from app.domain.orders import Mode
from app.ui.orders.search import finds, plain
from app.ui.orders.standing import Standing
from app.ui.orders.work_row import WorkRow


@dataclass(frozen=True, slots=True)
class Filter:
    """What a person asked to see; an empty field asks nothing.

    `before` keeps what must be there by that time of its day, `heavy_g` what weighs at least that.
    """

    search: str = ""
    modes: frozenset[Mode] = frozenset()
    standings: frozenset[Standing] = frozenset()
    nodes: frozenset[str] = frozenset()
    before: time | None = None
    heavy_g: int | None = None
    approximate: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return self != Filter()

    @property
    def conditions(self) -> int:
        """How many conditions there are besides the search."""
        asked = (self.modes, self.standings, self.nodes, self.before, self.heavy_g)
        return sum(bool(each) for each in asked) + self.approximate

    def with_search(self, search: str) -> "Filter":
        return replace(self, search=search)


def shown(rows: Iterable[WorkRow], view: str, wanted: Filter, zone: ZoneInfo) -> list[WorkRow]:
    """The view's rows that the filter lets through."""
    held = [row for row in rows if view in row.views]
    query = plain(wanted.search)
    if query:
        held = [row for row in held if finds(query, row.words)]
    if wanted.conditions:
        held = [row for row in held if _lets_through(wanted, row, zone)]
    return held


def _lets_through(wanted: Filter, row: WorkRow, zone: ZoneInfo) -> bool:
    return (
        (not wanted.modes or row.mode in wanted.modes)
        and (not wanted.standings or row.standing in wanted.standings)
        and (not wanted.nodes or not wanted.nodes.isdisjoint(row.nodes))
        and (wanted.before is None or _due_before(row, wanted.before, zone))
        and (wanted.heavy_g is None or (row.weight_g or 0) >= wanted.heavy_g)
        and (not wanted.approximate or row.approximate)
    )


def _due_before(row: WorkRow, limit: time, zone: ZoneInfo) -> bool:
    return row.source.due_at.astimezone(zone).time() <= limit
