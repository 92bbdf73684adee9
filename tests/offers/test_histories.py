"""Random histories of offers: one winner, no piece twice, no offer without an end."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from app.domain.acts.offers import (
    Asked,
    ClaimOffer,
    DeclineOffer,
    GiveBack,
    LapseOffers,
    OpenOffer,
    WidenOffer,
    WithdrawOffer,
)
from app.domain.acts.orders import CancelOrder, ImportRows, ReleaseOrder
from app.domain.journal import Operation
from app.domain.offers import DeclineReason, OfferState, RecipientState, Shortfall
from app.domain.orders import OrderLine
from app.errors import Refused
from app.operations.keeping import verify
from app.workspace import Workspace
from db.offers import due_offers, load_offers, load_refusals
from db.orders import load_orders, load_shipments
from db.stock import load_stock
from tests.builders import a_cell, an_order
from tests.offers.asked import NODES, Clock, fill

ORDERS = ("480001", "480002", "480003")
SKUS = ("SKU1", "SKU2")
orders, nodes = st.sampled_from(ORDERS), st.sampled_from(NODES)
some_nodes = st.lists(nodes, min_size=1, max_size=3, unique=True)
reasons = st.sampled_from(DeclineReason)
shortfalls = st.lists(
    st.builds(Shortfall, st.sampled_from(SKUS), st.none() | st.integers(0, 3)),
    max_size=2,
    unique_by=lambda one: one.sku,
)


class OfferHistory(RuleBasedStateMachine):
    """A desk, three stores, three orders, little stock, and everything that may happen to them."""

    def __init__(self, template: Path, new_folder: Callable[[], Path]) -> None:
        super().__init__()
        self.clock = Clock()
        folder = new_folder() / "w"
        shutil.copytree(template, folder)
        self.desk = Workspace.open(folder, user="c.vasseur", clock=self.clock)

    @initialize(on_hand=st.integers(0, 3))
    def stock(self, on_hand: int) -> None:
        lines = (OrderLine("SKU1", 2, 500), OrderLine("SKU2", 1, 900))
        fill(
            self.desk,
            on_hand=on_hand,
            orders=[an_order(code, lines=lines) for code in ORDERS],
            skus=SKUS,
        )

    def ask(self, operation: Operation) -> bool:
        """Submit; a refusal is an answer like another."""
        try:
            self.desk.submit(operation)
        except Refused:
            return False
        return True

    @rule(order=orders, to=some_nodes, minutes=st.integers(1, 30))
    def offer(self, order: str, to: list[str], minutes: int) -> None:
        until = self.clock.at + timedelta(minutes=minutes)
        self.ask(OpenOffer(order, tuple(Asked(node, until) for node in to)))

    @rule(order=orders, to=some_nodes)
    def widen(self, order: str, to: list[str]) -> None:
        until = self.clock.at + timedelta(minutes=5)
        self.ask(WidenOffer(order, tuple(Asked(node, until) for node in to)))

    @rule(order=orders, node=nodes, pieces=st.integers(0, 2))
    def claim(self, order: str, node: str, pieces: int) -> None:
        before = {offer.code for offer in self.desk.read(load_offers) if offer.is_open}
        refused = node in self.desk.read(load_refusals).get(order, {})
        lines = (OrderLine("SKU1", pieces),) if pieces else ()
        if self.ask(ClaimOffer(order, node, lines)):
            assert not refused
            won = self.desk.read(load_offers, (order,))[-1]
            assert won.code in before
            assert won.expires > self.clock.at

    @rule(order=orders, node=nodes, reason=reasons, missing=shortfalls)
    def decline(
        self, order: str, node: str, reason: DeclineReason, missing: list[Shortfall]
    ) -> None:
        self.ask(DeclineOffer(order, node, reason, tuple(missing)))

    @rule(order=orders, node=nodes, reason=reasons, missing=shortfalls)
    def give_back(
        self, order: str, node: str, reason: DeclineReason, missing: list[Shortfall]
    ) -> None:
        self.ask(GiveBack(order, node, reason, tuple(missing)))

    @rule(order=orders, kind=st.sampled_from([WithdrawOffer, ReleaseOrder, CancelOrder]))
    def end(self, order: str, kind: type) -> None:
        self.ask(kind(order))

    @rule(node=nodes, sku=st.sampled_from(SKUS), on_hand=st.integers(0, 3))
    def count(self, node: str, sku: str, on_hand: int) -> None:
        self.ask(ImportRows("stock", "s.csv", (a_cell(node, sku, on_hand),)))

    @rule(minutes=st.integers(1, 40))
    def time_passes(self, minutes: int) -> None:
        self.clock.turn(minutes=minutes)

    @rule()
    def settle(self) -> None:
        self.ask(LapseOffers(self.desk.read(due_offers, self.clock.at)))
        assert self.desk.read(due_offers, self.clock.at) == ()

    @rule(redo=st.booleans())
    def undo(self, redo: bool) -> None:
        try:
            self.desk.redo() if redo else self.desk.undo()
        except Refused:
            return

    @invariant()
    def everything_agrees(self) -> None:
        assert verify(self.desk).findings == ()

    @invariant()
    def no_piece_is_promised_twice(self) -> None:
        held: dict[tuple[str, str], int] = {}
        for shipment in self.desk.read(load_shipments):
            for line in shipment.lines:
                cell = (shipment.node, line.sku)
                held[cell] = held.get(cell, 0) + line.quantity
        for cell in self.desk.read(load_stock):
            mine = held.pop((cell.node, cell.sku), 0)
            assert mine == cell.reserved_here <= max(cell.on_hand, 0)
        assert not held

    @invariant()
    def no_order_gets_more_than_it_asked_for(self) -> None:
        asked = {"SKU1": 2, "SKU2": 1}
        for order in self.desk.read(load_orders):
            sent: dict[str, int] = {}
            for shipment in self.desk.read(load_shipments, (order.code,)):
                for line in shipment.lines:
                    sent[line.sku] = sent.get(line.sku, 0) + line.quantity
            assert all(pieces <= asked[sku] for sku, pieces in sent.items())

    @invariant()
    def an_offer_has_at_most_one_winner(self) -> None:
        for offer in self.desk.read(load_offers):
            won = [r.node for r in offer.recipients if r.state is RecipientState.CLAIMED]
            assert won == ([offer.winner] if offer.state is OfferState.CLAIMED else [])

    def teardown(self) -> None:
        self.clock.turn(days=30)
        self.settle()
        assert [offer for offer in self.desk.read(load_offers) if offer.is_open] == []
        self.desk.close()


HISTORIES = 30


@pytest.mark.parametrize("histories", [HISTORIES])
def test_whatever_happens_one_wins_no_piece_goes_twice_and_every_offer_ends(
    empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory, histories: int
):
    run_state_machine_as_test(
        lambda: OfferHistory(empty_workspace, lambda: tmp_path_factory.mktemp("history")),
        settings=settings(
            max_examples=histories,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
