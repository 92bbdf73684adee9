"""Conflicts about pieces, beside every way of sharing them out; and what helps, tried."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.acts.desk import PublishPolicy
from app.domain.acts.orders import ImportRows
from app.domain.policy import Policy
from app.operations.conflicts import conflicts_document, conflicts_of, in_lines
from app.operations.sourcing import source
from app.planning.sourcing.conflicts import Conflict, Sharing, Wish, conflicts_among
from app.workspace import Workspace
from tests.builders import (
    a_cell,
)
from tests.sourcing.three_lamps import fill

NODES = ("A", "B", "C")

wishes = st.lists(
    st.tuples(st.integers(1, 2), st.frozensets(st.sampled_from(NODES), max_size=3)),
    min_size=1,
    max_size=5,
).map(lambda some: [Wish(f"{n}", many, nodes) for n, (many, nodes) in enumerate(some)])
stock = st.fixed_dictionaries({node: st.integers(0, 3) for node in NODES})


def ways_to_serve(some: list[Wish], free: dict[str, int]) -> list[tuple[int, ...]]:
    """How many pieces each wish gets, in every way of sharing that gives out the most."""
    single = [wish for wish in some for _ in range(wish.pieces)]
    found: list[tuple[int, ...]] = []
    best = -1
    for way in product((None, *NODES), repeat=len(single)):
        used = {node: way.count(node) for node in NODES}
        allowed = all(n is None or n in wish.nodes for n, wish in zip(way, single, strict=True))
        if not allowed or any(used[node] > free[node] for node in NODES):
            continue
        given_out = sum(node is not None for node in way)
        if given_out > best:
            best, found = given_out, []
        if given_out == best:
            got = dict.fromkeys(range(len(some)), 0)
            at = 0
            for number, wish in enumerate(some):
                got[number] = sum(node is not None for node in way[at : at + wish.pieces])
                at += wish.pieces
            found.append(tuple(got.values()))
    return found


@settings(deadline=None, max_examples=60)
@given(wishes, stock)
def test_exactly_the_orders_that_may_go_without_are_in_conflict(some, free):
    ways = ways_to_serve(some, free)

    found = conflicts_among(some, free)

    without = {
        wish.order
        for number, wish in enumerate(some)
        if any(way[number] < wish.pieces for way in ways)
    }
    assert {order for one in found for order in one.orders} == without
    asked = sum(wish.pieces for wish in some)
    assert sum(one.short for one in found) == asked - sum(ways[0])
    for one in found:
        assert one.available <= sum(free[node] for node in one.nodes)


@settings(deadline=None, max_examples=60)
@given(wishes, stock)
def test_no_more_can_be_given_than_is_given(some, free):
    sharing = Sharing(some, free)

    assert sharing.short == sum(wish.pieces for wish in some) - sum(ways_to_serve(some, free)[0])
    assert all(many >= 0 for many in sharing.left.values())


def test_fourteen_orders_share_nine_pieces():
    some = [Wish(f"{n:02}", 1, frozenset("AB")) for n in range(14)]

    (found,) = conflicts_among(some, {"A": 5, "B": 4, "C": 90})

    assert found == Conflict(tuple(f"{n:02}" for n in range(14)), ("A", "B"), 14, 9)
    assert found.short == 5


def test_who_is_served_in_any_case_is_in_no_conflict():
    some = [
        Wish("1", 1, frozenset("A")),
        Wish("2", 1, frozenset("A")),
        Wish("3", 1, frozenset("B")),
    ]

    (found,) = conflicts_among(some, {"A": 1, "B": 1})

    assert found.orders == ("1", "2")


def test_two_conflicts_that_share_nothing_are_told_apart():
    some = [Wish(f"{n}", 1, frozenset("A" if n < 2 else "B")) for n in range(4)]

    assert [one.orders for one in conflicts_among(some, {"A": 1, "B": 1})] == [
        ("0", "1"),
        ("2", "3"),
    ]


def test_enough_for_all_is_no_conflict():
    assert conflicts_among([Wish("1", 2, frozenset("A"))], {"A": 2}) == []


THURSDAY = datetime(2026, 11, 26, 8, tzinfo=UTC)


def test_a_run_names_the_orders_that_share_too_few_pieces(workspace: Workspace):
    fill(workspace, a_cell("LIL", "LAMP-12", 1))

    (found,) = conflicts_of(source(workspace))

    assert found.sku == "LAMP-12"
    assert found.conflict.orders == ("480001", "480002", "480003")
    assert (found.conflict.asked, found.conflict.available, found.conflict.short) == (3, 1, 2)
    assert "3 orders share 1 pieces of LAMP-12" in in_lines([found])[0]


def test_what_would_help_is_told_the_cheapest_piece_first(workspace: Workspace):
    coming = a_cell("RBX", "LAMP-12", 0, inbound=5, inbound_at=THURSDAY)
    kept = a_cell("LIL", "LAMP-12", 2, safety_stock=1)
    fill(workspace, kept, coming)

    (found,) = conflicts_of(source(workspace))

    prices = [way.cost_cents / way.pieces for way in found.ways_out]
    assert prices == sorted(prices)
    told = {way.code: way for way in found.ways_out}
    assert (told["buffer"].node, told["buffer"].pieces) == ("LIL", 1)
    assert (told["inbound"].node, told["inbound"].pieces, told["inbound"].at) == (
        "RBX",
        2,
        THURSDAY,
    )


def test_a_node_too_far_to_send_can_give_pieces_to_a_near_one(workspace: Workspace):
    near = replace(Policy().sourcing.chain[0], max_range_m=60_000)
    policy = Policy()
    policy = replace(policy, sourcing=replace(policy.sourcing, chain=(near,)))
    workspace.submit(PublishPolicy(replace(policy, version=2), ""))
    fill(workspace, a_cell("LIL", "LAMP-12", 1), a_cell("LYO", "LAMP-12", 9))

    (found,) = conflicts_of(source(workspace))

    (way,) = found.ways_out
    assert (way.code, way.from_node, way.pieces) == ("transfer", "LYO", 2)
    workspace.submit(ImportRows("stock", "s.csv", (a_cell(way.node, "LAMP-12", 3),)))
    assert conflicts_of(source(workspace)) == ()


def test_every_way_out_gives_what_it_says_when_it_is_tried(workspace: Workspace):
    fill(workspace, a_cell("LIL", "LAMP-12", 3, safety_stock=2), a_cell("LYO", "LAMP-12", 0))
    (found,) = conflicts_of(source(workspace))
    (way,) = [way for way in found.ways_out if way.code == "buffer"]

    workspace.submit(ImportRows("stock", "s.csv", (a_cell("LIL", "LAMP-12", 3),)))

    served = [made for made in source(workspace).decisions if made.shipments]
    assert len(served) == found.conflict.available + way.pieces


def test_a_run_without_a_conflict_tells_none(workspace: Workspace):
    fill(workspace, a_cell("LIL", "LAMP-12", 5))

    assert conflicts_document(conflicts_of(source(workspace))) == []


def test_an_order_alone_without_stock_is_no_conflict(workspace: Workspace):
    fill(workspace, a_cell("LIL", "LAMP-12", 2))
    source(workspace, orders=["480001", "480002"], apply=True)

    assert conflicts_of(source(workspace)) == ()


def test_the_document_has_orders_nodes_and_remedies(workspace: Workspace):
    fill(workspace, a_cell("LIL", "LAMP-12", 2, safety_stock=1))

    (one,) = conflicts_document(conflicts_of(source(workspace)))

    assert one["orders"] == ["480001", "480002", "480003"]
    assert (one["sku"], one["asked"], one["available"], one["short"]) == ("LAMP-12", 3, 1, 2)
    assert [remedy["code"] for remedy in one["remedies"]] == ["way_out_buffer"]
    assert "LIL" in one["remedies"][0]["text"]
