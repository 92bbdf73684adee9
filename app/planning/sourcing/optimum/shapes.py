"""In which ways the pieces of an order can be parted among shipments, whatever the nodes."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod

import numpy as np

from app.planning.sourcing.optimum.problem import Ints

#: An order that can be parted in more ways than so many parts and ways allow is too large to be
#: weighed as a whole: eight lines of one piece each, or five of two.
MOST_PARTS = 255
MOST_WAYS = 8_000


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The ways for orders that ask for so many pieces of each line, in so many shipments at most.

    `parts[p, line]` are the pieces of a part; `ways[w]` are the parts of a way, the last number
    (that of no part) where there are fewer; `left[w, line]` what a way leaves unserved. The first
    way sends nothing.
    """

    asked: tuple[int, ...]
    parts: Ints
    ways: Ints
    left: Ints


@lru_cache(maxsize=4096)
def shape_of(asked: tuple[int, ...], most: int) -> Shape | None:
    """All parts of an order, and all ways of at most so many parts; None when they are too many."""
    if prod(pieces + 1 for pieces in asked) - 1 > MOST_PARTS:
        return None
    vectors = [vector for vector in product(*(range(n + 1) for n in asked)) if any(vector)]
    parts = np.array(vectors, dtype=np.int64).reshape(len(vectors), len(asked))
    wanted = np.array(asked, dtype=np.int64)
    ways, left = _ways(parts, wanted, most)
    if len(ways) > MOST_WAYS:
        return None
    return Shape(asked, parts, ways, left)


def _ways(parts: Ints, asked: Ints, most: int) -> tuple[Ints, Ints]:
    """Sets of parts that ask for no more than the order does; each once, the smaller first."""
    none = len(parts)
    width = max(1, min(most, int(asked.sum())))
    ways = [np.full((1, width), none, dtype=np.int64)]
    left = [asked[None, :]]
    for size in range(width if most else 0):
        before = ways[-1][:, size - 1] if size else np.zeros(1, dtype=np.int64)
        rest = left[-1][:, None, :] - parts[None, :, :]
        able = (rest >= 0).all(axis=2) & (np.arange(none) >= before[:, None])
        way, part = np.nonzero(able)
        if not len(way) or len(way) > MOST_WAYS:
            ways.extend([] if not len(way) else [np.full((len(way), width), none, dtype=np.int64)])
            break
        more = ways[-1][way]
        more[:, size] = part
        ways.append(more)
        left.append(rest[way, part])
    return np.vstack(ways), np.vstack(left)
