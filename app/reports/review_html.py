"""The day's review as one page that opens in any browser, with no network at all.

What customers wrote is text in it, never markup; its policy lets only its own scripts run.
"""

import re
from collections.abc import Iterator, Sequence

from app import formats
from app.i18n import _, language
from app.reports import html_overview, html_sheets, html_tail
from app.reports.day_review import DayReview
from app.reports.headlines import headlines
from app.reports.html_parts import chip, section, stack
from app.reports.maps import DrawMap, LiveMap
from app.reports.markup import Markup, joined, tag
from app.reports.review_words import fates_in_words, state_words
from app.reports.shown import tour_rows
from app.tokens import Tokens, tokens
from resources import resource

#: What a browser falls back to; the page brings no face of its own.
_FONT = 'system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif'
_POLICY = "default-src 'none'"  # until the page stands and its hashes are known


def review_page(review: DayReview, draw: DrawMap, live: LiveMap) -> str:
    """The whole page; the same day in the same language gives the same text."""
    look = tokens("light")
    body = [_top(review), _headlines(review), _fates(review, look)]
    main = tag("main", *_sections(review, draw, live, look))
    title = _("Review of {day}").format(day=formats.long_date(review.on))
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content="{policy}"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} · Régie"),
        Markup(live.libraries if review.tours else ""),
        Markup(f"<style>\n{_style(review, look)}</style>"),
    ]
    script = Markup(f"<script>\n{_shipped('review.js', 'script')}</script>")
    page = tag(
        "html",
        tag("head", *head),
        tag("body", *body, main, _foot(review), script),
        lang=language(),
    )
    return _with_policy(f"<!DOCTYPE html>\n{page}\n", live)


def _with_policy(page: str, live: LiveMap) -> str:
    return page.replace('content="{policy}"', f'content="{live.policy(page)}"', 1)


def _top(review: DayReview) -> Markup:
    drawn = resource("icons", "regie.svg").read_text(encoding="utf-8")
    mark = Markup(re.sub(r'\sxmlns="[^"]*"', "", drawn))  # a page needs no name space
    links = [
        *(tag("a", _("Left out"), href="#left-out") for _one in review.left_out[:1]),
        *(tag("a", _("Carriers"), href="#carriers") for _one in review.carriers[:1]),
        *(chip(one.number, to_sheet=True) for one in review.tours),
    ]
    title = _("Review of {day}").format(day=formats.long_date(review.on))
    return tag(
        "header",
        tag("div", mark, class_="mark"),
        tag("h1", title),
        tag("span", state_words(review), class_="state"),
        tag("span", _as_of(review), class_="when"),
        tag("nav", *links, aria_label=_("In this page")),
        class_="top",
    )


def _as_of(review: DayReview) -> str:
    if review.as_of is None:
        return ""
    moment = formats.short_moment(review.as_of, review.zone)
    return _("as recorded on {moment}").format(moment=moment)


def _headlines(review: DayReview) -> Markup:
    def one(label: str, value: str, beside: str, tone: str) -> Markup:
        figures = [tag("b", value, class_=tone if not beside else None)]
        figures += [tag("span", beside, class_=tone or None)] if beside else []
        return tag("div", tag("dt", label), tag("dd", *figures), class_="kpi")

    every = (one(h.label, h.value, h.beside, h.tone) for h in headlines(review))
    return tag("dl", *every, class_="kpis")


def _fates(review: DayReview, look: Tokens) -> Markup:
    """How the day's orders leave: one line whose parts are as long as their shares."""
    ways = fates_in_words(review)
    if not ways:
        return Markup("")
    told = [
        tag(
            "li",
            tag("i", class_=f"c-{one.colour}"),
            tag("b", formats.number(one.count)),
            f" {one.words} · {one.share}",
        )
        for one in ways
    ]
    colours = look.colours.by_name()
    line = stack([(one.count, colours[one.colour]) for one in ways], look)
    return tag("div", line, tag("ul", *told), class_="fates")


def _sections(review: DayReview, draw: DrawMap, live: LiveMap, look: Tokens) -> Iterator[Markup]:
    """What was decided first, then a sheet for each tour."""
    rows, total = tour_rows(review)
    carriers = [html_tail.carriers(review)] if review.carriers else []
    if review.tours:
        yield html_overview.desk(review, rows, total, draw, live, look, carriers)
        yield html_overview.course(review, rows, look)
        yield html_overview.cards(review, rows, draw)
    else:
        yield section(_("Tours"), html_overview.no_tour(review))
        yield from carriers
    yield html_tail.left_out(review)
    if review.handed_over:
        yield html_tail.handed_over(review)
    if review.carriers:
        yield html_tail.shipments(review)
    for one, figures in zip(review.tours, rows, strict=True):
        yield html_sheets.sheet(review, one, figures, draw)
    yield html_tail.method(review)


def _foot(review: DayReview) -> Markup:
    texts = [_("Written by Régie"), _as_of(review), _("opens without a network")]
    return tag("p", " · ".join(filter(None, texts)), class_="foot")


def _style(review: DayReview, look: Tokens) -> str:
    """The shipped sheet, with the colours and tours of this page as custom properties."""
    colours = [
        f"  --{name.replace('_', '-')}: {value};" for name, value in look.colours.by_name().items()
    ]
    root = "\n".join([":root {", f"  --font: {_FONT};", *colours, "}"])
    classes = "\n".join(
        f".c-{name} {{ color: var(--{name}); }}"
        for name in ("accent", "info", "success", "danger", "offline")
    )
    return f"{root}\n{classes}\n{_tour_classes(review, look)}\n{_shipped('review.css', 'style')}"


def _tour_classes(review: DayReview, look: Tokens) -> str:
    numbers: Sequence[int] = sorted({one.number for one in review.tours})
    styles = {number: look.tour_style(number) for number in numbers}
    return "\n".join(
        f".t{number} {{ --tour: {style.colour}; --ink: {style.label_colour}; }}"
        for number, style in styles.items()
    )


def _shipped(name: str, element: str) -> Markup:
    """A file of ours, sure not to end its element before its end."""
    text = resource("web", "review", name).read_text(encoding="utf-8")
    if f"</{element}" in text.lower():
        raise ValueError(f"{name} would end its <{element}>")
    return joined([Markup(text)])
