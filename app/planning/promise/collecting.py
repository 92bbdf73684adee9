"""At which stores a basket could be collected: from the shelf, or sent there from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.promises import PromiseKind, PromiseOption, PromiseStep, StepKind
from app.domain.reasons import Reason, because
from app.domain.values import GeoPoint, Window
from app.planning.promise.ground import PromiseGround, travel_time
from app.planning.promise.readiness import Ready
from app.planning.sourcing.nodes import HORIZON

#: How many of the nearest stores are told, each with what is on its shelf or can be sent there.
NEAREST = 3
#: The goods are ready so long before the store closes, or the client comes the next day.
_HAND_OVER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a basket comes to a store: who has it, how far away, and when it is there."""

    sender: Ready
    road_m: int
    there: datetime


def nearest_stores(ground: PromiseGround, goal: GeoPoint | None) -> list[int]:
    """The stores in use where clients collect, the nearest first; by code while no place is known.

    Only places in the table are said.
    """
    table = ground.table
    stores = [at for at in range(len(table)) if table.hands_over[at] and table.active[at]]
    if goal is None:
        return stores[:NEAREST]
    away = table.straight_m(goal)
    return sorted(stores, key=lambda at: (away[at], table.codes[at]))[:NEAREST]


def collect_option(
    store: int, found: Sequence[Ready], ground: PromiseGround, wanted_on: date | None
) -> PromiseOption | Reason:
    """The first hours at which a store could hand the basket over."""
    node = ground.table.nodes[store]
    way = _way_to(store, found, ground)
    if way is None:
        return because("promise_none_to_send", node=node.code)
    window = _first_open(store, ground, way.there, wanted_on)
    if window is None:
        return because("closed_for_long", days=HORIZON.days)
    on = window.start.astimezone(ZoneInfo(node.timezone)).date()
    sender = way.sender
    return PromiseOption(
        PromiseKind.COLLECT,
        sender.node.code,
        on,
        window,
        ground.way_cents(way.road_m) if sender.at != store else 0,
        ground.way_co2e_g(way.road_m),
        tuple(_steps(store, way, ground, window)),
        place=node.code,
        order_by=max(sender.ready, window.end - _HAND_OVER - (way.there - sender.leaves)),
        added_days=sender.added_days,
        late_days=max(0, (on - wanted_on).days) if wanted_on else 0,
    )


def _way_to(store: int, found: Sequence[Ready], ground: PromiseGround) -> _Way | None:
    """From the store's own shelf, else from who could have it there first, the nearest of those."""
    own = next((one for one in found if one.at == store), None)
    if own is not None:
        return _Way(replace(own, leaves=own.ready), 0, own.ready)
    goal = ground.table.nodes[store].point
    ways = []
    for one in found:
        if ground.table.transfers[one.at]:
            road_m = ground.road_m(one.at, goal) or 0
            ways.append(_Way(one, road_m, one.leaves + travel_time(road_m)))
    return min(ways, key=lambda w: (w.there, w.road_m, w.sender.node.code), default=None)


def _first_open(
    store: int, ground: PromiseGround, there: datetime, wanted_on: date | None
) -> Window | None:
    since = there
    if wanted_on is not None:
        zone = ZoneInfo(ground.table.nodes[store].timezone)
        since = max(there, datetime.combine(wanted_on, time(), zone).astimezone(UTC))
    return next((w for w in ground.windows(store, since) if w.end - w.start >= _HAND_OVER), None)


def _steps(store: int, way: _Way, ground: PromiseGround, window: Window) -> list[PromiseStep]:
    node, steps = ground.table.nodes[store], []
    zone = ZoneInfo(node.timezone)
    if way.sender.at != store:
        said = because(
            "promise_transfer",
            node=way.sender.node.code,
            to_node=node.code,
            there_on=way.there.astimezone(zone).isoformat(),
            there_at=way.there.astimezone(zone).isoformat(),
        )
        steps.append(PromiseStep(StepKind.TRANSFER, way.there, said))
    opens, closes = window.start.astimezone(zone), window.end.astimezone(zone)
    said = because(
        "promise_open",
        place=node.name or node.code,
        open_on=opens.date().isoformat(),
        opens=f"{opens:%H:%M}",
        closes=f"{closes:%H:%M}",
    )
    steps.append(PromiseStep(StepKind.OPENING, window.start, said))
    return steps
