"""Which marks and lines a day's plan becomes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain.orders import Queue
from app.domain.places import Located, Precision
from app.domain.tours import Colour, Stop, StopKind, Tour, TourPlan, Unplanned
from app.domain.values import GeoPoint, Load, Window
from app.maps.layers import Leg, MapLayers, Slack
from app.maps.plan_marks import node_mark, order_mark, plan_layers, slack_class, tour_line
from tests.builders import LAMBERSART, LILLE, NOW, ROUBAIX, a_node, an_order

SECLIN = GeoPoint(50.5487, 3.03)


def a_stop(point: GeoPoint, order: str = "", minute: int = 0, **but: Any) -> Stop:
    at = NOW + timedelta(minutes=minute)
    kind = StopKind.DELIVERY if order else StopKind.DEPART
    return replace(Stop(kind, point, at, at, at, order, f"{order}-1" if order else ""), **but)


def a_tour(*stops: Stop, number: int = 1) -> Tour:
    depot = a_stop(LILLE)
    return Tour(
        f"2026-11-24-T{number}",
        number,
        NOW.date(),
        "V1",
        "LIL",
        (depot, *stops, replace(depot, kind=StopKind.RETURN)),
        Load(),
        distance_m=12_000,
        drive_s=1_800,
        cost_cents=4_000,
        co2e_g=2_500,
    )


def drawn(*tours: Tour, orders: tuple[str, ...] = (), **but: Any) -> MapLayers:
    plan = replace(TourPlan(NOW.date(), tours), **but)
    return plan_layers(plan, [an_order(code) for code in orders], [a_node()])


def test_deliveries_are_numbered_in_their_order_and_carry_their_tour():
    layers = drawn(a_tour(a_stop(ROUBAIX, "1", 10), a_stop(SECLIN, "2", 40)), orders=("1", "2"))

    assert [(mark.order, mark.tour, mark.sequence) for mark in layers.orders] == [
        ("1", 1, 1),
        ("2", 1, 2),
    ]
    assert {mark.queue for mark in layers.orders} == {Queue.PLANNED}


def test_breaks_and_returns_are_no_pins():
    pause = a_stop(SECLIN, kind=StopKind.BREAK)

    layers = drawn(a_tour(a_stop(ROUBAIX, "1"), pause), orders=("1",))

    assert [mark.order for mark in layers.orders] == ["1"]


def test_a_pickup_counts_as_a_stop_but_the_store_is_drawn_already():
    pickup = a_stop(SECLIN, "1", kind=StopKind.PICKUP)

    layers = drawn(a_tour(pickup, a_stop(ROUBAIX, "1", 20)), orders=("1",))

    assert [(mark.order, mark.sequence) for mark in layers.orders] == [("1", 2)]


def test_a_stop_stands_where_the_tour_goes_not_where_the_order_was():
    layers = drawn(a_tour(a_stop(ROUBAIX, "1")), orders=("1",))

    assert layers.orders[0].point == ROUBAIX


def test_slack_is_late_after_the_window_tight_near_its_end_and_else_easy():
    assert slack_class(late_s=60, slack_s=-60) is Slack.LATE
    assert slack_class(late_s=0, slack_s=599) is Slack.TIGHT
    assert slack_class(late_s=0, slack_s=600) is Slack.EASY
    assert slack_class(late_s=0, slack_s=None) is Slack.EASY


def test_a_stop_after_its_window_is_late_on_the_map():
    window = Window(NOW - timedelta(hours=2), NOW - timedelta(minutes=5))

    layers = drawn(a_tour(a_stop(ROUBAIX, "1", window=window)), orders=("1",))

    assert layers.orders[0].slack is Slack.LATE


def test_what_was_left_out_keeps_its_traffic_light():
    left = Unplanned("1", "1-1", Colour.RED, ())

    layers = drawn(orders=("1",), unplanned=(left,))

    assert [(mark.left_out, mark.tour) for mark in layers.orders] == [(Colour.RED, 0)]


def test_other_orders_are_drawn_only_with_the_list_they_wait_in():
    plan = TourPlan(NOW.date(), ())
    orders = [an_order("1"), an_order("2")]

    layers = plan_layers(plan, orders, [], queues={"2": Queue.WITH_CARRIER})

    assert [(mark.order, mark.queue) for mark in layers.orders] == [("2", Queue.WITH_CARRIER)]


def test_an_order_without_a_place_has_no_pin():
    assert order_mark(an_order(point=None), Queue.BLOCKED) is None


def test_a_point_found_by_town_or_postcode_is_approximate():
    for precision, approximate in (
        (Precision.GIVEN, False),
        (Precision.PIN, False),
        (Precision.HOUSE, False),
        (Precision.TOWN, True),
        (Precision.POSTCODE, True),
        (Precision.DEPARTMENT, True),
    ):
        order = an_order(place=Located(LILLE, 0.7, precision))
        assert order_mark(order, Queue.TO_SOURCE).approximate is approximate


def test_the_tag_stands_at_the_stop_furthest_from_the_depot():
    near, far = a_stop(LAMBERSART, "1", 10), a_stop(ROUBAIX, "2", 30)

    assert tour_line(a_tour(near, far)).tag == ROUBAIX


def test_a_leg_is_straight_unless_its_road_is_known():
    road = (LILLE, GeoPoint(50.66, 3.12), ROUBAIX)

    line = tour_line(a_tour(a_stop(ROUBAIX, "1")), {(LILLE, ROUBAIX): road})

    assert line.legs == (Leg(road, road_known=True), Leg((ROUBAIX, LILLE)))


def test_two_stops_at_one_door_make_no_leg_of_nothing():
    line = tour_line(a_tour(a_stop(ROUBAIX, "1", 10), a_stop(ROUBAIX, "2", 15)))

    assert [leg.points for leg in line.legs] == [(LILLE, ROUBAIX), (ROUBAIX, LILLE)]


def test_a_node_shows_how_full_its_day_is_only_when_it_has_a_limit():
    assert node_mark(a_node(orders_per_day=40), orders_today=30).load_share == 0.75
    assert node_mark(a_node(), orders_today=30).load_share is None
