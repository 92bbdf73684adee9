"""Tours changed by hand in a real workspace: as seen, guarded, undone, journalled."""

import shutil
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.acts.desk import ChooseCarriers
from app.domain.acts.orders import ApplySourcing, CancelOrder, ImportRows
from app.domain.acts.tours import EditTours, LockTour, SaveTours
from app.domain.carriers import CarrierChoice
from app.domain.orders import Order, OrderLine, OrderState
from app.domain.sourcing import SourcingDecision, SuggestedShipment
from app.domain.tours import PlanState, Tour, TourPlan
from app.domain.values import GeoPoint
from app.errors import AlreadyAgreed, MovedOn, ReasonNeeded, UnknownSubject, WhollyRefused
from app.operations import hand, touring
from app.planning.tours.moves import Move, Place, Reverse, Split, Swap
from app.wording import sentence
from app.workspace import Workspace
from db.journal import entries
from db.orders import load_shipments
from db.plans import load_plan
from tests.builders import LILLE, NOW, a_cell, a_node, a_product, a_vehicle, an_order
from tests.tours.a_day import ON, at

T1, T2 = "2026-11-24-T1", "2026-11-24-T2"
FLEET = tuple(a_vehicle(f"V{n}", shift_to=time(20)) for n in (1, 2, 3))


def today(code: str, east: float, **but: Any) -> Order:
    """An order promised for the afternoon, so many degrees east of Lille."""
    point = GeoPoint(LILLE.latitude, LILLE.longitude + east)
    return replace(an_order(code, point, promised_from=at(13), promised_to=at(17)), **but)


def fill(workspace: Workspace, *orders: Order) -> None:
    """A day with its vehicles and its orders, all sourced from Lille."""
    rows: dict[str, tuple[Any, ...]] = {
        "node": (a_node(),),
        "product": (a_product(),),
        "stock": (a_cell("LIL", on_hand=100),),
        "order": orders,
        "vehicle": FLEET,
    }
    for kind, values in rows.items():
        workspace.submit(ImportRows(kind, f"{kind}s.csv", values))
    workspace.submit(ApplySourcing(tuple(sourced(order.code) for order in orders)))


def sourced(order: str) -> SourcingDecision:
    shipment = SuggestedShipment("LIL", (OrderLine("SKU1", 1),))
    return SourcingDecision(order, 1, OrderState.ALLOCATED, (shipment,), (), (), "nearest", 0, NOW)


def planned_by_hand(workspace: Workspace, *tours: tuple[str, ...], left: tuple[str, ...] = ()):
    """A day with these tours on V1, V2, …; each order stands further east than the one before."""
    codes = [*(code for tour in tours for code in tour), *left]
    orders = [today(code, 0.01 * (n + 1)) for n, code in enumerate(sorted(codes))]
    fill(workspace, *orders)
    for number, tour in enumerate(tours, start=1):
        shipments = tuple(f"{code}-1" for code in tour)
        hand.apply_move(workspace, ON, Place(shipments, vehicle=f"V{number}", position=0))


def stops(workspace: Workspace) -> dict[int, list[str]]:
    plan = workspace.read(load_plan, ON)
    return {tour.number: [stop.order for stop in tour.deliveries] for tour in plan.tours}


def tour(workspace: Workspace, code: str) -> Tour:
    return next(t for t in workspace.read(load_plan, ON).tours if t.code == code)


def test_a_move_writes_what_was_seen_and_nothing_else(workspace: Workspace):
    planned_by_hand(workspace, ("1", "2"), ("3",), ("4",))
    third = tour(workspace, "2026-11-24-T3")
    seen = hand.preview_move(workspace, ON, Place(("2-1",), T2))

    hand.apply_preview(workspace, ON, seen)

    assert stops(workspace) == {1: ["1"], 2: ["2", "3"], 3: ["4"]}
    kept = {t.code: replace(t, revision=0) for t in workspace.read(load_plan, ON).tours}
    assert [kept[t.code] for t in seen.tours] == [replace(t, revision=0) for t in seen.tours]
    assert tour(workspace, third.code) == third
    assert touring.check(workspace, on=ON).verdict.feasible


def test_undo_and_redo_go_through_every_move(workspace: Workspace):
    planned_by_hand(workspace, ("1", "2"), ("3",))
    states = [stops(workspace)]
    for move in (Place(("2-1",), T2), Reverse(T2), Swap(T1, T2), Place(("1-1",), T2)):
        hand.apply_move(workspace, ON, move)
        states.append(stops(workspace))

    for expected in states[-2::-1]:
        workspace.undo()
        assert stops(workspace) == expected
    for expected in states[1:]:
        workspace.redo()
        assert stops(workspace) == expected


def test_a_tour_that_gave_everything_away_is_gone_and_comes_back(workspace: Workspace):
    planned_by_hand(workspace, ("1",), ("2",))

    hand.apply_move(workspace, ON, Place(("1-1",), T2))
    assert sorted(stops(workspace)) == [2]
    workspace.undo()

    assert stops(workspace) == {1: ["1"], 2: ["2"]}


