"""The Why pane: the chain of the selected order, and what can be done about it."""

from PySide6.QtCore import Qt, QTimer, Signal
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
from app.ui.why.carrier_link import first_unfolded
from app.ui.why.deeds import Deeds
from app.ui.why.detail import DetailView
from app.ui.why.facts import Asked, Facts, at_first_sight, gather
from app.ui.why.foot import Foot
from app.ui.why.lines import Detail
from app.ui.why.summary import summary
from app.ui.why.thread import Thread
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.lines import Leads, Target
from db.queries.board import OrderRow

#: Below this width the thread stands alone, and a link opens over it.
WIDE = 520
_THREAD_SHARE = 0.4
#: How long the order before may stay in sight.
_PATIENCE_MS = 120


class WhyPage(QWidget):
    """Thread on the left, open link on the right; several orders are summed up instead."""

    subtitle_changed = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._facts: Facts | None = None
        self._asked: Asked | None = None
        self._open = Link.NODE
        self._unfolded: frozenset[str] = frozenset()
        self._entered = False
        self._summed: tuple[str, ...] = ()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show_first_sight)
        self.thread_view = Thread(self)
        self.detail_view = DetailView(self)
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
        known = [row.code for row in self._selected_rows()]
        if len(known) > 1:
            return self._summed == self._codes
        whole = self._facts is not None and self._facts.whole
        shown = [self._facts.row.code] if self._facts is not None and whole else []
        return shown == known

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
        session = self._session
        session.selection.listen(self._selection_changed)
        session.board_changed.connect(self._look_again)
        session.suggested.connect(self._look_again)
        self.thread_view.opened.connect(self._open_link)
        self.thread_view.entered_link.connect(self._enter_link)
        self.detail_view.followed.connect(self._follow)
        self.detail_view.pointed.connect(self._point)
        self.detail_view.chosen.connect(self._choose)
        self.detail_view.back_asked.connect(self._leave_link)

    def _selection_changed(self) -> None:
        self._deeds.choose_node("")
        self._entered = False
        self._asked = None
        self._patience.stop()
        self._look_again()

    def _look_again(self) -> None:
        """Ask for what is selected, as the board and the suggestions are now."""
        rows = self._selected_rows()
        self._say_what(rows)
        if len(rows) == 1:
            self._ask(rows[0])
        elif rows:
            self._sum_up(rows)
        else:
            self._facts, self._summed = None, ()
            self._stack.setCurrentIndex(0)
        self._deeds.say()
        self._foot.show_standing(self._standing(rows))

    def _standing(self, rows: list[OrderRow]) -> str:
        if len(rows) != 1:
            return ""
        suggestion = self._session.suggestions.get(rows[0].code)
        tight_slack_s = self._session.policy.touring.tight_slack_s
        return _(SIGNS[standing_of(rows[0], suggestion, tight_slack_s)].word)

    def _ask(self, row: OrderRow) -> None:
        session = self._session
        asked = Asked(
            row,
            session.suggestions.get(row.code),
            session.board,
            session.now(),
            session.zone,
            session.policy.touring.tight_slack_s,
        )
        if self._asked is not None and asked.same_as(self._asked):
            return
        self._asked = asked
        workspace, day = session.workspace, session.day
        self._patience.start()
        session.reckon(lambda: gather(workspace, asked, day), self._show_facts)

    def _show_first_sight(self) -> None:
        """The answer takes its time: say what is known, rather than the order before."""
        if self._asked is not None:
            self._show_facts(at_first_sight(self._asked))

    def _show_facts(self, facts: Facts) -> None:
        if facts.asked is not self._asked:
            return  # another order was selected meanwhile
        if facts.whole:
            self._patience.stop()
        before, self._facts, self._summed = self._facts, facts, ()
        if before is None or not before.whole or before.row.code != facts.row.code:
            self._unfolded = first_unfolded(facts)
        self.thread_view.show_cards(chain.cards(facts), self._open)
        self._show_detail()
        self._stack.setCurrentWidget(self._chain)
        self._arrange()

    def _sum_up(self, rows: list[OrderRow]) -> None:
        """Put many orders into groups, off this thread: a whole day may be selected."""
        session = self._session
        names = {node.code: node.name for node in session.board.nodes}
        suggestions, tight_slack_s = session.suggestions, session.policy.touring.tight_slack_s
        codes = self._codes
        session.reckon(
            lambda: summary(rows, suggestions, lambda code: names.get(code, ""), tight_slack_s),
            lambda told: self._show_sum(codes, told),
        )

    def _show_sum(self, codes: tuple[str, ...], told: Detail) -> None:
        if codes != self._codes:
            return  # something else was selected meanwhile
        self._facts, self._summed = None, codes
        self.detail_view.show_detail(told)
        self._stack.setCurrentWidget(self._chain)
        self._arrange()

    @property
    def _codes(self) -> tuple[str, ...]:
        return self._session.selection.selected.codes

    def _show_detail(self) -> None:
        if self._facts is not None:
            self.detail_view.show_detail(chain.detail(self._facts, self._open, self._unfolded))

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
        self._deeds.choose_node("")
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

    def _selected_rows(self) -> list[OrderRow]:
        """The rows of what is selected, in the order it was picked; the day may be all of it."""
        chosen = set(self._codes)
        rows = {row.code: row for row in self._session.board.rows if row.code in chosen}
        return [rows[code] for code in self._codes if code in rows]

    def _say_what(self, rows: list[OrderRow]) -> None:
        if len(rows) != 1:
            said = n_("{count} order selected", "{count} orders selected", len(rows))
            count = formats.number(len(rows))
            self.subtitle_changed.emit(said.format(count=count) if rows else "")
            return
        row = rows[0]
        who = ", ".join(part for part in (row.customer, row.town) if part)
        self.subtitle_changed.emit(f"{formats.order_number(row.code)} · {who}")
