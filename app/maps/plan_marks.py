"""Which marks and lines a day's values become: orders, nodes, and the tours of a plan."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from app.domain.nodes import StockNode
from app.domain.orders import Order, Queue
from app.domain.tours import Stop, StopKind, Tour, TourPlan, Unplanned
from app.domain.values import GeoPoint
from app.maps.layers import Leg, NodeMark, OrderMark, Slack, TourLine

#: Below this score a point is near the address, not at it.
SURE_SCORE = 0.8
TIGHT_S = 600


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
        approximate=order.place.score < SURE_SCORE,
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


def left_out_mark(pin: OrderMark, unplanned: Unplanned) -> OrderMark:
    """The pin of a shipment that the tours could not take, with its traffic light."""
    return replace(pin, shipment=unplanned.shipment, left_out=unplanned.colour)


def tour_line(
    tour: Tour, roads: Mapping[tuple[GeoPoint, GeoPoint], tuple[GeoPoint, ...]] | None = None
) -> TourLine:
    """The way of a tour; a leg that `roads` does not know is a straight line."""
    places = _without_repeats(stop.point for stop in tour.stops)
    return TourLine(
        number=tour.number,
        legs=tuple(_leg(start, end, roads or {}) for start, end in pairwise(places)),
        tag=_furthest(tour),
        code=tour.code,
        vehicle=tour.vehicle,
    )


def plan_lines(plan: TourPlan) -> tuple[TourLine, ...]:
    """The ways of a day's tours, by number."""
    return tuple(tour_line(tour) for tour in sorted(plan.tours, key=lambda tour: tour.number))


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


def slack_of(stop: Stop, tight_s: int = TIGHT_S) -> Slack:
    """Late, tight, or easy: how the stop keeps its window."""
    if stop.late_s:
        return Slack.LATE
    if stop.slack_s is not None and stop.slack_s < tight_s:
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
        slack=slack_of(stop, tight_s),
        left_out=None,
    )


def _leg(
    start: GeoPoint,
    end: GeoPoint,
    roads: Mapping[tuple[GeoPoint, GeoPoint], tuple[GeoPoint, ...]],
) -> Leg:
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
