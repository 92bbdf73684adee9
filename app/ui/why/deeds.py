"""What the pane does about an order: take the suggestion, overrule it, look back."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QWidget

from app import formats
from app.domain.journal import Settled
from app.domain.orders import Queue
from app.domain.sourcing import SourcingDecision
from app.i18n import _, n_
from app.operations.sourcing import accept, assign
from app.ui.actions import Actions
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.why import actions as specs
from app.ui.widgets.toast import News
from app.wording import sentence
from db.queries.board import OrderRow

#: The prompt of the orders pane, which knows every node for any number of orders.
TO_NODE = "orders.to_node"
_WAITING = frozenset({Queue.TO_SOURCE, Queue.ASK_CLIENT, Queue.BLOCKED})
_MOVABLE = frozenset(
    {Queue.TO_PLAN, Queue.NO_CARRIER, Queue.TO_COLLECT, Queue.WITH_CARRIER, *_WAITING}
)


class Deeds(QObject):
    """Asks the operations; `choose_node` names the node that the button means instead."""

    def __init__(self, session: Session, actions: Actions, pane: QWidget) -> None:
        super().__init__(pane)
        self._session = session
        self._actions = actions
        self._pane = pane
        self._node = ""
        self._decision: SourcingDecision | None = None

    def choose_node(self, node: str, decision: SourcingDecision | None = None) -> None:
        """The button means this node, or what is suggested when it is empty.

        `decision` has what was weighed about it.
        """
        self._node, self._decision = node, decision

    def say(self) -> None:
        """Name the button by what it would do, and ask whether that can be done."""
        action = self._actions.action(specs.ACCEPT.id)
        self._actions.refresh(specs.ACCEPT.id, specs.OTHER_NODE.id, specs.HISTORY.id)
        text = self._named()
        if action.text() != text:
            action.setText(text)

    def accept(self) -> None:
        """Reserve as suggested, or give the order to the node chosen by hand."""
        order = self._by_hand()
        if order is not None:
            self._assign(order, self._node)
            return
        decisions, run = self._suggested(), self._session.suggested_by
        workspace = self._session.workspace
        self._session.submit(lambda: accept(workspace, decisions, run), self._tell_refused)

    def ask_node(self) -> None:
        """Let the orders pane ask for a node."""
        prompt = self._actions.find(TO_NODE)
        if prompt is not None:
            prompt.trigger()

    def show_history(self) -> None:
        """What the journal has about the order."""
        self._session.look_at.emit("history", self._session.selection.selected.current)

    # What speaks against it

    def why_not_accept(self) -> str:
        if not self._rows():
            return _("Select an order first.")
        if self._by_hand() is not None:
            return ""
        if not any(row.queue in _WAITING for row in self._rows()):
            return _("It is sourced already.")
        return "" if self._suggested() else _("No node can be suggested.")

    def why_not_other_node(self) -> str:
        if not self._rows():
            return _("Select an order first.")
        prompt = self._actions.find(TO_NODE)
        if prompt is None or not any(row.queue in _MOVABLE for row in self._rows()):
            return _("It is planned, sent or closed already.")
        return "" if prompt.isEnabled() else self._actions.why_not(TO_NODE)

    def why_not_history(self) -> str:
        return "" if len(self._rows()) == 1 else _("Select one order first.")

    # How it works

    def _rows(self) -> list[OrderRow]:
        chosen = set(self._session.selection.selected.codes)
        return [row for row in self._session.board.rows if row.code in chosen]

    def _suggested(self) -> list[SourcingDecision]:
        waiting = [row.code for row in self._rows() if row.queue in _WAITING]
        known = (self._session.suggestions.get(code) for code in waiting)
        return [made for made in known if made is not None and made.shipments]

    def _by_hand(self) -> OrderRow | None:
        """The lone order that is to go to another node than suggested or given."""
        rows = self._rows()
        if len(rows) != 1 or not self._node or rows[0].queue not in _MOVABLE:
            return None
        row = rows[0]
        made = self._session.suggestions.get(row.code) if row.queue in _WAITING else None
        present = made.nodes if made is not None else row.nodes
        return None if present == (self._node,) else row

    def _named(self) -> str:
        if self._by_hand() is not None:
            return _("Assign to {nodes}…").format(nodes=self._node)
        decisions = self._suggested()
        if len(decisions) == 1:
            nodes = " + ".join(decisions[0].nodes)
            return _("Assign to {nodes}").format(nodes=nodes)
        if decisions:
            count = len(decisions)
            said = n_("Assign {count} order", "Assign {count} orders", count)
            return said.format(count=formats.number(count))
        return _("Assign")

    def _assign(self, row: OrderRow, node: str) -> None:
        made = self._decision
        candidate = made.candidate(node) if made is not None else None
        if candidate is not None and candidate.fits:
            self._send(row.code, node, _("chosen by hand"))
            return
        dialog = QInputDialog(self._pane)
        dialog.setObjectName("why.reason")
        dialog.setWindowTitle(_("Assign to {nodes}").format(nodes=node))
        fences = candidate.fences if candidate is not None else ()
        against = "\n".join(sentence(reason) for reason in fences)
        asked = _("Say why {node} all the same. The reason stays in the journal.")
        dialog.setLabelText("\n".join(filter(None, (against, asked.format(node=node)))))
        dialog.textValueSelected.connect(lambda reason: self._send(row.code, node, reason))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _send(self, order: str, node: str, reason: str) -> None:
        workspace = self._session.workspace
        self._session.submit(lambda: assign(workspace, order, node, reason))

    def _tell_refused(self, settled: Settled) -> None:
        refused = settled.refused
        if not refused:
            return
        count = len(refused)
        title = n_("{count} order was refused", "{count} orders were refused", count)
        number = formats.order_number(refused[0].subject)
        line = f"{number}: {sentence(refused[0].reason)}"
        self._session.news.emit(
            News(title.format(count=formats.number(count)), line, "warn", Icon.WARNING)
        )
