"""Which carrier should take a shipment: fences, prices line by line, and a share-out that fits."""

from app.planning.carriage.choice import cheapest_quotes, choose
from app.planning.carriage.prices import quotes

__all__ = ["cheapest_quotes", "choose", "quotes"]
