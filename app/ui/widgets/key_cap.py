"""Which key does it: caps on buttons and beside links, in the words of this keyboard."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from app.ui.icons import Icon, paint_icon
from app.ui.theme import current_theme
from app.ui.widgets.marks import CAP_HEIGHT, cap_width, paint_cap

ICON_PROPERTY = "regie_icon"  # the action's `Icon`, so that a button can draw it in its own tone
_PADDING = 9
_GAP = 6


def key_text(shortcut: QKeySequence | str) -> str:
    """A shortcut as the keyboard has it: `Ctrl+Maj+O` in French."""
    portable = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.PortableText)
    engraved = portable.replace("Return", "Enter")  # both keys act, one name is on them
    return QKeySequence(engraved).toString(QKeySequence.SequenceFormat.NativeText)


class KeyCap(QWidget):
    """A key cap that stands alone, after a link or in a field."""

    def __init__(self, shortcut: QKeySequence | str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._text = key_text(shortcut)
        self.setAccessibleName(self._text)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(cap_width(self._theme, self._text), CAP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_cap(painter, self.rect(), self._theme, self._text)


class KeyButton(QPushButton):
    """A button that follows its action and carries the action's key; one in a pane is primary.

    `text` is what it says where the action's own name is too long.
    """

    def __init__(
        self,
        action: QAction,
        *,
        primary: bool = False,
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._action = action
        self._own_text = text
        self._theme = current_theme()
        self._primary = primary
        self._key = ""
        self._icon: Icon | None = None
        self.setProperty("primary", "true" if primary else "false")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def sizeHint(self) -> QSize:
        return QSize(self._content_width() + 2 * _PADDING, self._theme.tokens.sizes.button)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        self._paint_content(painter, (self.width() - self._content_width()) // 2)
        painter.end()

    def _follow(self) -> None:
        """Take over what the action says now."""
        self.setText(self._own_text or self._action.text().replace("&", ""))
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        self.setCheckable(self._action.isCheckable())
        self.setChecked(self._action.isChecked())
        self._key = key_text(self._action.shortcut())
        name = self._action.property(ICON_PROPERTY)
        self._icon = Icon(name) if name else None
        self.updateGeometry()
        self.update()

    @property
    def _tone(self) -> str:
        if not self.isEnabled():
            return "disabled"
        return "on_accent" if self._primary else "text1"

    def _metrics(self) -> QFontMetrics:
        return self._theme.metrics(strong=self._primary)

    def _content_width(self) -> int:
        icon = self._theme.tokens.sizes.icon_row + _GAP if self._icon else 0
        key = cap_width(self._theme, self._key) + _GAP if self._key else 0
        return icon + self._metrics().horizontalAdvance(self.text()) + key

    def _paint_content(self, painter: QPainter, left: int) -> None:
        tone = "text2" if self._tone == "text1" else self._tone
        if self._icon:
            size = self._theme.tokens.sizes.icon_row
            place = QRect(left, 0, size, self.height())
            paint_icon(painter, place, self._icon, self._theme.colour(tone), size)
            left += size + _GAP
        metrics = self._metrics()
        baseline = (self.height() + metrics.ascent() - metrics.descent()) // 2
        painter.setFont(self._theme.font(strong=self._primary))
        painter.setPen(self._theme.colour(self._tone))
        painter.drawText(left, baseline, self.text())
        if self._key:
            left += metrics.horizontalAdvance(self.text()) + _GAP
            paint_cap(painter, QRect(left, 0, 1, self.height()), self._theme, self._key, tone)