def test_a_new_tour_bears_a_number_that_nobody_had(workspace: Workspace):
    planned_by_hand(workspace, ("1", "2"), ("3",))

    hand.apply_move(workspace, ON, Split(T1, 1))

    assert stops(workspace) == {1: ["1"], 2: ["3"], 3: ["2"]}


def test_a_move_that_changes_nothing_is_no_entry(workspace: Workspace):
    planned_by_hand(workspace, ("1", "2"))

    with pytest.raises(WhollyRefused) as refused:
        hand.apply_move(workspace, ON, Place(("2-1",), T1, position=1))

    assert refused.value.reason.code == "hand_unchanged"


def test_what_was_left_out_is_planned_and_waits_no_more(workspace: Workspace):
    planned_by_hand(workspace, ("1", "2"))
    touring.unplan(workspace, ["2-1"])
    assert [left.shipment for left in workspace.read(load_plan, ON).unplanned] == ["2-1"]

    hand.apply_move(workspace, ON, Place(("2-1",), T1))

    assert workspace.read(load_plan, ON).unplanned == ()
    assert {s.state.value for s in workspace.read(load_shipments)} == {"planned"}
    workspace.undo()
    assert [left.shipment for left in workspace.read(load_plan, ON).unplanned] == ["2-1"]


def test_orders_that_only_wait_can_be_put_on_a_tour(workspace: Workspace):
    planned_by_hand(workspace, ("1",), left=("2",))

    hand.apply_move(workspace, ON, Place(("2-1",), T1, position=1))

    assert stops(workspace) == {1: ["1", "2"]}


# The plan moved on meanwhile


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda w: hand.apply_move(w, ON, Reverse(T1)),
        lambda w: touring.unplan(w, ["1-1"]),
        lambda w: w.submit(LockTour(T1, locked=True)),
        lambda w: touring.set_state(w, ON, PlanState.VALIDATED, ("T1",)),
        lambda w: w.submit(SaveTours(w.read(load_plan, ON))),
    ],
    ids=["turned", "unplanned", "locked", "validated", "planned anew"],
)
def test_a_tour_that_was_changed_meanwhile_is_not_written_over(workspace: Workspace, meanwhile):
    planned_by_hand(workspace, ("1", "2"), ("3",))
    seen = hand.preview_move(workspace, ON, Place(("2-1",), T2))
    meanwhile(workspace)
    before = workspace.read(load_plan, ON)

    with pytest.raises(MovedOn):
        hand.apply_preview(workspace, ON, seen)

    assert workspace.read(load_plan, ON) == before


def test_a_vehicle_that_got_a_tour_meanwhile_gets_no_second_one(workspace: Workspace):
    planned_by_hand(workspace, ("1", "2"), left=("3",))
    seen = hand.preview_move(workspace, ON, Place(("2-1",), vehicle="V2"))
    other = hand.preview_move(workspace, ON, Place(("3-1",), vehicle="V2"))
    tour_9 = replace(other.tours[0], code="2026-11-24-T9", number=9)
    workspace.submit(EditTours(ON, "place", (tour_9,), shipments=("3-1",)))

    with pytest.raises(MovedOn):
        hand.apply_preview(workspace, ON, seen)


def test_an_order_cancelled_meanwhile_is_not_planned(workspace: Workspace):
    planned_by_hand(workspace, ("1",), left=("2",))
    seen = hand.preview_move(workspace, ON, Place(("2-1",), T1))
    workspace.submit(CancelOrder("2"))

    with pytest.raises(UnknownSubject):
        hand.apply_preview(workspace, ON, seen)

    assert stops(workspace) == {1: ["1"]}


def test_undo_of_a_move_is_refused_once_its_tour_has_moved_on(workspace: Workspace):
    planned_by_hand(workspace, ("1", "2"), ("3",))
    entry = hand.apply_move(workspace, ON, Place(("2-1",), T2)).entry
    hand.apply_move(workspace, ON, Reverse(T2))

    with pytest.raises(MovedOn):
        workspace.undo(entry)


# Breaking rules


def late_for_three(workspace: Workspace) -> Place:
    """A move that a window forbids."""
    near = today("1", 0.01, promised_from=at(13), promised_to=at(13, 5))
    far = today("2", 0.6, promised_from=at(13), promised_to=at(14))
    fill(workspace, near, far)
    for number, code in enumerate(("1", "2"), start=1):
        hand.apply_move(workspace, ON, Place((f"{code}-1",), vehicle=f"V{number}"))
    return Place(("1-1",), T2, position=1)


