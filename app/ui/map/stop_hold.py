"""Stops dragged on the map: over which tour or after which stop the pointer holds them."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Qt

from app.planning.tours.consequences import Preview
from app.ui.map.ghost import ghost_of
from app.ui.map.view import MapView
from app.ui.tours.drop_card import DropCard
from app.ui.tours.hand_desk import HandDesk
from app.ui.tours.holding import Aim, Holding

_Ctrl = Qt.KeyboardModifier.ControlModifier


class StopHold(QObject):
    """One hand over one map; the ways that would come and go are drawn while it holds stops."""

    def __init__(self, view: MapView, desk: HandDesk) -> None:
        super().__init__(view)
        self._view = view
        self._desk = desk
        self._holding = Holding(desk, view.window, self._show, self)
        view.held.connect(self._holding.take)
        view.held_over.connect(self._over)
        view.let_go.connect(self._drop)
        view.held_no_more.connect(self._holding.cancel)
        desk.supposed.connect(self._suppose)
        desk.landings.append(self)
        self._carried: tuple[str, ...] = ()

    @property
    def seen(self) -> Preview | None:
        """What letting go would do now."""
        return self._holding.seen

    @property
    def card(self) -> DropCard | None:
        """The card beside the pointer, once there was one."""
        return self._holding.card

    # What another pane hands over: the page says what lies under the program's pointer

    def is_over(self, at: QPoint) -> bool:
        """Whether the map lies at this point of the screen."""
        view = self._view
        return view.isVisible() and view.rect().contains(view.mapFromGlobal(at))

    def take(self, orders: Sequence[str]) -> None:
        """Take these orders into the hand."""
        self._carried = tuple(orders)
        self._holding.take(orders)

    def reach(self, at: QPoint) -> None:
        """The pointer is there now, on the screen."""
        self._view.carry(self._carried, self._view.mapFromGlobal(at))

    def let_go(self, *, force: bool, choose: bool) -> None:
        """Let go where the pointer was last."""
        self._view.carry((), QPoint())
        self._holding.drop(force=force, choose=choose)

    def cancel(self) -> None:
        """Put everything back."""
        self._view.carry((), QPoint())
        self._holding.cancel()

    # What is held on the map itself

    def _over(self, tour: str, stop: str, place: QPoint) -> None:
        """On a tour's way the best place is meant, on one of its stops the one right after it."""
        at = self._view.mapTo(self._view.window(), place)
        self._holding.aim(self._aim_at(tour, stop), at)

    def _aim_at(self, code: str, stop: str) -> Aim | None:
        hands = self._desk.hands
        tour = None if hands is None else hands.tours.get(code)
        if tour is None:
            return None
        held = set(self._holding.moved)
        others = [one.shipment for one in tour.deliveries if one.shipment not in held]
        position = others.index(stop) + 1 if stop in others else None
        return Aim(code, tour.vehicle, position, len(others))

    def _drop(self, held: Qt.KeyboardModifier, choose: bool) -> None:
        self._holding.drop(force=bool(held & _Ctrl), choose=choose)

    def _suppose(self, seen: Preview | None) -> None:
        """Draw what another pane looks at, until something is held."""
        if not self._holding.active:
            self._view.show_ghost(None if seen is None else ghost_of(seen))

    def _show(self, seen: Preview | None) -> None:
        drawn = seen is not None and self._holding.active and seen.refused is None
        self._view.show_ghost(ghost_of(seen) if drawn and seen is not None else None)
