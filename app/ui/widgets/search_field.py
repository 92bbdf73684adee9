"""A field that searches while one types, with its key on it and its clearing in it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import _
from app.ui.icons import Icon, icon
from app.ui.widgets.flat_button import IconButton
from app.ui.widgets.key_cap import KeyCap

_PAUSE_MS = 150


class SearchField(QLineEdit):
    """Tells what to search once typing pauses; Esc clears."""

    searched = Signal(str)

    def __init__(
        self,
        placeholder: str,
        *,
        key: QKeySequence | str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._told = ""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.addAction(icon(Icon.SEARCH), QLineEdit.ActionPosition.LeadingPosition)
        self._cap = KeyCap(key, self) if key else None
        self._clear = IconButton(Icon.CLOSE, _("Clear"), key="Esc", parent=self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setMaximumHeight(16)
        self._clear.clicked.connect(self.clear)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self._tell)
        self._typed()

    def say(self, text: str) -> None:
        """Show a search that is in force already: nothing is told."""
        self._told = text
        self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def _typed(self) -> None:
        self._clear.setVisible(bool(self.text()))
        if self._cap is not None:
            self._cap.setVisible(not self.text())
        self._place()
        if self.text() == self._told:
            self._pause.stop()
        else:
            self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)

    def _place(self) -> None:
        sign: QWidget | None = self._clear if self.text() else self._cap
        if sign is None:
            return
        sign.resize(sign.sizeHint())
        left = self.width() - sign.width() - 5
        sign.move(left, (self.height() - sign.height()) // 2)
        self.setTextMargins(0, 0, sign.width() + 4, 0)
