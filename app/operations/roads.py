"""Which travel times this copy of the program reckons with."""

from functools import cache

from app.places import Gazetteer, NoGazetteer
from app.ports import TravelTimes


@cache
def travel_times() -> TravelTimes:
    """The great circle, slower where people live densely when the gazetteer is built."""
    from app.connectors.roads.great_circle import GreatCircleTravel  # heavy

    try:
        with Gazetteer() as gazetteer:
            return GreatCircleTravel.of(gazetteer)
    except NoGazetteer:
        return GreatCircleTravel()
