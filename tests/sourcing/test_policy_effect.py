"""What other rules would change for the orders that wait, and how rules are taken back."""

from dataclasses import replace

import pytest

from app.domain.acts.orders import ImportRows
from app.domain.nodes import NodeKind
from app.domain.policy import Policy, Rating, RuleSet, SourcingPolicy
from app.errors import NothingToUndo, Stopped
from app.operations.policy import publish_policy, rules_text, withdraw_policy
from app.operations.policy_effect import effect_of
from app.workspace import Workspace
from db.journal import entries
from tests.builders import LAMBERSART, LILLE, a_cell, a_node, a_product, an_order


@pytest.fixture
def stocked(workspace: Workspace) -> Workspace:
    """Lambersart is near with one piece, Lille farther with many; two orders wait."""
    rows = {
        "node": (a_node("LAM", LAMBERSART), a_node("LIC", LILLE)),
        "product": (a_product(),),
        "stock": (a_cell("LAM", on_hand=4), a_cell("LIC", on_hand=40)),
        "order": (an_order("480001"), an_order("480002")),
    }
    for kind, values in rows.items():
        workspace.submit(ImportRows(kind, f"{kind}s.csv", values))
    return workspace


def rules(*ratings: tuple[Rating, float], **but: object) -> Policy:
    rule = RuleSet("one", "One", ratings=ratings or ((Rating.DISTANCE, 1.0),), **but)
    return Policy(sourcing=SourcingPolicy(chain=(rule,)))


def test_the_same_rules_change_nothing(stocked: Workspace):
    effect = effect_of(stocked, stocked.policy())

    assert (effect.orders, effect.moved) == (2, ())
    assert effect.before == effect.after
    assert (effect.before.placed, effect.before.shipments, effect.before.split) == (2, 2, 0)


def test_orders_that_others_would_send_are_named_with_both_nodes(stocked: Workspace):
    effect = effect_of(stocked, rules((Rating.KEEP_STOCK, 1.0)))

    assert [(m.order, m.before.nodes, m.after.nodes) for m in effect.moved] == [
        ("480001", ("LAM",), ("LIC",)),
        ("480002", ("LAM",), ("LIC",)),
    ]
    assert effect.after.cost_cents > effect.before.cost_cents
    assert effect.after.distance_m > effect.before.distance_m
    assert effect.after.co2e_g > effect.before.co2e_g


def test_an_order_that_could_not_be_placed_any_more_goes_nowhere(stocked: Workspace):
    effect = effect_of(stocked, rules(node_kinds=frozenset({NodeKind.SUPPLIER})))

    assert {moved.after.nodes for moved in effect.moved} == {()}
    assert {moved.after.reasons[0].code for moved in effect.moved} == {"no_candidate"}
    assert (effect.before.placed, effect.after.placed) == (2, 0)


def test_trying_rules_writes_nothing(stocked: Workspace):
    before = len(stocked.read(entries))

    effect_of(stocked, rules((Rating.COST, 1.0)))

    assert len(stocked.read(entries)) == before


def test_trying_can_be_stopped(stocked: Workspace):
    with pytest.raises(Stopped):
        effect_of(stocked, rules(), stop=lambda: True)


def test_rules_taken_back_leave_those_before_them_in_force(workspace: Workspace):
    first = publish_policy(
        workspace, rules_text(workspace).replace("km_cents = 35", "km_cents = 40")
    )
    publish_policy(workspace, rules_text(workspace).replace("km_cents = 40", "km_cents = 50"))

    withdraw_policy(workspace)
    assert workspace.policy() == first
    withdraw_policy(workspace)
    assert workspace.policy() == replace(Policy(), version=0)


def test_other_work_in_between_stays_when_rules_are_taken_back(stocked: Workspace):
    publish_policy(stocked, rules_text(stocked).replace("km_cents = 35", "km_cents = 40"))
    stocked.submit(ImportRows("node", "nodes.csv", (a_node("NEW", LILLE),)))

    withdraw_policy(stocked)

    assert stocked.policy().version == 0
    assert len(stocked.read(entries)) == 7


def test_there_may_be_no_rules_to_take_back(workspace: Workspace):
    with pytest.raises(NothingToUndo):
        withdraw_policy(workspace)
