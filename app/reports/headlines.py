"""The few figures that stand first: each with its unit, then what it is compared with."""

from dataclasses import dataclass
from typing import Literal

from app import formats
from app.i18n import _, n_
from app.reports.day_review import DayReview
from app.reports.kpis import DayFigures, day_figures

Tone = Literal["", "success", "warn", "danger"]


@dataclass(frozen=True, slots=True)
class Headline:
    """A label, its figure, what stands beside it, and how it is to be taken."""

    label: str
    value: str
    beside: str = ""
    tone: Tone = ""


def headlines(review: DayReview) -> tuple[Headline, ...]:
    """The day's figures, the tours' only where there are tours."""
    figures = day_figures(review)
    own = _own(figures) if figures.own.tours else ()
    return (_orders(figures), _left_out(figures), *own, *_money(review, figures))


def _orders(figures: DayFigures) -> Headline:
    leave = n_("{count} leaves", "{count} leave", figures.delivered)
    return Headline(
        _("Orders"),
        formats.number(figures.orders),
        leave.format(count=formats.number(figures.delivered)),
    )


def _left_out(figures: DayFigures) -> Headline:
    return Headline(
        _("Left out"),
        formats.number(figures.left_out),
        formats.share(figures.left_out / figures.orders) if figures.left_out else "",
        "danger" if figures.left_out else "success",
    )


def _own(figures: DayFigures) -> tuple[Headline, ...]:
    own = figures.own
    stops = n_("{count} stop", "{count} stops", own.stops).format(count=formats.number(own.stops))
    return (
        Headline(_("Tours"), formats.number(own.tours), stops),
        _on_time(figures),
        Headline(
            _("Distance"),
            formats.distance(own.distance_m),
            _("{figure} a stop").format(figure=formats.kilometres(own.distance_m / own.stops))
            if own.stops
            else "",
        ),
        Headline(
            _("Time"),
            formats.duration(own.work_s),
            _("driving {figure}").format(figure=formats.duration(own.drive_s)),
        ),
    )


def _on_time(figures: DayFigures) -> Headline:
    own = figures.own
    if own.on_time_share is None:
        return Headline(_("On time"), "")
    tight = n_("{count} tight", "{count} tight", own.tight).format(count=own.tight)
    late = n_("{count} late", "{count} late", own.late).format(count=own.late)
    tone: Tone = "danger" if own.late else "warn" if own.tight else "success"
    beside = ", ".join(text for count, text in ((own.late, late), (own.tight, tight)) if count)
    return Headline(_("On time"), formats.share(own.on_time_share), beside, tone)


def _money(review: DayReview, figures: DayFigures) -> tuple[Headline, ...]:
    """Money and carbon of tours and carriers together, and what each order that leaves bears."""
    whole = formats.whole_money(figures.cost_cents, review.currency)
    emitted = formats.emissions(figures.co2e_g)
    level = formats.emissions_level(figures.emission_level)
    if not figures.delivered:
        return (Headline(_("Cost"), whole), Headline(_("Emissions"), emitted, level))
    each = formats.money(figures.cost_cents / figures.delivered, review.currency)
    grams = formats.emissions(figures.co2e_g / figures.delivered)
    an_order = _("{figure} an order")
    return (
        Headline(_("Cost"), whole, an_order.format(figure=each)),
        Headline(_("Emissions"), emitted, f"{level} · {an_order.format(figure=grams)}"),
    )
