"""Which weight of a rule would have ranked another node first, and at which value it turns."""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil, floor

from app.domain.policy import Rating
from app.domain.reasons import because
from app.planning.sourcing.flip_changes import Change, World
from app.planning.sourcing.ratings import full_points
from app.planning.sourcing.trial import Trial

#: Weights are told to the hundredth; a tenth of all weights is one step of a change.
_FINE, _STEP = 100, 0.1
_MOST = 1_000.0


def weight_changes(trial: Trial, first: int, other: int, world: World) -> Iterator[Change]:
    """For each criterion, the nearest weight at which the other node outranks the first.

    What would have to weigh more than all criteria do now is no small change, and left out.
    """
    weights = dict(trial.rule.ratings)
    whole = sum(weights.values())
    lead = sum(
        weight * _lead(trial, rating, first, other) for rating, weight in weights.items() if weight
    )
    for rating in Rating:
        edge = _edge(weights.get(rating, 0.0), _lead(trial, rating, first, other), lead)
        if edge is not None and abs(edge - weights.get(rating, 0.0)) <= whole:
            yield _change(trial, rating, edge, other, whole, world)


def _lead(trial: Trial, rating: Rating, first: int, other: int) -> float:
    """By how many points, before they are weighted, one node leads another."""
    points = full_points(trial.seen, trial.rule, rating)
    return float(points[first] - points[other])


def _edge(weight: float, points: float, lead: float) -> float | None:
    """The weight just beyond the one at which both are equal; None when no weight does it."""
    if abs(points) < 1e-9:
        return None
    equal = weight - lead / points
    edge = (ceil(equal * _FINE) - 1 if points > 0 else floor(equal * _FINE) + 1) / _FINE
    return edge if 0 <= edge <= _MOST and edge != weight else None


def _change(
    trial: Trial, rating: Rating, edge: float, other: int, whole: float, world: World
) -> Change:
    rule = trial.rule
    before = dict(rule.ratings).get(rating, 0.0)
    code = "flip_weight_down" if edge < before else "flip_weight_up"
    node = trial.seen.nodes.codes[other]
    reason = because(
        code,
        node=node,
        rule=rule.label or rule.name,
        rating=rating.value,
        weight=edge,
        before=round(before, 4),
    )
    ratings = tuple({**dict(rule.ratings), rating: edge}.items())
    changed = replace(rule, ratings=ratings)
    steps = abs(edge - before) / (whole * _STEP)
    return Change(node, steps, reason, lambda: world.with_rule(changed))
