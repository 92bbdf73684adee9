"""The joint view of a real workspace: seen, ticked, done as one entry, taken back."""

import contextlib
from pathlib import Path

import pytest

from app.domain.acts.ground import SwitchNode
from app.domain.acts.orders import ImportRows
from app.domain.acts.tours import LockTour
from app.domain.tours import PlanState
from app.errors import AlreadyAgreed, MovedOn, WhollyRefused
from app.operations import hand, touring
from app.operations.joint import apply_joint, joint_moves
from app.operations.joint_words import as_document, in_a_line, total
from app.operations.why import as_text, why
from app.planning.tours.moves import Reverse
from app.workspace import Workspace
from db.decisions import load_decision
from db.journal import chain_findings, entries, pending
from db.orders import load_shipments
from db.plans import load_plan
from db.stock import load_stock
from tests.builders import NOW, a_cell
from tests.joint.two_nodes import SOURCED, fill
from tests.tours.a_day import ON


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    fill(workspace)
    return workspace


def look(workspace: Workspace):
    return joint_moves(workspace, ON, seconds=None)


def sent_to(workspace: Workspace) -> set[str]:
    return {one.to_node for move in look(workspace).moves for one in move.sent}


def nodes_of(workspace: Workspace) -> dict[str, str]:
    return {shipment.order: shipment.node for shipment in workspace.read(load_shipments)}


def stops(workspace: Workspace) -> dict[str, list[str]]:
    plan = workspace.read(load_plan, ON)
    return {tour.depot: [stop.shipment for stop in tour.deliveries] for tour in plan.tours}


def picture(workspace: Workspace) -> tuple[object, ...]:
    reserved = {cell.node: cell.reserved_here for cell in workspace.read(load_stock)}
    plan = workspace.read(load_plan, ON)
    return nodes_of(workspace), stops(workspace), reserved, plan.distance_m, plan.unplanned


def test_seen_is_not_done(desk: Workspace):
    before, written = picture(desk), len(desk.read(entries))

    found = look(desk)

    assert [one.order for move in found.moves for one in move.sent] == ["3"]
    assert (picture(desk), len(desk.read(entries))) == (before, written)


def test_done_it_is_one_entry_with_the_figures_that_stood_there(desk: Workspace):
    found, written, was = look(desk), len(desk.read(entries)), desk.read(load_plan, ON)

    apply_joint(desk, found, [0])

    plan = desk.read(load_plan, ON)
    assert nodes_of(desk) == SOURCED | {"3": "RBX"}
    assert "3-2" in stops(desk)["RBX"]
    assert plan.distance_m - was.distance_m == found.change([0]).distance_m < 0
    assert plan.cost_cents - was.cost_cents == found.change([0]).cost_cents < 0
    assert touring.check(desk, on=ON).verdict.feasible
    assert len(desk.read(entries)) == written + 1
    assert {c.node: c.reserved_here for c in desk.read(load_stock)} == {"LIL": 2, "RBX": 3}


def test_undo_and_redo_take_orders_tours_and_reasons_together(desk: Workspace):
    before, told = picture(desk), desk.read(load_decision, "3")
    apply_joint(desk, look(desk), [0])
    done, said = picture(desk), desk.read(load_decision, "3")

    desk.undo()
    assert picture(desk) == before
    assert desk.read(load_decision, "3") == told
    desk.redo()
    assert picture(desk) == done
    assert desk.read(load_decision, "3") == said
    desk.undo()
    assert picture(desk) == before


def test_a_tour_changed_since_is_not_undone_over(desk: Workspace):
    last = apply_joint(desk, look(desk), [0]).entry
    code = next(t.code for t in desk.read(load_plan, ON).tours if t.depot == "RBX")
    hand.apply_move(desk, ON, Reverse(code), reason="so", force=True)
    before = picture(desk)

    with pytest.raises(MovedOn):
        desk.undo(last)
    assert picture(desk) == before


def test_why_says_whose_van_passes_how_near_and_when(desk: Workspace):
    apply_joint(desk, look(desk), [0])

    text = as_text(why(desk, "3"))

    assert "RBX sends it instead of LIL" in text
    assert "passes" in text
    assert "away at" in text.replace("\xa0", " ")


