"""What hands do to tours by keys and menus: each says its price first, on the line at the foot."""

from collections.abc import Callable, Container
from typing import Protocol

from app import formats
from app.domain.orders import ShipmentState
from app.domain.tours import PlanState, Tour
from app.i18n import _, n_
from app.planning.tours.consequences import Preview
from app.planning.tours.hands import Hands
from app.planning.tours.moves import Merge, Move, Place, Reverse, Split, Swap
from app.ui.actions import Actions
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.tours import hand_specs as specs
from app.ui.tours.hand_desk import HandDesk
from app.ui.tours.lanes import Lane
from app.ui.tours.move_strip import MoveStrip
from app.ui.tours.pane_day import PaneDay
from app.ui.tours.timeline import Timeline
from app.ui.widgets.toast import News

_TWO = 2
_MOVABLE = (ShipmentState.RESERVED, ShipmentState.PLANNED, ShipmentState.CARRIER_CHOSEN)


class Stage(Protocol):
    """What these acts need of the page."""

    shown: PaneDay
    timeline: Timeline
    strip: MoveStrip

    def hindered(self) -> str: ...


class HandActs:
    """Looks at what is selected when it is asked; nothing is done before it is priced."""

    def __init__(self, session: Session, actions: Actions, stage: Stage, desk: HandDesk) -> None:
        self._session = session
        self._actions = actions
        self._stage = stage
        self._desk = desk
        self._sent: tuple[str, ...] = ()
        self._sending: Place | None = None  # to the tour whose number is typed
        stage.strip.numbered.connect(self._numbered)
        stage.strip.confirmed.connect(self._confirmed)
        stage.strip.insisted.connect(self._insisted)
        desk.reopening_asked.connect(stage.strip.ask_leave)

    def register(self) -> None:
        """Put them all into the registry."""
        for spec, run, why_not in (
            (specs.SEND, self._ask_tour, self._why_not_send),
            (specs.INSERT, self._insert, self._why_not_send),
            (specs.EARLIER, lambda: self._shift(-1), self._why_not_shift),
            (specs.LATER, lambda: self._shift(1), self._why_not_shift),
            (specs.CUT, self._cut, self._why_not_shift),
            (specs.PASTE, self._paste, self._why_not_paste),
            (specs.REVERSE, self._reverse, self._why_not_one_tour),
            (specs.SPLIT, self._split, self._why_not_split),
            (specs.MERGE, lambda: self._with_two(Merge), self._why_not_two_tours),
            (specs.SWAP, lambda: self._with_two(Swap), self._why_not_two_tours),
        ):
            self._actions.register(spec, run, why_not)

    # What is selected

    def _orders(self) -> tuple[str, ...]:
        return self._session.selection.selected.codes

    def _tours(self) -> tuple[Tour, ...]:
        return self._stage.timeline.picker.tours

    def _riding(self) -> list[str]:
        """The shipments of the selected stops, in the order they are driven."""
        chosen = self._session.selection.selected
        tours = self._stage.shown.plan.tours
        return [s.shipment for tour in tours for s in tour.doors if s.order in chosen]

    def _rides(self) -> bool:
        """Whether any selected order is on a tour: asked at every click."""
        chosen = set(self._orders())
        tours = self._stage.shown.plan.tours if chosen else ()
        return any(stop.order in chosen for tour in tours for stop in tour.deliveries)

    def _movable(self) -> bool:
        chosen = set(self._orders())
        rows = (row for row in self._session.board.rows if row.code in chosen)
        return any(one.state in _MOVABLE for row in rows for one in row.shipments)

    # Sending and inserting

    def _ask_tour(self) -> None:
        """Ask for the tour; what is typed is priced as it is typed."""
        orders = self._orders()
        title = n_("Send {count} order to tour T", "Send {count} orders to tour T", len(orders))
        told = title.format(count=formats.number(len(orders)))

        def asked(_hands: Hands) -> None:
            self._sent = self._desk.shipments_of(orders)
            self._stage.strip.ask_number(told)

        self._desk.with_hands(asked)

    def _numbered(self, number: int) -> None:
        strip, self._sending = self._stage.strip, None
        if not self._sent:
            strip.tell(None, _("None of them can be put on a tour of this day."))
        elif not number:
            nowhere = _("No tour can take them without breaking a rule.")
            self._desk.ask_best(self._sent, lambda seen: strip.tell(seen, nowhere))
        else:
            tours = self._stage.shown.plan.tours
            found = next((tour.code for tour in tours if tour.number == number), None)
            if found is None:
                strip.tell(None, _("There is no T{number}.").format(number=number))
            else:
                self._sending = Place(self._sent, found)
                self._desk.try_aside(self._sending, strip.tell)

    def _insisted(self) -> None:
        """Enter on a tour that cannot be changed as it is: it may be reopened."""
        if self._sending is not None:
            self._desk.ask_to_reopen(self._sending)

    def _insert(self) -> None:
        orders = self._orders()

        def ready(_hands: Hands) -> None:
            shipments = self._desk.shipments_of(orders)
            self._desk.ask_best(shipments, self._inserted)

        self._desk.with_hands(ready)

    def _inserted(self, seen: Preview | None) -> None:
        if seen is None:
            told = _("No tour can take them without breaking a rule.")
            self._session.news.emit(News(told, status="warn", icon=Icon.WARNING))
        else:
            self._desk.apply(seen)

    # Moving within and between tours

    def _shift(self, by: int) -> None:
        """The selected stops of one tour, one place on."""
        orders = self._orders()

        def ready(hands: Hands) -> None:
            carrying = (tour for tour in hands.plan.tours if _stops(tour, orders))
            tour = next(carrying, None)
            if tour is None:
                return
            mine = _stops(tour, orders)
            others = (s for s in tour.deliveries if s.shipment not in mine or not tour.is_fetch(s))
            doors = [stop.shipment for stop in others]
            position = doors.index(mine[0]) + by
            if 0 <= position <= len(doors) - len(mine):
                self._try(_("Move the stop"), Place(mine, tour.code, position=position))

        self._desk.with_hands(ready)

    def _cut(self) -> None:
        self._desk.cut = tuple(self._riding())
        count = len(self._desk.cut)
        title = n_("{count} stop cut", "{count} stops cut", count)
        line = _("Ctrl+V pastes into the tour in hand; until then nothing changes.")
        news = News(title.format(count=formats.number(count)), line, status="info", icon=Icon.INFO)
        self._session.news.emit(news)
        self._actions.refresh()

    def _paste(self) -> None:
        lane, bar = self._in_hand(), self._stage.timeline.picker.bar
        if lane is None:
            return
        tour = lane.tour.code if lane.tour is not None else ""
        cut, vehicle = self._desk.cut, lane.vehicle.code
        position = None
        if bar is not None:
            others = [stop for stop in lane.stops if stop.shipment not in cut]
            position = others.index(bar) + 1 if bar in others else None
        move = Place(cut, tour, "" if tour else vehicle, position)
        self._desk.with_hands(lambda _hands: self._try(_("Paste the stops"), move))

    def _in_hand(self) -> Lane | None:
        picker = self._stage.timeline.picker
        return None if picker.place is None else picker.lanes[picker.place]

    # Whole tours

    def _reverse(self) -> None:
        tour = self._tours()[0]
        self._offer(_("Turn T{number} round").format(number=tour.number), Reverse(tour.code))

    def _split(self) -> None:
        picker = self._stage.timeline.picker
        lane, bar = self._in_hand(), picker.bar
        if lane is None or lane.tour is None or bar is None:
            return
        title = _("Split T{number} before stop {stop}")
        told = title.format(number=lane.number, stop=bar.number)
        self._offer(told, Split(lane.tour.code, bar.number - 1))

    def _with_two(self, kind: Callable[[str, str], Merge | Swap]) -> None:
        one, two = self._tours()
        text = (
            _("Merge T{one} and T{two}")
            if kind is Merge
            else _("Exchange the vehicles of T{one} and T{two}")
        )
        self._offer(text.format(one=one.number, two=two.number), kind(one.code, two.code))

    def _offer(self, title: str, move: Move) -> None:
        """Say what it would do, and wait for Enter."""

        def ready(_hands: Hands) -> None:
            self._desk.try_aside(move, lambda seen: self._stage.strip.ask_leave(title, seen))

        self._desk.with_hands(ready)

    def _try(self, title: str, move: Move) -> None:
        """Do it where nothing is against it; else say what is, and wait for a reason."""

        def told(seen: Preview) -> None:
            if seen.refused is not None:
                self._desk.refuse(seen, move)
            elif seen.free:
                self._desk.apply(seen)
            else:
                self._stage.strip.ask_leave(title, seen)

        self._desk.try_aside(move, told)

    def _confirmed(self, seen: Preview, reason: str) -> None:
        self._desk.apply(seen, reason, force=bool(reason))

    # What speaks against it

    def _why_not_send(self) -> str:
        if not self._orders():
            return _("Select orders first.")
        if not self._movable():
            return _("No shipment of them can ride on a tour.")
        return self._stage.hindered()

    def _why_not_shift(self) -> str:
        return self._stage.hindered() if self._rides() else _("Select stops of a tour first.")

    def _why_not_paste(self) -> str:
        if not self._desk.cut:
            return _("Cut stops first.")
        if self._stage.timeline.picker.place is None:
            return _("Take a tour in hand first.")
        return self._stage.hindered()

    def _why_not_one_tour(self) -> str:
        tours = self._tours()
        if len(tours) != 1:
            return _("Select one tour first.")
        return _agreed(tours) or self._stage.hindered()

    def _why_not_split(self) -> str:
        bar = self._stage.timeline.picker.bar
        if bar is None or bar.number <= 1:
            return _("Select the stop first from which on another vehicle drives.")
        return self._why_not_one_tour()

    def _why_not_two_tours(self) -> str:
        tours = self._tours()
        if len(tours) != _TWO:
            return _("Select stops of two tours first.")
        return _agreed(tours) or self._stage.hindered()


def _agreed(tours: tuple[Tour, ...]) -> str:
    fixed = [tour for tour in tours if tour.state is not PlanState.DRAFT]
    if not fixed:
        return ""
    return _("T{number} is agreed: reopen it first.").format(number=fixed[0].number)


def _stops(tour: Tour, orders: Container[str]) -> tuple[str, ...]:
    """A tour's shipments of these orders, in the order they are driven."""
    return tuple(stop.shipment for stop in tour.doors if stop.order in orders)
