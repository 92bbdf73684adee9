"""The journal beside the desk: what was done, by whom, and the way back."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import formats
from app.domain.journal import Changes
from app.errors import Refused
from app.i18n import _, n_
from app.ui.icons import Icon
from app.ui.journal.columns import Clock, became, history_columns, what
from app.ui.orders.search import plain
from app.ui.session import Session
from app.ui.widgets.caption import Caption
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flat_button import LinkButton
from app.ui.widgets.footer import Footer
from app.ui.widgets.key_cap import ICON_PROPERTY, KeyButton
from app.ui.widgets.looks import Run
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import rows_table
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.side_window import SideWindow
from app.wording import sentence
from app.workspace import Workspace
from db.queries.journal import HistoryLine, load_history, orders_of


class JournalWindow(SideWindow):
    """Every entry, or those of one order; a refused undo says why at the foot."""

    shown = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("journal", _("Journal"), QSize(940, 560), parent)
        self._session = session
        self._about = ""
        self._query = ""
        self._lines: tuple[HistoryLine, ...] = ()
        self._clock = Clock(
            lambda: session.zone, lambda: session.now().astimezone(session.zone).date()
        )
        self._model = RowsModel(history_columns(self._clock), key=_key_of, parent=self)
        self.table = rows_table(self._model, self)
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.search = SearchField(_("Search the journal"), parent=self)
        self._subject = Caption(parent=self)
        self._everything = LinkButton(_("Show everything"), parent=self)
        self.undo = self._make_undo()
        self._foot = Footer(self)
        self.against = Caption(parent=self)
        self._lay_out()
        self._connect()

    def tell_of(self, order: str = "") -> None:
        """Open on one order, or on everything."""
        self._about = order
        self.search.clear()
        self._query = ""
        self.come_forward()
        self._read()
        self.table.setFocus()

    # How it works

    def _make_undo(self) -> QAction:
        action = QAction(_("Undo this entry"), self)
        action.setShortcut("Ctrl+U")
        action.setProperty(ICON_PROPERTY, Icon.UNDO.value)
        action.setEnabled(False)
        action.triggered.connect(lambda _on=False: self._undo())
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 8, 8)
        head.setSpacing(8)
        self.search.setFixedWidth(280)
        head.addWidget(self.search)
        head.addWidget(self._subject)
        head.addWidget(self._everything)
        head.addStretch(1)
        nothing = EmptyState(Icon.JOURNAL, _("Nothing was done here yet."), parent=self)
        self.table.set_empty_state(nothing)
        self._nothing = nothing
        self._foot.add_button(self.against)
        self._foot.add_button(KeyButton(self.undo, primary=True, parent=self))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        self.search.searched.connect(self._narrow)
        self._everything.clicked.connect(self._show_everything)
        self._session.changed.connect(self._look_again)
        self.table.selection_changed.connect(lambda _keys: self._offer())
        self.table.opened.connect(self._open)

    def _show_everything(self) -> None:
        self.tell_of()

    def _look_again(self, _changes: Changes) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        about = self._about
        self._session.read(load_history, lambda lines: self._show(about, lines), about)

    def _show(self, about: str, lines: tuple[HistoryLine, ...]) -> None:
        if about != self._about:
            return
        self._lines = lines
        number = formats.order_number(about)
        said = _("of order {number}").format(number=number) if about else ""
        self._subject.set_runs(Run(said, strong=True))
        self._everything.setVisible(bool(about))
        self._narrow(self._query)
        self.shown.emit()

    def _narrow(self, query: str) -> None:
        self._query = query
        words = plain(query).split()
        kept = [line for line in self._lines if _finds(words, self._words(line))]
        self._model.show_rows(kept)
        nothing = _("Nothing was done here yet.")
        if words:
            nothing = _("Nothing matches “{search}”.").format(search=query)
        self._nothing.set_sentence(nothing)
        self._offer()

    def _words(self, line: HistoryLine) -> str:
        at = formats.short_moment(line.entry.at, self._session.zone)
        return plain(" ".join((what(line), line.entry.actor, became(line, self._clock), at)))

    def _chosen(self) -> HistoryLine | None:
        keys = self.table.chosen
        return next((line for line in self._model.rows() if line.entry.entry in keys), None)

    def _offer(self, refused: str = "") -> None:
        """The foot: how many entries, or why the chosen one cannot be taken back."""
        line = self._chosen()
        self.undo.setEnabled(line is not None and line.entry.undoable)
        count = len(self._model.rows())
        said = n_("{count} entry", "{count} entries", count).format(count=formats.number(count))
        self._foot.set_summary(said)
        if refused:
            self.against.set_runs(Run(refused, "danger"))
        else:
            self.against.set_runs(Run(_why_not(line), "text3"))

    def _undo(self) -> None:
        line = self._chosen()
        if line is None:
            return
        workspace, entry = self._session.workspace, line.entry.entry
        self._session.submit(lambda: _try_undo(workspace, entry), self._told)

    def _told(self, refusal: Refused | None) -> None:
        if refusal is not None:
            self._offer(_("Not undone: {reason}").format(reason=sentence(refusal.reason)))

    def _open(self, entry: object) -> None:
        """Select on the desk the orders that an entry touched."""
        self._session.read(orders_of, self._select, str(entry))

    def _select(self, orders: Iterable[str]) -> None:
        here = {row.code for row in self._session.board.rows}
        wanted = [code for code in orders if code in here]
        if wanted:
            self._session.selection.choose(wanted)


def _key_of(line: HistoryLine) -> str:
    return line.entry.entry


def _try_undo(workspace: Workspace, entry: str) -> Refused | None:
    """Take an entry back; the refusal is told beside the entry, not in the corner."""
    try:
        workspace.undo(entry)
    except Refused as refusal:
        return refusal
    return None


def _why_not(line: HistoryLine | None) -> str:
    if line is None or line.entry.undoable:
        return ""
    if line.entry.undone_by:
        return _("This entry was undone already.")
    return _("This entry cannot be undone; the next one corrects it.")


def _finds(words: list[str], text: str) -> bool:
    return all(word in text for word in words)
