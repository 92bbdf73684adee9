"""Stops dragged on the timeline: over which lane and between which stops the pointer holds them."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QWidget

from app.planning.tours.consequences import Preview
from app.ui.tours.drop_card import DropCard
from app.ui.tours.hand_desk import HandDesk
from app.ui.tours.holding import Aim, Holding
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


class StopDrag:
    """One hand over one timeline; lanes stand as they would be while it holds stops."""

    def __init__(self, lanes: Lanes, desk: HandDesk, parent: QObject) -> None:
        self._lanes = lanes
        self._desk = desk
        self._holding = Holding(desk, lanes.window, self._show, parent)
        desk.landings.append(self)

    @property
    def active(self) -> bool:
        """Whether stops are held."""
        return self._holding.active

    @property
    def seen(self) -> Preview | None:
        """What letting go would do now."""
        return self._holding.seen

    @property
    def card(self) -> DropCard | None:
        """The card beside the pointer, once there was one."""
        return self._holding.card

    def prepare(self) -> None:
        """A stop was pressed: it may be dragged in a moment."""
        self._desk.prepare()

    def take(self, orders: Sequence[str]) -> None:
        """Take these orders' stops into the hand, in this order."""
        self._holding.take(orders)

    def move(self, point: QPoint) -> None:
        """The pointer is there now, in the viewport."""
        at = self._lanes.viewport().mapTo(self._lanes.window(), point)
        self._holding.aim(self._aim_at(point), at)

    def drop(self, held: Qt.KeyboardModifier, point: QPoint, *, choose: bool = False) -> None:
        """Let go; against a rule only with Ctrl, and then with a reason."""
        self.move(point)
        self._holding.drop(force=bool(held & _Ctrl), choose=choose)

    def cancel(self) -> None:
        """Put everything back."""
        self._holding.cancel()

    # What another pane hands over

    def is_over(self, at: QPoint) -> bool:
        """Whether the lanes lie at this point of the screen."""
        view = self._lanes.viewport()
        return view.isVisible() and view.rect().contains(view.mapFromGlobal(at))

    def reach(self, at: QPoint) -> None:
        """The pointer is there now, on the screen."""
        self.move(self._lanes.viewport().mapFromGlobal(at))

    def let_go(self, *, force: bool, choose: bool) -> None:
        """Let go where the pointer was last."""
        self._holding.drop(force=force, choose=choose)

    def _aim_at(self, point: QPoint) -> Aim | None:
        """The lane there, and how many of its other stops come before that time."""
        spot = self._lanes.spot_at(point)
        if spot is None or spot.lane.ghost:
            return None
        lane, held = spot.lane, set(self._holding.moved)
        others = [bar for bar in lane.stops if bar.shipment not in held]
        tour = lane.tour.code if lane.tour is not None else ""
        if spot.on_label:
            return Aim(tour, lane.vehicle.code, None, len(others))
        second = self._lanes.second_at(point.x())
        before = sum(bar.from_s + bar.to_s < 2 * second for bar in others)
        return Aim(tour, lane.vehicle.code, before, len(others))

    def _show(self, seen: Preview | None) -> None:
        """Lanes and labels as they stand now."""
        if not self._holding.active:
            self._lanes.show_trial(None)
            return
        shown, held = self._lanes.shown_lanes(), frozenset(self._holding.moved)
        tight_s = self._desk.told().tight_s
        lanes = {} if seen is None else tried(seen, shown, self._lanes.day, tight_s)
        prices = lane_prices(self._desk.prices, shown)
        self._lanes.show_trial(Trial(lanes, held, left_bars(shown, held), prices))


def taken_with(order: str, selected: Sequence[str], lanes: Sequence[Lane]) -> tuple[str, ...]:
    """What a press on a stop takes: all stops selected with it, in the order they are driven."""
    if order not in selected:
        return (order,)
    driven = [code for lane in lanes for code in lane.orders if code in set(selected)]
    return tuple(driven) or (order,)
