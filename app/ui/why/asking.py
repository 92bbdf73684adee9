"""What the selection asks, and its answer: the last question alone is ever answered."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.session import Session
from app.ui.views import Moment, is_at_risk
from app.ui.why.facts import Asked, Facts, at_first_sight, gather
from app.ui.why.lines import Detail
from app.ui.why.summary import summary
from app.workspace import Workspace
from db.queries.board import OrderRow

if TYPE_CHECKING:
    from app.operations.promise_risks import AtRisk

#: How long the order before may stay in sight.
_PATIENCE_MS = 120


class Asking(QObject):
    """Asks off the window's thread, again whenever the board or the suggestions change."""

    asked = Signal()  # the question is known, its answer not yet
    answered = Signal(object)  # Facts of one order; first those of the board, if the rest is slow
    summed_up = Signal(object)  # Detail of several
    emptied = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._asked: Asked | None = None
        self._told: tuple[str, ...] = ()  # the codes that the answer shown is about
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._answer_at_first_sight)
        session.board_changed.connect(self.look_again)
        session.suggested.connect(self.look_again)

    @property
    def rows(self) -> list[OrderRow]:
        """The rows of what is selected, in the order it was picked; the day may be all of it."""
        codes = self._session.selection.selected.codes
        chosen = set(codes)
        rows = {row.code: row for row in self._session.board.rows if row.code in chosen}
        return [rows[code] for code in codes if code in rows]

    @property
    def settled(self) -> bool:
        """Whether the answer given is about what is selected, and whole."""
        return self._told == self._codes

    def turn_to_selection(self) -> None:
        """Another selection: what was asked before does not count any more."""
        self._asked = None
        self._patience.stop()
        self.look_again()

    def look_again(self) -> None:
        """Ask for what is selected, as the board and the suggestions are now."""
        rows = self.rows
        self.asked.emit()
        if len(rows) == 1:
            self._ask(rows[0])
        elif rows:
            self._sum_up(rows)
        else:
            self._told = ()
            self.emptied.emit()

    @property
    def _codes(self) -> tuple[str, ...]:
        return tuple(row.code for row in self.rows)

    def _ask(self, row: OrderRow) -> None:
        session = self._session
        asked = Asked(
            row,
            session.suggestions.get(row.code),
            session.board,
            session.now(),
            session.zone,
            session.policy.touring.tight_slack_s,
            session.suggested_by,
        )
        if self._asked is not None and asked.same_as(self._asked):
            return
        self._asked = asked
        workspace, day = session.workspace, session.day
        self._patience.start()
        session.reckon(lambda: gather(workspace, asked, day), self._answer)

    def _answer(self, facts: Facts) -> None:
        if facts.asked is not self._asked:
            return
        if facts.whole:
            self._patience.stop()
            self._told = (facts.row.code,)
        self.answered.emit(facts)
        if facts.whole and facts.risk is None:
            self._look_for_risk(facts)

    def _look_for_risk(self, facts: Facts) -> None:
        """What threatens a promise and would save it takes longer: it follows the rest."""
        asked, workspace = facts.asked, self._session.workspace
        if not is_at_risk(asked.row, Moment(asked.now, asked.tight_slack_s)):
            return
        self._session.reckon(
            lambda: _risk_of(workspace, asked),
            lambda risk: self._answer(replace(facts, risk=risk)) if risk else None,
        )

    def _answer_at_first_sight(self) -> None:
        if self._asked is not None:
            self._answer(at_first_sight(self._asked))

    def _sum_up(self, rows: list[OrderRow]) -> None:
        session, codes = self._session, tuple(row.code for row in rows)
        names = {node.code: node.name for node in session.board.nodes}
        suggestions, tight_slack_s = session.suggestions, session.policy.touring.tight_slack_s
        session.reckon(
            lambda: summary(rows, suggestions, lambda code: names.get(code, ""), tight_slack_s),
            lambda told: self._sum_told(codes, told),
        )

    def _sum_told(self, codes: tuple[str, ...], told: Detail) -> None:
        if codes == self._codes:
            self._told = codes
            self.summed_up.emit(told)


def _risk_of(workspace: Workspace, asked: Asked) -> "AtRisk | None":
    """Why a promise is at risk, and what would save it."""
    from app.operations.promise_ground import promise_ground  # heavy
    from app.operations.promise_risks import risk_of

    return risk_of(workspace, asked.row, asked.board.nodes, promise_ground(workspace))
