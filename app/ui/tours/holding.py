"""Stops in a hand, on whatever pane: what they would cost where they are held, and letting go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

from app.i18n import _
from app.planning.tours.consequences import Preview
from app.planning.tours.hands import Hands
from app.planning.tours.moves import Place
from app.ui.tours.drop_card import DropCard
from app.ui.tours.drop_words import card_words
from app.ui.tours.hand_desk import HandDesk


@dataclass(frozen=True, slots=True)
class Aim:
    """Where stops would go: a tour, or a vehicle without one; `position` None = the best place.

    `others` are the stops there that are not in the hand.
    """

    tour: str
    vehicle: str = ""
    position: int | None = None
    others: int = 0


class Holding(QObject):
    """From taking stops to letting them go; nothing is done before."""

    def __init__(
        self,
        desk: HandDesk,
        window: Callable[[], QWidget],
        show: Callable[[Preview | None], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._window = window
        self._shows = show
        self._orders: tuple[str, ...] = ()
        self._aim: Aim | None = None
        self._move: Place | None = None  # what `seen` is about
        self._asking: Preview | None = None
        self._focused: QWidget | None = None  # who had the focus before the card asked
        self._chosen = False
        self._at = QPoint()
        self.moved: tuple[str, ...] = ()
        self.seen: Preview | None = None
        self.card: DropCard | None = None
        desk.priced.connect(self._show)

    @property
    def active(self) -> bool:
        """Whether stops are held."""
        return bool(self._orders)

    def take(self, orders: Sequence[str]) -> None:
        """Take the shipments of these orders into the hand: first what rides, as it is driven.

        Of an order that rides in part, only what rides is meant.
        """
        if self._desk.hindered():
            return
        self._orders = tuple(orders)
        self.moved, self._aim, self.seen = (), None, None
        self._desk.with_hands(self._ready)

    def aim(self, aim: Aim | None, at: QPoint) -> None:
        """They are held there, the pointer at this place of the window."""
        self._at = at
        if aim != self._aim:
            self._aim = aim
            self._try()
        elif self.card is not None and self.card.isVisible():
            self.card.place(at)

    def drop(self, *, force: bool, choose: bool = False) -> None:
        """Let go; against a rule only with force, and then with a reason."""
        seen = self.seen
        if choose and seen is not None and seen.refused is None and self._aim is not None:
            self._open_choices(self._aim)
        else:
            self._let_go(force=force)

    def cancel(self) -> None:
        """Put everything back."""
        self._orders, self.moved = (), ()
        self._aim = self.seen = self._asking = None
        self._desk.forget_prices()
        self._shows(None)
        if self.card is not None:
            self.card.leave()
        if self._focused is not None and isValid(self._focused):
            self._focused.setFocus()
        self._focused = None

    # How it is done

    def _ready(self, hands: Hands) -> None:
        if not self.active:
            return
        self.moved = _in_hand(hands, self._desk.shipments_of(self._orders))
        self._desk.ask_prices(self.moved)
        self._try()

    def _try(self) -> None:
        """Ask what letting go there would do."""
        aim = self._aim
        if self._desk.hands is None and self.active:  # the day changed while they were held
            self._desk.with_hands(self._ready)
            return
        if aim is None or not self.moved:
            self.seen = None
            self._show()
            return
        ask = self._desk.try_move if aim.position is not None else self._desk.try_aside
        self._move = self._place(aim, aim.position)
        ask(self._move, self._tell)

    def _place(self, aim: Aim, position: int | None) -> Place:
        return Place(self.moved, aim.tour, "" if aim.tour else aim.vehicle, position)

    def _tell(self, seen: Preview) -> None:
        if self.active and self._aim is not None:
            self.seen = seen
            self._show()

    def _show(self) -> None:
        """The pane and the card as they stand now; a card that asks stays as it is."""
        if not self.active or self._asking is not None:
            return
        self._shows(self.seen)
        if self.seen is None:
            if self.card is not None:
                self.card.leave()
            return
        card = self.card
        if card is None:
            card = self.card = DropCard(self._window())
            card.said.connect(self._forced)
            card.left.connect(self.cancel)
        card.follow_pointer()
        card.tell(card_words(self.seen, self._desk.told(), self._cheaper(self.seen)))
        card.place(self._at)

    def _cheaper(self, seen: Preview) -> Preview | None:
        """The best of all tours, where it is not this one."""
        able = [one for one in self._desk.prices.values() if one.free and one.changes]
        best = min(able, key=lambda one: one.change.cost_cents, default=None)
        if best is None or best.tours == seen.tours:
            return None
        worth = best.change.cost_cents < seen.change.cost_cents or not seen.free
        return best if worth else None

    def _let_go(self, *, force: bool) -> None:
        seen = self.seen
        if seen is None or not (seen.changes or seen.refused):
            self.cancel()
        elif seen.free:
            self.cancel()
            self._desk.apply(seen)
        elif force and seen.refused is None and self.card is not None:
            self._asking, self._focused = seen, QApplication.focusWidget()
            self.card.ask_why()
        else:
            self.cancel()
            self._desk.refuse(seen, self._move)

    def _forced(self, reason: str) -> None:
        seen = self._asking
        self.cancel()
        if seen is not None:
            self._desk.apply(seen, reason, force=True)

    def _open_choices(self, aim: Aim) -> None:
        """Where exactly: here, at the best place, first or last."""
        menu = QMenu(self._window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, position in (
            (_("Here"), aim.position),
            (_("At the best place"), None),
            (_("As the first stop"), 0),
            (_("As the last stop"), aim.others),
        ):
            move = self._place(aim, position)
            menu.addAction(text).triggered.connect(lambda _on=False, move=move: self._choose(move))
        menu.addSeparator()
        menu.addAction(_("Cancel"))
        menu.aboutToHide.connect(self._menu_gone, Qt.ConnectionType.QueuedConnection)
        self._chosen = False
        menu.popup(self._window().mapToGlobal(self._at))

    def _choose(self, move: Place) -> None:
        self._chosen, self._move = True, move
        self._desk.try_aside(move, self._do)

    def _do(self, seen: Preview) -> None:
        self.seen = seen
        self._let_go(force=False)

    def _menu_gone(self) -> None:
        if not self._chosen:
            self.cancel()


def _in_hand(hands: Hands, shipments: Sequence[str]) -> tuple[str, ...]:
    """The shipments that a hand takes of these orders', in its order."""
    order_of = {visit.shipment: visit.order for visit in hands.problem.visits}
    riding = {order_of[one] for one in shipments if one in hands.carried}
    meant = {one for one in shipments if one in hands.carried or order_of[one] not in riding}
    driven = (stop.shipment for tour in hands.plan.tours for stop in tour.doors)
    first = dict.fromkeys(one for one in driven if one in meant)
    return (*first, *(one for one in shipments if one in meant and one not in first))
