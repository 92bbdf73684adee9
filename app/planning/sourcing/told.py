"""What is kept of the nodes weighed for an order: the telling ones singly, the rest in groups."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite

import numpy as np

from app.domain.reasons import because
from app.domain.sourcing import Candidate, OtherNodes
from app.planning.sourcing.nodes import NO_LIMIT
from app.planning.sourcing.splits import Sharing
from app.planning.sourcing.trial import Trial, in_order

#: With so many nodes each is told singly; with more, the best of these and the nearest of those.
ALL_TOLD = 24
RANKED_TOLD = 8
FENCED_TOLD = 8


@dataclass(frozen=True, slots=True)
class Told:
    """The nodes told singly, and those told together."""

    candidates: tuple[Candidate, ...]
    others: tuple[OtherNodes, ...]


def tell(trial: Trial, sharing: Sharing | None) -> Told:
    """Keep what the rule saw of every node: chosen, ranked and fenced out, in this order."""
    chosen = () if sharing is None else sharing.nodes
    ranked = _ranked(trial, chosen)
    fenced = _fenced_by_distance(trial, ranked)
    if len(trial.seen.nodes) > ALL_TOLD:
        ranked = ranked[: max(RANKED_TOLD, len(chosen))]
        fenced = fenced[:FENCED_TOLD]
    singly = [candidate(trial, node, scored=True) for node in ranked]
    singly.extend(candidate(trial, node, scored=False) for node in fenced)
    return Told(tuple(singly), _grouped(trial, [*ranked, *fenced]))


def candidate(trial: Trial, node: int, *, scored: bool) -> Candidate:
    """All that was weighed about one node."""
    seen, rated = trial.seen, trial.rated
    placed = seen.need.goal is not None
    ready_s = float(seen.timing(trial.rule).leaves_s[node])
    arrives_s = ready_s + float(seen.travel_s[node])
    limit = int(seen.nodes.limits[node])
    return Candidate(
        node=seen.nodes.codes[node],
        available=int(seen.free[:, node].min()),
        distance_m=round(float(seen.distance_m[node])) if placed else None,
        cost_cents=round(float(seen.cost_cents[node])) if placed else None,
        co2e_g=round(float(seen.co2e_g[node])) if placed else None,
        load_share=None if limit == NO_LIMIT else _share(int(seen.nodes.load[node]), limit),
        score=round(float(rated.scores[node]), 4) if scored else None,
        parts=rated.parts(node) if scored else (),
        fences=trial.fenced.reasons(node),
        pieces=int(seen.offered[:, node].sum()),
        ready_at=_instant(trial, ready_s),
        arrives_at=_instant(trial, arrives_s),
        stock_as_of=_as_of(trial, node),
    )


def _ranked(trial: Trial, chosen: tuple[int, ...]) -> list[int]:
    """The chosen first, then who could serve alone, then who could have shared, best first."""
    ranked = [*chosen, *(node for node in trial.ranking if node not in chosen)]
    if len(chosen) > 1 or not trial.ranking:
        sharers = np.flatnonzero(
            trial.fenced.fits_but_for_stock & (trial.seen.offered.sum(axis=0) > 0)
        )
        known = set(ranked)
        ranked.extend(n for n in in_order(sharers, trial.rated, trial.seen) if n not in known)
    return ranked


def _fenced_by_distance(trial: Trial, ranked: list[int]) -> list[int]:
    rest = np.ones(len(trial.seen.nodes), dtype=np.bool_)
    rest[ranked] = False
    nodes = np.flatnonzero(rest)
    nearest = np.argsort(trial.seen.distance_m[nodes], kind="stable")
    return [int(node) for node in nodes[nearest]]


def _grouped(trial: Trial, told: list[int]) -> tuple[OtherNodes, ...]:
    """All other nodes, by the first barrier before them; the largest group goes without names.

    A thousand nodes named in each of a thousand decisions would fill the disk with codes.
    """
    left = np.ones(len(trial.seen.nodes), dtype=np.bool_)
    left[told] = False
    groups = []
    for barrier in trial.fenced.barriers:
        groups.append((barrier.name, np.flatnonzero(left & barrier.out)))
        left &= ~barrier.out
    groups.append(("ranked_lower", np.flatnonzero(left)))
    codes, most = trial.seen.nodes.codes, max(len(nodes) for _name, nodes in groups)
    largest = next(name for name, nodes in groups if len(nodes) == most)
    return tuple(
        OtherNodes(
            because(f"others_{name}", count=len(nodes)),
            () if name == largest else tuple(codes[node] for node in nodes),
        )
        for name, nodes in groups
        if len(nodes)
    )


def _instant(trial: Trial, seconds: float) -> datetime | None:
    if not isfinite(seconds):
        return None
    return trial.seen.nodes.now + timedelta(seconds=round(seconds))


def _share(load: int, limit: int) -> float:
    return round(load / limit, 4) if limit else 1.0


def _as_of(trial: Trial, node: int) -> datetime | None:
    cells = (trial.seen.pool.cell(line.sku, node) for line in trial.seen.need.lines)
    return min((c.as_of for c in cells if c is not None and c.as_of is not None), default=None)
