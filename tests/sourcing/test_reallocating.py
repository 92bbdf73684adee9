"""New orders beside agreed ones in a real workspace: who makes room, for what, and back again."""

import contextlib
from pathlib import Path

import pytest

from app.domain.acts.tours import LockShipments
from app.domain.locks import LockKind, TourLock
from app.domain.orders import OrderState
from app.errors import MovedOn, NoStock, WhollyRefused
from app.operations import reallocating
from app.operations.reallocating import in_a_line, moves_document, reallocate
from app.operations.sourcing import assign, source
from app.operations.sourcing_run import as_document
from app.workspace import Workspace
from db.decisions import load_decision
from db.journal import chain_findings, entries, pending
from db.orders import load_orders
from db.stock import load_stock
from tests.builders import NOW
from tests.sourcing.two_lamps import fill, nodes_of


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    fill(workspace)
    return workspace


def reserved(workspace: Workspace) -> dict[str, int]:
    return {cell.node: cell.reserved_here for cell in workspace.read(load_stock)}


def test_an_agreed_order_makes_room_where_that_saves_enough(desk: Workspace):
    made = reallocate(desk, from_cents=50)

    (move,) = made.moves
    assert (move.order, move.node, move.decision.nodes) == ("480001", "LIL", ("RBX",))
    assert move.served == ("480002",)
    assert [(one.order, one.nodes) for one in made.run.decisions] == [("480002", ("LIL",))]
    assert move.saved_cents == made.saved_cents >= 50


def test_what_a_move_saves_is_the_difference_of_both_ways_in_full(desk: Workspace):
    moved, stays = reallocate(desk, from_cents=0), reallocate(desk, from_cents=0, only=())

    ways = moved.run.cost_cents + moved.moves[0].decision.cost_cents
    stored = desk.read(load_decision, "480001")
    assert stored is not None
    policy = desk.policy().sourcing
    extra = [made.cost_cents for made in stays.run.decisions]
    assert moved.saved_cents == pytest.approx(
        sum(extra) + stored.cost_cents - ways, abs=policy.last_piece_cents + 3
    )


def test_for_less_than_the_threshold_nobody_moves(desk: Workspace):
    least = reallocate(desk, from_cents=0).moves[0].saved_cents

    assert reallocate(desk, from_cents=least).moves
    stays = reallocate(desk, from_cents=least + 1)
    assert stays.moves == ()
    assert [made.nodes for made in stays.run.decisions] == [("RBX",)]


def test_seen_is_not_done(desk: Workspace):
    before = nodes_of(desk), reserved(desk), len(desk.read(entries))

    reallocate(desk, from_cents=50)

    assert (nodes_of(desk), reserved(desk), len(desk.read(entries))) == before


def test_all_of_it_is_one_entry_that_goes_back_and_forth(desk: Workspace):
    before = nodes_of(desk), reserved(desk)
    told = desk.read(load_decision, "480001")

    made = reallocate(desk, from_cents=50, apply=True)

    done = nodes_of(desk), reserved(desk)
    assert made.entry
    assert done == ({"480001": "RBX", "480002": "LIL"}, {"LIL": 1, "RBX": 1})
    moved = desk.read(load_decision, "480001")
    assert moved is not None
    assert moved.reasons[0].code == "reallocated"
    desk.undo()
    assert (nodes_of(desk), reserved(desk)) == before
    assert desk.read(load_decision, "480001") == told
    desk.redo()
    assert (nodes_of(desk), reserved(desk)) == done
    assert desk.read(load_decision, "480001") == moved


def test_only_what_is_ticked_moves(desk: Workspace):
    made = reallocate(desk, from_cents=50, only=(), apply=True)

    assert made.moves == ()
    assert nodes_of(desk) == {"480001": "LIL", "480002": "RBX"}


def test_a_node_chosen_by_hand_stays(workspace: Workspace):
    fill(workspace)
    assign(workspace, "480001", "LIL", "the client asked")

    assert reallocate(workspace, from_cents=0).moves == ()


def test_a_locked_shipment_stays(desk: Workspace):
    lock = TourLock(NOW.date(), LockKind.FIRST, ("480001-1",), "V1")
    desk.submit(LockShipments((lock,)))

    assert reallocate(desk, from_cents=0).moves == ()


def test_it_moves_nobody_to_where_there_is_nothing(workspace: Workspace):
    fill(workspace, in_roubaix=0)

    made = reallocate(workspace, from_cents=0)

    assert made.moves == ()
    assert [one.status for one in made.run.decisions] == [OrderState.UNFILLABLE]


def test_what_was_changed_meanwhile_is_refused_whole(desk: Workspace):
    seen = reallocate(desk, from_cents=50)
    source(desk, apply=True)  # the new order is served otherwise meanwhile

    before = nodes_of(desk), reserved(desk)
    ground = desk.read(reallocating.load_ground, desk.policy(), NOW)
    with pytest.raises((MovedOn, NoStock, WhollyRefused)):
        reallocating._applied(desk, seen, ground)
    assert (nodes_of(desk), reserved(desk)) == before


def test_without_moves_it_is_the_optimum_s_own_answer(desk: Workspace):
    assert reallocate(desk, from_cents=10**9).run.decisions[0].nodes == ("RBX",)


@pytest.mark.parametrize("step", ["asked", "judged", "marked"])
def test_a_kill_after_any_step_leaves_the_whole_effect(folder: Path, step: str):
    class Killed(BaseException):
        """The process is gone."""

    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as whole:
        fill(whole)

    def checkpoint(reached: str) -> None:
        if reached == step:
            raise Killed

    dying = Workspace.open(folder, user="c.vasseur", clock=lambda: NOW, checkpoint=checkpoint)
    with contextlib.suppress(Killed):
        reallocate(dying, from_cents=50, apply=True)
    dying.close()

    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as healed:
        assert nodes_of(healed) == {"480001": "RBX", "480002": "LIL"}
        assert healed.read(pending) == []
        assert healed.read(chain_findings)[2] == []
        assert {order.state for order in healed.read(load_orders)} == {OrderState.ALLOCATED}


def test_it_is_told_in_a_line_and_as_a_document(desk: Workspace):
    made = reallocate(desk, from_cents=50)
    document = moves_document(made)

    line = in_a_line(made.moves[0])
    assert "LIL" in line
    assert "RBX" in line
    assert "€" in line
    assert document["orders"] == as_document(made.run)["orders"]
    assert document["moves"] == [
        {
            "order": "480001",
            "from": "LIL",
            "to": ["RBX"],
            "saved_cents": made.saved_cents,
            "serves": ["480002"],
        }
    ]
