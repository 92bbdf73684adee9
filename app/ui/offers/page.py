"""The offers board: deadlines that run, the latest answers, how nodes answer."""

from datetime import UTC, datetime, time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app import formats
from app.domain.journal import Changes
from app.domain.offers import OfferState
from app.i18n import N_, _, n_
from app.ui.actions import Actions
from app.ui.icons import Icon
from app.ui.offers import specs
from app.ui.offers.columns import answer_columns, node_columns
from app.ui.offers.offer_lines import OfferLine, client_line, ended_line, open_line
from app.ui.offers.offers_list import OffersList
from app.ui.session import Session
from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.heading import stacked
from app.ui.widgets.key_cap import KeyButton
from app.ui.widgets.looks import Run
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import rows_table
from app.ui.widgets.strip import Strip
from app.ui.widgets.view_tabs import SavedView, ViewTabs
from db.queries.offers import AnswerRow, OffersBoard, load_offers_board

_TICK_MS = 1_000
_SOON_S = 300
_ENDED = {
    "claimed": (OfferState.CLAIMED,),
    "lapsed": (OfferState.EXPIRED, OfferState.EXHAUSTED),
    "released": (OfferState.RELEASED, OfferState.WITHDRAWN),
}


class OffersPage(QWidget):
    """Looks again whenever an offer changed; each second only the figures of time are new."""

    subtitle_changed = Signal(str)
    shown = Signal()  # what the workspace holds now is on screen

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._board = OffersBoard()
        self.tabs = ViewTabs(self)
        self.list = OffersList(self)
        self._answers = RowsModel(answer_columns(lambda: session.zone), key=_key, parent=self)
        self.answers = rows_table(self._answers, self)
        self._nodes = RowsModel(node_columns(), key=lambda row: row.node, parent=self)
        self.nodes = rows_table(self._nodes, self)
        self._latest, self._stores = _Heading(self), _Heading(self)
        self._foot = Footer(self)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)

    def tools(self) -> list[QWidget]:
        """Nothing for the title bar."""
        return []

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        self.read()

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        super().hideEvent(event)

    def read(self) -> None:
        """Read the board anew."""
        session = self._session
        since = datetime.combine(session.day, time(), session.zone).astimezone(UTC)
        session.read(load_offers_board, self._show, since)

    def tick(self) -> None:
        """Show the time left now."""
        self.list.show_lines(self._lines())
        self._say_subtitle()

    def _lay_out(self) -> None:
        self._nothing = EmptyState(Icon.OFFERS, "", parent=self.list)
        self.list.set_empty_state(self._nothing)
        none_yet = _("Nobody has answered today.")
        self.answers.set_empty_state(EmptyState(Icon.TAKEN, none_yet, parent=self))
        nobody = _("No node was asked today.")
        self.nodes.set_empty_state(EmptyState(Icon.STORE, nobody, parent=self))
        self._stores.say(_("Nodes, today"), _("asked, taken, time to claim"))
        split = QSplitter(Qt.Orientation.Vertical, self)
        for part in (
            stacked(self.tabs, self.list),
            stacked(self._latest, self.answers),
            stacked(self._stores, self.nodes),
        ):
            split.addWidget(part)
        split.setSizes([360, 230, 190])
        split.setChildrenCollapsible(False)
        for spec, text in (
            (specs.WIDEN, _("Widen")),
            (specs.ASSIGN, _("Assign")),
            (specs.TAKE_BACK, _("Take back")),
        ):
            button = KeyButton(self._actions.action(spec.id), text=text, parent=self)
            self._foot.add_button(button)
        answer = self._actions.action(specs.ANSWER.id)
        self._foot.add_button(KeyButton(answer, primary=True, text=_("Answer…"), parent=self))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(split, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        session = self._session
        self._actions.attach(self.list, *(spec.id for spec in specs.OF_BOARD))
        session.changed.connect(self._changed)
        session.day_changed.connect(self._day_changed)
        session.selection.listen(self._follow_selection)
        self.tabs.chosen.connect(lambda _name: self._show_tab())
        self.list.chosen_changed.connect(self._chosen)
        self.list.doubleClicked.connect(lambda _index: self._answer())
        self.answers.selection_changed.connect(self._chosen_answers)
        self._clock.timeout.connect(self.tick)

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch("offer", "order", "policy", "node"):
            self.read()

    def _day_changed(self) -> None:
        if self.isVisible():
            self.read()

    def _show(self, board: OffersBoard) -> None:
        self._board = board
        self.tabs.show_views(self._views())
        self._show_tab()
        self._answers.show_rows(board.answers)
        self._nodes.show_rows(board.nodes)
        self._latest.say(_("Latest answers"), _answered(board))
        self._follow_selection()
        self.shown.emit()

    def _views(self) -> list[SavedView]:
        board = self._board
        counted = {name: board.counted(*states) for name, states in _ENDED.items()}
        return [
            SavedView("open", _("Open"), len(board.open)),
            SavedView("claimed", _("Taken"), counted["claimed"]),
            SavedView("lapsed", _("Without a claim"), counted["lapsed"]),
            SavedView("released", _("Put back"), counted["released"]),
            SavedView("clients", _("To ask"), len(board.collect_refused)),
        ]

    def _show_tab(self) -> None:
        self._nothing.set_sentence(_(_EMPTY[self.tabs.current or "open"]))
        self.tick()

    def _lines(self) -> list[OfferLine]:
        board, zone = self._board, self._session.zone
        if self.tabs.current == "clients":
            return [client_line(one, board.names, zone) for one in board.collect_refused]
        states = _ENDED.get(self.tabs.current)
        if states is None:
            now, rules = self._session.now(), self._session.policy.offers
            return [open_line(row, now, rules, zone) for row in board.open]
        past = [row for row in board.ended if row.offer.state in states]
        past.sort(key=lambda row: (row.offer.last_at, row.order.code), reverse=True)
        return [ended_line(row, zone) for row in past]

    def _say_subtitle(self) -> None:
        now, count = self._session.now(), len(self._board.open)
        soon = sum((r.offer.expires - now).total_seconds() < _SOON_S for r in self._board.open)
        text = n_("{count} open", "{count} open", count).format(count=formats.number(count))
        if soon:
            ending = n_("{count} ends within 5 min", "{count} end within 5 min", soon)
            text = f"{text} · {ending.format(count=formats.number(soon))}"
        self.subtitle_changed.emit(text)

    def _chosen(self, order: str) -> None:
        if order and order not in self._session.selection.selected:
            self._session.selection.choose((order,))

    def _chosen_answers(self, keys: frozenset[object]) -> None:
        codes = [row.order.code for row in self._answers.rows() if _key(row) in keys]
        if codes:
            self._session.selection.choose(codes)

    def _follow_selection(self) -> None:
        self.list.choose(self._session.selection.selected.current)

    def _answer(self) -> None:
        self._actions.action(specs.ANSWER.id).trigger()


_EMPTY = {
    "open": N_("No offer is open. O on an order shows it to several nodes."),
    "claimed": N_("Nobody has claimed anything today."),
    "lapsed": N_("No offer lapsed today."),
    "released": N_("Nothing was put back today."),
    "clients": N_("No client is to be asked."),
}


class _Heading(Strip):
    """The title of a part, and what it comes to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(current_theme().tokens.sizes.title_bar, edge="top", parent=parent)
        self._title, self._beside = Caption(parent=self), Caption(parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 8, 1)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._beside)

    def say(self, title: str, beside: str) -> None:
        self._title.set_runs(Run(title, strong=True))
        self._beside.set_runs(Run(beside, "text2"))


def _key(row: AnswerRow) -> tuple[datetime, str, str]:
    return row.at, row.order.code, row.node


def _answered(board: OffersBoard) -> str:
    parts = []
    if board.median_s is not None:
        parts.append(_("median time {time}").format(time=formats.duration(board.median_s)))
    if board.refusal_share is not None:
        share = formats.whole_share(board.refusal_share)
        parts.append(_("refused {share}").format(share=share))
    return " · ".join(parts)
