"""Sending the selection to a node or with a carrier: what is asked, and of which orders."""

from collections.abc import Callable, Sequence

from app.domain.orders import Queue
from app.i18n import _, n_
from app.operations.by_hand import CarrierOffers
from app.ui.orders.deeds import Deeds
from app.ui.orders.destinations import Choice, carrier_choices, node_choices, shipments_of
from app.ui.orders.listing import Listing
from app.ui.orders.prompt import Prompt
from app.ui.orders.work_row import WorkRow
from app.ui.session import Session

#: Queues whose orders may be given to another node: not in a tour, not sent to a carrier.
_ASSIGNABLE = frozenset(
    {
        Queue.TO_SOURCE,
        Queue.ASK_CLIENT,
        Queue.OFFERED,
        Queue.TO_PLAN,
        Queue.NO_CARRIER,
        Queue.TO_COLLECT,
    }
)

Answer = Callable[[Sequence[WorkRow], Choice, str], None]


class Sending:
    """One prompt for both; the orders are those selected when it was opened."""

    def __init__(self, session: Session, listing: Listing, prompt: Prompt, deeds: Deeds) -> None:
        self._session = session
        self._listing = listing
        self._prompt = prompt
        self._deeds = deeds
        self._rows: Sequence[WorkRow] = ()
        self._answer: Answer = deeds.assign
        prompt.answered.connect(lambda choice, said: self._answer(self._rows, choice, said))

    def for_node(self) -> list[WorkRow]:
        """The selected orders that may get another node."""
        return [row for row in self._listing.chosen_rows() if can_change_node(row)]

    def for_carrier(self) -> list[WorkRow]:
        """The selected orders with a shipment that may get another carrier."""
        return [row for row in self._listing.chosen_rows() if can_change_carrier(row)]

    def ask_node(self) -> None:
        """Ask which node the selection goes to."""
        self._rows, self._answer = self.for_node(), self._deeds.assign
        title = n_("Send {count} order to", "Send {count} orders to", len(self._rows))
        choices = node_choices(self._rows, self._session.board.nodes)
        self._prompt.ask(self._titled(title), choices, carriers=False)

    def ask_carrier(self) -> None:
        """Ask which carrier takes the selection; prices come as soon as they are reckoned."""
        rows = self._rows = self.for_carrier()
        self._answer = self._deeds.send_with
        title = n_("Send {count} order with", "Send {count} orders with", len(self._rows))
        self._prompt.ask(self._titled(title), (), carriers=True)
        self._deeds.ask_prices(rows, lambda offers: self._priced(rows, offers))

    def _priced(self, rows: Sequence[WorkRow], offers: tuple[CarrierOffers, ...]) -> None:
        if self._rows is rows and self._prompt.isVisible():
            self._prompt.show_choices(carrier_choices(offers, self._listing.feed.directory))

    def _titled(self, title: str) -> str:
        told = title.format(count=len(self._rows))
        model = self._listing.model
        hidden = sum(model.place_of(row.code) is None for row in self._rows)
        if not hidden:
            return told
        return _("{what} ({hidden} hidden)").format(what=told, hidden=hidden)


def can_change_node(row: WorkRow) -> bool:
    """Not in a tour, not sent to a carrier, and we know where it goes."""
    return row.source.queue in _ASSIGNABLE


def can_change_carrier(row: WorkRow) -> bool:
    """It has a shipment that travels with nobody yet, or not for certain."""
    return bool(shipments_of((row,)))
