"""A tour for a calendar: an event a place, that another export of the tour replaces (RFC 5545)."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app import formats
from app.domain.tours import PlanState
from app.reports.day_review import DayReview, TourReview
from app.reports.tour_places import TourPlace, details, places_of

_MOST_OCTETS = 75
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]")


def agenda(review: DayReview, one: TourReview) -> bytes:
    """The file: its events are the tour's places; a draft's are tentative."""
    zone = one.zone(review.zone)
    title = f"T{one.number} · {formats.long_date(review.on)} · {one.title}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Régie//Tours//FR", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(title)}"]
    stamp = review.as_of or one.tour.start
    for n, place in enumerate(places_of(one)):
        lines += _event(one, place, n, stamp, zone)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(
    one: TourReview, place: TourPlace, n: int, stamp: datetime, zone: ZoneInfo
) -> Iterator[str]:
    stop, tour = place.stop, one.tour
    named = f"{stop.shipment}-{stop.kind.value}" if stop.shipment else str(n)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(f'{tour.code}-{named}@regie')}"
    yield f"DTSTAMP:{_instant(stamp)}"
    yield f"SEQUENCE:{tour.revision}"
    begins = stop.arrival if place.visit else stop.start
    yield f"DTSTART:{_instant(begins)}"
    if _instant(stop.departure) > _instant(begins):
        yield f"DTEND:{_instant(stop.departure)}"
    yield f"SUMMARY:{_text(f'T{tour.number} · {place.title}')}"
    if place.address:
        yield f"LOCATION:{_text(place.address)}"
    yield f"GEO:{stop.point.latitude:.6f};{stop.point.longitude:.6f}"
    yield f"DESCRIPTION:{_text(chr(10).join(details(place, zone)))}"
    yield f"STATUS:{'TENTATIVE' if tour.state is PlanState.DRAFT else 'CONFIRMED'}"
    yield "END:VEVENT"


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    bare = _CONTROL.sub("", text.replace("\r\n", "\n"))
    escaped = re.sub(r"([\\;,])", r"\\\1", bare)
    return escaped.replace("\n", r"\n")


def _folded(line: str) -> bytes:
    """The line in pieces of no more octets than the format allows, never inside a character."""
    pieces, piece, room = [], b"", _MOST_OCTETS
    for character in line:
        octets = character.encode(errors="replace")
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece, room = b"", _MOST_OCTETS - 1  # the space that goes before it
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
