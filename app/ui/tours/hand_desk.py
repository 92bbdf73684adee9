"""The day in a person's hands, for every pane: ready for previews, priced, changed, taken back."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import thread_time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.journal import Settled
from app.errors import WhollyRefused
from app.i18n import _
from app.operations.hand import apply_preview, hands_of
from app.operations.reopening import agreed_tours, preview_reopened, reopen_and_move
from app.planning.tours.consequences import Preview
from app.planning.tours.hands import Hands
from app.planning.tours.moves import Move
from app.planning.tours.previewing import preview
from app.planning.tours.prices import cheapest, new_tours, prices
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.tours.drop_words import Told, summary_of
from app.ui.tours.lanes import Day
from app.ui.tours.words import NO_LIMIT_G
from app.ui.widgets.toast import News
from app.wording.tours import violation_reason

if TYPE_CHECKING:
    from app.domain.tours import Tour
    from app.ui.tours.carrying import Landing

#: A preview that took longer on the window's thread is reckoned beside it the next time.
AT_ONCE_S = 0.005
_NEWS_EVERY = 8  # prices told together


class HandDesk(QObject):
    """One for a session: panes ask it what a move would do, and to do it.

    `ready` follows the day made ready; `priced` comes while the tours' prices arrive; `supposed`
    has what a pane looks at without holding it, None when nothing is.
    """

    ready = Signal()
    priced = Signal()
    supposed = Signal(object)  # Preview | None
    reopening_asked = Signal(str, object)  # the question, and the Preview that Enter would do

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.hands: Hands | None = None
        self.prices: dict[str, Preview] = {}
        self.cut: tuple[str, ...] = ()
        self._reopening: _Reopening | None = None
        self.landings: list[Landing] = []  # panes that stops of other panes are let go over
        self.hindered: Callable[[], str] = lambda: ""  # what keeps hands off the tours now
        self._asked = self._tried = 0
        self._wanting = self._busy = self._slow = False
        self._stop = threading.Event()
        self._waiting: list[Callable[[Hands], None]] = []
        session.changed.connect(self._outdate)
        session.day_changed.connect(self._outdate)
        session.refused.connect(self._not_done)
        for failed in (session.troubled, session.broke):
            failed.connect(self._give_up)

    # Making ready

    def prepare(self) -> None:
        """Make the day ready beside the window's thread, unless it is, or is being made."""
        if self.hands is not None or self._wanting or self._busy:
            return
        self._wanting = True
        self._asked += 1
        asked, workspace, on = self._asked, self._session.workspace, self._session.day
        self._session.reckon(
            lambda: hands_of(workspace, on), lambda hands: self._made(asked, hands)
        )

    def with_hands(self, call: Callable[[Hands], None]) -> None:
        """Call with the day as soon as it is ready."""
        if self.hands is not None:
            call(self.hands)
            return
        self._waiting.append(call)
        self.prepare()

    def shipments_of(self, orders: Iterable[str]) -> tuple[str, ...]:
        """The shipments of these orders that ride on the day's tours or could, in that order."""
        hands = self.hands
        if hands is None:
            return ()
        by_order: dict[str, dict[str, None]] = {}
        for visit in hands.problem.visits:  # what is fetched has two of them
            by_order.setdefault(visit.order, {})[visit.shipment] = None
        return tuple(shipment for order in orders for shipment in by_order.get(order, ()))

    def carried(self) -> Mapping[str, str]:
        """The tour of each shipment that rides on one."""
        return {} if self.hands is None else self.hands.carried

    def told(self) -> Told:
        """What words about moves need to know of the day."""
        session, hands = self._session, self.hands
        vehicles = () if hands is None else tuple(hands.facts.vehicles.values())
        limited = (vehicle for vehicle in vehicles if vehicle.capacity.weight_g < NO_LIMIT_G)
        return Told(
            Day(session.day, session.zone),
            session.policy.touring.tight_slack_s,
            {vehicle.code: vehicle.label or vehicle.code for vehicle in vehicles},
            {vehicle.code: vehicle.capacity.weight_g for vehicle in limited},
        )

    # Asking

    def try_move(self, move: Move, then: Callable[[Preview], None]) -> None:
        """Say what a move would do: at once where that is quick, else as soon as it is known."""
        hands = self.hands
        if hands is None:
            return
        self._tried += 1
        if not self._slow:
            seen, took_s = _timed(hands, move)
            self._slow = took_s > AT_ONCE_S
            then(seen)
            return
        tried = self._tried

        def told(answer: tuple[Preview, float]) -> None:
            if tried == self._tried:
                self._slow = answer[1] > AT_ONCE_S
                then(answer[0])

        self._session.reckon(lambda: _timed(hands, move), told)

    def try_aside(self, move: Move, then: Callable[[Preview], None]) -> None:
        """The same beside the window's thread, for moves that are tried at many places."""
        hands = self.hands
        if hands is None:
            return
        self._tried += 1
        tried = self._tried
        self._session.reckon(
            lambda: preview(hands, move), lambda seen: then(seen) if tried == self._tried else None
        )

    def ask_prices(self, shipments: Sequence[str]) -> None:
        """Ask every tour beside this thread; `prices` fills while they answer."""
        self.forget_prices()
        hands, wanted = self.hands, tuple(shipments)
        if hands is None or not wanted:
            return
        self._ask_some(hands, wanted, 0, self._stop)

    def forget_prices(self) -> None:
        """The stops are out of hand: nobody asks any more."""
        self._stop.set()
        self._stop = threading.Event()
        self.prices = {}

    # Doing

    def apply(self, seen: Preview, reason: str = "", *, force: bool = False) -> None:
        """Do what was seen; a refusal is shown calmly."""
        if not seen.changes and seen.refused is None:
            return
        self._outdate()
        self._busy = True  # nobody looks at the day before it is the new one
        workspace, on = self._session.workspace, self._session.day
        asked, self._reopening = self._reopening, None

        def work() -> Settled:
            if asked is not None and asked.seen is seen:
                return reopen_and_move(workspace, on, asked.move, asked.agreed, reason)
            return apply_preview(workspace, on, seen, reason, force=force)

        self._session.submit(work, lambda settled: self._done(seen, settled))

    def ask_best(self, shipments: Sequence[str], then: Callable[[Preview | None], None]) -> None:
        """The cheapest place of all tours, and of a new one, that breaks nothing."""
        hands, wanted = self.hands, tuple(shipments)
        if hands is None:
            return
        self._tried += 1
        tried = self._tried

        def work() -> Preview | None:
            found = cheapest((*prices(hands, wanted), *new_tours(hands, wanted)))
            return None if found is None else found.preview

        self._session.reckon(work, lambda seen: then(seen) if tried == self._tried else None)

    def refuse(self, seen: Preview, move: Move | None = None) -> None:
        """Say why a move was not done; where only agreed tours are in its way, ask about them."""
        agreed = seen.refused is not None and seen.refused.code == "hand_agreed"
        if move is not None and agreed and self.ask_to_reopen(move):
            return
        reason = seen.refused or seen.against
        if reason is None and seen.broken:
            reason = violation_reason(seen.broken[0])
        if reason is not None:
            self._session.refused.emit(WhollyRefused(reason, ()))

    def ask_to_reopen(self, move: Move) -> bool:
        """Offer to make drafts of the tours in the way; whether that can be."""
        hands = self.hands
        agreed = () if hands is None else agreed_tours(hands, move, self._session.now())
        if hands is None or not agreed:
            return False
        numbers = ", ".join(f"T{tour.number}" for tour in agreed)

        def told(seen: Preview) -> None:
            if hands is self.hands:
                self._reopening = _Reopening(seen, move, agreed)
                self.reopening_asked.emit(_("Reopen {tours} for it").format(tours=numbers), seen)

        self._session.reckon(lambda: preview_reopened(hands, move, agreed), told)
        return True

    # How it is done

    def _outdate(self, _changes: object = None) -> None:
        """The day is another: what was made ready is of no use any more."""
        self.hands = None
        self._wanting = self._busy = False
        self._asked += 1
        self.forget_prices()
        if self._waiting:
            self.prepare()

    def _not_done(self, _error: object) -> None:
        """Nothing was changed: the day may be looked at again."""
        if self._busy:
            self._outdate()

    def _give_up(self, _error: object) -> None:
        """Something broke: who waits for the day waits no longer, and may ask again."""
        self._waiting.clear()
        if self._busy or self._wanting:
            self._outdate()

    def _made(self, asked: int, hands: Hands) -> None:
        if asked != self._asked:
            return
        self.hands, self._wanting, self._slow = hands, False, False
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call(hands)
        self.ready.emit()

    def _ask_some(
        self, hands: Hands, shipments: tuple[str, ...], done: int, stop: threading.Event
    ) -> None:
        """A few tours at a time, so that the first prices stand soon and the last cost no frame."""
        codes = [tour.code for tour in hands.plan.tours][done : done + _NEWS_EVERY]
        if not codes or stop.is_set():
            return

        def work() -> dict[str, Preview]:
            found = prices(hands, shipments, codes, stop.is_set)
            return {price.tour: price.preview for price in found}

        def told(found: dict[str, Preview]) -> None:
            if stop is not self._stop:
                return
            self.prices.update(found)
            self.priced.emit()
            self._ask_some(hands, shipments, done + _NEWS_EVERY, stop)

        self._session.reckon(work, told)

    def _done(self, seen: Preview, _settled: Settled) -> None:
        self.cut = ()
        forced = not seen.free
        numbers = ", ".join(f"T{each.tour.number}" for each in seen.touched)
        title = _("{tours} changed by hand").format(tours=numbers)
        status, icon = ("warn", Icon.OVERRIDE) if forced else ("success", Icon.TOUR)
        self._session.news.emit(News(title, summary_of(seen), status, icon))


@dataclass(frozen=True, slots=True)
class _Reopening:
    """A move that was asked about because agreed tours are in its way."""

    seen: Preview
    move: Move
    agreed: "tuple[Tour, ...]"


def hand_desk_of(session: Session) -> HandDesk:
    """The session's one."""
    return session.findChild(HandDesk) or HandDesk(session)


def _timed(hands: Hands, move: Move) -> tuple[Preview, float]:
    start = thread_time()
    seen = preview(hands, move)
    return seen, thread_time() - start
