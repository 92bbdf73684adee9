"""Days that are planned already, for tests of what hands do to them."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from app.domain.tours import Tour, TourPlan
from app.planning.tours.court import Facts
from app.planning.tours.hands import Hands
from app.planning.tours.moves import Displace, Drive, Merge, Move, Place, Reverse, Split, Swap
from tests.tours.a_day import ON, PARIS, TRAVEL, Day, some_days


def hands_over(day: Day, tours: dict[str, Sequence[str]], **but: object) -> Hands:
    """The day with these tours by vehicle, numbered in that order; all else waits."""
    problem = day.problem()
    facts = Facts.of(day.doors, day.vehicles, day.nodes, TRAVEL, PARIS)
    hands = Hands.of(problem, TourPlan(ON, ()), facts)
    made: list[Tour] = []
    for number, (vehicle, stops) in enumerate(tours.items(), start=1):
        timed = hands.timed(hands.vehicles[vehicle], tuple(stops), number)
        assert timed is not None
        made.append(replace(timed, **but) if but else timed)
    return Hands.of(problem, TourPlan(ON, tuple(made)), facts)


@st.composite
def planned_days(draw: st.DrawFn) -> tuple[Day, Hands]:
    """A small day whose shipments ride anywhere they may, in any order, late or not."""
    day = draw(some_days(doors=7, vehicles=3))
    problem = day.problem()
    tours: dict[str, list[str]] = {}
    for visit in problem.visits:
        fits = [v.code for v in problem.vehicles if v.depot in visit.depots]
        vehicle = draw(st.sampled_from([*fits, ""])) if fits else ""
        if vehicle:
            stops = tours.setdefault(vehicle, [])
            stops.insert(draw(st.integers(0, len(stops))), visit.shipment)
    return day, hands_over(day, tours)


def moves_on(hands: Hands) -> st.SearchStrategy[Move]:
    """Anything a hand could do there, sensible or not."""
    shipments = st.sampled_from([visit.shipment for visit in hands.problem.visits] or ["none"])
    tours = st.sampled_from([tour.code for tour in hands.plan.tours] or ["none"])
    vehicles = st.sampled_from([vehicle.code for vehicle in hands.problem.vehicles] or ["none"])
    some = st.lists(shipments, min_size=1, max_size=3, unique=True).map(tuple)
    places = st.none() | st.integers(0, 6)
    return st.one_of(
        st.builds(Place, some, tours, st.just(""), places),
        st.builds(Place, some, st.just(""), vehicles, places),
        st.builds(Reverse, tours),
        st.builds(Split, tours, st.integers(0, 6), vehicles | st.just("")),
        st.builds(Merge, tours, tours),
        st.builds(Swap, tours, tours),
        st.builds(Drive, tours, vehicles),
        st.builds(Displace, shipments, vehicles, shipments, st.just("") | vehicles),
    )
