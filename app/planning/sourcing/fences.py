"""Which nodes a rule keeps out of an order, and by how much they miss it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from app.domain.orders import Mode
from app.domain.policy import Fence, RuleSet
from app.domain.reasons import Reason, because
from app.planning.sourcing.nodes import HORIZON
from app.planning.sourcing.survey import Survey

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Barrier:
    """What keeps nodes out: `out` marks them, `told` says why for one of them.

    `about_stock` marks the barrier that a share of an order may pass.
    """

    name: str
    out: Flags
    told: Callable[[int], tuple[Reason, ...]]
    about_stock: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Fenced:
    """All barriers of a rule before the nodes, in the order in which they are told."""

    barriers: tuple[Barrier, ...]
    fits: Flags
    fits_but_for_stock: Flags

    def before(self, node: int) -> tuple[Barrier, ...]:
        """The barriers that keep a node out."""
        return tuple(barrier for barrier in self.barriers if barrier.out[node])

    def reasons(self, node: int) -> tuple[Reason, ...]:
        """Everything that keeps a node out."""
        return tuple(reason for barrier in self.before(node) for reason in barrier.told(node))

    def first(self, node: int) -> str:
        """The name of the first barrier before a node; empty when there is none."""
        return next((barrier.name for barrier in self.before(node)), "")


def fenced(seen: Survey, rule: RuleSet) -> Fenced:
    """Hold every node against the fences of a rule; stock binds whatever the rule says."""
    barriers = tuple(barrier for barrier in _barriers(seen, rule) if barrier.out.any())
    fits = np.ones(len(seen.nodes), dtype=np.bool_)
    but_for_stock = fits.copy()
    for barrier in barriers:
        fits &= ~barrier.out
        if not barrier.about_stock:
            but_for_stock &= ~barrier.out
    return Fenced(barriers, fits, but_for_stock)


def _barriers(seen: Survey, rule: RuleSet) -> Iterator[Barrier]:
    yield Barrier("switched_off", ~seen.nodes.active, lambda _: (because("switched_off"),))
    if seen.need.refused:
        yield _refused(seen)
    if Fence.SERVES_MODE in rule.fences:
        yield _serves(seen)
    if rule.node_kinds:
        yield _kind(seen, rule)
    if rule.nodes:
        yield _not_named(seen, rule)
    yield _short(seen)
    if rule.max_stock_age_h is not None:
        yield _old_figures(seen, rule.max_stock_age_h)
    if Fence.BELOW_CAPACITY in rule.fences:
        yield _full(seen)
    if Fence.WITHIN_RANGE in rule.fences and rule.max_range_m is not None:
        yield _out_of_range(seen, rule.max_range_m)
    yield from _times(seen, rule)


def _refused(seen: Survey) -> Barrier:
    """Who said no to an order is not asked for it again, whatever the rule."""
    refused = seen.need.refused
    out = np.array([code in refused for code in seen.nodes.codes], dtype=np.bool_)

    def told(at: int) -> tuple[Reason, ...]:
        said = refused[seen.nodes.codes[at]]
        at_clock = _clock(seen, at, said.at)
        return (because("refused_before", refused_at=at_clock, decline=said.reason.value),)

    return Barrier("refused_before", out, told)


def _serves(seen: Survey) -> Barrier:
    nodes, mode = seen.nodes, seen.need.order.mode
    if seen.collect is None:
        return Barrier(
            "does_not_serve", ~nodes.sends, lambda _: (because("does_not_serve", mode=mode.value),)
        )
    serves = nodes.transfers.copy()
    serves[seen.collect] = nodes.hands_over[seen.collect]

    def told(node: int) -> tuple[Reason, ...]:
        if node == seen.collect:
            return (because("does_not_serve", mode=Mode.CLICK_AND_COLLECT.value),)
        return (because("does_not_transfer"),)

    return Barrier("does_not_serve", ~serves, told)


def _kind(seen: Survey, rule: RuleSet) -> Barrier:
    kinds = [node.kind for node in seen.nodes.nodes]
    out = np.array([kind not in rule.node_kinds for kind in kinds], dtype=np.bool_)
    if seen.collect is not None:
        out[seen.collect] = False
    return Barrier("other_kind", out, lambda at: (because("other_kind", kind=kinds[at].value),))


def _not_named(seen: Survey, rule: RuleSet) -> Barrier:
    out = np.array([code not in rule.nodes for code in seen.nodes.codes], dtype=np.bool_)
    if seen.collect is not None:
        out[seen.collect] = False
    return Barrier("not_named", out, lambda _: (because("not_named"),))


def _short(seen: Survey) -> Barrier:
    def told(at: int) -> tuple[Reason, ...]:
        return tuple(
            _shortage(seen, row, at)
            for row in range(len(seen.asked))
            if seen.free[row, at] < seen.asked[row]
        )

    return Barrier("short_of_stock", ~seen.whole, told, about_stock=True)


def _shortage(seen: Survey, row: int, at: int) -> Reason:
    line = seen.need.lines[row]
    cell = seen.pool.cell(line.sku, at)
    if cell is None:
        return because("not_held", sku=line.sku, asked=line.quantity)
    left, kept = int(seen.free[row, at]), seen.pool.kept(line.sku, at)
    return because(
        "short_of_stock",
        sku=line.sku,
        asked=line.quantity,
        available=left,
        on_hand=cell.on_hand,
        reserved=cell.reserved,
        blocked=cell.blocked,
        safety=cell.safety_stock,
        taken=cell.available - kept - left,
        kept=kept,
    )


def _old_figures(seen: Survey, limit_h: int) -> Barrier:
    oldest = seen.nodes.now - timedelta(hours=limit_h)

    counts = [seen.counted_at(at) for at in range(len(seen.nodes))]
    out = np.array([count is not None and count < oldest for count in counts], dtype=np.bool_)

    def told(at: int) -> tuple[Reason, ...]:
        count = counts[at]
        since = "" if count is None else _clock(seen, at, count)
        return (because("stock_figure_old", counted_at=since, limit_s=limit_h * 3600),)

    return Barrier("stock_figure_old", out, told)


def _full(seen: Survey) -> Barrier:
    nodes = seen.nodes
    return Barrier(
        "full",
        nodes.load >= nodes.limits,
        lambda at: (because("full", orders=int(nodes.load[at]), limit=int(nodes.limits[at])),),
    )


def _out_of_range(seen: Survey, limit_m: int) -> Barrier:
    return Barrier(
        "out_of_range",
        seen.distance_m > limit_m,
        lambda at: (
            because("out_of_range", distance_m=round(seen.distance_m[at]), limit_m=limit_m),
        ),
    )


def _times(seen: Survey, rule: RuleSet) -> Iterator[Barrier]:
    """Too far for the time left, not open when needed, past the cut-off: each node one of them."""
    minds_hours = Fence.OPEN in rule.fences
    minds_cutoff = Fence.BEFORE_CUTOFF in rule.fences
    if not (minds_hours or minds_cutoff):
        return
    limit_s, timing = seen.limit_s(rule), seen.timing(rule)
    needed_s = limit_s - seen.travel_s
    too_far = seen.nodes.preparation_s > needed_s
    closed = ~too_far & _misses(timing.ready_s, needed_s)
    past = ~too_far & ~closed & _misses(timing.leaves_s, needed_s)
    yield Barrier("too_far_in_time", too_far, lambda at: (_too_far(seen, at, needed_s),))
    if minds_hours:
        yield Barrier("not_open", closed, lambda at: (_not_open(seen, at, needed_s),))
    if minds_cutoff:
        yield Barrier("past_cutoff", past, lambda at: (_past_cutoff(seen, at, needed_s),))


def _misses(then_s: Floats, needed_s: Floats) -> Flags:
    """Later than needed, or never at all."""
    return np.asarray((then_s > needed_s) | np.isinf(then_s))


def _too_far(seen: Survey, at: int, needed_s: Floats) -> Reason:
    ready = seen.nodes.now + timedelta(minutes=seen.nodes.nodes[at].preparation_minutes)
    return because(
        "too_far_in_time",
        ready_at=_clock(seen, at, ready),
        needed_at=_needed(seen, at, needed_s),
        travel_s=int(seen.travel_s[at]),
    )


def _not_open(seen: Survey, at: int, needed_s: Floats) -> Reason:
    node, windows = seen.nodes.nodes[at], seen.nodes.windows[at]
    if windows is None:
        return because("hours_unreadable", hours=node.opening_hours)
    if not windows:
        return because("closed_for_long", days=HORIZON.days)
    first = windows[0]
    ready = first.start + timedelta(minutes=node.preparation_minutes)
    opens_in_time = (first.start - seen.nodes.now).total_seconds() <= needed_s[at]
    if opens_in_time and ready > first.end:
        return because(
            "closes_before_ready",
            closes_at=_clock(seen, at, first.end),
            ready_at=_clock(seen, at, ready),
        )
    return because(
        "opens_too_late" if opens_in_time else _closed(seen, at, first.start),
        opens_on=_clock(seen, at, first.start)[:10],
        opens_at=_clock(seen, at, first.start),
        needed_at=_needed(seen, at, needed_s),
    )


def _closed(seen: Survey, at: int, opens: datetime) -> str:
    zone = ZoneInfo(seen.nodes.nodes[at].timezone)
    opens_today = opens.astimezone(zone).date() == seen.nodes.now.astimezone(zone).date()
    return "opens_too_late" if opens_today else "closed_today"


def _past_cutoff(seen: Survey, at: int, needed_s: Floats) -> Reason:
    node = seen.nodes.nodes[at]
    if not np.isfinite(needed_s[at]):
        return because("closed_for_long", days=HORIZON.days)
    zone = ZoneInfo(node.timezone)
    today = seen.nodes.now.astimezone(zone).date()
    cutoff = datetime.combine(today, node.cutoff or datetime.max.time(), zone)
    return because(
        "past_cutoff",
        cutoff_at=cutoff.isoformat(timespec="seconds"),
        needed_at=_needed(seen, at, needed_s),
    )


def _needed(seen: Survey, at: int, needed_s: Floats) -> str:
    """The latest moment at which goods may leave a node."""
    return _clock(seen, at, seen.nodes.now + timedelta(seconds=float(needed_s[at])))


def _clock(seen: Survey, at: int, instant: datetime) -> str:
    zone = ZoneInfo(seen.nodes.nodes[at].timezone)
    return instant.astimezone(zone).isoformat(timespec="seconds")
