"""Agreed tours changed by hand in one go: seen first, reopened, changed, journalled."""

from datetime import timedelta

import pytest

from app.domain.tours import PlanState
from app.errors import WhollyRefused
from app.operations import hand, touring
from app.operations.reopening import agreed_tours, preview_reopened, reopen_and_move
from app.planning.tours.moves import Place
from app.workspace import Workspace
from db.plans import load_plan
from tests.tours.a_day import ON
from tests.tours.test_hand import T1, T2, fill, today


def two_tours(workspace: Workspace, *, published: bool = True) -> None:
    """T1 with two stops, published or validated; T2 with one, a draft."""
    fill(workspace, *(today(f"48000{n}", 0.01 * n) for n in (1, 2, 3)))
    hand.apply_move(workspace, ON, Place(("480001-1", "480002-1"), vehicle="V1"))
    hand.apply_move(workspace, ON, Place(("480003-1",), vehicle="V2"))
    touring.set_state(workspace, ON, PlanState.VALIDATED, (T1,))
    if published:
        touring.set_state(workspace, ON, PlanState.PUBLISHED, (T1,))


MOVE = Place(("480002-1",), T2)


@pytest.mark.parametrize("published", [True, False])
def test_an_agreed_tour_is_reopened_and_changed_as_it_was_seen(
    workspace: Workspace, published: bool
):
    two_tours(workspace, published=published)
    hands = hand.hands_of(workspace, ON)
    agreed = agreed_tours(hands, MOVE, workspace.now())
    assert [tour.code for tour in agreed] == [T1]
    seen = preview_reopened(hands, MOVE, agreed)
    assert seen.free

    reopen_and_move(workspace, ON, MOVE, agreed)

    after = {tour.code: tour for tour in workspace.read(load_plan, ON).tours}
    assert after[T1].state is PlanState.DRAFT
    assert [stop.shipment for stop in after[T1].deliveries] == ["480001-1"]
    costs = {tour.code: tour.cost_cents for tour in seen.tours}
    assert {code: tour.cost_cents for code, tour in after.items()} == costs


def test_one_step_back_takes_the_change_back_and_two_more_agree_again(workspace: Workspace):
    two_tours(workspace)
    before = {tour.code: tour.state for tour in workspace.read(load_plan, ON).tours}
    hands = hand.hands_of(workspace, ON)
    reopen_and_move(workspace, ON, MOVE, agreed_tours(hands, MOVE, workspace.now()))

    workspace.undo()
    plan = workspace.read(load_plan, ON)
    assert [len(tour.deliveries) for tour in plan.tours] == [2, 1]
    workspace.undo()
    workspace.undo()

    after = {tour.code: tour.state for tour in workspace.read(load_plan, ON).tours}
    assert after == before


def test_a_published_tour_under_way_and_a_closed_one_stay(workspace: Workspace):
    two_tours(workspace)
    hands = hand.hands_of(workspace, ON)
    start = hands.tours[T1].start
    assert agreed_tours(hands, MOVE, start - timedelta(seconds=1))
    assert agreed_tours(hands, MOVE, start) == ()

    touring.set_state(workspace, ON, PlanState.CLOSED, (T1,))
    assert agreed_tours(hand.hands_of(workspace, ON), MOVE, workspace.now()) == ()


def test_drafts_alone_need_no_question(workspace: Workspace):
    two_tours(workspace)
    hands = hand.hands_of(workspace, ON)

    assert agreed_tours(hands, Place(("480003-1",), vehicle="V3"), workspace.now()) == ()


def test_against_a_rule_it_still_needs_a_reason(workspace: Workspace):
    two_tours(workspace)
    touring.lock(workspace, T2)
    hands = hand.hands_of(workspace, ON)
    agreed = agreed_tours(hands, MOVE, workspace.now())
    assert preview_reopened(hands, MOVE, agreed).against is not None

    with pytest.raises(WhollyRefused):
        reopen_and_move(workspace, ON, MOVE, agreed)
    reopen_and_move(workspace, ON, MOVE, agreed, "the client called")

    tours = {tour.code: tour for tour in workspace.read(load_plan, ON).tours}
    assert "480002-1" in [stop.shipment for stop in tours[T2].deliveries]
