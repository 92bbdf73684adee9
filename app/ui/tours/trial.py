"""How the lanes look while a hand holds stops: as if they were dropped where the pointer is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.planning.tours.consequences import Preview
from app.ui.tours.drop_words import price_of
from app.ui.tours.lanes import Bar, Day, Lane, tour_lane


@dataclass(frozen=True, slots=True)
class LanePrice:
    """What a lane's tour asks for the stops in hand; a refused one is dimmed."""

    text: str
    tone: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """What stands in the place of the lanes while stops are held.

    `lanes` by key are the touched ones as they would be; `moved` are the shipments in hand, `left`
    the bars where they stood, by the lane's key.
    """

    lanes: Mapping[str, Lane] = field(default_factory=dict)
    moved: frozenset[str] = frozenset()
    left: Mapping[str, tuple[Bar, ...]] = field(default_factory=dict)
    prices: Mapping[str, LanePrice] = field(default_factory=dict)

    def lane(self, lane: Lane) -> Lane:
        """The lane as it is shown now."""
        return self.lanes.get(lane.key, lane)


def tried(seen: Preview, shown: tuple[Lane, ...], day: Day, tight_s: int) -> Mapping[str, Lane]:
    """The touched lanes as a move would leave them, by the keys they are shown under."""
    if seen.refused is not None:
        return {}
    by_tour = {lane.tour.code: lane for lane in shown if lane.tour is not None}
    by_vehicle = {lane.vehicle.code: lane for lane in shown}
    found = {}
    for each in seen.touched:
        code = each.tour.code
        lane = by_tour.get(code) or by_vehicle.get(each.tour.vehicle)
        if lane is None or each.before == each.after:
            continue
        driven = by_vehicle.get(each.tour.vehicle, lane).vehicle
        if each.after is None:
            found[lane.key] = Lane(lane.vehicle, lane.from_s, lane.to_s)
        else:
            found[lane.key] = tour_lane(each.after, driven, day, tight_s)
    return found


def left_bars(shown: tuple[Lane, ...], moved: frozenset[str]) -> Mapping[str, tuple[Bar, ...]]:
    """Where the stops in hand stood."""
    return {
        lane.key: bars
        for lane in shown
        if (bars := tuple(bar for bar in lane.stops if bar.shipment in moved))
    }


def lane_prices(found: Mapping[str, Preview], shown: tuple[Lane, ...]) -> Mapping[str, LanePrice]:
    """The prices by tour code as the labels of the lanes tell them."""
    prices = {}
    for lane in shown:
        seen = found.get(lane.tour.code) if lane.tour is not None else None
        if seen is not None and (seen.changes or seen.refused):
            text, tone = price_of(seen)
            prices[lane.key] = LanePrice(text, tone, refused=not seen.free)
    return prices
