"""The first half of the review's page: table and map of all tours, their course, their maps."""

from collections.abc import Sequence

from app import formats
from app.i18n import _, n_
from app.reports.day_review import DayReview, TourReview
from app.reports.fonts import screen_width
from app.reports.html_parts import bar, chip, row, section, table
from app.reports.lanes import hours_picture, lane_picture, span_of
from app.reports.maps import DrawMap, LiveMap
from app.reports.markup import Markup, joined, tag
from app.reports.review_words import cost_title
from app.reports.shown import TourRow
from app.reports.svg import svg
from app.tokens import Tokens


def desk(
    review: DayReview,
    rows: Sequence[TourRow],
    total: TourRow,
    draw: DrawMap,
    live: LiveMap,
    look: Tokens,
    below: Sequence[Markup] = (),
) -> Markup:
    """The tours as a table, what stands below it, and beside both the map of them all."""
    hint = _("Point at a tour to find it on the map; click to stay with it.")
    still = tag("div", svg(draw(1000, 620, 0.92)), class_="still")
    return tag(
        "div",
        tag(
            "div",
            section(_("Tours"), _table(review, rows, total, look), place="tours"),
            *below,
        ),
        section(_("Map of all tours"), Markup(live.block), still, beside=hint, name="map"),
        class_="desk",
    )


def course(review: DayReview, rows: Sequence[TourRow], look: Tokens) -> Markup:
    """The day as lanes: driving, waiting, doors and breaks."""
    span = span_of(review.tours, review.zone)
    blank = tag("div", class_="said")
    lanes = [
        tag(
            "div",
            blank,
            tag("div"),
            tag("div", svg(hours_picture(span, 1000, look))),
            class_="lane hours",
        )
    ]
    for one, figures in zip(review.tours, rows, strict=True):
        picture = lane_picture(one, span, 1000, look, screen_width)
        said = tag("div", chip(one.number, to_sheet=True), tag("span", _who(one)), class_="said")
        load = tag("div", *_filled(figures, look), class_="load")
        lanes.append(
            tag("div", said, load, tag("div", svg(picture)), class_="lane", data_tour=one.tour.code)
        )
    legend = _("Bars: time at the door. Hatched: waiting. Underlined: little slack, or late.")
    return section(
        _("Course of the day"), tag("div", *lanes, class_="lanes"), beside=legend, place="course"
    )


def cards(review: DayReview, rows: Sequence[TourRow], draw: DrawMap) -> Markup:
    """A small map of each tour, side by side."""
    made = [_card(one, figures, draw) for one, figures in zip(review.tours, rows, strict=True)]
    return section(
        _("Maps of the tours"), tag("div", *made, class_="cards"), name="maps", place="maps"
    )


def no_tour(review: DayReview) -> Markup:
    """What stands where the tours would be."""
    day = formats.long_date(review.on)
    return tag("div", tag("p", _("No tour was planned for {day}.").format(day=day)), class_="empty")


def _table(review: DayReview, rows: Sequence[TourRow], total: TourRow, look: Tokens) -> Markup:
    heads = (
        ("", ""),
        (_("Vehicle · driver"), ""),
        (_("On time"), "n"),
        (_("km"), "n"),
        (_("Work"), "n"),
        (_("Load"), "n"),
        (cost_title(review), "n"),
        (_("kg CO₂e"), "n"),
    )
    lines = [
        row(
            (chip(one.number, to_sheet=True), ""),
            (_vehicle(one), "name"),
            (_on_time(figures), "n"),
            (figures.km, "n"),
            (figures.work, "n"),
            (joined(_filled(figures, look)), "n"),
            (figures.cost, "n"),
            (figures.co2e, "n"),
            data_tour=one.tour.code,
            tabindex="0",
            role="button",
            aria_pressed="false",
        )
        for one, figures in zip(review.tours, rows, strict=True)
    ]
    foot = row(
        ("", ""),
        (total.title, "one"),
        (total.on_time, "n"),
        (total.km, "n"),
        (total.work, "n"),
        ("", ""),
        (total.cost, "n"),
        (total.co2e, "n"),
    )
    return table(heads, lines, foot)


def _card(one: TourReview, figures: TourRow, draw: DrawMap) -> Markup:
    head = tag("div", chip(one.number, to_sheet=True), tag("b", _who(one)), *_troubles(one))
    feet = tag(
        "div",
        tag("span", _kept(one)),
        tag("b", " · ".join((_km(figures), formats.money(one.tour.cost_cents)))),
        class_="feet",
    )
    picture = svg(draw(420, 300, 0.86, one.number))
    return tag("div", head, picture, feet, class_="card", data_tour=one.tour.code)


def _km(figures: TourRow) -> str:
    return f"{figures.km}{formats.NO_BREAK_SPACE}km"


def _kept(one: TourReview) -> str:
    counts = f"{len(one.visits) - one.late}/{len(one.visits)}"
    return _("{counts} on time").format(counts=counts)


def _who(one: TourReview) -> str:
    return " · ".join(filter(None, (one.title, one.driver)))


def _vehicle(one: TourReview) -> Markup:
    driver = [tag("span", f" · {one.driver}", class_="where")] if one.driver else []
    return tag("span", one.title, *driver, title=_who(one))


def _on_time(figures: TourRow) -> str:
    return tag("span", figures.on_time, class_="danger") if figures.late else figures.on_time


def _filled(figures: TourRow, look: Tokens) -> list[str]:
    return [] if figures.fill_share is None else [bar(figures.fill_share, look), figures.fill]


def _troubles(one: TourReview) -> list[Markup]:
    """Badges for what is late or tight."""
    late = n_("{count} late", "{count} late", one.late).format(count=one.late)
    tight = n_("{count} tight", "{count} tight", one.tight).format(count=one.tight)
    told = ((one.late, late, "tag late"), (one.tight, tight, "tag tight"))
    return [tag("span", text, class_=name) for count, text, name in told if count]
