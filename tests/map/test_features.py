"""How rows become GeoJSON, and how little is sent when little has changed."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.nodes import NodeKind
from app.domain.orders import Mode, Queue
from app.domain.tours import Colour
from app.domain.values import GeoPoint
from app.maps.features import (
    as_json,
    difference,
    difference_data,
    node_feature,
    order_feature,
    page_data,
    tour_feature,
)
from app.maps.layers import Leg, MapLayers, NodeMark, OrderMark, Slack, TourLine
from app.ui.map.feed import SMALL_CHANGE, pack
from tests.map.lille import lille

LILLE, ROUBAIX = GeoPoint(50.6366, 3.0635), GeoPoint(50.691, 3.174)


def test_a_pin_is_a_point_with_longitude_first():
    feature = order_feature(OrderMark("480213", LILLE))

    assert feature["geometry"] == {"type": "Point", "coordinates": [3.0635, 50.6366]}
    assert feature["properties"]["title"] == "480\u202f213"


def test_a_shipment_tells_the_pins_of_one_order_apart():
    parts = [OrderMark("480213", LILLE, shipment=f"480213-{n}") for n in (1, 2)]

    features = [order_feature(part) for part in parts]

    assert [feature["id"] for feature in features] == ["480213-1", "480213-2"]
    assert {feature["properties"]["order"] for feature in features} == {"480213"}


def test_a_pin_says_only_what_differs_from_the_ordinary():
    plain = order_feature(OrderMark("1", LILLE))["properties"]
    stop = order_feature(
        OrderMark(
            "1", LILLE, Mode.PICKUP_POINT, Queue.PLANNED, tour=4, sequence=7, slack=Slack.LATE
        )
    )["properties"]

    assert set(plain) == {"order", "title", "mode", "queue", "slack"}
    assert (stop["tour"], stop["sequence"]) == (4, 7)
    assert (stop["mode"], stop["slack"]) == ("pickup_point", "late")


def test_a_pin_that_was_left_out_carries_its_traffic_light():
    mark = OrderMark("1", LILLE, queue=Queue.TO_PLAN, left_out=Colour.RED)

    assert order_feature(mark)["properties"]["left_out"] == "red"


def test_an_empty_node_shows_an_empty_ring_and_one_without_limit_none():
    empty = node_feature(NodeMark("LIC", LILLE, load_share=0.0))["properties"]
    unlimited = node_feature(NodeMark("LES", LILLE, kind=NodeKind.WAREHOUSE))["properties"]

    assert empty["load"] == 0
    assert "load" not in unlimited


def test_a_tour_is_a_line_for_each_leg_and_says_which_follow_roads():
    line = TourLine(
        3, (Leg((LILLE, ROUBAIX), road_known=True), Leg((ROUBAIX, LILLE))), ROUBAIX, "2026-T3"
    )

    feature = tour_feature(line)

    assert feature["geometry"]["type"] == "MultiLineString"
    assert feature["geometry"]["coordinates"][0] == [[3.0635, 50.6366], [3.174, 50.691]]
    assert feature["properties"]["roads"] == [True, False]
    assert feature["properties"]["tag"] == [3.174, 50.691]


def test_the_page_gets_one_collection_for_each_kind():
    data = json.loads(as_json(page_data(lille())))

    assert [data[kind]["type"] for kind in ("orders", "nodes", "tours")] == [
        "FeatureCollection"
    ] * 3
    assert len(data["nodes"]["features"]) == 12
    assert len(data["tours"]["features"]) == 9


marks = st.builds(
    OrderMark,
    order=st.sampled_from([f"48{n}" for n in range(12)]),
    point=st.sampled_from([LILLE, ROUBAIX]),
    queue=st.sampled_from(list(Queue)),
)
days = st.lists(marks, max_size=10, unique_by=lambda mark: mark.key).map(
    lambda kept: MapLayers(tuple(kept))
)


@given(days, days)
def test_a_state_and_its_difference_give_the_next_state(before: MapLayers, after: MapLayers):
    change = difference(before, after)

    page = {mark.key: mark for mark in before.orders}
    for key in change.gone_orders:
        del page[key]
    page.update({mark.key: mark for mark in change.put.orders})
    assert page == {mark.key: mark for mark in after.orders}


@given(days)
def test_nothing_changed_is_nothing_to_send(layers: MapLayers):
    assert len(difference(layers, layers)) == 0


def test_a_difference_names_what_is_gone():
    day = lille()

    gone = difference_data(difference(day, MapLayers(day.orders[1:], day.nodes[1:], day.tours[1:])))

    assert gone["gone"]["nodes"] == ("LIC",)
    assert gone["gone"]["tours"] == ("2026-11-24-T1",)
    assert len(gone["gone"]["orders"]) == 1


def test_a_small_change_travels_by_itself_and_a_large_one_as_a_whole():
    day = lille()
    one = replace(day, orders=(replace(day.orders[0], done=True), *day.orders[1:]))
    all_new = MapLayers(tuple(OrderMark(f"x{n}", LILLE) for n in range(SMALL_CHANGE)))

    assert pack(day, one, 2).kind == "changes"
    assert len(pack(day, one, 2).body) < 1_000
    assert pack(day, all_new, 2).kind == "layers"
    assert pack(None, day, 1).kind == "layers"
