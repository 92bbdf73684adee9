"""What each tour would ask for shipments in a hand, and each vehicle for a tour."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.tours import PlanState, Tour
from app.planning.tours.consequences import Preview
from app.planning.tours.hands import Hands
from app.planning.tours.moves import Drive, Place, Swap
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


@dataclass(frozen=True, slots=True)
class Taker:
    """A vehicle that could drive a tour, and what the day would be then.

    `gives` is the draft tour that it would give in exchange, None = it is idle.
    """

    vehicle: str
    gives: Tour | None
    preview: Preview


def takers(hands: Hands, tour: str, stop: Stop = never) -> tuple[Taker, ...]:
    """What each vehicle in service would make of a tour, wherever it starts.

    The idle ones take it over, those with one draft tour of their own exchange. First those that
    break nothing, the cheapest at the head; then those that break fewest rules; last those that
    cannot drive it at all.
    """
    own = hands.tours[tour].vehicle
    driven: dict[str, list[Tour]] = {}
    for each in hands.plan.tours:
        driven.setdefault(each.vehicle, []).append(each)
    found = []
    for vehicle in hands.vehicles:
        if stop():
            break
        theirs = driven.get(vehicle, [])
        if vehicle == own or not hands.facts.vehicles[vehicle].active or len(theirs) > 1:
            continue
        gives = theirs[0] if theirs else None
        if gives is not None and (gives.state is not PlanState.DRAFT or gives.locked):
            continue
        move = Drive(tour, vehicle) if gives is None else Swap(tour, gives.code)
        found.append(Taker(vehicle, gives, preview(hands, move)))
    return tuple(sorted(found, key=_worth))


def _worth(taker: Taker) -> tuple[bool, int, int, str]:
    seen = taker.preview
    return seen.refused is not None, len(seen.broken), seen.change.cost_cents, taker.vehicle


def cheapest(found: Iterable[Price]) -> Price | None:
    """The price of the least money among those that break nothing and change something."""
    able = [price for price in found if price.preview.free and price.preview.changes]
    return min(able, key=lambda price: price.preview.change.cost_cents, default=None)
