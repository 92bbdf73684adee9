"""The sheet of one tour in the review's page: its figures, its map, and every stop in order."""

from app import formats
from app.i18n import _
from app.reports.day_review import DayReview, Keeping, TourReview
from app.reports.html_parts import chip, row, table
from app.reports.maps import DrawMap
from app.reports.markup import Markup, joined, tag
from app.reports.review_words import tour_state
from app.reports.sheet import SheetLine, facts, sheet_lines, total_words
from app.reports.shown import TourRow
from app.reports.svg import svg
from app.wording import sentence


def sheet(review: DayReview, one: TourReview, figures: TourRow, draw: DrawMap) -> Markup:
    """One tour, as long as it is."""
    title = " · ".join(filter(None, (one.title, one.driver)))
    header = tag(
        "header",
        chip(one.number),
        tag("h2", title),
        tag("span", tour_state(one.tour.state), class_="state"),
        tag("span", _course(review, one), class_="quiet"),
        tag("a", _("All tours"), href="#tours", class_="go"),
    )
    map_of_it = tag(
        "figure",
        svg(draw(560, 430, 0.95, one.number)),
        tag("figcaption", sentence(one.basis), class_="quiet"),
    )
    body = tag("div", map_of_it, _stops(review, one, figures), class_="body")
    return tag(
        "section",
        header,
        _facts(review, one, figures),
        body,
        class_="sheet",
        id=f"T{one.number}",
    )


def _course(review: DayReview, one: TourReview) -> str:
    zone = one.zone(review.zone)
    hours = formats.window(one.tour.start, one.tour.end, zone)
    return f"{one.depot_name} · {hours}"


def _facts(review: DayReview, one: TourReview, figures: TourRow) -> Markup:
    told = []
    for label, value, beside in facts(review, one, figures):
        more = [tag("small", f" {beside}")] if beside else []
        told.append(tag("div", tag("dt", label), tag("dd", value, *more)))
    return tag("dl", *told, class_="facts")


def _stops(review: DayReview, one: TourReview, figures: TourRow) -> Markup:
    heads = (
        (_("No."), ""),
        (_("Arrival"), ""),
        (_("Window"), ""),
        (_("Customer, address"), ""),
        (_("Order"), ""),
        (_("Parcels"), "n"),
        (_("kg"), "n"),
        (_("Slack"), "n"),
        (_("km"), "n"),
        (_("g CO₂e"), "n"),
    )
    lines = sheet_lines(one, figures, review.zone)
    foot = row(
        ("", ""),
        (total_words(one), ""),
        ("", ""),
        ("", ""),
        ("", ""),
        (figures.parcels, "n"),
        (figures.kg, "n"),
        ("", ""),
        (figures.km, "n"),
        (formats.number(one.tour.co2e_g), "n"),
    )
    return table(heads, [_line(line, one.number) for line in lines], foot)


def _line(line: SheetLine, number: int) -> Markup:
    time = [tag("span", line.time, class_="one")]
    if line.beside_time:
        time += [tag("br"), tag("span", line.beside_time, class_="note")]
    mark = tag("span", str(line.number), class_=f"stop t{number} {line.keeping.value}")
    return row(
        (mark if line.number else "", ""),
        (joined(time), ""),
        (line.window, "one"),
        (_where(line), ""),
        (line.order, "one"),
        (line.parcels, "n"),
        (line.kg, "n"),
        (_slack(line), "n"),
        (line.km, "n"),
        (line.co2e, "n"),
        class_=None if line.number else "other",
    )


def _where(line: SheetLine) -> Markup:
    parts: list[str] = []
    if line.name:
        parts.append(tag("span", line.name, class_="who" if line.number else None))
    if line.address:
        parts += [*([tag("br")] if parts else []), tag("span", line.address, class_="where")]
    if line.approximate:
        parts += [" ", tag("span", _("approximate address"), class_="tag tight")]
    return joined(parts)


def _slack(line: SheetLine) -> str:
    if line.keeping is Keeping.EASY:
        return line.slack
    return tag("span", line.slack, class_=f"tag {line.keeping.value}")
