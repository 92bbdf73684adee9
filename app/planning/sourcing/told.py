"""What is kept of the nodes weighed for an order: the telling ones singly, the rest in groups."""

from collections.abc import Iterator
from dataclasses import dataclass

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
    told = [*ranked, *fenced]
    return Told(tuple(_candidates(trial, told, len(ranked))), _grouped(trial, told))


def _candidates(trial: Trial, nodes: list[int], ranked: int) -> Iterator[Candidate]:
    """All that was weighed about some nodes, the first `ranked` of them with their scores.

    Columns are read as lists first: a number taken from an array by itself costs ten times more.
    """
    seen, table = trial.seen, trial.seen.nodes
    placed = seen.need.goal is not None
    leaves_s = seen.timing(trial.rule).leaves_s[nodes]
    columns = zip(
        nodes,
        seen.free[:, nodes].min(axis=0).tolist(),
        seen.offered[:, nodes].sum(axis=0).tolist(),
        seen.distance_m[nodes].tolist(),
        seen.cost_cents[nodes].tolist(),
        seen.co2e_g[nodes].tolist(),
        table.load[nodes].tolist(),
        table.limits[nodes].tolist(),
        leaves_s.tolist(),
        (leaves_s + seen.travel_s[nodes]).tolist(),
        trial.rated.scores[nodes].tolist(),
        strict=True,
    )
    for place, (
        at,
        free,
        offered,
        way_m,
        cents,
        grams,
        load,
        limit,
        leaves,
        arrives,
        score,
    ) in enumerate(columns):
        scored = place < ranked
        yield Candidate(
            node=table.codes[at],
            available=free,
            distance_m=round(way_m) if placed else None,
            cost_cents=round(cents) if placed else None,
            co2e_g=round(grams) if placed else None,
            load_share=None if limit == NO_LIMIT else _share(load, limit),
            score=round(score, 4) if scored else None,
            parts=trial.rated.parts(at) if scored else (),
            fences=trial.fenced.reasons(at),
            pieces=offered,
            ready_at=table.instant(leaves),
            arrives_at=table.instant(arrives),
            stock_as_of=seen.counted_at(at),
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


def _share(load: int, limit: int) -> float:
    return round(load / limit, 4) if limit else 1.0
