"""What the map page and the program tell each other: short words only, never layers."""

import json
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

Describe = Callable[[str], Sequence[str]]


class Bridge(QObject):
    """The one object that the page sees; signals go to the page, slots are called by it.

    The signals whose names begin with `heard_` are for the program alone.
    """

    news = Signal(str, int)
    selected = Signal(str)
    hovered_elsewhere = Signal(str)
    zoomed = Signal(str)
    tool_chosen = Signal(str)
    pin_started = Signal(str)
    ghost_shown = Signal(str)
    carried = Signal(str, float, float)

    heard_open = Signal()
    heard_painted = Signal(int)
    heard_pick = Signal(str, str)
    heard_box = Signal(str, str)
    heard_hover = Signal(str)
    heard_node = Signal(str, str)
    heard_tour = Signal(str, str)
    heard_pin = Signal(str, float, float)
    heard_choices = Signal(str)
    heard_held = Signal(str)
    heard_over = Signal(str, str, float, float)
    heard_drop = Signal(str, bool)
    heard_no_more = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.describe: Describe = lambda _order: ()

    @Slot()
    def opened(self) -> None:
        self.heard_open.emit()

    @Slot(int)
    def painted(self, version: int) -> None:
        self.heard_painted.emit(version)

    @Slot(str, str)
    def orders_picked(self, orders: str, modifiers: str) -> None:
        self.heard_pick.emit(orders, modifiers)

    @Slot(str, str)
    def orders_boxed(self, orders: str, modifiers: str) -> None:
        self.heard_box.emit(orders, modifiers)

    @Slot(str)
    def order_hovered(self, order: str) -> None:
        self.heard_hover.emit(order)

    @Slot(str, result=str)
    def details(self, order: str) -> str:
        """Lines for the card of the order under the pointer, made only when it is there."""
        return json.dumps([*self.describe(order)])

    @Slot(str, str)
    def node_picked(self, node: str, modifiers: str) -> None:
        self.heard_node.emit(node, modifiers)

    @Slot(str, str)
    def tour_picked(self, tour: str, modifiers: str) -> None:
        self.heard_tour.emit(tour, modifiers)

    @Slot(str, float, float)
    def pin_dropped(self, order: str, latitude: float, longitude: float) -> None:
        self.heard_pin.emit(order, latitude, longitude)

    @Slot(str)
    def choices_made(self, choices: str) -> None:
        self.heard_choices.emit(choices)

    @Slot(str)
    def stops_held(self, orders: str) -> None:
        self.heard_held.emit(orders)

    @Slot(str, str, float, float)
    def held_over(self, tour: str, stop: str, x: float, y: float) -> None:
        self.heard_over.emit(tour, stop, x, y)

    @Slot(str, bool)
    def let_go(self, modifiers: str, choose: bool) -> None:
        self.heard_drop.emit(modifiers, choose)

    @Slot()
    def held_no_more(self) -> None:
        self.heard_no_more.emit()
