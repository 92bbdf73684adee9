"""The tours pane: the day on a timeline, what was left out, and the run that plans it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import formats
from app.domain.tours import TourPlan
from app.i18n import _, n_
from app.operations.touring import PlanRun
from app.ui.actions import Actions, ActionSpec
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.tours import hand_specs, specs
from app.ui.tours.accessible import let_read
from app.ui.tours.acts import Acts
from app.ui.tours.carrying import Carrying
from app.ui.tours.gentle_acts import GentleActs
from app.ui.tours.giving_acts import GivingActs
from app.ui.tours.giving_specs import GIVE
from app.ui.tours.hand_acts import HandActs
from app.ui.tours.hand_desk import hand_desk_of
from app.ui.tours.joint_acts import JointActs
from app.ui.tours.label_places import NARROW_PX
from app.ui.tours.lanes import Day
from app.ui.tours.left_out_tab import LeftOutTab
from app.ui.tours.left_out_view import LeftOutView
from app.ui.tours.move_strip import MoveStrip
from app.ui.tours.pane_day import PaneDay, pane_day
from app.ui.tours.papers import Papers
from app.ui.tours.planner import Planner
from app.ui.tours.remedying import Remedying
from app.ui.tours.stop_drag import StopDrag
from app.ui.tours.stress_acts import StressActs
from app.ui.tours.timeline import Timeline
from app.ui.tours.whatif_acts import WhatIfActs
from app.ui.tours.words import subtitle_of, to_gain
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flat_button import IconButton
from app.ui.widgets.key_cap import KeyButton
from db.fleet import load_vehicles


class ToursPage(QWidget):
    """Shows what the session's board says of tours; planning shows its best so far as ghosts."""

    subtitle_changed = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        day = Day(session.day, session.zone)
        self.shown = PaneDay(day, session.board.plan)
        self.planner = Planner(session, self)
        self.timeline = Timeline(session.selection, day, session.now, self)
        let_read(self.timeline)
        self.desk = hand_desk_of(session)
        self.desk.hindered = self.hindered
        self.timeline.hand = StopDrag(self.timeline, self.desk, self)
        self._best: TourPlan | None = None  # so far, while planning
        self._fresh: TourPlan | None = None  # kept already, not yet on the board
        self._run: PlanRun | None = None  # the last one: what it proved holds for its tours alone
        self._asked = 0
        self._read = False
        self._acts = Acts(session, actions, self, Papers(session, self))
        self._acts.register()
        self.strip = MoveStrip(self)
        self._hand_acts = HandActs(session, actions, self, self.desk)
        self._hand_acts.register()
        self.left_out = LeftOutView(session.selection, actions, self)
        self.carrying = Carrying(
            self.left_out.table, self, self.desk.landings, self.left_out.orders_of, self._show_lanes
        )
        self.carrying.hindered = self.hindered
        self.gentle = GentleActs(session, actions, self, self)
        self.joint = JointActs(session, actions, self, self)
        self.what_if = WhatIfActs(session, actions, self, self)
        self.stress = StressActs(session, actions, self, self)
        self.giving = GivingActs(session, actions, self, self)
        self._remedying = Remedying(session, self.left_out.show_remedies, self.strip, self)
        self._empty = EmptyState(Icon.TOUR, "", actions.action(specs.PLAN.id), self)
        self._tab = LeftOutTab(actions.action(specs.LEFT_OUT.id), self)
        self._tools = self._make_tools()
        self._lay_out()
        self._connect()

    def tools(self) -> list[QWidget]:
        """What was left out, planning, and the zoom of time."""
        return self._tools

    def hindered(self) -> str:
        """While drafts are planned anew, no hand changes them."""
        return _("The tours are being planned.") if self.planner.running else ""

    def show_left_out(self, shown: bool) -> None:
        """Show the list of what was left out in the place of the timeline, or the timeline."""
        self.what_if.view.leave()
        self._choose_view()
        if shown:
            self.left_out.table.setFocus()

    def show_idle(self, shown: bool) -> None:  # noqa: ARG002 - the action knows, and is asked anew
        """Show vehicles without a tour too, or only tours."""
        self._show_lanes()

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.oldSize().width() < NARROW_PX) != (self.width() < NARROW_PX):
            self._say_subtitle()

    # How it works

    def _make_tools(self) -> list[QWidget]:
        plan = KeyButton(self._actions.action(specs.PLAN.id), text=_("Optimise"), parent=self)
        zooms = (specs.ZOOM_OUT, specs.ZOOM_IN)
        return [self._tab, plan, *(self._icon_button(spec) for spec in zooms)]

    def _icon_button(self, spec: ActionSpec) -> IconButton:
        """A button that follows its action."""
        action = self._actions.action(spec.id)
        button = IconButton(spec.icon or Icon.MORE, _(spec.text), key=spec.shortcut, parent=self)
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
        button.setEnabled(action.isEnabled())
        return button

    def _lay_out(self) -> None:
        self._views = QStackedWidget(self)
        self._blank = QWidget(self)
        self._blank.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # until the day is there
        what_if = self.what_if.view
        for view in (self._blank, self.timeline, self.left_out, what_if, self._empty):
            self._views.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._views, 3)
        beside.addWidget(self.joint.view, 3)
        beside.addWidget(self.gentle.view, 2)
        beside.addWidget(self.stress.view, 2)
        beside.addWidget(self.giving.view, 2)
        column.addLayout(beside, 1)
        column.addWidget(self.strip)
        self.setFocusProxy(self._blank)
        on_timeline = (*specs.ON_TIMELINE, *hand_specs.ON_TIMELINE, GIVE)
        self._actions.attach(self.timeline, *(spec.id for spec in on_timeline))
        on_list = (*specs.ON_LIST, *hand_specs.ON_LIST)
        self._actions.attach(self.left_out, *(spec.id for spec in on_list))

    def _connect(self) -> None:
        session, timeline, planner = self._session, self.timeline, self.planner
        session.board_changed.connect(self._board_changed)
        session.settings_changed.connect(self._look_again)
        session.selection.listen(self._acts.say_next)
        timeline.changed.connect(self._timeline_changed)
        timeline.menu_asked.connect(partial(self._open_menu, specs.TIMELINE_MENU))
        timeline.unplan_asked.connect(self._actions.action(specs.UNPLAN.id).trigger)
        self.left_out.told_of.connect(self._remedying.tell_of)
        self.left_out.way_chosen.connect(self._remedying.choose)
        self.left_out.menu_asked.connect(partial(self._open_menu, specs.LIST_MENU))
        self.strip.left.connect(self._give_focus_back)
        self.gentle.view.left.connect(self._give_focus_back)
        self.stress.view.left.connect(self._give_focus_back)
        self.giving.view.left.connect(self._give_focus_back)
        for opened, beside in (
            (self.gentle.found, (self.stress, self.giving)),
            (self.stress.opened, (self.gentle, self.giving, self.what_if)),
            (self.giving.opened, (self.gentle, self.stress, self.what_if)),
        ):
            for other in beside:
                opened.connect(other.view.leave)
        self.what_if.opened.connect(self._choose_view)
        self.what_if.view.left.connect(self._choose_view)
        planner.started.connect(self._actions.refresh)
        planner.shown.connect(self._show_best, Qt.ConnectionType.QueuedConnection)
        planner.planned.connect(self._planned)
        planner.ended.connect(self._planning_ended)
        self.joint.view.left.connect(self._give_focus_back)
        for found, others in (
            (self.joint.found, (self.gentle.view, self.stress.view)),
            (self.gentle.found, (self.joint.view,)),
            (self.stress.opened, (self.joint.view,)),
        ):
            for view in others:
                found.connect(view.leave)

    def _board_changed(self) -> None:
        self._fresh = None
        self._look_again()

    def _show_best(self, best: TourPlan) -> None:
        if self.planner.running and self.planner.on == self._session.day:
            self._best = best
            self._look_again()

    def _planned(self, run: PlanRun) -> None:
        if run.on == self._session.day:
            self._fresh, self._run = run.plan, run

    def _planning_ended(self) -> None:
        self._best = None
        self._look_again()

    def _look_again(self) -> None:
        """Make the day anew beside this thread; an answer that was overtaken is dropped."""
        self._asked += 1
        asked, session = self._asked, self._session
        board, zone = session.board, session.zone
        tight_s, workspace = session.policy.touring.tight_slack_s, session.workspace
        fresh = self._fresh
        ghosts = self._best.tours if self._best is not None else ()

        def make() -> PaneDay:
            fleet = workspace.read(load_vehicles)
            return pane_day(board, fleet, zone, tight_s, fresh=fresh, ghosts=ghosts)

        session.reckon(make, partial(self._show, asked))

    def _show(self, asked: int, made: PaneDay) -> None:
        if asked != self._asked:
            return
        self.shown, self._read = made, True
        self._show_lanes()
        self.left_out.show_left_out(made.left)
        self._tab.show_left_out(made.left)
        self._say_empty()
        self._say_subtitle()
        self._acts.say_next()
        self._actions.refresh_soon()

    def _show_lanes(self) -> None:
        idle = self._actions.action(specs.IDLE.id).isChecked() or self.carrying.active
        lanes = tuple(lane for lane in self.shown.lanes if idle or lane.tour is not None)
        self.timeline.show_lanes(lanes, self.shown.day, self.shown.rows or {})
        self._choose_view()

    def _choose_view(self) -> None:
        """The list that is wanted, else the lanes, else what to do next."""
        if not self._read:
            wanted: QWidget = self._blank
        elif self.what_if.view.opened:
            wanted = self.what_if.view
        elif self._actions.action(specs.LEFT_OUT.id).isChecked() and not self.carrying.active:
            wanted = self.left_out
        else:
            wanted = self.timeline if self.timeline.picker.lanes else self._empty
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self._views.isAncestorOf(focused)
        self._views.setCurrentWidget(wanted)
        target = wanted.focusProxy() or wanted
        self.setFocusProxy(target)
        if had_focus:
            target.setFocus()

    def _give_focus_back(self) -> None:
        target = self.focusProxy()
        if target is not None:
            target.setFocus()

    def _say_empty(self) -> None:
        ready = self.shown.ready
        none = _("No tours on this day.")
        if self.planner.running:
            self._empty.set_sentence(_("The tours are being planned …"))
        elif ready:
            waiting = n_("{count} shipment is ready.", "{count} shipments are ready.", ready)
            self._empty.set_sentence(f"{none} {waiting.format(count=formats.number(ready))}")
        else:
            self._empty.set_sentence(f"{none} {_('No shipment waits for one yet.')}")

    def _say_subtitle(self) -> None:
        brief = self.width() < NARROW_PX
        said, run = subtitle_of(self.shown.plan, brief=brief), self._run
        if run is not None and run.bound is not None and run.plan.tours == self.shown.plan.tours:
            said = f"{said} · {to_gain(run.bound)}"
        self.subtitle_changed.emit(said)

    def _timeline_changed(self) -> None:
        self._acts.say_next()
        self._actions.refresh_soon()

    def _open_menu(self, identifiers: Sequence[str], place: QPoint) -> None:
        known = [each for each in identifiers if not each or self._actions.find(each)]
        menu = self._actions.context_menu(known, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
