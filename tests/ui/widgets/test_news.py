"""News and jobs: toasts that come and go, a job that can be stopped, panes with nothing in them."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QEnterEvent
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from app.ui.icons import Icon
from app.ui.widgets.card import SHADOW
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.job_strip import JobNews, JobStrip
from app.ui.widgets.key_cap import KeyButton
from app.ui.widgets.toast import News, Toasts


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def button(widget: QWidget, name: str) -> QToolButton:
    found = widget.findChildren(QToolButton)
    return next(b for b in found if name in (b.accessibleName(), b.text()))


def test_a_toast_stands_in_the_corner_above_the_status_bar(window):
    toast = Toasts(window, above=24).tell(News("Import finished", "1,204 orders"))

    card = toast.card_rect().translated(toast.pos())
    assert card.right() == 800 - 12
    assert card.bottom() <= 600 - 24
    assert card.width() == 392


def test_at_most_three_stand_and_the_oldest_leaves(window):
    corner = Toasts(window)
    for text in "abcd":
        corner.tell(News(text))

    assert [toast.news.title for toast in corner.shown] == ["b", "c", "d"]


def test_toasts_do_not_cover_each_other(window):
    corner = Toasts(window)
    for text in "abc":
        corner.tell(News(text, "line"))

    boxes = [toast.card_rect().translated(toast.pos()) for toast in corner.shown]
    assert all(one.bottom() < other.top() for one, other in pairwise(boxes))


def test_a_toast_stays_while_the_pointer_rests_on_it(window, qapp):
    toast = Toasts(window).tell(News("a"))
    assert toast.waiting

    here = QPointF(SHADOW + 5, SHADOW + 5)
    qapp.sendEvent(toast, QEnterEvent(here, here, here))
    assert not toast.waiting

    qapp.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.waiting


def test_a_toast_goes_by_itself(window, qtbot, theme):
    corner = Toasts(window)
    toast = corner.tell(News("a"))

    with qtbot.waitSignal(toast.gone):
        toast._timer.start(0)

    assert corner.shown == ()
    assert theme.tokens.sizes.toast_ms == 6_000


def test_the_link_of_a_toast_leads_somewhere_and_closes_it(window, qtbot):
    followed = []
    corner = Toasts(window)
    toast = corner.tell(News("a", link="Show", follow=lambda: followed.append("there")))

    qtbot.mouseClick(button(toast, "Show"), Qt.MouseButton.LeftButton)

    assert followed == ["there"]
    assert corner.shown == ()


def test_toasts_keep_to_the_corner_when_the_window_grows(window, qtbot):
    toast = Toasts(window).tell(News("a"))

    window.resize(1000, 700)

    qtbot.waitUntil(lambda: toast.geometry().right() > 900)


def test_a_job_shows_how_far_it_is_and_its_best(qtbot):
    strip = JobStrip()
    qtbot.addWidget(strip)

    strip.show_job(JobNews("Planning", 0.62, "best −3.1 km", stop="Stop and keep"))

    assert strip.isVisible()
    assert strip.accessibleName() == "Planning: 62% · best −3.1 km"


def test_a_job_can_be_stopped_once(qtbot):
    strip = JobStrip()
    qtbot.addWidget(strip)
    strip.show_job(JobNews("Planning", 0.1, stop="Stop and keep"))

    with qtbot.waitSignal(strip.stop_asked):
        qtbot.mouseClick(button(strip, "Stop and keep"), Qt.MouseButton.LeftButton)
    strip.show_stopping()

    assert not button(strip, "Stop and keep").isEnabled()


def test_a_job_that_cannot_be_stopped_offers_nothing(qtbot):
    strip = JobStrip()
    qtbot.addWidget(strip)

    strip.show_job(JobNews("Reading", None, "12,400 rows"))

    assert not any(b.isVisible() for b in strip.findChildren(QToolButton))
    strip.clear()
    assert not strip.isVisible()


def test_an_empty_pane_says_why_and_offers_the_next_step(qtbot):
    action = QAction("Plan the tours")
    empty = EmptyState(Icon.TOUR, "No tours yet.", action)
    qtbot.addWidget(empty)

    assert empty.findChild(QLabel).text() == "No tours yet."
    with qtbot.waitSignal(action.triggered):
        qtbot.mouseClick(empty.findChild(QPushButton), Qt.MouseButton.LeftButton)


def test_a_footer_never_cuts_what_is_selected(qtbot, theme):
    footer = Footer()
    qtbot.addWidget(footer)
    footer.add_button(KeyButton(QAction("Accept the 17 sure ones", footer), primary=True))
    footer.set_summary("23 orders · 46 parcels · 413.1 kg", "1 selected")
    footer.resize(320, 30)
    footer.show()

    said = [child for child in footer.findChildren(QWidget) if child.accessibleName()]
    selected = next(child for child in said if child.accessibleName() == "1 selected")
    assert selected.width() == selected.sizeHint().width()
    assert footer.height() == theme.tokens.sizes.footer
