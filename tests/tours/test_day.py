"""A day in whole numbers: hours on the wall, nights, clock changes, and who may take what."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.fleet import Vehicle
from app.domain.policy import Policy, TouringPolicy
from app.domain.tours import Colour
from app.domain.values import Address, GeoPoint, Window
from app.planning.tours.day import problem_of
from app.planning.tours.hours import Hours
from app.planning.tours.problem import Problem, Rest
from app.planning.tours.solver import solve
from tests.builders import a_vehicle
from tests.builders import at as located
from tests.tours.a_day import LILLE, ON, PARIS, ROUBAIX, TRAVEL, Day, a_door, a_node, at, between

CLOCKS = st.times(time(0), time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0))


def problem_on(day: date, vehicle: Vehicle) -> Problem:
    plain = Day([], [vehicle])
    return problem_of([], plain.vehicles, plain.nodes, TRAVEL, plain.policy, day, PARIS)


@st.composite
def any_hours(draw: st.DrawFn) -> Vehicle:
    """A vehicle with any shift, nights too, and any break or none."""
    return a_vehicle(
        shift_from=draw(CLOCKS),
        shift_to=draw(CLOCKS),
        break_s=draw(st.sampled_from((0, 1_200, 2_700))),
        break_from=draw(st.none() | CLOCKS),
        break_to=draw(st.none() | CLOCKS),
    )


@settings(max_examples=300, deadline=None)
@given(
    vehicle=any_hours(),
    day=st.sampled_from((ON, date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 24))),
)
def test_planner_and_judge_read_a_vehicle_s_hours_alike(vehicle: Vehicle, day: date):
    problem = problem_on(day, vehicle)
    (planned,) = problem.vehicles
    hours = Hours(vehicle, day, PARIS)

    assert problem.instant(planned.from_s) == hours.opens
    assert problem.instant(planned.to_s) == hours.closes
    if planned.pause is not None:
        first, last = hours.break_starts()
        assert abs((problem.instant(planned.pause.from_s) - first).total_seconds()) < 1
        assert abs((problem.instant(planned.pause.to_s) - last).total_seconds()) < 1


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 9), (date(2026, 10, 25), 11), (ON, 10)],
)
def test_a_shift_over_the_clock_change_is_an_hour_shorter_or_longer(day: date, hours: int):
    (vehicle,) = problem_on(day, a_vehicle(shift_from=time(0), shift_to=time(10))).vehicles

    assert vehicle.to_s - vehicle.from_s == hours * 3_600


def test_a_night_shift_ends_tomorrow_and_its_break_may_too():
    night = a_vehicle(
        shift_from=time(22),
        shift_to=time(6),
        break_s=1_800,
        break_from=time(1),
        break_to=time(2, 30),
    )

    (vehicle,) = problem_on(ON, night).vehicles

    assert (vehicle.from_s, vehicle.to_s) == (22 * 3_600, 30 * 3_600)
    assert vehicle.pause is not None
    assert (vehicle.pause.from_s, vehicle.pause.to_s) == (25 * 3_600, 26 * 3_600)


def test_a_break_without_hours_lies_in_the_middle_of_the_shift():
    (vehicle,) = problem_on(ON, a_vehicle(shift_to=time(17), break_s=1_800)).vehicles

    assert vehicle.pause is not None
    assert (vehicle.pause.from_s, vehicle.pause.to_s) == (11 * 3_600, 14 * 3_600 - 1_800)


def test_a_depot_has_hours_of_its_own_zone():
    azores = a_node("LIL", timezone="Atlantic/Azores")

    (vehicle,) = Day([], nodes=[azores]).problem().vehicles

    assert vehicle.from_s == 10 * 3_600


def test_windows_become_whole_seconds_inside_them():
    odd = Window(
        datetime(2026, 11, 24, 8, 0, 0, 400_000, UTC), datetime(2026, 11, 24, 9, 0, 0, 600_000, UTC)
    )

    (visit,) = Day([a_door("1", window=odd)]).problem().visits

    assert (visit.opens_s, visit.closes_s) == (9 * 3_600 + 1, 10 * 3_600)


def test_a_window_of_several_days_is_no_trouble():
    weeks = Window(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC))

    (visit,) = Day([a_door("1", window=weeks)]).problem().visits

    assert visit.opens_s < 0 < visit.closes_s


def test_handling_asks_for_a_skill_except_for_what_is_fragile():
    door = a_door("1", handling=frozenset({"fragile", "cold"}))

    (visit,) = Day([door]).problem().visits

    assert visit.needs == {"cold"}


def test_a_shipment_leaves_from_its_own_node_only():
    nodes = [a_node("LIL"), a_node("RBX", ROUBAIX)]
    fleet = [a_vehicle("A", "LIL"), a_vehicle("B", "RBX")]

    problem = Day([a_door("1", node="RBX")], fleet, nodes).problem()

    may = {day.code: day.may_take(problem.visits[0]) for day in problem.vehicles}
    assert may == {"A": False, "B": True}


def test_vehicles_out_of_service_do_not_count():
    problem = Day([a_door("1")], [a_vehicle(active=False)]).problem()

    assert problem.left_to_carriers == 1
    assert problem.vehicles == problem.visits == ()


def test_addresses_too_vague_are_set_aside_in_red_with_both_scores():
    vague = replace(a_door("1"), place=located(LILLE, 0.2))

    problem = Day([vague, a_door("2")]).problem()

    (left,) = problem.set_aside
    assert (left.colour, left.reasons[0].code) == (Colour.RED, "tour_vague_address")
    assert (left.reasons[0]["score_share"], left.reasons[0]["least_share"]) == (0.2, 0.5)
    assert [visit.order for visit in problem.visits] == ["2"]


def test_the_policy_s_prize_stands_where_no_carrier_quotes():
    day = Day([a_door("1"), a_door("2")], prizes={"1-1": 640})

    assert [visit.prize_cents for visit in day.problem().visits] == [640, 50_000]


def test_places_are_in_the_order_of_depots_then_visits():
    nodes = [a_node("RBX", ROUBAIX), a_node("LIL")]
    fleet = [a_vehicle("B", "RBX"), a_vehicle("A", "LIL")]

    problem = Day([a_door("2", 0.1), a_door("1", 0.2)], fleet, nodes).problem()

    assert problem.depots == ("LIL", "RBX")
    assert problem.points[:2] == (LILLE, ROUBAIX)
    assert [(v.order, v.place) for v in problem.visits] == [("1", 2), ("2", 3)]
    assert [v.code for v in problem.vehicles] == ["A", "B"]


def test_a_vehicle_may_begin_and_end_elsewhere_and_knows_its_areas():
    elsewhere = GeoPoint(LILLE.latitude + 0.1, LILLE.longitude)
    fleet = [
        a_vehicle("AWAY", starts_at=elsewhere, ends_at=ROUBAIX, areas=frozenset({"59"})),
        a_vehicle("HOME", starts_at=LILLE, ends_at=LILLE, comes_home=False),
        a_vehicle("OPEN", comes_home=False),
    ]
    strange = replace(a_door("1", 0.1), address=Address(postcode="62000"))
    policy = Policy(touring=TouringPolicy(unknown_area_cents=300))

    problem = Day([strange, a_door("2", 0.2)], fleet, policy=policy).problem()

    away, home, free = problem.vehicles
    assert (away.starts, away.ends, away.open_ended) == (3, 4, False)
    assert problem.points[3:] == (elsewhere, ROUBAIX)
    assert away.lead_m == problem.roads[0].distance_m[3, 0] > 11_000
    assert away.lead_s == problem.roads[0].duration_s[3, 0] > 600
    assert (home.starts, home.ends, home.open_ended) == (None, None, False)
    assert (free.ends, free.open_ended) == (None, True)
    assert [visit.usual for visit in problem.visits] == [{"HOME", "OPEN"}, frozenset()]


def test_the_law_s_rests_are_those_of_the_vehicle_s_weight():
    fleet = [
        a_vehicle("LORRY", gross_weight_kg=7_500),
        a_vehicle("VAN", gross_weight_kg=3_500),
    ]

    lorry, van = Day([], fleet).problem().vehicles

    assert lorry.rests == (Rest(2_700, drive_s=16_200), Rest(1_200, work_s=21_600))
    assert van.rests == (Rest(1_200, work_s=21_600),)


def test_goods_have_their_hour_and_doors_their_further_windows():
    door = replace(a_door("1", window=between(9, 10)), also=(between(14, 16),), ready_at=at(8, 30))
    policy = Policy(touring=TouringPolicy(late_tolerance_s=600, late_cents_per_hour=1_200))

    (visit,) = Day([replace(door, setup_s=200)], policy=policy).problem().visits

    assert visit.spans == ((9 * 3_600, 10 * 3_600), (14 * 3_600, 16 * 3_600))
    assert (visit.ready_s, visit.setup_s) == (30_600, 200)
    assert (visit.late_s, visit.late_hour_cents) == (600, 1_200)


def test_what_evener_hours_and_clearer_areas_may_cost_is_the_policys():
    policy = Policy(touring=TouringPolicy(even_percent=4, compact_percent=7))

    problem = Day([a_door("480001")], policy=policy).problem()

    assert (problem.even_percent, problem.compact_percent) == (4, 7)


def test_a_vehicle_loads_as_long_as_its_file_says_else_as_the_rules_do():
    doors = [a_door("1", 0.02)]
    own, others = a_vehicle("A", loading_s=300), a_vehicle("B")
    policy = Policy(touring=TouringPolicy(handover_s=600))
    day = Day(doors, [own, others], policy=policy)

    problem = day.problem()

    assert [vehicle.loading_s for vehicle in problem.vehicles] == [300, 600]
    assert day.judged(solve(problem, iterations=5)).feasible
