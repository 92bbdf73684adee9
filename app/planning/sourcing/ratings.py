"""How good a node is for an order, criterion by criterion: 0 to 100 points each.

Points depend on the node alone, never on its rivals: who is left out does not change who leads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from app.domain.policy import Rating, RuleSet
from app.domain.reasons import Reason, because
from app.domain.sourcing import RatingPart
from app.planning.sourcing.nodes import NO_LIMIT
from app.planning.sourcing.survey import Survey

Floats = npt.NDArray[np.float64]

#: Where points of falling criteria begin to fall, and where nothing is left: each doubling in
#: between costs about nine points, at two kilometres as at two hundred.
NEAR_M, FARTHEST_M = 1_000.0, 2_000_000.0
CHEAP_CENTS, DEAREST_CENTS = 50.0, 100_000.0
CLEAN_G, DIRTIEST_G = 250.0, 500_000.0
#: The slack before the promise, and the pieces left in a store, that earn half the points.
HALF_SLACK_S = 7_200.0
HALF_LEFT = 5.0

Measure = Callable[[Survey, RuleSet], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Criterion:
    """One rating: the figure it looks at, the points it gives, and how the figure is told.

    `by_rule` marks figures that depend on the rule as well as on the order.
    """

    figure: Measure
    points: Callable[[Survey, Floats], Floats]
    told: Callable[[Survey, float], Reason]
    by_rule: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Rated:
    """The scores of all nodes under a rule, and what they are made of."""

    scores: Floats
    weighted: tuple[tuple[Rating, Floats, Floats], ...]
    seen: Survey

    def parts(self, node: int) -> tuple[RatingPart, ...]:
        """What makes up a node's score."""
        return tuple(
            RatingPart(
                rating.value,
                round(float(points[node]), 2),
                CRITERIA[rating].told(self.seen, float(figures[node])),
            )
            for rating, points, figures in self.weighted
        )


def rated(seen: Survey, rule: RuleSet) -> Rated:
    """Score every node, fenced out or not; to four decimals, so that machines agree."""
    weights = [(rating, weight) for rating, weight in rule.ratings if weight > 0]
    whole = sum(weight for _, weight in weights) or 1.0
    weighted = []
    scores = np.zeros(len(seen.nodes))
    for rating, weight in weights:
        figures, full = _points(seen, rule, rating)
        points = full * (weight / whole)
        weighted.append((rating, points, figures))
        scores = scores + points
    return Rated(np.round(scores, 4), tuple(weighted), seen)


def _points(seen: Survey, rule: RuleSet, rating: Rating) -> tuple[Floats, Floats]:
    """The figures and their points, before they are weighted; the same for the next rule."""
    if rating in seen.points:
        return seen.points[rating]
    criterion = CRITERIA[rating]
    figures = criterion.figure(seen, rule)
    found = figures, criterion.points(seen, figures)
    if not criterion.by_rule:
        seen.points[rating] = found
    return found


def full_points(seen: Survey, rule: RuleSet, rating: Rating) -> Floats:
    """The points of all nodes by one criterion, as if it alone counted."""
    return _points(seen, rule, rating)[1]


def falling(figures: Floats, start: float, end: float) -> Floats:
    """100 points at zero, none at `end`; about equally fewer with each doubling past `start`."""
    share = np.log1p(figures / start) / np.log1p(end / start)
    return np.asarray(100.0 * (1.0 - np.clip(share, 0.0, 1.0)))


def rising(figures: Floats, half: float) -> Floats:
    """No points at zero and below, 50 at `half`, nearing 100."""
    held = np.maximum(figures, 0.0)
    return np.asarray(100.0 * held / (held + half))


def _slack_s(seen: Survey, rule: RuleSet) -> Floats:
    due_s = (seen.need.due - seen.nodes.now).total_seconds()
    return due_s - seen.arrives_s(rule)


def _left(seen: Survey, _rule: RuleSet) -> Floats:
    """Pieces that stay for the node's own customers, of the line that would be shortest."""
    return np.asarray((seen.free - seen.offered).min(axis=0), dtype=np.float64)


def _keep_points(seen: Survey, left: Floats) -> Floats:
    return np.where(seen.nodes.is_store, rising(left, HALF_LEFT), 100.0)


def _load(seen: Survey, _rule: RuleSet) -> Floats:
    limited = seen.nodes.limits != NO_LIMIT
    share = seen.nodes.load / np.maximum(np.where(limited, seen.nodes.limits, 1), 1)
    return np.where(limited, share, 0.0)


def _covered(seen: Survey, _rule: RuleSet) -> Floats:
    return np.asarray(seen.offered.sum(axis=0), dtype=np.float64)


CRITERIA: dict[Rating, Criterion] = {
    Rating.DISTANCE: Criterion(
        lambda seen, _: seen.distance_m,
        lambda _, figures: falling(figures, NEAR_M, FARTHEST_M),
        lambda _, figure: because("rated_distance", distance_m=_whole(figure)),
    ),
    Rating.COST: Criterion(
        lambda seen, _: seen.cost_cents,
        lambda _, figures: falling(figures, CHEAP_CENTS, DEAREST_CENTS),
        lambda _, figure: because("rated_cost", cost_cents=_whole(figure)),
    ),
    Rating.PROMISE: Criterion(
        _slack_s,
        lambda _, figures: rising(figures, HALF_SLACK_S),
        lambda _, figure: because("rated_promise", slack_s=_whole(figure)),
        by_rule=True,
    ),
    Rating.CARBON: Criterion(
        lambda seen, _: seen.co2e_g,
        lambda _, figures: falling(figures, CLEAN_G, DIRTIEST_G),
        lambda _, figure: because("rated_carbon", emitted_co2e_g=_whole(figure)),
    ),
    Rating.KEEP_STOCK: Criterion(
        _left,
        _keep_points,
        lambda _, figure: because("rated_keep_stock", left=_whole(figure)),
    ),
    Rating.LOAD: Criterion(
        _load,
        lambda _, figures: 100.0 * (1.0 - np.clip(figures, 0.0, 1.0)),
        lambda _, figure: because("rated_load", load_share=round(figure, 4)),
    ),
    Rating.FEWEST_SHIPMENTS: Criterion(
        _covered,
        lambda seen, figures: 100.0 * figures / max(1, int(seen.asked.sum())),
        lambda seen, figure: because(
            "rated_fewest_shipments", pieces=_whole(figure), asked=int(seen.asked.sum())
        ),
    ),
    Rating.ANSWERS: Criterion(
        lambda seen, _: seen.nodes.answers,
        lambda _, figures: 100.0 * np.clip(figures, 0.0, 1.0),
        lambda _, figure: because("rated_answers", kept_share=round(figure, 4)),
    ),
}


def _whole(figure: float) -> int:
    return round(figure) if isfinite(figure) else 0
