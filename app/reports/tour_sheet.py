"""A tour on paper: its figures, its map, every stop; for the supervisor, and for the driver.

The driver's road sheet has what is needed at the door: phone, floor, note, room to sign, the order
in which the goods go in, and codes that a telephone reads. Same day, same language, same bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from app import formats
from app.i18n import _
from app.reports.day_review import DayReview, Keeping, TourReview
from app.reports.fonts import BOLD, SEMIBOLD, register_fonts
from app.reports.maps import DrawMap
from app.reports.paper import Style, fitted, text_width, wrapped
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
from app.reports.paper_marks import chip, signature, stop
from app.reports.picture_pdf import draw_picture
from app.reports.review_words import tour_state
from app.reports.sheet import (
    SheetLine,
    facts,
    from_depot,
    goods_words,
    sheet_lines,
    total_words,
)
from app.reports.shown import TourRow, tour_rows
from app.reports.stop_codes import QrMark, draw_codes, stop_lists
from app.tokens import tokens

#: Marks on paper, beside those of a screen.
MARKS = 0.74
_LEAST_MAP, _MOST_MAP = 160.0, 390.0
_TABLE_HEAD = 16.0
_OPEN, _DENSE = 10.4, 8.9
#: Before an address whose point is only near it.
_NEARLY = "≈"


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom a sheet is: the driver gets phones and notes, and leaves a signature."""

    driver: bool = False


SUPERVISOR, DRIVER = Audience(), Audience(driver=True)


def road_sheet(review: DayReview, one: TourReview, draw: DrawMap) -> bytes:
    """One tour for its driver, as a document of its own."""
    register_fonts()
    rows, _total = tour_rows(review)
    figures = next(row for row in rows if row.number == one.number)
    day = formats.long_date(review.on)
    title = _("Road sheet T{number}, {day}").format(number=one.number, day=day)
    codes = tuple((stops, QrMark(stops.text)) for stops in stop_lists(review, one))

    def drawn(pages: int) -> tuple[int, bytes]:
        written = io.BytesIO()
        canvas = Canvas(written, pagesize=(RIGHT + LEFT, HEIGHT), invariant=1, pageCompression=1)
        canvas.setTitle(title)
        canvas.setAuthor("Régie")
        flow = Flow(canvas, tokens("light"), f"{title} · {one.title}", pages)
        draw_tour(flow, review, one, figures, draw, DRIVER)
        _loading(flow, review, one, figures)
        draw_codes(flow, codes)
        counted = flow.end()
        canvas.save()
        return counted, written.getvalue()

    return paged(drawn)


def draw_tour(
    flow: Flow,
    review: DayReview,
    one: TourReview,
    figures: TourRow,
    draw: DrawMap,
    audience: Audience = SUPERVISOR,
) -> None:
    """One tour from the head of a page on; its map and stops share the page where they can."""
    _head(flow, review, one, audience)
    _facts(flow, review, one, figures, audience)
    lines = sheet_lines(one, figures, review.zone)
    columns = _columns(audience)
    step, map_height = _layout(flow, lines, one, columns, audience)
    rows = [_row(flow, line, one.number, columns, step, audience) for line in lines]
    flow.y += 4
    flow.picture(draw(ROOM, map_height, MARKS, one.number), framed=True)
    flow.y += 4
    flow.table(columns, rows, _total(flow, one, figures, audience))
    if any(line.approximate for line in lines):
        legend = f"{_NEARLY} {_('approximate address')}"
        flow.paragraph(legend, flow.style(7.6, "text3"))


def _head(flow: Flow, review: DayReview, one: TourReview, audience: Audience) -> None:
    mark = chip(one.number, flow.look, size=12)
    draw_picture(flow.canvas, mark, LEFT, HEIGHT - flow.y)
    title = flow.style(15, face=BOLD)
    who = " · ".join(filter(None, (one.title, one.driver)))
    state = _("Road sheet") if audience.driver else tour_state(one.tour.state)
    right = flow.style(9, "text2", SEMIBOLD)
    room = ROOM - mark.width - 10 - text_width(state, right) - 8
    flow.page.text(LEFT + mark.width + 8, flow.y + 13.4, fitted(who, title, room), title)
    flow.page.text_right(RIGHT, flow.y + 13, state, right)
    zone = one.zone(review.zone)
    hours = formats.window(one.tour.start, one.tour.end, zone)
    parts = [formats.long_date(review.on), one.depot_name, hours]
    if audience.driver and one.depot is not None:
        parts.insert(2, one.depot.address.one_line)
    below = flow.style(9.5, "text2")
    flow.page.text(LEFT, flow.y + 30, fitted(" · ".join(filter(None, parts)), below, ROOM), below)
    flow.y += 35
    flow.page.rule(LEFT, flow.y, RIGHT, flow.look.colours.text1, 0.9)


