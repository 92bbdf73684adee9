"""What the day's board looks like on the map: pins, discs and ways."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app import formats
from app.domain.orders import Mode, Queue, ShipmentState
from app.domain.sourcing import SourcingDecision
from app.domain.tours import Tour
from app.domain.values import GeoPoint
from app.i18n import n_
from app.maps.layers import MapLayers, NodeMark, OrderMark, Slack, TourLine
from app.maps.plan_marks import NEAR_ONLY, Roads, node_mark, slack_class, tour_line
from db.queries.board import Board, OrderRow, ShipmentRow


@dataclass(frozen=True, slots=True)
class BoardLayers:
    """Turns a board into layers; `suggestions` say which orders no node could serve.

    `ways_of` tells the known roads of tours, by their codes.
    """

    board: Board
    suggestions: Mapping[str, SourcingDecision]
    tight_slack_s: int
    ways_of: Callable[[tuple[Tour, ...]], Mapping[str, Roads]] = lambda _tours: {}

    def layers(self) -> MapLayers:
        """Everything that has a place on the map."""
        stores = {node.code: node.point for node in self.board.nodes}
        stops, rows = self._handed_over(), self.board.rows
        return MapLayers(
            orders=tuple(mark for row in rows for mark in self._marks(row, stores, stops)),
            nodes=tuple(self._nodes()),
            tours=tuple(self._tours()),
        )

    def _marks(
        self, row: OrderRow, stores: Mapping[str, GeoPoint], stops: Mapping[str, GeoPoint]
    ) -> Iterator[OrderMark]:
        """A stop for each shipment on a tour, and one pin for whatever is on none."""
        point = _point_of(row, stores)
        riding = [shipment for shipment in row.shipments if shipment.tour]
        for shipment in riding:
            place = stops.get(shipment.code, point)
            if place is not None:
                yield self._stop(row, place, shipment)
        if point is not None and (len(riding) < len(row.shipments) or not row.shipments):
            yield self._pin(row, point)

    def _handed_over(self) -> dict[str, GeoPoint]:
        """Where tours bring shipments: a pickup point is not the client's address."""
        tours = self.board.plan.tours
        return {stop.shipment: stop.point for tour in tours for stop in tour.doors}

    def _pin(self, row: OrderRow, point: GeoPoint) -> OrderMark:
        on_its_way = row.queue is Queue.PLANNED
        left_out = row.unplanned if row.queue is Queue.TO_PLAN else None
        return OrderMark(
            row.code,
            point,
            row.mode,
            Queue.WITH_CARRIER if on_its_way else row.queue,
            node=next((s.node for s in row.shipments if not s.tour), ""),
            no_candidate=row.queue is Queue.TO_SOURCE and self._without_candidate(row.code),
            left_out=left_out.colour if left_out else None,
            approximate=_is_approximate(row),
            customer=row.customer,
            town=row.town,
        )

    def _stop(self, row: OrderRow, point: GeoPoint, shipment: ShipmentRow) -> OrderMark:
        return OrderMark(
            row.code,
            point,
            row.mode,
            Queue.PLANNED,
            shipment=shipment.code,
            node=shipment.node,
            tour=shipment.tour,
            sequence=shipment.position,
            slack=self._slack(shipment),
            done=shipment.state is ShipmentState.DELIVERED,
            approximate=_is_approximate(row),
            customer=row.customer,
            town=row.town,
        )

    def _slack(self, shipment: ShipmentRow) -> Slack:
        return slack_class(shipment.late_s, shipment.slack_s, self.tight_slack_s)

    def _without_candidate(self, order: str) -> bool:
        decision = self.suggestions.get(order)
        return decision is not None and not any(node.fits for node in decision.candidates)

    def _nodes(self) -> Iterator[NodeMark]:
        for node in self.board.nodes:
            yield node_mark(node, orders_today=self.board.node_loads.get(node.code, 0))

    def _tours(self) -> Iterator[TourLine]:
        tours = self.board.plan.tours
        ways = self.ways_of(tours)
        for tour in tours:
            yield tour_line(tour, ways.get(tour.code), details=tour_details(tour))


def tour_details(tour: Tour) -> tuple[str, ...]:
    """What the card of a tour says."""
    count = len(tour.deliveries)
    stops = n_("%(count)s stop", "%(count)s stops", count) % {"count": formats.number(count)}
    figures = (stops, formats.distance(tour.distance_m), formats.money(tour.cost_cents))
    return (" · ".join(figures), formats.emissions(tour.co2e_g))


def order_details(row: OrderRow, zone: ZoneInfo) -> tuple[str, ...]:
    """What the card of an order says besides who and what state."""
    parcels = row.load.parcels
    goods = (
        n_("%(count)s parcel", "%(count)s parcels", parcels) % {"count": formats.number(parcels)},
        formats.weight(row.load.weight_g),
    )
    lines = [formats.window(row.window.start, row.window.end, zone)]
    if parcels:
        lines.append(" · ".join(goods))
    if row.carriers:
        lines.append(" · ".join(row.carriers))
    return tuple(lines)


def _point_of(row: OrderRow, stores: Mapping[str, GeoPoint]) -> GeoPoint | None:
    """Where the goods go: for an order to collect without a place of its own, to the store."""
    if row.place is not None:
        return row.place.point
    return stores.get(row.order.collect_node) if row.mode is Mode.CLICK_AND_COLLECT else None


def _is_approximate(row: OrderRow) -> bool:
    return row.place is not None and row.place.precision in NEAR_ONLY
