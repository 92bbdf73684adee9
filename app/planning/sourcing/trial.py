"""What one rule set of the chain finds for an order: a node, nodes that share it, or nothing."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.domain.orders import OrderLine
from app.domain.policy import RuleSet
from app.domain.sourcing import SuggestedShipment
from app.planning.sourcing.fences import Fenced, fenced
from app.planning.sourcing.ratings import Rated, rated
from app.planning.sourcing.splits import Holders, Sharing, fewest, most_pieces
from app.planning.sourcing.survey import Survey

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A rule held against an order; `ranking` has the nodes that could serve it, best first.

    `most` is how many shipments the order may still have. `own` is what a store of collection
    gives of its own stock, by line.
    """

    rule: RuleSet
    seen: Survey
    fenced: Fenced
    rated: Rated
    ranking: tuple[int, ...]
    most: int
    own: Ints

    def whole(self) -> Sharing | None:
        """One node if any has everything, else the fewest together; None when they do not."""
        if self.most < 1:
            return None
        if self.own.any():
            return _collected(self)
        if self.ranking:
            return _alone(self)
        return fewest(self.holders(), self.most)

    def partly(self) -> Sharing | None:
        """What can be sent now of an order that cannot be had whole; room is kept for the rest."""
        room = self.most - 1
        if room < 1:
            return None
        if not self.own.any():
            return most_pieces(self.holders(), room)
        return _with_own(self, most_pieces(self.holders(), room - 1))

    def shipments(self, sharing: Sharing) -> tuple[SuggestedShipment, ...]:
        """The shipments of a sharing, the largest part first."""
        codes, order = self.seen.nodes.codes, self.seen.need.order
        made = []
        for node, row in zip(sharing.nodes, sharing.given.tolist(), strict=True):
            lines = tuple(
                OrderLine(line.sku, pieces, line.unit_price_cents)
                for line, pieces in zip(self.seen.need.lines, row, strict=True)
                if pieces
            )
            away = self.seen.collect is not None and node != self.seen.collect
            made.append(SuggestedShipment(codes[node], lines, order.collect_node if away else ""))
        return tuple(made)

    def holders(self) -> Holders:
        """The nodes that could send a part of what the store of collection does not have."""
        seen = self.seen
        asked = seen.asked - self.own
        offered = np.minimum(seen.free, asked[:, None])
        able = self.fenced.fits_but_for_stock & (offered.sum(axis=0) > 0)
        if seen.collect is not None and self.own.any():
            able[seen.collect] = False
        nodes = np.array(in_order(np.flatnonzero(able), self.rated, seen), dtype=np.int64)
        return Holders(
            nodes,
            offered[:, nodes].T,
            self.rated.scores[nodes],
            asked,
            np.array([line.unit_price_cents for line in seen.need.lines], dtype=np.int64),
            0 if seen.collect is not None else seen.policy.min_split_value_cents,
        )


def try_rule(seen: Survey, rule: RuleSet) -> Trial:
    """Hold the fences and the ratings of one rule set against all nodes for an order."""
    held_out, ratings = fenced(seen, rule), rated(seen, rule)
    ranking = in_order(np.flatnonzero(held_out.fits), ratings, seen)
    return Trial(
        rule, seen, held_out, ratings, ranking, most_shipments(seen, rule), _own(seen, held_out)
    )


def refuses_collection(seen: Survey, held_out: Fenced) -> bool:
    """Whether the store of collection itself cannot hand the order over."""
    store = seen.collect
    return store is not None and held_out.first(store) in {"switched_off", "does_not_serve"}


def in_order(nodes: Ints, ratings: Rated, seen: Survey) -> tuple[int, ...]:
    """Nodes by score, then by distance, then by code; a store of collection leads."""
    away = np.ones(len(nodes)) if seen.collect is None else nodes != seen.collect
    distance = np.round(seen.distance_m[nodes])
    order = np.lexsort((nodes, distance, -ratings.scores[nodes], away))
    return tuple(int(node) for node in nodes[order])


def _with_own(trial: Trial, others: Sharing | None) -> Sharing:
    """What the store of collection has itself, and what the others send there."""
    store = trial.seen.collect
    assert store is not None  # noqa: S101 - only collected orders have stock of their own
    score = float(trial.rated.scores[store])
    if others is None:
        return Sharing((store,), trial.own[None, :], score)
    given = np.vstack([trial.own[None, :], others.given])
    return Sharing((store, *others.nodes), given, score, others.margin)


def _alone(trial: Trial) -> Sharing:
    """The first of the ranking serves the order alone."""
    best = trial.ranking[0]
    margin = None
    if len(trial.ranking) > 1:
        lead = trial.rated.scores[best] - trial.rated.scores[trial.ranking[1]]
        margin = round(float(lead), 4)
    return Sharing((best,), trial.seen.asked[None, :], float(trial.rated.scores[best]), margin)


def _collected(trial: Trial) -> Sharing | None:
    """The store's own pieces first, the rest from as few others as possible."""
    if (trial.own == trial.seen.asked).all():
        return _with_own(trial, None)
    others = fewest(trial.holders(), trial.most - 1)
    if others is not None:
        return _with_own(trial, others)
    return _alone(trial) if trial.ranking else None


def _own(seen: Survey, held_out: Fenced) -> Ints:
    store = seen.collect
    if store is None or not held_out.fits_but_for_stock[store]:
        return np.zeros_like(seen.asked)
    return seen.offered[:, store].copy()


def most_shipments(seen: Survey, rule: RuleSet) -> int:
    """How many shipments the order may still have."""
    policy = seen.policy
    whole = not policy.split_allowed or bool(policy.inseparable & seen.need.handling)
    limits = (1 if whole else policy.max_shipments, rule.max_shipments)
    return min(limit for limit in limits if limit is not None) - seen.need.held
