"""What every tour of the day would ask for shipments that a hand holds, each at its best place."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.tours import PlanState
from app.planning.tours.consequences import Preview
from app.planning.tours.hands import Hands
from app.planning.tours.moves import Place
from app.planning.tours.previewing import preview
from app.ports import Stop, never


@dataclass(frozen=True, slots=True)
class Price:
    """One tour's answer, for the whole day: what leaves another tour is counted too."""

    tour: str
    preview: Preview


def prices(hands: Hands, shipments: tuple[str, ...], stop: Stop = never) -> Iterator[Price]:
    """The answer of each tour in the order of their numbers, drafts before agreed ones."""
    tours = sorted(hands.plan.tours, key=lambda t: (t.state is not PlanState.DRAFT, t.number))
    for tour in tours:
        if stop():
            return
        yield Price(tour.code, preview(hands, Place(shipments, tour.code)))


def cheapest(found: list[Price]) -> Price | None:
    """The price of the least money among those that break nothing and change something."""
    able = [price for price in found if price.preview.free and price.preview.changes]
    return min(able, key=lambda price: price.preview.change.cost_cents, default=None)
