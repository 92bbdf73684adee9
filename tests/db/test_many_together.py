"""Many rows at once: the same outcome as one after the other, and nothing lost on the way."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.acts.orders import ApplySourcing, ImportRows, ReleaseOrder
from app.domain.journal import EntryState
from app.domain.orders import OrderLine, OrderState
from app.domain.sourcing import SourcingDecision, SuggestedShipment
from app.errors import MovedOn, NoStock, WhollyRefused
from app.workspace import Workspace
from db import ledger
from db.changes import Outcome
from db.decisions import load_decisions
from db.journal import outcome
from db.ledger.reservations import Pieces, reserve, reserve_together
from db.ledger.undo import undo_outcome
from db.orders import load_orders, load_shipments
from db.stock import load_stock
from db.tables import nodes, orders, planned
from db.transaction import Pen
from tests.builders import NOW, a_cell, a_node, a_product, an_order

Parts = list[tuple[str, list[tuple[str, int]]]]
SKUS = ("SKU1", "SKU2")
NODES = ("LIL", "RBX")

a_line = st.tuples(st.sampled_from(SKUS), st.integers(1, 3))
a_part = st.tuples(
    st.sampled_from(NODES), st.lists(a_line, min_size=1, max_size=2, unique_by=lambda x: x[0])
)
a_wish = st.tuples(
    st.integers(1, 6),  # which order
    st.lists(a_part, max_size=2, unique_by=lambda part: part[0]),
    st.sampled_from((0, 1, 2)),  # which revision of it
    st.booleans(),  # over the safety stock
)


def decided(order: str, parts: Parts, revision: int = 1, override: str = "") -> SourcingDecision:
    return SourcingDecision(
        order,
        revision,
        OrderState.ALLOCATED if parts else OrderState.QUEUED,
        tuple(
            SuggestedShipment(node, tuple(OrderLine(sku, pieces) for sku, pieces in lines))
            for node, lines in parts
        ),
        candidates=(),
        reasons=(),
        rule="nearest",
        policy_version=0,
        decided_at=NOW,
        override=override,
    )


def fill(workspace: Workspace, *, on_hand: int = 4, safety: int = 1, orders: int = 6) -> None:
    cells = [a_cell(n, s, on_hand, safety_stock=safety) for n in NODES for s in SKUS]
    for kind, rows in {
        "node": [a_node(code) for code in NODES],
        "product": [a_product(sku) for sku in SKUS],
        "stock": cells,
        "order": [an_order(f"48000{n}") for n in range(1, orders + 1)],
    }.items():
        workspace.submit(ImportRows(kind, f"{kind}s.csv", tuple(rows)))


def picture(workspace: Workspace) -> tuple[object, ...]:
    return (
        workspace.read(load_orders),
        workspace.read(load_shipments),
        workspace.read(load_stock),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(wishes=st.lists(a_wish, min_size=1, max_size=8), on_hand=st.integers(0, 5))
def test_many_decisions_together_end_as_one_after_the_other(
    empty_workspace: Path,
    tmp_path_factory: pytest.TempPathFactory,
    wishes: list[tuple[int, Parts, int, bool]],
    on_hand: int,
):
    made = [
        decided(f"48000{order}", parts, revision, "by hand" if over else "")
        for order, parts, revision, over in wishes
    ]
    ends = []
    for batches in ([made], [[one] for one in made]):
        folder = tmp_path_factory.mktemp("together") / "w"
        shutil.copytree(empty_workspace, folder)
        with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
            fill(workspace, on_hand=on_hand)
            refused = []
            for batch in batches:
                try:
                    refused.extend(workspace.submit(ApplySourcing(tuple(batch))).refused)
                except WhollyRefused as refusal:
                    refused.extend(refusal.parts)
            ends.append((picture(workspace), refused))
    assert ends[0] == ends[1]


def test_the_few_that_cannot_be_had_do_not_hold_up_the_many(workspace: Workspace):
    fill(workspace, on_hand=100, orders=9)
    wanted = {f"48000{n}": 500 if n in (3, 8) else 1 for n in range(1, 10)}

    settled = workspace.submit(
        ApplySourcing(tuple(decided(o, [("LIL", [("SKU1", n)])]) for o, n in wanted.items()))
    )

    assert [part.subject for part in settled.refused] == ["480003", "480008"]
    assert dict(settled.refused[0].reason.facts)["asked"] == 500
    assert len(workspace.read(load_shipments)) == 7


def test_pieces_are_reserved_together_or_not_at_all(workspace: Workspace):
    fill(workspace, on_hand=4, safety=0)
    wanted = [Pieces("A-1", "LIL", "SKU1", 3), Pieces("B-1", "LIL", "SKU1", 2)]

    with workspace._mirror.begin() as mirror:
        assert not reserve_together(Pen(mirror), wanted)
        with pytest.raises(NoStock) as short:
            reserve(Pen(mirror), wanted)

    assert (short.value.asked, short.value.available) == (2, 1)
    assert all(cell.reserved_here == 0 for cell in workspace.read(load_stock))


def test_undo_is_refused_when_an_order_was_changed_beside_what_it_would_set_back(
    workspace: Workspace,
):
    """Sourcing changes an order's state alone; a new customer in it is a change all the same."""
    fill(workspace)
    sourced = workspace.submit(ApplySourcing((decided("480001", [("LIL", [("SKU1", 1)])]),)))
    workspace.submit(ImportRows("order", "o.csv", (an_order("480001", customer="Ada Roy"),)))

    with pytest.raises(WhollyRefused) as refusal:
        workspace.undo(sourced.entry)

    assert refusal.value.reason.code == MovedOn.code
    assert workspace.read(load_stock)[0].reserved_here == 1


