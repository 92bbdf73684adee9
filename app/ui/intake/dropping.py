"""Files dropped on a window: taken wherever in it they are let go."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.icons import Icon
from app.ui.theme import current_theme
from app.ui.widgets.icon_label import IconLabel


def paths_in(data: QMimeData) -> list[Path]:
    """The files and folders of this machine that are being dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropTarget(QObject):
    """Watches a window; what is dragged over it is announced across the whole of it."""

    dropped = Signal(list)  # of paths

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._sign = _Sign(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragMoveEvent):  # entering is a kind of moving
            return self._over(event)
        if isinstance(event, QDropEvent):
            return self._let_go(event)
        if event.type() == QEvent.Type.DragLeave:
            self._sign.hide()
        return super().eventFilter(watched, event)

    def _over(self, event: QDragMoveEvent | QDragEnterEvent) -> bool:
        if not paths_in(event.mimeData()):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._sign.cover(self._window)
        return True

    def _let_go(self, event: QDropEvent) -> bool:
        self._sign.hide()
        paths = paths_in(event.mimeData())
        if not paths:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(paths)
        return True


class _Sign(QWidget):
    """A frame round the window, and what letting go would do."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._theme = current_theme()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        said = QLabel(_("Drop to import"), self)
        said.setProperty("role", "headline")
        column = QVBoxLayout(self)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.setSpacing(8)
        icon = IconLabel(Icon.IMPORT, "accent", pixels=32, parent=self)
        column.addWidget(icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(said)
        self.hide()

    def cover(self, window: QWidget) -> None:
        """Lie over the whole of the window."""
        if self.isHidden():
            self.setGeometry(window.rect())
            self.show()
            self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            ground = self._theme.colour("surface0")
            ground.setAlpha(225)
            painter.fillRect(self.rect(), ground)
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRect(self.rect().adjusted(5, 5, -6, -6))
