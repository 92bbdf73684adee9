"""What would let a vehicle take an order left out: told with the plan, and in the chain of why."""

from dataclasses import replace
from datetime import time
from typing import Any

from app.domain.acts.orders import ImportRows
from app.domain.acts.tours import LockTour
from app.domain.locks import LockKind, TourLock
from app.domain.tours import Colour, PlanState, TourPlan
from app.operations import touring
from app.operations.locks import lock_shipments
from app.operations.remedying import displacements_for, remedies_for, to_be_told, told_with
from app.operations.touring_documents import as_document
from app.operations.why import why
from app.operations.why_chain import Link
from app.operations.why_document import as_document as why_document
from app.operations.why_document import as_text
from app.planning.tours.loosening import Limit
from app.planning.tours.relaxing import Remedy
from app.planning.tours.solver import solve
from app.wording import sentence
from app.workspace import Workspace
from tests.builders import a_vehicle
from tests.tours.a_day import ON
from tests.tours.test_hand import fill, today


def planned(workspace: Workspace, *, vehicle: Any, orders: int = 1) -> TourPlan:
    """A day of one vehicle that may leave some orders out, kept as drafts."""
    fill(workspace, *(today(f"48000{n}", 0.01 * n) for n in range(1, orders + 1)))
    fleet = (vehicle, *(a_vehicle(f"V{n}", active=False) for n in (2, 3)))
    workspace.submit(ImportRows("vehicle", "vehicles.csv", fleet))
    return touring.plan(workspace, ON, seconds=None, iterations=30, solver=solve, apply=True).drafts


def limits(found: tuple[Remedy, ...]) -> list[set[Limit]]:
    return [set(remedy.limits) for remedy in found]


def test_a_shift_that_ends_too_soon_ends_later_or_the_door_opens_earlier(workspace: Workspace):
    plan = planned(workspace, vehicle=a_vehicle("V1", shift_to=time(13)))
    assert to_be_told(plan) == ("480001-1",)

    found = remedies_for(workspace, ON, to_be_told(plan))["480001-1"]

    assert {Limit.END} in limits(found)
    assert {Limit.EARLIER} in limits(found)
    assert {remedy.vehicle for remedy in found} == {"V1"}


def test_the_plan_s_document_gives_each_remedy_in_figures_and_in_words(workspace: Workspace):
    planned(workspace, vehicle=a_vehicle("V1", shift_to=time(13)))
    run = touring.plan(workspace, ON, seconds=None, iterations=30, solver=solve)

    (left,) = as_document(run, *told_with(workspace, run.plan))["unplanned"]

    (end,) = (each for each in left["remedies"] if each["relax"][0]["limit"] == "end")
    assert end["relax"][0]["unit"] == "s"
    assert 0 < end["relax"][0]["amount"] < 3_600
    assert (end["vehicle"], end["new_tour"], end["position"]) == ("V1", True, 1)
    assert end["added_cents"] > 0
    assert "its shift ends" in end["text"]
    assert as_document(run)["unplanned"][0]["remedies"] is None


def test_giving_a_vehicle_what_its_remedy_says_lets_it_take_the_order(workspace: Workspace):
    planned(workspace, vehicle=a_vehicle("V1", shift_to=time(13)))
    found = remedies_for(workspace, ON, ("480001-1",))["480001-1"]
    end = next(remedy for remedy in found if remedy.limits == {Limit.END})
    minutes = dict(end.amounts)[Limit.END] // 60

    enough = a_vehicle("V1", shift_to=time(13, minutes))
    workspace.submit(ImportRows("vehicle", "vehicles.csv", (enough,)))
    run = touring.plan(workspace, ON, seconds=None, iterations=30, solver=solve)
    too_little = a_vehicle("V1", shift_to=time(13, minutes - 1))
    workspace.submit(ImportRows("vehicle", "vehicles.csv", (too_little,)))
    short = touring.plan(workspace, ON, seconds=None, iterations=30, solver=solve)

    assert run.plan.unplanned == ()
    carbon_mc = run.plan.co2e_g * workspace.policy().touring.carbon_cents_per_kg
    assert 1_000 * run.plan.cost_cents + carbon_mc == end.added_mc
    assert len(short.plan.unplanned) == 1


def test_what_fits_nowhere_for_want_of_an_address_is_not_helped_by_tours(workspace: Workspace):
    fill(workspace, replace(today("480001", 0.01), place=None))
    run = touring.plan(workspace, ON, seconds=None, iterations=10, solver=solve, apply=True)

    assert remedies_for(workspace, ON, to_be_told(run.plan)) == {}


def test_nothing_is_asked_of_a_tour_that_is_locked_or_agreed(workspace: Workspace):
    tight = a_vehicle("V1", capacity=a_vehicle().capacity, shift_to=time(13, 20))
    plan = planned(workspace, vehicle=tight, orders=8)
    left = to_be_told(plan)
    assert plan.tours
    assert left

    before = remedies_for(workspace, ON, left[:1])[left[0]]
    workspace.submit(LockTour(plan.tours[0].code, locked=True))
    locked = remedies_for(workspace, ON, left[:1])[left[0]]
    workspace.submit(LockTour(plan.tours[0].code, locked=False))
    touring.set_state(workspace, ON, PlanState.VALIDATED)
    agreed = remedies_for(workspace, ON, left[:1])[left[0]]

    assert before
    assert (locked, agreed) == ((), ())


def test_a_lock_is_one_of_the_limits(workspace: Workspace):
    planned(workspace, vehicle=a_vehicle("V1", shift_to=time(20)))
    lock_shipments(workspace, (TourLock(ON, LockKind.NOT_VEHICLE, ("480001-1",), "V1"),))
    run = touring.plan(workspace, ON, seconds=None, iterations=10, solver=solve, apply=True)

    (found,) = remedies_for(workspace, ON, to_be_told(run.plan)).values()

    assert limits(found) == [{Limit.LOCK}]


def test_the_chain_of_why_ends_in_what_would_flip_it(workspace: Workspace):
    planned(workspace, vehicle=a_vehicle("V1", shift_to=time(13)))

    chain = why(workspace, "480001")

    link = chain.link(Link.TOUR)
    assert link.flip == link.remedies[0].reason
    tour = why_document(chain)["links"][3]
    assert tour["flip"]["text"] == tour["remedies"][0]["text"] == sentence(link.flip)
    assert f"  + {sentence(link.flip)}" in as_text(chain)


def test_a_full_tour_names_whom_a_shipment_would_displace(workspace: Workspace):
    plan = planned(workspace, vehicle=a_vehicle("V1", shift_to=time(13, 20)), orders=8)
    run = touring.plan(workspace, ON, seconds=None, iterations=30, solver=solve)
    yellow = [left for left in plan.unplanned if left.colour is Colour.YELLOW]
    assert yellow

    found = displacements_for(workspace, ON, [left.shipment for left in yellow])

    assert found
    riding = {stop.order for tour in plan.tours for stop in tour.deliveries}
    assert {one.order for one in found.values()} <= riding
    document = as_document(run, displaced=found)
    said = [left["displaces"] for left in document["unplanned"] if left["displaces"]]
    assert all("in the place of" in each["text"] for each in said)
    assert said
