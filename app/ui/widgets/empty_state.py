"""What a pane says when it has nothing to show: why, and the one thing to do next."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.icons import Icon
from app.ui.theme import current_theme
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.key_cap import KeyButton


class EmptyState(QWidget):
    """An icon, one sentence, one action."""

    def __init__(
        self,
        meaning: Icon,
        sentence: str,
        action: QAction | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sentence = QLabel(self)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)  # it may name a file
        self._sentence.setText(sentence)
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setProperty("role", "label")
        centred = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        size = current_theme().tokens.sizes.icon_empty
        icon = IconLabel(meaning, "text3", pixels=size, parent=self)
        column.addWidget(icon, 0, centred)
        column.addWidget(self._sentence)
        if action is not None:
            column.addWidget(KeyButton(action, parent=self), 0, centred)
        column.addStretch(3)

    def set_sentence(self, sentence: str) -> None:
        """Say this instead."""
        self._sentence.setText(sentence)
