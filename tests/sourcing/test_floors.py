"""The sourcing floor: pieces that may be sold at the counter and are not sent away."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.nodes import NodeKind
from app.domain.orders import OrderLine, OrderState
from app.domain.policy import Policy, SourcingPolicy
from app.domain.promises import PromiseKind
from app.planning.sourcing.pool import StockPool
from app.wording import sentence
from tests.builders import LYON, a_cell, a_node, an_order
from tests.promises.asking import promised
from tests.sourcing.asking import fences_of, suggested


def keeping(store: int = 0, other: int = 0) -> Policy:
    return Policy(sourcing=SourcingPolicy(store_floor=store, other_floor=other))


def test_a_store_at_its_floor_sends_nothing_and_says_what_it_keeps():
    far = a_node("LYO", LYON)
    cells = [a_cell(on_hand=2), a_cell("LYO", on_hand=3)]

    made = suggested([an_order()], [a_node(), far], cells, keeping(store=2))["480001"]

    assert made.nodes == ("LYO",)
    reason = fences_of(made, "LIL")["short_of_stock"]
    assert (reason["available"], reason["kept"], reason["taken"]) == (0, 2, 0)
    assert "2 kept by the rules" in sentence(reason)


def test_a_floor_does_not_hide_pieces_from_sale_as_safety_stock_does():
    cell = a_cell(on_hand=2)

    assert cell.available == 2
    assert replace(cell, safety_stock=2).available == 0
    assert suggested([an_order()], [a_node()], [cell], keeping(store=2))["480001"].nodes == ()


def test_stores_and_warehouses_have_floors_of_their_own():
    warehouse = a_node("ENT", kind=NodeKind.WAREHOUSE)
    cells = [a_cell(on_hand=2), a_cell("ENT", on_hand=2)]
    nodes = [a_node(), warehouse]

    assert suggested([an_order()], nodes, cells, keeping(store=2))["480001"].nodes == ("ENT",)
    assert suggested([an_order()], nodes, cells, keeping(other=2))["480001"].nodes == ("LIL",)


def test_what_is_promised_keeps_to_the_floor_too():
    told = promised(PromiseKind.COLLECT, policy=keeping(store=10))

    assert told.best(PromiseKind.COLLECT) is None


@given(floor=st.integers(0, 8), on_hand=st.integers(0, 12), orders=st.integers(1, 12))
def test_sourcing_never_goes_below_the_floor(floor: int, on_hand: int, orders: int):
    wanted = [an_order(f"{n}", lines=(OrderLine("SKU1", 1, 100),)) for n in range(orders)]

    made = suggested(wanted, [a_node()], [a_cell(on_hand=on_hand)], keeping(store=floor))

    given_out = sum(one.status is OrderState.ALLOCATED for one in made.values())
    assert given_out == min(orders, max(0, on_hand - floor))


@given(
    floor=st.integers(0, 8),
    on_hand=st.integers(0, 12),
    reserved=st.integers(0, 4),
    taken=st.integers(0, 12),
    wanted=st.integers(1, 12),
)
def test_more_pieces_fill_a_node_up_to_its_floor_before_any_is_free(
    floor: int, on_hand: int, reserved: int, taken: int, wanted: int
):
    cell = a_cell(on_hand=on_hand, reserved_elsewhere=reserved)
    pool = StockPool([cell], {cell.node: 0}, [cell.sku], [floor])
    free = int(pool.free(cell.sku)[0])
    assert free == max(0, on_hand - reserved - floor)
    pool.take(cell.sku, 0, min(taken, free))

    missing = pool.lacking(cell.sku, 0, cell.node, wanted)
    pool.add(cell.sku, 0, cell.node, missing)

    assert pool.free(cell.sku)[0] == wanted
    pool.add(cell.sku, 0, cell.node, -wanted)
    assert pool.free(cell.sku)[0] == 0
