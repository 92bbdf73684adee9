"""A tour for a spreadsheet: a line a place, with names and units of columns that never change."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.tours import StopKind
from app.domain.values import Address
from app.reports.day_review import DayReview, TourReview
from app.reports.tour_places import TourPlace, places_of

#: The columns, in order; times are local to the tour's depot.
COLUMNS = (
    *("tour", "date", "vehicle", "driver", "stop", "kind"),
    *("arrival", "start", "departure", "window_from", "window_to"),
    *("order", "shipment", "customer", "street", "postcode", "town", "country"),
    *("latitude", "longitude", "approximate", "phone", "floor", "lift", "note"),
    *("parcels", "weight_g", "volume_ml", "pieces", "goods"),
    *("distance_m", "drive_s", "wait_s", "late_s"),
)


def stop_table(review: DayReview, one: TourReview, *, cell: Callable[[str], str]) -> bytes:
    """The file as spreadsheets open it; `cell` keeps a text from being taken for a formula."""
    zone = one.zone(review.zone)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for place in places_of(one):
        row = [*_whose(one), *_when(place, zone), *_who(place), *_what(place)]
        writer.writerow([cell(value) if isinstance(value, str) else value for value in row])
    return ("\ufeff" + text.getvalue()).encode(errors="replace")


def _whose(one: TourReview) -> list[object]:
    return [one.tour.code, one.tour.on.isoformat(), one.tour.vehicle, one.driver]


def _when(place: TourPlace, zone: ZoneInfo) -> list[object]:
    stop = place.stop
    times = [stop.arrival, stop.start, stop.departure]
    window = [stop.window.start, stop.window.end] if stop.window else [None, None]
    number = place.number or ""
    return [number, stop.kind.value, *(_local(time, zone) for time in (*times, *window))]


def _local(time: datetime | None, zone: ZoneInfo) -> str:
    if time is None:
        return ""
    return time.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def _who(place: TourPlace) -> list[object]:
    stop, visit = place.stop, place.visit
    address = visit.address if visit else Address(place.address, country="")
    told: list[object] = [stop.order, stop.shipment, place.name]
    told += [address.street, address.postcode, address.town, address.country]
    told += [f"{stop.point.latitude:.6f}", f"{stop.point.longitude:.6f}"]
    if visit is None:
        return [*told, "", "", "", "", ""]
    known = [visit.phone, visit.floor, "yes" if visit.lift else "no", visit.note]
    return [*told, "yes" if visit.approximate else "no", *known]


def _what(place: TourPlace) -> list[object]:
    stop, visit = place.stop, place.visit
    legs = [stop.distance_m, stop.drive_s]
    waits = 0 if stop.kind is StopKind.BREAK else stop.waiting_s
    if visit is None:
        return ["", "", "", "", "", *legs, waits, 0]
    load = stop.load
    pieces = sum(line.quantity for line in visit.goods)
    goods = " | ".join(f"{line.quantity} x {line.sku}" for line in visit.goods)
    return [load.parcels, load.weight_g, load.volume_ml, pieces, goods, *legs, waits, stop.late_s]
