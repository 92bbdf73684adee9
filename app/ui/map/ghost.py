"""What a move would change on the map: the ways that go, those that come, and the moved stops."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from app.domain.tours import Stop, StopKind, Tour
from app.domain.values import GeoPoint
from app.planning.tours.consequences import Preview

_Way = tuple[GeoPoint, GeoPoint]


def ghost_of(seen: Preview) -> dict[str, Any]:
    """The ghost of a move as the page draws it; nothing of a move that cannot be."""
    ghost: dict[str, Any] = {"leaves": [], "joins": [], "stops": []}
    moved = set(seen.shipments)
    for each in seen.touched:
        if each.before == each.after:
            continue
        before, after = _ways(each.before), _ways(each.after)
        number = each.tour.number
        ghost["leaves"] += [_line(way, number) for way in before if way not in after]
        ghost["joins"] += [_line(way, number) for way in after if way not in before]
        ghost["stops"] += _stops(each.after, moved)
    return ghost


def _ways(tour: Tour | None) -> dict[_Way, None]:
    """The ways between a tour's places, in their order."""
    stops = () if tour is None else tour.stops
    points = [stop.point for stop in stops if stop.kind is not StopKind.BREAK]
    return {way: None for way in pairwise(points) if way[0] != way[1]}


def _line(way: _Way, number: int) -> dict[str, Any]:
    return {"line": [_place(point) for point in way], "number": number}


def _stops(tour: Tour | None, moved: set[str]) -> Iterator[dict[str, Any]]:
    """The stops in the hand, with the numbers they would have."""
    if tour is None:
        return
    for sequence, stop in enumerate(tour.deliveries, start=1):
        if stop.shipment in moved:
            yield _stop(stop, tour.number, sequence)


def _stop(stop: Stop, number: int, sequence: int) -> dict[str, Any]:
    return {
        "at": _place(stop.point),
        "number": number,
        "sequence": sequence,
        "late": stop.late_s > 0,
    }


def _place(point: GeoPoint) -> list[float]:
    return [round(point.longitude, 6), round(point.latitude, 6)]