def _facts(
    flow: Flow, review: DayReview, one: TourReview, figures: TourRow, audience: Audience
) -> None:
    """The tour's figures in a line; a driver is not shown money."""
    label, value = flow.style(7.6, "text2"), flow.style(10, face=SEMIBOLD)
    small = flow.style(7.6, "text3")
    told = facts(review, one, figures, money=not audience.driver)
    widths = [
        max(text_width(name, label), text_width(v, value), text_width(beside, small))
        for name, v, beside in told
    ]
    gap = min(26.0, (ROOM - sum(widths)) / max(1, len(told) - 1))
    x = LEFT
    for (name, figure, beside), width in zip(told, widths, strict=True):
        flow.page.text(x, flow.y + 11, name, label)
        flow.page.text(x, flow.y + 22, figure, value)
        flow.page.text(x, flow.y + 31.5, beside, small)
        x += width + gap
    flow.y += 36


def _columns(audience: Audience) -> tuple[Column, ...]:
    first = (Column(_("No."), 24), Column(_("Arrival"), 44), Column(_("Window"), 57))
    rest: tuple[Column, ...]
    if audience.driver:
        rest = (
            Column(_("Order"), 45),
            Column(_("Parcels"), 30, right=True),
            Column(_("kg"), 32, right=True),
            Column(_("Time, signature"), 92),
        )
    else:
        rest = (
            Column(_("Order"), 45),
            Column(_("Parcels"), 30, right=True),
            Column(_("kg"), 32, right=True),
            Column(_("Slack"), 60, right=True),
            Column(_("km"), 32, right=True),
            Column(_("g CO₂e"), 38, right=True),
        )
    left = ROOM - sum(column.width for column in (*first, *rest))
    return (*first, Column(_("Customer, address"), left), *rest)


def _layout(
    flow: Flow,
    lines: Sequence[SheetLine],
    one: TourReview,
    columns: Sequence[Column],
    audience: Audience,
) -> tuple[float, float]:
    """From line to line, and how high the map: so that one page holds all if it can."""
    legend = 10 if any(line.approximate for line in lines) else 0
    room = flow.left_over - 8 - _TABLE_HEAD - 18 - legend
    for step in (_OPEN, _DENSE):
        rows = [_row(flow, line, one.number, columns, step, audience) for line in lines]
        left = room - sum(height_of(row) for row in rows)
        if left >= _LEAST_MAP:
            return step, min(_MOST_MAP, left)
    return _OPEN, _LEAST_MAP + 60


def _row(
    flow: Flow,
    line: SheetLine,
    number: int,
    columns: Sequence[Column],
    step: float,
    audience: Audience,
) -> TableRow:
    dense = step < _OPEN
    body = flow.style(8 if dense else 8.8)
    small = flow.style(7 if dense else 7.6, "text2")
    mark = stop(line.number, number, line.keeping, flow.look) if line.number else None
    time = _lines(line.time, body, line.beside_time, small)
    width = sum(c.width for c in columns[3 : 4 if line.number else 7]) - 8
    where = _where(line, width, body, small, audience)
    cells = [
        Cell(picture=mark),
        Cell(time),
        Cell(_lines(line.window, body)),
        Cell(where),
        Cell(_lines(line.order, body)),
        Cell(_lines(line.parcels, body)),
        Cell(_lines(line.kg, body)),
    ]
    if audience.driver:
        room = signature(columns[-1].width - 8, 2 * step - 2, flow.look)
        cells.append(Cell(picture=room if line.number else None))
    else:
        slack = _slack_style(flow, line, body)
        cells += [Cell(_lines(line.slack, slack)), Cell(_lines(line.km, body))]
        cells.append(Cell(_lines(line.co2e, body)))
    fill = "" if line.number else flow.look.colours.surface1
    roomy = audience.driver and line.number and not dense
    return TableRow(tuple(cells), fill, step + (1.6 if roomy else 0))


