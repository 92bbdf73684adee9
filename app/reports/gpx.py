"""A tour for a navigation device: its stops as waypoints and its way as a track (GPX 1.1)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from app import formats
from app.domain.tours import StopKind
from app.domain.values import GeoPoint
from app.i18n import _
from app.reports.day_review import DayReview, TourReview
from app.reports.tour_places import TourPlace, details, places_of

#: The known line of each leg.
Ways = Mapping[tuple[GeoPoint, GeoPoint], tuple[GeoPoint, ...]]

_NAMESPACE = "http://www.topografix.com/GPX/1/1"
_SCHEMA = "http://www.topografix.com/GPX/1/1/gpx.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
#: What XML 1.0 cannot hold, not even escaped.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def gpx(review: DayReview, one: TourReview, ways: Ways) -> bytes:
    """The file; a leg whose way is not known is a straight line, and the track says so."""
    zone = one.zone(review.zone)
    places = places_of(one)
    day = formats.long_date(review.on)
    name = " · ".join(filter(None, (f"T{one.number}", day, one.title, one.driver)))
    root = Element(
        "gpx",
        {
            "xmlns": _NAMESPACE,
            "xmlns:xsi": _INSTANCE,
            "xsi:schemaLocation": f"{_NAMESPACE} {_SCHEMA}",
            "version": "1.1",
            "creator": "Régie",
        },
    )
    _text(SubElement(root, "metadata"), "name", name)
    for place in places:
        if place.stop.kind is not StopKind.BREAK:
            _waypoint(root, place, details(place, zone))
    _track(root, name, [place.stop.point for place in places], ways)
    indent(root, " ")
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _waypoint(root: Element, place: TourPlace, told: Iterable[str]) -> None:
    point = _point(root, "wpt", place.stop.point)
    _text(point, "name", place.title)
    _text(point, "desc", "\n".join(filter(None, (place.address, *told))))
    _text(point, "sym", "Flag, Blue" if place.visit else "Building")
    _text(point, "type", place.stop.kind.value)


def _track(root: Element, name: str, points: list[GeoPoint], ways: Ways) -> None:
    track = SubElement(root, "trk")
    _text(track, "name", name)
    legs = [(a, b) for a, b in pairwise(points) if a != b]
    if any(leg not in ways for leg in legs):
        _text(track, "desc", _("Straight lines where no road is known."))
    segment = SubElement(track, "trkseg")
    for point in _line(legs, ways, points):
        _point(segment, "trkpt", point)


def _line(
    legs: Iterable[tuple[GeoPoint, GeoPoint]], ways: Ways, points: list[GeoPoint]
) -> Iterator[GeoPoint]:
    """The places joined by their ways, none twice in a row."""
    last = points[0]
    yield last
    for leg in legs:
        for point in (leg[0], *ways.get(leg, ()), leg[1]):
            if point != last:
                yield point
                last = point


def _point(parent: Element, name: str, at: GeoPoint) -> Element:
    return SubElement(parent, name, {"lat": f"{at.latitude:.6f}", "lon": f"{at.longitude:.6f}"})


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _UNFIT.sub("", text)
