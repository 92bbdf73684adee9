"""The tours pane on a real workspace: what it shows, what its actions do, and when they cannot."""

import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from app.domain.acts.tours import LockTour, SetTourState
from app.domain.tours import PlanState, Tour, TourPlan
from app.operations.sheets import SheetFormat
from app.planning.tours.problem import Problem
from app.planning.tours.solver import solve
from app.settings import Settings
from app.ui.actions import Actions
from app.ui.session import Session
from app.ui.tours.left_out_view import LeftOutView
from app.ui.tours.page import ToursPage
from app.ui.tours.paper_choice import PaperChoice
from app.ui.tours.timeline import Timeline
from app.workspace import Workspace
from db.bookings import load_choices
from db.journal import entries
from db.plans import load_plan
from tests.builders import NOW
from tests.ui.sessions import a_session
from tests.ui.tours.days import ON
from tests.ui.tours.desk import set_up

if TYPE_CHECKING:
    from app.jobs import Job
    from app.ui.widgets.toast import News


def solve_here(problem: Problem, **wanted: Any) -> TourPlan:
    """The search itself, in this process and counted: the same answer on any machine."""
    stop, on_best = wanted["stop"], wanted["on_best"]
    return solve(problem, seed=wanted["seed"], iterations=30, stop=stop, on_best=on_best)


class Desk:
    """A window with the pane, its session, and everything it told."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.workspace = session.workspace
        self.session = session
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.actions = Actions(self.window)
        self.page = ToursPage(self.session, self.actions)
        self.page.planner.solver = solve_here
        self.window.setCentralWidget(self.page)
        self.window.resize(1272, 320)
        self.news: list[News] = []
        self.refused: list[object] = []
        self.subtitles: list[str] = []
        self.session.news.connect(self.news.append)
        self.session.refused.connect(self.refused.append)
        self.session.broke.connect(self.refused.append)
        self.page.subtitle_changed.connect(self.subtitles.append)
        self.window.show()
        self._qtbot = qtbot

    @property
    def timeline(self) -> Timeline:
        return self.page.timeline

    @property
    def numbers(self) -> list[int]:
        return [lane.number for lane in self.timeline.picker.lanes]

    def open(self) -> "Desk":
        self.session.start()
        self.until(lambda: self.page._read)
        return self

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for it, and until what is greyed is as it should be."""
        self._qtbot.waitUntil(lambda: holds() and self.actions.settled, timeout=10_000)

    def do(self, name: str) -> None:
        """Trigger an action that can be done now."""
        assert self.actions.why_not(name) == ""
        self.actions.action(name).trigger()

    def choose(self, *orders: str) -> None:
        self.session.selection.choose(orders)
        self.until(lambda: True)

    def tours(self) -> list[Tour]:
        return list(self.workspace.read(load_plan, ON).tours)

    def state(self, number: int) -> PlanState:
        return next(tour.state for tour in self.tours() if tour.number == number)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> None:
    scope = QSettings.Scope.UserScope
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, scope, str(tmp_path / "settings"))