def test_a_change_keeps_only_what_changed_and_a_digest_of_the_rest(workspace: Workspace):
    fill(workspace)
    settled = workspace.submit(ApplySourcing((decided("480001", []),)))

    ended = workspace.read(outcome, settled.entry)

    assert ended is not None
    (change,) = ended.rows
    assert change.before == {"state": "to_source", "revision": 1}
    assert change.after == {"state": "queued", "revision": 2}
    assert str(change.rest["body"]).startswith("#")


def test_an_outcome_written_with_whole_rows_can_still_be_undone(workspace: Workspace):
    """Earlier programs kept every column of both sides."""
    fill(workspace)
    before = picture(workspace)
    settled = workspace.submit(ApplySourcing((decided("480001", []),)))
    with workspace._mirror.begin() as mirror:
        kept = ledger.outcome_of(mirror, settled.entry)
        assert kept is not None
        row = Pen(mirror).row(orders, "480001")
        assert row is not None
        (change,) = kept.rows
        whole = replace(change, before={**row, **(change.before or {})}, after=row, rest={})
        undone = undo_outcome(mirror, Outcome(EntryState.SETTLED, rows=(whole,)))

    assert [c.key for c in undone.rows] == [("480001",)]
    now = [replace(order, revision=1) for order in workspace.read(load_orders)]
    assert now == before[0]


def test_what_is_gathered_is_written_when_the_connection_is_asked_for(workspace: Workspace):
    with workspace._mirror.begin() as mirror:
        pen = Pen(mirror)
        with pen.gathering():
            pen.add(nodes, {"code": "A", "body": "{}"})
            assert mirror.exec_driver_sql("SELECT count(*) FROM nodes").scalar() == 0
            assert pen.connection.exec_driver_sql("SELECT count(*) FROM nodes").scalar() == 1


def test_a_row_that_is_put_several_times_counts_as_one_change(workspace: Workspace):
    with workspace._mirror.begin() as mirror:
        Pen(mirror).add(nodes, {"code": "A", "body": "1"})
        pen = Pen(mirror)
        with pen.gathering():
            assert pen.put(nodes, {"code": "A", "body": "2"}) == "updated"
            assert pen.put(nodes, {"code": "A", "body": "2"}) == "unchanged"
            assert pen.put(nodes, {"code": "A", "body": "3"}) == "updated"
            assert pen.put(nodes, {"code": "B", "body": "1"}) == "accepted"
            pen.remove(nodes, "B")

        (change,) = pen.changes
        assert (change.before, change.after) == (
            {"body": "1", "revision": 1},
            {"body": "3", "revision": 3},
        )
        assert mirror.exec_driver_sql("SELECT code, body, revision FROM nodes").all() == [
            ("A", "3", 3)
        ]


def test_a_removed_row_can_be_put_back_in_the_same_gathering(workspace: Workspace):
    with workspace._work.begin() as work:
        Pen(work).add(planned, {"shipment": "480001-1", "tour": "T1", "position": 1})
        pen = Pen(work)
        with pen.gathering():
            pen.remove(planned, "480001-1")
            pen.put(planned, {"shipment": "480001-1", "tour": "T2", "position": 4})

        rows = work.exec_driver_sql("SELECT shipment, tour, position FROM planned").all()
        assert rows == [("480001-1", "T2", 4)]


def test_nothing_gathered_survives_a_failure(workspace: Workspace):
    def fail(pen: Pen) -> None:
        with pen.gathering():
            pen.add(nodes, {"code": "A", "body": "{}"})
            raise ZeroDivisionError

    with workspace._mirror.begin() as mirror:
        pen = Pen(mirror)
        with pytest.raises(ZeroDivisionError):
            fail(pen)

        assert pen.connection.exec_driver_sql("SELECT count(*) FROM nodes").scalar() == 0


def test_the_last_decision_on_an_order_is_the_one_kept(workspace: Workspace):
    fill(workspace)
    workspace.submit(ApplySourcing((decided("480001", [("LIL", [("SKU1", 1)])]),)))
    workspace.submit(ReleaseOrder("480001"))
    revision = workspace.read(load_orders)[0].revision
    again = replace(decided("480001", [("RBX", [("SKU1", 1)])], revision), rule="cheapest")
    workspace.submit(ApplySourcing((again,)))

    assert workspace.read(load_decisions) == {"480001": again}
