"""How the review calls things: states, causes, spans of booking references, reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel.numbers import get_currency_symbol

from app import formats
from app.domain.tours import PlanState
from app.i18n import _, language, n_
from app.reports.day_review import DayReview, Left, Told
from app.wording import sentence


@dataclass(frozen=True, slots=True)
class FateInWords:
    """So many orders leave in one way: how, in which colour, and what share of all."""

    count: int
    colour: str
    words: str
    share: str


def fates_in_words(review: DayReview) -> tuple[FateInWords, ...]:
    """How the day's orders leave, the ways that nobody took left out."""
    fates = review.fates
    parts = (
        (fates.on_tour, "accent", _("on our tours")),
        (fates.with_carrier, "info", _("with carriers")),
        (fates.to_collect, "success", _("to collect in store")),
        (fates.left_out, "danger", _("left out")),
        (fates.closed, "offline", _("closed")),
    )
    return tuple(
        FateInWords(count, colour, words, formats.share(count / fates.orders))
        for count, colour, words in parts
        if count
    )


def sign(review: DayReview) -> str:
    """The sign of the day's currency."""
    symbol: str = get_currency_symbol(review.currency, language())
    return symbol


def cost_title(review: DayReview) -> str:
    """The head of a column of amounts, with their currency."""
    return _("Cost, {currency}").format(currency=sign(review))


def state_words(review: DayReview) -> str:
    """`13 published tours`, or how many are how far."""
    words = {
        "draft": lambda n: n_("{count} draft tour", "{count} draft tours", n),
        "validated": lambda n: n_("{count} validated tour", "{count} validated tours", n),
        "published": lambda n: n_("{count} published tour", "{count} published tours", n),
        "closed": lambda n: n_("{count} closed tour", "{count} closed tours", n),
    }
    counts = review.states
    if not counts:
        return _("no tour")
    return ", ".join(
        words[state.value](count).format(count=formats.number(count))
        for state, count in counts.items()
    )


def references_in_words(references: Sequence[str]) -> str:
    """Booking references, those that follow each other as a span: `DEX-00001 to 00008`."""
    spans = [
        run[0] if len(run) == 1 else f"{run[0]} → {_serial(run[-1])[1]}"
        for run in _runs(references)
    ]
    return ", ".join(spans)


def _runs(references: Sequence[str]) -> Iterator[list[str]]:
    """References of one series whose serial numbers have no gap."""
    run: list[str] = []
    for reference in references:
        if run and _follows(run[-1], reference):
            run.append(reference)
            continue
        if run:
            yield run
        run = [reference]
    if run:
        yield run


def _follows(before: str, after: str) -> bool:
    (series, serial), (next_series, next_serial) = _serial(before), _serial(after)
    both = serial.isdecimal() and next_serial.isdecimal()
    return both and series == next_series and int(next_serial) == int(serial) + 1


def _serial(reference: str) -> tuple[str, str]:
    series, _dash, serial = reference.rpartition("-")
    return series, serial


def tour_state(state: PlanState) -> str:
    """How far a tour has been agreed, in a word."""
    words = {
        PlanState.DRAFT: _("draft"),
        PlanState.VALIDATED: _("validated"),
        PlanState.PUBLISHED: _("published"),
        PlanState.CLOSED: _("closed"),
    }
    return words[state]


def cause_words(cause: Left) -> str:
    """Why orders of one group stay, as a title."""
    words = {
        Left.ADDRESS: _("Address that cannot be placed"),
        Left.NO_NODE: _("No stock node found"),
        Left.OFFERED: _("Offered, no answer yet"),
        Left.NOT_PLANNED: _("On no tour, and with no carrier"),
        Left.NO_CARRIER: _("No carrier can take it"),
    }
    return words[cause]


def said(told: Told) -> str:
    """A reason in words, after whom it is about."""
    words = sentence(told.reason)
    return _("{who}: {what}").format(who=told.about, what=words) if told.about else words
