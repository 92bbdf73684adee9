"""Which marks and lines a day's values become: orders, nodes, and the tours of a plan."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from app.domain.nodes import StockNode
from app.domain.orders import Order, Queue
from app.domain.places import Precision
from app.domain.tours import Stop, StopKind, Tour, TourPlan
from app.domain.values import GeoPoint
from app.maps.layers import Leg, MapLayers, NodeMark, OrderMark, Slack, TourLine

Roads = Mapping[tuple[GeoPoint, GeoPoint], tuple[GeoPoint, ...]]
TIGHT_S = 600
#: Points so found stand for a place, not for a door.
NEAR_ONLY = frozenset({Precision.TOWN, Precision.POSTCODE, Precision.DEPARTMENT})


def plan_layers(
    plan: TourPlan,
    orders: Iterable[Order],
    nodes: Iterable[StockNode],
    *,
    queues: Mapping[str, Queue] | None = None,
    tight_s: int = TIGHT_S,
    roads: Mapping[str, Roads] | None = None,
) -> MapLayers:
    """A day's plan with its stops, what was left out of it, and the nodes.

    Orders that the plan does not name are drawn only where `queues` says which list they wait in.
    `roads` are the known ways of each tour, by its code.
    """
    pins = {order.code: pin for order in orders if (pin := order_mark(order, Queue.TO_PLAN))}
    marks: list[OrderMark] = []
    for tour in plan.tours:
        marks += stop_marks(tour, pins, tight_s=tight_s)
    for left in plan.unplanned:
        if pin := pins.get(left.order):
            marks.append(replace(pin, shipment=left.shipment, left_out=left.colour))
    drawn = {mark.order for mark in marks}
    for order, queue in (queues or {}).items():
        if order not in drawn and order in pins:
            marks.append(replace(pins[order], queue=queue))
    tours = sorted(plan.tours, key=lambda tour: tour.number)
    known = roads or {}
    lines = tuple(tour_line(tour, known.get(tour.code)) for tour in tours if tour.stops)
    return MapLayers(tuple(marks), tuple(node_mark(node) for node in nodes), lines)


def order_mark(order: Order, queue: Queue) -> OrderMark | None:
    """The pin of an order that is in no tour; None while its address has no place."""
    if order.place is None:
        return None
    return OrderMark(
        order.code,
        order.place.point,
        mode=order.mode,
        queue=queue,
        node=order.collect_node,
        approximate=order.place.precision in NEAR_ONLY,
        customer=order.customer,
        town=order.address.town,
    )


def stop_marks(
    tour: Tour, pins: Mapping[str, OrderMark], *, tight_s: int = TIGHT_S
) -> list[OrderMark]:
    """The pins of a tour's deliveries, numbered in their order.

    `pins` are the marks of the orders by code; a delivery whose order is not there is drawn from
    the stop alone.
    """
    return [
        _stop_mark(stop, pins.get(stop.order), tour, sequence, tight_s)
        for sequence, stop in enumerate(tour.deliveries, start=1)
        if stop.kind is StopKind.DELIVERY
    ]


def tour_line(tour: Tour, roads: Roads | None = None, *, details: tuple[str, ...] = ()) -> TourLine:
    """The way of a tour; a leg that `roads` does not know is a straight line."""
    places = _without_repeats(stop.point for stop in tour.stops)
    return TourLine(
        number=tour.number,
        legs=tuple(_leg(start, end, roads or {}) for start, end in pairwise(places)),
        tag=_furthest(tour),
        code=tour.code,
        vehicle=tour.vehicle,
        details=details,
    )


def node_mark(node: StockNode, *, orders_today: int = 0) -> NodeMark:
    """The disc of a stock node, with how full its day of preparation is."""
    limit = node.orders_per_day
    return NodeMark(
        node.code,
        node.point,
        name=node.name,
        kind=node.kind,
        load_share=orders_today / limit if limit else None,
        active=node.active,
    )


def slack_class(late_s: int, slack_s: int | None, tight_s: int = TIGHT_S) -> Slack:
    """Late, tight, or easy: how a stop keeps its window."""
    if late_s:
        return Slack.LATE
    if slack_s is not None and slack_s < tight_s:
        return Slack.TIGHT
    return Slack.EASY


def _stop_mark(
    stop: Stop, pin: OrderMark | None, tour: Tour, sequence: int, tight_s: int
) -> OrderMark:
    return replace(
        pin or OrderMark(stop.order, stop.point),
        point=stop.point,
        queue=Queue.PLANNED,
        shipment=stop.shipment,
        node=tour.depot,
        tour=tour.number,
        sequence=sequence,
        slack=slack_class(stop.late_s, stop.slack_s, tight_s),
    )


def _leg(start: GeoPoint, end: GeoPoint, roads: Roads) -> Leg:
    road = roads.get((start, end))
    return Leg(road, road_known=True) if road else Leg((start, end))


def _furthest(tour: Tour) -> GeoPoint:
    depot = tour.stops[0].point
    places = [stop.point for stop in tour.deliveries] or [depot]
    return max(places, key=depot.distance_m)


def _without_repeats(points: Iterable[GeoPoint]) -> list[GeoPoint]:
    kept: list[GeoPoint] = []
    for point in points:
        if not kept or point != kept[-1]:
            kept.append(point)
    return kept
