"""Where the desk opens onto offers: their actions, their clock, and the windows they bring up."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.ui.actions import Actions, always
from app.ui.offers import specs
from app.ui.offers.clock import OfferClock
from app.ui.offers.deeds import Deeds
from app.ui.session import Session

if TYPE_CHECKING:
    from app.ui.offers.answering import AnswerWindow
    from app.ui.offers.asking import AskWindow
    from app.ui.offers.window import OffersWindow


class OffersDoor(QObject):
    """Registers the actions; windows are made when they are first asked for."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._actions, self._desk = session, actions, window
        self._deeds = deeds = Deeds(session, self)
        self._window: OffersWindow | None = None
        self.asking: AskWindow | None = None
        self.answering: AnswerWindow | None = None
        self.clock = OfferClock(session, self)
        for spec, run, why_not in (
            (specs.OFFER, self.ask, deeds.none_askable),
            (specs.ANSWER, self.answer, deeds.none_answerable),
            (specs.WIDEN, deeds.widen, deeds.none_offered),
            (specs.ASSIGN, deeds.assign, deeds.none_offered),
            (specs.TAKE_BACK, deeds.take_back, deeds.none_offered),
            (specs.BOARD, self.open, always),
        ):
            actions.register(spec, run, why_not)

    def open(self) -> "OffersWindow":
        """Bring up the board."""
        if self._window is None:
            from app.ui.offers.window import OffersWindow

            self._window = OffersWindow(self._session, self._actions, self._desk)
        self._window.come_forward()
        return self._window

    def ask(self) -> None:
        """One order: whom to ask is shown first. Several: each is offered as the policy says."""
        rows = self._deeds.askable()
        if len(rows) > 1:
            self._deeds.offer_each([row.code for row in rows])
            return
        if not rows:
            return
        from app.ui.offers.asking import AskWindow

        self.asking = AskWindow(self._session, rows[0], self._deeds.offer_to, self._desk)
        self.asking.open()

    def answer(self) -> None:
        """Note what a node said to the offer chosen last, or of what it took."""
        row = next(reversed(self._deeds.answerable()), None)
        if row is None or row.offer is None:
            return
        from app.ui.offers.answering import AnswerWindow

        over = self._window if self._window is not None and self._window.isVisible() else self._desk
        self.answering = AnswerWindow(self._session, row, row.offer, self._deeds, over)
        self.answering.setAccessibleName(_("Note an answer"))
        self.answering.open()
