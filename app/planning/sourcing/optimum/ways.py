"""The ways in which orders can be served that are worth weighing against each other."""

from dataclasses import dataclass

import numpy as np

from app.planning.sourcing.optimum.parts import Kind, Parts
from app.planning.sourcing.optimum.problem import Flags, Floats, Ints
from app.planning.sourcing.optimum.standing import Standing

#: More ways than these are not weighed against each other at once.
MOST_WAYS = 600_000


class TooManyWays(Exception):
    """The ways within the slack would not fit."""


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """Ways of orders; `parts[w]`, in order of part, has -1 where it has fewer shipments."""

    order: Ints
    parts: Ints
    cost: Floats

    def __len__(self) -> int:
        return len(self.order)


@dataclass(frozen=True, slots=True, eq=False)
class _Near:
    """Parts close to the cheapest of their slot, the cheapest first."""

    part: Ints
    dearer: Floats
    first: Ints
    count: Ints


def ways_within(
    parts: Parts, part_price: Floats, slot_price: Floats, order_price: Floats, slack: float
) -> Ways:
    """All ways at most so much dearer than an order's cheapest, at the prices of the moment.

    Raises:
        TooManyWays: there are more than can be weighed at once.
    """
    spares = [_spare(parts, kind, slot_price, order_price, slack) for kind in parts.kinds]
    near = _near(parts, part_price, slot_price, _spare_of_slots(parts, spares))
    width = max((kind.shape.ways.shape[1] for kind in parts.kinds), default=1)
    found = [
        _of_kind(parts, kind, near, spare, width)
        for kind, spare in zip(parts.kinds, spares, strict=True)
    ]
    if sum(len(one[0]) for one in found) > MOST_WAYS:
        raise TooManyWays
    order = np.concatenate([one[0] for one in found])
    rows = np.concatenate([one[1] for one in found])
    left = np.concatenate([one[2] for one in found])
    sent = np.append(parts.cost, 0.0)[rows].sum(axis=1) + left
    return Ways(order, rows, sent)


def also(ways: Ways, standing: Standing) -> tuple[Ways, Ints]:
    """The ways with those that stand among them, and where those are, in order of order."""
    known, wanted = _marks(ways.order, ways.parts), _marks(_each(standing), standing.parts)
    by_mark = np.argsort(known, kind="stable")
    at = np.searchsorted(known, wanted, sorter=by_mark)
    found = known[by_mark[np.minimum(at, len(known) - 1)]] == wanted
    new = np.flatnonzero(~found)
    start = np.where(found, by_mark[np.minimum(at, len(known) - 1)], 0)
    start[new] = len(known) + np.arange(len(new))
    more = Ways(
        np.concatenate([ways.order, new]),
        np.vstack([ways.parts, standing.parts[new]]),
        np.concatenate([ways.cost, standing.costs[new].astype(np.float64)]),
    )
    return more, start


def _each(standing: Standing) -> Ints:
    return np.arange(len(standing.costs))


def _marks(order: Ints, rows: Ints) -> Ints:
    """A number for each way, the same for the same one."""
    dice = np.random.default_rng(0)
    factors = dice.integers(1, 2**62, rows.shape[1] + 1, dtype=np.int64) * 2 + 1
    return np.asarray((rows + 2) @ factors[1:] + (order + 1) * factors[0])


def _spare(
    parts: Parts, kind: Kind, slot_price: Floats, order_price: Floats, slack: float
) -> Floats:
    """How much dearer than with its cheapest nodes each way of each case may be."""
    order = parts.problem.case_order[kind.cases]
    least = slot_price[kind.slots()].sum(axis=2) + kind.left_cost
    spare = slack - (least - order_price[order][:, None])
    spare[:, 0] = np.maximum(spare[:, 0], 0.0)  # sending nothing is always possible
    return np.asarray(spare)


def _spare_of_slots(parts: Parts, spares: list[Floats]) -> Floats:
    most = np.full(parts.slots, -1.0)
    for kind, spare in zip(parts.kinds, spares, strict=True):
        slots = kind.slots()
        np.maximum.at(most, slots, np.broadcast_to(spare[:, :, None], slots.shape))
    return most


def _near(parts: Parts, part_price: Floats, slot_price: Floats, spare: Floats) -> _Near:
    dearer = part_price - slot_price[parts.slot]
    kept = np.flatnonzero(dearer <= spare[parts.slot])
    kept = kept[np.lexsort((dearer[kept], parts.slot[kept]))]
    slot = parts.slot[kept]
    first = np.searchsorted(slot, np.arange(parts.slots))
    count = np.searchsorted(slot, np.arange(parts.slots), side="right") - first
    return _Near(kept, dearer[kept], first, count)


def _of_kind(
    parts: Parts, kind: Kind, near: _Near, spare: Floats, width: int
) -> tuple[Ints, Ints, Floats]:
    order = parts.problem.case_order[kind.cases]
    slots = kind.slots()
    case, way = np.nonzero(spare >= 0)
    room = spare[case, way]
    chosen = np.full((len(case), width), -1, dtype=np.int64)
    none = len(kind.shape.parts)
    for column in range(kind.shape.ways.shape[1]):
        asked = kind.shape.ways[way, column] < none
        case, way, room, chosen = _sent(
            parts, near, slots, column, asked, (case, way, room, chosen)
        )
    return order[case], chosen, kind.left_cost[case, way]


_State = tuple[Ints, Ints, Floats, Ints]


def _sent(
    parts: Parts, near: _Near, slots: Ints, column: int, asked: Flags, state: _State
) -> _State:
    """The next shipment of each way, from each node near enough in cost."""
    case, way, room, chosen = state
    slot = slots[case, way, column]
    count = np.where(asked, near.count[slot], 1)
    if count.sum() > 4 * MOST_WAYS:
        raise TooManyWays
    rows = np.repeat(np.arange(len(case)), count)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    at = np.minimum(near.first[slot][rows] + nth, max(0, len(near.part) - 1))
    some = asked[rows]
    part = np.where(some, near.part[at], -1) if len(near.part) else np.full(len(rows), -1)
    left = room[rows] - np.where(some, near.dearer[at], 0.0) if len(near.part) else room[rows]
    fits = left >= 0
    for before in range(column):
        earlier = chosen[rows, before]
        fits &= ~some | (parts.node[earlier] != parts.node[part])
        same = parts.slot[earlier] == parts.slot[part]
        fits &= ~some | ~same | (parts.node[earlier] < parts.node[part])
    rows = rows[fits]
    chosen = chosen[rows]
    chosen[:, column] = part[fits]
    return case[rows], way[rows], left[fits], chosen
