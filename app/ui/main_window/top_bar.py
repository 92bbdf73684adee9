"""The first row of the window: the mark, the menus, the day, the search, who is here."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QMenu,
    QMenuBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from app.formats import long_date
from app.i18n import _
from app.ui.icons import Icon, icon
from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.flat_button import IconButton
from app.ui.widgets.key_cap import KeyCap
from app.ui.widgets.kpi_bar import KpiBar
from app.ui.widgets.looks import Run
from app.ui.widgets.strip import Strip
from resources import resource

_HEIGHT = 28
_NARROW = 1_500


class TopBar(QWidget):
    """Menus and figures, above all panes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menus = QMenuBar(self)
        self.day = DayPicker(self)
        self.search = SearchButton(self)
        self.kpis = KpiBar(self)
        self._who = Caption(parent=self)
        row = _Row(parent=self)
        line = QHBoxLayout(row)
        line.setContentsMargins(10, 0, 12, 1)
        line.setSpacing(8)
        line.addWidget(_Mark(row))
        line.addWidget(self.menus, 1)
        line.addWidget(self.day)
        line.addWidget(self.search)
        line.addWidget(self._who)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 3)
        column.setSpacing(0)
        column.addWidget(row)
        column.addWidget(self.kpis)

    def show_who(self, name: str, note: str) -> None:
        """Who works here, and what kind of desk this is."""
        self._who.set_runs(Run(name, "text1"), Run(note, "text2"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.search.show_narrow(narrow)
        self._who.setVisible(not narrow)


class DayPicker(QWidget):
    """The day the desk looks at, with the one before and the one after."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day = date(2000, 1, 1)
        before = IconButton(Icon.PREVIOUS, _("Previous day"), key="Alt+Left", parent=self)
        after = IconButton(Icon.NEXT, _("Next day"), key="Alt+Right", parent=self)
        for button in (before, after):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button = QToolButton(self)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setIcon(icon(Icon.TODAY))
        self._button.setIconSize(QSize(14, 14))
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setAutoRaise(True)
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setFont(current_theme().font(strong=True))
        self._calendar: QCalendarWidget | None = None
        self._before, self._after = before, after
        menu = QMenu(self._button)
        menu.aboutToShow.connect(self._open_calendar)
        self._button.setMenu(menu)
        before.clicked.connect(lambda: self.chosen.emit(self._day - timedelta(days=1)))
        after.clicked.connect(lambda: self.chosen.emit(self._day + timedelta(days=1)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (before, self._button, after):
            row.addWidget(widget)

    def show_day(self, day: date) -> None:
        """Show a day, without a signal."""
        self._day = day
        self._button.setText(long_date(day))
        self._button.setAccessibleName(_("Day: {day}").format(day=long_date(day)))

    def _open_calendar(self) -> None:
        """Made when it is first wanted: it has as many parts as a pane."""
        menu = self._button.menu()
        if self._calendar is None and menu is not None:
            self._calendar = QCalendarWidget(menu)
            self._calendar.clicked.connect(self._picked)
            held = QWidgetAction(menu)
            held.setDefaultWidget(self._calendar)
            menu.addAction(held)
        if self._calendar is not None:
            self._calendar.setSelectedDate(QDate(self._day.year, self._day.month, self._day.day))

    def _picked(self, day: QDate) -> None:
        menu = self._button.menu()
        if menu is not None:
            menu.close()
        self.chosen.emit(date(day.year(), day.month(), day.day()))


class SearchButton(QPushButton):
    """Looks like a field, opens the palette; its key stands in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("field", "true")
        self.setIcon(icon(Icon.SEARCH))
        self.setIconSize(QSize(14, 14))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.addStretch(1)
        row.addWidget(KeyCap("Ctrl+K", self))
        self.show_narrow(narrow=False)

    def show_narrow(self, narrow: bool) -> None:
        """Say less where the window is narrow."""
        text = _("Search, run") if narrow else _("Search, or run an action")
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"{_('Search, or run an action')} (Ctrl+K)")
        self.setFixedSize(230 if narrow else 300, 22)


class _Row(Strip):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(_HEIGHT, surface="surface0", parent=parent)


class _Mark(QWidget):
    """The program's mark and name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._icon = QIcon(str(resource("icons", "regie.svg")))
        self.setFixedSize(66, 20)
        self.setAccessibleName("Régie")

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._icon.paint(painter, 0, 2, 16, 16)
            painter.setFont(self._theme.font(13, strong=True))
            painter.setPen(self._theme.colour("text1"))
            painter.drawText(22, 15, "Régie")