def _where(
    line: SheetLine, width: float, body: Style, small: Style, audience: Audience
) -> tuple[tuple[str, Style], ...]:
    strong = Style(SEMIBOLD, body.size, body.colour)
    if not line.number:
        said = " · ".join(filter(None, (line.name, line.address)))
        return ((fitted(said, small, width), small),)
    name, address = line.name, line.address
    if line.approximate:
        address = f"{_NEARLY} {address}"
    if audience.driver:
        name = " · ".join(filter(None, (name, line.phone)))
    lines = [(fitted(name, strong, width), strong)] if name else []
    lines += [(text, small) for text in wrapped(address, small, width)[:2]]
    if audience.driver:
        lines += [(text, small) for text in wrapped(line.note, small, width)[:4]]
    return tuple(lines)


def _slack_style(flow: Flow, line: SheetLine, body: Style) -> Style:
    colours = {Keeping.LATE: "danger", Keeping.TIGHT: "warn"}
    if line.keeping is Keeping.EASY:
        return body
    return flow.style(body.size, colours[line.keeping], SEMIBOLD)


def _lines(
    text: str, style: Style, below: str = "", small: Style | None = None
) -> tuple[tuple[str, Style], ...]:
    lines = [(text, style)] if text else []
    if below and small is not None:
        lines.append((below, small))
    return tuple(lines)


def _total(flow: Flow, one: TourReview, figures: TourRow, audience: Audience) -> TableRow:
    strong = flow.style(9, face=SEMIBOLD)
    texts = ["", "", "", total_words(one), "", figures.parcels, figures.kg, ""]
    if not audience.driver:
        texts += [figures.km, formats.number(one.tour.co2e_g)]
    return TableRow(tuple(Cell(_lines(text, strong)) for text in texts))


def _loading(flow: Flow, review: DayReview, one: TourReview, figures: TourRow) -> None:
    """In which order the goods go in: the last to be delivered first."""
    loaded = {visit.number for visit in one.visits if from_depot(one, visit)}
    lines = [line for line in sheet_lines(one, figures, review.zone) if line.number in loaded]
    columns = (
        Column(_("Loaded"), 40),
        Column(_("Stop no."), 34),
        Column(_("Order"), 70),
        Column(_("Customer, pieces"), ROOM - 40 - 34 - 70 - 50 - 50),
        Column(_("Parcels"), 50, right=True),
        Column(_("kg"), 50, right=True),
    )
    goods = {visit.number: goods_words(visit) for visit in one.visits}
    body, small = flow.style(8.8), flow.style(7.6, "text2")
    box = flow.style(10, "text2")
    rows = [
        TableRow(
            (
                Cell((("☐", box),)),
                Cell(picture=stop(line.number, one.number, Keeping.EASY, flow.look)),
                Cell(_lines(line.order, body)),
                Cell(_goods(line.name, goods[line.number], columns[3].width - 8, body, small)),
                Cell(_lines(line.parcels, body)),
                Cell(_lines(line.kg, body)),
            )
        )
        for line in reversed(lines)
    ]
    strong = flow.style(9, face=SEMIBOLD)
    texts = ("", "", _("Total"), "", figures.parcels, figures.kg)
    total = TableRow(tuple(Cell(_lines(text, strong)) for text in texts))
    high = HEADING_ROOM + _TABLE_HEAD + sum(map(height_of, rows)) + height_of(total)
    title = _("Loading, from the back to the door")
    flow.heading(title, _("last delivered, first loaded"), room=min(high, WHOLE_PAGE))
    flow.table(columns, rows, total)


def _goods(
    name: str, goods: str, width: float, body: Style, small: Style
) -> tuple[tuple[str, Style], ...]:
    """Whose the goods are, and the pieces by their codes."""
    lines = [(fitted(name, body, width), body)] if name else []
    return (*lines, *((text, small) for text in wrapped(goods, small, width)[:4]))
