"""The window of the local knowledge book: every note on the left, the one written on the right."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app import formats
from app.domain.journal import Changes
from app.domain.knowledge import About, Note, fault_of
from app.i18n import _, n_
from app.operations.notes import NoteLine, book, strike_note, write_note
from app.ui.icons import Icon
from app.ui.notes.columns import note_columns
from app.ui.notes.form import NoteForm
from app.ui.notes.known import Known, area_of, known_of
from app.ui.session import Session
from app.ui.widgets.beside import Beside
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.heading import Heading
from app.ui.widgets.key_cap import ICON_PROPERTY, KeyButton
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import rows_table
from app.ui.widgets.side_window import SideWindow
from app.wording import sentence
from db.queries.board import OrderRow

_FORM_WIDTH = 400
_LEAST = QSize(940, 500)
#: What moves the book: notes, and the tours and doors that they are counted by.
_MOVES = ("note", "tour", "order", "shipment")


class NotesWindow(SideWindow):
    """Stays open beside the desk and follows it; a note that cannot be kept says why below it."""

    shown = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("notes", _("Local knowledge"), QSize(1120, 600), parent)
        self._session = session
        self._model = RowsModel(note_columns(), key=lambda line: line.note.code, parent=self)
        self.table = rows_table(self._model, self)
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.table.sort_by("code")
        self.form = NoteForm(self)
        self._heading = Heading(self)
        self.against = QLabel(self)
        self._foot = Footer(self)
        self.keep = self._action(_("Keep the note"), Icon.ACCEPT, "Ctrl+S")
        self.anew = self._action(_("New note"), Icon.COMMENT, "Ctrl+N")
        self.strike = self._action(_("Strike out"), Icon.CLOSE, "Del")
        self._lay_out()
        self._connect()
        self._offer()

    def come_forward(self) -> None:
        super().come_forward()
        self._read()
        self.table.setFocus()

    def begin(self, row: OrderRow | None = None) -> None:
        """Begin a note, with what an order tells filled in."""
        self._begin(Known() if row is None else known_of(row, self._vehicles()), About.CLIENT)
        self.form.about.setFocus()

    def begin_area(self, rows: Sequence[OrderRow]) -> None:
        """Begin a note that a driver knows where these orders go."""
        self._begin(area_of(rows, self._vehicles()), About.VEHICLE)
        self.form.subject.setFocus()

    # What is shown

    def _begin(self, known: Known, about: About) -> None:
        self.table.clear_chosen()
        self.form.begin(known, about)
        self._offer()

    def _vehicles(self) -> dict[str, str]:
        """The vehicles of the day's tours, by the tours' codes."""
        return {tour.code: tour.vehicle for tour in self._session.board.plan.tours}

    def _read(self) -> None:
        if self.isVisible():
            workspace = self._session.workspace
            self._session.reckon(lambda: book(workspace), self._show)

    def _show(self, lines: tuple[NoteLine, ...]) -> None:
        self._model.show_rows(lines)
        self._foot.set_summary(_sums(lines))
        self._offer()
        self.shown.emit()

    def _look_again(self, changes: Changes) -> None:
        if changes.touch(*_MOVES):
            self._read()

    def _chosen(self) -> Note | None:
        keys = self.table.chosen
        return next((line.note for line in self._model.rows() if line.note.code in keys), None)

    def _turn(self, _keys: frozenset[Hashable]) -> None:
        """Lay the chosen note open."""
        note = self._chosen()
        if note is not None:
            self.form.show_note(note)
        self._offer()

    def _offer(self) -> None:
        """The heading of the form, what speaks against keeping it, what can be done."""
        code = self.form.code
        title = _("Note {note}").format(note=code) if code else _("New note")
        note, chosen = self.form.note(), self._chosen()
        self._heading.say(title)
        fault = fault_of(note)
        against = "" if fault is None or not note.subject else sentence(fault)
        if self.form.half_written:
            against = _("Write times as HH:MM.")
        self.against.setText(against)
        self.keep.setEnabled(fault is None and not against)
        self.strike.setEnabled(chosen is not None)

    # What a person does

    def _keep(self) -> None:
        note, workspace = self.form.note(), self._session.workspace
        self._session.submit(lambda: write_note(workspace, note), lambda _settled: self.begin())

    def _strike(self) -> None:
        note, workspace = self._chosen(), self._session.workspace
        if note is not None:
            self._session.submit(
                lambda: strike_note(workspace, note.code), lambda _settled: self.begin()
            )

    # How it is made

    def _action(self, text: str, icon: Icon, key: str) -> QAction:
        action = QAction(text, self)
        action.setProperty(ICON_PROPERTY, icon.value)
        action.setShortcut(key)
        if key == "Del":  # in a box it deletes a letter
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.table.addAction(action)
        else:
            self.addAction(action)
        return action

    def _lay_out(self) -> None:
        self.setMinimumSize(_LEAST)
        nothing = _("Nothing is noted yet. Write what you know of a client, a street, a driver.")
        self.table.set_empty_state(EmptyState(Icon.COMMENT, nothing, parent=self))
        self.against.setWordWrap(True)
        self.against.setProperty("role", "label")
        self.against.setContentsMargins(10, 0, 10, 8)
        scroll = QScrollArea(self)
        scroll.setWidget(self.form)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for layer in (scroll, scroll.viewport(), self.form):
            layer.setAutoFillBackground(False)
        right = Beside(_FORM_WIDTH, self)
        right.hold(self._heading)
        right.hold(scroll, 1)
        right.hold(self.against)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(right)
        for action, primary in ((self.strike, False), (self.anew, False), (self.keep, True)):
            self._foot.add_button(KeyButton(action, primary=primary, parent=self._foot))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row, 1)
        whole.addWidget(self._foot)

    def _connect(self) -> None:
        self._session.changed.connect(self._look_again)
        self.table.selection_changed.connect(self._turn)
        self.form.changed.connect(self._offer)
        self.keep.triggered.connect(lambda _on=False: self._keep())
        self.anew.triggered.connect(lambda _on=False: self.begin())
        self.strike.triggered.connect(lambda _on=False: self._strike())


def _sums(lines: tuple[NoteLine, ...]) -> str:
    count = len(lines)
    said = n_("{count} note", "{count} notes", count).format(count=formats.number(count))
    stops = sum(line.use.stops for line in lines)
    kept = n_("kept to at {count} stop", "kept to at {count} stops", stops)
    return f"{said} · {kept.format(count=formats.number(stops))}"
