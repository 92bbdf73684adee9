"""Stops in the hand: from the press on them to letting go on another lane or place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.i18n import _
from app.planning.tours.consequences import Preview
from app.planning.tours.hands import Hands
from app.planning.tours.moves import Place
from app.ui.tours.drop_card import DropCard
from app.ui.tours.drop_words import Told, card_words
from app.ui.tours.hand_desk import HandDesk
from app.ui.tours.lanes import Day, Lane
from app.ui.tours.timeline_view import Spot
from app.ui.tours.trial import Trial, lane_prices, left_bars, tried

_Ctrl = Qt.KeyboardModifier.ControlModifier


class Lanes(Protocol):
    """What the drag needs of the timeline."""

    day: Day

    def window(self) -> QWidget: ...

    def viewport(self) -> QWidget: ...

    def shown_lanes(self) -> tuple[Lane, ...]: ...

    def spot_at(self, point: QPoint) -> Spot | None: ...

    def second_at(self, x: int) -> float: ...

    def show_trial(self, trial: Trial | None) -> None: ...


@dataclass(frozen=True, slots=True)
class _Aim:
    """Where stops would go: a lane, and how many of its other stops come before."""

    lane: str
    position: int | None


class StopDrag(QObject):
    """One hand over one timeline; nothing is done before it lets go."""

    def __init__(self, lanes: Lanes, desk: HandDesk, told: "Teller", parent: QObject) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._desk = desk
        self._told = told
        self._card: DropCard | None = None
        self._orders: tuple[str, ...] = ()
        self._moved: tuple[str, ...] = ()
        self._aim: _Aim | None = None
        self._seen: Preview | None = None
        self._asking: Preview | None = None
        self._at = QPoint()
        desk.ready.connect(self._day_ready)
        desk.priced.connect(self._show)

    @property
    def active(self) -> bool:
        """Whether stops are held."""
        return bool(self._orders)

    @property
    def seen(self) -> Preview | None:
        """What letting go would do now."""
        return self._seen

    @property
    def card(self) -> DropCard | None:
        """The card beside the pointer, once there was one."""
        return self._card

    def take(self, orders: Sequence[str]) -> None:
        """Take these orders' stops into the hand, in this order."""
        if self._told.hindered():
            return
        self._orders = tuple(orders)
        self._moved, self._aim, self._seen = (), None, None
        self._desk.with_hands(self._ready)

    def move(self, point: QPoint) -> None:
        """The pointer is there now, in the viewport."""
        self._at = point
        aim = self._aim_at(point)
        if aim != self._aim:
            self._aim = aim
            self._try()
        if self._card is not None and self._card.isVisible():
            self._place_card()

    def drop(self, held: Qt.KeyboardModifier, point: QPoint, *, choose: bool = False) -> None:
        """Let go; against a rule only with Ctrl, and then with a reason."""
        self.move(point)
        if choose and self._seen is not None and self._seen.refused is None:
            self._open_choices()
            return
        self._let_go(force=bool(held & _Ctrl))

    def cancel(self) -> None:
        """Put everything back."""
        self._orders, self._moved = (), ()
        self._aim = self._seen = self._asking = None
        self._desk.forget_prices()
        self._lanes.show_trial(None)
        if self._card is not None:
            self._card.leave()

    # How it is done

    def _ready(self, _hands: Hands) -> None:
        if not self.active:
            return
        riding = [bar for lane in self._lanes.shown_lanes() for bar in lane.stops]
        here = {bar.shipment for bar in riding}
        wanted = self._desk.shipments_of(self._orders)
        self._moved = tuple(s for s in wanted if s in here) or wanted
        self._desk.ask_prices(self._moved)
        self._try()

    def _day_ready(self) -> None:
        self._aim = None

    def _aim_at(self, point: QPoint) -> _Aim | None:
        spot = self._lanes.spot_at(point)
        if spot is None:
            return None
        if spot.on_label:
            return _Aim(spot.lane.key, None)
        second, held = self._lanes.second_at(point.x()), set(self._moved)
        others = [bar for bar in spot.lane.stops if bar.shipment not in held]
        before = sum(bar.from_s + bar.to_s < 2 * second for bar in others)
        return _Aim(spot.lane.key, before)

    def _lane(self, key: str) -> Lane | None:
        return next((lane for lane in self._lanes.shown_lanes() if lane.key == key), None)

    def _try(self) -> None:
        """Ask what letting go there would do."""
        aim = self._aim
        lane = self._lane(aim.lane) if aim is not None else None
        if self._desk.hands is None and self.active:  # the day changed while they were held
            self._desk.with_hands(self._ready)
        if aim is None or lane is None or not self._moved:
            self._seen = None
            self._show()
            return
        tour = lane.tour.code if lane.tour is not None else ""
        move = Place(self._moved, tour, "" if tour else lane.vehicle.code, aim.position)
        ask = self._desk.try_move if aim.position is not None else self._desk.try_aside
        ask(move, self._tell)

    def _tell(self, seen: Preview) -> None:
        if self.active:
            self._seen = seen
            self._show()

    def _show(self) -> None:
        """Lanes, labels and card as they stand now; a card that asks stays as it is."""
        if not self.active or self._asking is not None:
            return
        shown, held = self._lanes.shown_lanes(), frozenset(self._moved)
        seen = self._seen
        told = self._told.told()
        lanes = {} if seen is None else tried(seen, shown, self._lanes.day, told.tight_s)
        prices = lane_prices(self._desk.prices, shown)
        self._lanes.show_trial(Trial(lanes, held, left_bars(shown, held), prices))
        if seen is None:
            if self._card is not None:
                self._card.leave()
            return
        card = self._card or DropCard(self._lanes.window())
        if self._card is None:
            self._card = card
            card.said.connect(self._forced)
            card.left.connect(self.cancel)
        card.follow_pointer()
        card.tell(card_words(seen, told, self._cheaper(seen)))
        self._place_card()

    def _cheaper(self, seen: Preview) -> Preview | None:
        """The best of all tours, where it is not this one."""
        able = [one for one in self._desk.prices.values() if one.free and one.changes]
        best = min(able, key=lambda one: one.change.cost_cents, default=None)
        if best is None or best.tours == seen.tours:
            return None
        worth = best.change.cost_cents < seen.change.cost_cents or not seen.free
        return best if worth else None

    def _place_card(self) -> None:
        if self._card is None:
            return
        view, window = self._lanes.viewport(), self._lanes.window()
        at = view.mapTo(window, self._at)
        self._card.place(at)

    def _let_go(self, *, force: bool) -> None:
        seen = self._seen
        if seen is None or not (seen.changes or seen.refused):
            self.cancel()
        elif seen.free:
            self.cancel()
            self._desk.apply(seen)
        elif force and seen.refused is None and self._card is not None:
            self._asking = seen
            self._card.ask_why()
        else:
            self.cancel()
            self._desk.refuse(seen)

    def _forced(self, reason: str) -> None:
        seen = self._asking
        self.cancel()
        if seen is not None:
            self._desk.apply(seen, reason, force=True)

    def _open_choices(self) -> None:
        """Where exactly: here, at the best place, first or last."""
        aim, moved = self._aim, self._moved
        lane = self._lane(aim.lane) if aim is not None else None
        if lane is None:
            self.cancel()
            return
        count = sum(bar.shipment not in moved for bar in lane.stops)
        menu = QMenu(self._lanes.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, position in (
            (_("Here"), aim.position if aim is not None else None),
            (_("At the best place"), None),
            (_("As the first stop"), 0),
            (_("As the last stop"), count),
        ):
            action = menu.addAction(text)
            action.triggered.connect(
                lambda _checked=False, position=position: self._choose(lane, position)
            )
        menu.addSeparator()
        menu.addAction(_("Cancel")).triggered.connect(self.cancel)
        menu.aboutToHide.connect(self._menu_gone, Qt.ConnectionType.QueuedConnection)
        self._chosen = False
        menu.popup(self._lanes.viewport().mapToGlobal(self._at))

    def _choose(self, lane: Lane, position: int | None) -> None:
        self._chosen = True
        tour = lane.tour.code if lane.tour is not None else ""
        move = Place(self._moved, tour, "" if tour else lane.vehicle.code, position)
        self._desk.try_aside(move, self._do)

    def _do(self, seen: Preview) -> None:
        self._seen = seen
        self._let_go(force=False)

    def _menu_gone(self) -> None:
        if not self._chosen:
            self.cancel()


class Teller(Protocol):
    """Who knows the day's names and limits."""

    def told(self) -> Told: ...

    def hindered(self) -> str:
        """What keeps hands off the tours now, "" when nothing does."""
        ...


def taken_with(order: str, selected: Sequence[str], lanes: Sequence[Lane]) -> tuple[str, ...]:
    """What a press on a stop takes: all stops selected with it, in the order they are driven."""
    if order not in selected:
        return (order,)
    driven = [code for lane in lanes for code in lane.orders if code in set(selected)]
    return tuple(driven) or (order,)
