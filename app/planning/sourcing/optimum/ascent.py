"""Which prices make the bound highest: where too much is asked the price rises, else it falls."""

import numpy as np

from app.planning.sourcing.optimum.prices import Market
from app.planning.sourcing.optimum.problem import Floats
from app.ports import Stop

#: The first step, as a share of what an order costs at no prices; each further one is shorter.
FIRST_STEP = 0.1
SHORTER = 0.98
LAST_STEP = 0.0002
#: How long a price remembers what was asked before, and how much.
MEMORY = 0.9
LONG_MEMORY = 0.99
#: Prices are multiples of this share of a unit: their sums are exact, and the bound is true.
GRAIN = 1 / 64


class Ascent:
    """A climb that can be taken up again where it was left.

    `best` is the highest point so far, `scale` what an order costs at no prices.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._prices = np.zeros(market.count)
        self._drift = np.zeros(market.count)
        self._swing = np.zeros(market.count)
        self._steps = 0
        self.best_prices = self._prices
        self.best = market.reckon(self._prices)
        price = self.best.order_price
        self.scale = max(1.0, float(price.sum()) / max(1, len(price)))

    def climb(self, steps: int, stop: Stop) -> None:
        """So many steps more, or until `stop`."""
        here = self._market.reckon(self._prices)
        for _step in range(steps):
            if stop() or not self._market.count:
                return
            self._prices = self._stepped(here.over)
            here = self._market.reckon(self._prices)
            if here.bound > self.best.bound:
                self.best, self.best_prices = here, self._prices

    def _stepped(self, over: Floats) -> Floats:
        self._steps += 1
        self._drift = MEMORY * self._drift + (1 - MEMORY) * over
        self._swing = LONG_MEMORY * self._swing + (1 - LONG_MEMORY) * over * over
        drift = self._drift / (1 - MEMORY**self._steps)
        swing = np.sqrt(self._swing / (1 - LONG_MEMORY**self._steps))
        step = self.scale * max(FIRST_STEP * SHORTER**self._steps, LAST_STEP)
        return _grained(self._prices + step * drift / (swing + 1e-3))


def _grained(prices: Floats) -> Floats:
    return np.asarray(np.maximum(0.0, np.floor(prices / GRAIN) * GRAIN))
