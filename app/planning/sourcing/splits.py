"""How few nodes can serve an order together, and which of them do it best."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: How many nodes an exact search over pairs, triples, fours looks at: some thousands of ways.
EXACT_AMONG = {1: 400, 2: 80, 3: 30, 4: 18}
#: How many of the best ways are tried when a part of an order is worth too little.
TRIED = 50


@dataclass(frozen=True, slots=True, eq=False)
class Sharing:
    """Nodes that share an order; `given` has a row for each node and a column for each line.

    `score` is the mean of the nodes' scores, `margin` its lead over the next way of equal size.
    """

    nodes: tuple[int, ...]
    given: Ints
    score: float
    margin: float | None = None

    @property
    def pieces(self) -> int:
        return int(self.given.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Holders:
    """Nodes that hold a part of an order, best first; `offered[node, line]` never above `asked`.

    No part of a split, nor what is left over, may be worth less than `least_cents`.
    """

    nodes: Ints
    offered: Ints
    scores: Floats
    asked: Ints
    prices_cents: Ints
    least_cents: int = 0

    def among(self, rows: Ints) -> "Holders":
        return Holders(
            self.nodes[rows],
            self.offered[rows],
            self.scores[rows],
            self.asked,
            self.prices_cents,
            self.least_cents,
        )


def fewest(holders: Holders, most: int) -> Sharing | None:
    """The fewest nodes, at most so many, that have everything together; None when none do."""
    if not len(holders.nodes) or (holders.offered.sum(axis=0) < holders.asked).any():
        return None
    for size in range(1, most + 1):
        found = _exact(holders, size) if size in EXACT_AMONG else None
        if found is not None:
            return found
    return _greedy(holders, most)


def most_pieces(holders: Holders, most: int) -> Sharing | None:
    """What at most so many nodes can send of an order that cannot be had whole."""
    if most < 1 or not len(holders.nodes):
        return None
    greedy = _gather(holders, most)
    ways = [way for size in (1, 2) if size <= most for way in _ways(holders, size)]
    best = max([*ways, greedy], key=lambda way: (way.pieces, -len(way.nodes), way.score))
    return best if best.pieces and _worth_it(holders, best.given) else None


def _exact(holders: Holders, size: int) -> Sharing | None:
    """The best way in which exactly so many nodes have everything, and its lead."""
    near = _shortlist(holders, EXACT_AMONG[size])
    chosen = _combinations(len(near.nodes), size)
    if not len(chosen):
        return None
    enough = (near.offered[chosen].sum(axis=1) >= near.asked).all(axis=1)
    ways = chosen[enough]
    scores = near.scores[ways].mean(axis=1)
    order = np.argsort(-scores, kind="stable")
    for place, at in enumerate(order[:TRIED]):
        given = _given(near, ways[at])
        if _worth_it(near, given):
            rest = order[place + 1 :]
            margin = float(scores[at] - scores[rest[0]]) if len(rest) else None
            return _sharing(near, ways[at], given, margin)
    return None


def _ways(holders: Holders, size: int) -> list[Sharing]:
    """The way in which so many nodes send the most pieces, when there is one."""
    near = _shortlist(holders, EXACT_AMONG[size])
    chosen = _combinations(len(near.nodes), size)
    if not len(chosen):
        return []
    pieces = np.minimum(near.offered[chosen].sum(axis=1), near.asked).sum(axis=1)
    best = np.lexsort((np.arange(len(chosen)), -near.scores[chosen].mean(axis=1), -pieces))[0]
    return [_sharing(near, chosen[best], _given(near, chosen[best]))]


def _greedy(holders: Holders, most: int) -> Sharing | None:
    """Node after node that adds most: for more nodes than can be searched one way after another."""
    found = _gather(holders, most)
    whole = bool((found.given.sum(axis=0) == holders.asked).all())
    return found if whole and _worth_it(holders, found.given) else None


def _gather(holders: Holders, most: int) -> Sharing:
    rows: list[int] = []
    missing = holders.asked.copy()
    while len(rows) < most and missing.any():
        adds = np.minimum(holders.offered, missing).sum(axis=1)
        adds[rows] = 0
        best = int(np.argmax(adds))
        if adds[best] == 0:
            break
        rows.append(best)
        missing = missing - np.minimum(holders.offered[best], missing)
    chosen = np.array(sorted(rows), dtype=np.int64)
    return _sharing(holders, chosen, _given(holders, chosen))


def _sharing(holders: Holders, rows: Ints, given: Ints, margin: float | None = None) -> Sharing:
    used = given.sum(axis=1) > 0
    rows, given = rows[used], given[used]
    score = float(np.round(holders.scores[rows].mean(), 4)) if len(rows) else 0.0
    lead = None if margin is None else round(margin, 4)
    return Sharing(tuple(int(node) for node in holders.nodes[rows]), given, score, lead)


def _given(holders: Holders, rows: Ints) -> Ints:
    """What each node sends: the better one as much as it can, the next what is missing."""
    before = np.cumsum(holders.offered[rows], axis=0) - holders.offered[rows]
    return np.minimum(holders.offered[rows], np.maximum(holders.asked - before, 0))


def _worth_it(holders: Holders, given: Ints) -> bool:
    """Whether each part, and what is left over, is worth a shipment of its own."""
    parts = (given @ holders.prices_cents).tolist()
    left = int((holders.asked - given.sum(axis=0)) @ holders.prices_cents)
    pieces_left = int((holders.asked - given.sum(axis=0)).sum())
    if len(parts) == 1 and not pieces_left:
        return True
    values = [*parts, left] if pieces_left else parts
    return all(value >= holders.least_cents for value in values)


def _shortlist(holders: Holders, most: int) -> Holders:
    """So many nodes at most: of each line its best holders first, then the best of all."""
    if len(holders.nodes) <= most:
        return holders
    per_line = max(1, most // len(holders.asked))
    kept: set[int] = set()
    for line in range(len(holders.asked)):
        wanted = np.flatnonzero(holders.offered[:, line])
        fullest = wanted[np.argsort(-holders.offered[wanted, line], kind="stable")]
        kept.update(fullest[:per_line].tolist())
    for row in range(len(holders.nodes)):
        if len(kept) >= most:
            break
        kept.add(row)
    return holders.among(np.array(sorted(kept)[:most], dtype=np.int64))


@lru_cache(maxsize=256)
def _combinations(among: int, size: int) -> Ints:
    if among < size:
        return np.empty((0, size), dtype=np.int64)
    found = np.array(list(combinations(range(among), size)), dtype=np.int64)
    found.flags.writeable = False
    return found
