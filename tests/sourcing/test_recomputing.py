"""Decisions made again from what was kept of them: the same answer, whatever happened since."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from sqlalchemy import text

from app.cli import run as run_command
from app.domain.acts.orders import ApplySourcing, ImportRows
from app.domain.reasons import because
from app.domain.sourcing_record import Decider, SourcingInputs, packed_stock, unpacked_stock
from app.errors import UnknownSubject
from app.operations.by_hand import assign_many
from app.operations.keeping import verify
from app.operations.policy import publish_policy, rules_text
from app.operations.recomputing import Recomputed, recompute, recompute_findings
from app.operations.sourcing import accept, assign, source
from app.operations.sourcing_ground import Ground
from app.operations.sourcing_record import decided_again, ground_of
from app.operations.sourcing_record import recorded as kept
from app.operations.sourcing_together import source_together
from app.workspace import Workspace
from db.codec import from_json, to_json
from db.decisions import load_decision
from db.sourcing_records import digest_of, load_record, record_of
from tests.builders import (
    LYON,
    NOW,
    ROUBAIX,
    a_cell,
    a_node,
    a_product,
    an_order,
)
from tests.sourcing.asking import PARIS
from tests.sourcing.test_invariants import Day, days


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """Two orders for the last pieces of Lille, with Roubaix and Lyon behind."""
    rows = {
        "node": (a_node("LIL"), a_node("RBX", ROUBAIX), a_node("LYO", LYON)),
        "product": (a_product(weight_g=2_800),),
        "stock": (a_cell("LIL", on_hand=1), a_cell("RBX"), a_cell("LYO")),
        "order": (an_order("480001", phone="0612345678", note="au fond"), an_order("480002")),
    }
    for kind, values in rows.items():
        workspace.submit(ImportRows(kind, f"{kind}s.csv", values))
    return workspace


def results(workspace: Workspace) -> list[Recomputed]:
    return [recompute(workspace, code).result for code in ("480001", "480002")]


def a_later_world(workspace: Workspace) -> None:
    """Other stock, other nodes, other rules than when it was decided."""
    workspace.submit(ImportRows("stock", "stock.csv", (a_cell("RBX", on_hand=0),)))
    workspace.submit(ImportRows("node", "nodes.csv", (a_node("LIL", active=False),)))
    rules = rules_text(workspace).replace("max_shipments = 3", "max_shipments = 1")
    publish_policy(workspace, rules.replace("distance = 0.9", "distance = 0.1"))


def test_a_decision_made_again_is_the_same_whatever_happened_since(desk: Workspace):
    source(desk, apply=True)
    a_later_world(desk)

    assert results(desk) == [Recomputed.SAME, Recomputed.SAME]
    assert recompute(desk, "480002").again.nodes == ("RBX",)
    assert verify(desk).ok


def test_a_decision_of_a_person_is_made_again_for_its_node(desk: Workspace):
    assign(desk, "480001", "LYO", "the client asked for it")
    assign_many(desk, ["480002"], "RBX", "nearer to the tour")
    a_later_world(desk)

    assert results(desk) == [Recomputed.SAME, Recomputed.SAME]
    assert recompute(desk, "480001").again.override == "the client asked for it"


def test_suggestions_that_are_accepted_are_kept_with_what_they_were_made_from(desk: Workspace):
    run = source(desk)
    accept(desk, [made for made in run.decisions if made.order == "480002"], run)

    assert recompute(desk, "480002").result is Recomputed.SAME
    assert recompute(desk, "480001").result is Recomputed.NOT_DECIDED


def test_what_a_run_did_not_suggest_is_not_kept_with_it(desk: Workspace):
    run = source(desk)
    changed = replace(run.decisions[0], cost_cents=1)

    accept(desk, (changed,), run)

    assert recompute(desk, changed.order).result is Recomputed.NOT_KEPT


def test_the_optimum_is_told_beside_the_rules_not_searched_again(desk: Workspace):
    source_together(desk, seconds=2, apply=True)

    found = recompute(desk, "480001")

    assert found.result is Recomputed.SEARCHED
    assert found.again.nodes
    assert recompute_findings(desk) == []


def test_a_decision_that_was_tampered_with_is_found(desk: Workspace):
    source(desk, apply=True)
    with desk._work.begin() as work:
        work.execute(text("UPDATE decisions SET body = replace(body, 'LIL', 'LYO')"))

    found = recompute(desk, "480001")

    assert found.result is Recomputed.OTHER
    assert "recomputed_other" in {finding.code for finding in verify(desk).findings}


def test_what_is_older_than_what_is_looked_back_at_is_let_go(folder):
    moment = [NOW]
    with Workspace.open(folder, user="c.vasseur", clock=lambda: moment[0]) as opened:
        opened.submit(ImportRows("node", "nodes.csv", (a_node("LIL"),)))
        opened.submit(ImportRows("product", "products.csv", (a_product(),)))
        opened.submit(ImportRows("stock", "stock.csv", (a_cell("LIL"),)))
        opened.submit(ImportRows("order", "orders.csv", (an_order("480001"),)))
        source(opened, apply=True)
        moment[0] = NOW + timedelta(days=61)
        opened.submit(ImportRows("order", "orders.csv", (an_order("480002"),)))
        source(opened, apply=True)

        assert recompute(opened, "480001").result is Recomputed.NOT_KEPT
        assert recompute(opened, "480002").result is Recomputed.SAME


def test_a_record_holds_nobody_s_telephone_and_notes(desk: Workspace):
    source(desk, apply=True)

    record = desk.read(load_record, desk.read(load_decision, "480001").inputs)

    assert record is not None
    assert {(order.phone, order.note) for order in record.inputs.orders} == {("", "")}


def test_an_order_that_is_not_there_cannot_be_made_again(desk: Workspace):
    with pytest.raises(UnknownSubject):
        recompute(desk, "none")


@pytest.mark.usefixtures("english")
def test_the_command_line_says_whether_it_comes_out_the_same(
    folder, capsys: pytest.CaptureFixture[str]
):
    with Workspace.open(folder, user="c.vasseur") as opened:
        for kind, row in (("node", a_node()), ("product", a_product()), ("stock", a_cell())):
            opened.submit(ImportRows(kind, f"{kind}.csv", (row,)))
        opened.submit(ImportRows("order", "orders.csv", (an_order(),)))
        source(opened, apply=True)

    status = run_command(["--data", str(folder), "--lang", "en", "why", "480001", "--recompute"])

    assert status == 0
    assert "the same, byte for byte" in capsys.readouterr().out


@pytest.mark.parametrize("said", ["reallocated", "reallocated_cheaper", "joint_passes"])
def test_an_agreed_order_that_was_moved_says_why_it_cannot_be_made_again(desk: Workspace, said):
    (made, *_others) = source(desk).decisions
    moved = replace(made, reasons=(because(said, nodes="LIL", saved_cents=900), *made.reasons))
    desk.submit(ApplySourcing((moved,)))

    assert recompute(desk, made.order).result is Recomputed.MOVED
    assert recompute_findings(desk) == []


def test_stock_cells_come_out_of_their_rows_as_they_went_in():
    cells = (
        a_cell("A", "S1", 3, safety_stock=1),
        a_cell("A", "S2", 0, inbound=4, inbound_at=NOW + timedelta(days=2), as_of=None),
        a_cell("B", "S1", 7, reserved_here=2, blocked=1),
    )

    assert unpacked_stock(packed_stock(reversed(cells))) == cells


@settings(deadline=None)
@given(days())
def test_every_decision_kept_is_made_again_byte_for_byte(day: Day):
    ground = Ground(
        day.policy,
        PARIS,
        NOW,
        tuple(day.orders),
        tuple(day.nodes),
        tuple(day.stock),
        {},
        {},
        day.load,
        {},
        {},
    )
    keeper = Keeper()
    made = ground.suggestions()
    bearing = kept(keeper, ground, made, Decider.RULES)

    inputs = from_json(to_json(keeper.record.inputs), SourcingInputs)
    again = record_of(inputs, Decider.RULES, made, {one.order for one in made})
    assert again.code == keeper.record.code == bearing[0].inputs
    assert [(d.order, digest_of(d)) for d in decided_again(again, ground_of(again))] == [
        (brief.order, brief.digest) for brief in keeper.record.made
    ]


class Keeper:
    """Holds on to the one record that it is given."""

    def keep_record(self, record: object) -> None:
        self.record = record
