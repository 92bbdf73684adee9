"""Short news in a corner: what happened without the person, never what needs an answer."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.icons import Icon, paint_icon
from app.ui.widgets.caption import Caption
from app.ui.widgets.card import SHADOW, Card
from app.ui.widgets.flat_button import IconButton, LinkButton
from app.ui.widgets.looks import Run
from app.ui.widgets.motion import fade_in

MOST = 3  # shown at once
_EDGE = 3


@dataclass(frozen=True, slots=True)
class News:
    """What a toast says; `status` is one of the six status tokens."""

    title: str
    line: str = ""
    status: str = "success"
    icon: Icon = Icon.DONE
    link: str = ""
    follow: Callable[[], None] | None = None


class Toasts(QObject):
    """The corner of a window where toasts come and go."""

    def __init__(self, window: QWidget, above: int = 0) -> None:
        super().__init__(window)
        self._window = window
        self._above = above  # px to keep free at the bottom: the status bar
        self._shown: list[Toast] = []
        window.installEventFilter(self)

    def tell(self, news: News) -> "Toast":
        """Show this in the corner; the oldest makes room for the fourth."""
        toast = Toast(news, self._window)
        toast.gone.connect(lambda: self._forget(toast))
        self._shown.append(toast)
        while len(self._shown) > MOST:
            self._shown[0].leave()
        self._place()
        toast.show()
        toast.raise_()
        fade_in(toast)
        return toast

    @property
    def shown(self) -> "tuple[Toast, ...]":
        """What stands in the corner, oldest first."""
        return tuple(self._shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _forget(self, toast: "Toast") -> None:
        self._shown.remove(toast)
        self._place()

    def _place(self) -> None:
        bottom = self._window.height() - self._above - 12 + SHADOW
        for toast in reversed(self._shown):
            size = toast.sizeHint()
            bottom -= size.height()
            toast.setGeometry(
                self._window.width() - size.width() - 12 + SHADOW,
                bottom,
                size.width(),
                size.height(),
            )
            bottom += 2 * SHADOW - 8


class Toast(Card):
    """One piece of news; stays while the pointer rests on it."""

    gone = Signal()

    def __init__(self, news: News, parent: QWidget) -> None:
        super().__init__(parent)
        self.news = news
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self._timer.start(self._theme.tokens.sizes.toast_ms)
        self.setAccessibleName(". ".join(filter(None, (news.title, news.line))))
        self._lay_out(news)

    def sizeHint(self) -> QSize:
        height = 50 if self.news.line else 34
        return QSize(self._theme.tokens.sizes.toast_width + 2 * SHADOW, height + 2 * SHADOW)

    def leave(self) -> None:
        """Go now."""
        self._timer.stop()
        self.hide()
        self.gone.emit()
        self.deleteLater()

    @property
    def waiting(self) -> bool:
        """Whether it will go by itself; not while the pointer is on it."""
        return self._timer.isActive()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._timer.start(self._theme.tokens.sizes.toast_ms)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = self._theme.tokens.sizes.icon
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour = self._theme.colour(self.news.status)
            outline = QPainterPath()
            radius = self._theme.tokens.sizes.radius_card
            outline.addRoundedRect(self.card_rect(), radius, radius)
            painter.setClipPath(outline)
            edge = QRectF(self.card_rect())
            edge.setWidth(_EDGE)
            painter.fillRect(edge, colour)
            painter.setClipping(False)
            place = self.card_rect().toRect().adjusted(_EDGE + 10, 9, 0, 0)
            place.setSize(QSize(size, size))
            paint_icon(painter, place, self.news.icon, colour, size)

    def _lay_out(self, news: News) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE + 36, 8, 6, 8)
        row.setSpacing(4)
        column = QVBoxLayout()
        column.setSpacing(2)
        for run in (Run(news.title, strong=True), Run(news.line, "text2", small=True)):
            if run.text:
                caption = Caption(run, parent=self)
                caption.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                column.addWidget(caption)
        row.addLayout(column, 1)
        top = Qt.AlignmentFlag.AlignTop
        if news.link:
            link = LinkButton(news.link, parent=self)
            link.clicked.connect(self._follow)
            row.addWidget(link, 0, top)
        close = IconButton(Icon.CLOSE, _("Close"), parent=self)
        close.clicked.connect(self.leave)
        row.addWidget(close, 0, top)

    def _follow(self) -> None:
        if self.news.follow is not None:
            self.news.follow()
        self.leave()
