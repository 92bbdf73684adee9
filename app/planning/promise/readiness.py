"""When each node could have a basket ready: stock by date, age of its figure, hours, cut-off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.nodes import StockNode
from app.domain.orders import OrderLine
from app.domain.promises import PromiseStep, StepKind
from app.domain.reasons import Reason, because
from app.domain.stock import StockCell, available_to_promise
from app.planning.opening import departure, first_ready
from app.planning.promise.ground import PromiseGround
from app.planning.promise.trust import chance_there
from app.planning.sourcing.nodes import HORIZON

CellsBySku = Mapping[str, StockCell]


@dataclass(frozen=True, slots=True)
class Ready:
    """A node that can have the whole basket: `begins` once it is there, then ready, then leaves.

    `at` is its place in the table. `added_days` were put on top for an old stock figure.
    """

    at: int
    node: StockNode
    there: datetime
    begins: datetime
    ready: datetime
    leaves: datetime
    added_days: int
    counted: datetime | None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.node.timezone)


@dataclass(frozen=True, slots=True)
class NotReady:
    """A node that cannot have it within sight, and why."""

    at: int
    node: StockNode
    reason: Reason


class Shelf:
    """The basket's products at every node, for one question."""

    def __init__(
        self, ground: PromiseGround, lines: Sequence[OrderLine], cells: Iterable[StockCell]
    ) -> None:
        self.ground = ground
        self.lines = _added_up(lines)
        self._cells: dict[str, dict[str, StockCell]] = {}
        for cell in cells:
            self._cells.setdefault(cell.node, {})[cell.sku] = cell

    def readiness(self, at: int, now: datetime) -> Ready | NotReady:
        """When the node could have the basket ready if it is ordered now."""
        node = self.ground.table.nodes[at]
        if not node.active:
            return NotReady(at, node, because("switched_off"))
        cells = self._cells.get(node.code, {})
        floor = self.ground.policy.sourcing.floor_of(node.kind)
        there = _there_from(cells, self.lines, floor, now)
        if there is None:
            return NotReady(at, node, _shortage(cells, self.lines, floor))
        counted = _counted(cells, self.lines)
        limit = timedelta(hours=self.ground.policy.promise.stale_age_h)
        old = counted is None or counted < now - limit
        added = self.ground.policy.promise.stale_days if old else 0
        begins = self._not_full(at, there + timedelta(days=added))
        return self._prepared(Ready(at, node, there, begins, begins, begins, added, counted))

    def chance(self, found: Ready, now: datetime) -> float:
        """The chance that all pieces are there; what has yet to arrive is taken at its word."""
        cells = self._cells.get(found.node.code, {})
        chance = 1.0
        for sku, pieces in self.lines.items():
            cell = cells[sku]
            if cell.available >= pieces:
                chance *= chance_there(cell, pieces, found.node.kind, now)
        return chance

    def _not_full(self, at: int, begins: datetime) -> datetime:
        """Today's orders may be all that a node prepares: then tomorrow."""
        table = self.ground.table
        tomorrow = datetime.combine(self.ground.on + timedelta(days=1), time(), self.ground.zone)
        full = table.load[at] >= table.limits[at]
        return max(begins, tomorrow.astimezone(UTC)) if full else begins

    def _prepared(self, begun: Ready) -> Ready | NotReady:
        node, hours = begun.node, self.ground.table.windows[begun.at]
        if hours is None:
            return NotReady(begun.at, node, because("hours_unreadable", hours=node.opening_hours))
        windows = self.ground.windows(begun.at, begun.begins)
        ready = first_ready(windows, timedelta(minutes=node.preparation_minutes))
        leaves = None if ready is None else departure(node, windows, ready, begun.begins)
        if ready is None or leaves is None:
            return NotReady(begun.at, node, because("closed_for_long", days=HORIZON.days))
        return replace(begun, ready=ready, leaves=leaves)


