"""How the map's rows become GeoJSON, for the page and for files that others open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from app import formats
from app.domain.values import GeoPoint
from app.maps.layers import MapLayers, NodeMark, OrderMark, TourLine

Feature = dict[str, Any]
Row = TypeVar("Row")


def order_feature(mark: OrderMark) -> Feature:
    """The pin of an order; only what differs from the ordinary is said."""
    said = {
        "order": mark.order,
        "title": formats.order_number(mark.order),
        "mode": mark.mode.value,
        "queue": mark.queue.value,
        "node": mark.node,
        "tour": mark.tour,
        "sequence": mark.sequence,
        "slack": mark.slack.value,
        "done": mark.done,
        "no_candidate": mark.no_candidate,
        "left_out": mark.left_out.value if mark.left_out else "",
        "offer_left": round(mark.offer_left_share, 3),
        "approximate": mark.approximate,
        "customer": mark.customer,
        "town": mark.town,
        "details": mark.details,
    }
    return _feature(mark.key, _point(mark.point), said)


def node_feature(mark: NodeMark) -> Feature:
    """The disc of a stock node; no `load` where the node has no limit."""
    said = {
        "name": mark.name,
        "kind": mark.kind.value,
        "closed": not mark.active,
        "details": mark.details,
    }
    feature = _feature(mark.code, _point(mark.point), said)
    if mark.load_share is not None:
        feature["properties"]["load"] = round(mark.load_share, 3)
    return feature


def tour_feature(line: TourLine) -> Feature:
    """The way of a tour: one line for each leg, and which of them follow a road."""
    said = {
        "number": line.number,
        "code": line.code,
        "vehicle": line.vehicle,
        "tag": _coordinates(line.tag),
        "roads": [leg.road_known for leg in line.legs],
        "details": line.details,
    }
    legs = [[_coordinates(point) for point in leg.points] for leg in line.legs]
    return _feature(_tour_id(line), {"type": "MultiLineString", "coordinates": legs}, said)


def page_data(layers: MapLayers) -> dict[str, Any]:
    """All layers, as one collection for each kind of thing."""
    return {
        "orders": _collection(map(order_feature, layers.orders)),
        "nodes": _collection(map(node_feature, layers.nodes)),
        "tours": _collection(map(tour_feature, layers.tours)),
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """What brings the map from one state to the next: rows to put, keys to take away."""

    put: MapLayers
    gone_orders: tuple[str, ...]
    gone_nodes: tuple[str, ...]
    gone_tours: tuple[str, ...]

    def __len__(self) -> int:
        put = len(self.put.orders) + len(self.put.nodes) + len(self.put.tours)
        return put + len(self.gone_orders) + len(self.gone_nodes) + len(self.gone_tours)


def difference(before: MapLayers, after: MapLayers) -> Difference:
    """What changed between two states, by key."""
    orders, gone_orders = _changed(_by_key(before.orders), _by_key(after.orders))
    nodes, gone_nodes = _changed(
        {mark.code: mark for mark in before.nodes}, {mark.code: mark for mark in after.nodes}
    )
    tours, gone_tours = _changed(
        {_tour_id(line): line for line in before.tours},
        {_tour_id(line): line for line in after.tours},
    )
    return Difference(MapLayers(orders, nodes, tours), gone_orders, gone_nodes, gone_tours)


def difference_data(change: Difference) -> dict[str, Any]:
    """A difference as the page takes it."""
    gone = {
        "orders": change.gone_orders,
        "nodes": change.gone_nodes,
        "tours": change.gone_tours,
    }
    return {"put": page_data(change.put), "gone": gone}


def as_json(data: Any) -> bytes:
    """Plain data as JSON."""
    return msgspec.json.encode(data)


def _feature(key: str, geometry: Mapping[str, Any], said: Mapping[str, Any]) -> Feature:
    properties = {name: value for name, value in said.items() if value}
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": properties}


def _collection(features: Iterable[Feature]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _point(point: GeoPoint) -> dict[str, Any]:
    return {"type": "Point", "coordinates": _coordinates(point)}


def _coordinates(point: GeoPoint) -> list[float]:
    return [round(point.longitude, 6), round(point.latitude, 6)]


def _tour_id(line: TourLine) -> str:
    return line.code or f"T{line.number}"


def _by_key(marks: Iterable[OrderMark]) -> dict[str, OrderMark]:
    return {mark.key: mark for mark in marks}


def _changed(
    before: Mapping[str, Row], after: Mapping[str, Row]
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    put = tuple(row for key, row in after.items() if before.get(key) != row)
    return put, tuple(key for key in before if key not in after)
