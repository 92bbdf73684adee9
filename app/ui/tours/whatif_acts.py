"""What-ifs in the window: a job compares them, the map shows one, Enter makes it the drafts."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.fleet import Vehicle
from app.domain.journal import Settled
from app.i18n import _
from app.jobs import Job
from app.operations.scenario_adoption import adopt
from app.operations.scenario_documents import side_in_words, title
from app.operations.scenarios import Comparison, Outcome, compare
from app.planning.tours.side_by_side import preview_of
from app.ui.actions import Actions
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.tours.hand_desk import HandDesk
from app.ui.tours.planner import Planner
from app.ui.tours.whatif_rows import PRESENT
from app.ui.tours.whatif_specs import ADOPT, COMPARE, DROP, WHAT_IF
from app.ui.tours.whatif_view import WhatIfView
from app.ui.widgets.key_cap import KeyButton
from app.ui.widgets.toast import News
from db.fleet import load_vehicles

if TYPE_CHECKING:
    from datetime import date

Search = Callable[..., Comparison]


class Stage(Protocol):
    """What it needs of the page."""

    planner: Planner
    desk: HandDesk


class WhatIfActs(QObject):
    """Opens the list of what-ifs, compares them, and adopts the one that is chosen."""

    opened = Signal()
    _grown = Signal(object)  # Comparison, from the thread of the search

    def __init__(self, session: Session, actions: Actions, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._actions, self._stage = session, actions, stage
        self.view = WhatIfView(parent)
        self.search: Search = compare
        self._job: Job | None = None
        self._on: date | None = None
        actions.register(WHAT_IF, self.open)
        actions.register(COMPARE, self.start, self._why_not_compare)
        actions.register(ADOPT, self.adopt, self._why_not_adopt)
        actions.register(DROP, self.view.drop, self._why_not_drop)
        self._connect(self.view)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    def _connect(self, view: WhatIfView) -> None:
        find = self._actions.action
        view.footer.add_button(KeyButton(find(COMPARE.id), text=_("Compare")))
        view.footer.add_button(KeyButton(find(ADOPT.id), text=_("Adopt"), primary=True))
        self._actions.attach(view, COMPARE.id)
        self._actions.attach(view.table, ADOPT.id, DROP.id)
        view.changed.connect(self._actions.refresh_soon)
        view.looked_at.connect(self._look_at)
        session = self._session
        session.day_changed.connect(view.forget)
        session.job_ended.connect(self._job_ended)
        session.board_changed.connect(self._look_again)
        self._grown.connect(self._show, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        return self._on is not None

    def open(self) -> None:
        """Show the list; who has none yet says first what is to be otherwise."""
        self.view.open()
        self._session.read(load_vehicles, self._show_fleet)
        self.opened.emit()
        target = self.view.table if self.view.scenarios else self.view.head.kind
        target.setFocus()

    def start(self) -> None:
        """Plan the day once for each what-if; nothing is written."""
        session, on, scenarios = self._session, self._session.day, self.view.scenarios
        workspace, search = session.workspace, self.search
        seconds = float(session.settings.solve_seconds)
        self.view.forget()
        self._job, self._on = None, on

        def work(job: Job) -> Comparison:
            return search(
                workspace,
                on,
                scenarios,
                seconds=seconds,
                stop=job.stop,
                progress=job.report,
                on_outcome=self._grown.emit,
            )

        self._job = session.run(_("Comparing the what-ifs"), work, self._show, writes=False)
        self._actions.refresh_soon()

    def stop(self) -> None:
        """End the search soon; what was compared is shown."""
        if self._job is not None:
            self._job.request_stop()

    def adopt(self) -> None:
        """Make the chosen what-if's tours the day's drafts, as one entry."""
        outcome = self.view.outcome
        if outcome is not None:
            workspace = self._session.workspace
            self._session.submit(
                lambda: adopt(workspace, outcome), lambda settled: self._done(outcome, settled)
            )

    def _show(self, made: Comparison) -> None:
        if made.on == self._session.day:
            self.view.show_comparison(made)

    def _show_fleet(self, vehicles: list[Vehicle]) -> None:
        homes = {vehicle.depot for vehicle in vehicles if vehicle.active}
        nodes = self._session.board.nodes
        depots = sorted((node.code, node.name) for node in nodes if node.code in homes)
        self.view.head.show_fleet(vehicles, depots)

    def _done(self, outcome: Outcome, _settled: Settled) -> None:
        name = _("“{scenario}” adopted").format(scenario=title(outcome.scenario))
        self._session.news.emit(News(name, side_in_words(outcome.side), icon=Icon.OPTIMISE))
        self.view.leave()

    def _job_ended(self, job: object) -> None:
        if self._on is not None and (self._job is None or job is self._job):
            self._job = self._on = None
            self._actions.refresh_soon()

    def _look_again(self) -> None:
        """What was compared with tours that are not so any more is of no use."""
        made = self.view.made
        if made is not None and made.present.tours != self._session.board.plan.tours:
            self.view.forget()

    def _look_at(self, outcome: Outcome | None) -> None:
        """Show on the map what a what-if would change."""
        made = self.view.made
        seen = None
        if outcome is not None and made is not None:
            seen = preview_of(made.present, outcome.plan)
        self._stage.desk.supposed.emit(seen)

    def _why_not_compare(self) -> str:
        if self.running:
            return _("The what-ifs are being compared already.")
        if self._stage.planner.running:
            return _("The tours are being planned.")
        return "" if self.view.scenarios else _("Say what is to be otherwise.")

    def _why_not_adopt(self) -> str:
        if self.view.outcome is None:
            return _("Choose a what-if that was compared.")
        return _("The tours are being planned.") if self._stage.planner.running else ""

    def _why_not_drop(self) -> str:
        names = {scenario.name for scenario in self.view.scenarios}
        return "" if self.view.chosen in names - {PRESENT} else _("Choose a what-if first.")
