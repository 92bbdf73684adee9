"""What every tour of the day would ask for shipments that a hand holds, each at its best place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.planning.tours.consequences import Preview
from app.planning.tours.hands import Hands
from app.planning.tours.moves import Place
from app.planning.tours.previewing import preview
from app.planning.tours.rearranging import idle_vehicles
from app.ports import Stop, never


@dataclass(frozen=True, slots=True)
class Price:
    """One tour's answer, for the whole day: what leaves another tour is counted too."""

    tour: str
    preview: Preview


def prices(
    hands: Hands, shipments: tuple[str, ...], tours: Iterable[str] | None = None, stop: Stop = never
) -> Iterator[Price]:
    """The answer of each tour, or of those named."""
    for code in hands.tours if tours is None else tours:
        if stop():
            return
        yield Price(code, preview(hands, Place(shipments, code)))


def new_tours(hands: Hands, shipments: tuple[str, ...]) -> Iterator[Price]:
    """What a tour of its own would ask, on an idle vehicle of each kind where the goods lie."""
    visits = [hands.visit(shipment) for shipment in shipments]
    depots = {place for visit in visits if visit is not None for place in visit.depots}
    for place in sorted(depots):
        for vehicle in idle_vehicles(hands, hands.problem.depots[place]):
            yield Price("", preview(hands, Place(shipments, vehicle=vehicle)))


def cheapest(found: Iterable[Price]) -> Price | None:
    """The price of the least money among those that break nothing and change something."""
    able = [price for price in found if price.preview.free and price.preview.changes]
    return min(able, key=lambda price: price.preview.change.cost_cents, default=None)
