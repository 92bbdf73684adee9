"""Why these nodes: what is said of an order that was given to some."""

from zoneinfo import ZoneInfo

import numpy as np

from app.domain.reasons import Reason, because
from app.planning.sourcing.splits import Sharing
from app.planning.sourcing.survey import Survey
from app.planning.sourcing.trial import Trial


def causes(trial: Trial, sharing: Sharing) -> tuple[Reason, ...]:
    """Why the chosen nodes, and how late they will be if they are."""
    return (*_why_chosen(trial, sharing), *lateness(trial, sharing))


def _why_chosen(trial: Trial, sharing: Sharing) -> tuple[Reason, ...]:
    codes, seen = trial.seen.nodes.codes, trial.seen
    first = codes[sharing.nodes[0]]
    if seen.collect is not None:
        return tuple(_how_collected(seen, node) for node in sharing.nodes)
    if trial.fenced.before(sharing.nodes[0]) and first == seen.policy.fallback_node:
        return (because("fallback_node", node=first),)
    if len(sharing.nodes) > 1:
        return (because("split_needed", shipments=len(sharing.nodes), score=_points(sharing)),)
    if sharing.margin is None or len(trial.ranking) < 2:
        return (because("only_node", node=first),)
    return (
        because(
            "best_node",
            node=first,
            score=_points(sharing),
            next_node=codes[trial.ranking[1]],
            margin=round(sharing.margin, 1),
        ),
    )


def _how_collected(seen: Survey, node: int) -> Reason:
    code, store = seen.nodes.codes[node], seen.need.order.collect_node
    if node == seen.collect:
        return because("collected_from_own_stock", node=code)
    return because("transferred_to_store", node=code, to_node=store)


def lateness(trial: Trial, sharing: Sharing) -> tuple[Reason, ...]:
    """Said when the goods will come after the promise, as the rule bears."""
    seen = trial.seen
    arrives_s = float(np.max(seen.arrives_s(trial.rule)[list(sharing.nodes)]))
    due_s = (seen.need.due - seen.nodes.now).total_seconds()
    if not np.isfinite(arrives_s) or arrives_s <= due_s:
        return ()
    zone = ZoneInfo(seen.nodes.nodes[sharing.nodes[0]].timezone)
    due = seen.need.due.astimezone(zone).isoformat(timespec="seconds")
    late_s = int(arrives_s - due_s)
    return (because("later_than_due", due_on=due[:10], due_at=due, late_s=late_s),)


def _points(sharing: Sharing) -> float:
    return round(sharing.score, 1)
