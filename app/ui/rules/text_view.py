"""The rules as text: what is published, line by line, with the line that cannot be read marked."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QFontDatabase, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from app.connectors.toml_lines import TomlLines
from app.i18n import _
from app.ui.theme import current_theme

_PAUSE_MS = 350


class TextView(QPlainTextEdit):
    """`written` follows a pause in typing; what the form writes can be undone here."""

    written = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._trouble = 0
        self.setAccessibleName(_("The rules as text"))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabStopDistance(28)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self._theme.tokens.type.small)
        self.setFont(font)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._typed)
        self._shown = ""
        self._theme.changed.connect(self._mark_again)

    def show_text(self, text: str) -> None:
        """Show this in place of all, as one step that Ctrl+Z takes back."""
        self._pause.stop()
        if text == self.toPlainText():
            self._shown = text
            return
        place = self.verticalScrollBar().value()
        self._shown = text
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self._pause.stop()
        self.verticalScrollBar().setValue(place)

    def mark_line(self, number: int) -> None:
        """Mark a line as the one that cannot be read; 0 = none."""
        self._trouble = number
        marks = []
        if number:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document().findBlockByNumber(number - 1))
            mark.format.setBackground(QColor(self._theme.colour("danger_bg")))
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marks.append(mark)
            self._bring_into_view(number)
        self.setExtraSelections(marks)

    def show_rule(self, place: int) -> None:
        """Scroll to a rule of the chain."""
        self._bring_into_view(TomlLines(self.toPlainText()).of(("sourcing", "rule", place)))

    def _bring_into_view(self, line: int) -> None:
        bar = self.verticalScrollBar()
        if not bar.value() < line <= bar.value() + bar.pageStep():
            bar.setValue(max(0, line - 4))

    def _mark_again(self) -> None:
        self.mark_line(self._trouble)

    def _typed(self) -> None:
        if self.toPlainText() != self._shown:
            self._pause.start()

    def _tell(self) -> None:
        self._shown = self.toPlainText()
        self.written.emit(self._shown)
