"""What would have a stop elsewhere or at another hour: each flip is checked by doing as it says."""

from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest

from app.domain.acts.tours import LockTour
from app.domain.fleet import Vehicle
from app.domain.reasons import Reason
from app.domain.values import Load, Window
from app.operations.why import why
from app.operations.why_chain import Link
from app.operations.why_document import as_document, as_text
from app.operations.why_stop import stop_flips_for
from app.planning.tours.hands import Hands, stops_of
from app.planning.tours.insertion import place_among
from app.planning.tours.settle import Driven, Exact
from app.planning.tours.stop_flips import StopFlips, stop_flips
from app.wording import sentence
from app.workspace import Workspace
from tests.builders import a_vehicle
from tests.tours.a_day import ON, Day, a_door, at
from tests.tours.hand_days import hands_over
from tests.tours.test_hand import planned_by_hand

CHEAP = a_vehicle("V1", fixed_cost_cents=0, cost_per_km_cents=50.0, cost_per_hour_cents=1_500)
DEAR = replace(CHEAP, code="V2", cost_per_km_cents=90.0)
FAR_EAST = (0.05, 0.10, 0.15)


def a_day(first: Vehicle = CHEAP, second: Vehicle = DEAR, **of_middle: object) -> Day:
    """Three doors eastwards on V1, one beyond them on V2; the middle one is asked about."""
    doors = [a_door(str(n), east) for n, east in enumerate(FAR_EAST, start=1)]
    doors[1] = replace(doors[1], **of_middle)
    return Day([*doors, a_door("9", 0.11)], (first, second))


def driven(hands: Hands) -> dict[int, Driven]:
    tours = {}
    for tour in hands.plan.tours:
        vehicle = hands.vehicles[tour.vehicle]
        made = hands.exact.drive(vehicle, hands.route(stops_of(tour)))
        assert made is not None
        tours[vehicle] = made
    return tours


def asked(day: Day) -> tuple[Hands, StopFlips]:
    hands = hands_over(day, {"V1": ["1-1", "2-1", "3-1"], "V2": ["9-1"]})
    visit, vehicle = hands.visits["2-1"], hands.vehicles["V1"]
    found = stop_flips(hands.exact, driven(hands), vehicle, visit, vehicles=hands.vehicles.values())
    return hands, found


def wins_by_mc(day: Day) -> int:
    """How much V1 is cheaper for the middle stop than V2, tried out; below 0 V2 is."""
    hands = hands_over(day, {"V1": ["1-1", "2-1", "3-1"], "V2": ["9-1"]})
    exact, tours = Exact(hands.problem), driven(hands)
    v1, v2, visit = hands.vehicles["V1"], hands.vehicles["V2"], hands.visits["2-1"]
    rest = exact.drive(v1, [v for v in tours[v1].visits if v != visit])
    elsewhere = place_among(exact, {v2: tours[v2]}, [v2], visit)
    assert rest is not None
    assert elsewhere is not None
    return elsewhere.added_mc - (tours[v1].worth_mc - rest.worth_mc)


def the(flips: tuple[Reason, ...], code: str) -> Reason:
    (found,) = [flip for flip in flips if flip.code == code]
    return found


def test_the_price_by_which_another_tour_loses_is_what_flips_it_and_a_cent_less_does_not():
    day = a_day()
    _hands, found = asked(day)

    flip = the(found.tour, "flip_tour_price")

    loses_mc = wins_by_mc(day)
    assert flip["vehicle"] == "V2"
    assert 1000 * int(flip["less_cents"]) > loses_mc >= 1000 * (int(flip["less_cents"]) - 1)


def test_a_stop_that_is_cheaper_elsewhere_says_so_and_by_how_much():
    day = a_day(first=replace(CHEAP, cost_per_km_cents=400.0), second=replace(DEAR, code="V2"))
    hands, found = asked(day)
    tours = driven(hands)
    assert wins_by_mc(day) < 0, tours

    flip = the(found.tour, "flip_tour_wins")

    assert int(flip["less_cents"]) == -wins_by_mc(day) // 1000


