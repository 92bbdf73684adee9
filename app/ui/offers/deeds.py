"""What is done about offers: the operations are asked, and what came of it is told."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app import formats
from app.domain.journal import Settled
from app.domain.offers import DeclineReason, Shortfall, WorkState
from app.domain.orders import OPEN_TO_SOURCING, OrderLine, Queue
from app.errors import Refused
from app.i18n import _, n_
from app.operations import offers
from app.operations.offers import OfferStanding
from app.operations.sourcing_run import SourcingRun
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.widgets.toast import News
from app.wording import sentence
from app.workspace import Workspace
from db.queries.board import OrderRow

_ASKABLE = frozenset({Queue.TO_SOURCE, Queue.ASK_CLIENT})


class Deeds(QObject):
    """Each deed is one operation in the session's serial lane."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    # Which orders

    def offered(self) -> list[OrderRow]:
        """The selected orders that are on offer."""
        return [row for row in self._selected() if row.queue is Queue.OFFERED]

    def askable(self) -> list[OrderRow]:
        """The selected orders that may be offered: open, and we know where they go."""
        found = self._selected()
        return [r for r in found if r.queue in _ASKABLE and r.order.state in OPEN_TO_SOURCING]

    def answerable(self) -> list[OrderRow]:
        """The selected orders on which a node may have something to say: on offer, or taken."""
        return [row for row in self._selected() if row.offer is not None]

    def none_answerable(self) -> str:
        """What speaks against noting an answer."""
        if not self._session.selection.selected.codes:
            return _("Nothing is selected.")
        return "" if self.answerable() else _("The selected orders are not on offer.")

    def none_offered(self) -> str:
        """What speaks against doing something with the offers selected."""
        if not self._session.selection.selected.codes:
            return _("Nothing is selected.")
        return "" if self.offered() else _("The selected orders are not on offer.")

    def none_askable(self) -> str:
        """What speaks against offering the orders selected."""
        if not self._session.selection.selected.codes:
            return _("Nothing is selected.")
        if self.askable():
            return ""
        if self.offered():
            return _("The selected orders are on offer already: widen the offer, or take it back.")
        return _("The selected orders have their node, or wait for their address.")

    # What is done

    def offer_to(self, order: str, to: Sequence[str], minutes: int, fallback: bool) -> None:
        """Show an order to these nodes for so long."""
        workspace = self._session.workspace
        self._session.submit(
            lambda: offers.offer(workspace, order, to, minutes=minutes, fallback=fallback),
            lambda _made: self._offered(1),
        )

    def offer_each(self, orders: Sequence[str]) -> None:
        """Show each order to whom the policy would ask."""
        workspace = self._session.workspace
        each = _each(workspace, orders, offers.offer)
        self._session.submit(each, self._told_each)

    def widen(self) -> None:
        """Ask the next nodes too."""
        workspace, orders = self._session.workspace, _codes(self.offered())
        each = _each(workspace, orders, offers.widen)
        self._session.submit(each, self._told_each)

    def assign(self) -> None:
        """Let the rules decide at once."""
        workspace, orders = self._session.workspace, _codes(self.offered())

        def done(runs: list[object]) -> None:
            made = [run for run in runs if isinstance(run, SourcingRun)]
            nodes = [node for run in made for one in run.standing for node in one.nodes]
            if nodes:
                text = n_("{count} order assigned", "{count} orders assigned", len(made))
                title = text.format(count=formats.number(len(made)))
                self._say(News(title, ", ".join(dict.fromkeys(nodes)), icon=Icon.ACCEPT))
            elif made:
                self._say(News(_("No node could be assigned"), status="warn", icon=Icon.WARNING))
            self._tell_refused(runs)

        self._session.submit(_each(workspace, orders, offers.assign_at_once), done)

    def take_back(self) -> None:
        """End the offers selected."""
        workspace, orders = self._session.workspace, _codes(self.offered())

        def done(ended: list[object]) -> None:
            count = sum(isinstance(one, Settled) for one in ended)
            if count:
                text = n_("{count} offer taken back", "{count} offers taken back", count)
                title = text.format(count=formats.number(count))
                self._say(News(title, icon=Icon.RELEASED, status="info"))
            self._tell_refused(ended)

        self._session.submit(_each(workspace, orders, offers.withdraw), done)

    def claim(self, order: str, node: str, lines: Sequence[OrderLine] = ()) -> None:
        """Note that a node takes the order."""
        workspace = self._session.workspace
        self._session.submit(lambda: offers.claim(workspace, order, node, lines), self._claimed)

    def decline(
        self, order: str, node: str, reason: DeclineReason, missing: Sequence[Shortfall], note: str
    ) -> None:
        """Note that a node refuses it, and why."""
        workspace = self._session.workspace
        self._session.submit(lambda: offers.decline(workspace, order, node, reason, missing, note))

    def see(self, order: str, node: str) -> None:
        """Note that a node has seen it."""
        workspace = self._session.workspace
        self._session.submit(lambda: offers.see(workspace, order, node))

    def advance(self, order: str, node: str, state: WorkState) -> None:
        """Note how far a node has come with what it took."""
        workspace = self._session.workspace
        self._session.submit(lambda: offers.advance(workspace, order, node, state))

    def give_back(
        self, order: str, node: str, reason: DeclineReason, missing: Sequence[Shortfall], note: str
    ) -> None:
        """Note that a node gives back what it took, or a part of it."""
        workspace = self._session.workspace
        self._session.submit(
            lambda: offers.give_back(workspace, order, node, reason, missing, note)
        )

    # What is told

    def _offered(self, count: int) -> None:
        text = n_("{count} order offered", "{count} orders offered", count)
        title = text.format(count=formats.number(count))
        line = _("The first node to claim wins.")
        self._say(News(title, line, status="info", icon=Icon.OFFERS))

    def _claimed(self, made: OfferStanding) -> None:
        offer = made.offer
        winner = "" if offer is None else offer.winner
        names = {node.code: node.name for node in self._session.board.nodes}
        number = formats.order_number(made.order.code)
        title = _("{order} taken by {node}").format(order=number, node=names.get(winner, winner))
        others = [] if offer is None else [node for node in offer.nodes if node != winner]
        line = _("{nodes} no longer see it.").format(nodes=", ".join(others)) if others else ""
        self._say(News(title, line, icon=Icon.TAKEN))

    def _told_each(self, made: list[object]) -> None:
        count = sum(isinstance(one, OfferStanding) for one in made)
        if count:
            self._offered(count)
        self._tell_refused(made)

    def _tell_refused(self, ended: Sequence[object]) -> None:
        refused = [one for one in ended if isinstance(one, Refused)]
        if refused:
            more = len(refused) - 1
            line = _("and {count} more").format(count=more) if more else ""
            title = sentence(refused[0].reason)
            self._say(News(title, line, status="warn", icon=Icon.WARNING))

    def _say(self, news: News) -> None:
        self._session.news.emit(news)

    def _selected(self) -> list[OrderRow]:
        chosen = self._session.selection.selected
        if not chosen:
            return []
        return [row for row in self._session.board.rows if row.code in chosen]


def _codes(rows: Sequence[OrderRow]) -> tuple[str, ...]:
    return tuple(row.code for row in rows)


def _each(
    workspace: Workspace, orders: Sequence[str], deed: Callable[[Workspace, str], object]
) -> Callable[[], list[object]]:
    """The deed for one order after the other; what is refused does not stop the others."""

    def run() -> list[object]:
        return [_tried(workspace, order, deed) for order in orders]

    return run


def _tried(workspace: Workspace, order: str, deed: Callable[[Workspace, str], object]) -> object:
    try:
        return deed(workspace, order)
    except Refused as refusal:
        return refusal
