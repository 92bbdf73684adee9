"""One way in: operations are journalled, settled once, undone, and survive a kill anywhere."""

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.acts.desk import SaveView
from app.domain.acts.ground import SwitchNode
from app.domain.acts.orders import ApplySourcing, CancelOrder, ImportRows, ReleaseOrder
from app.domain.journal import EntryState
from app.domain.orders import OrderLine, OrderState
from app.domain.sourcing import SourcingDecision, SuggestedShipment
from app.errors import EnvironmentProblem, MovedOn, NothingToUndo, WhollyRefused
from app.workspace import Workspace
from db import journal
from db.nodes import load_nodes
from db.orders import load_orders, load_shipments
from db.stock import load_stock
from tests.builders import NOW, a_cell, a_node, a_product, an_order


class Killed(BaseException):
    """The process is gone: nothing after this line runs."""


def fill(workspace: Workspace, *, on_hand: int = 3, orders: int = 2) -> None:
    for kind, rows in {
        "node": (a_node(),),
        "product": (a_product(),),
        "stock": (a_cell(on_hand=on_hand),),
        "order": tuple(an_order(f"48000{n}") for n in range(1, orders + 1)),
    }.items():
        workspace.submit(ImportRows(kind, f"{kind}s.csv", rows))


def a_decision(order: str = "480001", pieces: int = 1, revision: int = 1) -> SourcingDecision:
    return SourcingDecision(
        order,
        revision,
        OrderState.ALLOCATED,
        (SuggestedShipment("LIL", (OrderLine("SKU1", pieces),)),),
        candidates=(),
        reasons=(),
        rule="nearest",
        policy_version=0,
        decided_at=NOW,
    )


def picture(workspace: Workspace) -> tuple[object, ...]:
    """The state that people see; revisions and the journal are allowed to grow."""
    orders = [replace(order, revision=0) for order in workspace.read(load_orders)]
    shipments = [replace(s, revision=0) for s in workspace.read(load_shipments)]
    nodes = [replace(node, revision=0) for node in workspace.read(load_nodes)]
    return orders, shipments, nodes, workspace.read(load_stock)


def test_sourcing_reserves_the_stock_and_undo_gives_it_back(workspace: Workspace):
    fill(workspace)
    before = picture(workspace)

    workspace.submit(ApplySourcing((a_decision(pieces=2),)))
    assert workspace.read(load_stock)[0].reserved_here == 2
    assert workspace.read(load_orders)[0].state is OrderState.ALLOCATED

    workspace.undo()
    assert picture(workspace) == before


def test_redo_brings_back_what_was_undone_and_undo_takes_it_again(workspace: Workspace):
    fill(workspace)
    before = picture(workspace)
    workspace.submit(ApplySourcing((a_decision(),)))
    sourced = picture(workspace)

    workspace.undo()
    workspace.redo()
    assert picture(workspace) == sourced
    workspace.undo()
    assert picture(workspace) == before


def test_an_order_whose_stock_went_is_refused_alone(workspace: Workspace):
    fill(workspace, on_hand=3)

    settled = workspace.submit(
        ApplySourcing((a_decision("480001", pieces=2), a_decision("480002", pieces=2)))
    )

    assert [part.subject for part in settled.refused] == ["480002"]
    assert settled.refused[0].reason.code == "no_stock"
    assert workspace.read(load_stock)[0].reserved_here == 2


def test_a_wholly_refused_operation_says_why_and_stays_in_the_journal(workspace: Workspace):
    fill(workspace, on_hand=0)

    with pytest.raises(WhollyRefused) as refusal:
        workspace.submit(ApplySourcing((a_decision(),)))

    assert refusal.value.reason.code == "no_stock"
    assert workspace.read(journal.entries)[0].state is EntryState.REFUSED


def test_undo_is_refused_once_the_subject_has_moved_on(workspace: Workspace):
    fill(workspace)
    first = workspace.submit(SwitchNode("LIL", active=False))
    workspace.submit(SwitchNode("LIL", active=True))

    with pytest.raises(WhollyRefused) as refusal:
        workspace.undo(first.entry)

    assert refusal.value.reason.code == MovedOn.code


def test_importing_the_same_rows_twice_changes_nothing(workspace: Workspace):
    fill(workspace)
    before = picture(workspace)

    again = workspace.submit(ImportRows("order", "orders.csv", (an_order("480001"),)))
    stock = workspace.submit(ImportRows("stock", "stock.csv", (replace(a_cell(), on_hand=3),)))

    assert again.counts == (("unchanged", 1),) == stock.counts
    assert picture(workspace) == before


def test_a_snapshot_with_fewer_pieces_than_promised_releases_the_latest(workspace: Workspace):
    fill(workspace, on_hand=3)
    workspace.submit(ApplySourcing((a_decision("480001"),)))
    workspace.submit(ApplySourcing((a_decision("480002", pieces=2),)))

    settled = workspace.submit(ImportRows("stock", "stock.csv", (a_cell(on_hand=2),)))

    assert [part.subject for part in settled.refused] == ["480002"]
    states = {order.code: order.state for order in workspace.read(load_orders)}
    assert states == {"480001": OrderState.ALLOCATED, "480002": OrderState.TO_SOURCE}
    assert workspace.read(load_stock)[0].reserved_here == 1


