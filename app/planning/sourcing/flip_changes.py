"""Which single changes could let a node send that was kept out: stock, hours, room, reach."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

import numpy as np

from app.domain.policy import Policy, RuleSet
from app.domain.reasons import Reason, because
from app.planning.sourcing.needs import Need
from app.planning.sourcing.nodes import NodeTable
from app.planning.sourcing.pool import StockPool
from app.planning.sourcing.trial import Trial

#: What counts as one step of a change: a piece, an order of the day, or so much of these.
CUTOFF_STEP_S, PREPARATION_STEP_S, PROMISE_STEP_S, RANGE_STEP_M = 900, 600, 3_600, 5_000
#: Ranges and promises are told in whole ones of these.
_ROUND_M, _ROUND_S = 100, 300


@dataclass(frozen=True, slots=True)
class World:
    """All that decides one order, to be changed in one thing; deciding uses up a copy."""

    need: Need
    nodes: NodeTable
    pool: StockPool
    policy: Policy

    def with_node(self, at: int, **but: object) -> "World":
        changed = replace(self.nodes.nodes[at], **but)  # type: ignore[arg-type]  # fields by name
        return replace(self, nodes=self.nodes.with_node(at, changed))

    def with_pieces(self, sku: str, at: int, pieces: int) -> "World":
        pool = self.pool.copy()
        pool.add(sku, at, self.nodes.codes[at], pieces)
        return replace(self, pool=pool)

    def with_rule(self, rule: RuleSet) -> "World":
        """The rule of the same name says this."""
        sourcing = self.policy.sourcing
        chain = tuple(rule if each.name == rule.name else each for each in sourcing.chain)
        return replace(self, policy=replace(self.policy, sourcing=replace(sourcing, chain=chain)))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing otherwise, in favour of a node; fewer `steps` are a smaller change."""

    node: str
    steps: float
    reason: Reason
    made: Callable[[], World]


def changes_at(trial: Trial, at: int, world: World) -> Iterator[Change]:
    """The change that takes away the one barrier before a node; none where there are several."""
    barriers = trial.fenced.before(at)
    if len(barriers) == 1:
        change = _BARRIERS.get(barriers[0].name, _nothing)(trial, at, world)
        if change is not None:
            yield change


def fewer_pieces(trial: Trial, at: int, world: World) -> Iterator[Change]:
    """The node that sends would lack a piece: in favour of whoever is next."""
    seen, code = trial.seen, trial.seen.nodes.codes[at]
    for row, line in enumerate(seen.need.lines):
        fewer = int(seen.free[row, at] - seen.asked[row]) + 1
        reason = because("flip_fewer_pieces", node=code, sku=line.sku, pieces=fewer)
        made = _bound(world.with_pieces, line.sku, at, -fewer)
        yield Change("", float(fewer), reason, made)


def _nothing(_trial: Trial, _at: int, _world: World) -> Change | None:
    """What no small change takes away."""
    return None


def _stock(trial: Trial, at: int, world: World) -> Change | None:
    """More pieces of the one product that it lacks."""
    seen = trial.seen
    short = np.flatnonzero(seen.free[:, at] < seen.asked)
    if len(short) != 1:
        return None
    row = int(short[0])
    sku, code = seen.need.lines[row].sku, seen.nodes.codes[at]
    more = world.pool.lacking(sku, at, code, int(seen.asked[row]))
    reason = because("flip_more_pieces", node=code, sku=sku, pieces=more)
    return Change(code, float(more), reason, _bound(world.with_pieces, sku, at, more))


def _switch(trial: Trial, at: int, world: World) -> Change:
    code = trial.seen.nodes.codes[at]
    reason = because("flip_switched_on", node=code)
    return Change(code, 5.0, reason, lambda: world.with_node(at, active=True))


def _room(trial: Trial, at: int, world: World) -> Change:
    """Room for one order more than it has."""
    nodes = trial.seen.nodes
    limit = int(nodes.load[at]) + 1
    more = limit - int(nodes.limits[at])
    reason = because("flip_more_room", node=nodes.codes[at], more=more, limit=limit)
    made = _bound(world.with_node, at, orders_per_day=limit)
    return Change(nodes.codes[at], float(more), reason, made)