def test_room_that_lacks_elsewhere_is_named_with_the_grams_it_takes():
    full = replace(DEAR, capacity=Load(1_500, 10**9, 99), cost_per_hour_cents=0)
    _hands, found = asked(a_day(second=full))

    flip = the(found.tour, "flip_tour_limit")

    assert (flip["vehicle"], flip["give_weight_g"]) == ("V2", 500)
    enough = replace(full, capacity=Load(2_000, 10**9, 99))
    assert wins_by_mc(a_day(second=enough)) < 0
    _hands, short = asked(a_day(second=replace(full, capacity=Load(1_999, 10**9, 99))))
    assert "flip_tour_limit" in {flip.code for flip in short.tour}
    assert the(short.tour, "flip_tour_limit")["give_weight_g"] == 1


def test_a_window_that_closes_before_the_stop_is_served_changes_its_hour():
    hands, found = asked(a_day(window=None))
    assert "flip_time_window" not in {flip.code for flip in found.time}
    start = next(s.start for s in hands.plan.tours[0].deliveries if s.shipment == "2-1")
    open_until = start + timedelta(minutes=25)
    day = a_day(window=Window(at(7), open_until))
    hands, found = asked(day)

    flip = the(found.time, "flip_time_window")

    served = next(s.start for s in hands.plan.tours[0].deliveries if s.shipment == "2-1")
    closes = open_until - timedelta(seconds=int(flip["sooner_s"]))
    assert closes < served <= closes + timedelta(minutes=1)


def test_another_place_of_the_same_tour_has_its_hour_and_its_price():
    hands, found = asked(a_day())
    tour = driven(hands)[hands.vehicles["V1"]]
    visit = hands.visits["2-1"]
    others = [v for v in tour.visits if v != visit]
    rivals = [
        made.worth_mc
        for place in (0, 2)
        if (made := hands.exact.drive(0, [*others[:place], visit, *others[place:]])) is not None
    ]

    flip = the(found.time, "flip_time_price")

    assert int(flip["less_cents"]) == (min(rivals) - tour.worth_mc) // 1000 + 1
    assert flip["position"] != 1 + tour.made.index(visit)


@pytest.mark.parametrize("locked", [True, False])
def test_nothing_flips_on_a_tour_that_people_locked(workspace: Workspace, locked: bool):
    planned_by_hand(workspace, ("1", "2", "3"), ("4", "5"))
    workspace.submit(LockTour("2026-11-24-T1", locked))

    found = stop_flips_for(workspace, ON, "2-1")

    assert (found == StopFlips()) == locked


def test_why_tells_the_flips_of_tour_and_hour(workspace: Workspace, english: None):
    planned_by_hand(workspace, ("1", "2", "3"), ("4", "5"))

    chain = why(workspace, "2")

    links = {link["link"]: link for link in as_document(chain)["links"]}
    assert links["tour"]["flip"]["code"].startswith("flip_tour")
    assert links["time"]["flip"]["code"].startswith("flip_time")
    for flip in (*chain.link(Link.TOUR).flips, *chain.link(Link.TIME).flips):
        assert sentence(flip) in as_text(chain)
    assert why(workspace, "2", flip_stops=False).link(Link.TOUR).flip is None


def test_a_flip_is_found_in_a_tenth_of_a_second_among_two_thousand_orders():
    fleet = [replace(CHEAP, code=f"V{n:03}") for n in range(100)]
    doors = [a_door(f"{n:04}", 0.002 * (n % 50), 0.002 * (n // 50)) for n in range(2_000)]
    day = Day(doors, fleet)
    tours = {
        vehicle.code: [f"{20 * n + k:04}-1" for k in range(20)] for n, vehicle in enumerate(fleet)
    }
    hands = hands_over(day, tours)
    made, visit = driven(hands), hands.visits["0710-1"]
    vehicle = next(v for v, tour in made.items() if visit in tour.visits)
    asked_of = list(hands.vehicles.values())
    stop_flips(hands.exact, made, vehicle, hands.visits["0711-1"], vehicles=asked_of)
    before_s = process_time()

    found = stop_flips(hands.exact, made, vehicle, visit, vehicles=asked_of)

    assert found.tour
    assert process_time() - before_s < 0.1 * 3  # a shared machine may take three times as long
