"""The day's review on paper: figures and map, the day's decisions, then a sheet for each tour.

Same day, same language, same bytes.
"""

import io

from reportlab.pdfgen.canvas import Canvas

from app import formats
from app.i18n import _
from app.reports import pdf_tail
from app.reports.day_review import DayReview, TourReview
from app.reports.fonts import BOLD, SEMIBOLD, register_fonts, width_of
from app.reports.headlines import headlines
from app.reports.lanes import HEADER as LANE_HEADER
from app.reports.lanes import HEIGHT as LANE_HEIGHT
from app.reports.lanes import hours_picture, lane_picture, span_of
from app.reports.maps import DrawMap
from app.reports.paper import fitted, text_width
from app.reports.paper_flow import (
    HEADING_ROOM,
    HEIGHT,
    LEFT,
    RIGHT,
    ROOM,
    WHOLE_PAGE,
    Cell,
    Column,
    Flow,
    TableRow,
    height_of,
    paged,
)
from app.reports.paper_marks import bar, chip, stack
from app.reports.picture_pdf import draw_picture
from app.reports.review_words import cost_title, fates_in_words, state_words
from app.reports.shown import TourRow, tour_rows
from app.reports.tour_sheet import MARKS, draw_tour
from app.tokens import tokens

_LEAST_MAP, _MOST_MAP = 230.0, 400.0
_TABLE_HEAD = 16.0
#: With more stops than this on one map its marks are drawn smaller.
_FEW_STOPS, _CROWDED_MARKS = 50, 0.62
_LANE_LABEL = 118.0
_LANES = 0.72


def review_document(review: DayReview, draw: DrawMap) -> bytes:
    """The whole document."""
    register_fonts()
    title = _("Review of {day}").format(day=formats.long_date(review.on))

    def drawn(pages: int) -> tuple[int, bytes]:
        written = io.BytesIO()
        canvas = Canvas(written, pagesize=(RIGHT + LEFT, HEIGHT), invariant=1, pageCompression=1)
        canvas.setTitle(title)
        canvas.setAuthor("Régie")
        flow = Flow(canvas, tokens("light"), f"{title} · {_as_of(review)}".rstrip(" ·"), pages)
        _cover(flow, review, draw)
        pdf_tail.draw(flow, review)
        rows, _total = tour_rows(review)
        for one, figures in zip(review.tours, rows, strict=True):
            flow.next_page()
            canvas.bookmarkPage(f"T{one.number}")
            canvas.addOutlineEntry(f"T{one.number} · {one.title}", f"T{one.number}")
            draw_tour(flow, review, one, figures, draw)
        if review.carriers:
            flow.next_page()
            pdf_tail.shipments(flow, review)
        counted = flow.end()
        canvas.save()
        return counted, written.getvalue()

    return paged(drawn)


def _cover(flow: Flow, review: DayReview, draw: DrawMap) -> None:
    _title(flow, review)
    _headlines(flow, review)
    _fates(flow, review)
    if not review.tours:
        day = formats.long_date(review.on)
        text = _("No tour was planned for {day}.").format(day=day)
        flow.y += 14
        flow.paragraph(text, flow.style(11, "text2"))
        return
    columns, rows, total = _tours(flow, review)
    table = _TABLE_HEAD + sum(map(height_of, rows)) + height_of(total)
    height = max(_LEAST_MAP, min(_MOST_MAP, flow.left_over - table - 12))
    flow.y += 4
    stops = sum(len(one.visits) for one in review.tours)
    marks = MARKS if stops <= _FEW_STOPS else _CROWDED_MARKS
    flow.picture(draw(ROOM, height, marks), framed=True)
    flow.y += 4
    flow.table(columns, rows, total)
    _course(flow, review)


def _title(flow: Flow, review: DayReview) -> None:
    page = flow.page
    big = flow.style(19, face=BOLD)
    title = _("Review of {day}").format(day=formats.long_date(review.on))
    page.text(LEFT, flow.y + 16, title, big)
    page.text_right(RIGHT, flow.y + 8, state_words(review), flow.style(9, "text2", SEMIBOLD))
    page.text_right(RIGHT, flow.y + 19, _as_of(review), flow.style(8, "text3"))
    flow.y += 25
    page.rule(LEFT, flow.y, RIGHT, flow.look.colours.text1, 0.9)


def _as_of(review: DayReview) -> str:
    if review.as_of is None:
        return ""
    moment = formats.short_moment(review.as_of, review.zone)
    return _("as recorded on {moment}").format(moment=moment)


