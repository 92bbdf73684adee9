"""What the program is busy with: in the status bar, with its best so far and a way to stop."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.formats import whole_share
from app.ui.icons import Icon
from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.flat_button import LinkButton
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.looks import Run
from app.ui.widgets.marks import paint_meter
from app.ui.widgets.sparkline import Sparkline

_BAR = QSize(90, 6)


@dataclass(frozen=True, slots=True)
class JobNews:
    """How a job stands; texts are already in the person's language."""

    what: str
    fraction: float | None = None  # None: nobody knows how much is left
    note: str = ""  # the best so far, or the count
    stop: str = ""  # what stopping is called, "Stop and keep"; empty: it cannot be stopped
    icon: Icon = Icon.OPTIMISE
    curve: tuple[tuple[float, float], ...] = ()  # how good its best was, and when: less is better


class JobStrip(QWidget):
    """One job; hidden when there is none."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(Icon.OPTIMISE, parent=self)
        self._what = Caption(parent=self)
        self._bar = _Bar(self)
        self._curve = Sparkline(self)
        self._note = Caption(parent=self)
        self._stop = LinkButton("", meaning=Icon.STOP, parent=self)
        self._stop.clicked.connect(self.stop_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        for widget in (self._icon, self._what, self._bar, self._curve, self._note, self._stop):
            row.addWidget(widget)
        self.hide()

    def show_job(self, news: JobNews) -> None:
        """Show how the job stands."""
        self._icon.show_icon(news.icon)
        self._what.set_runs(Run(news.what, "text2", small=True))
        self._bar.show_fraction(news.fraction or 0.0)
        self._bar.setVisible(news.fraction is not None)
        self._curve.show_curve(news.curve)
        share = "" if news.fraction is None else whole_share(news.fraction)
        note = " · ".join(filter(None, (share, news.note)))
        self._note.set_runs(Run(note, "text2", small=True))
        self._stop.setText(news.stop)
        self._stop.setVisible(bool(news.stop))
        self._stop.setEnabled(True)
        self.setAccessibleName(f"{news.what}: {note}")
        self.show()

    def show_stopping(self) -> None:
        """Stop was pressed: it is on its way, and a second press would do nothing."""
        self._stop.setEnabled(False)

    def clear(self) -> None:
        """Nothing is running any more."""
        self.hide()


class _Bar(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._fraction = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_fraction(self, fraction: float) -> None:
        self._fraction = fraction
        self.update()

    def sizeHint(self) -> QSize:
        return _BAR

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_meter(
                painter, QRect(0, 0, *_BAR.toTuple()), self._theme, self._fraction, "accent"
            )
