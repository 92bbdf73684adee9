"""What is picked on the timeline: stops through the one selection, and the tour in hand."""

from collections.abc import Callable, Iterable
from enum import Enum, auto

from app.domain.tours import Tour
from app.ui.selection import Selection
from app.ui.tours.lanes import Bar, Lane


class How(Enum):
    """What a pick does to what was picked before."""

    ALONE = auto()
    TOGGLE = auto()
    RANGE = auto()


class Picker:
    """The lanes shown, and which of them is in hand: the tour of the current order."""

    def __init__(self, selection: Selection, on_change: Callable[[], None]) -> None:
        self._selection = selection
        self._on_change = on_change
        self._in_hand = ""
        self._places: dict[str, int] = {}
        self.lanes: tuple[Lane, ...] = ()
        selection.listen(self._follow)

    @property
    def place(self) -> int | None:
        """The place of the lane in hand, or None."""
        return self._places.get(self._in_hand)

    @property
    def bar(self) -> Bar | None:
        """The current stop, when the current order is on the lane in hand."""
        place, current = self.place, self._selection.selected.current
        if place is None or not current:
            return None
        return next((bar for bar in self.lanes[place].stops if bar.order == current), None)

    @property
    def tours(self) -> tuple[Tour, ...]:
        """The tours that what is selected rides on, else the one in hand; no ghosts."""
        kept = [lane for lane in self.lanes if lane.tour is not None and not lane.ghost]
        codes = set(self._selection.selected.codes)
        touched = [lane for lane in kept if not codes.isdisjoint(lane.orders)]
        chosen = touched or [lane for lane in kept if lane.key == self._in_hand]
        return tuple(lane.tour for lane in chosen if lane.tour is not None)

    def show(self, lanes: tuple[Lane, ...]) -> None:
        """These are the lanes from now on; what is in hand stays while it is there."""
        self.lanes = lanes
        self._places = {lane.key: place for place, lane in enumerate(lanes)}
        if self.place is None:
            self._take_in_hand()

    def pick(self, lane: Lane, bar: Bar | None, how: How = How.ALONE) -> None:
        """Pick a stop of a lane, or all of the lane's."""
        self._in_hand = lane.key
        orders = lane.orders if bar is None or not bar.order else (bar.order,)
        if how is How.TOGGLE:
            self._toggle(orders)
        elif how is How.RANGE and bar is not None and bar.order:
            self._selection.choose(self._range_to(bar.order))
        else:
            self._selection.choose(orders)
        self._on_change()

    def step(self, by: int, *, extend: bool = False) -> None:
        """Go to the next or previous stop of the lane in hand."""
        lane = self._lane_or_first()
        if lane is None:
            return
        stops, current = lane.stops, self.bar
        if current is None:
            bar = stops[0] if by > 0 else stops[-1]
        else:
            bar = stops[min(max(0, stops.index(current) + by), len(stops) - 1)]
        if extend:
            self._in_hand = lane.key
            self._selection.take_out((bar.order,))
            self._selection.add((bar.order,))
        else:
            self.pick(lane, bar)

    def step_lane(self, by: int) -> None:
        """Go to the tour above or below, to the stop there that is nearest in time."""
        toured = [lane for lane in self.lanes if lane.stops]
        if not toured:
            return
        place = self.place
        if place is None:
            lane = toured[0] if by > 0 else toured[-1]
        else:
            beyond = self.lanes[place + 1 :] if by > 0 else self.lanes[:place][::-1]
            found = next((lane for lane in beyond if lane.stops), None)
            if found is None:
                return
            lane = found
        current = self.bar
        at_s = current.from_s if current is not None else lane.from_s
        self.pick(lane, min(lane.stops, key=lambda bar: abs(bar.from_s - at_s)))

    def go_to_end(self, *, last: bool) -> None:
        """Go to the first or last stop of the lane in hand."""
        lane = self._lane_or_first()
        if lane is not None:
            self.pick(lane, lane.stops[-1 if last else 0])

    def pick_everything(self) -> None:
        """Pick the stops of all lanes."""
        self._selection.choose(order for lane in self.lanes for order in lane.orders)

    def drop(self) -> None:
        """Pick nothing."""
        self._in_hand = ""
        self._selection.clear()
        self._on_change()

    def _follow(self) -> None:
        self._take_in_hand()
        self._on_change()

    def _take_in_hand(self) -> None:
        """Take the lane of the current order, unless the one in hand carries it already.

        A vehicle without a tour stays in hand until an order is picked.
        """
        current, place = self._selection.selected.current, self.place
        if not current and place is not None and self.lanes[place].tour is None:
            return
        carrying = [lane.key for lane in self.lanes if current and current in lane.orders]
        if self._in_hand not in carrying:
            self._in_hand = carrying[0] if carrying else ""

    def _lane_or_first(self) -> Lane | None:
        place = self.place
        if place is not None and self.lanes[place].stops:
            return self.lanes[place]
        return next((lane for lane in self.lanes if lane.stops), None)

    def _toggle(self, orders: Iterable[str]) -> None:
        wanted = tuple(orders)
        if all(order in self._selection.selected for order in wanted):
            self._selection.take_out(wanted)
        else:
            self._selection.add(wanted)

    def _range_to(self, order: str) -> tuple[str, ...]:
        """From the current order to this one, as the lanes have them from top to bottom."""
        everything = [code for lane in self.lanes for code in lane.orders]
        current = self._selection.selected.current
        if current not in everything:
            return (order,)
        start, end = everything.index(current), everything.index(order)
        if start <= end:
            return tuple(everything[start : end + 1])
        return tuple(everything[end : start + 1][::-1])