def _headlines(flow: Flow, review: DayReview) -> None:
    """The first figures, four in a line."""
    told = headlines(review)
    wide = ROOM / 4
    label, value = flow.style(8, "text2"), flow.style(14, face=SEMIBOLD)
    for n, headline in enumerate(told):
        x, y = LEFT + n % 4 * wide, flow.y + n // 4 * 41
        flow.page.text(x, y + 13, headline.label, label)
        flow.page.text(x, y + 28, headline.value, value)
        beside = flow.style(8, headline.tone or "text3")
        flow.page.text(x, y + 38, fitted(headline.beside, beside, wide - 6), beside)
    flow.y += (len(told) + 3) // 4 * 41 + 4


def _fates(flow: Flow, review: DayReview) -> None:
    """How the orders leave: one bar, and its parts in words."""
    told = fates_in_words(review)
    if not told:
        return
    colours = flow.look.colours.by_name()
    flow.y += 2
    flow.picture(stack([(one.count, colours[one.colour]) for one in told], ROOM, flow.look))
    x, base = LEFT, flow.y + 11
    strong, plain = flow.style(8.4, face=SEMIBOLD), flow.style(8.4, "text2")
    for one in told:
        flow.page.box(x, base - 5.4, 5.4, 5.4, fill=colours[one.colour])
        count = formats.number(one.count)
        flow.page.text(x + 9, base, count, strong)
        text = f" {one.words} · {one.share}"
        at = x + 9 + text_width(count, strong)
        flow.page.text(at, base, text, plain)
        x = at + text_width(text, plain) + 16
    flow.y = base + 4


def _tours(flow: Flow, review: DayReview) -> tuple[tuple[Column, ...], list[TableRow], TableRow]:
    rest = (
        Column(_("On time"), 44, right=True),
        Column(_("km"), 42, right=True),
        Column(_("Work"), 48, right=True),
        Column(_("Load"), 62, right=False),
        Column(_("kg"), 44, right=True),
        Column(cost_title(review), 58, right=True),
        Column(_("kg CO₂e"), 46, right=True),
    )
    name = ROOM - 32 - sum(column.width for column in rest)
    columns = (Column("", 32), Column(_("Vehicle · driver"), name), *rest)
    rows, total = tour_rows(review)
    lines = [
        _tour_line(flow, one, figures, name)
        for one, figures in zip(review.tours, rows, strict=True)
    ]
    return columns, lines, _sum_line(flow, total)


def _tour_line(flow: Flow, one: TourReview, figures: TourRow, width: float) -> TableRow:
    body = flow.style(8.8)
    who = " · ".join(filter(None, (one.title, one.driver)))
    share = figures.fill_share
    full = Cell(((figures.fill, body),), None if share is None else bar(share, flow.look))
    on_time = flow.style(8.8, "danger", SEMIBOLD) if figures.late else body
    return TableRow(
        (
            Cell(picture=chip(one.number, flow.look)),
            Cell(((fitted(who, body, width - 8), body),)),
            Cell(((figures.on_time, on_time),)),
            Cell(((figures.km, body),)),
            Cell(((figures.work, body),)),
            full,
            Cell(((figures.kg, body),)),
            Cell(((figures.cost, body),)),
            Cell(((figures.co2e, body),)),
        )
    )


def _sum_line(flow: Flow, total: TourRow) -> TableRow:
    strong = flow.style(9, face=SEMIBOLD)
    texts = ("", total.title, total.on_time, total.km, total.work, "", total.kg)
    every = (*texts, total.cost, total.co2e)
    return TableRow(tuple(Cell(((text, strong),) if text else ()) for text in every))


def _course(flow: Flow, review: DayReview) -> None:
    """The tours side by side through the hours."""
    span, wide = span_of(review.tours, review.zone), ROOM - _LANE_LABEL
    legend = _("Bars: time at the door. Hatched: waiting. Underlined: little slack, or late.")
    high = HEADING_ROOM + LANE_HEADER * _LANES + len(review.tours) * LANE_HEIGHT * _LANES
    flow.heading(_("Course of the day"), legend, room=min(high, WHOLE_PAGE))
    flow.picture(hours_picture(span, wide, flow.look, scale=_LANES), LEFT + _LANE_LABEL)
    for one in review.tours:
        lane = lane_picture(one, span, wide, flow.look, width_of, scale=_LANES)
        flow.need(lane.height)
        mark, body = chip(one.number, flow.look, size=7.4), flow.style(8)
        draw_picture(flow.canvas, mark, LEFT, HEIGHT - flow.y - 3.4)
        room = _LANE_LABEL - mark.width - 12
        name = fitted(one.title, body, room)
        flow.page.text(LEFT + mark.width + 5, flow.y + 11.4, name, body)
        flow.picture(lane, LEFT + _LANE_LABEL)