def steps_until_left(found: Ready, ground: PromiseGround, now: datetime) -> list[PromiseStep]:
    """The chain from the shelf to the door of the node."""
    steps = [PromiseStep(StepKind.STOCK, found.there, _said_of_stock(found, now))]
    if found.added_days:
        steps.append(PromiseStep(StepKind.DELAY, found.begins, _said_of_age(found, now)))
    if found.begins > found.there + timedelta(days=found.added_days):
        full = because(
            "promise_full_today",
            orders=int(ground.table.load[found.at]),
            limit=int(ground.table.limits[found.at]),
        )
        steps.append(PromiseStep(StepKind.DELAY, found.begins, full))
    prepared = because(
        "promise_prepared",
        preparation_s=60 * found.node.preparation_minutes,
        ready_on=_local(found, found.ready),
        ready_at=_local(found, found.ready),
    )
    steps.append(PromiseStep(StepKind.PREPARATION, found.ready, prepared))
    if found.leaves > found.ready and found.node.cutoff is not None:
        late = because(
            "promise_cut_off",
            cutoff=f"{found.node.cutoff:%H:%M}",
            leaves_on=_local(found, found.leaves),
        )
        steps.append(PromiseStep(StepKind.CUT_OFF, found.leaves, late))
    return steps


def _said_of_stock(found: Ready, now: datetime) -> Reason:
    if found.there > now:
        return because(
            "promise_stock_coming", node=found.node.code, there_on=_local(found, found.there)
        )
    if found.counted is None:
        return because("promise_stock_uncounted", node=found.node.code)
    age_s = max(0, round((now - found.counted).total_seconds()))
    return because("promise_stock", node=found.node.code, age_s=age_s)


def _said_of_age(found: Ready, now: datetime) -> Reason:
    if found.counted is None:
        return because("promise_stale_unknown", days=found.added_days)
    age_s = round((now - found.counted).total_seconds())
    return because("promise_stale", age_s=age_s, days=found.added_days)


def _local(found: Ready, instant: datetime) -> str:
    return instant.astimezone(found.zone).isoformat(timespec="seconds")


def _added_up(lines: Sequence[OrderLine]) -> dict[str, int]:
    asked: dict[str, int] = {}
    for line in lines:
        asked[line.sku] = asked.get(line.sku, 0) + line.quantity
    return asked


def _there_from(
    cells: CellsBySku, asked: Mapping[str, int], floor: int, now: datetime
) -> datetime | None:
    """From when on all pieces may be promised together: now, or at one of the arrivals."""
    if any(sku not in cells for sku in asked):
        return None
    if all(cells[sku].available - floor >= pieces for sku, pieces in asked.items()):
        return now
    lots = {at for sku in asked for at in (cells[sku].inbound_at, cells[sku].in_transit_at) if at}
    return next(
        (
            max(at, now)
            for at in sorted(lots)
            if all(
                available_to_promise(cells[s], at) - floor >= pieces for s, pieces in asked.items()
            )
        ),
        None,
    )


def _counted(cells: CellsBySku, asked: Mapping[str, int]) -> datetime | None:
    """When the oldest figure was counted; None if that of any is unknown."""
    counted = [cells[sku].as_of for sku in asked]
    known = [at for at in counted if at is not None]
    return min(known) if len(known) == len(counted) else None


def _shortage(cells: CellsBySku, asked: Mapping[str, int], floor: int) -> Reason:
    """The first product that is missing, with what holds it."""
    for sku, pieces in asked.items():
        cell = cells.get(sku)
        if cell is None:
            return because("not_held", sku=sku, asked=pieces)
        left = max(0, cell.available - floor)
        if left < pieces:
            return because(
                "short_of_stock",
                sku=sku,
                asked=pieces,
                available=left,
                on_hand=cell.on_hand,
                reserved=cell.reserved,
                blocked=cell.blocked,
                safety=cell.safety_stock,
                taken=0,
                kept=cell.available - left,
            )
    return because("promise_not_together")
