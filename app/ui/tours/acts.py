"""What the person can do with tours, registered once: each asks whether it can be done now."""

from collections.abc import Callable, Sequence
from typing import Protocol

from app.domain.tours import PlanState, Tour
from app.i18n import _
from app.ui.actions import Actions, ActionSpec, always
from app.ui.session import Session
from app.ui.tours import specs
from app.ui.tours.agreeing import Step, closing, step_back, step_in_words, step_on
from app.ui.tours.deeds import Deeds
from app.ui.tours.pane_day import PaneDay
from app.ui.tours.papers import Papers
from app.ui.tours.planner import Planner
from app.ui.tours.timeline import Timeline

_Act = tuple[ActionSpec, Callable[[], object], Callable[[], str]]


class Stage(Protocol):
    """What the acts need of the page."""

    shown: PaneDay
    timeline: Timeline
    planner: Planner

    def show_left_out(self, shown: bool) -> None: ...

    def show_idle(self, shown: bool) -> None: ...


class Acts:
    """The actions on the day's tours; those on a selection look at what is selected now."""

    def __init__(self, session: Session, actions: Actions, stage: Stage, papers: Papers) -> None:
        self._session = session
        self.papers = papers
        self._actions = actions
        self._stage = stage
        self._deeds = Deeds(session)

    def register(self) -> None:
        """Put them all into the registry."""
        for spec, run, why_not in (*self._on_tours(), *self._on_view()):
            self._actions.register(spec, run, why_not)

    def say_next(self) -> None:
        """Name agreeing by what it would do now: `Publish T4`."""
        for spec, step in (
            (specs.ADVANCE, step_on(self._tours())),
            (specs.REOPEN, step_back(self._tours())),
            (specs.CLOSE, closing(self._tours())),
        ):
            action, text = self._actions.action(spec.id), _(spec.text)
            wanted = text if step is None else step_in_words(step)
            if action.text() != wanted:
                action.setText(wanted)

    def _on_tours(self) -> Sequence[_Act]:
        return (
            (specs.PLAN, self._stage.planner.start, self._why_not_plan),
            (specs.ADVANCE, lambda: self._take(step_on), self._why_not_advance),
            (specs.REOPEN, lambda: self._take(step_back), self._why_not_reopen),
            (specs.CLOSE, lambda: self._take(closing), self._why_not_close),
            (specs.LOCK, lambda: self._deeds.lock(self._lockable()), self._why_not_lock),
            (specs.UNPLAN, lambda: self._deeds.unplan(self._riding()), self._why_not_unplan),
            (specs.TO_CARRIER, self._hand_over, self._why_not_hand_over),
            (specs.SHEETS, self.papers.write, self._why_not_sheets),
        )

    def _on_view(self) -> Sequence[_Act]:
        timeline = self._stage.timeline
        return (
            (
                specs.LEFT_OUT,
                lambda: self._stage.show_left_out(self._is_on(specs.LEFT_OUT)),
                always,
            ),
            (specs.IDLE, lambda: self._stage.show_idle(self._is_on(specs.IDLE)), always),
            (specs.CURVE, lambda: timeline.show_curve(self._is_on(specs.CURVE)), always),
            (specs.ZOOM_IN, timeline.zoom_in, self._why_not_nearer),
            (specs.ZOOM_OUT, timeline.zoom_out, self._why_not_farther),
            (specs.ZOOM_SELECTION, timeline.zoom_to_selection, self._why_not_to_selection),
            (specs.ZOOM_ALL, timeline.zoom_all, self._why_not_farther),
        )

    def _is_on(self, spec: ActionSpec) -> bool:
        return self._actions.action(spec.id).isChecked()

    # What they are about

    def _tours(self) -> tuple[Tour, ...]:
        """The tours of the selection, else all of the day."""
        return self._stage.timeline.picker.tours or self._stage.shown.plan.tours

    def _lockable(self) -> tuple[Tour, ...]:
        return self._stage.timeline.picker.tours

    def _selected_stops(self) -> list[tuple[Tour, str]]:
        """The tour and the shipment of every stop selected."""
        selected = self._session.selection.selected
        return [
            (tour, stop.shipment)
            for tour in self._stage.shown.plan.tours
            for stop in tour.deliveries
            if stop.order in selected
        ]

    def _riding(self) -> list[str]:
        return [shipment for _tour, shipment in self._selected_stops()]

    def _waiting(self) -> list[str]:
        selected = self._session.selection.selected
        return [one.shipment.code for one in self._stage.shown.left if one.order in selected]

    def _take(self, choose: Callable[[tuple[Tour, ...]], Step | None]) -> None:
        step = choose(self._tours())
        if step is not None:
            self._deeds.take(step)

    def _hand_over(self) -> None:
        self._deeds.hand_over(self._waiting())

    # What speaks against it

    def _why_not_plan(self) -> str:
        shown = self._stage.shown
        if self._stage.planner.running:
            return _("The tours are being planned already.")
        if not shown.vehicles:
            return _("No vehicle is known: import the vehicles first.")
        if not shown.ready and not shown.drafts:
            return _("No shipment waits for a tour: accept suggestions first.")
        return ""

    def _busy(self) -> str:
        """While drafts are planned anew, nothing is done to them that the new plan would undo."""
        return _("The tours are being planned.") if self._stage.planner.running else ""

    def _why_not_advance(self) -> str:
        tours = self._tours()
        if not tours:
            return _("There is no tour yet.")
        if not step_on(tours):
            return _("Nothing is left to validate or to publish.")
        return self._busy()

    def _why_not_reopen(self) -> str:
        if not self._tours():
            return _("There is no tour yet.")
        if not step_back(self._tours()):
            return _("No validated or published tour is selected.")
        return self._busy()

    def _why_not_close(self) -> str:
        return "" if closing(self._tours()) else _("No tour is published.")

    def _why_not_lock(self) -> str:
        return self._busy() if self._lockable() else _("Select a tour first.")

    def _why_not_unplan(self) -> str:
        stops = self._selected_stops()
        if not stops:
            return _("Select stops of a tour first.")
        agreed = [tour for tour, _shipment in stops if tour.state is not PlanState.DRAFT]
        if agreed:
            return _("T{number} is agreed: reopen it first.").format(number=agreed[0].number)
        return self._busy()

    def _why_not_hand_over(self) -> str:
        return "" if self._waiting() else _("Select a shipment that was left out first.")

    def _why_not_sheets(self) -> str:
        return "" if self._stage.shown.plan.tours else _("There is no tour yet.")

    def _why_not_nearer(self) -> str:
        return "" if self._stage.timeline.can_zoom_in else _("A minute is large enough now.")

    def _why_not_farther(self) -> str:
        return "" if self._stage.timeline.zoom > 1 else _("The whole day is shown.")

    def _why_not_to_selection(self) -> str:
        return "" if self._selected_stops() else _("Select stops of a tour first.")
