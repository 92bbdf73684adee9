"""The timeline in a dispatcher's hands: mouse, wheel, keys, and what a reader hears of it."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.selection import Selection
from app.ui.theme import Theme
from app.ui.tours.accessible import let_read
from app.ui.tours.lanes import Bar, Lane, lanes_of
from app.ui.tours.timeline import Timeline
from tests.builders import NOW
from tests.ui.tours.days import DAY, TIGHT_S, a_morning, clock, many_tours, morning_lanes, rows_of

_Key, _Left, _None = Qt.Key, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_Ctrl, _Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Hands:
    """A timeline over the morning, its selection, and a clock that can be set."""

    def __init__(self) -> None:
        self.at = NOW
        self.selection = Selection()
        self.timeline = Timeline(self.selection, DAY, lambda: self.at)

    @property
    def selected(self) -> tuple[str, ...]:
        return self.selection.selected.codes

    def place(self, tour: int) -> int:
        return [lane.number for lane in self.timeline.picker.lanes].index(tour)

    def lane(self, tour: int) -> Lane:
        return self.timeline.picker.lanes[self.place(tour)]

    def stop(self, tour: int, number: int) -> Bar:
        return self.lane(tour).stops[number - 1]

    def on(self, tour: int, number: int) -> QPoint:
        return self.timeline.bar_box(self.place(tour), self.stop(tour, number)).center()

    def click(self, point: QPoint, held: Qt.KeyboardModifier = _None) -> None:
        QTest.mouseClick(self.timeline.viewport(), _Left, held, point)

    def right_click(self, point: QPoint) -> None:
        view = self.timeline.viewport()
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(view, QContextMenuEvent(reason, point, view.mapToGlobal(point)))

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = _None) -> None:
        for key in keys:
            QTest.keyClick(self.timeline, key, held)

    def wheel(self, notches: int, point: QPoint, held: Qt.KeyboardModifier = _None) -> None:
        there = self.timeline.viewport().mapToGlobal(point)
        event = QWheelEvent(
            QPointF(point),
            QPointF(there),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            held,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # not inverted; Qt takes no name here
        )
        QApplication.sendEvent(self.timeline.viewport(), event)

    def picture(self) -> QImage:
        """The timeline, painted anew."""
        return self.timeline.grab().toImage()

    def screen(self) -> QImage:
        """What stands on the screen, as it came there."""
        return self.timeline.screen().grabWindow(self.timeline.winId()).toImage()


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    """The morning as a large desk shows it."""
    made = Hands()
    qtbot.addWidget(made.timeline)
    made.timeline.resize(1272, 292)
    plan, _vehicles = a_morning()
    lanes = tuple(lane for lane in morning_lanes() if lane.tour is not None)
    made.timeline.show_lanes(lanes, DAY, rows_of(plan))
    made.timeline.show()
    qtbot.waitExposed(made.timeline)
    return made


# Mouse


def test_a_click_on_a_stop_selects_its_order_and_opens_its_lane(hands: Hands):
    hands.click(hands.on(4, 2))

    assert hands.selected == ("480401",)
    assert hands.timeline.lane_box(hands.place(4)).height() == 48
    assert hands.timeline.lane_box(hands.place(5)).height() == 27


def test_a_click_on_a_label_selects_the_whole_tour(hands: Hands):
    hands.click(QPoint(100, hands.timeline.lane_box(hands.place(9)).center().y()))

    assert hands.selected == hands.lane(9).orders


def test_a_click_below_the_lanes_selects_nothing(hands: Hands):
    hands.timeline.resize(1272, 500)
    hands.click(hands.on(4, 2))

    hands.click(QPoint(800, 480))

    assert hands.selected == ()


def test_a_click_with_ctrl_adds_and_with_shift_picks_the_range(hands: Hands):
    hands.click(hands.on(4, 1))
    hands.click(hands.on(5, 4), _Ctrl)
    assert hands.selected == ("480400", "480503")

    hands.click(hands.on(4, 1))
    hands.click(hands.on(4, 3), _Shift)
    assert hands.selected == ("480400", "480401", "480402")


def test_the_shortest_stop_is_still_hit_beside_its_edge(hands: Hands):
    box = hands.timeline.bar_box(hands.place(7), hands.stop(7, 7))

    hands.click(QPoint(box.left() - 2, box.center().y()))

    assert hands.selected == (hands.stop(7, 7).order,)


def test_the_order_under_the_pointer_is_hovered_in_every_pane(hands: Hands):
    QTest.mouseMove(hands.timeline.viewport(), hands.on(5, 8))
    assert hands.selection.hovered == hands.stop(5, 8).order

    QTest.mouseMove(hands.timeline.viewport(), QPoint(700, 5))
    assert hands.selection.hovered == ""


def test_a_drag_pans_and_selects_nothing(hands: Hands):
    for _twice in range(2):
        hands.timeline.zoom_in()
    bar = hands.timeline.horizontalScrollBar()
    before, view = bar.value(), hands.timeline.viewport()

    QTest.mousePress(view, _Left, _None, QPoint(900, 150))
    QTest.mouseMove(view, QPoint(860, 150))
    QTest.mouseMove(view, QPoint(800, 150))
    QTest.mouseRelease(view, _Left, _None, QPoint(800, 150))

    assert bar.value() == before + 100
    assert hands.selected == ()


def test_a_right_click_picks_what_it_is_about_and_asks_for_the_menu(qtbot: QtBot, hands: Hands):
    hands.click(hands.on(4, 1))

    with qtbot.waitSignal(hands.timeline.menu_asked):
        hands.right_click(hands.on(5, 4))
    assert hands.selected == (hands.stop(5, 4).order,)

    with qtbot.assertNotEmitted(hands.timeline.menu_asked):
        hands.right_click(QPoint(700, 5))


def test_a_right_click_on_what_is_selected_keeps_the_selection(hands: Hands):
    hands.click(hands.on(4, 1))
    hands.click(hands.on(5, 4), _Ctrl)

    hands.right_click(hands.on(4, 1))

    assert len(hands.selected) == 2


# Time and zoom


def test_the_wheel_with_ctrl_zooms_and_keeps_the_time_under_the_pointer(hands: Hands):
    point = hands.on(4, 5)
    second = hands.stop(4, 5).from_s

    hands.wheel(3, point, _Ctrl)

    assert hands.timeline.zoom > 1.5
    box = hands.timeline.bar_box(hands.place(4), hands.stop(4, 5))
    assert abs(box.left() - (point.x() - box.width() / 2)) <= box.width()
    assert abs(hands.timeline._scale.second(point.x() - hands.timeline._left()) - second) < 900


def test_zooming_out_ends_with_the_whole_day(hands: Hands):
    hands.timeline.zoom_in()
    hands.timeline.zoom_in()

    hands.wheel(-20, QPoint(800, 100), _Ctrl)

    assert hands.timeline.zoom == 1
    assert hands.timeline.horizontalScrollBar().maximum() == 0


def test_zooming_to_the_selection_shows_it_whole(hands: Hands):
    hands.click(hands.on(4, 3))
    hands.click(hands.on(4, 6), _Shift)

    hands.timeline.zoom_to_selection()

    body = hands.timeline._body()
    first, last = (hands.timeline.bar_box(hands.place(4), hands.stop(4, n)) for n in (3, 6))
    assert body.left() <= first.left() < last.right() <= body.right()
    assert last.right() - first.left() > body.width() * 0.7


def test_the_wheel_with_shift_goes_through_the_day(hands: Hands):
    hands.timeline.zoom_in()
    before = hands.timeline.horizontalScrollBar().value()

    hands.wheel(-1, QPoint(800, 100), _Shift)

    assert hands.timeline.horizontalScrollBar().value() > before


def test_the_wheel_goes_through_the_lanes(qtbot: QtBot, hands: Hands):
    plan, vehicles = many_tours(40, 5)
    hands.timeline.show_lanes(lanes_of(plan, vehicles, DAY, tight_slack_s=TIGHT_S), DAY, {})

    hands.wheel(-3, QPoint(800, 100))

    assert hands.timeline.verticalScrollBar().value() == 6 * 27


# Keys


def test_arrows_and_page_keys_go_through_stops_and_tours(hands: Hands):
    hands.press(_Key.Key_Right, _Key.Key_Right)
    assert hands.selected == (hands.stop(1, 2).order,)

    hands.press(_Key.Key_PageDown)
    assert hands.timeline.picker.place == hands.place(2)

    hands.press(_Key.Key_End)
    assert hands.selected == (hands.stop(2, 11).order,)

    hands.press(_Key.Key_PageUp, _Key.Key_Home)
    assert hands.selected == (hands.stop(1, 1).order,)


def test_shift_and_an_arrow_widen_the_selection(hands: Hands):
    hands.click(hands.on(4, 1))

    hands.press(_Key.Key_Right, held=_Shift)

    assert hands.selected == ("480400", "480401")


def test_ctrl_a_selects_everything_and_escape_nothing(hands: Hands):
    hands.press(_Key.Key_A, held=_Ctrl)
    assert len(hands.selected) == 99

    hands.press(_Key.Key_Escape)
    assert hands.selected == ()


def test_del_asks_to_take_the_stops_out(qtbot: QtBot, hands: Hands):
    with qtbot.waitSignal(hands.timeline.unplan_asked):
        hands.press(_Key.Key_Delete)


def test_what_another_pane_selects_is_scrolled_to(hands: Hands):
    plan, vehicles = many_tours(40, 12)
    lanes = lanes_of(plan, vehicles, DAY, tight_slack_s=TIGHT_S)
    hands.timeline.show_lanes(lanes, DAY, {})
    for _thrice in range(3):
        hands.timeline.zoom_in()

    hands.selection.choose([lanes[30].stops[-1].order])

    box = hands.timeline.bar_box(30, lanes[30].stops[-1])
    assert hands.timeline._body().contains(box)


# What is seen


def test_selection_hover_and_the_passing_of_time_change_the_picture(hands: Hands):
    plain = hands.picture()

    hands.selection.hover(hands.stop(9, 2).order)
    hovered = hands.picture()
    hands.selection.choose([hands.stop(9, 2).order])
    chosen = hands.picture()
    hands.at = clock("9:50")
    hands.timeline._look_at_clock()
    later = hands.picture()

    assert plain != hovered != chosen != later


def test_the_clock_repaints_once_a_minute(hands: Hands):
    before = hands.picture()
    hands.at = NOW.replace(second=50)

    hands.timeline._look_at_clock()

    assert hands.timeline._now_s == DAY.second(NOW)
    assert hands.picture() == before


def test_only_the_rest_of_the_scroll_is_painted_and_the_picture_is_whole(hands: Hands):
    plan, vehicles = many_tours(40, 12)
    hands.timeline.show_lanes(lanes_of(plan, vehicles, DAY, tight_slack_s=TIGHT_S), DAY, {})
    for _twice in range(2):
        hands.timeline.zoom_in()
    QApplication.processEvents()

    down, across = hands.timeline.verticalScrollBar(), hands.timeline.horizontalScrollBar()

    before = hands.screen()
    for bar, value in ((down, 40), (across, across.value() + 91), (across, 635), (down, 7)):
        bar.setValue(value)
        QApplication.processEvents()
        moved = hands.screen()
        hands.timeline.viewport().update()
        QApplication.processEvents()

        assert moved != before
        assert moved == hands.screen()
        before = moved


def test_dark_and_light_are_two_pictures(hands: Hands, theme: Theme):
    light = hands.picture()

    theme.choose("dark")

    dark = hands.picture()
    assert dark.pixelColor(900, 280).lightness() < 60 < light.pixelColor(900, 280).lightness()


def test_the_names_of_drivers_go_where_there_is_no_room(hands: Hands):
    assert hands.timeline._places.driver_width > 0

    hands.timeline.resize(953, 232)

    assert hands.timeline._places.driver_width == 0
    assert hands.timeline.lane_box(0).height() == 23


# Words


@pytest.mark.usefixtures("french")
def test_a_tip_gives_times_slack_and_the_reason_for_waiting(hands: Hands):
    waits = hands.timeline.tip_at(hands.on(1, 8)).replace("\u00a0", " ")
    assert "T1, arrêt 8" in waits
    assert "Service 10:30–10:41, arrivée 10:09" in waits
    assert "Créneau 10:30–12:30, marge 2 h 00" in waits
    assert "Attend 21 min l'ouverture du créneau" in waits

    late = hands.timeline.tip_at(hands.on(8, 10)).replace("\u00a0", " ")
    assert "Créneau 12:00–13:59, 6 min de retard" in late


@pytest.mark.usefixtures("french")
def test_a_tip_on_a_label_gives_every_load_and_what_is_at_risk(hands: Hands):
    point = QPoint(100, hands.timeline.lane_box(hands.place(9)).center().y())

    tip = hands.timeline.tip_at(point).replace("\u00a0", " ").replace("\u202f", " ")

    assert tip.startswith("T9 · Porteur 7,5 t 09 · D. Marchand · brouillon")
    assert "Poids 1 960,0 kg sur 2 800,0 kg (70 %)" in tip
    assert "Colis 16 sur 80 (20 %)" in tip
    assert "1 arrêt en retard" in tip
    assert "Verrouillée" in tip


def test_nothing_is_said_where_nothing_lies(hands: Hands):
    hands.timeline.resize(1272, 500)

    assert hands.timeline.tip_at(QPoint(800, 480)) == ""
    assert hands.timeline.tip_at(QPoint(800, 5)) == ""


@pytest.mark.usefixtures("french")
def test_a_reader_hears_the_stop_where_the_keyboard_stands(hands: Hands):
    let_read(hands.timeline)
    hands.click(hands.on(4, 10))

    said = hands.timeline.accessibleDescription()

    assert said.startswith("T4, arrêt 10 · 480")
    assert "Créneau 14:00–17:00" in said
