"""Ways out of what was left out, done: what they said is what comes, journalled, undone at once."""

from datetime import time
from typing import Any

import pytest

from app.domain.tours import Colour, TourPlan
from app.domain.values import Load
from app.operations import hand
from app.operations.remedying import ground_for
from app.operations.ways_out import WayOut, preview_way, ways_out
from app.planning.tours.displacing import Displacement
from app.planning.tours.hands import Hands
from app.planning.tours.loosening import Limit
from app.planning.tours.relaxing import Remedy
from app.workspace import Workspace
from db.journal import entries
from db.plans import load_plan
from tests.builders import a_vehicle
from tests.tours.a_day import ON
from tests.tours.test_remedying import planned


def ways(workspace: Workspace, shipment: str) -> tuple[Hands, tuple[WayOut, ...]]:
    hands = ground_for(workspace, ON)
    found = ways_out(workspace, ON, shipment, hands)
    assert found is not None
    return hands, found


def by_limit(found: tuple[WayOut, ...], limit: Limit) -> WayOut:
    return next(
        way for way in found if isinstance(way.found, Remedy) and way.found.limits == {limit}
    )


@pytest.mark.parametrize("limit", [Limit.END, Limit.EARLIER])
def test_a_limit_gives_way_by_what_was_said_at_the_price_that_was_said(
    workspace: Workspace, limit: Limit
):
    planned(workspace, vehicle=a_vehicle("V1", shift_to=time(13)))
    hands, found = ways(workspace, "480001-1")
    way = by_limit(found, limit)
    assert isinstance(way.found, Remedy)

    seen = preview_way(hands, way)

    assert seen.refused is None
    (broken,) = seen.broken
    assert broken.code == {Limit.END: "after_shift", Limit.EARLIER: "early"}[limit]
    amount = dict(way.found.amounts)[limit]
    assert amount - 60 < broken.amount - broken.limit <= amount
    carbon = workspace.policy().touring.carbon_cents_per_kg * seen.change.co2e_g / 1000
    assert abs(seen.change.cost_cents + carbon - way.found.added_cents) <= 1


def test_what_is_done_is_one_entry_with_its_reason_and_undone_at_once(workspace: Workspace):
    before = planned(workspace, vehicle=a_vehicle("V1", shift_to=time(13)))
    hands, found = ways(workspace, "480001-1")
    seen = preview_way(hands, by_limit(found, Limit.END))
    count = len(list(workspace.read(entries)))

    hand.apply_preview(workspace, ON, seen, "ends 40 min later, M. Petit agrees", force=True)

    plan = workspace.read(load_plan, ON)
    (tour,) = plan.tours
    assert [stop.shipment for stop in tour.deliveries] == ["480001-1"]
    assert (tour.locked, tour.forced) == (True, "ends 40 min later, M. Petit agrees")
    assert plan.unplanned == ()
    assert len(list(workspace.read(entries))) == count + 1
    workspace.undo()
    assert workspace.read(load_plan, ON).unplanned == before.unplanned


_BREAKS = {
    Limit.PARCELS: "too_many_parcels",
    Limit.WEIGHT: "too_heavy",
    Limit.LATER: "late",
    Limit.EARLIER: "early",
    Limit.END: "after_shift",
    Limit.START: "before_shift",
    Limit.DISTANCE: "too_far",
}


@pytest.mark.parametrize(
    "but",
    [
        {"capacity": Load(800_000, 6_000_000, 4)},
        {"shift_to": time(13, 20)},
        {"shift_to": time(14), "max_m": 9_000},
    ],
    ids=["few parcels", "a short shift", "a short range"],
)
def test_each_way_out_breaks_only_what_it_said_at_its_price(workspace: Workspace, but: Any):
    plan = planned(workspace, vehicle=a_vehicle("V1", **but), orders=8)
    assert plan.unplanned
    carbon = workspace.policy().touring.carbon_cents_per_kg
    for left in plan.unplanned[:3]:
        hands, found = ways(workspace, left.shipment)
        for way in found:
            if isinstance(way.found, Displacement):
                continue
            seen = preview_way(hands, way)
            assert seen.refused is None
            assert {one.code for one in seen.broken} <= {_BREAKS[n] for n in way.found.limits}
            added = seen.change.cost_cents + carbon * seen.change.co2e_g / 1000
            assert abs(added - way.found.added_cents) <= 1


def test_whom_it_displaces_waits_in_the_list_where_nobody_takes_it(workspace: Workspace):
    plan = planned(workspace, vehicle=a_vehicle("V1", shift_to=time(13, 20)), orders=8)
    left, way, hands = displacing(workspace, plan)
    assert isinstance(way.found, Displacement)
    assert way.found.onto == ""
    seen = preview_way(hands, way)
    assert seen.free

    hand.apply_preview(workspace, ON, seen)

    after = workspace.read(load_plan, ON)
    riding = {stop.order for tour in after.tours for stop in tour.deliveries}
    assert left in {stop.shipment for tour in after.tours for stop in tour.deliveries}
    assert way.found.order not in riding
    (gone,) = (one for one in after.unplanned if one.order == way.found.order)
    assert gone.reasons[0].code == "tour_taken_out"
    assert {one.shipment for one in after.unplanned} >= {
        one.shipment for one in plan.unplanned if one.shipment != left
    }
    workspace.undo()
    assert workspace.read(load_plan, ON).unplanned == plan.unplanned


def displacing(workspace: Workspace, plan: TourPlan) -> tuple[str, WayOut, Hands]:
    """A shipment of the plan that would displace another one, and how."""
    for left in plan.unplanned:
        if left.colour is not Colour.YELLOW:
            continue
        hands, found = ways(workspace, left.shipment)
        for way in found:
            if isinstance(way.found, Displacement):
                return left.shipment, way, hands
    raise AssertionError("nothing would displace anything")
