"""What-ifs of a real workspace's day: planned otherwise, compared, adopted in one entry."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.acts.orders import ImportRows
from app.domain.acts.tours import LockTour
from app.domain.fleet import Energy
from app.domain.tours import PlanState
from app.domain.values import Window
from app.errors import MovedOn, UnknownSubject, WhollyRefused
from app.operations import scenarios, touring
from app.operations.scenario_adoption import adopt
from app.operations.scenario_documents import as_document, as_text
from app.planning.tours.scenarios import (
    Compact,
    DepotClosed,
    ElectricOnly,
    Even,
    More,
    Scenario,
    Speed,
    Windows,
    Without,
    ZoneSwitched,
)
from app.planning.tours.side_by_side import Measure, moved_between
from app.planning.tours.solver import solve
from app.wording import sentence
from app.workspace import Workspace
from db.fleet import load_access_zones
from db.journal import entries
from db.plans import load_plan
from tests.builders import ROUBAIX, a_node, a_vehicle
from tests.tours.a_day import ON, Day, a_door, at, between
from tests.tours.hand_days import hands_over
from tests.tours.test_touring import fill, in_tours, planned, today
from tests.tours.test_zone_switching import OLD, take_in, zone

V1, V2 = (a_vehicle(code, fixed_cost_cents=0, cost_per_hour_cents=2_000) for code in ("V1", "V2"))
SMALL = replace(V1, capacity=replace(V1.capacity, parcels=2))


def compared(workspace: Workspace, *wanted: Scenario, **but: object) -> scenarios.Comparison:
    given = {"seconds": None, "iterations": 15, "solver": solve, **but}
    return scenarios.compare(workspace, ON, wanted, **given)


def only(made: scenarios.Comparison) -> scenarios.Outcome:
    """The outcome after that of the day planned anew."""
    _anew, found = made.outcomes
    return found


def orders(count: int):
    return [today(str(number), 0.01 * number) for number in range(1, count + 1)]


def test_comparing_writes_nothing_and_plans_the_day_anew_first(workspace: Workspace):
    fill(workspace, *orders(3), vehicles=(V1, V2))
    planned(workspace)
    before, written = workspace.read(load_plan, ON), len(workspace.read(entries))

    made = compared(workspace, Scenario.of(Speed(-10)))

    assert [each.scenario.name for each in made.outcomes] == ["anew", "speed -10"]
    assert workspace.read(load_plan, ON) == before == made.present
    assert len(workspace.read(entries)) == written


def test_a_vehicle_that_stays_in_drives_no_tour_and_what_it_costs_is_told(workspace: Workspace):
    fill(workspace, *orders(4), vehicles=(SMALL, replace(SMALL, code="V2")))
    planned(workspace)

    found = only(compared(workspace, Scenario.of(Without("V1"))))

    assert {tour.vehicle for tour in found.plan.tours} == {"V2"}
    assert (found.side.stops, found.side.left_out) == (2, 2)
    assert found.side.left_cents > 0
    assert found.side.total_cents == found.side.cost_cents + found.side.left_cents


def test_more_vehicles_like_one_take_what_was_left_out(workspace: Workspace):
    fill(workspace, *orders(4), vehicles=(SMALL,))
    planned(workspace)

    made = compared(workspace, Scenario.of(More("V1", 1)))

    assert made.side.left_out == 2
    assert only(made).side.left_out == 0
    assert {tour.vehicle for tour in only(made).plan.tours} == {"V1", "V1+1"}


def test_of_a_closed_depot_nothing_rides_and_everything_is_counted_as_left_out(
    workspace: Workspace,
):
    fill(
        workspace,
        *orders(3),
        vehicles=(V1, a_vehicle("R1", "RBX", fixed_cost_cents=0)),
        nodes=(a_node(), a_node("RBX", ROUBAIX)),
        sources={"3": "RBX"},
    )
    planned(workspace)

    found = only(compared(workspace, Scenario.of(DepotClosed("RBX"))))

    assert in_tours(found.plan) == ["1-1", "2-1"]
    assert found.side.left_out == 1
    (left,) = found.run.drafts.unplanned
    assert left.shipment == "3-1"
    assert "RBX" in sentence(left.reasons[0])


def test_only_what_drives_without_exhaust_goes_out(workspace: Workspace):
    bike = replace(V2, energy=Energy.CARGO_BIKE)
    fill(workspace, *orders(3), vehicles=(V1, bike))

    found = only(compared(workspace, Scenario.of(ElectricOnly())))

    assert {tour.vehicle for tour in found.plan.tours} == {"V2"}


def test_slower_roads_take_longer_by_as_much_and_lead_nowhere_else(workspace: Workspace):
    fill(workspace, *orders(3), vehicles=(V1,))
    planned(workspace)

    made = compared(workspace, Scenario.of(Speed(-50)))

    anew, slow = made.outcomes
    assert slow.side.distance_m == anew.side.distance_m
    assert slow.plan.drive_s == pytest.approx(2 * anew.plan.drive_s, abs=10)


def test_wider_windows_take_more_and_say_how_many_stops_break_a_promise(workspace: Workspace):
    noon = (at(12), at(12, 20))
    far = [
        replace(today(code, east), promised_from=noon[0], promised_to=noon[1])
        for code, east in (("1", -0.2), ("2", 0.2))
    ]
    fill(workspace, *far, vehicles=(V1,))
    planned(workspace)

    made = compared(workspace, Scenario.of(Windows(120)))

    assert made.side.left_out == 1
    assert only(made).side.left_out == 0
    assert only(made).side.late >= 1  # one van cannot be at both doors within the hours promised
    with pytest.raises(WhollyRefused) as refused:
        adopt(workspace, only(made))
    assert refused.value.reason.code in {"scenario_too_late", "scenario_breaks_rules"}
    assert "windows +120" in sentence(refused.value.reason)


def test_what_is_adopted_is_the_day_in_one_entry_that_can_be_undone(workspace: Workspace):
    fill(workspace, *orders(4), vehicles=(V1, V2))
    planned(workspace)
    before, written = workspace.read(load_plan, ON), len(workspace.read(entries))
    found = only(compared(workspace, Scenario.of(Without(before.tours[0].vehicle))))

    adopt(workspace, found)

    after = workspace.read(load_plan, ON)
    assert [tour.vehicle for tour in after.tours] == [tour.vehicle for tour in found.plan.tours]
    assert touring.check(workspace, on=ON).verdict.feasible
    journal = workspace.read(entries)
    assert len(journal) == written + 1
    assert found.scenario.name in sentence(journal[0].summary)
    workspace.undo()
    assert [t.stops for t in workspace.read(load_plan, ON).tours] == [t.stops for t in before.tours]


def test_a_plan_made_for_slower_roads_is_adopted_at_the_times_of_the_real_ones(
    workspace: Workspace,
):
    fill(workspace, *orders(3), vehicles=(V1,))
    found = only(compared(workspace, Scenario.of(Speed(-30))))

    adopt(workspace, found)

    kept = workspace.read(load_plan, ON)
    assert kept.drive_s < found.plan.drive_s
    assert touring.check(workspace, on=ON).verdict.feasible


def test_vehicles_that_there_are_not_cannot_be_sent_out_and_it_says_what_to_do(
    workspace: Workspace,
):
    fill(workspace, *orders(4), vehicles=(SMALL,))
    planned(workspace)
    before = workspace.read(load_plan, ON)
    found = only(compared(workspace, Scenario.of(More("V1", 1))))

    with pytest.raises(WhollyRefused) as refused:
        adopt(workspace, found)

    assert "V1+1" in sentence(refused.value.reason)
    assert workspace.read(load_plan, ON) == before


def test_the_vehicle_of_an_agreed_tour_cannot_be_supposed_away(workspace: Workspace):
    fill(workspace, *orders(2), vehicles=(V1,))
    planned(workspace)
    touring.set_state(workspace, ON, PlanState.VALIDATED)

    with pytest.raises(WhollyRefused) as refused:
        compared(workspace, Scenario.of(Without("V1")))

    assert "T1" in sentence(refused.value.reason)


@pytest.mark.parametrize("change", [Without("V9"), More("V9", 2), DepotClosed("XYZ")])
def test_what_nobody_knows_is_refused_before_anything_is_searched(workspace: Workspace, change):
    fill(workspace, *orders(1))

    with pytest.raises(UnknownSubject):
        compared(workspace, Scenario.of(change))


def test_stop_keeps_the_scenarios_that_are_done(workspace: Workspace):
    fill(workspace, *orders(3), vehicles=(V1, V2))
    planned(workspace)
    seen: list[int] = []

    made = compared(
        workspace,
        Scenario.of(Speed(-10)),
        Scenario.of(Speed(10)),
        stop=lambda: len(seen) >= 2,
        on_outcome=lambda so_far: seen.append(len(so_far.outcomes)),
    )

    assert seen == [1, 2]
    assert [each.scenario.name for each in made.outcomes] == ["anew", "speed -10"]


def test_locked_tours_are_in_every_scenario(workspace: Workspace):
    fill(workspace, *orders(4), vehicles=(V1, V2))
    run = planned(workspace)
    locked = run.plan.tours[0]
    workspace.submit(LockTour(locked.code, locked=True))

    found = only(compared(workspace, Scenario.of(Speed(-20))))

    assert locked.stops in [tour.stops for tour in found.plan.tours]
    adopt(workspace, found)
    assert locked.stops in [tour.stops for tour in workspace.read(load_plan, ON).tours]


def test_a_vehicle_that_left_the_fleet_meanwhile_is_not_sent_out(workspace: Workspace):
    fill(workspace, *orders(3), vehicles=(V1, V2))
    found = only(compared(workspace, Scenario.of(Without("V2"))))
    workspace.submit(ImportRows("vehicle", "v.csv", (replace(V1, active=False),)))

    with pytest.raises(MovedOn):
        adopt(workspace, found)


def test_the_document_gives_every_figure_and_its_change(workspace: Workspace, english: None):
    fill(workspace, *orders(4), vehicles=(SMALL, replace(SMALL, code="V2")))
    planned(workspace)
    made = compared(workspace, Scenario.of(Without("V2")))

    document = as_document(made)

    second = document["scenarios"][1]
    assert second["name"] == second["text"] == "without V2"
    assert second["left_out"] == document["present"]["left_out"] + second["change"]["left_out"]
    assert second["total_cents"] == second["cost_cents"] + second["left_cents"]
    assert "without V2" in as_text(made)


# What changes, by itself


@given(minutes=st.integers(-300, 300), first=st.integers(8, 16), hours=st.integers(0, 3))
def test_a_window_moves_by_as_many_minutes_on_both_sides_or_closes_at_its_middle(
    minutes: int, first: int, hours: int
):
    door = a_door("1", window=between(first, first + hours))

    (moved,) = Windows(minutes).doors([door])

    assert door.window is not None
    assert moved.window is not None
    width = door.window.end - door.window.start
    assert moved.window.end - moved.window.start == max(
        timedelta(), width + 2 * timedelta(minutes=minutes)
    )


def test_windows_that_meet_once_they_are_wider_are_one():
    door = a_door("1", window=between(9, 10), also=(between(11, 12),))

    (moved,) = Windows(30).doors([door])

    assert moved.window == Window(at(8, 30), at(12, 30))
    assert moved.also == ()


def test_one_more_vehicle_takes_a_code_that_nobody_has():
    fleet = More("V1", 2).fleet([V1, replace(V1, code="V1+1")])

    assert [vehicle.code for vehicle in fleet] == ["V1", "V1+1", "V1+2", "V1+3"]


def test_only_stops_that_left_their_place_have_moved():
    day = Day([a_door(str(n), 0.01 * n) for n in range(1, 7)], (V1, V2))
    before = hands_over(day, {"V1": ["1-1", "2-1", "3-1"], "V2": ["4-1", "5-1", "6-1"]}).plan
    after = hands_over(day, {"V1": ["2-1", "3-1", "1-1"], "V2": ["4-1", "6-1"]}).plan

    assert moved_between(before, after) == ("1-1",)
    assert moved_between(before, before) == ()


def test_figures_of_the_present_plan_are_those_of_its_tours():
    day = Day([a_door(str(n), 0.01 * n) for n in range(1, 5)], (V1, V2))
    plan = hands_over(day, {"V1": ["1-1", "2-1"], "V2": ["3-1"]}).plan

    side = Measure.of(day.problem(), plan).side(plan)

    assert (side.tours, side.stops, side.left_out, side.moved) == (2, 3, 1, 0)
    assert side.cost_cents == plan.cost_cents
    assert side.distance_m == plan.distance_m


def test_a_zone_that_would_not_hold_lets_its_vehicles_in(workspace: Workspace):
    """What the law costs: with the zone nobody may bring it, without it the old van does."""
    fill(workspace, today("1"), vehicles=(OLD,), nodes=(a_node(),))
    take_in(workspace, zone())
    planned(workspace)

    made = compared(workspace, Scenario.of(ZoneSwitched("LILLE", active=False)))

    anew, found = made.outcomes
    assert (anew.side.stops, found.side.stops) == (0, 1)
    assert anew.side.left_cents > found.side.total_cents
    assert [one.active for one in workspace.read(load_access_zones)] == [True]


def test_a_zone_to_come_can_be_supposed_to_hold(workspace: Workspace):
    fill(workspace, today("1"), vehicles=(OLD,), nodes=(a_node(),))
    take_in(workspace, zone(active=False, valid_from=date(2027, 1, 1)))
    planned(workspace)

    to_come = ZoneSwitched("LILLE/2027-01-01", active=True)
    found = only(compared(workspace, Scenario.of(to_come)))

    assert found.side.left_out == 1


def test_a_zone_that_is_not_known_is_refused(workspace: Workspace):
    fill(workspace, today("1"), vehicles=(OLD,), nodes=(a_node(),))

    with pytest.raises(UnknownSubject):
        compared(workspace, Scenario.of(ZoneSwitched("LYON", active=False)))


def test_evener_hours_and_clearer_areas_are_supposed_with_what_they_may_cost(workspace: Workspace):
    van = replace(V1, capacity=replace(V1.capacity, parcels=8))
    vans = (van, replace(van, code="V2"))
    fill(workspace, *orders(12), vehicles=vans)
    planned(workspace, iterations=60)

    found = only(compared(workspace, Scenario.of(Even(40)), iterations=60))
    clear = only(compared(workspace, Scenario.of(Compact(0)), iterations=60))

    assert found.side.spread_s < clear.side.spread_s
    assert found.side.cost_cents <= clear.side.cost_cents * 1.4
    assert found.side.stops == 12
    told = as_document(compared(workspace, Scenario.of(Compact(7)), iterations=15))
    changed = told["scenarios"][1]
    assert changed["name"] == "compact 7"
    assert {"spread_s", "apart_m", "crossings"} <= changed["change"].keys()
