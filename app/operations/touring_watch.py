"""What a person sees of a search for tours while it runs."""

import time
from collections.abc import Callable

from app import formats
from app.domain.tours import TourPlan
from app.i18n import n_
from app.operations.touring_documents import as_document as as_document
from app.operations.touring_documents import verdict_document as verdict_document
from app.operations.touring_run import CurvePoint
from app.operations.touring_run import Judged as Judged
from app.operations.touring_run import PlanRun as PlanRun
from app.planning.tours.improvement import Improvement, ToursSoFar
from app.planning.tours.problem import Problem
from app.ports import Progress, Stop

Improved = Callable[[Improvement], None]


#: The tours of the best so far are shown at most so often.
SHOWN_EVERY_S = 0.5


class Shown:
    """Shows the tours of improvements, no more often than an eye can follow."""

    def __init__(
        self, problem: Problem, on_best: Improved, on_plan: Callable[[TourPlan], None]
    ) -> None:
        self._so_far = ToursSoFar(problem)
        self._heard, self._on_plan = on_best, on_plan
        self._shown_at = -SHOWN_EVERY_S

    def on_best(self, best: Improvement) -> None:
        self._heard(best)
        now = time.monotonic()
        if now - self._shown_at >= SHOWN_EVERY_S:
            self._shown_at = now
            self._on_plan(self._so_far.plan(best))


class Watch:
    """Tells a person how the search goes: time passed, and the best plan in a few words."""

    def __init__(
        self, stop: Stop, progress: Progress, on_best: Improved, seconds: float | None
    ) -> None:
        self._stop, self._progress, self._heard = stop, progress, on_best
        self._tenths = 0 if seconds is None else max(1, round(10 * seconds))
        self._best = ""
        self._since = time.monotonic()
        self.curve: list[CurvePoint] = []

    def stop(self) -> bool:
        """Asked all the time by the search: a good moment to say how far it is."""
        self._report()
        return self._stop()

    def on_best(self, best: Improvement) -> None:
        self.curve.append(
            CurvePoint(best.seconds, best.cost_cents, best.worth_cents, best.unplanned)
        )
        count = len(best.routes)
        self._best = n_(
            "{tours} tour, {cost}, {left} left out", "{tours} tours, {cost}, {left} left out", count
        ).format(
            tours=formats.number(count),
            cost=formats.whole_money(best.cost_cents),
            left=formats.number(best.unplanned),
        )
        self._report()
        self._heard(best)

    def done(self) -> None:
        """The search has ended, be it before its time."""
        self._progress(self._tenths, self._tenths, self._best)

    def _report(self) -> None:
        passed = round(10 * (time.monotonic() - self._since))
        self._progress(min(passed, self._tenths), self._tenths, self._best)
