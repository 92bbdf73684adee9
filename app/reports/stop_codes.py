"""The stop list that a driver's telephone reads off the road sheet: text in QR codes, no server.

Each code holds whole stops: their number, time, name, address, telephone, and place as a `geo:`
address that opens the telephone's own map.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel
from reportlab.pdfgen.canvas import Canvas

from app import formats
from app.i18n import _
from app.reports.day_review import DayReview, TourReview
from app.reports.paper import MM, fitted
from app.reports.paper_flow import HEADING_ROOM, LEFT, ROOM, Flow
from app.reports.sheet import phone_words
from app.reports.tour_places import TourPlace, places_of

#: What a code holds at most, so that its squares stay large enough for any telephone.
MOST_OCTETS = 620
_SIDE = 44 * MM
_MARGIN = 4  # squares of white that the standard asks for
_LONGEST = 70
_ABREAST = 4
_CAPTION = 12.0


@dataclass(frozen=True, slots=True)
class StopList:
    """Some stops of a tour in a row, as the text of one code."""

    first: int
    last: int
    text: str

    @property
    def caption(self) -> str:
        if self.first == self.last:
            return _("Stop {first}").format(first=formats.number(self.first))
        words = _("Stops {first} to {last}")
        return words.format(first=formats.number(self.first), last=formats.number(self.last))


def stop_lists(review: DayReview, one: TourReview) -> tuple[StopList, ...]:
    """The tour's visits in as few texts as can be printed well."""
    zone = one.zone(review.zone)
    head = f"T{one.number} · {formats.short_date(review.on)} · {_clipped(one.title)}"
    lists: list[StopList] = []
    for place in places_of(one):
        if place.visit is None:
            continue
        told = _told(place, zone)
        longer = f"{lists[-1].text}\n\n{told}" if lists else ""
        if lists and len(longer.encode()) <= MOST_OCTETS:
            lists[-1] = StopList(lists[-1].first, place.number, longer)
        else:
            lists.append(StopList(place.number, place.number, f"{head}\n\n{told}"))
    return tuple(lists)


def _told(place: TourPlace, zone: ZoneInfo) -> str:
    stop, visit = place.stop, place.visit
    window = formats.window(stop.window.start, stop.window.end, zone) if stop.window else ""
    when = f"{formats.clock(stop.arrival, zone)} ({window})" if window else ""
    phone = phone_words(visit.phone) if visit else ""
    lines = [
        f"{_clipped(place.title)} · {when or formats.clock(stop.arrival, zone)}",
        _clipped(place.address),
        _clipped(phone),
        f"geo:{stop.point.latitude:.5f},{stop.point.longitude:.5f}",
    ]
    return "\n".join(filter(None, lines))


def _clipped(text: str) -> str:
    """The text on one line, without what a telephone cannot show, and no longer than useful."""
    bare = " ".join(re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", " ", text).split())
    return bare if len(bare) <= _LONGEST else f"{bare[: _LONGEST - 1].rstrip()}…"


class QrMark:
    """A QR code on paper, its white margin included."""

    height = _SIDE

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def squares(self) -> tuple[tuple[bool, ...], ...]:
        """Row by row which squares are dark.

        One mask of the eight is taken unseen: trying all takes eight times as long, and readers
        take any.
        """
        code = QRCode(None, QRErrorCorrectLevel.M)
        code.addData(QR8bitByte(self._text))
        code.version = code.calculate_version()
        code.makeImpl(test=False, maskPattern=4)
        return tuple(tuple(map(bool, row)) for row in code.modules)

    def drawOn(self, canvas: Canvas, x: float, bottom: float) -> None:  # noqa: N802 - reportlab's
        """One outline, so that no hair of white stands between the rows."""
        step = _SIDE / (len(self.squares) + 2 * _MARGIN)
        path = canvas.beginPath()
        for row, squares in enumerate(self.squares, start=1):
            y = bottom + _SIDE - (row + _MARGIN) * step
            for start, length in _runs(squares):
                path.rect(x + (start + _MARGIN) * step, y, length * step, step)
        canvas.drawPath(path, stroke=0, fill=1)


def _runs(squares: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Where dark squares begin in a row, and how many there are."""
    start = 0
    while start < len(squares):
        end = start
        while end < len(squares) and squares[end] == squares[start]:
            end += 1
        if squares[start]:
            yield start, end - start
        start = end


def draw_codes(flow: Flow, marks: tuple[tuple[StopList, QrMark], ...]) -> None:
    """The codes in rows, each with the stops it holds above it."""
    if not marks:
        return
    flow.heading(
        _("The stops on your telephone"),
        _("point its camera at a code: addresses, telephones and places, without a network"),
        room=HEADING_ROOM + _CAPTION + _SIDE,
    )
    caption = flow.style(8.5, "text2")
    for n in range(0, len(marks), _ABREAST):
        flow.need(_CAPTION + _SIDE)
        for column, (stops, mark) in enumerate(marks[n : n + _ABREAST]):
            x = LEFT + column * ROOM / _ABREAST
            flow.page.text(x + 4, flow.y + _CAPTION, fitted(stops.caption, caption, _SIDE), caption)
            flow.page.barcode(x, flow.y + _CAPTION, mark)
        flow.y += _CAPTION + _SIDE
