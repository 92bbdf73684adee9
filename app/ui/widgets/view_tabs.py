"""Saved views of a list as tabs with their counts; those without room wait in a menu."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLayout, QMenu, QSizePolicy, QWidget

from app.formats import number
from app.i18n import _
from app.ui.icons import Icon
from app.ui.theme import current_theme
from app.ui.widgets.fitting import fitting_tabs
from app.ui.widgets.flat_button import IconButton
from app.ui.widgets.looks import Run, Words
from app.ui.widgets.strip import Strip
from app.ui.widgets.text_runs import paint_words, words_width

_PADDING = 9
_LINE_INSET = 6


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view as its tab shows it; the title is already in the person's language."""

    name: str
    title: str
    count: int


class ViewTabs(Strip):
    """One view is chosen at any time; arrows go from one to the next."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        look = current_theme().tokens
        super().__init__(look.sizes.tabs, surface="surface0", parent=parent)
        self._tabs: list[_Tab] = []
        self._current = ""
        self._more = IconButton(Icon.MORE, _("More views"), parent=self)
        self._more.clicked.connect(self._show_more)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(2)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 0, 4, 1)
        self._row.setSpacing(0)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self._row.addLayout(self._tools)

    def show_views(self, views: Sequence[SavedView]) -> None:
        """Show these views; a view that stays keeps its tab and the focus."""
        if [tab.view.name for tab in self._tabs] != [view.name for view in views]:
            self._make_tabs(views)
        for tab, view in zip(self._tabs, views, strict=True):
            tab.show_view(view)
        if views and self._current not in {view.name for view in views}:
            self.choose(views[0].name)
        self._fit()

    @property
    def current(self) -> str:
        """The name of the view chosen."""
        return self._current

    def choose(self, name: str) -> None:
        """Choose a view, as a click on its tab does."""
        if name == self._current:
            return
        self._current = name
        for tab in self._tabs:
            tab.setChecked(tab.view.name == name)
        self._fit()
        self.chosen.emit(name)

    def add_tool(self, widget: QWidget) -> None:
        """Put a button at the right end."""
        self._tools.addWidget(widget)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        names = [tab.view.name for tab in self._tabs]
        if not step or self._current not in names:
            super().keyPressEvent(event)
            return
        self.choose(names[(names.index(self._current) + step) % len(names)])
        self._tabs[names.index(self._current)].setFocus()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.height())

    def _make_tabs(self, views: Sequence[SavedView]) -> None:
        for tab in self._tabs:
            self._row.removeWidget(tab)
            tab.deleteLater()
        self._tabs = [_Tab(view, self) for view in views]
        for place, tab in enumerate(self._tabs):
            self._row.insertWidget(place, tab)
            tab.setChecked(tab.view.name == self._current)
            tab.clicked.connect(lambda _checked, tab=tab: self._click(tab))

    def _click(self, tab: "_Tab") -> None:
        tab.setChecked(True)  # a second click does not unchoose
        self.choose(tab.view.name)

    def _fit(self) -> None:
        """Hide the tabs that have no room, the chosen one excepted."""
        room = self.width() - self._tools.sizeHint().width() - 8
        widths = [tab.sizeHint().width() for tab in self._tabs]
        names = [tab.view.name for tab in self._tabs]
        chosen = names.index(self._current) if self._current in names else -1
        fits = fitting_tabs(widths, chosen, room, self._more.sizeHint().width())
        self._more.setVisible(not all(fits))
        for tab, shown in zip(self._tabs, fits, strict=True):
            tab.setVisible(shown)

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for tab in self._tabs:
            if tab.isHidden():
                action = menu.addAction(f"{tab.view.title}\t{number(tab.view.count)}")
                action.triggered.connect(lambda _on, name=tab.view.name: self.choose(name))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


class _Tab(QAbstractButton):
    def __init__(self, view: SavedView, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = view
        self._theme = current_theme()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.toggled.connect(self.updateGeometry)

    def show_view(self, view: SavedView) -> None:
        self.view = view
        self.setText(view.title)
        self.setAccessibleName(f"{view.title} {number(view.count)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        # as wide as when chosen, so that choosing moves no neighbour
        width = words_width(self._theme, self._words(chosen=True))
        return QSize(width + 2 * _PADDING, self._theme.tokens.sizes.tabs - 1)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the strip moves the choice; a button alone would move the focus only
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        chosen = self.isChecked()
        with QPainter(self) as painter:
            room = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
            paint_words(painter, room, self._theme, self._words(chosen=chosen))
            if chosen:
                line = self.rect().adjusted(_LINE_INSET, self.height() - 2, -_LINE_INSET, 0)
                painter.fillRect(line, self._theme.colour("accent"))
            if self.hasFocus():
                painter.setPen(QPen(self._theme.colour("focus"), 2))
                painter.drawRect(QRect(4, 3, self.width() - 8, self.height() - 7))

    def _words(self, *, chosen: bool) -> Words:
        tone = "text1" if chosen or self.underMouse() else "text2"
        figure_tone = "accent" if chosen else "text2"
        return Words(
            (
                Run(self.view.title, tone, strong=chosen),
                Run(number(self.view.count), figure_tone, strong=chosen, small=True),
            ),
            gap=6,
        )
