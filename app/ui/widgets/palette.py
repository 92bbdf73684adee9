"""Everything that can be done or found, a few letters away: the command palette."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.icons import Icon
from app.ui.widgets.caption import Caption
from app.ui.widgets.card import SHADOW, Card
from app.ui.widgets.fuzzy import ranked
from app.ui.widgets.hairline import paint_edges
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.key_cap import KeyCap
from app.ui.widgets.looks import Run
from app.ui.widgets.motion import fade_in
from app.ui.widgets.palette_rows import Found, Heading, PaletteDelegate, PaletteEntry, PaletteRows

WIDTH = 640
_FIELD = 36
_MOST_ROWS = 12
_SEARCH_AFTER_MS = 120
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class CommandPalette(Card):
    """A field over a list; arrows choose, Enter runs, Esc leaves all as it was."""

    searched = Signal(str)  # answer with `show_results`, sooner or later

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._entries: Sequence[PaletteEntry] = ()
        self._results: Sequence[PaletteEntry] = ()
        self._before: QWidget | None = None
        self._field = QLineEdit(self)
        self._rows = PaletteRows(self)
        self._list = QListView(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_AFTER_MS)
        self._lay_out()
        self._connect(window)
        self.hide()

    def open(self, entries: Sequence[PaletteEntry]) -> None:
        """Show the palette with these entries, and take the focus."""
        self._entries = entries
        self._results = ()
        self._before = self.window().focusWidget()
        self._field.clear()
        self._refill()
        self._place()
        self.show()
        self.raise_()
        self._field.setFocus()
        fade_in(self)

    def show_results(self, query: str, entries: Sequence[PaletteEntry]) -> None:
        """Add what a search found; ignored when the person has typed on since."""
        if query == self._query and self.isVisible():
            self._results = entries
            self._refill()

    def leave(self) -> None:
        """Close, and give the focus back."""
        if self.isHidden():
            return
        self._pause.stop()
        before = self._before
        self.hide()
        if before is not None and self._field.hasFocus():
            before.setFocus()

    @property
    def entries(self) -> tuple[PaletteEntry, ...]:
        """What is listed now, best first."""
        return tuple(row.entry for row in self._rows.rows if isinstance(row, Found))

    @property
    def current(self) -> PaletteEntry | None:
        """What Enter would run."""
        row = self._rows.row_at(self._list.currentIndex().row())
        return row.entry if isinstance(row, Found) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)  # noqa: S101 - Qt's type for this event
            return self._key(event) or super().eventFilter(watched, event)
        if watched is self._field and event.type() == QEvent.Type.FocusOut:
            self.leave()
        elif watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            field = self.card_rect().toRect().adjusted(1, 0, -1, 0)
            field.setHeight(_FIELD + 1)
            paint_edges(painter, field, self._theme.colour("border"), "bottom")

    @property
    def _query(self) -> str:
        return self._field.text().strip()

    def _lay_out(self) -> None:
        name = _("Search or run an action")
        self._field.setProperty("bare", "true")
        self._field.setPlaceholderText(name)
        self._field.setAccessibleName(name)
        self._list.setModel(self._rows)
        self._list.setItemDelegate(PaletteDelegate(self._theme, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.viewport().setAutoFillBackground(False)
        self._nothing = Caption(Run(_("Nothing found"), "text3"), parent=self)
        field = QHBoxLayout()
        field.setContentsMargins(12, 0, 12, 0)
        field.setSpacing(8)
        field.addWidget(IconLabel(Icon.SEARCH, parent=self))
        field.addWidget(self._field, 1)
        field.addWidget(KeyCap("Esc", self))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        self._field.setFixedHeight(_FIELD)
        column.addLayout(field)
        column.addWidget(self._list)
        column.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignHCenter)

    def _connect(self, window: QWidget) -> None:
        self._field.installEventFilter(self)
        window.installEventFilter(self)
        self._field.textChanged.connect(self._typed)
        self._pause.timeout.connect(lambda: self.searched.emit(self._query))
        self._list.clicked.connect(self._run)
        self._list.entered.connect(self._point_at)

    def _typed(self) -> None:
        self._results = ()
        self._refill()
        if self._query:
            self._pause.start()
        else:
            self._pause.stop()

    def _refill(self) -> None:
        found = ranked(
            self._query,
            [(entry, (entry.text, entry.detail, *entry.also)) for entry in self._entries],
        )
        rows: list[Found | Heading] = [Found(entry, how.places) for entry, how in found]
        if self._results:
            rows.append(Heading(_("Found")))
            rows += [Found(entry) for entry in self._results]
        self._rows.show_rows(rows)
        self._choose(0, 1)
        self._place()

    def _place(self) -> None:
        window = self._window
        width = min(WIDTH, window.width() - 40) + 2 * SHADOW
        rows = min(_MOST_ROWS, self._rows.rowCount())
        heights = [self._list.sizeHintForRow(row) for row in range(rows)]
        self._list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        body = min(sum(heights) + 2, window.height() - 160) if rows else 44
        self._list.setFixedHeight(body)
        height = body + _FIELD + 3 + 2 * SHADOW
        top = min(72, window.height() // 10)
        self.setGeometry((window.width() - width) // 2, top - SHADOW, width, height)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            step = _STEPS[key]
            self._choose(self._list.currentIndex().row() + step, 1 if step > 0 else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self._list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def _choose(self, place: int, step: int) -> None:
        """Stand on the entry at this place, or on the next one in this direction."""
        last = self._rows.rowCount() - 1
        place = max(0, min(place, last))
        while 0 <= place <= last and isinstance(self._rows.row_at(place), Heading):
            place += step
        if 0 <= place <= last:
            self._list.setCurrentIndex(self._rows.index(place))

    def _point_at(self, index: QModelIndex) -> None:
        if isinstance(self._rows.row_at(index.row()), Found):
            self._list.setCurrentIndex(index)

    def _run(self, index: QModelIndex) -> None:
        row = self._rows.row_at(index.row())
        if isinstance(row, Found) and row.entry.enabled:
            self.leave()
            row.entry.run()
