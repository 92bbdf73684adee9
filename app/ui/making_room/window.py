"""The window of agreed orders that make room: what a move must save, the list, and Do."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.journal import Changes
from app.domain.orders import OrderState
from app.formats import NO_BREAK_SPACE
from app.i18n import _, n_
from app.operations.reallocating import FROM_CENTS, ReallocationRun, reallocate
from app.ui.icons import Icon
from app.ui.making_room.rows import Room, columns, total
from app.ui.session import Session
from app.ui.tours.moves_view import MovesView
from app.ui.widgets.side_window import SideWindow
from app.ui.widgets.toast import News

if TYPE_CHECKING:
    from app.jobs import Job

_SIZE = QSize(640, 420)
_MARGIN = 12
Search = Callable[..., ReallocationRun]


class RoomWindow(SideWindow):
    """Looks anew whenever the threshold changes; nothing is written before Do."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("making_room", _("Make room for new orders"), _SIZE, parent)
        self._session = session
        self.search: Search = reallocate
        self._looking: Job | None = None
        self.view: MovesView[Room] = MovesView(columns(), total, self)
        self.least = QDoubleSpinBox(self)
        self.least.setRange(0, 10_000)
        self.least.setSuffix(f"{NO_BREAK_SPACE}€")
        self.least.setValue(FROM_CENTS / 100)
        self.least.setKeyboardTracking(False)
        self.least.valueChanged.connect(self.look)
        self.do = QPushButton(_("Do the ticked moves"), self)
        self.do.setAutoDefault(False)
        self.do.clicked.connect(self.apply)
        self._lay_out()
        self.view.ticked_changed.connect(self._refresh)
        self.view.left.connect(self.close)
        session.changed.connect(self._moved_on)
        self._refresh()

    def look(self) -> None:
        """Look for orders that could move, with the threshold as it stands."""
        workspace, search = self._session.workspace, self.search
        from_cents = round(100 * self.least.value())
        if self._looking is not None:
            self._looking.request_stop()
        self._looking = self._session.run(
            _("Looking for orders that could make room"),
            lambda job: search(workspace, from_cents=from_cents, stop=job.stop),
            lambda found: self._show(from_cents, found),
            writes=False,
        )

    def apply(self) -> None:
        """Source the open orders, with those agreed ones moved that are ticked, as one entry."""
        room = self.view.suggestion
        if room is None:
            return
        workspace, ticked = self._session.workspace, room.orders(self.view.ticked)
        from_cents = room.run.from_cents
        self._session.submit(
            lambda: reallocate(workspace, from_cents=from_cents, only=ticked, apply=True),
            self._done,
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        head.setSpacing(_MARGIN)
        label = QLabel(_("An agreed order moves only where that saves at least"), self)
        label.setBuddy(self.least)
        head.addWidget(label)
        head.addWidget(self.least)
        head.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        foot.setSpacing(_MARGIN)
        note = QLabel(_("Open orders are sourced at the same time; Ctrl+Z takes all back."), self)
        note.setWordWrap(True)
        foot.addWidget(note, 1)
        foot.addWidget(self.do, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addLayout(foot)

    def _show(self, from_cents: int, found: ReallocationRun) -> None:
        if from_cents == round(100 * self.least.value()):
            self.view.show_suggestion(Room.of(found))
            self._refresh()

    def _done(self, made: ReallocationRun) -> None:
        moved, new = len(made.moves), made.run.count(OrderState.ALLOCATED)
        title = n_("{count} agreed order moved", "{count} agreed orders moved", moved)
        said = n_("{count} open order sourced", "{count} open orders sourced", new)
        news = News(title.format(count=moved), said.format(count=new), icon=Icon.STORE)
        self._session.news.emit(news)
        self.close()

    def _moved_on(self, changes: Changes) -> None:
        """What was found may not be so any more: look anew while the window is open."""
        if self.isVisible() and changes.touch("order", "stock", "shipment"):
            self.look()

    def _refresh(self) -> None:
        self.do.setEnabled(self.view.suggestion is not None and bool(self.view.ticked))
