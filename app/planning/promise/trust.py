"""How sure it is that a piece in the books is on the shelf.

A simple model: since the count, pieces of a product have gone astray one by one (lost, mislaid,
broken, sold unseen), so many a day on average, by chance (a Poisson process). In a store it is one
in fifty days, elsewhere one in five hundred. The pieces asked for are there unless more went astray
than lie beyond them, safety stock included: a store's last piece, counted long ago, is the least
sure. A count of unknown age is as old as can be.
"""

from datetime import datetime
from math import exp

from app.domain.nodes import NodeKind
from app.domain.stock import StockCell

#: Pieces of a product that go astray in a day.
ASTRAY_IN_STORE = 0.02
ASTRAY_ELSEWHERE = 0.002
#: Who does not count for so long has noticed what is missing.
MOST_DAYS = 90.0
_DAY_S = 86_400.0


def chance_there(cell: StockCell, pieces: int, kind: NodeKind, at: datetime) -> float:
    """The chance that a cell really has the pieces, from 0 to 1; 0 where the books have fewer."""
    spare = cell.on_hand - cell.reserved - cell.blocked - pieces
    if spare < 0:
        return 0.0
    rate = ASTRAY_IN_STORE if kind is NodeKind.STORE else ASTRAY_ELSEWHERE
    return _at_most(spare, rate * _days_since(cell.as_of, at))


def _days_since(counted: datetime | None, at: datetime) -> float:
    if counted is None:
        return MOST_DAYS
    return min(MOST_DAYS, max(0.0, (at - counted).total_seconds()) / _DAY_S)


def _at_most(spare: int, expected: float) -> float:
    """The chance that not more than the spare pieces went astray, so many being expected."""
    term = chance = exp(-expected)
    for lost in range(1, spare + 1):
        term *= expected / lost
        chance += term
        if term < 1e-12:  # what follows is too small to be told
            break
    return min(1.0, chance)
