"""How the review's figures were reckoned, in words: whoever reads them can judge them."""

from dataclasses import dataclass

from app.i18n import _
from app.reports.day_review import DayReview
from app.wording import sentence


@dataclass(frozen=True, slots=True)
class Note:
    """What a figure is made of; `details` are one line each."""

    title: str
    text: str
    details: tuple[str, ...] = ()


def notes(review: DayReview) -> tuple[Note, ...]:
    """Only what the day needs: nothing about tours where there are none."""
    of_tours = _of_tours(review) if review.tours else ()
    of_carriers = (_carriers(),) if review.carriers else ()
    return (*of_tours, *of_carriers, *((_rounding(),) if of_tours or of_carriers else ()))


def _of_tours(review: DayReview) -> tuple[Note, ...]:
    return (
        Note(_("Distances and times"), _distances(review)),
        Note(
            _("Costs of tours"),
            _("The vehicle's fixed cost, its kilometres and its hours of work, breaks left out."),
        ),
        Note(
            _("Emissions of tours"),
            _(
                "Kilometres, the way home included, times the vehicle's grams a kilometre, from "
                "well to wheel. Level 1: the law's default for its kind; level 2: the retailer's "
                "own figure. A sum has the level of its least exact part. Each order bears a part "
                "by weight and distance as the crow flies; the parts add up to the tour."
            ),
            (
                *dict.fromkeys(sentence(one.basis) for one in review.tours),
                *(_("Source: {source}").format(source=source) for source in review.sources),
            ),
        ),
    )


def _distances(review: DayReview) -> str:
    planned = _("All times are those of the plan.")
    if not review.method:
        return planned
    return f"{review.method}. {planned}"


def _carriers() -> Note:
    return Note(
        _("Carriers"),
        _(
            "Prices of their tariffs in force that day, without tax; emissions as their services "
            "declare them, with the level they state."
        ),
    )


def _rounding() -> Note:
    return Note(
        _("Rounding"),
        _("Sums are rounded from exact figures; the parts beside them are made to add up."),
    )
