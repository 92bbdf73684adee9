"""The card beside the pointer while a hand holds stops: the price of letting go there."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import _
from app.ui.icons import paint_icon
from app.ui.tours.drop_words import CardWords, FigureRow
from app.ui.widgets.card import SHADOW, Card
from app.ui.widgets.looks import Align, Elide, Run, Words
from app.ui.widgets.marks import cap_width as cap_width
from app.ui.widgets.marks import chip_width, paint_cap, paint_chip
from app.ui.widgets.text_runs import paint_words, words_width

AWAY_PX = 24
_PADDING, _ROW, _LINE, _FOOT, _GAP = 8, 17, 17, 22, 14
_MOST_PX, _LEAST_PX = 380, 236
_FIELD = 24


class DropCard(Card):
    """Shows a move's words; once stops were let go against a rule, it asks why."""

    said = Signal(str)
    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._words = CardWords()
        self._reason = QLineEdit(self)
        self._reason.setPlaceholderText(_("Why against the rules?"))
        self._reason.setAccessibleName(_("Why against the rules?"))
        self._reason.hide()
        self._reason.returnPressed.connect(self._answer)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def words(self) -> CardWords:
        """What stands on it."""
        return self._words

    @property
    def asks(self) -> bool:
        """Whether it waits for a reason."""
        return self._reason.isVisibleTo(self)

    def tell(self, words: CardWords) -> None:
        """Show these words."""
        if words == self._words and self.isVisible():
            return
        self._words = words
        self.setAccessibleName(words.spoken)
        self.resize(self.sizeHint())
        self.update()

    def place(self, at: QPoint, target: QPoint | None = None) -> None:
        """Stand beside a point of the window, on the side away from the target, whole."""
        window = self.parentWidget()
        room = QRect() if window is None else window.rect()
        apart = AWAY_PX - SHADOW
        left = at.x() + apart
        if target is None or target.x() >= at.x():
            left = at.x() - apart - self.width()
        if left < room.left():
            left = at.x() + apart
        left = min(left, room.right() - self.width())
        top = at.y() - self.height() // 2
        top = max(room.top(), min(top, room.bottom() - self.height()))
        self.move(max(room.left(), left), top)
        self.show()
        self.raise_()

    def ask_why(self) -> None:
        """Keep standing, and ask for the reason: Enter gives it, Esc leaves all as it was."""
        self._reason.clear()
        self._reason.show()
        self.resize(self.sizeHint())
        self._place_field()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
        self._reason.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Go."""
        self._reason.hide()
        self.hide()

    def follow_pointer(self) -> None:
        """While stops are held the card is air: the pointer is never over it."""
        self._reason.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        width = max(_LEAST_PX, min(_MOST_PX, self._wanted_width()))
        return QSize(width + 2 * SHADOW, self._wanted_height() + 2 * SHADOW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            self.left.emit()
        else:
            event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        inner = self.card_rect().toRect().adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        with QPainter(self) as painter:
            top = self._paint_head(painter, inner)
            top = self._paint_rows(painter, inner, top)
            self._paint_lines(painter, inner, top)
            self._paint_gestures(painter)

    # How it is done

    def _answer(self) -> None:
        reason = self._reason.text().strip()
        if reason:
            self.leave()
            self.said.emit(reason)

    def _place_field(self) -> None:
        inner = self.card_rect().toRect()
        top = inner.bottom() - _FOOT - _FIELD - 4
        self._reason.setGeometry(inner.x() + _PADDING, top, inner.width() - 2 * _PADDING, _FIELD)

    def _head(self) -> bool:
        return bool(self._words.target or self._words.origin)

    def _wanted_height(self) -> int:
        words = self._words
        height = 2 * _PADDING + (_ROW + 7 if self._head() else 0)
        if words.rows:
            height += _ROW * (len(words.rows) + bool(words.tours)) + 7
        height += _LINE * len(words.lines)
        if self.asks:
            height += _FIELD + 6
        return height + _FOOT - 2

    def _wanted_width(self) -> int:
        theme, words = self._theme, self._words
        lines = [words_width(theme, Words((Run(line.text, small=True),))) for line in words.lines]
        head = words_width(theme, self._head_words()) + 110
        return max([head, self._columns_width(), *(line + 20 for line in lines)]) + 2 * _PADDING

    def _columns_width(self) -> int:
        names, parts, total = self._column_widths()
        return names + (parts + _GAP) * len(self._words.tours) + _GAP + total

    def _column_widths(self) -> tuple[int, int, int]:
        metrics, strong = self._theme.metrics(), self._theme.metrics(strong=True)
        rows = self._words.rows
        names = max((metrics.horizontalAdvance(row.name) for row in rows), default=0)
        parts = [metrics.horizontalAdvance(part) for row in rows for part in row.parts]
        chips = [chip_width(self._theme, tour) for tour in self._words.tours]
        total = max((strong.horizontalAdvance(row.total) for row in rows), default=0)
        return names, max([*parts, *chips], default=0), total

    def _head_words(self) -> Words:
        return Words((Run(self._words.origin_text), Run(self._words.target_text, strong=True)))

    def _paint_head(self, painter: QPainter, inner: QRect) -> int:
        words, theme = self._words, self._theme
        if not self._head():
            return inner.y()
        row = QRect(inner.x(), inner.y(), inner.width(), _ROW)
        if words.origin:
            row.setLeft(row.x() + paint_chip(painter, row, theme, words.origin) + 6)
            row.setLeft(row.x() + self._write(painter, row, Run(words.origin_text)) + 6)
            row.setLeft(row.x() + self._write(painter, row, Run("→", "success")) + 6)
        if words.target:
            row.setLeft(row.x() + paint_chip(painter, row, theme, words.target) + 6)
        self._write(painter, row, Run(words.target_text, strong=True))
        self._rule(painter, inner, inner.y() + _ROW + 3)
        return inner.y() + _ROW + 7

    def _paint_rows(self, painter: QPainter, inner: QRect, top: int) -> int:
        words = self._words
        if not words.rows:
            return top
        _names, parts, total = self._column_widths()
        first = inner.right() - total - _GAP - (parts + _GAP) * (len(words.tours) - 1)
        rights = [first + (parts + _GAP) * column for column in range(len(words.tours))]
        if words.tours:
            for right, tour in zip(rights, words.tours, strict=True):
                box = QRect(right - parts, top, parts, _ROW)
                self._write(painter, box, Run(f"T{tour}", "text2", small=True), Align.RIGHT)
            box = QRect(inner.right() - total, top, total, _ROW)
            self._write(painter, box, Run(_("Total"), "text2", small=True), Align.RIGHT)
            top += _ROW
        for row in words.rows:
            self._paint_row(painter, QRect(inner.x(), top, inner.width(), _ROW), row, rights)
            top += _ROW
        self._rule(painter, inner, top + 3)
        return top + 7

    def _paint_row(self, painter: QPainter, line: QRect, row: FigureRow, rights: list[int]) -> None:
        self._write(painter, line, Run(row.name, "text2"))
        for right, part in zip(rights, row.parts, strict=False):
            room = QRect(line.topLeft(), QPoint(right - 1, line.bottom()))
            self._write(painter, room, Run(part), Align.RIGHT)
        self._write(painter, line, Run(row.total, row.tone, strong=True), Align.RIGHT)

    def _paint_lines(self, painter: QPainter, inner: QRect, top: int) -> None:
        for line in self._words.lines:
            colour = self._theme.colour(line.tone)
            paint_icon(painter, QRect(inner.x(), top, 14, _LINE), line.icon, colour, 13)
            tone = line.tone if line.tone == "danger" else "text1"
            room = QRect(inner.x() + 19, top, inner.width() - 19, _LINE)
            run = Run(line.text, tone, small=True)
            paint_words(painter, room, self._theme, Words((run,), Elide.END))
            top += _LINE

    def _paint_gestures(self, painter: QPainter) -> None:
        card = self.card_rect().toRect()
        foot = QRect(card.x() + 1, card.bottom() - _FOOT, card.width() - 2, _FOOT)
        painter.fillRect(foot, self._theme.colour("surface1"))
        self._rule(painter, card, foot.y())
        left = card.x() + _PADDING
        for key, what in self._shown_gestures():
            room = QRect(left, foot.y(), card.right() - left - _PADDING, foot.height())
            left += paint_cap(painter, room, self._theme, key) + 4
            room.setLeft(left)
            left += self._write(painter, room, Run(what, "text2", small=True)) + 12

    def _shown_gestures(self) -> tuple[tuple[str, str], ...]:
        if self.asks:
            return (("⏎", _("force")), (_("Esc"), _("cancel")))
        return self._words.gestures

    def _rule(self, painter: QPainter, box: QRect, y: int) -> None:
        painter.fillRect(QRect(box.x(), y, box.width(), 1), self._theme.colour("border_subtle"))

    def _write(self, painter: QPainter, room: QRect, run: Run, align: Align = Align.LEFT) -> int:
        if not run.text:
            return 0
        return paint_words(painter, room, self._theme, Words((run,), Elide.END), align)
