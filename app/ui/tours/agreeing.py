"""How far tours have been agreed, and which step leads on or back."""

from collections.abc import Iterable
from dataclasses import dataclass

from app import formats
from app.domain.tours import PlanState, Tour
from app.i18n import _


@dataclass(frozen=True, slots=True)
class Step:
    """Tours that are to become validated, published, closed or drafts again."""

    tours: tuple[Tour, ...]
    state: PlanState
    back: bool = False


def step_on(tours: Iterable[Tour]) -> Step | None:
    """Validate the drafts; without drafts publish what is validated."""
    everybody = tuple(tours)
    return _step(everybody, PlanState.DRAFT, PlanState.VALIDATED) or _step(
        everybody, PlanState.VALIDATED, PlanState.PUBLISHED
    )


def step_back(tours: Iterable[Tour]) -> Step | None:
    """Take back the publication; where nothing is published, the validation."""
    everybody = tuple(tours)
    return _step(everybody, PlanState.PUBLISHED, PlanState.VALIDATED, back=True) or _step(
        everybody, PlanState.VALIDATED, PlanState.DRAFT, back=True
    )


def closing(tours: Iterable[Tour]) -> Step | None:
    """Close what is published."""
    return _step(tuple(tours), PlanState.PUBLISHED, PlanState.CLOSED)


def step_in_words(step: Step) -> str:
    """What the step would do: `Validate T4`."""
    return _ask(step).format(tours=tours_in_words(step.tours))


def done_in_words(step: Step) -> str:
    """What the step has done: `T4 validated`."""
    one = len(step.tours) == 1
    match step.state:
        case PlanState.DRAFT:
            text = _("{tours} is a draft again") if one else _("{tours} are drafts again")
        case PlanState.VALIDATED:
            text = _("{tours} is validated") if one else _("{tours} are validated")
        case PlanState.PUBLISHED:
            text = _("{tours} is published") if one else _("{tours} are published")
        case PlanState.CLOSED:
            text = _("{tours} is closed") if one else _("{tours} are closed")
    return text.format(tours=tours_in_words(step.tours))


def tours_in_words(tours: tuple[Tour, ...]) -> str:
    """`T4`, or `3 tours`."""
    if len(tours) == 1:
        return f"T{tours[0].number}"
    return _("{count} tours").format(count=formats.number(len(tours)))


def _ask(step: Step) -> str:
    if step.back:
        return _("Reopen {tours}")
    match step.state:
        case PlanState.PUBLISHED:
            return _("Publish {tours}")
        case PlanState.CLOSED:
            return _("Close {tours}")
        case _:
            return _("Validate {tours}")


def _step(
    tours: tuple[Tour, ...], now: PlanState, then: PlanState, *, back: bool = False
) -> Step | None:
    found = tuple(tour for tour in tours if tour.state is now)
    return Step(found, then, back) if found else None