@pytest.mark.parametrize("tour", ["LIL", "RBX"])
def test_agreed_and_locked_tours_stay(desk: Workspace, tour: str):
    code = next(t.code for t in desk.read(load_plan, ON).tours if t.depot == tour)
    desk.submit(LockTour(code, locked=True))

    assert look(desk).moves == ()


def test_a_plan_that_was_agreed_meanwhile_is_not_written_over(desk: Workspace):
    found = look(desk)
    touring.set_state(desk, ON, PlanState.VALIDATED)
    before = picture(desk)

    with pytest.raises((AlreadyAgreed, MovedOn)):
        apply_joint(desk, found, [0])
    assert picture(desk) == before


def test_pieces_that_went_meanwhile_refuse_it_whole(workspace: Workspace):
    fill(workspace, in_roubaix=3)
    found = look(workspace)
    workspace.submit(ImportRows("stock", "s.csv", (a_cell("RBX", on_hand=2),)))
    before = picture(workspace)

    with pytest.raises(WhollyRefused):
        apply_joint(workspace, found, [0])
    assert picture(workspace) == before


def test_without_stock_in_roubaix_nothing_moves_there(workspace: Workspace):
    fill(workspace, in_roubaix=2)

    assert "RBX" not in sent_to(workspace)


def test_a_node_closed_for_sourcing_gets_no_order(desk: Workspace):
    desk.submit(SwitchNode("RBX", active=False))

    assert "RBX" not in sent_to(desk)


def test_a_day_without_drafts_says_what_to_do_first(workspace: Workspace):
    with pytest.raises(WhollyRefused) as refused:
        joint_moves(workspace, ON)

    assert refused.value.reason.code == "joint_no_drafts"


def test_nothing_ticked_is_refused(desk: Workspace):
    with pytest.raises(WhollyRefused):
        apply_joint(desk, look(desk), [])


@pytest.mark.parametrize("step", ["asked", "judged", "marked"])
@pytest.mark.parametrize("turn", ["do", "undo"])
def test_a_kill_after_any_step_leaves_the_whole_effect(folder: Path, step: str, turn: str):
    class Killed(BaseException):
        """The process is gone."""

    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as whole:
        fill(whole)
        before, found = picture(whole), look(whole)
        if turn == "undo":
            apply_joint(whole, found, [0])

    def checkpoint(reached: str) -> None:
        if reached == step:
            raise Killed

    dying = Workspace.open(folder, user="c.vasseur", clock=lambda: NOW, checkpoint=checkpoint)
    with contextlib.suppress(Killed):
        _ = dying.undo() if turn == "undo" else apply_joint(dying, found, [0])
    dying.close()

    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as healed:
        assert healed.read(pending) == []
        assert healed.read(chain_findings)[2] == []
        if turn == "undo":
            assert picture(healed) == before
        else:
            assert "3-2" in stops(healed)["RBX"]
            assert nodes_of(healed)["3"] == "RBX"


def test_a_move_is_told_in_a_line_and_as_a_document(desk: Workspace):
    found = look(desk)
    document = as_document(found, "")

    line = in_a_line(found.moves[0])
    assert "LIL" in line
    assert "RBX" in line
    assert "€" in line
    assert "passes" in line
    (move,) = document["moves"]
    assert move["orders"][0]["from"] == "LIL"
    assert move["orders"][0]["to"] == "RBX"
    assert move["cost_cents"] == found.change([0]).cost_cents
    assert document["summary"]["distance_m"] == found.change([0]).distance_m
    assert "€" in total(found, frozenset({0}))


def test_what_no_carrier_would_have_is_no_money_saved(workspace: Workspace):
    fill(workspace)
    touring.unplan(workspace, ("3-1",))

    (move,) = look(workspace).moves

    assert (move.sent[0].tour, move.sent[0].to_node) == ("", "RBX")
    assert move.carrier_cents == 0
    assert move.change.cost_cents > 0
    assert move.worth_mc < 0
    assert "nobody would bring it" in in_a_line(move)
