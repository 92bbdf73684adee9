"""Tours that pass through zones closed to their vehicle: found, told, refused where so ruled."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.acts.orders import ImportRows
from app.domain.fleet import Vehicle
from app.domain.tours import PlanState, Stop, StopKind, Tour
from app.domain.values import GeoPoint, Load
from app.domain.zones import AccessZone, Ban
from app.errors import WhollyRefused
from app.operations import passing, touring
from app.operations.policy import publish_policy, rules_text
from app.operations.roads import ways_of_tours
from app.operations.touring_documents import verdict_document
from app.planning.tours.passing import Passings, passings_of
from app.planning.tours.solver import solve
from app.workspace import Workspace
from db.plans import load_plan
from tests.builders import a_vehicle
from tests.tours.a_day import ON, PARIS, at
from tests.tours.test_roads import on_the_grid as on_the_grid

OLD = a_vehicle("V1", critair="4")
HOME, DOOR = GeoPoint(50.0, 3.0), GeoPoint(50.0, 3.2)
#: A way of few corners.
LINE = (HOME, GeoPoint(50.0, 3.05), GeoPoint(50.0, 3.15), DOOR)


def zone_round(point: GeoPoint, *bans: Ban, half: float = 0.01) -> AccessZone:
    north, east = point.latitude, point.longitude
    corners = ((-half, -half), (half, -half), (half, half), (-half, half), (-half, -half))
    ring = tuple(GeoPoint(north + y, east + x) for y, x in corners)
    return AccessZone("ZFE", (ring,), bans or (Ban(critair_from="3"),), label="Centre")


def a_tour(start_hour: int = 9) -> Tour:
    """Out to a door for an hour, and home again."""
    leaves = at(start_hour)
    there, gone = leaves + timedelta(hours=1), leaves + timedelta(hours=2)
    home = gone + timedelta(hours=1)
    stops = (
        Stop(StopKind.DEPART, HOME, leaves, leaves, leaves),
        Stop(StopKind.DELIVERY, DOOR, there, there, gone, "480001", "480001-1"),
        Stop(StopKind.RETURN, HOME, home, home, home),
    )
    return Tour("T1", 1, ON, "V1", "LIL", stops, Load(), 20_000, 7_200, 0, 0)


def seen(zone: AccessZone, vehicle: Vehicle = OLD, tour: Tour | None = None) -> Passings:
    """What is found where only the way out is known."""
    tour = tour or a_tour()
    ways = {tour.code: {(HOME, DOOR): LINE}}
    return passings_of([tour], {"V1": vehicle}, [zone], ways, PARIS, "FR")


def test_a_way_through_a_closed_zone_is_found_though_no_corner_of_it_lies_inside():
    found = seen(zone_round(GeoPoint(50.0, 3.1)))

    (one,) = found.found
    assert (one.tour.code, one.stop, one.zone.name) == ("T1", 1, "Centre")
    assert (one.leg.start, one.leg.end) == (at(9), at(10))
    assert (found.legs, found.unknown) == (2, 1)


@pytest.mark.parametrize("ends", [HOME, DOOR])
def test_a_stop_in_the_zone_is_not_a_way_through_it(ends: GeoPoint):
    assert seen(zone_round(ends)).found == ()


@pytest.mark.parametrize(("start", "count"), [(6, 0), (9, 1), (12, 0)])
def test_only_the_hours_of_the_zone_count(start: int, count: int):
    closed = Ban("Mo-Fr 08:00-11:00", critair_from="3")

    found = seen(zone_round(GeoPoint(50.0, 3.1), closed), tour=a_tour(start))

    assert len(found.found) == count


def test_a_vehicle_that_may_enter_is_not_looked_at():
    assert seen(zone_round(GeoPoint(50.0, 3.1)), replace(OLD, critair="1")) == Passings()


@pytest.fixture
def closed_street(on_the_grid: Workspace) -> Workspace:
    """The day planned on known streets, with a zone round the middle of a way."""
    touring.plan(on_the_grid, ON, iterations=50, apply=True, solver=solve)
    tours = on_the_grid.read(load_plan, ON).tours
    (ways,) = ways_of_tours(on_the_grid, tours).values()
    line = max(ways.values(), key=len)
    zone = zone_round(line[len(line) // 2], Ban(), half=0.0002)
    on_the_grid.submit(ImportRows("access_zone", "zones.geojson", (zone,)))
    return on_the_grid


def checked(workspace: Workspace) -> dict:
    judged = touring.check(workspace, on=ON)
    document = verdict_document(judged)
    return json.loads(json.dumps(passing.with_passings(workspace, document, judged.plan.tours)))


def mind(workspace: Workspace) -> None:
    text = rules_text(workspace)
    publish_policy(workspace, text.replace("passing_refused = false", "passing_refused = true"))


def test_the_judge_warns_and_the_tour_may_be_validated(closed_street: Workspace):
    told = checked(closed_street)

    assert told["feasible"]
    assert told["violations"] == []
    assert {(one["code"], one["zone"]) for one in told["warnings"]} == {("passes_zone", "ZFE/")}
    assert "Centre" in told["warnings"][0]["text"]
    assert told["passing"]["unchecked"] == 0 < told["passing"]["legs"]
    touring.set_state(closed_street, ON, PlanState.VALIDATED)


def test_where_the_rules_mind_the_plan_cannot_stand_and_is_not_validated(
    closed_street: Workspace,
):
    mind(closed_street)

    told = checked(closed_street)
    with pytest.raises(WhollyRefused) as refused:
        touring.set_state(closed_street, ON, PlanState.VALIDATED)

    assert not told["feasible"]
    assert told["warnings"] == []
    assert told["summary"]["violations"] == len(told["violations"]) > 0
    assert refused.value.code == "passing_refused"
    assert {tour.state for tour in closed_street.read(load_plan, ON).tours} == {PlanState.DRAFT}


def test_what_is_agreed_can_be_taken_back_whatever_the_rules_mind_since(
    closed_street: Workspace,
):
    touring.set_state(closed_street, ON, PlanState.VALIDATED)
    touring.set_state(closed_street, ON, PlanState.PUBLISHED)
    mind(closed_street)

    touring.set_state(closed_street, ON, PlanState.VALIDATED)

    states = {tour.state for tour in closed_street.read(load_plan, ON).tours}
    assert states == {PlanState.VALIDATED}


def test_without_roads_it_is_said_that_nothing_was_looked_at():
    found = passings_of([a_tour()], {"V1": OLD}, [zone_round(GeoPoint(50.0, 3.1))], {}, PARIS, "FR")

    assert (found.found, found.legs, found.unknown) == ((), 2, 2)
    assert passing.unchecked_in_words({"passing": {"unchecked": 2}})
    assert passing.unchecked_in_words({"passing": {"unchecked": 0}}) == []
