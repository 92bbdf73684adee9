"""What the stock window knows: every line, what is asked of them, and the picture that answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from app.domain.journal import Changes
from app.jobs import uncollected
from app.ui.session import Session
from app.ui.stock.columns import Terms
from app.ui.stock.lines import StockLine, line_of
from app.ui.stock.picture import Asked, Picture, picture
from db.queries.stock import Holder, holders_of, stock_rows
from db.queries.stock_history import Movement, movements_of

_LIMIT = "stock/old_after_h"
_USUAL_LIMIT_H = 24
_AHEAD = timedelta(days=2)
_PAUSE_MS = 250
_TOUCHED = ("stock", "order", "shipment", "node", "product", "policy")


class Explorer(QObject):
    """Reading, sorting and adding up happen off the window's thread; the latest question counts."""

    pictured = Signal(object)  # Picture
    held = Signal(object, list)  # the line's key, its holders
    moved = Signal(object, list)  # the line's key, what happened to it

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._lines: tuple[StockLine, ...] = ()
        self._question = 0
        self._stale = True
        self.watched = False  # whether anybody looks: else nothing is read again
        self.picture = Picture(Asked())
        self.day: date = (session.now() + _AHEAD).astimezone(session.zone).date()
        self.limit_h = self._kept_limit()
        self.asked = Asked(by=self.by(), old_before=self.old_before())
        self.terms = Terms(
            session.now, lambda: session.zone, lambda: self.day, self.by, self.old_before
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.read)
        session.changed.connect(self._changed)

    @property
    def settled(self) -> bool:
        """Whether the picture answers what is asked now."""
        return not self._stale and self.picture.asked == self.asked

    def by(self) -> datetime:
        """The end of the day to promise by."""
        midnight = datetime.combine(self.day + timedelta(days=1), time(), self._session.zone)
        return midnight.astimezone(UTC)

    def old_before(self) -> datetime:
        """What was counted before this is old."""
        return self._session.now() - timedelta(hours=self.limit_h)

    def ask(self, **wanted: Any) -> None:
        """Ask for another picture of the same lines."""
        self.asked = replace(self.asked, **wanted)
        self._draw()

    def promise_by(self, day: date) -> None:
        """Another day to promise by."""
        self.day = day
        self.ask(by=self.by())

    def old_after(self, hours: int) -> None:
        """Another limit for the age of a figure."""
        self.limit_h = hours
        QSettings().setValue(_LIMIT, hours)
        self.ask(old_before=self.old_before())

    def look(self) -> None:
        """Somebody looks now: read what has changed meanwhile."""
        self.watched = True
        if self._stale:
            self.read()

    def read(self) -> None:
        """Read every cell again."""
        self._stale = False
        self.asked = replace(self.asked, old_before=self.old_before(), by=self.by())
        workspace = self._session.workspace
        self._question += 1
        question, asked = self._question, self.asked

        @uncollected()
        def work() -> tuple[tuple[StockLine, ...], Picture]:
            lines = tuple(line_of(row) for row in workspace.read(stock_rows))
            return lines, picture(lines, asked)

        def then(found: tuple[tuple[StockLine, ...], Picture]) -> None:
            self._lines = found[0]
            if question == self._question:
                self._show(found[1])
            else:
                self._draw()

        self._session.reckon(work, then)

    def ask_holders(self, line: StockLine) -> None:
        """Who holds pieces of a cell."""

        def then(found: list[Holder]) -> None:
            self.held.emit(line.key, found)

        self._session.read(holders_of, then, line.node, line.sku)

    def ask_moves(self, line: StockLine) -> None:
        """What happened to a cell."""

        def then(found: list[Movement]) -> None:
            self.moved.emit(line.key, found)

        self._session.read(movements_of, then, line.node, line.sku)

    def names(self, lines: Sequence[StockLine], *, by_node: bool) -> dict[str, str]:
        """What nodes, or products, are called."""
        if by_node:
            return {line.node: line.node_name for line in lines}
        return {line.sku: line.label for line in lines}

    @property
    def lines(self) -> tuple[StockLine, ...]:
        """Every cell."""
        return self._lines

    def _draw(self) -> None:
        self._question += 1
        question, asked, lines = self._question, self.asked, self._lines

        @uncollected()
        def work() -> Picture:
            return picture(lines, asked)

        def then(drawn: Picture) -> None:
            if question == self._question:
                self._show(drawn)

        self._session.reckon(work, then)

    def _show(self, drawn: Picture) -> None:
        self.picture = drawn
        self.pictured.emit(drawn)

    def _changed(self, changes: Changes) -> None:
        if changes.touch(*_TOUCHED):
            self._stale = True
            if self.watched:
                self._pause.start()

    def _kept_limit(self) -> int:
        """What was chosen here before, else the strictest of the rules, else a day."""
        kept = QSettings().value(_LIMIT)
        if kept is not None:
            return int(str(kept))
        rules = (rule.max_stock_age_h for rule in self._session.policy.sourcing.chain)
        return min((hours for hours in rules if hours is not None), default=_USUAL_LIMIT_H)
