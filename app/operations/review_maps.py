"""The maps of a day's review: one that answers the pointer, and still ones in any size."""

from dataclasses import replace
from functools import cache

from app import formats
from app.domain.orders import Queue
from app.drawing import Measure, Picture
from app.i18n import n_
from app.maps.layers import MapLayers, NodeMark, OrderMark, TourLine
from app.maps.offline_html import content_policy, map_block, map_libraries
from app.maps.picture.pen import Pen
from app.maps.picture.whole import DayMap
from app.maps.plan_marks import node_mark, plan_layers
from app.operations.review_day import Ground
from app.reports.day_review import DayReview, TourReview, Visit
from app.reports.fonts import screen_width, width_of
from app.reports.maps import DrawMap, LiveMap
from app.tokens import tokens


def layers_of(ground: Ground, review: DayReview) -> MapLayers:
    """The day's marks: stops of tours, what carriers take, what was left out, the nodes.

    What a carrier took is no longer drawn as left out of the tours.
    """
    unplanned = tuple(
        left for left in ground.plan.unplanned if left.shipment not in ground.with_carriers
    )
    queues = {row.code: row.queue for row in ground.rows if row.queue is not Queue.CLOSED}
    drawn = plan_layers(
        replace(ground.plan, unplanned=unplanned),
        ground.orders.values(),
        (),
        queues=queues,
        tight_s=ground.tight_slack_s,
        roads=ground.ways,
    )
    visits = {visit.stop.shipment: visit for one in review.tours for visit in one.visits}
    tours = {one.tour.code: one for one in review.tours}
    return MapLayers(
        tuple(_told(mark, visits.get(mark.shipment), review) for mark in drawn.orders),
        tuple(_nodes(ground)),
        tuple(_named(line, tours[line.code]) for line in drawn.tours),
    )


def on_paper(layers: MapLayers) -> DrawMap:
    """Still maps for documents, their words measured in the face they are set in."""
    return _drawn_by(DayMap(layers), width_of)


def on_screen(layers: MapLayers) -> DrawMap:
    """Still maps for pages, whose words come out wider in most systems' faces."""
    return _drawn_by(DayMap(layers), screen_width)


def _drawn_by(day: DayMap, measure: Measure) -> DrawMap:
    def draw(width: float, height: float, scale: float, tour: int | None = None) -> Picture:
        return day.picture(width, height, Pen(tokens("light"), measure, scale), tour)

    return cache(draw)


def live_map(layers: MapLayers) -> LiveMap:
    """The map for a page; the wheel scrolls the page, not the map."""
    return LiveMap(map_libraries(), map_block(layers, wheel=False), content_policy)


def _nodes(ground: Ground) -> list[NodeMark]:
    loads = ground.board.node_loads
    return [
        node_mark(node, orders_today=loads.get(node.code, 0))
        for node in sorted(ground.board.nodes, key=lambda node: node.code)
    ]


def _told(mark: OrderMark, visit: Visit | None, review: DayReview) -> OrderMark:
    """The mark of a stop with what its card says."""
    if visit is None:
        return mark
    stop = visit.stop
    zone = review.zone
    when = [formats.clock(stop.arrival, zone)]
    if stop.window is not None:
        when.append(f"({formats.window(stop.window.start, stop.window.end, zone)})")
    parcels = n_("{count} parcel", "{count} parcels", stop.load.parcels)
    load = parcels.format(count=formats.number(stop.load.parcels))
    return replace(mark, details=(" ".join(when), f"{load} · {formats.weight(stop.load.weight_g)}"))


def _named(line: TourLine, one: TourReview) -> TourLine:
    tour = one.tour
    stops = n_("{count} stop", "{count} stops", len(one.visits)).format(count=len(one.visits))
    figures = (
        stops,
        formats.distance(tour.distance_m),
        formats.money(tour.cost_cents),
        formats.emissions(tour.co2e_g),
    )
    details = (" · ".join(figures),)
    return replace(line, vehicle=one.title, details=details)
