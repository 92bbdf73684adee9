"""A pane of the window: a dock with its own title bar, which shows where the focus is."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.icons import Icon, paint_icon
from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.flat_button import IconButton
from app.ui.widgets.hairline import paint_edges
from app.ui.widgets.looks import Run
from app.ui.widgets.strip import Strip

_Feature = QDockWidget.DockWidgetFeature


class Pane(QDockWidget):
    """One of the window's docks; `name` is how layouts remember it."""

    maximise_asked = Signal()

    def __init__(
        self,
        name: str,
        title: str,
        meaning: Icon,
        content: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setFeatures(
            _Feature.DockWidgetMovable | _Feature.DockWidgetFloatable | _Feature.DockWidgetClosable
        )
        self.content = content
        self._bar = _TitleBar(title, meaning, self)
        self._bar.float_button.clicked.connect(self._toggle_floating)
        self._bar.maximise_button.clicked.connect(self.maximise_asked)
        self.setTitleBarWidget(self._bar)
        self.setWidget(_Frame(content, self))
        self.topLevelChanged.connect(self._bar.show_floating)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]

    def set_title(self, title: str) -> None:
        """Name the pane, here and in the menu that shows and hides panes."""
        self.setWindowTitle(title)
        self._bar.set_title(title)

    def set_subtitle(self, text: str) -> None:
        """What the pane shows just now, after its title."""
        self._bar.set_subtitle(text)

    def add_tool(self, widget: QWidget) -> None:
        """Put a button into the title bar, before those that float and maximise."""
        self._bar.add_tool(widget)

    def show_maximised(self, maximised: bool) -> None:
        """Offer to restore the pane once it fills the window."""
        self._bar.show_maximised(maximised)

    @property
    def focused(self) -> bool:
        """Whether the focus is somewhere in this pane."""
        return self._bar.focused

    def _toggle_floating(self) -> None:
        self.setFloating(not self.isFloating())

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None:  # a menu or another window takes it for a moment only
            self._bar.show_focused(now is self or self.isAncestorOf(now))


class _TitleBar(Strip):
    def __init__(self, title: str, meaning: Icon, parent: QWidget) -> None:
        look = current_theme().tokens
        super().__init__(look.sizes.title_bar, parent=parent)
        self.focused = False
        self._meaning = meaning
        self._title = title
        self._subtitle = ""
        self._caption = Caption(gap=8, parent=self)
        self.float_button = IconButton(Icon.FLOAT, _("Float"), parent=self)
        self.maximise_button = IconButton(Icon.MAXIMISE, _("Maximise"), key="F11", parent=self)
        self._row = QHBoxLayout(self)
        indent = look.sizes.pane_padding + look.sizes.icon_row + 6
        self._row.setContentsMargins(indent, 2, 4, 1)
        self._row.setSpacing(4)
        self._row.addWidget(self._caption)
        self._row.addStretch(1)
        self._row.addWidget(self.float_button)
        self._row.addWidget(self.maximise_button)
        self._say()

    def set_title(self, title: str) -> None:
        self._title = title
        self._say()

    def set_subtitle(self, text: str) -> None:
        self._subtitle = text
        self._say()

    def add_tool(self, widget: QWidget) -> None:
        self._row.insertWidget(self._row.indexOf(self.float_button), widget)

    def show_maximised(self, maximised: bool) -> None:
        if maximised:
            self.maximise_button.show_as(Icon.RESTORE, _("Restore"), key="F11")
        else:
            self.maximise_button.show_as(Icon.MAXIMISE, _("Maximise"), key="F11")

    def show_floating(self, floating: bool) -> None:
        self.float_button.show_as(Icon.FLOAT, _("Dock") if floating else _("Float"))

    def show_focused(self, focused: bool) -> None:
        if focused != self.focused:
            self.focused = focused
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = self._theme.tokens
        size = look.sizes.icon_row
        with QPainter(self) as painter:
            place = self.rect().adjusted(look.sizes.pane_padding, 1, 0, 0)
            place.setWidth(size)
            paint_icon(painter, place, self._meaning, self._theme.colour("text2"), size)
            border = self._theme.colour("border")
            paint_edges(painter, self.rect(), border, "left", "top", "right")
            if self.focused:
                line = self.rect()
                line.setHeight(look.sizes.focus_line)
                painter.fillRect(line, self._theme.colour("focus"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def _say(self) -> None:
        self._caption.set_runs(Run(self._title, "text1", strong=True), Run(self._subtitle, "text2"))


class _Frame(QWidget):
    """The pane's edge on three sides; the title bar draws the fourth."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addWidget(content)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.colour("surface0"))
            border = self._theme.colour("border")
            paint_edges(painter, self.rect(), border, "left", "right", "bottom")
