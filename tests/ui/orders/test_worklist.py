"""What a line shows: how the order stands, what is suggested, what it adds up to."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.orders import Mode, OrderState, Queue, ShipmentState
from app.domain.places import Located, Precision
from app.domain.reasons import because
from app.domain.sourcing import OtherNodes, SuggestedShipment
from app.domain.tours import Colour, PlanState, Unplanned
from app.domain.values import Load
from app.ui.orders.standing import SIGNS, Standing
from app.ui.orders.trouble import in_short
from app.ui.orders.work_row import Way, Worklist
from app.ui.views import VIEWS
from db.queries.board import ShipmentRow
from db.queries.directory import Directory
from tests.builders import LAMBERSART
from tests.ui.orders.rows import a_list, candidate, collected, decided, on_board, promised


def a_shipment(**but):
    row = ShipmentRow("480213-1", "LIL", "", ShipmentState.RESERVED, Load(2_000, 0, 1))
    return replace(row, **but)


def standing(queue, *shipments, suggestion=None):
    row = on_board(promised(), queue, shipments=shipments)
    return a_list(row, suggested=[suggestion] if suggestion else ()).rows[0].standing


def test_a_clear_lead_is_sure_and_a_narrow_one_a_close_call():
    order = promised()

    assert standing(Queue.TO_SOURCE, suggestion=decided(order, margin=12.0)) is Standing.SURE
    assert standing(Queue.TO_SOURCE, suggestion=decided(order, margin=2.0)) is Standing.CLOSE_CALL
    assert standing(Queue.TO_SOURCE, suggestion=decided(order, margin=None)) is Standing.SURE


def test_several_nodes_a_part_and_waiting_for_stock_are_told_apart():
    order = promised()
    both = decided(order, nodes=("LIL", "LAM"))
    part = decided(order, status=OrderState.PARTIALLY_ALLOCATED)
    told = (because("no_candidate", nodes=4), because("stock_coming", node="LES"))
    coming = decided(order, nodes=(), status=OrderState.QUEUED, reasons=told)
    nobody = decided(order, nodes=())

    found = [standing(Queue.TO_SOURCE, suggestion=each) for each in (both, part, coming, nobody)]

    assert found == [Standing.SPLIT, Standing.PART, Standing.COMING, Standing.NO_CANDIDATE]


def test_the_rest_of_an_order_sent_in_part_may_wait_for_stock_too():
    told = (because("stock_coming", node="LES", expected_on="2026-11-26"),)
    rest = decided(promised(), nodes=(), status=OrderState.PARTIALLY_ALLOCATED, reasons=told)

    assert standing(Queue.TO_SOURCE, a_shipment(), suggestion=rest) is Standing.COMING


def test_before_anything_is_suggested_the_line_says_that_it_is_being_looked_for():
    assert standing(Queue.TO_SOURCE) is Standing.RECKONING


def test_on_a_tour_lateness_comes_before_tightness_and_that_before_the_state():
    on_tour = a_shipment(tour=4, tour_state=PlanState.PUBLISHED, slack_s=3_600)

    assert standing(Queue.PLANNED, on_tour) is Standing.PUBLISHED
    assert standing(Queue.PLANNED, replace(on_tour, slack_s=300)) is Standing.TIGHT
    assert standing(Queue.PLANNED, replace(on_tour, slack_s=-60, late_s=60)) is Standing.LATE


def test_two_tours_count_as_far_as_the_one_that_is_behind():
    ahead = a_shipment(tour=4, tour_state=PlanState.PUBLISHED, slack_s=3_600)
    behind = a_shipment(code="480213-2", tour=5, tour_state=PlanState.DRAFT, slack_s=3_600)

    assert standing(Queue.PLANNED, ahead, behind) is Standing.DRAFT


def test_what_the_solver_left_out_shows_its_traffic_light():
    left_out = Unplanned("480213", "480213-1", Colour.RED, (because("no_time"),))

    assert standing(Queue.TO_PLAN, a_shipment(unplanned=left_out)) is Standing.IMPOSSIBLE
    yellow = a_shipment(unplanned=replace(left_out, colour=Colour.YELLOW))
    assert standing(Queue.TO_PLAN, yellow) is Standing.LEFT_OUT
    assert standing(Queue.TO_PLAN, a_shipment()) is Standing.TO_PLAN


def test_a_chosen_carrier_is_not_yet_a_booked_one():
    chosen = a_shipment(carrier="DEX", state=ShipmentState.CARRIER_CHOSEN)

    assert standing(Queue.WITH_CARRIER, chosen) is Standing.CHOSEN
    booked = replace(chosen, reference="DEX-7")
    assert standing(Queue.WITH_CARRIER, booked) is Standing.BOOKED


@pytest.mark.parametrize("queue", list(Queue))
def test_every_queue_has_a_standing_and_every_standing_a_sign(queue):
    assert standing(queue, a_shipment()) in SIGNS
    assert set(SIGNS) == set(Standing)


def test_the_goods_of_an_order_to_source_are_those_of_its_suggestion():
    line = a_list(on_board(promised()), suggested=[decided(promised())]).rows[0]
    unknown = a_list(on_board(promised())).rows[0]

    assert (line.parcels, line.weight_g) == (2, 8_400)
    assert (unknown.parcels, unknown.weight_g) == (None, None)


def test_what_was_sent_before_is_added_to_what_is_still_suggested():
    row = on_board(promised(), shipments=(a_shipment(),), load=Load(2_000, 0, 1))

    line = a_list(row, suggested=[decided(promised())]).rows[0]

    assert (line.parcels, line.weight_g) == (3, 10_400)


def test_without_a_candidate_all_the_nodes_ruled_out_are_counted():
    fenced = candidate(fences=(because("full", orders=3, limit=3),), score=None)
    others = (OtherNodes(because("others_full", count=3), ("A", "B", "C")),)
    nobody = decided(
        promised(), fenced, nodes=(), others=others, reasons=(because("no_candidate"),)
    )

    line = a_list(on_board(promised()), suggested=[nobody]).rows[0]

    assert in_short(line.trouble) == "No candidate: 4 of 4 ruled out"


def test_no_stock_anywhere_says_more_than_the_nodes_ruled_out():
    nobody = decided(
        promised(),
        nodes=(),
        reasons=(because("no_candidate", nodes=4), because("stock_nowhere", sku="A", asked=1)),
    )

    line = a_list(on_board(promised()), suggested=[nobody]).rows[0]

    assert in_short(line.trouble) == "No candidate: no stock anywhere"


def test_stock_on_its_way_says_where_and_on_which_day():
    reason = because("stock_coming", sku="A", coming=1, node="LES", expected_on="2026-11-26")
    waits = decided(promised(), nodes=(), status=OrderState.QUEUED, reasons=(reason,))

    line = a_list(on_board(promised()), suggested=[waits]).rows[0]

    assert in_short(line.trouble) == "Stock expected at LES on 26/11"


def test_what_is_to_be_expected_is_a_tour_only_where_there_are_vehicles():
    fleet = Directory(depots=frozenset({"LIL"}))
    home, fetched = promised(), collected()
    relay = promised("480300", mode=Mode.PICKUP_POINT, pickup_point="DEX-1")
    suggested = [decided(order) for order in (home, fetched, relay)]
    rows = [on_board(order) for order in (home, fetched, relay)]

    with_fleet = [line.way for line in a_list(*rows, suggested=suggested, directory=fleet).rows]
    without = [line.way for line in a_list(*rows, suggested=suggested).rows]

    assert with_fleet == [Way.TOUR, Way.COLLECT, Way.CARRIER]
    assert without == [Way.CARRIER, Way.COLLECT, Way.CARRIER]


def test_carriers_are_called_by_their_names():
    row = on_board(promised(), Queue.WITH_CARRIER, shipments=(a_shipment(carrier="DEX"),))

    line = a_list(row, directory=Directory({"DEX": "Deûle Express"})).rows[0]

    assert line.carriers == ("Deûle Express",)
    assert not line.booked


def test_an_address_nobody_can_drive_to_is_an_anomaly_though_it_can_be_sourced():
    vague = promised(place=Located(LAMBERSART, 0.2, Precision.DEPARTMENT))
    fine = promised("480214")
    made = a_list(on_board(vague), on_board(fine))

    assert [line.code for line in made.rows if "anomalies" in line.views] == [vague.code]
    assert made.counts["anomalies"] == made.ill_placed == 1


def test_a_store_needs_no_address():
    made = a_list(on_board(collected(place=None)))

    assert made.ill_placed == 0


@given(queues=st.lists(st.sampled_from(list(Queue)), max_size=12))
def test_each_view_counts_exactly_the_lines_it_holds(queues):
    rows = [on_board(promised(str(480_000 + i)), queue) for i, queue in enumerate(queues)]

    made = a_list(*rows)

    held = {view.name: sum(view.name in line.views for line in made.rows) for view in VIEWS}
    assert made.counts == held
    assert made.counts["orders"] == len(queues)


def test_a_split_keeps_both_nodes_in_sight():
    lines = promised().lines
    both = decided(promised(), nodes=())
    split = replace(
        both,
        status=OrderState.ALLOCATED,
        shipments=(SuggestedShipment("LIL", lines), SuggestedShipment("LAM", lines)),
    )

    line = a_list(on_board(promised()), suggested=[split]).rows[0]

    assert line.nodes == ("LIL", "LAM")
    assert line.node_name == ""


def test_a_list_says_which_lines_differ_from_the_one_before():
    same, moved = on_board(promised("480001")), on_board(promised("480002"))
    before = a_list(same, moved)

    after = a_list(replace(same), replace(moved, queue=Queue.TO_PLAN), before=before)

    assert before.changed == {"480001", "480002"}
    assert after.changed == {"480002"}


@given(queues=st.lists(st.tuples(*[st.sampled_from(list(Queue))] * 2), max_size=8))
def test_lines_that_are_not_said_to_differ_are_equal(queues):
    def made(turn: int, before: Worklist | None = None) -> Worklist:
        rows = [on_board(promised(str(480_000 + i)), pair[turn]) for i, pair in enumerate(queues)]
        return a_list(*rows, before=before)

    before = made(0)
    after = made(1, before)

    pairs = zip(before.rows, after.rows, strict=True)
    assert after.changed == {new.code for old, new in pairs if old != new}