def test_shipment_numbers_are_never_used_again(workspace: Workspace):
    fill(workspace)
    workspace.submit(ApplySourcing((a_decision(),)))
    workspace.submit(ReleaseOrder("480001"))
    revision = workspace.read(load_orders)[0].revision

    workspace.submit(ApplySourcing((a_decision(revision=revision),)))

    assert [s.code for s in workspace.read(load_shipments)] == ["480001-2"]


def test_a_second_program_is_kept_out_of_the_folder(folder: Path):
    with Workspace.open(folder), pytest.raises(EnvironmentProblem) as problem:
        Workspace.open(folder)

    assert problem.value.code == "workspace_locked"


def test_listeners_hear_what_a_commit_touched(workspace: Workspace):
    heard = []
    leave = workspace.subscribe(heard.append)
    fill(workspace)
    leave()
    workspace.submit(SwitchNode("LIL", active=False))

    assert [sorted(changes.kinds) for changes in heard] == [
        ["journal", "node"],
        ["journal", "product"],
        ["journal", "stock"],
        ["journal", "order"],
    ]


def test_an_import_of_nodes_is_not_undone_while_stock_lies_there(workspace: Workspace):
    brought = workspace.submit(ImportRows("node", "nodes.csv", (a_node(),)))
    workspace.submit(ImportRows("stock", "stock.csv", (a_cell(),)))

    with pytest.raises(WhollyRefused) as refusal:
        workspace.undo(brought.entry)

    assert refusal.value.reason.code == "still_used"
    assert [node.code for node in workspace.read(load_nodes)] == ["LIL"]


def test_there_is_an_end_to_undo(workspace: Workspace):
    with pytest.raises(NothingToUndo):
        workspace.undo()


def test_the_journal_is_a_chain_that_shows_any_change(workspace: Workspace):
    fill(workspace)
    count, _, findings = workspace.read(journal.chain_findings)
    assert (count, findings) == (4, [])

    with workspace._work.begin() as work:
        work.exec_driver_sql("UPDATE operations SET actor = 'someone else' WHERE seq = 2")

    assert workspace.read(journal.chain_findings)[2][0].code == "chain_broken"


def steps(workspace_folder: Path, step: str, nth: int) -> Workspace:
    """A workspace that dies the nth time it reaches a step."""
    left = nth

    def checkpoint(reached: str) -> None:
        nonlocal left
        if reached == step:
            left -= 1
            if left == 0:
                raise Killed

    return Workspace.open(
        workspace_folder, user="c.vasseur", clock=lambda: NOW, checkpoint=checkpoint
    )


ACTIONS: dict[str, Callable[[Workspace], object]] = {
    "source": lambda w: w.submit(ApplySourcing((a_decision(),))),
    "cancel": lambda w: w.submit(CancelOrder("480002")),
    "close": lambda w: w.submit(SwitchNode("LIL", active=False)),
    "stock": lambda w: w.submit(ImportRows("stock", "s.csv", (a_cell(on_hand=7),))),
    "view": lambda w: w.submit(SaveView("Morning", "to_source")),
    "undo": lambda w: w.undo(),
}


@pytest.mark.parametrize("step", ["asked", "judged", "marked"])
@pytest.mark.parametrize("action", ACTIONS)
def test_a_kill_after_any_step_leaves_the_whole_effect(folder: Path, step: str, action: str):
    """Once asked, an operation is carried out: by this program, or by the next at its start."""
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as whole:
        fill(whole)

    twin = folder.with_name("twin")
    shutil.copytree(folder, twin)
    with Workspace.open(twin, user="c.vasseur", clock=lambda: NOW) as undisturbed:
        ACTIONS[action](undisturbed)
        expected = picture(undisturbed)

    dying = steps(folder, step, 1)
    with contextlib.suppress(Killed):
        ACTIONS[action](dying)
    dying.close()

    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as healed:
        assert picture(healed) == expected
        assert healed.read(journal.pending) == []
        assert healed.read(journal.chain_findings)[2] == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_stock_is_never_promised_twice_and_undo_restores_the_same_state(
    empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
):

    folder = tmp_path_factory.mktemp("history") / "w"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        fill(workspace, on_hand=data.draw(st.integers(0, 5)), orders=3)
        seen = [picture(workspace)]
        for _ in range(data.draw(st.integers(1, 6))):
            order = f"48000{data.draw(st.integers(1, 3))}"
            revision = next(o.revision for o in workspace.read(load_orders) if o.code == order)
            try:
                match data.draw(st.sampled_from(["source", "release", "cancel"])):
                    case "source":
                        pieces = data.draw(st.integers(1, 4))
                        workspace.submit(ApplySourcing((a_decision(order, pieces, revision),)))
                    case "release":
                        workspace.submit(ReleaseOrder(order))
                    case _:
                        workspace.submit(CancelOrder(order))
            except WhollyRefused:
                continue
            cell = workspace.read(load_stock)[0]
            held = sum(s.lines[0].quantity for s in workspace.read(load_shipments))
            assert cell.reserved_here == held <= cell.on_hand
            if picture(workspace) != seen[-1]:
                seen.append(picture(workspace))
        while len(seen) > 1:
            seen.pop()
            workspace.undo()
            assert picture(workspace) == seen[-1]