def test_a_broken_rule_needs_force_and_a_reason(workspace: Workspace):
    move = late_for_three(workspace)
    before = workspace.read(load_plan, ON)

    with pytest.raises(WhollyRefused) as refused:
        hand.apply_move(workspace, ON, move)
    with pytest.raises(ReasonNeeded):
        hand.apply_move(workspace, ON, move, force=True, reason="  ")

    assert refused.value.reason.code == "check_late"
    assert workspace.read(load_plan, ON) == before


def test_a_forced_tour_locks_itself_and_its_reason_is_in_the_journal(
    workspace: Workspace, english: None
):
    hand.apply_move(workspace, ON, late_for_three(workspace), force=True, reason="She agreed")

    broken = tour(workspace, T2)
    assert (broken.locked, broken.forced) == (True, "She agreed")
    assert [v.code for v in touring.check(workspace, on=ON).verdict.violations] == ["late"]
    told = sentence(workspace.read(entries, None, 1)[0].summary)
    assert told == "T1, T2 changed by hand against a rule: She agreed"
    workspace.undo()
    assert (tour(workspace, T2).locked, tour(workspace, T2).forced) == (False, "")


def test_a_broken_tour_that_is_mended_is_free_again(workspace: Workspace):
    hand.apply_move(workspace, ON, late_for_three(workspace), force=True, reason="She agreed")

    hand.apply_move(workspace, ON, Place(("1-1",), vehicle="V3"))

    assert (tour(workspace, T2).locked, tour(workspace, T2).forced) == (False, "")


def test_a_person_s_lock_stays_when_it_is_overruled(workspace: Workspace):
    planned_by_hand(workspace, ("1", "2"), ("3",))
    workspace.submit(LockTour(T1, locked=True))

    with pytest.raises(WhollyRefused):
        hand.apply_move(workspace, ON, Place(("2-1",), T2))
    hand.apply_move(workspace, ON, Place(("2-1",), T2), force=True, reason="Breakdown")

    assert (tour(workspace, T1).locked, tour(workspace, T1).forced) == (True, "")
    assert stops(workspace) == {1: ["1"], 2: ["2", "3"]}


def test_an_agreed_tour_stays_even_against_force(workspace: Workspace):
    planned_by_hand(workspace, ("1", "2"), ("3",))
    touring.set_state(workspace, ON, PlanState.VALIDATED, ("T2",))

    with pytest.raises(WhollyRefused):
        hand.apply_move(workspace, ON, Place(("2-1",), T2), force=True, reason="I want it")
    with pytest.raises(AlreadyAgreed):
        workspace.submit(EditTours(ON, "reverse", (tour(workspace, T2),)))


def test_what_a_person_gave_to_a_carrier_may_be_taken_back_by_hand(workspace: Workspace):
    planned_by_hand(workspace, ("1",), left=("2",))
    choice = CarrierChoice("2-1", (), (), override="the client asked")
    workspace.submit(ChooseCarriers((choice,)))

    hand.apply_move(workspace, ON, Place(("2-1",), T1, position=1))

    assert stops(workspace) == {1: ["1", "2"]}


# Today


def test_no_tour_of_today_leaves_earlier_than_now_by_a_hand_s_doing(workspace: Workspace):
    planned_by_hand(workspace, ("1", "2"), ("3",))
    workspace.use_clock(lambda: at(15))

    seen = hand.preview_move(workspace, ON, Place(("3-1",), vehicle="V3"))

    assert seen.touched[-1].after.start >= at(15)


# Whatever is done, undo gives the same day


@given(data=st.data())
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_moves_undone_one_by_one_give_the_same_days(
    data: st.DataObject, empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory
):
    folder = tmp_path_factory.mktemp("hand") / "workspace"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="test", clock=lambda: NOW) as workspace:
        planned_by_hand(workspace, ("1", "2"), ("3", "4"), left=("5",))
        days = [_without_revisions(workspace.read(load_plan, ON))]
        for _step in range(data.draw(st.integers(1, 4))):
            move = data.draw(_moves())
            try:
                hand.apply_move(workspace, ON, move, force=True, reason="because")
            except WhollyRefused:
                continue
            days.append(_without_revisions(workspace.read(load_plan, ON)))
        for expected in days[-2::-1]:
            workspace.undo()
            assert _without_revisions(workspace.read(load_plan, ON)) == expected


def _moves() -> st.SearchStrategy[Move]:
    codes = st.sampled_from([f"{n}-1" for n in range(1, 6)])
    some = st.lists(codes, min_size=1, max_size=2, unique=True).map(tuple)
    tours = st.sampled_from([T1, T2, "2026-11-24-T3"])
    return st.one_of(
        st.builds(Place, some, tours, st.just(""), st.none() | st.integers(0, 3)),
        st.builds(Place, some, st.just(""), st.just("V3")),
        st.builds(Reverse, tours),
        st.builds(Split, tours, st.integers(1, 2)),
        st.builds(Swap, tours, tours),
    )


def _without_revisions(plan: TourPlan) -> TourPlan:
    return replace(plan, tours=tuple(replace(t, revision=0) for t in plan.tours))