@pytest.fixture(scope="module")
def days(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The morning with and without its tours, to be copied."""
    made = {}
    for name in ("planned", "unplanned"):
        made[name] = tmp_path_factory.mktemp("day") / name
        shutil.copytree(empty_workspace, made[name])
        with Workspace.open(made[name], user="c.vasseur", clock=lambda: NOW) as workspace:
            set_up(workspace, planned=name == "planned")
    return made


@contextmanager
def opened(template: Path, folder: Path) -> Iterator[Workspace]:
    shutil.copytree(template, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        yield workspace


@pytest.fixture
def planned(qtbot: QtBot, days: dict[str, Path], tmp_path: Path) -> Iterator[Desk]:
    """Nine tours, four shipments left out."""
    with opened(days["planned"], tmp_path / "w") as workspace:
        desk = Desk(qtbot, a_session(workspace)).open()
        yield desk
        desk.session.close()


@pytest.fixture
def unplanned(qtbot: QtBot, days: dict[str, Path], tmp_path: Path) -> Iterator[Desk]:
    """The same orders, sourced, without a tour."""
    with opened(days["unplanned"], tmp_path / "w") as workspace:
        desk = Desk(qtbot, a_session(workspace)).open()
        yield desk
        desk.session.close()


# What it shows


@pytest.mark.usefixtures("french")
def test_the_pane_shows_the_day_and_says_how_far_it_is_agreed(planned: Desk):
    assert planned.numbers == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    spread = "1\u00a0h\u00a017 de la plus courte à la plus longue"
    said = f"9 · 99 arrêts · 5 publiées, 2 validées, 2 brouillons · {spread}"
    assert planned.subtitles[-1] == said


@pytest.mark.usefixtures("french")
def test_a_narrow_pane_says_less(planned: Desk):
    planned.window.resize(953, 260)

    planned.until(lambda: planned.subtitles[-1] == "9 · 99 arrêts")


@pytest.mark.usefixtures("french")
def test_a_day_without_tours_says_what_is_ready_and_offers_to_plan(unplanned: Desk):
    assert unplanned.page._views.currentWidget() is unplanned.page._empty
    said = unplanned.page._empty._sentence.text()
    assert said == "Aucune tournée ce jour. 103 expéditions sont prêtes."


@pytest.mark.usefixtures("french")
def test_an_empty_desk_says_why_nothing_can_be_planned(qtbot: QtBot, workspace: Workspace):
    desk = Desk(qtbot, a_session(workspace)).open()

    assert desk.page._empty._sentence.text() == (
        "Aucune tournée ce jour. Aucune expédition n'en attend encore."
    )
    assert desk.actions.why_not("tours.plan").startswith("Aucun véhicule n'est connu")
    desk.session.close()


def test_vehicles_without_a_tour_are_shown_on_demand(planned: Desk):
    planned.do("tours.idle")
    assert len(planned.numbers) == 12

    planned.do("tours.idle")
    assert len(planned.numbers) == 9


def test_the_load_curve_is_drawn_on_demand(planned: Desk):
    plain = planned.timeline.grab().toImage()

    planned.do("tours.curve")

    assert planned.timeline.grab().toImage() != plain


def test_the_focus_goes_to_the_timeline_once_it_is_there(planned: Desk):
    planned.page.setFocus()

    assert planned.timeline.hasFocus()


# Planning


def test_planning_keeps_its_drafts_in_one_entry_and_shows_them(unplanned: Desk):
    before = len(unplanned.workspace.read(entries))
    shown: list[TourPlan] = []
    unplanned.page.planner.shown.connect(shown.append)

    unplanned.do("tours.plan")
    unplanned.until(lambda: not unplanned.page.planner.running and bool(unplanned.numbers))

    kept = unplanned.tours()
    assert len(unplanned.workspace.read(entries)) == before + 1
    assert {stop.shipment for tour in kept for stop in tour.deliveries}
    assert unplanned.numbers == [tour.number for tour in kept]
    assert not any(lane.ghost for lane in unplanned.timeline.picker.lanes)
    assert shown
    assert unplanned.news[-1].title


def test_planning_leaves_agreed_and_locked_tours_alone(planned: Desk):
    kept = {tour.number: tour for tour in planned.tours() if tour.number != 4}

    planned.do("tours.plan")
    planned.until(lambda: not planned.page.planner.running)

    after = {tour.number: tour for tour in planned.tours()}
    assert all(after[number].stops == tour.stops for number, tour in kept.items())


def test_the_best_so_far_stands_as_ghosts_in_the_place_of_the_drafts(
    qtbot: QtBot, days: dict[str, Path], tmp_path: Path
):
    """On threads, as in a real window: the search waits until it was seen."""
    seen = threading.Event()

    def slow(problem: Problem, **wanted: Any) -> TourPlan:
        found = solve_here(problem, **wanted)
        assert seen.wait(10)
        return found

    with opened(days["planned"], tmp_path / "w") as workspace:
        desk = Desk(qtbot, Session(workspace, Settings())).open()
        desk.page.planner.solver = slow
        desk.do("tours.plan")

        desk.until(lambda: any(lane.ghost for lane in desk.timeline.picker.lanes))
        ghosts = {lane.number: lane.ghost for lane in desk.timeline.picker.lanes}
        kept_while_searching = desk.tours()
        with qtbot.waitSignal(desk.session.board_changed, timeout=20_000):
            seen.set()
        desk.until(lambda: not desk.page.planner.running)
        desk.until(lambda: not any(lane.ghost for lane in desk.timeline.picker.lanes))
        desk.session.close()

    assert ghosts[9] is False  # locked: it stays
    assert any(ghosts.values())
    assert kept_while_searching[3].state is PlanState.DRAFT


@pytest.mark.usefixtures("french")
def test_progress_says_the_best_and_stop_keeps_it(unplanned: Desk):
    told: list[str] = []
    jobs: list[Job] = []
    unplanned.session.job_started.connect(jobs.append)
    unplanned.session.job_reported.connect(lambda _job, _done, _total, best: told.append(best))

    def stopped(problem: Problem, **wanted: Any) -> TourPlan:
        jobs[-1].request_stop()
        assert wanted["stop"]()
        return solve_here(problem, **{**wanted, "stop": lambda: False})

    unplanned.page.planner.solver = stopped
    unplanned.do("tours.plan")
    unplanned.until(lambda: not unplanned.page.planner.running and bool(unplanned.numbers))

    assert jobs[0].title == "Calcul des tournées"
    assert unplanned.tours()
    assert any("tournées" in best for best in told)


@pytest.mark.usefixtures("french")
def test_planning_drafts_again_tells_the_change_in_kilometres(unplanned: Desk):
    told: list[str] = []
    unplanned.do("tours.plan")
    unplanned.until(lambda: not unplanned.page.planner.running and bool(unplanned.numbers))
    unplanned.session.job_reported.connect(lambda _job, _done, _total, best: told.append(best))

    unplanned.do("tours.plan")
    unplanned.until(lambda: not unplanned.page.planner.running)

    assert told[-1].startswith("meilleur ")


def test_the_search_runs_in_a_process_of_its_own_that_goes_with_the_pane(
    qtbot: QtBot, days: dict[str, Path], tmp_path: Path
):
    with opened(days["planned"], tmp_path / "w") as workspace:
        desk = Desk(qtbot, a_session(workspace, solve_seconds=1)).open()
        process = desk.page.planner._process
        desk.page.planner.solver = process.solve

        desk.do("tours.plan")
        desk.until(lambda: not desk.page.planner.running)
        warm = process.pid
        desk.window.close()
        desk.page.deleteLater()
        qtbot.waitUntil(lambda: process.pid is None)
        desk.session.close()

    assert desk.refused == []
    assert warm is not None
    assert desk.news[-1].title


def test_while_it_plans_it_cannot_be_asked_again(planned: Desk):
    planned.page.planner._on = ON
    planned.actions.refresh()

    assert not planned.actions.action("tours.plan").isEnabled()


def test_while_it_plans_the_drafts_stay_as_they_are(planned: Desk):
    planned.page.planner._on = ON
    planned.choose("480400")

    for name in ("tours.advance", "tours.lock", "tours.unplan"):
        assert planned.actions.why_not(name)
    planned.page.planner._on = None
    for name in ("tours.advance", "tours.lock", "tours.unplan"):
        assert planned.actions.why_not(name) == ""


def test_a_search_that_broke_off_leaves_the_drafts_and_says_so(planned: Desk):
    def broken(_problem: Problem, **_wanted: Any) -> TourPlan:
        raise RuntimeError("lost")

    before = planned.tours()
    planned.page.planner.solver = broken

    planned.do("tours.plan")
    planned.until(lambda: not planned.page.planner.running)

    assert [str(error) for error in planned.refused] == ["lost"]
    assert planned.tours() == before
    assert planned.actions.why_not("tours.plan") == ""


# Agreeing


@pytest.mark.usefixtures("french")
def test_f9_says_what_it_does_next(planned: Desk):
    advance = planned.actions.action("tours.advance")
    assert advance.text() == "Valider 2 tournées"

    planned.choose("480400")
    assert advance.text() == "Valider T4"

    planned.choose("480300")
    assert advance.text() == "Publier T3"


def test_f9_validates_then_publishes_the_tour_of_the_selection(planned: Desk):
    planned.choose("480400")

    QTest.keyClick(planned.timeline, Qt.Key.Key_F9)
    planned.until(lambda: planned.state(4) is PlanState.VALIDATED)
    planned.until(lambda: planned.page.shown.plan.tours[3].state is PlanState.VALIDATED)
    planned.do("tours.advance")
    planned.until(lambda: planned.state(4) is PlanState.PUBLISHED)

    assert planned.state(9) is PlanState.DRAFT


def test_without_a_selection_f9_is_about_all_drafts(planned: Desk):
    planned.do("tours.advance")

    planned.until(lambda: planned.state(4) is PlanState.VALIDATED)
    assert planned.state(9) is PlanState.VALIDATED


def test_what_is_validated_against_a_rule_is_told(planned: Desk):
    planned.choose("480900")

    planned.do("tours.advance")

    planned.until(lambda: any(news.status == "warn" for news in planned.news))


def test_a_published_tour_is_reopened_step_by_step(planned: Desk):
    planned.choose("480100")

    planned.do("tours.reopen")
    planned.until(lambda: planned.state(1) is PlanState.VALIDATED)


def test_only_published_tours_are_closed(planned: Desk):
    planned.do("tours.close")

    planned.until(lambda: planned.state(1) is PlanState.CLOSED)
    assert planned.state(3) is PlanState.VALIDATED


def test_v_locks_and_unlocks(planned: Desk):
    planned.choose("480400")
    planned.timeline.setFocus()

    QTest.keyClick(planned.timeline, Qt.Key.Key_V)
    planned.until(lambda: planned.tours()[3].locked)
    planned.until(lambda: planned.page.shown.plan.tours[3].locked)
    QTest.keyClick(planned.timeline, Qt.Key.Key_V)
    planned.until(lambda: not planned.tours()[3].locked)


def test_with_nothing_selected_there_is_nothing_to_lock(planned: Desk):
    assert planned.actions.why_not("tours.lock")


# Taking out, handing over


def test_selected_stops_leave_their_draft_and_the_rest_is_timed_again(planned: Desk):
    planned.choose("480400", "480402")

    planned.do("tours.unplan")

    planned.until(lambda: len(planned.tours()[3].deliveries) == 9)
    orders = {stop.order for stop in planned.tours()[3].deliveries}
    assert orders.isdisjoint({"480400", "480402"})
    left = {left.order for left in planned.workspace.read(load_plan, ON).unplanned}
    assert {"480400", "480402"} <= left


def test_del_takes_out_what_is_selected(planned: Desk):
    planned.choose("480401")
    planned.timeline.setFocus()

    QTest.keyClick(planned.timeline, Qt.Key.Key_Delete)

    planned.until(lambda: len(planned.tours()[3].deliveries) == 10)


def test_nothing_leaves_a_tour_that_is_agreed(planned: Desk):
    planned.choose("480100", "480400")

    assert "T1" in planned.actions.why_not("tours.unplan")


def test_stops_of_no_tour_cannot_be_taken_out(planned: Desk):
    planned.choose("489901")

    assert planned.actions.why_not("tours.unplan")


def test_the_tab_counts_what_was_left_out_and_opens_the_list(planned: Desk):
    tab = planned.page.tools()[0]
    tab.setParent(planned.page)
    assert tab.accessibleName().endswith("4")

    planned.do("tours.left_out")

    assert planned.page._views.currentWidget() is planned.page.left_out
    table = planned.page.left_out.table
    assert [table.model().key_at(row) for row in range(4)] == [
        "489902-1",
        "489901-1",
        "489904-1",
        "489903-1",
    ]


@pytest.mark.usefixtures("french")
def test_the_list_tells_every_vehicle_by_name_with_its_reason(planned: Desk):
    reasons = {one.order: one.reasons for one in planned.page.shown.left}

    said = [reason.replace("\u00a0", " ") for reason in reasons["489901"]]
    assert said[0] == "Fourgon élec. 01 est plein : il reste 45,0 kg, il faut 62,0 kg."
    assert len(said) == 3
    assert [one.verdict for one in planned.page.shown.left] == [
        "Impossible",
        "Prendrait la place d'autres",
        "Prendrait la place d'autres",
        "Moins cher par transporteur",
    ]


def test_ways_out_with_their_price_are_told_of_the_row_that_is_picked(planned: Desk):
    planned.do("tours.left_out")
    view = planned.page.left_out

    planned.choose("489904")
    planned.until(lambda: WAYS_OUT in told(view))
    first = told(view)
    planned.choose("489902")
    planned.until(lambda: told(view) != first and WAYS_OUT in told(view))

    assert any(line.startswith("Fourgon élec. 04 can take it") for line in first)
    planned.choose("489904")
    assert told(view) == first


WAYS_OUT = "Ways out, each with its price"


def told(view: LeftOutView) -> list[str]:
    """What is written beside the list."""
    return [label.text() for label in view._reasons.widget().findChildren(QLabel)]


def test_the_list_and_the_desk_share_one_selection(planned: Desk):
    planned.do("tours.left_out")
    table = planned.page.left_out.table

    table.selectRow(1)
    assert planned.session.selection.selected.codes == ("489901",)

    planned.choose("489904")
    assert table.chosen == {"489904-1"}


def test_what_was_left_out_is_handed_to_a_carrier_with_enter(planned: Desk):
    planned.do("tours.left_out")
    planned.choose("489901", "489902")
    table = planned.page.left_out.table
    table.setFocus()

    QTest.keyClick(table, Qt.Key.Key_Return)

    planned.until(lambda: len(planned.workspace.read(load_choices)) == 2)
    planned.until(lambda: len(planned.page.shown.left) == 2)
    assert all(c.override for c in planned.workspace.read(load_choices).values())


def test_what_no_carrier_takes_is_refused_calmly(planned: Desk):
    left = [one.shipment.code for one in planned.page.shown.left]
    planned.page._acts._deeds.hand_over([f"{left[0]}9"])
    planned.page._acts._deeds.hand_over(left)
    planned.until(lambda: len(planned.workspace.read(load_choices)) == 4)

    assert planned.refused == []


def test_nothing_is_handed_over_that_was_not_left_out(planned: Desk):
    planned.choose("480400")

    assert planned.actions.why_not("tours.to_carrier")


# Menus


def test_the_context_menu_offers_what_is_registered_and_nothing_else(planned: Desk):
    planned.timeline.menu_asked.emit(QPoint(10, 10))

    menu = planned.page.findChild(QMenu)
    assert menu is not None
    names = [action.objectName() for action in menu.actions() if not action.isSeparator()]
    assert "tours.unplan" in names
    assert "orders.why" not in names  # the pane that does it is not here
    menu.close()


# Papers


def test_the_road_sheets_are_written_into_the_folder_of_choice(planned: Desk, tmp_path: Path):
    out = tmp_path / "out"
    planned.page._acts.papers.choose = lambda _parent, _before: PaperChoice(out)

    planned.do("tours.sheets")

    planned.until(lambda: bool(planned.news))
    assert len(list((out / "tours").glob("*.pdf"))) == 9
    assert planned.news[-1].follow is not None


def test_road_sheets_for_other_programs_lie_beside_those_on_paper(planned: Desk, tmp_path: Path):
    others = frozenset(SheetFormat) - {SheetFormat.PDF}
    asked: list[PaperChoice] = []

    def choose(_parent: object, before: PaperChoice) -> PaperChoice:
        asked.append(before)
        return PaperChoice(tmp_path / "out", others)

    planned.page._acts.papers.choose = choose
    planned.do("tours.sheets")
    planned.until(lambda: bool(planned.news))

    written = Counter(file.suffix for file in (tmp_path / "out" / "tours").iterdir())
    assert written == {".gpx": 9, ".csv": 9, ".ics": 9}

    planned.do("tours.sheets")  # begins with what was chosen before
    assert asked[-1] == PaperChoice(tmp_path / "out", others)
    planned.until(lambda: len(planned.news) == 2)


def test_no_choice_no_road_sheets(planned: Desk):
    planned.page._acts.papers.choose = lambda _parent, _before: None

    planned.do("tours.sheets")

    assert planned.news == []


# Staying in step


def test_what_somebody_else_changes_is_seen(planned: Desk):
    planned.workspace.submit(LockTour(planned.tours()[3].code, locked=True))
    planned.workspace.submit(SetTourState(ON, PlanState.PUBLISHED, (planned.tours()[2].code,)))

    planned.until(lambda: planned.page.shown.plan.tours[3].locked)
    planned.until(lambda: planned.page.shown.plan.tours[2].state is PlanState.PUBLISHED)


def test_an_undone_plan_goes_from_the_timeline(unplanned: Desk):
    unplanned.do("tours.plan")
    unplanned.until(lambda: not unplanned.page.planner.running and bool(unplanned.numbers))

    unplanned.workspace.undo()

    unplanned.until(lambda: unplanned.numbers == [])
    assert unplanned.page._views.currentWidget() is unplanned.page._empty


def test_another_day_shows_its_own_tours(planned: Desk):
    planned.session.show_day(ON.replace(day=25))

    planned.until(lambda: planned.numbers == [])


def test_every_tool_has_a_name_for_readers(planned: Desk):
    names = [tool.accessibleName() or getattr(tool, "text", str)() for tool in planned.page.tools()]

    assert all(names)
    assert len(names) == 4
