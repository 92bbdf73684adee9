"""Time passes on the desk: offers end when their time is over, and nodes are reminded before."""

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from app import formats
from app.domain.journal import Changes
from app.domain.offers import Offer, OfferState
from app.i18n import _, n_
from app.operations.offer_settling import SettledOffers, settle_offers
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.widgets.toast import News
from db.offers import load_offers

_LOOK_MS = 2_000


class OfferClock(QObject):
    """Looks at the deadlines it knows; the workspace is asked only when one has passed."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._open: tuple[Offer, ...] = ()
        self._reminded: set[tuple[str, datetime]] = set()
        self._settling = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        session.changed.connect(self._changed)

    def start(self) -> None:
        """Do what was left when the desk was closed, then follow the deadlines."""
        self._settle()
        self._read()
        self._timer.start()

    def look(self) -> None:
        """End what is over, remind of what is near its end."""
        now = self._session.now()
        if any(offer.expires <= now for offer in self._open) and not self._settling:
            self._settle()
        for offer in self._open:
            self._remind(offer, now)

    def _changed(self, changes: Changes) -> None:
        if changes.touch("offer"):
            self._read()

    def _read(self) -> None:
        self._session.read(load_offers, self._known, None, (OfferState.OPEN,))

    def _known(self, found: list[Offer]) -> None:
        self._open = tuple(found)

    def _settle(self) -> None:
        self._settling = True
        workspace = self._session.workspace
        self._session.submit(lambda: settle_offers(workspace), self._settled)

    def _settled(self, done: SettledOffers) -> None:
        self._settling = False
        count = len(done.lapsed)
        if not count:
            return
        text = n_("{count} offer lapsed", "{count} offers lapsed", count)
        told = [
            n_("{count} asked further", "{count} asked further", len(done.widened)).format(
                count=formats.number(len(done.widened))
            )
            if done.widened
            else "",
            n_(
                "{count} assigned by the rules", "{count} assigned by the rules", len(done.assigned)
            ).format(count=formats.number(len(done.assigned)))
            if done.assigned
            else "",
        ]
        title = text.format(count=formats.number(count))
        line = " · ".join(part for part in told if part)
        self._session.news.emit(News(title, line, status="warn", icon=Icon.LAPSED))

    def _remind(self, offer: Offer, now: datetime) -> None:
        """Once for each deadline, name the nodes that have not answered."""
        before = timedelta(seconds=self._session.policy.offers.remind_s)
        key = (offer.code, offer.expires)
        if not now < offer.expires <= now + before or key in self._reminded:
            return
        if offer.opened_at + before >= offer.expires:
            return  # it never had more time than that
        self._reminded.add(key)
        left = formats.countdown((offer.expires - now).total_seconds())
        number = formats.order_number(offer.order)
        title = _("{order}: {time} left to claim").format(order=number, time=left)
        nodes = ", ".join(one.node for one in offer.awaited)
        line = _("No answer yet: {nodes}").format(nodes=nodes)
        self._session.news.emit(News(title, line, status="warn", icon=Icon.DEADLINE))
