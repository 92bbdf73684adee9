"""What would have sent an order elsewhere: the smallest change, and it does."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given, settings

from app.domain.acts.orders import ImportRows
from app.domain.nodes import StockNode
from app.domain.orders import Order
from app.domain.policy import Fence, Policy, Rating, RuleSet
from app.domain.stock import StockCell
from app.operations.sourcing import accept, assign, source
from app.operations.sourcing_together import source_together
from app.operations.why import as_document, as_text, why
from app.operations.why_chain import Link
from app.operations.why_flips import flips_in
from app.planning.sourcing.batch import in_turn
from app.planning.sourcing.decide import Desk
from app.planning.sourcing.flip_changes import World
from app.planning.sourcing.flip_weights import weight_changes
from app.planning.sourcing.flips import Flip, flips
from app.planning.sourcing.needs import Scene
from app.planning.sourcing.nodes import NodeTable
from app.planning.sourcing.pool import StockPool
from app.planning.sourcing.survey import survey
from app.planning.sourcing.trial import try_rule
from app.workspace import Workspace
from tests.builders import LAMBERSART, LILLE, NOW, ROUBAIX, a_cell, a_node, a_product, an_order
from tests.sourcing.asking import PARIS, in_paris, suggested, with_rules
from tests.sourcing.test_invariants import Day, days

BY_DISTANCE = RuleSet("near", ratings=((Rating.DISTANCE, 1.0),), max_late_days=None)
NEXT_DOOR = LAMBERSART


def flipped(
    nodes: list[StockNode],
    stock: list[StockCell],
    policy: Policy,
    order: Order | None = None,
    load: dict[str, int] | None = None,
) -> tuple[Flip, ...]:
    asked = order or an_order()
    table = NodeTable(nodes, load or {}, NOW)
    scene = Scene({n.code: n for n in nodes}, {}, {}, policy, PARIS)
    need = in_turn([asked], {}, scene, None)[0]
    floors = table.floors(policy.sourcing)
    pool = StockPool(stock, table.index, {line.sku for line in need.lines}, floors)
    before = suggested([asked], nodes, stock, policy, node_load=load)[asked.code]
    return flips(need, Desk(table, pool, policy), before.nodes)


def the(found: tuple[Flip, ...], code: str) -> dict[str, object]:
    return next(dict(flip.reason.facts) for flip in found if flip.reason.code == code)


def test_one_more_piece_where_it_lacks_one():
    nodes = [a_node("NEAR", NEXT_DOOR), a_node("FAR", ROUBAIX)]
    stock = [a_cell("NEAR", on_hand=2), a_cell("FAR")]
    order = an_order(lines=(replace(an_order().lines[0], quantity=3),))

    found = flipped(nodes, stock, with_rules(BY_DISTANCE), order)

    assert the(found, "flip_more_pieces") == {"node": "NEAR", "sku": "SKU1", "pieces": 1}
    assert found[0].nodes == ("NEAR",)


def test_pieces_that_are_held_or_kept_for_the_shop_are_made_good_first():
    """Nothing on the shelf, one reserved, two for the shop: four more make one free."""
    nodes = [a_node("NEAR", NEXT_DOOR), a_node("FAR", ROUBAIX)]
    stock = [a_cell("NEAR", on_hand=0, reserved_elsewhere=1), a_cell("FAR")]

    found = flipped(nodes, stock, with_rules(BY_DISTANCE, store_floor=2))

    assert the(found, "flip_more_pieces")["pieces"] == 4
    more = [a_cell("NEAR", on_hand=4, reserved_elsewhere=1), a_cell("FAR")]
    less = [a_cell("NEAR", on_hand=3, reserved_elsewhere=1), a_cell("FAR")]
    policy = with_rules(BY_DISTANCE, store_floor=2)
    assert suggested([an_order()], nodes, more, policy)["480001"].nodes == ("NEAR",)
    assert suggested([an_order()], nodes, less, policy)["480001"].nodes == ("FAR",)


def test_pieces_that_the_sender_itself_would_lack():
    nodes = [a_node("NEAR", NEXT_DOOR), a_node("FAR", ROUBAIX)]

    found = flipped(nodes, [a_cell("NEAR", on_hand=4), a_cell("FAR")], with_rules(BY_DISTANCE))

    assert the(found, "flip_fewer_pieces") == {"node": "NEAR", "sku": "SKU1", "pieces": 4}


def test_a_later_cut_off():
    rule = replace(BY_DISTANCE, max_late_days=0)
    nodes = [a_node("NEAR", NEXT_DOOR, cutoff=time(9, 25)), a_node("FAR", ROUBAIX)]
    order = an_order(promised_to=in_paris(18))

    found = flipped(nodes, [a_cell("NEAR"), a_cell("FAR")], with_rules(rule), order)

    assert the(found, "flip_cutoff") == {
        "node": "NEAR",
        "later_s": 17 * 60,
        "to_at": "2026-11-24T09:42:00+01:00",
    }


def test_a_shorter_preparation():
    rule = replace(BY_DISTANCE, max_late_days=0)
    nodes = [
        a_node("NEAR", NEXT_DOOR, preparation_minutes=180, opening_hours="Mo-Sa 09:00-12:00"),
        a_node("FAR", ROUBAIX),
    ]
    order = an_order(promised_to=in_paris(18))

    found = flipped(nodes, [a_cell("NEAR"), a_cell("FAR")], with_rules(rule), order)

    assert the(found, "flip_preparation")["to_s"] == 60 * 138  # ready at noon from 9:42 on


def test_room_for_one_more():
    nodes = [a_node("NEAR", NEXT_DOOR, orders_per_day=5), a_node("FAR", ROUBAIX)]

    found = flipped(
        nodes, [a_cell("NEAR"), a_cell("FAR")], with_rules(BY_DISTANCE), load={"NEAR": 5}
    )

    assert the(found, "flip_more_room") == {"node": "NEAR", "more": 1, "limit": 6}


def test_a_rule_that_reaches_farther():
    near = replace(
        BY_DISTANCE, label="Near", max_range_m=1_000, ratings=((Rating.KEEP_STOCK, 1.0),)
    )
    far = replace(BY_DISTANCE, name="far", fences=(Fence.HAS_STOCK,))
    nodes = [a_node("LIL"), a_node("RBX", ROUBAIX)]
    stock = [a_cell("LIL"), a_cell("RBX", on_hand=90)]

    found = flipped(nodes, stock, with_rules(near, far))

    told = the(found, "flip_range")
    assert (told["node"], told["rule"], told["from_m"]) == ("RBX", "Near", 1_000)


def test_a_node_that_is_switched_off():
    nodes = [a_node("NEAR", NEXT_DOOR, active=False), a_node("FAR", ROUBAIX)]

    found = flipped(nodes, [a_cell("NEAR"), a_cell("FAR")], with_rules(BY_DISTANCE))

    assert the(found, "flip_switched_on") == {"node": "NEAR"}


def weighing() -> tuple[list[StockNode], list[StockCell], RuleSet]:
    """Lille is nearer, Roubaix has more: distance wins by its weight."""
    rule = replace(
        BY_DISTANCE, label="Mixed", ratings=((Rating.DISTANCE, 0.9), (Rating.KEEP_STOCK, 0.1))
    )
    nodes = [a_node("LIL", LILLE), a_node("RBX", ROUBAIX)]
    return nodes, [a_cell("LIL", on_hand=2), a_cell("RBX", on_hand=90)], rule


def test_the_weight_at_which_the_order_turns_is_exact_to_the_hundredth():
    nodes, stock, rule = weighing()

    told = the(flipped(nodes, stock, with_rules(rule)), "flip_weight_up")

    assert (told["rating"], told["before"], told["node"]) == ("keep_stock", 0.1, "RBX")

    def sender(weight: float) -> str:
        changed = replace(rule, ratings=((Rating.DISTANCE, 0.9), (Rating.KEEP_STOCK, weight)))
        return suggested([an_order()], nodes, stock, with_rules(changed))["480001"].nodes[0]

    assert sender(told["weight"]) == "RBX"
    assert sender(round(told["weight"] - 0.01, 2)) == "LIL"


def test_each_weight_that_turns_the_order_does_so_whether_it_falls_or_rises():
    nodes, stock, rule = weighing()
    table = NodeTable(nodes, {}, NOW)
    policy = with_rules(rule)
    scene = Scene({n.code: n for n in nodes}, {}, {}, policy, PARIS)
    need = in_turn([an_order()], {}, scene, None)[0]
    pool = StockPool(stock, table.index, {"SKU1"})
    trial = try_rule(survey(need, table, pool, policy.sourcing), rule)

    changes = list(weight_changes(trial, 0, 1, World(need, table, pool, policy)))

    told = {c.reason["rating"]: c.reason.code for c in changes}
    assert told["distance"] == "flip_weight_down"
    assert told["keep_stock"] == "flip_weight_up"
    for change in changes:
        rules = change.made().policy
        assert suggested([an_order()], nodes, stock, rules)["480001"].nodes == ("RBX",)


def test_an_order_that_nobody_can_send_is_told_what_would_do():
    rule = replace(BY_DISTANCE, max_range_m=1_500)

    found = flipped([a_node("LIL", ROUBAIX)], [a_cell("LIL")], with_rules(rule))

    assert [flip.reason.code for flip in found] == ["flip_range"]


@settings(deadline=None, max_examples=60)
@given(days())
def test_every_change_told_sends_the_order_elsewhere(day: Day):
    """Each order as if it were alone: deciding again with the change named gives its nodes."""
    table = NodeTable(day.nodes, day.load, NOW)
    scene = Scene({n.code: n for n in day.nodes}, {}, {}, day.policy, PARIS)
    for order in day.orders[:3]:
        need = in_turn([order], {}, scene, None)[0]
        if need.goal is None:
            continue
        pool = StockPool(day.stock, table.index, {line.sku for line in need.lines})
        made = suggested([order], day.nodes, day.stock, day.policy, node_load=day.load)
        nodes = made[order.code].nodes
        before = {sku: pool.free(sku).tolist() for sku in ("S1", "S2")}
        for flip in flips(need, Desk(table, pool, day.policy), nodes):
            assert set(flip.nodes) != set(nodes)
            again = with_change(day, order, flip)
            assert again is None or again == flip.nodes
        assert {sku: pool.free(sku).tolist() for sku in ("S1", "S2")} == before


def with_change(day: Day, order: Order, flip: Flip) -> tuple[str, ...] | None:
    """Who sends once the files themselves say what the change says; None for other kinds."""
    told = dict(flip.reason.facts)
    nodes, stock = day.nodes, day.stock
    if flip.reason.code == "flip_switched_on":
        nodes = [replace(n, active=n.active or n.code == told["node"]) for n in nodes]
    elif flip.reason.code == "flip_more_room":
        nodes = [
            replace(n, orders_per_day=told["limit"]) if n.code == told["node"] else n for n in nodes
        ]
    elif flip.reason.code == "flip_fewer_pieces":
        stock = [
            replace(c, on_hand=c.on_hand - told["pieces"])
            if (c.node, c.sku) == (told["node"], told["sku"])
            else c
            for c in stock
        ]
    elif flip.reason.code == "flip_more_pieces":
        known = {(c.node, c.sku): c for c in stock}
        key = (told["node"], told["sku"])
        cell = known.get(key, StockCell(*key))
        known[key] = replace(cell, on_hand=cell.on_hand + told["pieces"])
        stock = list(known.values())
    else:
        return None
    made = suggested([order], nodes, stock, day.policy, node_load=day.load)
    return made[order.code].nodes


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """Two orders for the one piece of the nearest store: the dearer one gets it."""
    rows = {
        "node": (a_node("NEAR", NEXT_DOOR), a_node("FAR", ROUBAIX)),
        "product": (a_product(),),
        "stock": (a_cell("NEAR", on_hand=1), a_cell("FAR")),
        "order": (
            an_order("480001"),
            an_order("480002", lines=(replace(an_order().lines[0], unit_price_cents=9_000),)),
        ),
    }
    for kind, values in rows.items():
        workspace.submit(ImportRows(kind, f"{kind}s.csv", values))
    return workspace


def test_why_tells_the_smallest_change_as_things_were_in_the_order_s_turn(desk: Workspace):
    source(desk, apply=True)
    desk.submit(ImportRows("stock", "stock.csv", (a_cell("NEAR", on_hand=90),)))

    link = why(desk, "480001").link(Link.NODE)

    assert link.chosen[0].code == "FAR"
    assert link.flip is not None
    assert dict(link.flip.facts) == {"node": "NEAR", "sku": "SKU1", "pieces": 1}


@pytest.mark.usefixtures("english")
def test_the_document_and_the_text_say_it(desk: Workspace):
    source(desk, apply=True)
    chain = why(desk, "480001")

    node = next(link for link in as_document(chain)["links"] if link["link"] == "node")

    assert node["flip"]["code"] == "flip_more_pieces"
    assert node["flip"]["text"] == "NEAR would send it with 1 more of SKU1."
    assert node["flips"][0] == node["flip"]
    assert node["flip"]["text"] in as_text(chain)


def test_a_suggestion_has_its_changes_too(desk: Workspace):
    run = source(desk)
    made = next(one for one in run.decisions if one.order == "480001")

    assert flips_in(run, made)[0].reason.code == "flip_more_pieces"

    accept(desk, [made], run)
    kept = why(desk, "480001").link(Link.NODE)
    assert kept.flip == flips_in(run, made)[0].reason


def test_nothing_is_told_where_a_person_or_the_optimum_decided(desk: Workspace):
    assign(desk, "480001", "FAR", "the client asked for it")
    assert why(desk, "480001").link(Link.NODE).flip is None

    source_together(desk, seconds=2, apply=True)
    assert why(desk, "480002").link(Link.NODE).flip is None
