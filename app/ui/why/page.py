"""The Why pane: the chain of the selected order, and what can be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import formats
from app.i18n import _, n_
from app.operations.why_chain import Link
from app.ui.actions import Actions, always
from app.ui.icons import Icon
from app.ui.orders.standing import SIGNS, standing_of
from app.ui.session import Session
from app.ui.why import actions as specs
from app.ui.why import chain
from app.ui.why.asking import Asking
from app.ui.why.carrier_link import first_unfolded
from app.ui.why.deeds import Deeds
from app.ui.why.detail import DetailView
from app.ui.why.facts import Facts
from app.ui.why.flipping import Flipping
from app.ui.why.foot import Foot
from app.ui.why.lines import Detail
from app.ui.why.thread import Thread
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.lines import Leads, Target
from db.queries.board import OrderRow

#: Below this width the thread stands alone, and a link opens over it.
WIDE = 520
_THREAD_SHARE = 0.4


class WhyPage(QWidget):
    """Thread on the left, open link on the right; several orders are summed up instead."""

    subtitle_changed = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._facts: Facts | None = None
        self._flipping = Flipping(session, self)
        self._open = Link.NODE
        self._unfolded: frozenset[str] = frozenset()
        self._entered = False  # in a narrow pane: a link is open over the thread
        self.thread_view = Thread(self)
        self.detail_view = DetailView(self)
        self._asking = Asking(session, self)
        self._deeds = Deeds(session, actions, self)
        self._lay_out()
        self._register()
        self._connect()
        self._selection_changed()

    def tools(self) -> list[QWidget]:
        """Nothing in the title bar: what can be done stands at the foot."""
        return []

    @property
    def settled(self) -> bool:
        """Whether what is shown belongs to what is selected."""
        return self._asking.settled

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Escape)
        if back and self._entered and not event.modifiers():
            self._leave_link()
        elif event.key() == Qt.Key.Key_Enter:
            self._actions.action(specs.ACCEPT.id).trigger()
        else:
            super().keyPressEvent(event)

    # How it works

    def _lay_out(self) -> None:
        self.setFocusProxy(self.thread_view)
        said = _("Select an order to see why it goes where it goes.")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(EmptyState(Icon.WHY, said, parent=self))
        self._chain = QWidget(self)
        row = QHBoxLayout(self._chain)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.thread_view)
        row.addWidget(self.detail_view, 1)
        self._stack.addWidget(self._chain)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)

    def _register(self) -> None:
        deeds = self._deeds
        for spec, run, why_not in (
            (specs.SHOW, self._show, always),
            (specs.ACCEPT, deeds.accept, deeds.why_not_accept),
            (specs.OTHER_NODE, deeds.ask_node, deeds.why_not_other_node),
            (specs.HISTORY, deeds.show_history, deeds.why_not_history),
        ):
            self._actions.register(spec, run, why_not)
        self._actions.attach(self, specs.ACCEPT.id, specs.OTHER_NODE.id)
        self._foot = Foot(self._actions, self)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._foot)

    def _connect(self) -> None:
        asking = self._asking
        self._session.selection.listen(self._selection_changed)
        asking.asked.connect(self._say_what)
        asking.answered.connect(self._show_facts)
        asking.summed_up.connect(self._show_sum)
        asking.emptied.connect(self._show_nothing)
        self._flipping.told.connect(self._show_detail)
        self.thread_view.opened.connect(self._open_link)
        self.thread_view.entered_link.connect(self._enter_link)
        self.detail_view.followed.connect(self._follow)
        self.detail_view.pointed.connect(self._point)
        self.detail_view.chosen.connect(self._choose)
        self.detail_view.back_asked.connect(self._leave_link)

    def _selection_changed(self) -> None:
        self._forget_chosen()
        self._entered = False
        self._asking.turn_to_selection()

    def _forget_chosen(self) -> None:
        """The button means the suggestion again."""
        self.detail_view.forget_chosen()
        self._deeds.choose_node("")

    def _show_facts(self, facts: Facts) -> None:
        before, self._facts = self._facts, facts
        if before is None or not before.whole or before.row.code != facts.row.code:
            self._unfolded = first_unfolded(facts)
        self.thread_view.show_cards(chain.cards(facts), self._open)
        self._show_detail()
        self._stack.setCurrentWidget(self._chain)
        self._arrange()
        self._flipping.ask(facts)

    def _show_sum(self, told: Detail) -> None:
        self._facts = None
        self.detail_view.show_detail(told)
        self._stack.setCurrentWidget(self._chain)
        self._arrange()

    def _show_nothing(self) -> None:
        self._facts = None
        self._stack.setCurrentIndex(0)

    def _show_detail(self) -> None:
        if self._facts is not None:
            told = chain.detail(self._facts, self._open, self._unfolded)
            self.detail_view.show_detail(self._flipping.added_to(told, self._open, self._facts))

    def _arrange(self) -> None:
        """Both beside each other where there is room, else one over the other."""
        alone = self._facts is None
        wide = self.width() >= WIDE
        self.thread_view.setVisible(not alone and (wide or not self._entered))
        self.detail_view.setVisible(alone or wide or self._entered)
        self.detail_view.offer_back(not alone and not wide)
        if wide:
            self.thread_view.setFixedWidth(round(self.width() * _THREAD_SHARE))
        else:
            self.thread_view.setMaximumWidth(16_777_215)
            self.thread_view.setMinimumWidth(0)

    # The thread and where lines lead

    def _open_link(self, link: Link) -> None:
        self._open = link
        self._forget_chosen()
        self._deeds.say()
        self._show_detail()

    def _enter_link(self, _link: Link) -> None:
        self._entered = True
        self._arrange()
        table = self.detail_view.table
        if self.width() < WIDE and table is not None:
            table.setFocus()

    def _leave_link(self) -> None:
        self._entered = False
        self._arrange()
        self.thread_view.setFocus()

    def _follow(self, target: Target) -> None:
        match target.leads:
            case Leads.TO_ORDERS if target.codes == self._session.selection.selected.codes:
                self._session.look_at.emit("order", target.codes[0])
            case Leads.TO_ORDERS:
                self._session.selection.choose(target.codes)
            case Leads.TO_NODE:
                self._session.look_at.emit("node", target.codes[0])
            case Leads.UNFOLD:
                self._unfolded ^= frozenset(target.codes)
                self._show_detail()

    def _point(self, target: Target | None) -> None:
        lone = target is not None and target.leads is Leads.TO_ORDERS and len(target.codes) == 1
        self._session.selection.hover(target.codes[0] if lone and target is not None else "")

    def _choose(self, key: str) -> None:
        """The node that a person stands on is the one the button means."""
        if self._facts is not None and self._open is Link.NODE:
            self._deeds.choose_node(key, self._facts.decision)
            self._deeds.say()

    def _show(self) -> None:
        """Bring the pane into view, with the keyboard in it."""
        parent = self.parentWidget()
        while parent is not None and not parent.isWindow():
            parent.show()
            parent = parent.parentWidget()
        self.thread_view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _say_what(self) -> None:
        """Name what is selected: in the title, on the button, at the foot."""
        rows = self._asking.rows
        self.subtitle_changed.emit(_subtitle(rows))
        self._deeds.say()
        self._foot.show_standing(self._standing(rows))

    def _standing(self, rows: list[OrderRow]) -> str:
        if len(rows) != 1:
            return ""
        suggestion = self._session.suggestions.get(rows[0].code)
        tight_slack_s = self._session.policy.touring.tight_slack_s
        return _(SIGNS[standing_of(rows[0], suggestion, tight_slack_s)].word)


def _subtitle(rows: list[OrderRow]) -> str:
    if not rows:
        return ""
    if len(rows) > 1:
        said = n_("{count} order selected", "{count} orders selected", len(rows))
        return said.format(count=formats.number(len(rows)))
    who = ", ".join(part for part in (rows[0].customer, rows[0].town) if part)
    return f"{formats.order_number(rows[0].code)} · {who}"
