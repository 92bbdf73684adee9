"""Where the worklist comes from: made anew aside when the board, the names or the time moved."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.journal import Changes
from app.ui.orders.saved_views import Arrangement, own_name, readable
from app.ui.orders.work_row import Worklist
from app.ui.orders.worklist import Basis, worklist
from app.ui.session import Session
from db.papers import load_views
from db.queries.directory import Directory, load_directory

_TICK_MS = 10_000
#: So many ticks apart everything is reckoned anew: what is late or urgent depends on the time.
_TICKS_TO_RECKON = 6


class Feed(QObject):
    """Reckons off the window's thread; what changes meanwhile is reckoned right after."""

    fresh = Signal(object)  # Worklist
    own_views = Signal(object)  # the person's Arrangements by title
    ticked = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._own: dict[str, Arrangement] = {}
        self.directory = Directory()
        self._made = Worklist()  # what was told last
        self._reckoning = self._again = False
        self._ticks = 0
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        session.board_changed.connect(self.refresh)
        session.suggested.connect(self.refresh)
        session.changed.connect(self._changed)
        self._changed(Changes.everything())

    @property
    def settled(self) -> bool:
        """Whether nothing is being reckoned."""
        return not self._reckoning

    def refresh(self) -> None:
        """Make the worklist anew, or once more after the one under way."""
        if self._reckoning:
            self._again = True
            return
        self._reckoning = True
        session = self._session
        basis = Basis(
            session.board,
            dict(session.suggestions),
            self.directory,
            session.moment(),
            session.zone,
            {own_name(title): view for title, view in self._own.items()},
        )
        before = self._made
        session.reckon(lambda: worklist(basis, before), self._ready)

    def _ready(self, made: Worklist) -> None:
        self._reckoning = False
        if self._again:
            self._again = False
            self.refresh()
        else:
            self._made = made
            self.fresh.emit(made)

    def _changed(self, changes: Changes) -> None:
        if changes.touch("carrier", "service", "vehicle"):
            self._session.read(load_directory, self._names_read)
        if changes.touch("view"):
            self._session.read(load_views, self._views_read)

    def _names_read(self, directory: Directory) -> None:
        if directory != self.directory:
            self.directory = directory
            self.refresh()

    def _views_read(self, texts: dict[str, str]) -> None:
        own = readable(texts)
        if own != self._own:
            self._own = own
            self.own_views.emit(own)
            self.refresh()

    def _tick(self) -> None:
        self._ticks += 1
        self.ticked.emit()
        if self._ticks % _TICKS_TO_RECKON == 0:
            self.refresh()
