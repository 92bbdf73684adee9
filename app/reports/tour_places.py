"""Where a tour goes, as other programs are told it: each place with who and what is there."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app import formats
from app.domain.tours import Stop, StopKind
from app.i18n import _, n_
from app.reports.day_review import TourReview, Visit
from app.reports.sheet import door_words, goods_words, phone_words, place_words

_VISITS = frozenset({StopKind.DELIVERY, StopKind.PICKUP})


@dataclass(frozen=True, slots=True)
class TourPlace:
    """One place of a tour in its order; `visit` is None where nobody is visited."""

    stop: Stop
    name: str
    address: str
    visit: Visit | None = None

    @property
    def number(self) -> int:
        """The stop's number on sheet and map, 0 where nobody is visited."""
        return self.visit.number if self.visit else 0

    @property
    def title(self) -> str:
        """`3 · Inès Bouchet`, or what is done there."""
        if self.visit is None:
            return self.name
        who = self.name or formats.order_number(self.stop.order)
        if self.stop.kind is StopKind.PICKUP:
            who = _("Pick up: {name}").format(name=who)
        return f"{self.number} · {who}"


def places_of(one: TourReview) -> tuple[TourPlace, ...]:
    """The tour's places from leaving to coming home."""
    visits = iter(one.visits)
    return tuple(
        _visited(next(visits)) if stop.kind in _VISITS else TourPlace(stop, *place_words(one, stop))
        for stop in one.tour.stops
    )


def _visited(visit: Visit) -> TourPlace:
    return TourPlace(visit.stop, visit.customer, visit.address.one_line, visit)


def details(place: TourPlace, zone: ZoneInfo) -> tuple[str, ...]:
    """What a driver wants to read beside the name, a line each: time, door, goods."""
    stop, visit = place.stop, place.visit
    if visit is None:
        return (_hours(stop.start, stop.departure, zone),)
    lines = [_when(stop, zone), phone_words(visit.phone), door_words(visit), _what(visit)]
    if visit.approximate:
        lines.append(_("approximate address"))
    return tuple(filter(None, lines))


def _hours(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    return formats.clock(start, zone) if start == end else formats.window(start, end, zone)


def _when(stop: Stop, zone: ZoneInfo) -> str:
    arrival = formats.clock(stop.arrival, zone)
    if stop.window is None:
        return arrival
    window = formats.window(stop.window.start, stop.window.end, zone)
    return _("{time}, promised {window}").format(time=arrival, window=window)


def _what(visit: Visit) -> str:
    load = visit.stop.load
    parcels = n_("{count} parcel", "{count} parcels", load.parcels)
    parts = [
        formats.order_number(visit.stop.order),
        parcels.format(count=formats.number(load.parcels)),
        formats.weight(load.weight_g),
        "" if visit.fetched_for is not None else goods_words(visit),
    ]
    return " · ".join(filter(None, parts))
