"""The day is read again after every commit: what did not change is the same value as before."""

from dataclasses import replace
from datetime import timedelta

from app.domain.acts.orders import ApplySourcing, ImportRows
from app.domain.orders import Order, OrderState
from app.domain.policy import Policy
from app.workspace import Workspace
from db.codec import recall, to_json
from db.queries.board import Board, load_board
from tests.builders import NOW, an_order
from tests.db.test_many_together import decided, fill


def board(workspace: Workspace) -> Board:
    on = NOW.date() + timedelta(days=3)  # orders without a promise are due by then
    return workspace.read(load_board, Policy(), workspace.zone, on)


def test_what_did_not_change_is_not_made_again(workspace: Workspace):
    fill(workspace, orders=2)
    before = board(workspace)

    workspace.submit(ApplySourcing((decided("480002", [("LIL", [("SKU1", 1)])]),)))
    after = board(workspace)

    assert after.rows[0].order is before.rows[0].order
    assert after.rows[1].order == replace(
        before.rows[1].order, state=OrderState.ALLOCATED, revision=2
    )
    assert after.rows[1].decision is board(workspace).rows[1].decision


def test_a_changed_order_is_read_as_it_is_now(workspace: Workspace):
    fill(workspace, orders=1)
    assert board(workspace).rows[0].customer == "Claire Delattre"

    workspace.submit(ImportRows("order", "o.csv", (an_order("480001", customer="Ada Roy"),)))

    assert board(workspace).rows[0].customer == "Ada Roy"


def test_the_same_text_beside_other_columns_is_another_value():
    text = to_json(an_order())

    queued = recall(text, Order, state=OrderState.QUEUED, revision=3)

    assert recall(text, Order, state=OrderState.QUEUED, revision=3) is queued
    assert recall(text, Order, state=OrderState.TO_SOURCE, revision=4) == replace(
        queued, state=OrderState.TO_SOURCE, revision=4
    )
