"""What must hold for every batch of orders, whatever the nodes, the stock and the rules."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import time, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.nodes import NodeKind, Service, StockNode
from app.domain.orders import Mode, Order, OrderLine, OrderState
from app.domain.policy import Fence, Policy, Rating, RuleSet
from app.domain.sourcing import SourcingDecision
from app.domain.stock import StockCell
from app.domain.values import GeoPoint
from tests.builders import NOW, a_cell, a_node, an_order
from tests.sourcing.asking import suggested, with_rules

SKUS = ("S0", "S1", "S2")


@dataclass(frozen=True)
class Day:
    orders: list[Order]
    nodes: list[StockNode]
    stock: list[StockCell]
    load: dict[str, int]
    policy: Policy

    def decisions(self) -> dict[str, SourcingDecision]:
        return suggested(self.orders, self.nodes, self.stock, self.policy, node_load=self.load)


points = st.builds(GeoPoint, st.floats(50, 51), st.floats(2.5, 3.5))


@st.composite
def some_nodes(draw: st.DrawFn) -> list[StockNode]:
    return [
        a_node(
            f"N{i}",
            draw(points),
            kind=draw(st.sampled_from([NodeKind.STORE, NodeKind.WAREHOUSE])),
            services=draw(st.sampled_from([frozenset(Service), frozenset()])),
            opening_hours=draw(st.sampled_from(["", "Mo-Sa 09:00-19:00", "We 14:00-16:00"])),
            orders_per_day=draw(st.sampled_from([None, None, 1, 3])),
            cutoff=draw(st.sampled_from([None, time(9), time(16)])),
            active=draw(st.sampled_from([True, True, True, False])),
        )
        for i in range(draw(st.integers(1, 6)))
    ]


@st.composite
def some_orders(draw: st.DrawFn, nodes: list[StockNode]) -> list[Order]:
    lines = st.lists(
        st.builds(OrderLine, st.sampled_from(SKUS), st.integers(1, 3), st.integers(0, 5_000)),
        min_size=1,
        max_size=4,
    )
    due = st.sampled_from([None, NOW + timedelta(hours=5), NOW + timedelta(days=2)])
    return [
        an_order(
            f"{480_000 + i}",
            draw(st.one_of(points, st.none())),
            lines=tuple(draw(lines)),
            promised_to=draw(due),
            mode=draw(st.sampled_from(Mode)),
            collect_node=draw(st.sampled_from([node.code for node in nodes] + [""])),
        )
        for i in range(draw(st.integers(1, 6)))
    ]


@st.composite
def some_rules(draw: st.DrawFn) -> Policy:
    weights = st.tuples(st.sampled_from(Rating), st.floats(0, 1))
    chain = [
        RuleSet(
            f"rule {i}",
            fences=tuple(draw(st.sets(st.sampled_from(Fence)))),
            ratings=tuple(draw(st.lists(weights, max_size=3, unique_by=lambda w: w[0]))),
            max_range_m=draw(st.sampled_from([None, 20_000])),
            max_shipments=draw(st.sampled_from([None, 1, 2])),
            max_late_days=draw(st.sampled_from([0, 2, None])),
        )
        for i in range(draw(st.integers(1, 2)))
    ]
    return with_rules(
        *chain,
        split_allowed=draw(st.booleans()),
        max_shipments=draw(st.integers(1, 4)),
        min_split_value_cents=draw(st.sampled_from([0, 3_000])),
    )


@st.composite
def days(draw: st.DrawFn) -> Day:
    nodes = draw(some_nodes())
    count = st.integers(0, 4)
    stock = [
        a_cell(
            node.code,
            sku,
            draw(count),
            safety_stock=draw(st.sampled_from([0, 0, 1])),
            inbound=draw(st.sampled_from([0, 2])),
            inbound_at=NOW + timedelta(days=1),
        )
        for node in nodes
        for sku in SKUS
        if draw(st.booleans())
    ]
    load = {node.code: draw(st.sampled_from([0, 1])) for node in nodes}
    return Day(draw(some_orders(nodes)), nodes, stock, load, draw(some_rules()))


@settings(deadline=None)
@given(days())
def test_stock_is_never_suggested_twice(day: Day):
    given_out: Counter[tuple[str, str]] = Counter()
    for decision in day.decisions().values():
        for shipment in decision.shipments:
            for line in shipment.lines:
                given_out[shipment.node, line.sku] += line.quantity

    available = {(cell.node, cell.sku): cell.available for cell in day.stock}
    assert all(pieces <= available[cell] for cell, pieces in given_out.items())


@settings(deadline=None)
@given(days())
def test_every_order_gets_exactly_one_entry_and_no_more_than_it_asked(day: Day):
    decisions = day.decisions()

    assert set(decisions) == {order.code for order in day.orders}
    for order in day.orders:
        asked: Counter[str] = Counter()
        for line in order.lines:
            asked[line.sku] += line.quantity
        sent: Counter[str] = Counter()
        for shipment in decisions[order.code].shipments:
            for line in shipment.lines:
                sent[line.sku] += line.quantity
        assert sent <= asked
        assert (sent == asked) is (decisions[order.code].status is OrderState.ALLOCATED)
        assert bool(sent) is decisions[order.code].status.value.endswith("allocated")


@settings(deadline=None)
@given(days())
def test_there_are_never_more_shipments_than_allowed(day: Day):
    policy = day.policy.sourcing
    allowed = policy.max_shipments if policy.split_allowed else 1
    rules = {rule.name: rule.max_shipments or allowed for rule in policy.chain}
    for decision in day.decisions().values():
        assert len(decision.shipments) <= min(allowed, rules.get(decision.rule, allowed))
        assert len(decision.nodes) == len(decision.shipments)


@settings(deadline=None)
@given(days(), st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_the_inputs(day: Day, random: Random):
    def shuffled(items):
        return random.sample(items, len(items))

    again = replace(
        day, orders=shuffled(day.orders), nodes=shuffled(day.nodes), stock=shuffled(day.stock)
    )

    assert again.decisions() == day.decisions()


@settings(deadline=None)
@given(days())
def test_every_node_not_chosen_has_a_reason_or_a_lower_score(day: Day):
    for decision in day.decisions().values():
        if not decision.candidates:
            assert decision.reasons
            continue
        assert {c.node for c in decision.candidates} == {node.code for node in day.nodes}
        if not decision.shipments:
            assert all(c.fences or c.score is not None for c in decision.candidates)
            continue
        best = decision.candidate(decision.nodes[0])
        for candidate in decision.candidates:
            if candidate.node not in decision.nodes and not candidate.fences:
                collects = decision.reasons[0].code.startswith(("collected", "transferred"))
                assert candidate.score <= best.score or collects


@settings(deadline=None)
@given(days())
def test_nobody_is_sent_beyond_the_fences_or_over_a_node_s_limit(day: Day):
    rules = {rule.name: rule for rule in day.policy.sourcing.chain}
    given_out = Counter(day.load)
    limited = set()
    for decision in day.decisions().values():
        for node in decision.nodes:
            codes = {reason.code for reason in decision.candidate(node).fences}
            assert codes <= {"not_held", "short_of_stock"}
            given_out[node] += 1
            if Fence.BELOW_CAPACITY in rules[decision.rule].fences:
                limited.add(node)
    for node in day.nodes:
        if node.code in limited and all(
            Fence.BELOW_CAPACITY in rule.fences for rule in rules.values()
        ):
            assert node.orders_per_day is None or given_out[node.code] <= node.orders_per_day