def _range(trial: Trial, at: int, world: World) -> Change | None:
    limit_m = trial.rule.max_range_m
    if limit_m is None:
        return None
    wanted_m = ceil(trial.seen.distance_m[at] / _ROUND_M) * _ROUND_M
    code, label = trial.seen.nodes.codes[at], trial.rule.label or trial.rule.name
    reason = because("flip_range", node=code, rule=label, to_m=wanted_m, from_m=limit_m)
    rule = replace(trial.rule, max_range_m=wanted_m)
    return Change(code, (wanted_m - limit_m) / RANGE_STEP_M, reason, _bound(world.with_rule, rule))


def _cutoff(trial: Trial, at: int, world: World) -> Change | None:
    """A cut-off at the next whole minute, so that the order would still leave today."""
    nodes = trial.seen.nodes
    node = nodes.nodes[at]
    if node.cutoff is None:
        return _later(trial, at, world)
    local = nodes.now.astimezone(ZoneInfo(node.timezone))
    before = datetime.combine(local.date(), node.cutoff, local.tzinfo)
    wanted = local.replace(second=0, microsecond=0)
    wanted += timedelta(minutes=0 if wanted == local else 1)
    if wanted.date() != local.date() or wanted <= before:
        return _later(trial, at, world)
    later_s = int((wanted - before).total_seconds())
    to_at = wanted.isoformat(timespec="seconds")
    reason = because("flip_cutoff", node=node.code, later_s=later_s, to_at=to_at)
    made = _bound(world.with_node, at, cutoff=wanted.time())
    return Change(node.code, later_s / CUTOFF_STEP_S, reason, made)


def _hours(trial: Trial, at: int, world: World) -> Change | None:
    """Ready sooner where that is enough, else a later promise."""
    return _sooner(trial, at, world) or _later(trial, at, world)


def _sooner(trial: Trial, at: int, world: World) -> Change | None:
    """The longest preparation that is still short enough."""
    minutes = trial.seen.nodes.preparation_s[at] / 60
    longest = _longest(trial, at, world, int(minutes))
    if longest is None:
        return None
    node = world.nodes.nodes[at]
    sooner_s = 60 * (node.preparation_minutes - longest)
    reason = because("flip_preparation", node=node.code, sooner_s=sooner_s, to_s=60 * longest)
    made = _bound(world.with_node, at, preparation_minutes=longest)
    return Change(node.code, sooner_s / PREPARATION_STEP_S, reason, made)


def _longest(trial: Trial, at: int, world: World, minutes: int) -> int | None:
    """The most minutes below the node's own with which it leaves in time; None when none do."""
    needed_s = trial.seen.limit_s(trial.rule) - float(trial.seen.travel_s[at])

    def in_time(preparation: int) -> bool:
        timing = trial.seen.timing_of(
            world.with_node(at, preparation_minutes=preparation).nodes, trial.rule
        )
        return bool(timing.leaves_s[at] <= needed_s)

    if minutes < 1 or not in_time(0):
        return None
    low, high = 0, minutes
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if in_time(middle) else (low, middle)
    return low


def _later(trial: Trial, at: int, world: World) -> Change | None:
    """A later promise, by whole five minutes."""
    seen = trial.seen
    late_s = float(seen.arrives_s(trial.rule)[at]) - seen.limit_s(trial.rule)
    if not np.isfinite(late_s) or late_s <= 0:
        return None
    later_s = ceil(late_s / _ROUND_S) * _ROUND_S
    code = seen.nodes.codes[at]
    reason = because("flip_promise", node=code, later_s=later_s)
    need = replace(seen.need, due=seen.need.due + timedelta(seconds=later_s))
    return Change(code, later_s / PROMISE_STEP_S, reason, lambda: replace(world, need=need))


def _bound(make: Callable[..., World], *values: object, **named: object) -> Callable[[], World]:
    return lambda: make(*values, **named)


_BARRIERS: dict[str, Callable[[Trial, int, World], Change | None]] = {
    "short_of_stock": _stock,
    "switched_off": _switch,
    "full": _room,
    "out_of_range": _range,
    "past_cutoff": _cutoff,
    "not_open": _hours,
    "too_far_in_time": _hours,
}
