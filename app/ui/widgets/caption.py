"""A line of text in several weights and tones that ends in an ellipsis where room ends."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import current_theme
from app.ui.widgets.looks import Align, Elide, Run, Words
from app.ui.widgets.text_runs import paint_words, words_width


class Caption(QWidget):
    """Text that keeps to the theme; its full words are tooltip and accessible name."""

    def __init__(
        self,
        *runs: Run,
        align: Align = Align.LEFT,
        gap: int = 4,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._align = align
        self._gap = gap
        self._look = Words(())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_runs(*runs)

    def set_runs(self, *runs: Run, elide: Elide = Elide.END) -> None:
        """Say this instead."""
        self._look = Words(tuple(run for run in runs if run.text), elide, gap=self._gap)
        self.setAccessibleName(" ".join(run.text for run in self._look.runs))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = words_width(self._theme, self._look) if self._look.runs else 0
        return QSize(width, self._theme.metrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 24), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_words(painter, self.rect(), self._theme, self._look, self._align)
