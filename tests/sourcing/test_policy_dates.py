"""Rules that start at a time of their own: the version in force at an instant decides."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.connectors.policy_file import write_policy
from app.domain.acts.desk import PublishPolicy
from app.domain.acts.orders import ImportRows
from app.domain.policy import Policy, RuleSet, SourcingPolicy
from app.errors import BadFile, BadPolicy, TooLate
from app.operations.policy import (
    coming_policies,
    publish_from,
    publish_policy,
    rules_from,
    rules_text,
    withdraw_policy,
)
from app.operations.sourcing import source
from app.workspace import Workspace
from db.codec import from_json
from tests.builders import NOW, a_cell, a_node, a_product, an_order


class Desk:
    """A workspace whose clock is moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.workspace = Workspace.open(folder, user="c.vasseur", clock=lambda: self.now)

    def publish(self, km_cents: int, **but: object) -> Policy:
        policy = Policy(sourcing=SourcingPolicy(km_cents=km_cents))
        return publish_policy(self.workspace, write_policy(policy), **but)

    def km_cents(self, hours: float = 0) -> int:
        """What a kilometre costs so many hours from the beginning."""
        self.now = NOW + timedelta(hours=hours)
        return self.workspace.policy().sourcing.km_cents


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    made = Desk(folder)
    yield made
    made.workspace.close()


def at(hours: float):
    return NOW + timedelta(hours=hours)


def test_rules_start_when_they_are_to_and_not_before(desk: Desk):
    desk.publish(40)
    desk.publish(50, starts=at(2))

    assert [desk.km_cents(hours) for hours in (0, 1.99, 2, 9)] == [40, 40, 50, 50]


def test_the_instant_decides_even_when_asked_later(desk: Desk):
    desk.publish(50, starts=at(2))
    desk.now = at(5)
    desk.publish(60)

    assert [desk.km_cents(hours) for hours in (1, 3, 5, 8)] == [35, 50, 60, 60]


def test_rules_published_now_hold_until_the_dated_ones_start(desk: Desk):
    desk.publish(50, starts=at(3))
    desk.now = at(1)
    published = desk.publish(40)

    assert published.version == 2
    assert [desk.km_cents(hours) for hours in (0.5, 1, 2.9, 3)] == [35, 40, 40, 50]


def test_what_is_to_start_is_listed_the_next_first(desk: Desk):
    desk.publish(60, starts=at(9))
    desk.publish(50, starts=at(2))

    coming = coming_policies(desk.workspace)

    assert [(one.policy.version, one.starts) for one in coming] == [(2, at(2)), (1, at(9))]
    desk.now = at(2)
    assert [one.policy.version for one in coming_policies(desk.workspace)] == [1]


def test_dated_rules_can_be_taken_back_before_they_start(desk: Desk):
    desk.publish(50, starts=at(2))

    withdraw_policy(desk.workspace)

    assert coming_policies(desk.workspace) == ()
    assert desk.km_cents(3) == 35


def test_the_text_is_that_of_the_rules_in_force(desk: Desk):
    desk.publish(50, starts=at(2))
    assert "km_cents = 35" in rules_text(desk.workspace)

    desk.now = at(2)
    assert "km_cents = 50" in rules_text(desk.workspace)


def test_rules_cannot_start_in_the_past(desk: Desk):
    with pytest.raises(TooLate):
        desk.publish(50, starts=at(-1))


def test_the_same_rules_again_may_be_dated(desk: Desk):
    desk.publish(40)

    assert desk.publish(40).version == 1
    assert desk.publish(40, starts=at(4)).version == 2


def test_orders_are_sourced_by_the_version_of_the_moment(desk: Desk):
    workspace = desk.workspace
    for kind, row in (("node", a_node()), ("product", a_product()), ("stock", a_cell())):
        workspace.submit(ImportRows(kind, f"{kind}.csv", (row,)))
    workspace.submit(ImportRows("order", "orders.csv", (an_order("480001"),)))
    desk.publish(50, starts=at(2))

    before = source(workspace).decisions[0].policy_version
    desk.now = at(2)

    assert (before, source(workspace).decisions[0].policy_version) == (0, 1)


def test_a_version_stored_before_dates_were_known_reads_as_ever_in_force():
    assert from_json('{"policy": {}, "text": ""}', PublishPolicy) == PublishPolicy(Policy(), "")


@pytest.mark.parametrize(
    ("policy", "line", "field"),
    [
        (SourcingPolicy(fallback_node="NOWHERE"), "fallback_node", "sourcing.fallback_node"),
        (
            SourcingPolicy(chain=(RuleSet("a"), replace(RuleSet("b"), nodes=frozenset({"LIX"})))),
            "nodes",
            "sourcing.rule.nodes",
        ),
    ],
)
def test_rules_that_name_an_unknown_node_are_refused_at_their_line(
    desk: Desk, policy: SourcingPolicy, line: str, field: str
):
    text = write_policy(Policy(sourcing=policy))
    publish_policy(desk.workspace, text)  # no node is known yet
    withdraw_policy(desk.workspace)
    desk.workspace.submit(ImportRows("node", "nodes.csv", (a_node("LIL"),)))

    with pytest.raises(BadPolicy) as refused:
        publish_policy(desk.workspace, text)

    assert refused.value.field == field
    assert text.splitlines()[refused.value.line - 1].startswith(line)
    assert desk.workspace.policy() == Policy()


def test_a_file_is_checked_for_unknown_nodes_before_it_is_published(desk: Desk, tmp_path: Path):
    file = tmp_path / "mine.toml"
    chain = (replace(RuleSet("a"), nodes=frozenset({"LIX"})),)
    file.write_text(write_policy(Policy(sourcing=SourcingPolicy(chain=chain))), "utf-8")
    desk.workspace.submit(ImportRows("node", "nodes.csv", (a_node("LIL"),)))

    with pytest.raises(BadPolicy) as refused:
        rules_from(desk.workspace, file)

    assert (refused.value.file, refused.value.field) == ("mine.toml", "sourcing.rule.nodes")


@pytest.mark.parametrize("held", ["", " \n\n", "\ufeff"])
def test_an_empty_file_puts_no_usual_rules_in_force(desk: Desk, tmp_path: Path, held: str):
    published = desk.publish(77)
    file = tmp_path / "cut.toml"
    file.write_text(held, "utf-8")

    with pytest.raises(BadFile):
        publish_from(desk.workspace, file)

    assert desk.workspace.policy() == published
