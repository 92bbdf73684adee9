"""How few nodes give a claim with the wanted chance, and by when they would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

#: How many nodes every way to choose is looked at among: some hundreds of ways.
_AMONG = 14
_WAYS = 2_000


@dataclass(frozen=True, slots=True)
class Prospect:
    """A node that may be asked: its chance to claim in time, its score by the rules."""

    node: str
    chance: float
    score: float = 0.0


def chance_of(prospects: Sequence[Prospect]) -> float:
    """The chance that at least one of them claims."""
    return 1 - prod(1 - one.chance for one in prospects)


def smallest(prospects: Sequence[Prospect], wanted: float, most: int) -> tuple[Prospect, ...]:
    """The fewest nodes that together reach the wanted chance; of these, the rules' best.

    When even `most` do not reach it, those with the highest chance.
    """
    likeliest = sorted(prospects, key=lambda one: (-one.chance, -one.score, one.node))
    size = _size(likeliest, wanted, most)
    best = likeliest[:size]
    if chance_of(best) < wanted:
        return _by_score(best)
    ways = combinations(_among(likeliest, size), size)
    enough = [way for way, _n in zip(ways, range(_WAYS), strict=False) if chance_of(way) >= wanted]
    return _by_score(max([*enough, tuple(best)], key=_merit))


def instant_of(wanted: float, within: Callable[[float], float], longest_s: float) -> float | None:
    """Seconds until the chance `within(seconds)` reaches what is wanted; None = not in time."""
    if within(longest_s) < wanted:
        return None
    low, high = 0.0, longest_s
    while high - low > 0.5:
        middle = (low + high) / 2
        low, high = (low, middle) if within(middle) >= wanted else (middle, high)
    return high


def _size(likeliest: Sequence[Prospect], wanted: float, most: int) -> int:
    sizes = range(1, min(most, len(likeliest)) + 1)
    reached = (size for size in sizes if chance_of(likeliest[:size]) >= wanted)
    return next(reached, min(most, len(likeliest)))


def _among(likeliest: Sequence[Prospect], size: int) -> list[Prospect]:
    """The likeliest, and the best by the rules: where a better choice of the same size lies."""
    by_score = sorted(likeliest, key=lambda one: (-one.score, one.node))
    kept = dict.fromkeys([*likeliest[:size], *by_score])
    return list(kept)[:_AMONG]


def _merit(way: Sequence[Prospect]) -> tuple[float, float]:
    return sum(one.score for one in way), chance_of(way)


def _by_score(chosen: Sequence[Prospect]) -> tuple[Prospect, ...]:
    return tuple(sorted(chosen, key=lambda one: (-one.score, one.node)))
