"""How a basket that no node has whole could still be promised: in parts, each from one node."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import prod

from app.domain.orders import OrderLine
from app.domain.promises import Promise, PromiseKind, PromiseOption, PromiseStep, StepKind
from app.domain.reasons import because
from app.domain.stock import StockCell
from app.domain.values import GeoPoint
from app.planning.promise.ground import PromiseGround

_Key = tuple[str, ...]
#: What the client goes for must all be at one place.
_FETCHED = frozenset({PromiseKind.PICKUP_POINT, PromiseKind.COLLECT})


def parts_of(
    lines: Sequence[OrderLine],
    cells: Iterable[StockCell],
    ground: PromiseGround,
    goal: GeoPoint | None,
) -> tuple[tuple[OrderLine, ...], ...]:
    """The lines shared among as few nodes as it takes, those with most first, then the nearest.

    Nothing where the policy allows no split or too few shipments, or where a line is nowhere whole.
    """
    sourcing = ground.policy.sourcing
    if not sourcing.split_allowed or len(lines) < 2:
        return ()
    having = _having(lines, cells, ground)
    away = ground.table.straight_m(goal) if goal is not None else None
    left = list(lines)
    parts: list[tuple[OrderLine, ...]] = []
    while left and len(parts) < sourcing.max_shipments:
        held = {at: [line for line in left if line.sku in skus] for at, skus in having.items()}
        best = min(
            (at for at in held if held[at]),
            key=lambda at: (
                -len(held[at]),
                0.0 if away is None else float(away[at]),
                ground.table.codes[at],
            ),
            default=None,
        )
        if best is None:
            return ()
        parts.append(tuple(held[best]))
        left = [line for line in left if line not in held[best]]
    return () if left else tuple(parts)


def in_parts(told: Sequence[Promise]) -> list[PromiseOption]:
    """What holds for every part: the last day of them, all their costs, all their chains."""
    options = [_by_way(each.options) for each in told]
    shared = set(options[0]).intersection(*options[1:]) if options else set()
    return [_joined([each[key] for each in options]) for key in sorted(shared)]


def _having(
    lines: Sequence[OrderLine], cells: Iterable[StockCell], ground: PromiseGround
) -> dict[int, set[str]]:
    """Which products each node has enough of now."""
    asked: Counter[str] = Counter()
    for line in lines:
        asked[line.sku] += line.quantity
    having: dict[int, set[str]] = {}
    for cell in cells:
        at = ground.table.index.get(cell.node)
        if at is None or not ground.table.active[at] or cell.sku not in asked:
            continue
        floor = ground.policy.sourcing.floor_of(ground.table.nodes[at].kind)
        if cell.available - floor >= asked[cell.sku]:
            having.setdefault(at, set()).add(cell.sku)
    return having


def _by_way(options: Iterable[PromiseOption]) -> dict[_Key, PromiseOption]:
    """The first option of each way that parts can share; the soonest stands first."""
    ways: dict[_Key, PromiseOption] = {}
    for option in options:
        fetched = option.kind in _FETCHED
        ways.setdefault((option.kind, option.place if fetched else ""), option)
    return ways


def _joined(parts: Sequence[PromiseOption]) -> PromiseOption:
    last = max(parts, key=lambda part: part.window.start)
    nodes = "+".join(dict.fromkeys(part.node for part in parts))
    said = because("promise_in_parts", shipments=len(parts), nodes=nodes)
    known = [part.order_by for part in parts if part.order_by is not None]
    return replace(
        last,
        node=nodes,
        cost_cents=sum(part.cost_cents for part in parts),
        co2e_g=sum(part.co2e_g for part in parts),
        steps=(
            PromiseStep(StepKind.SPLIT, None, said),
            *(step for part in parts for step in part.steps),
        ),
        carrier="",
        service="",
        order_by=min(known, default=None),
        chance=round(prod(part.chance for part in parts), 4),
        added_days=max(part.added_days for part in parts),
        late_days=max(part.late_days for part in parts),
        parts=tuple(parts),
    )
