"""The tab in the title bar behind which the shipments wait that the tours left out."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.domain.tours import Colour
from app.formats import number
from app.i18n import _
from app.ui.icons import paint_icon
from app.ui.theme import current_theme
from app.ui.tours.left_out import LIGHTS, LeftOut
from app.ui.widgets.looks import Run, Words
from app.ui.widgets.text_runs import paint_words, words_width

_PADDING, _GAP = 7, 5


class LeftOutTab(QAbstractButton):
    """Their number in the colour of the worst of them; there only while there are any."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._action = action
        self._count = 0
        self._colour = Colour.GREEN
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()
        self.hide()

    def show_left_out(self, everything: tuple[LeftOut, ...]) -> None:
        """Count these."""
        self._count = len(everything)
        colours = {one.colour for one in everything}
        self._colour = next((c for c in LIGHTS if c in colours), Colour.GREEN)
        name = f"{self._title} {number(self._count)}"
        self.setAccessibleName(name)
        self.setVisible(bool(everything) or self.isChecked())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        sizes = self._theme.tokens.sizes
        words = words_width(self._theme, self._words())
        return QSize(words + sizes.icon_badge + _GAP + 2 * _PADDING, sizes.button)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        sizes = self._theme.tokens.sizes
        with QPainter(self) as painter:
            if self.isChecked():
                painter.fillRect(self.rect(), self._theme.colour("accent_tint"))
                line = QRect(0, self.height() - 2, self.width(), 2)
                painter.fillRect(line, self._theme.colour("accent"))
            elif self.underMouse():
                painter.fillRect(self.rect(), self._theme.colour("surface2"))
            icon, tone = LIGHTS[self._colour]
            place = QRect(_PADDING, 0, sizes.icon_badge, self.height())
            paint_icon(painter, place, icon, self._theme.colour(tone), sizes.icon_badge)
            room = self.rect().adjusted(_PADDING + sizes.icon_badge + _GAP, 0, 0, 0)
            paint_words(painter, room, self._theme, self._words())
            if self.hasFocus():
                painter.setPen(QPen(self._theme.colour("focus"), 2))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    @property
    def _title(self) -> str:
        return _("Unplanned")

    def _words(self) -> Words:
        tone = "text1" if self.isChecked() else "text2"
        count = Run(number(self._count), LIGHTS[self._colour][1], strong=True)
        return Words((Run(self._title, tone), count), gap=5)

    def _follow(self) -> None:
        self.setChecked(self._action.isChecked())
        self.setToolTip(self._action.toolTip())
        self.setVisible(bool(self._count) or self.isChecked())
        self.update()
